# load as an office meets it: templates that load as they are, dry runs that change nothing, refused
# rows named also when nothing changed, and JSON for machines.
set -eu
fail() { echo "$*"; exit 1; }
store=t.gapmap
odbl=$GAP_SOURCE/data/kyrgyzstan/odbl
country='KG; Кыргыз Республикасы; Кыргызская Республика; Kyrgyz Republic'
load() { "$GAPMAP" load "$@" --store "$store"; }
load boundaries "$odbl/provinces.geojson" --country "$country" > /dev/null
dump() { "$GAPMAP" dump --store "$store"; }

# ---- templates, in both formats
load neighbours "$odbl/neighbours.geojson" > /dev/null
for layer in boundaries places police_points people crime statements claims plans programme visits lakes \
    rivers neighbours borders changes; do
    for ending in csv xlsx; do
        [ "$layer.$ending" != changes.csv ] || continue # see below: needs areas of its own
        [ "$layer.$ending" != changes.xlsx ] || continue
        "$GAPMAP" load "$layer" --template "$layer.$ending" > said || fail "no template of $layer"
        grep -q "^$layer.$ending: fill it in" said || fail "$layer.$ending: $(cat said)"
        load "$layer" "$layer.$ending" --name template > said 2>&1 ||
            fail "the template $layer.$ending does not load: $(cat said)"
        grep -q '1 rows read, 1 kept' said || fail "$layer.$ending: $(cat said)"
    done
    # Every field is explained in three languages.
    [ "$(head -n 1 "$layer-fields.csv" 2> /dev/null)" = field,required,values,en,ru,ky ] ||
        [ "$layer" = changes ] || fail "$layer-fields.csv"
    ! grep -q ',$' "$layer-fields.csv" 2> /dev/null || fail "$layer: a field without its Kyrgyz words"
    ! grep -q ',,' "$layer-fields.csv" 2> /dev/null || fail "$layer: a field without words"
    "$GAPMAP" unload "$layer/template" --store "$store" > /dev/null 2>&1 || [ "$layer" = changes ] ||
        fail "$layer/template cannot be unloaded"
done
for bad in x.txt x x.csv.exe; do
    if "$GAPMAP" load crime --template "$bad" 2> said; then fail "a template $bad was made"; fi
    [ ! -e "$bad" ] || fail "$bad is there"
done
if "$GAPMAP" load crime --template a.csv b.csv 2> said; then fail "a template and a file"; fi
grep -q -- '--template writes a file and loads none' said || fail "$(cat said)"
if "$GAPMAP" load crime 2> said; then fail "no file"; fi
grep -q 'no file is named' said || fail "$(cat said)"

# ---- a dry run judges like a load, says so, and changes nothing
printf 'area,year,people,basis\nKG-C,2001,5,published\nKG-C,2002,many,published\n' > p.csv
before=$(dump | sha256sum)
code=0
load people p.csv --dry-run > said 2> warned || code=$?
[ "$code" = 3 ] || fail "a dry run with a refused row ended with $code"
grep -q "p.csv, row 2, field people, value 'many': refused:" warned || fail "$(cat warned)"
grep -q 'Nothing was changed' said || fail "$(cat said)"
[ "$before" = "$(dump | sha256sum)" ] || fail "a dry run changed the store"
mkdir empty
(cd empty && "$GAPMAP" load boundaries "$odbl/provinces.geojson" --country "$country" --dry-run \
    --store new.gapmap > said) || fail "a dry run without a store"
grep -q 'There is no store yet' empty/said && grep -q '9 rows read, 9 kept' empty/said ||
    fail "$(cat empty/said)"
[ "$(ls empty)" = said ] || fail "a dry run left $(ls empty)"

# ---- refused rows are named again where nothing changed
for run in first again; do
    code=0
    load people p.csv > said 2> warned || code=$?
    [ "$code" = 3 ] || fail "$run: ended with $code"
    grep -q "p.csv, row 2, field people, value 'many': refused:" warned || fail "$run: $(cat warned)"
done
grep -q unchanged said || fail "$(cat said)"

# ---- JSON holds it all
code=0
load people p.csv --json > said.json 2> warned || code=$?
[ "$code" = 3 ] || fail "--json ended with $code"
got=$(sqlite3 :memory: "SELECT json_extract(readfile('said.json'), '\$[0].rows_read',
    '\$[0].rows_kept', '\$[0].rows_refused', '\$[0].unchanged', '\$[0].refusals[0].value')")
[ "$got" = '[2,1,1,true,"many"]' ] || fail "$got: $(cat said.json)"
