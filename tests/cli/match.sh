# Names in a table matched to a small country with the homonyms of the real one: what comes out,
# byte by byte; then options, awkward tables and hostile names.
set -eu
fail() { echo "$*"; exit 1; }
store=t.gapmap

# ---- two provinces and a city of that rank; each level is a strip or a box of the one above
box() { printf '"POLYGON((%s %s,%s %s,%s %s,%s %s,%s %s))"' "$1" "$2" "$3" "$2" "$3" "$4" "$1" "$4" "$1" "$2"; }
{
    echo code,level,parent,name_en,name_ru,name_ky,boundary_quality,geom
    echo "N,province,KG,Naryn,Нарынская область,Нарын облусу,official,$(box 74 41 76 42)"
    echo "T,province,KG,Talas,Таласская область,Талас облусу,official,$(box 71 41 73 42)"
    echo "O,province,KG,Osh,Ошская область,Ош облусу,official,$(box 72 39 74 40)"
    echo "OC,province,KG,Osh City,город Ош,Ош шаары,official,$(box 74 39 75 40)"
} > provinces.csv
{
    echo code,level,parent,name_en,name_ru,name_ky,boundary_quality,geom
    echo "N1,district,N,Naryn,Нарынский район,Нарын району,official,$(box 74 41 75 42)"
    echo "N2,district,N,Kochkor,Кочкорский район,Кочкор району,official,$(box 75 41 75.8 42)"
    echo "N3,district,N,Naryn (city),город Нарын,Нарын шаары,official,$(box 75.8 41 76 42)"
    echo "T1,district,T,Talas,Таласский район,Талас району,official,$(box 71 41 72.5 42)"
    echo "T2,district,T,Talas (city),город Талас,Талас шаары,official,$(box 72.5 41 73 42)"
    echo "O1,district,O,Kara-Suu,Карасууский район,Кара-Суу району,official,$(box 72 39 73 40)"
    echo "O2,district,O,Uzgen,Узгенский район,Өзгөн району,official,$(box 73 39 74 40)"
} > districts.csv
{
    echo code,level,parent,name_en,name_ru,name_ky,boundary_quality,geom
    echo "N21,municipality,N2,Kara-Suu,Кара-Суу,Кара-Суу,official,$(box 75 41 75.4 42)"
    echo "N22,municipality,N2,Cholpon,Чолпон,Чолпон,official,$(box 75.4 41 75.8 42)"
    echo "O11,municipality,O1,Kara-Suu (city),город Кара-Суу,Кара-Суу шаары,official,$(box 72 39 72.5 40)"
    echo "O12,municipality,O1,Kyzyl-Suu,Кызыл-Суу,Кызыл-Суу,official,$(box 72.5 39 73 40)"
} > municipalities.csv
{
    echo code,name_en,name_ru,name_ky,lon,lat
    echo p1,Kyzyl-Suu,Покровка,Кызыл-Суу,72.7,39.5
    echo p2,Ak-Tuz,Актюз,Ак-Түз,75.2,41.5
    echo p3,Orto-Sai,Орто-Сай,Орто-Сай,74.5,39.5
} > places.csv
echo 'old,new,share,on,old_name
X1,O12,1,1996-05-01,Сталинский сельсовет' > changes.csv
for file in provinces districts municipalities; do
    "$GAPMAP" load boundaries $file.csv --store $store > said 2>&1 || fail "$file: $(cat said)"
done
"$GAPMAP" load places places.csv --store $store > said 2>&1 || fail "places: $(cat said)"
"$GAPMAP" load changes changes.csv --store $store > said 2>&1 || fail "changes: $(cat said)"
"$GAPMAP" dump --store $store > before
match() { "$GAPMAP" match "$@" --store $store; }

# ---- homonyms and spellings
cat > names.csv << 'CSV'
place,raion,oblast,people
Naryn,,,1
Нарынская обл.,,,2
Naryn rayon,,,3
г. Нарын,,,4
Talas,,,5
Таласский район,,,6
Talas shaary,,,7
Ош,,,8
город Ош,,,9
Osh oblast,,,10
Кара-Суу,,,11
Kara Suu,Kochkorr,,12
Kara-Suu rayon,,Osh,13
"Карасуу, Кочкорский район",,,14
Cholponn,,Naryn oblast,15
Покровка,,Ошская область,16
Stalinskiy,Kara-Suu,Osh,17
Aktuz,,,18
Elsewhere,,,19
,,,20
CSV
match names.csv --column place --district Raion --province oblast -o out.csv > said
[ "$(cat said)" = 'names.csv: 20 names: 14 matched, 4 ambiguous, 2 unmatched' ] || fail "$(cat said)"
[ -z "${UPDATE:-}" ] || cp out.csv "$GAP_SOURCE/tests/cli/golden/match.csv"
diff "$GAP_SOURCE/tests/cli/golden/match.csv" out.csv || fail "other than tests/cli/golden/match.csv"

# codes FILE: the outcomes and codes, a word a row.
codes() { ogrinfo -q -al -oo AUTODETECT_TYPE=NO "$1" | awk '
    / (match_)?outcome \(String\) = / { outcome = $NF }
    / (match_)?code \(String\) = / && $1 == code { print outcome == "matched" ? $NF : outcome }
    ' code="$2" | paste -sd' ' -; }
expect() { [ "$1" = "$2" ] || fail "'$1', not '$2'"; }

# ---- a level decides between homonyms, and columns of the table keep their names
printf 'code,Outcome,name,lon\n01,a,Kyzyl Suu,1\n02,b,Kara-Suu city,2\n' > taken.csv
match taken.csv --column name --level municipality -o out.csv > said
grep -qF "a column 'code' already: the one added is 'match_code'" said || fail "$(cat said)"
expect "$(head -n 1 out.csv)" \
    'code,Outcome,name,lon,match_outcome,match_code,matched_name,score,reason,candidates'
expect "$(codes out.csv match_code)" 'O12 O11'
expect "$(sed -n 2p out.csv | cut -d, -f1-6)" '01,a,Kyzyl Suu,1,matched,O12'
match taken.csv --column name --level place -o out.csv > /dev/null
expect "$(sed -n 2p out.csv | cut -d, -f5,6)" 'matched,p1'

# ---- a province without parts is what its places lie in; a bracket tells it too
printf 'name,p\nOrto-Sai,Osh City\nOrto-Sai (Osh City),\nKara-Suu (Naryn oblast),\nZzyzx (Osh oblast),\n' > within.csv
match within.csv --column name --province p -o out.csv > /dev/null
expect "$(codes out.csv code)" 'p3 p3 N21 unmatched'

# ---- a list that names each place once
printf 'name\nKara Suu\nKara Suuu\nКара-Суу\n' > once.csv
match once.csv --column name --level municipality -o out.csv > said
grep -q ' 0 matched, 3 ambiguous, 0 unmatched' said || fail "$(cat said)"
printf 'name,d\nKyzyl Suu,Kara-Suu\nKyzyl-Su,Kara-Suu\n' > once.csv
match once.csv --column name --district d --level municipality -o out.csv --unique --json > said
grep -q '"matched": [01],' said || fail "one place for two rows: $(cat said)"
match once.csv --column name --district d --level municipality -o out.csv > said
grep -q ' 2 matched' said || fail "$(cat said)"

# ---- other tables: a code page, semicolons and a title above; an empty one
{ printf 'Список\n\nАйыл;Район\n'; printf 'Чолпон;Кочкор\n'; } | iconv -t CP1251 > old.csv
match old.csv --column Айыл --district Район --encoding CP1251 --header 3 -o out.csv --json > said
grep -q '"matched": 1,' said || fail "$(cat said)"
grep -q '^Чолпон,Кочкор,matched,N22,Cholpon,' out.csv || fail "$(cat out.csv)"
echo 'name,x' > empty.csv
match empty.csv --column name -o out.csv > said
expect "$(cat out.csv)" 'name,x,outcome,code,matched_name,score,reason,candidates'
# What lies far away fits less.
printf 'name,geom\nPokrovka,POINT(72.71 39.5)\nPokrovka,POINT(75 41)\n' > far.csv
match far.csv --column name --level place -o out.csv > /dev/null
grep -q '^Pokrovka,matched,p1,Kyzyl-Suu,1,.*,72.71,39.5$' out.csv || fail "$(cat out.csv)"
grep -q '^Pokrovka,unmatched,.* km apart' out.csv || fail "$(cat out.csv)"

# ---- hostile names: each an outcome, nothing run, the columns as they were
{
    echo name,d
    printf '"; DROP TABLE area; --",Osh\n<b>Osh</b>,<script>\n=1+1,@x\n'
    printf '%010000d,Osh\n' 7
    printf '\001\033[31mOsh,Osh\n\342\200\256Osh,\326\220\n'
    awk 'BEGIN { for (i = 0; i < 5000; i++) printf "Жж"; print ",Osh" }'
} > hostile.csv
match hostile.csv --column name --district d -o out.csv --json > said || fail "hostile names"
grep -q '"rows": 7,' said || fail "$(cat said)"
"$GAPMAP" dump --store $store > after
cmp before after || fail "matching changed the store"

# ---- refusals: code, and what it says; nothing is written
refuse() {
    want=$1 says=$2
    shift 2
    code=0
    match "$@" > said 2>&1 || code=$?
    [ "$code" = "$want" ] || fail "code $code, not $want: $* $(cat said)"
    grep -qF -- "$says" said || fail "does not say '$says': $(cat said)"
    [ ! -e none.csv ] || fail "none.csv is there: $*"
}
refuse 2 'say where to with -o FILE.csv' names.csv --column place
refuse 2 'its name ends in .csv' names.csv --column place -o none.xlsx
refuse 2 'is also read' names.csv --column place -o ./names.csv
refuse 2 'say which column' names.csv -o none.csv
refuse 2 "has no column 'nom'; it has: place, raion, oblast, people" names.csv --column nom -o none.csv
refuse 2 'those lie in no district; leave out --district' names.csv --column place \
    --district raion --level district -o none.csv
refuse 2 'those lie in no province; leave out --province' names.csv --column place \
    --province oblast --level province -o none.csv
refuse 1 'gone.csv' gone.csv --column place -o none.csv
printf 'name\nOsh\377\n' > bad.csv
refuse 1 'not UTF-8' bad.csv --column name --encoding UTF-8 -o none.csv
"$GAPMAP" init --store bare.gapmap > /dev/null
store=bare.gapmap
refuse 1 'no areas and no places to match names with' names.csv --column place -o none.csv
"$GAPMAP" load boundaries provinces.csv --store $store > /dev/null
refuse 1 'nothing of level district' names.csv --column place --level district -o none.csv
exit 0
