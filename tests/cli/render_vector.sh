# render to PDF, SVG and GeoTIFF: text that is found, fonts within, the same bytes, the right place.
set -eu
recipe=$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini
unset SOURCE_DATE_EPOCH
fail() { echo "$*"; exit 1; }
missing() { echo "SKIPPED: $1, $2, is not installed"; }
has() { command -v "$1" > /dev/null; }
refused() {
    text=$1 got=0
    shift
    "$GAPMAP" render --store $store "$@" > said 2>&1 || got=$?
    [ "$got" = 2 ] || { cat said; fail "render $*: exit $got, not 2"; }
    grep -qF -e "$text" said || { cat said; fail "render $*: does not say '$text'"; }
}

"$GAPMAP" run "$recipe" > said || { cat said; fail "the run failed"; }
store=out/kyrgyzstan/kyrgyzstan.gapmap

# What has no pixels has no scale.
for ending in pdf svg; do
    refused "x.$ending: --scale is for .png and .tif" gaps -o x.$ending --scale 2
    refused "x.$ending: --scale is for .png and .tif" gaps -o x.$ending --scale 1,2
    [ ! -e x.$ending ] || fail "a refused map left a file"
done
refused "several pages do not fit into one file" gaps coverage -o x.pdf

# The same bytes in another folder, with other maps beside, in another order.
for ending in pdf svg tif; do
    "$GAPMAP" render gaps coverage --store $store -o "a/{map}-{lang}.$ending" --lang ky,ru > said
    "$GAPMAP" render coverage --store $store -o "b/c/{lang}/{map}.$ending" --lang ru,ky > said
    "$GAPMAP" render gaps --store $store -o "one.$ending" --lang ky > said
    cmp a/coverage-ky.$ending b/c/ky/coverage.$ending
    cmp a/coverage-ru.$ending b/c/ru/coverage.$ending
    cmp a/gaps-ky.$ending one.$ending
done
"$GAPMAP" render gaps --store $store -o big.tif --scale 1,2 > said
[ -s big.tif ] && [ -s big@2x.tif ] || fail "no second GeoTIFF"
# What has not changed is not drawn again; another day of making is a change.
before=$(stat -c %y one.pdf)
"$GAPMAP" render gaps --store $store -o one.pdf --lang ky > said
[ "$before" = "$(stat -c %y one.pdf)" ] || fail "an unchanged page was drawn again"
SOURCE_DATE_EPOCH=1514764800 "$GAPMAP" render gaps --store $store -o one.pdf --lang ky > said
grep -aq 'CreationDate (D:20180101)' one.pdf || fail "the page is not of SOURCE_DATE_EPOCH"

grep -aq 'CreationDate (D:20171231)' a/gaps-ky.pdf || fail "the page is not of the run's day"
if has pdftotext; then
    pdftotext -layout a/gaps-ky.pdf text
    grep -qF 'Кийинки кадам кайда керек?' text || fail "no title to be found in the page"
    grep -qF 'Өзгөн' text || fail "no name of a place to be found in the page"
    grep -qF 'Өзбекстан' text || fail "a spaced name is no word in the page"
    [ "$(pdftotext -bbox a/gaps-ky.pdf - | grep -c '>Нарын<')" = 2 ] ||
        fail "the river, whose name bends, is no word in the page beside the province"
    pdffonts a/gaps-ky.pdf > fonts
    awk 'NR > 2 && !(/NotoSans/ && / yes yes yes /) { bad = 1 } END { exit bad || NR < 4 }' fonts ||
        { cat fonts; fail "a font is not within, whole, or says no letters"; }
    pdfinfo a/gaps-ky.pdf > info
    for line in 'Title: *Кийинки кадам кайда керек' 'Subject:.*OpenStreetMap' 'Creator: *gapmap' \
        'Keywords: *run 5 km; as of 2017-12-31; made from [0-9a-f]\{64\}$' \
        'Page size: *960 x 540 pts' 'Pages: *1$'; do
        grep -q "$line" info || { cat info; fail "the page does not say '$line'"; }
    done
else
    missing pdftotext "the second opinion on pages (poppler-utils)"
fi
if has xmllint; then
    xmllint --noout a/*.svg || fail "an SVG is no XML"
else
    missing xmllint "the second opinion on SVG"
fi
grep -aq '<metadata>gapmap .*; run 5 km; as of 2017-12-31; made from' a/gaps-ky.svg ||
    fail "the SVG does not say what it was made from"

# The lake of Son-Kul is water in the file, at its own degrees, and the ground beside it is not.
if has gdallocationinfo; then
    at() { gdallocationinfo -valonly -wgs84 "$1" "$2" "$3" | tr '\n' ' '; }
    for file in big.tif big@2x.tif; do
        lake=$(at $file 75.15 41.87) land=$(at $file 75.6 41.87)
        echo "$lake" | awk '{ exit !($3 > $1 + 10) }' || fail "$file: no blue at the lake: $lake"
        echo "$land" | awk '{ exit !($1 - $3 < 10 && $3 - $1 < 10) }' ||
            fail "$file: blue beside the lake: $land"
    done
    gdalinfo big.tif > info
    grep -q 'Albers Equal Area' info || { cat info; fail "no projection in the GeoTIFF"; }
    grep -q 'TIFFTAG_DATETIME' info && fail "a time in the GeoTIFF"
else
    missing gdallocationinfo "the second opinion on GeoTIFF"
fi
exit 0
