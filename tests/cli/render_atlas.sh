# render --atlas and --contact-sheet: pages, bookmarks, links, figures that add up, the same bytes.
set -eu
recipe=$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini
unset SOURCE_DATE_EPOCH
fail() { echo "$*"; exit 1; }
missing() { echo "SKIPPED: $1, $2, is not installed"; }
has() { command -v "$1" > /dev/null; }
refused() {
    code=$1 text=$2 got=0
    shift 2
    "$GAPMAP" render --store $store "$@" > said 2>&1 || got=$?
    [ "$got" = "$code" ] || { cat said; fail "render $*: exit $got, not $code"; }
    grep -qF -e "$text" said || { cat said; fail "render $*: does not say '$text'"; }
    [ ! -e x.pdf ] && [ ! -e x.png ] || fail "render $*: a refused call left a file"
}

"$GAPMAP" run "$recipe" > said || { cat said; fail "the run failed"; }
store=out/kyrgyzstan/kyrgyzstan.gapmap

refused 1 "there are no districts with outlines" gaps --atlas district -o x.pdf
refused 2 "an atlas is one .pdf" gaps --atlas province -o x.png
refused 2 "a name with {lang}" gaps --atlas province --lang ky,ru -o x.pdf
refused 2 "has no room for the tables of an atlas" gaps --atlas province --layout square -o x.pdf
refused 2 "give --atlas or --only, not both" gaps --atlas province --only KG-B -o x.pdf
refused 2 "give --atlas or --contact-sheet, not both" gaps --atlas province --contact-sheet -o x.pdf
refused 2 "say where to with -o" gaps --atlas province
refused 2 "a contact sheet is one .png or .pdf" all --contact-sheet -o x.svg
refused 2 "has one scale" all --contact-sheet --scale 1,2 -o x.png
refused 1 "draws runs of mode travel only" travel --atlas province -o x.pdf

"$GAPMAP" render gaps coverage --atlas province -o 'a/{lang}.pdf' --lang ky,en --store $store > said
[ -s a/ky.pdf ] && [ -s a/en.pdf ] || fail "no atlas of a language"
before=$(stat -c %y a/ky.pdf)
"$GAPMAP" render gaps coverage --atlas province -o 'a/{lang}.pdf' --lang ky,en --store $store > said
[ "$before" = "$(stat -c %y a/ky.pdf)" ] || fail "an unchanged atlas was drawn again"
# The same bytes with one processor, in another folder.
one=""
has taskset && one="taskset -c 0" || missing taskset "one processor of many (util-linux)"
$one "$GAPMAP" render gaps coverage --atlas province -o b/ky.pdf --lang ky --store $store > said
cmp a/ky.pdf b/ky.pdf
for layout in slide a3 slide-4x3; do
    "$GAPMAP" render gaps --atlas province --layout $layout -o $layout.pdf --store $store > said ||
        { cat said; fail "no atlas of layout $layout"; }
done
# A file that cannot be written leaves nothing.
mkdir -p full.pdf
"$GAPMAP" render gaps --atlas province -o full.pdf --store $store > said 2>&1 &&
    fail "an atlas was written over a folder"
[ -z "$(ls full.pdf)" ] && [ -z "$(ls -A . | grep '^\.')" ] || fail "half a file is left"

"$GAPMAP" render all --contact-sheet --lang ky,ru -o sheet.png --store $store > said
$one "$GAPMAP" render all --contact-sheet --lang ky,ru -o again.png --store $store > said
cmp sheet.png again.png
grep -aq 'run 5 km; as of 2017-12-31; made from' sheet.png || fail "the sheet does not say of what it is"
"$GAPMAP" render gaps sites --contact-sheet --layout slide,a4 -o sheet.pdf --store $store > said
grep -aq 'CreationDate (D:20171231)' sheet.pdf || fail "the sheet is not of the run's day"
grep -aq 'CreationDate (D:20171231)' a/ky.pdf || fail "the atlas is not of the run's day"

if ! has pdftotext || ! has pdftohtml; then
    missing pdftotext "the second opinion on pages (poppler-utils)"
    exit 0
fi
pdfinfo a/en.pdf > info # an overview, two maps of nine provinces, three tables that go on
for line in 'Pages: *22$' 'Page size: *842 x 595 pts' 'Title: *Where is the next step' \
    'Keywords: *run 5 km; as of 2017-12-31; made from [0-9a-f]\{64\}$' 'Subject:.*OpenStreetMap'; do
    grep -q "$line" info || { cat info; fail "the atlas does not say '$line'"; }
done
pdftohtml -xml -i -stdout a/en.pdf > pages.xml
grep -q '<item page="1">Contents</item>' pages.xml || fail "no bookmark of the contents"
grep -q '<item page="2">Batken</item>' pages.xml || fail "no bookmark of a province"
grep -q '<item page="3">Batken: Who lives within' pages.xml || fail "no bookmark of the second map"
grep -q '<item page="4">Batken (continued): Where is' pages.xml || fail "no bookmark of a table that goes on"
grep -q '<item page="5">Chuy</item>' pages.xml || fail "no bookmark after a table that goes on"
[ "$(grep -c '<item page=' pages.xml)" = 22 ] || fail "a page has no bookmark"
grep -aq '/Subtype /Link' a/en.pdf || fail "no links"
pdftotext -layout -f 2 -l 2 a/en.pdf page
grep -q '2 / 22' page || { cat page; fail "no page number"; }
grep -q 'Kyrgyz-Kyshtak .*Pulgon, 39.km .*nothing known of a plan' page || { cat page; fail "no row of a municipality"; }
grep -q '[0-9]* more on page 4: [0-9,]* people beyond reach' page || { cat page; fail "rows go on without a word"; }
pdftotext -layout -f 1 -l 1 a/ky.pdf page
grep -q 'Баткен облусу' page || { cat page; fail "no index in Kyrgyz"; }
# The index adds up to the figure of the country, each page's table to its province.
pdftotext -layout -f 1 -l 1 a/en.pdf page
awk '/Beyond reach +Page/ { on = 1; next }
    on && /^Sources/ { on = 0 }
    on { n = split($0, f, / +/); for (i = 1; i <= n; i++) if (f[i] ~ /^[0-9]+,[0-9,]+$/) { gsub(",", "", f[i]); s += f[i] } }
    END { print s }' page > sum
country=$(grep -o '[0-9,]* *[0-9]*%' page | head -1 | sed 's/ .*//; s/,//g')
[ "$(cat sum)" = "$country" ] || { cat page; fail "the index adds up to $(cat sum), not $country"; }
# Of each province every municipality stands there once, and their figures add up to its own.
# rows FIRST LAST: names and people beyond reach of a table, the province itself first.
rows() {
    pdftotext -layout -f "$1" -l "$2" a/en.pdf - | awk '/^ *Municipality/ { on = 1; next }
        /more on page|^ *Sources/ { on = 0 }
        on { n = split($0, f, /  +/); for (i = 1; i <= n; i++) if (f[i] ~ /^[0-9]+%/) {
            b = f[i - 1]; gsub(",", "", b); print (f[1] ? f[1] : f[2]) "\t" b } }'
}
{ rows 2 2; rows 4 4; } > table # Batken: a map, another one, the rest of the table
awk -F '\t' 'NR == 1 { whole = $2; next } { n++; s += $2; twice += seen[$1]++ }
    END { print n, s, whole, twice + 0; exit n != 36 || s != whole || !whole || twice }' table > sum ||
    { cat table sum; fail "the table of Batken does not add up"; }
# Two languages on one page: bookmarks, heads and titles in both, the table off the panel.
"$GAPMAP" render gaps --atlas province -o two.pdf --lang ky+ru --store $store > said
pdftohtml -xml -i -stdout two.pdf > pages.xml
grep -q '<item page="1">Мазмуну / Содержание</item>' pages.xml || fail "contents are not in both languages"
grep -q '<item page="2">Баткен облусу / Баткенская область</item>' pages.xml || fail "no bookmark in both languages"
grep -q '<item page="3">Баткен облусу (уландысы): .* / Баткенская область (продолжение): ' pages.xml ||
    fail "no bookmark in both languages of a table that goes on"
pdftotext -bbox -f 2 -l 2 two.pdf box # the panel begins at 582 points; the table ends before
grep '>жок<' box | sed 's/.*xMax="\([0-9]*\).*/\1/' |
    awk '$1 > 570 && $1 < 660 { far = 1 } END { exit NR == 0 || far }' ||
    fail "the table of a page in two languages lies on its panel"
exit 0
