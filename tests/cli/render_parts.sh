# render a part: names in any spelling, errors that help, figures that add up to the country's.
set -eu
recipe=$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini
fail() { echo "$*"; exit 1; }
missing() { echo "SKIPPED: $1, $2, is not installed"; }
refused() {
    code=$1 text=$2 got=0
    shift 2
    "$GAPMAP" render gaps --store $store -o x.png "$@" > said 2>&1 || got=$?
    [ "$got" = "$code" ] || { cat said; fail "render $*: exit $got, not $code"; }
    grep -qF -e "$text" said || { cat said; fail "render $*: does not say '$text'"; }
    [ ! -e x.png ] || fail "render $*: a refused map left a file"
}

"$GAPMAP" run "$recipe" > said || { cat said; fail "the run failed"; }
store=out/kyrgyzstan/kyrgyzstan.gapmap

refused 1 "several bear this name: KG-GO Osh city (province, Kyrgyz Republic); KG-O Osh" --province Osh
refused 1 "--province 'Atlantis': no area at level province has this code or name" --province Atlantis
refused 1 "--only 'Atlantis': no area has this code or name" --only KG-B,Atlantis
refused 1 "there are Batken (KG-B), Chuy (KG-C)" --province "Lake Issyk"
refused 1 "there are none in the store" --district Nookat
refused 1 "near it: KG-Y-1528512 Cholpon-Ata" --only Cholponatik
refused 1 "--district 'KG-B': " --district KG-B
refused 2 "give --province or --bbox, not both" --province KG-B --bbox 72,40,73,41
refused 2 "give --province or --only, not both" --province KG-B --only KG-C
refused 2 "four numbers of degrees are wanted" --bbox 72,40,73
refused 2 "72 is not west of 72" --bbox 72,40,72,41
refused 2 "across the antimeridian is not drawn" --bbox 179,40,-179,41
refused 2 "latitudes -90 to 90" --bbox 40,172,41,173
refused 1 "lies outside the country" --bbox 10,10,11,11
refused 1 "lies outside the country" --bbox 79,39.2,79.5,39.5
refused 1 "too narrow to be drawn" --bbox 72,40,72.001,41

# The same province in three languages, by code, and misspelt.
"$GAPMAP" render gaps --store $store -o a.png --province KG-Y
for name in Issyk-Kul Ысык-Көл "Иссык-Кульская область" Isyk-Kul; do
    "$GAPMAP" render gaps --store $store -o b.png --province "$name" || fail "no province '$name'"
    cmp a.png b.png || fail "'$name' is another picture"
done
"$GAPMAP" render gaps --store $store -o whole.png
cmp -s a.png whole.png && fail "a part is the same picture as the country"
"$GAPMAP" render all --store $store -o all --only KG-B,KG-O --lang ky
[ -s all/coverage.png ] && [ -s all/sites.png ] || fail "no map of two provinces"

if ! has=$(command -v pdftotext); then
    missing pdftotext "the second opinion on pages (poppler-utils)"
    exit 0
fi
# The first figure of the map of gaps: people beyond reach.
beyond() {
    "$GAPMAP" render gaps --store $store -o part.pdf "$@" > said || { cat said >&2; return 1; }
    "$has" -layout part.pdf - | grep -o '[0-9,]* *[0-9]*%' | head -1 | sed 's/ .*//; s/,//g'
}
country=$(beyond)
sum=0
for code in KG-B KG-C KG-GB KG-GO KG-J KG-N KG-O KG-T KG-Y; do
    sum=$((sum + $(beyond --only $code)))
done
[ "$sum" = "$country" ] || fail "people beyond reach: $sum in the provinces, $country in the country"
# The legend counts the dots of the part: those of two halves are the country's.
dots() {
    "$GAPMAP" render people --store $store -o part.pdf "$@" > said || { cat said >&2; return 1; }
    "$has" -layout part.pdf - | grep -oE '(within|beyond) reach \([0-9,]+\)' | sed 's/[^0-9]//g' | paste -sd+
}
whole=$(($(dots)))
west=$(($(dots --only KG-B,KG-J,KG-O,KG-GO,KG-T)))
east=$(($(dots --only KG-C,KG-GB,KG-N,KG-Y)))
[ "$west" -gt 1000 ] && [ $((west + east)) = "$whole" ] ||
    fail "dots: $west and $east in the halves, $whole in the country"
two=$(beyond --only "KG-B, KG-O, Баткен облусу")
[ "$two" = $(($(beyond --only KG-B) + $(beyond --only KG-O))) ] || fail "two provinces are not their sum"
# A box around all of it holds all who are placed.
[ "$(beyond --bbox 69,39,81,44)" = "$country" ] || fail "the box of the country has other people"
"$GAPMAP" render gaps --store $store -o part.pdf --province KG-Y --lang ky
"$has" -layout part.pdf text
grep -q 'Ысык-Көл облусу: Кийинки кадам' text || { cat text; fail "the title does not name the part"; }
"$GAPMAP" render crime-and-plans --check --lang ky,ru,en --province KG-B --store $store > said 2>&1 || true
grep -q ': word: ' said && { cat said; fail "a word is missing on the map of a part"; }
# Names are held against those of the part: another province's lacks a Kyrgyz form, which is no
# matter on this page.
held() { "$GAPMAP" render gaps --check --lang ky --title "Иваново-Алексеевка" --store $store "$@" > said 2>&1; }
held --province KG-B || { cat said; fail "names of other provinces are held against a page"; }
held --province KG-T && fail "a name of the part that has no Kyrgyz form is not found"
exit 0
