# The made valley (data/valley): what a straight line says of it.
set -eu
fail() { echo "$*"; exit 1; }
valley=$GAP_SOURCE/data/valley
"$GAPMAP" run "$valley/valley.ini" > said || { cat said; fail "the recipe ends with $?"; }
store=out/valley/valley.gapmap
grep -qF 'All checks hold.' said || { cat said; fail "not all checks hold"; }

# All but the 150 of Biyik-Syrt live within 5 km of a point, two of three villages behind water or rock.
grep -q '^ *5 km .* 11300  *11150 ' said || { cat said; fail "the straight line has other people"; }
"$GAPMAP" check --store "$store" > /dev/null || fail "check"

# The terrain is what its script makes.
if command -v gdal_translate > /dev/null; then
    sh "$valley/terrain.sh" made
    cmp made/terrain.tif "$valley/terrain.tif" || fail "terrain.sh makes another terrain"
fi
