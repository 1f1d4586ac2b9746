# Border segments: from a table to lines along the outline, and to maps of several days.
set -eu
fail() { echo "$*"; exit 1; }
data=$GAP_SOURCE/data/kyrgyzstan
country='KG; Кыргыз Республикасы; Кыргызская Республика; Kyrgyz Republic'
gapmap() { "$GAPMAP" "$@" --store t.gapmap; }
gapmap load boundaries "$data/odbl/provinces.geojson" --country "$country" --dated 2017-12-01 > said

# What a table gets wrong is told with its place and what would be right, and the rest is taken.
printf 'neighbour,status,since\nUZ,undelimited,\n' > b.csv
if gapmap load borders b.csv 2> said; then fail "a neighbour that is not loaded is taken"; fi
grep -q "b.csv, row 1, field neighbour, value 'UZ': no neighbours are loaded" said || fail "$(cat said)"
gapmap load neighbours "$data/odbl/neighbours.geojson" > said
printf 'neighbour,status,since\nUzbekistan,undelimited,\nIran,delimited,2001\nУзбекистан,agreed,2017\nUZ,delimited,someday\n' > b.csv
dump() { "$GAPMAP" dump --store t.gapmap | sha256sum; }
before=$(dump)
gapmap load borders b.csv --dry-run > said 2>&1 || [ $? = 3 ] || fail "a dry run: $(cat said)"
[ "$(dump)" = "$before" ] || fail "a dry run has loaded something"
code=0
gapmap load borders b.csv > said 2> warned || code=$?
[ "$code" = 3 ] || fail "refused rows end with $code"
grep -q '4 rows read, 1 kept' said || fail "$(cat said)"
for told in "row 2, field neighbour, value 'Iran': refused: no neighbour has this code or name; loaded are CN" \
    "row 3, field status, value 'agreed': refused: not one of undelimited, partly_delimited" \
    "row 4, field since, value 'someday': refused: neither a year nor a day"; do
    grep -qF "$told" warned || fail "nothing says '$told': $(cat warned)"
done
code=0
gapmap load borders b.csv --name other --dated someday 2> said || code=$?
[ "$code" = 2 ] || fail "a day that is none ends with $code"
gapmap unload borders/b > said

# The bundled table: four borders, with lines of about the right length, and all of their history.
gapmap load borders "$data/borders.csv" > said
grep -q '7 rows read, 7 kept' said || fail "$(cat said)"
gapmap export borders -o borders.geojson > said
gapmap export border_changes -o changes.csv > said
gapmap export sources -o sources.csv > said
[ "$(wc -l < changes.csv)" = 8 ] || fail "$(cat changes.csv)"
grep -q '2017-12-01' sources.csv || fail "the source has no day"
gapmap export borders -o borders.csv > said
awk -F, 'NR > 1 { gsub(/".*"/, ""); n++; if ($8 < 900 || $8 > 1400) bad = 1 }
    END { exit !(n == 4 && !bad) }' borders.csv || fail "$(cat borders.csv)"
# Without a run the newest status counts.
[ "$(grep -c ',delimited,' borders.csv)" = 4 ] || fail "$(cat borders.csv)"

# Maps of a day: what is not agreed then, and what has changed since the outline.
sed 's/^as-of = .*/as-of = 2024-06-01/; /^\[export/,/^$/d; /^\[render/,/^$/d; /^\[sites/,/^$/d' \
    "$data/kyrgyzstan.ini" > later.ini
sed -i "s|^files = |files = $data/|" later.ini
"$GAPMAP" run later.ini > said || { cat said; fail "the run failed"; }
store=out/kyrgyzstan/kyrgyzstan.gapmap
"$GAPMAP" export borders -o day.csv --run '5 km' --store $store > said
grep -q '^UZ,.*,delimited,2023-01-27,' day.csv && grep -q '^TJ,.*,partly_delimited,' day.csv ||
    fail "$(cat day.csv)"
"$GAPMAP" export border_changes -o changes.csv --run '5 km' --store $store > said
[ "$(grep -cE '^[A-Z]+,.*,[12][0-9-]*,1,' changes.csv)" = 1 ] || fail "$(cat changes.csv)"
command -v pdftotext > /dev/null || { echo "SKIPPED: pdftotext, which reads the notes of a map"; exit 0; }
"$GAPMAP" render gaps --run '5 km' --store $store -o '{map}-{lang}.pdf' --lang ky,ru,en > said
notes() { pdftotext "gaps-$1.pdf" - | tr '\n\240' '  ' | grep -qF "$2" || fail "$1: no '$2'"; }
notes en 'The outline was made before a change of the border: Uzbekistan (27 January 2023).'
notes ru 'Контур страны сделан до изменения границы: Узбекистан (27 января 2023 г.).'
notes ky 'өзгөрүүсүнө чейинки абалды көрсөтөт: Өзбекстан (2023-жылдын 27-январы).'
notes en 'border not fully agreed'
