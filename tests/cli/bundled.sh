# The bundled country as a golden master: what `check` says to the last figure, what the data must
# hold, and a second run that does nothing. After a change that is meant: UPDATE=1 and say so.
set -eu
golden=$GAP_SOURCE/tests/cli/golden/check.txt
fail() { echo "$*"; exit 1; }
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
(cd data/kyrgyzstan && sha256sum -c --quiet SHA256SUMS) || fail "the data are not those recorded"

recipe=data/kyrgyzstan/kyrgyzstan.ini
store=out/kyrgyzstan/kyrgyzstan.gapmap
SOURCE_DATE_EPOCH=1514678400 "$GAPMAP" run --quiet $recipe 2> warnings ||
    { cat warnings; fail "the run failed"; }
"$GAPMAP" check --store $store > check.txt 2> /dev/null
[ -z "${UPDATE:-}" ] || cp check.txt "$golden"
diff "$golden" check.txt || fail "the summary has changed"
grep -qx 'All checks hold.' check.txt

# Again: nothing is made anew, every step says so.
stamps() { find out -type f -exec stat -c '%n %y' {} + | LC_ALL=C sort; }
stamps > first
"$GAPMAP" run $recipe > said 2> /dev/null
stamps > again
diff first again || fail "a run with nothing to do wrote files"
lines='^  (load|demand|coverage|gaps|sites|export|render).* \.\.\.+ '
steps=$(grep -cE "$lines" said)
idle=$(grep -cE "${lines}unchanged" said || true)
[ "$steps" = "$idle" ] || { cat said; fail "$idle of $steps steps say that nothing changed"; }

if ! command -v ogrinfo > /dev/null; then
    echo "SKIPPED: ogrinfo is not installed: areas and enclaves are not measured"
    exit 0
fi
# ask SQL: the only number that a statement on the exports answers.
ask() {
    ogrinfo -q out/kyrgyzstan/kyrgyzstan.gpkg -dialect sqlite -sql "$1" |
        sed -n 's/^ *n ([A-Za-z0-9]*) = //p'
}
# Municipalities fill their provinces: in each to a hundred-thousandth.
off=$(ask "SELECT count(*) AS n FROM (SELECT p.code, p.area_km2 AS whole, sum(m.area_km2) AS parts
    FROM provinces p JOIN municipalities m ON m.province = p.code GROUP BY p.code)
    WHERE abs(parts / whole - 1) > 1e-5")
[ "$off" = 0 ] || fail "in $off provinces the municipalities do not add up to the area"
[ "$(ask "SELECT count(DISTINCT province) AS n FROM municipalities")" = 9 ] || fail "not 9 provinces"
# The five foreign enclaves are no ground of ours, each a hole of the country.
for place in "0 71.12 39.98" "0 70.64 39.83" "0 71.77 39.95" "0 71.665 40.203" "0 71.036 40.240" \
    "1 74.60 42.87"; do # the last is Bishkek
    set -- $place
    found=$(ask "SELECT count(*) AS n FROM country
        WHERE ST_Intersects(geom, MakePoint($2, $3, 4326))")
    [ "$found" = "$1" ] || fail "$2 $3 is wrongly in or out of the country"
done
holes=$(ask "SELECT NumInteriorRing(ST_GeometryN(geom, 1)) AS n FROM country")
[ "$holes" = 5 ] || fail "the country has $holes holes, not 5"
# Where an assumed department stands on the very place of a point that is known, the known one counts.
for site in nookat kara-suu suzak; do
    people=$(ask "SELECT people_nearest AS n FROM police_points WHERE code = 'site:$site'")
    [ "${people:-0}" -gt 0 ] 2> /dev/null || fail "site:$site is the nearest point to nobody"
done
