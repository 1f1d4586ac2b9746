# The official country from files as offices publish them (tests/official), where they are: counts
# of areas, exact sums of people, cells that fill their districts, and what was said of all that did
# not fit. Then the same on other outlines of districts, which do not quite fit each other.
set -eu
fail() { echo "$*"; exit 1; }
if [ ! -r "$GAP_SOURCE/../shared/data/municipalities.csv" ]; then
    echo "SKIPPED: ../shared/data beside the checkout, with the official files, is not there"
    exit 77
fi
if ! command -v ogrinfo > /dev/null; then
    echo "SKIPPED: ogrinfo, which measures the store, is not installed"
    exit 77
fi

# run RECIPE: to the files said and warned; some villages lie outside the outlines.
run() {
    code=0
    "$GAPMAP" run "$GAP_SOURCE/tests/official/$1.ini" > said 2> warned || code=$?
    [ "$code" = 3 ] || { cat said warned; fail "$1 ended with $code, not with refused rows"; }
    grep -qF 'All checks hold.' said || fail "$1: not all checks hold"
    store=out/$1/$1.gapmap
}
# ask SQL: the only value that a statement on the store answers.
ask() { ogrinfo -q "$store" -sql "$1" | sed -n 's/^ *n ([A-Za-z0-9]*) = //p'; }
# expect VALUE SQL
expect() {
    got=$(ask "$2")
    [ "$got" = "$1" ] || fail "'$got', not '$1': $2"
}
say() { grep -qE -- "$1" said || { cat said; fail "nothing says: $1"; }; }

run official
for map in coverage gaps crime-and-plans; do
    [ -s "out/official/$map.png" ] || fail "no map $map"
done

# Areas by level: 460 cells, seven cities of district rank and two of province rank.
expect 9 "SELECT count(*) AS n FROM area WHERE level = 'province'"
expect 53 "SELECT count(*) AS n FROM area WHERE level = 'district'"
expect 469 "SELECT count(*) AS n FROM area WHERE level = 'municipality'"
expect 460 "SELECT count(*) AS n FROM area_made WHERE how = 'cell'"
expect 9 "SELECT count(*) AS n FROM area_made WHERE how = 'whole'"
expect 9 "SELECT count(*) AS n FROM area_made WHERE how = 'filled'"
expect 460 "SELECT count(*) AS n FROM area WHERE level = 'municipality' AND area_km2 > 0
    AND boundary_quality = 'approximate'"
say '62 rows left out: not level=municipality \(--where\)'
say 'Tokmok \(city\) \(KG08400000010\) has no municipality: it stands for one itself'
expect 'Чүй облусу' "SELECT name_ky AS n FROM area WHERE code = 'KG08000000000'"

# Districts settle the borders of provinces, and the two cities take the holes between districts.
say 'province Bishkek \(KG11000000000\) .* 150\.25 km2 of holes between districts'
say 'province Osh City \(KG21000000000\) .* 30\.96 km2 of holes between districts'
say 'stay open: .*285\.67 km2 .*6251\.46 km2' # Son-Kul and Issyk-Kul, among enclaves
for part in "province district KG%" "district municipality KG%" "province municipality KG[12]1%"; do
    set -- $part
    off=$(ask "SELECT count(*) AS n FROM (SELECT ST_Area(w.geom) AS whole,
        sum(ST_Area(p.geom)) AS parts FROM area w JOIN area p ON p.parent = w.code
        WHERE w.level = '$1' AND p.level = '$2' AND w.code GLOB '$(echo "$3" | tr % '*')'
        GROUP BY w.code) WHERE abs(parts / whole - 1) > 1e-9")
    [ "$off" = 0 ] || fail "$off areas of level $1 are not filled by those of level $2"
done
expect 0 "SELECT count(*) AS n FROM area a JOIN area b ON a.code < b.code AND a.level = b.level
    AND a.level = 'municipality' AND a.rowid IN (SELECT rowid FROM SpatialIndex
    WHERE f_table_name = 'area' AND search_frame = b.geom)
    WHERE ST_Area(ST_Intersection(a.geom, b.geom)) > 1e-12"
# Each cell holds its own point, for no point here lies outside its district.
expect 0 "SELECT count(*) AS n FROM area_made JOIN area ON code = area WHERE how = 'cell'
    AND NOT ST_Covers(geom, MakePoint(lon, lat, 4326))"
# Bishkek is found in Bishkek.
expect KG11000000000 "SELECT code AS n FROM area WHERE level = 'province'
    AND ST_Covers(geom, MakePoint(74.60, 42.87, 4326))"

# People: every province exactly, of the vintage asked for; figures of districts where they agree.
expect 0 "SELECT count(*) AS n FROM demand_total t WHERE people <> (SELECT sum(d.people)
    FROM demand d JOIN area a ON a.code = d.area LEFT JOIN area u ON u.code = a.parent
    WHERE t.province IN (a.code, a.parent, u.parent))"
expect 5885500 "SELECT sum(people) AS n FROM demand"
expect 480700 "SELECT people AS n FROM demand_total WHERE province = 'KG05000000000'"
expect 0 "SELECT count(*) AS n FROM demand WHERE basis = 'unplaced'"
# 180,300 of 2021 times 480,700 of 2015 over the province's 549,107.2 of 2021
expect 157838 "SELECT sum(people) AS n FROM demand JOIN area ON code = area
    WHERE parent = 'KG05258000000'"
say 'Chuy \(KG08000000000\) .* contradict that and are left out: they leave 192863 for Tokmok'
expect 0 "SELECT count(*) AS n FROM demand JOIN area a ON a.code = area
    WHERE basis = 'shared' AND a.parent GLOB 'KG08*'"
say 'Naryn .* 221998 by figures of 5 of its 6 parts'

# Names of the crosswalks are all met: 40 districts, 9 provinces.
say 'districts_2021.csv: 40 values replaced, every row of it used'
say 'provinces.csv: 16 values replaced, every row of it used'
expect 40 "SELECT count(DISTINCT area) AS n FROM people JOIN area ON code = area
    WHERE level = 'district'"
# Villages of the file that lie beyond the border or in a lake are refused, each with its reason.
expect 0 "SELECT count(*) AS n FROM refused WHERE reason NOT LIKE 'outside the country%'"
expect 2461 "SELECT rows_read AS n FROM source WHERE layer = 'places'"

# Again: nothing to do.
"$GAPMAP" run "$GAP_SOURCE/tests/official/official.ini" > again 2> /dev/null || true
grep -E '^  (load|demand|coverage|gaps|export|render).* \.\.\.+ ' again | grep -v unchanged &&
    fail "a second run does work"

run variant
expect 51 "SELECT count(*) AS n FROM area WHERE level = 'district'"
expect 468 "SELECT count(*) AS n FROM area WHERE level = 'municipality'"
expect 460 "SELECT count(*) AS n FROM area_made WHERE how = 'cell'"
expect 5885500 "SELECT sum(people) AS n FROM demand"
say 'KG03420510010: its point lies outside its parent.* counts as 16\.705 km from there'
say 'Ground in two areas of one level' # what overlaps is told
exit 0
