# Anybody's own list of sites: its worth against the best of that size, what each adds, the swaps that
# mend it; lists in CSV and XLSX, by code or by name however it is spelt; bad lists.
set -eu
fail() { echo "$*"; exit 1; }
# gives CODE TEXT OPTION...: gapmap sites exits with CODE and says TEXT.
gives() {
    code=$1 text=$2
    shift 2
    got=0
    "$GAPMAP" sites "$@" > said 2>&1 || got=$?
    [ "$got" = "$code" ] || { cat said; fail "gapmap sites $*: exit $got, not $code"; }
    grep -qF -e "$text" said || { cat said; fail "gapmap sites $*: does not say '$text'"; }
}
expect() { [ "$1" = "$2" ] || { cat said; fail "'$1', not '$2'"; }; }
field() { sed -n "s/^ \"$1\": \(.*[^,]\),*$/\1/p" said; }

# ---- from tables
printf 'id,people\na,100\nb,50\nc,80\nd,10\n' > d.csv
printf 'from,to,minutes\ns1,a,5\ns1,b,12\ns2,b,3\ns2,c,20\ns3,c,8\ns3,d,30\n' > t.csv
printf 'id,cost\ns1,10\ns2,5\ns3,7\n' > c.csv
all="--times t.csv --demand d.csv --candidates c.csv"
printf 'id\ns3\ns2\n' > list.csv
gives 0 'The list loses 100 people (43.5%)' --score list.csv --within 12 $all -o out.csv
expect "$(cut -d, -f 1,2,8,9,11,12 out.csv | paste -sd' ' -)" \
    'row,code,rank,adds,lost,cost 1,s3,1,80,80,7 2,s2,2,50,50,5'
gives 0 '"swaps"' --score list.csv --within 12 $all --json
expect "$(field value) $(field best) $(field loss) $(field loss_after_swaps) $(field proven)" \
    '130.0 230.0 100.0 0.0 true'
gives 0 'above the budget of 11' --score list.csv --within 12 --budget 11 $all
gives 0 'The best 1 that may be built' --score list.csv --within 12 --budget 11 $all
gives 0 'does not reach 100 of those to be served' --score list.csv --model p-median $all
gives 0 'forbidden' --score list.csv --within 12 --forbid s3 $all
printf 'id\ns1\ns3\n' > best.csv
gives 0 'No single swap gains anything' --score best.csv --model p-center $all
gives 0 'The list loses 0 minutes (0.0%)' --score best.csv --model p-center $all

printf 'id\ns9\n' > bad.csv
gives 1 "bad.csv, row 1, field id, value 's9': no candidate is called so; did you mean 's1'?" \
    --score bad.csv --within 12 $all
printf 'id\ns2\ns2\n' > bad.csv
gives 1 "row 2, field id, value 's2': 's2' stands in row 1 already" --score bad.csv --within 12 $all
printf 'town\ns2\n' > bad.csv
gives 1 "bad.csv: no column 'code' or 'name'" --score bad.csv --within 12 $all
printf 'id\n' > bad.csv
gives 1 'bad.csv: has no rows' --score bad.csv --within 12 $all
gives 1 gone.csv --score gone.csv --within 12 $all
gives 2 '--number: not with --score' --score list.csv -n 2 --within 12 $all
gives 2 'set-cover has no size' --score list.csv --model set-cover --within 12 $all

# ---- from the store
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
"$GAPMAP" run --quiet data/kyrgyzstan/kyrgyzstan.ini > /dev/null 2>&1 || fail "the run failed"
store="--store out/kyrgyzstan/kyrgyzstan.gapmap"
printf 'Name,Province\nTepe-Korgon,Osh\nNarimann,\nKatran,\nХалмион,\n' > list.csv
of="$store --any"
"$GAPMAP" sites $of --run '5 km' --score list.csv > said || fail "no score"
grep -q "'Narimann' is programme:15" said || fail "it does not say how names were read"
grep -q '^The list loses' said && grep -q 'Ivanovka' said || { cat said; fail "no swap"; }
"$GAPMAP" sites $of --run '5 km' --score list.csv --json > said
expect "$(field size) $(field loss_after_swaps)" '4 0.0'
# The best of that size is what a run of its own finds, and loses nothing.
value=$(field best)
"$GAPMAP" sites $of --run '5 km' -n 4 -o four.csv --json > said
expect "$(field value)" "$value"
ogr2ogr -f XLSX four.xlsx four.csv -oo AUTODETECT_TYPE=YES
for list in four.csv four.xlsx; do
    "$GAPMAP" sites $of --run '5 km' --score $list > said || fail "$list"
    grep -q 'The list loses 0 people (0.0%)' said || { cat said; fail "$list loses"; }
done
"$GAPMAP" sites $of --run '5 km' --score four.csv --crime --json > said
grep -q '"crimes a year"' said || fail "no crimes"
# By the rule they may not be built, are priced, and say why.
"$GAPMAP" sites $store --run '5 km' --score list.csv > said
grep -q 'no endorsed, valid plan' said && grep -q 'better by' said || { cat said; fail "no reasons"; }
printf 'name\nKatran\nXylophone\n' > bad.csv
gives 1 "bad.csv, row 2, field name, value 'Xylophone': no place has this code or name" $of \
    --score bad.csv
printf 'name\nAk-Suu\n' > bad.csv
gives 1 'several bear this name' $of --score bad.csv
if grep -q crosswalk said; then fail "it points to a crosswalk"; fi
gives 2 '--firm: not with --score' $of --score list.csv --firm
gives 2 '--label: not with --score' $of --score list.csv --label x
