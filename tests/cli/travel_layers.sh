# The layers of travel time as an office meets them: templates that load as they are, rows that are
# refused with their place, OpenStreetMap read only when told what of it.
set -eu
fail() { echo "$*"; exit 1; }
store=t.gapmap
load() { "$GAPMAP" load "$@" --store "$store"; }

for layer in roads landcover barriers crossings; do
    for ending in csv xlsx; do
        "$GAPMAP" load "$layer" --template "$layer.$ending" > said || fail "no template of $layer"
        load "$layer" "$layer.$ending" --name template > said 2>&1 ||
            fail "the template $layer.$ending does not load: $(cat said)"
        grep -q '1 rows read, 1 kept' said || fail "$layer.$ending: $(cat said)"
    done
    ! grep -q ',,\|,$' "$layer-fields.csv" || fail "$layer: a field without words"
    "$GAPMAP" unload "$layer/template" --store "$store" > /dev/null || fail "$layer stays"
done

refused() { # layer, what is said, file
    code=0
    load "$1" "$3" > said 2>&1 || code=$?
    [ "$code" = 3 ] || [ "$code" = 1 ] || fail "$3: exit code $code: $(cat said)"
    grep -q -- "$2" said || fail "$3: '$2' is not in: $(cat said)"
}
printf 'class,geom\nprimary,"LINESTRING(74 42,75 42)"\n,"LINESTRING(74 42,75 42)"\n' > empty.csv
refused roads 'class is required' empty.csv
printf 'class,geom\nprimary,POINT(74 42)\n' > point.csv
refused roads 'roads need lines' point.csv
printf 'class,geom\nforest,"LINESTRING(74 42,75 42)"\n' > line.csv
refused landcover 'need polygons' line.csv
printf 'kind,geom\nwall,"LINESTRING(74 42,75 42)"\n' > wall.csv
refused barriers 'not one of river, lake, cliff, closed_area, bridge' wall.csv
printf 'status,mode,from_month,lon,lat\nopen,any,5,74,42\n' > season.csv
refused crossings 'give both, or neither' season.csv

cat > t.osm <<'XML'
<?xml version='1.0' encoding='UTF-8'?><osm version='0.6'>
<node id='1' lat='42.5' lon='74.5'/><node id='2' lat='42.6' lon='74.6'/>
<way id='10'><nd ref='1'/><nd ref='2'/><tag k='highway' v='track'/><tag k='bridge' v='yes'/></way>
</osm>
XML
if load roads t.osm 2> said; then fail 'OpenStreetMap without --sheet'; fi
grep -q 'say by --sheet which to read of roads, rivers' said || fail "$(cat said)"
load roads t.osm --sheet roads > said || fail "$(cat said)"
grep -q '1 rows read, 1 kept' said || fail "$(cat said)"
"$GAPMAP" check --store "$store" > said || fail "$(cat said)"
