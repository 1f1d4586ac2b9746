# The main job, on the bundled country: one command from raw files to maps and exports; again with
# nothing to do; and once more elsewhere, to the same bytes.
set -eu
recipe=$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini
out=out/kyrgyzstan
fail() { echo "$*"; exit 1; }

"$GAPMAP" run "$recipe" > said || { cat said; fail "the run failed"; }

# Width and height stand as two big-endian numbers from byte 16 of a PNG.
for map in coverage gaps crime-and-plans; do
    for pair in "$map.png=1920x1080" "$map@2x.png=3840x2160"; do
        file=$out/${pair%=*}
        [ -s "$file" ] || fail "no $file"
        size=$(od -An -j16 -N8 -tu1 "$file" |
            awk '{ print ($3 * 256 + $4) "x" ($7 * 256 + $8) }')
        [ "$size" = "${pair#*=}" ] || fail "$file is $size"
    done
done
for file in kyrgyzstan.gapmap provinces.geojson municipalities.geojson police_points.geojson \
    kyrgyzstan.gpkg; do
    [ -s "$out/$file" ] || fail "no $out/$file"
done
# Every file made stands in what the command said, and so does every stage's time.
for file in "$out"/*.png "$out"/*.geojson "$out"/*.gpkg; do
    grep -qF "$file" said || fail "the run did not name $file"
done

if command -v ogrinfo > /dev/null; then
    ogrinfo -so -q "$out/provinces.geojson" > /dev/null
    features=$(ogrinfo -so -al "$out/provinces.geojson" | sed -n 's/^Feature Count: //p')
    [ "$features" = 9 ] || fail "$features provinces, not 9"
else
    echo "SKIPPED: ogrinfo, the second opinion on the exports, is not installed"
fi

sums() { (cd "$1" && find . -type f ! -name '*.gapmap' | LC_ALL=C sort | xargs sha256sum); }
sums out > first
"$GAPMAP" dump --store "$out/kyrgyzstan.gapmap" > dump.first

"$GAPMAP" run "$recipe" > /dev/null
sums out > again
cmp first again || fail "a run with nothing to do changed files"

mkdir elsewhere
(cd elsewhere && "$GAPMAP" run --quiet "$recipe")
sums elsewhere/out > other
cmp first other || { diff first other; fail "the same input gave other bytes"; }
"$GAPMAP" dump --store "elsewhere/$out/kyrgyzstan.gapmap" > dump.other
cmp dump.first dump.other || fail "the same input gave another store"
