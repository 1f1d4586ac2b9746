# Raster layers: a picture beside the theme lies where its corners say, in every kind of file, the
# same whoever draws it; and one that is not to be had is told without a file being left.
set -eu
fail() { echo "$*"; exit 1; }
gapmap() { "$GAPMAP" "$@"; }

gapmap run "$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini" > said || { cat said; fail "the run failed"; }
mv out/kyrgyzstan/kyrgyzstan.gapmap .

# Two by two pixels: red and blue above green and white.
mkdir -p themes
base64 -d > themes/squares.png << 'END'
iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVQImWP4z8DAwPCfgaGB4f///wAdcwV87W8YRw
AAAABJRU5ErkJggg==
END
cat > themes/mine.json << 'END'
{
 "version": 8,
 "name": "mine",
 "metadata": {"gapmap": {"words": "gaps", "insets": [
  {"box": [74.2, 42.6, 75.2, 43.0], "title": "inset_chuy", "width": 300}]}},
 "sources": {
  "provinces": {"type": "geojson", "data": "gapmap:provinces"},
  "squares": {"type": "image", "url": "squares.png",
              "coordinates": [[70, 43], [80, 43], [80, 39], [70, 39]]}
 },
 "layers": [
  {"id": "ground", "type": "background", "paint": {"background-color": "#ECE9E2"}},
  {"id": "squares", "type": "raster", "source": "squares",
   "paint": {"raster-resampling": "nearest"}},
  {"id": "borders", "type": "line", "source": "provinces", "paint": {"line-width": 0.2}}
 ]
}
END
gapmap render --theme themes/mine.json -o mine.tif
for ending in png pdf svg; do
    gapmap render --theme themes/mine.json -o mine.$ending
    [ -s mine.$ending ] || fail "no .$ending"
done
[ "$(grep -c '<image' mine.svg)" -ge 2 ] || fail "the picture is not on the map and in the inset"

# Between its corners it is stretched in Web Mercator: its middle row is at 41.03 degrees, not 41.
at() { gdallocationinfo -valonly -wgs84 "$1" "$2" "$3" | tr '\n' ' '; }
if command -v gdallocationinfo > /dev/null; then
    while read -r lon lat colour; do
        [ "$(at mine.tif "$lon" "$lat")" = "$colour " ] ||
            fail "at $lon $lat: $(at mine.tif "$lon" "$lat"), not $colour"
    done << 'END'
74.98 42.31 255 0 0
75.02 42.31 0 0 255
74.83 41.05 255 0 0
74.83 41.02 0 128 0
75.13 41.05 0 0 255
75.13 41.02 255 255 255
END
    # Black becomes half grey, and what is seen through shows the ground.
    sed 's/"raster-resampling": "nearest"/&, "raster-brightness-min": 0.5, "raster-opacity": 0.5/' \
        themes/mine.json > themes/quiet.json
    gapmap render --theme themes/quiet.json -o quiet.tif
    [ "$(at quiet.tif 74.98 42.31)" = "246 180 177 " ] || fail "quiet: $(at quiet.tif 74.98 42.31)"
else
    echo "SKIPPED: the second opinion on the place: install gdal-bin"
fi

# The same bytes on one processor, and of a part and of a map built up there is the picture too.
one=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
taskset -c "$one" "$GAPMAP" render --theme themes/mine.json -o again.png
cmp mine.png again.png
gapmap render --theme themes/mine.json --province Naryn -o part.svg
grep -q '<image' part.svg || fail "a part has no picture"

# Another picture of the same name is another map.
printf '[recipe]\nstore = kyrgyzstan.gapmap\n[render]\ntheme = themes/mine.json\noutput = run.png\n' > r.ini
gapmap run r.ini > said
gapmap run r.ini | grep -q unchanged || fail "the same map is drawn again"
cp run.png before.png
gapmap render --theme themes/mine.json -o themes/squares.png
gapmap run r.ini > said
cmp -s before.png run.png && fail "another picture is the same map"

# refused TEXT: bad.json is refused in words that name the source, and no file is left.
refused() {
    code=0
    gapmap render --theme themes/bad.json -o bad.png > said 2>&1 || code=$?
    [ "$code" = 1 ] || { cat said; fail "a bad picture: exit $code"; }
    grep -qF -e "$1" said || { cat said; fail "a bad picture: no word of '$1'"; }
    [ ! -e bad.png ] || fail "a bad picture left a file"
}
spoil() { sed "$1" themes/mine.json > themes/bad.json; }
spoil 's/squares.png/nowhere.png/'
refused 'themes/bad.json: sources.squares: themes/nowhere.png: there is no such file'
spoil 's/squares.png/mine.json/'
refused 'sources.squares: themes/mine.json: cannot be read as a picture'
mkfifo themes/pipe.png
spoil 's/squares.png/pipe.png/'
refused 'themes/pipe.png: it is not a regular file'
spoil 's/"squares.png"/"https:\/\/example.org\/squares.png"/'
refused "sources.squares.url: 'https://example.org/squares.png' is no file beside the style"
spoil 's/{"words": "gaps",/& "panel": [{"kind": "keys", "items": [{"layer": "squares", "word": "no_data"}]}],/'
refused "keys: layer 'squares' is of type raster, of which no sample can be shown"
spoil 's/\[80, 39\]/[81, 38]/'
refused 'sources.squares: the corners are no parallelogram in Web Mercator'

# A picture is no layer of the store, which a list of those would tell.
gapmap render --list --theme themes/mine.json > said
grep -qx ' *draws provinces' said && grep -qx ' *can be drawn' said || { cat said; fail "the list"; }
