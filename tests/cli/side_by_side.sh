# Overlaps and gaps between areas: reported, not hidden, and a failure only where that is asked for.
# Then the real districts that overlap, where they are at hand.
set -eu
fail() { echo "$*"; exit 1; }
head='code,level,parent,name_en,boundary_quality,geom'
cat > p.csv << END
$head
A,province,XX,West,official,"POLYGON((70 40,71 40,71 41,70 41,70 40))"
END
cat > d.csv << END
$head
D1,district,A,One,official,"POLYGON((70 40,70.5 40,70.5 41,70 41,70 40))"
D2,district,A,Two,official,"POLYGON((70.4 40,71.1 40,71.1 40.9,70.4 40.9,70.4 40))"
END
store=t.gapmap
check() { "$GAPMAP" check --store $store "$@"; }
"$GAPMAP" load boundaries p.csv --store $store > /dev/null
"$GAPMAP" load boundaries d.csv --store $store > /dev/null
check > said || fail "overlaps are no failure: $(cat said)"
grep -q '^district *D1 *One *D2 *Two *8' said || fail "no pair: $(cat said)"
grep -q '^A *West *One (D1), Two (D2) ' said || fail "no gap: $(cat said)"
grep -q '^D2 *Two *A *West ' said || fail "nothing outside: $(cat said)"
grep -qx 'All checks hold.' said || fail "$(cat said)"

if check --strict > said 2>&1; then fail "--strict does not fail"; fi
grep -q '3 overlaps, gaps and areas outside theirs above' said || fail "$(cat said)"
check --strict --sliver 5000 > said || fail "slivers are no failure: $(cat said)"
if check --sliver -1 2> said; then fail "a sliver below nothing"; fi
grep -q -- '--sliver: a number of km2' said || fail "$(cat said)"

# A run that is asked for must be there.
if check --run nix > said 2>&1; then fail "a run that is not there"; fi
grep -q 'there are no results yet' said || fail "$(cat said)"
if check --run nix --json > said 2>&1; then fail "a run that is not there, as JSON"; fi

check --json > said
for word in '"findings": \[\]' '"tiling": {' '"overlap_km2"' '"between": "One (D1), Two (D2)"'; do
    grep -q "$word" said || fail "JSON lacks $word: $(cat said)"
done

real=$GAP_SOURCE/../shared/data
if [ ! -e "$real/districts.geojson" ]; then
    echo "SKIPPED in part: the real districts are not there"
    exit 0
fi
store=r.gapmap
"$GAPMAP" load boundaries "$real/provinces.geojson" --store $store --set \
    'level=province; parent=KG; boundary_quality=official' --columns code=region_id > said 2>&1 ||
    fail "$(cat said)"
"$GAPMAP" load boundaries "$real/districts.geojson" --store $store --set \
    'level=district; boundary_quality=official' --columns 'code=district_id; parent=region_id' \
    > said 2>&1 || fail "$(cat said)"
check > said || fail "the real districts do not pass: $(cat said)"
grep -q '^district *14 *0\.049' said || fail "the real districts lie otherwise: $(cat said)"
grep -q 'Moskovsky .* Sokuluk' said || fail "$(cat said)"
