# What matching leaves to a person: a review file is written, edited, read back and applied, in CSV
# and in a workbook, by matching and by loads; files that a spreadsheet or a hand has spoilt are refused
# row by row, and never overwritten.
set -eu
fail() { echo "$*"; exit 1; }
store=t.gapmap
box() { printf '"POLYGON((%s 41,%s 41,%s 42,%s 42,%s 41))"' "$1" "$2" "$2" "$1" "$1"; }
{
    echo code,level,parent,name_en,name_ru,name_ky,boundary_quality,geom
    echo "N,province,KG,Naryn,Нарынская область,Нарын облусу,official,$(box 74 76)"
    echo "O,province,KG,Osh,Ошская область,Ош облусу,official,$(box 72 74)"
} > provinces.csv
{
    echo code,level,parent,name_en,name_ru,name_ky,boundary_quality,geom
    echo "0071,municipality,N,Kara-Suu,Кара-Суу,Кара-Суу,official,$(box 74 75)"
    echo "0072,municipality,N,Naryn,Нарын,Нарын,official,$(box 75 76)"
    echo "0081,municipality,O,Kara-Suu,Кара-Суу,Кара-Суу,official,$(box 72 73)"
    echo "0082,municipality,O,Cholpon,Чолпон,Чолпон,official,$(box 73 74)"
} > municipalities.csv
for file in provinces municipalities; do
    "$GAPMAP" load boundaries $file.csv --store $store > said 2>&1 || fail "$file: $(cat said)"
done
"$GAPMAP" dump --store $store > before
match() { "$GAPMAP" match names.csv --column name --province oblast -o out.csv --store $store "$@"; }
expect() { [ "$1" = "$2" ] || fail "'$1', not '$2'"; }
outcomes() { cut -d, -f1-5 out.csv | tail -n +2 | cut -d, -f3- | paste -sd' ' -; }

cat > names.csv << 'CSV'
name,oblast,people
Kara Suu,,1
Kara Suu,,2
Kara Suu,Osh,3
Naryn,,4
Zentrum,,5
"=HYPERLINK(""x"")",,6
,,7
CSV

# ---- written: what is not certain, once each; the store is not changed
match --review r.csv > said
grep -q '7 names: 1 matched, 3 ambiguous, 3 unmatched' said || fail "$(cat said)"
grep -q 'r.csv: 4 names for a person' said || fail "$(cat said)"
expect "$(head -n 1 r.csv)" 'from,district,province,to,rows,outcome,reason,candidate_1,candidate_2'
expect "$(cut -d, -f1-6 r.csv | sed -n '2,3p' | paste -sd' ' -)" \
    'Kara Suu,,,,2,ambiguous Naryn,,,,1,ambiguous'
grep -qF '"0071 Kara-Suu / Кара-Суу (municipality, Naryn)"' r.csv || fail "$(cat r.csv)"
expect "$(wc -l < r.csv)" 5
# Nobody has said anything: the same answers, the file untouched.
cp r.csv asked.csv
match --review r.csv > /dev/null
cmp r.csv asked.csv || fail "the file was written anew"

# ---- edited: a code, a whole candidate, none, and one left for later
awk -F, -v OFS=, '
    $1 == "Kara Suu" { $4 = "0082" }
    $1 == "Naryn" { $4 = "\"0072 Naryn / Нарын (municipality, Naryn)\"" }
    $1 == "Zentrum" { $4 = "-" }
    { print }' asked.csv > r.csv
cp r.csv said.csv
match --review r.csv > said
grep -q 'r.csv: 3 of its 3 decisions used, 0 refused' said || fail "$(cat said)"
expect "$(outcomes)" '1,matched,0082 2,matched,0082 3,matched,0081 4,matched,0072 5,unmatched, 6,unmatched, 7,unmatched,'
grep -q '^Zentrum,,5,unmatched,,,,"none of the store' out.csv || fail "$(cat out.csv)"
cmp r.csv said.csv || fail "the file was written anew"
# A name more: it is added, what stands stays.
echo 'Tscholponata,,8' >> names.csv
match --review r.csv > said
grep -q 'r.csv: 1 names for a person' said || fail "$(cat said)"
head -n 5 r.csv | cmp - said.csv || fail "rows of the person changed"
expect "$(tail -n 1 r.csv | cut -d, -f1)" Tscholponata

# ---- a place that a person gave to one row is none for another, where each is named once
printf 'name,oblast\nKara Suu,\nKara Suu,Osh\n' > names.csv
printf 'from,district,province,to\nKara Suu,,Osh,\nKara Suu,,,0081\n' > u.csv
match --unique --review u.csv > said
grep -q '1 matched, 0 ambiguous, 1 unmatched' said || fail "$(cat said; cat out.csv)"
printf 'from,district,province,to\nKara Suu,,Osh,0081\nKara Suu,,,0081\n' > u.csv
match --unique --review u.csv > said
grep -q '1 matched, 1 ambiguous' said || fail "$(cat said; cat out.csv)"
grep -q 'the review gives its place to two rows' out.csv || fail "$(cat out.csv)"
# A place that a person freed is another row's.
printf 'name,oblast\nCholpon,\nЧолпон,\n' > names.csv
printf 'from,to\nЧолпон,-\n' > u.csv
match --unique --review u.csv > said
expect "$(grep -c '^Cholpon,,matched,0082' out.csv)" 1

# ---- as a crosswalk of a load, whose names are remembered; as a layer of names
printf 'area,year,people,basis\nZentrum,2015,5,published\nKara Suu,2015,6,published\n' > people.csv
printf 'from,district,province,to,rows,outcome\nZentrum,,,0082,1,unmatched\nKara Suu,,,0081,1,ambiguous\nOpen,,,,1,x\n' > w.csv
"$GAPMAP" load people people.csv --crosswalk w.csv --store $store > said 2>&1 || fail "$(cat said)"
printf 'area,year,people,basis\nZENTRUM,2016,5,published\n' > more.csv
"$GAPMAP" load people more.csv --store $store > said 2>&1 || fail "not remembered: $(cat said)"
"$GAPMAP" explain zentrum --store $store > said || fail "$(cat said)"
grep -q 'Cholpon' said || fail "$(cat said)"
grep -q 'Taken for it' said || fail "$(cat said)"
grep -q 'crosswalk' said || fail "$(cat said)"
cp $store copy.gapmap # an export is on record in its store
"$GAPMAP" export names -o gazetteer.csv --store copy.gapmap > /dev/null
grep -q '^area,0082,municipality,Zentrum,,,people/people,said by w.csv' gazetteer.csv ||
    fail "$(grep Zentrum gazetteer.csv)"
"$GAPMAP" load names w.csv --store $store > said 2>&1 || fail "$(cat said)"
grep -q '1 rows left out: they have no code yet' said || fail "$(cat said)"
"$GAPMAP" unload people/more --store $store > /dev/null
"$GAPMAP" unload people/people --store $store > /dev/null
"$GAPMAP" explain Zentrum --store $store > said || fail "the layer of names does not know it"
"$GAPMAP" unload names/w --store $store > /dev/null
"$GAPMAP" dump --store $store > after
cmp before after || fail "the store is another"

# ---- spoilt by hands and spreadsheets: refused row by row; the rest counts, the file stays
printf 'name,oblast\nKara Suu,\nNaryn,\nZentrum,\nCholponn,\nNew one,\n' > names.csv
{
    printf '\357\273\277from;district;province;to;rows\r\n'
    printf 'Kara Suu;;;81;2\r\nNaryn;;;9999;1\r\nZentrum;;;0082;1\r\nCholponn;;;4.17E+13;1\r\n'
} > spoilt.csv
cp spoilt.csv as_left.csv
code=0
match --review spoilt.csv > said 2>&1 || code=$?
expect $code 3
grep -qF "spoilt.csv, row 1, field to, value '81': refused: no area or place has this code, but '0081' is one" said || fail "$(cat said)"
grep -qF "row 2, field to, value '9999': refused: no area or place that is matched with" said || fail "$(cat said)"
grep -qF "row 4, field to, value '4.17E+13': refused: a spreadsheet has rounded" said || fail "$(cat said)"
grep -q '^Zentrum,,matched,0082' out.csv || fail "$(cat out.csv)"
cmp spoilt.csv as_left.csv || fail "a spoilt review was overwritten"
refuse() {
    want=$1 says=$2
    shift 2
    code=0
    match "$@" > said 2>&1 || code=$?
    [ "$code" = "$want" ] || fail "code $code, not $want: $* $(cat said)"
    grep -qF -- "$says" said || fail "does not say '$says': $(cat said)"
}
printf 'from,to\nNaryn,0072\nnaryn,0071\n' > twice.csv
refuse 1 "twice.csv, row 2, field from, value 'naryn': means '0071' here and '0072' in row 1" --review twice.csv
printf 'a,b\n1,2\n' > no.csv
refuse 1 "a crosswalk needs the columns 'from' and 'to'" --review no.csv
printf 'from,to\nNaryn,N\n' > level.csv
code=0
match --level municipality --review level.csv > said 2>&1 || code=$?
expect $code 3
refuse 2 'its name ends in .csv or .xlsx' --review r.txt
# A crosswalk of two columns stays one when names are added to it.
printf 'name\nMitte\nNeu\n' > plain.csv
printf 'from,to\nMitte,0082\n' > walk.csv
"$GAPMAP" match plain.csv --column name --review walk.csv -o out2.csv --store $store > /dev/null
expect "$(head -n 1 walk.csv | cut -d, -f1-3)" 'from,to,rows'
"$GAPMAP" match plain.csv --column name --review walk.csv -o out2.csv --store $store > said
grep -q '1 of its 1 decisions used' said || fail "$(cat said)"
refuse 2 'give it a name of its own' --review names.csv
refuse 2 'give it a name of its own' --review out.csv
grep -q '^name,oblast' names.csv || fail "the table was overwritten"

# ---- a workbook goes the same way
printf 'name,oblast\nKara Suu,\nZentrum,\n' > names.csv
match --review r.xlsx --json > said
grep -q '"asked": 2' said || fail "$(cat said)"
ogr2ogr -f CSV edited.csv r.xlsx
sed -i 's/^Zentrum,,,,/Zentrum,,,0082,/' edited.csv
rm r.xlsx
ogr2ogr -f XLSX r.xlsx edited.csv -oo AUTODETECT_TYPE=NO
printf 'name,oblast\nKara Suu,\nZentrum,\nOther,\n' > names.csv
match --review r.xlsx --json > said
grep -q '"asked": 1' said || fail "$(cat said)"
grep -q '^Zentrum,,matched,0082' out.csv || fail "$(cat out.csv)"
match --review r.xlsx --json > said
grep -q '"asked": 0' said || fail "$(cat said)"
grep -q '^Zentrum,,matched,0082' out.csv || fail "lost: $(cat out.csv)"
exit 0
