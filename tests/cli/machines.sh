# What commands answer with --json is JSON, one value, and what they export is read by others.
set -eu
fail() { echo "$*"; exit 1; }
command -v ogrinfo > /dev/null || { echo "SKIPPED: there is no ogrinfo"; exit 77; }
store=t.gapmap
cat > p.csv << 'END'
code,level,parent,official_code,name_en,boundary_quality,geom
A,province,XX,41702215855000,"]]> <b>West & East</b>",official,"POLYGON((70 40,71 40,71 41,70 41,70 40))"
A1,municipality,A,41702215855010,=1+1,official,"POLYGON((70 40,71 40,71 41,70 41,70 40))"
END
cat > q.csv << 'END'
code,kind,status,precision,lon,lat
P1,point,open,exact,70.5,40.5
P2,point,open,exact,70.6,40.5
END
# A value of JSON as a property of a feature is read by a reader that is not ours.
valid() {
    "$GAPMAP" "$@" > answer.json || fail "$* fails"
    [ -s answer.json ] || fail "$* answers nothing"
    { printf '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"x":'
      cat answer.json
      printf '}}]}'; } > wrapped.geojson
    ogrinfo -q -al wrapped.geojson > read 2>&1 || fail "$* is no JSON: $(cat answer.json)"
    ! grep -qi 'error' read || fail "$* is no JSON: $(cat read)"
}
valid init $store --json
valid load boundaries p.csv --json --store $store
valid load police_points q.csv --json --store $store
for command in sources check join describe runs 'render --list' 'describe crime' 'explain A' \
    'export police_points -o x.fgb' 'export all -o {layer}.csv'; do
    valid $command --json --store $store
done
[ -e municipalities.csv ] || fail "no file a layer"
valid unload police_points/q --json --store $store
"$GAPMAP" load police_points q.csv --store $store > /dev/null

# ---- exports
for ending in fgb xlsx kml gpkg; do
    "$GAPMAP" export police_points -o a.$ending --store $store > /dev/null
    ogrinfo -q -al a.$ending > read || fail "a.$ending is not read"
    [ "$(grep -c '^OGRFeature' read)" -ge 2 ] || fail "a.$ending: $(cat read)"
    [ -s a.$ending.meta.json ] || fail "no a.$ending.meta.json"
done
"$GAPMAP" export police_points -o a.xlsx --store $store | grep -q . && fail "said where nothing is"
"$GAPMAP" export all -o all.xlsx --store $store > said
grep -q 'a sheet holds no shapes, those of .*municipalities' said || fail "$(cat said)"
ogrinfo -q -al all.xlsx provinces > read
grep -q 'official_code (String) = 41702215855000' read || fail "a code is no text: $(cat read)"
grep -q 'name_en (String) = \]\]> <b>West & East</b>' read || fail "a name is lost: $(cat read)"
ogrinfo -q -al all.xlsx municipalities | grep -q 'name_en (String) = =1+1' || fail "a formula"
ogrinfo -q -al all.xlsx columns | grep -q '(String) = Area$' || fail "no columns sheet"
ogrinfo -q -al all.xlsx police_points | grep -q 'lon (Real) = 70.6' || fail "no lon"
"$GAPMAP" export all -o all.kml --store $store > /dev/null
ogrinfo -q all.kml | grep -q 'Municipalities' || fail "no folder of municipalities"
"$GAPMAP" export all -o 'f/{layer}.fgb' --store $store > said
grep -q 'f/crime.fgb: .*(left out)' said || fail "$(cat said)"
[ -e f/municipalities.fgb ] && [ ! -e f/crime.fgb ] || fail "$(ls f)"
if "$GAPMAP" export crime -o crime.kml --store $store 2> said; then fail "crime has places"; fi
grep -q 'there are no places to draw; plain tables go into .csv or .xlsx' said || fail "$(cat said)"
