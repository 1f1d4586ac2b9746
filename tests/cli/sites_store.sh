# Sites from the store, of the bundled country: three lists, what is kept, what is checked again, and
# what is refused.
set -eu
fail() { echo "$*"; exit 1; }
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
"$GAPMAP" run --quiet data/kyrgyzstan/kyrgyzstan.ini > /dev/null 2>&1 || fail "the run failed"
store=out/kyrgyzstan/kyrgyzstan.gapmap
sites() { "$GAPMAP" sites --store $store --run '5 km' "$@"; }

sites -n 10 > said || fail "no sites"
grep -q 'Best under these assumptions' said
grep -q '^One document away' said
grep -q '^Not known' said

# What may be built lies between settlements that are within reach already.
sites -n 10 --cells 5 > said
grep -q '^Buildable now' said && grep -q 'cell:' said || fail "no cell is proposed"
# Cells near a road: one made along 42.2 N, within 5 km of which only its three rows of cells lie.
cp $store road.gapmap
printf 'class,wkt\nprimary,"LINESTRING(73 42.2, 76 42.2)"\n' > road.csv
"$GAPMAP" load roads road.csv --store road.gapmap --quiet
"$GAPMAP" sites -n 1 --run '5 km' --any --cells 20 --near-road 5km --store road.gapmap --quiet
"$GAPMAP" export candidates -o near.csv --run '5 km' --store road.gapmap --quiet
grep '^cell:' near.csv | awk -F, 'END { exit NR < 20 } $NF < 42.155 || $NF > 42.245 { exit 1 }' || {
    grep '^cell:' near.csv
    fail 'cells are candidates that no road is near'
}

sites -n 10 --any --cost 20000 --local-share 40% --officers 3 --json -o ten.csv > ten.json
[ "$(grep -c . ten.csv)" = 11 ] || fail "not ten sites in the CSV"
grep -q '"proven": true' ten.json || fail "ten sites are not proven"
sites -n 10 --any --cost 20000 --local-share 40% --officers 3 --json > again.json
cmp ten.json again.json || fail "the same question has two answers"
for model in p-median p-center; do
    sites -n 3 --any --model $model --label "try $model" > said || fail "$model"
done
sites --any --model set-cover --share 48% --label fewest > said || fail "set-cover"
"$GAPMAP" check --store $store > said 2> /dev/null || { cat said; fail "stored sites do not check"; }

sites -n 5 --any --firm --label firm --json > firm.json || fail "no firmness"
[ "$(grep -oE '"firm": (1\.0|0\.[0-9]+)' firm.json | wc -l)" = 5 ] || fail "firmness is no share"

# A budget of the outside's money: 12000 a site.
sites -n 10 --any --cost 20000 --local-share 40% --budget 40000 --json > few.json
[ "$(grep -c '"rank"' few.json)" = 3 ] || fail "40000 do not buy three sites of 12000"
"$GAPMAP" export sites --store $store --run '5 km' -o sites.geojson > /dev/null
[ "$(grep -o '"Feature"' sites.geojson | wc -l)" = 3 ] || fail "the export has other sites"

# Kinds of one place, points of a file, what is left and why, and a proof that is looked at.
printf 'kind,cost,running,officers,reach_m\nstation,120000,8000,6,\nroof,40000,5000,2,\n' > kinds.csv
printf 'mobile,30000,15000,4,12000\n' >> kinds.csv
sites --any --kinds kinds.csv --years 5 --budget 300000 --label kinds --json > kinds.json
[ "$(sed '/"one_document_away"/,$d' kinds.json | grep -c '"kind": "mobile"')" = 5 ] ||
    fail "five groups are not what 300000 buy"
grep -q '"running": 75000.0' kinds.json || fail "five years of running cost are not 75000"
grep -q '"no_candidate": [1-9]' kinds.json || fail "nobody is left without a candidate"
printf 'code,name,lon,lat,kind\ng1,Here,74.6,42.87,roof\ng2,There,72.8,40.52,\ng3,Out,30,10,\n' > g.csv
got=0
sites -n 3 --any --kinds kinds.csv --candidates g.csv --label given > said 2> warned || got=$?
[ $got = 3 ] || fail "a refused row is no 3 but $got"
grep -q 'g.csv, row 3.*outside the country' warned || fail "the refused row is not told"
grep -q '^ *1 .* Here ' said || grep -q '^ *2 .* Here ' said || fail "the given point is not proposed"
sites -n 2 --any --need 2 --label backup > said || fail "backup"
sites -n 2 --any --officers 4 --people-per-officer 1000 --time-limit 2 --label served > said ||
    fail "capacities"
for layer in candidates site_demand uncovered; do
    "$GAPMAP" export $layer --store $store --run '5 km' -o $layer.csv > /dev/null || fail "$layer"
    [ "$(grep -c . $layer.csv)" -gt 2 ] || fail "$layer is empty"
done
"$GAPMAP" check --store $store > said 2> /dev/null || { cat said; fail "stored proofs do not check"; }
if command -v sqlite3 > /dev/null; then
    cp $store spoilt.gapmap
    sqlite3 spoilt.gapmap "UPDATE site_multiplier SET value = value * 2 WHERE proposal = 'served'"
    "$GAPMAP" check --store spoilt.gapmap > said 2>&1 && fail "spoilt multipliers are not found"
    grep -q 'served: .*multipliers' said || { cat said; fail "not said what is spoilt"; }
fi

# Points that may move: one that stays does so at no cost, one that closes says whom it served, and
# nobody is lost in silence.
sites -n 0 --any --move all --label moved --json > moved.json || fail "points that may move"
[ "$(grep -c '"stays": 0' moved.json)" = "$(grep -c '"rank"' moved.json)" ] ||
    fail "not as many open as close"
number() { sed -n "s/^ \"$1\": \([0-9]*\).*/\1/p" moved.json; }
[ "$(number covered)" = $(($(number covered_before) + $(number gained) - $(number lost))) ] &&
    [ "$(number lost)" -gt 0 ] || fail "people are lost in silence"
sites -n 0 --any --move all --label moved > said
grep -q "'moved' stands" said && grep -q '^Points close: [1-9].* no longer are' said ||
    { cat said; fail "what stands loses people in silence"; }
sites -n 0 --any --move all --label 'moved anew' > said
grep -q '^Closes: .*; all of its .* beyond reach then' said && grep -q 'the others are served by' said && grep -q 'no longer are' said || fail "not told in words"
sites --any --move site:suzak --label one > said
"$GAPMAP" export site_moves --store $store --run '5 km' -o moves.csv > /dev/null
grep -q '^site:suzak,.*,closes,.*one' moves.csv || { cat moves.csv; fail "no layer of what closes"; }
grep -q '^New sites: 1. Points that might move and close: 1 of 1.' said || { cat said; fail "Suzak does not move"; }
sites -n 2 --any --label ten > plain
sites -n 2 --any --move site:suzak --force site:suzak --label held > held
[ "$(sed -n '/^Buildable/,$p' plain)" = "$(sed -n '/^Buildable/,$p' held)" ] ||
    fail "a point that must stay changes the answer"
sites -n 1 --any --move site:suzak --definitions --firm --label asked > said
grep -q '^The same asked under' said || fail "no definitions with --move"
"$GAPMAP" check --store $store > said 2> /dev/null || { cat said; fail "moves do not check"; }

# refused CODE TEXT OPTION...
refused() {
    code=$1 text=$2
    shift 2
    got=0
    sites "$@" > said 2>&1 || got=$?
    [ $got = "$code" ] && grep -qF -- "$text" said || { cat said; fail "$*: $got, not '$text'"; }
}
refused 2 'say how many new sites'
refused 2 '--within' -n 1 --within 5min
refused 2 'is not above 0' -n 1 --within '0 km'
refused 2 'within 0 and 1000' -n 1 --cells -1
for label in 'a,b' ' ' "$(printf 'a\033[31m')" "$(printf '%0201d' 0)"; do
    refused 2 'is no label' -n 1 --label "$label"
done
refused 2 'with --cost' -n 1 --budget 10
refused 2 'with --officers' -n 1 --posts 10
refused 2 'goes with --crime' -n 1 --crime-interval low
refused 2 'goes with --candidates' -n 1 --places
refused 2 'add --places' -n 1 --candidates x.csv --cells 5
refused 2 'must be a number, not negative' -n 1 --running -5
refused 2 'must be above 0' -n 1 --people-per-officer 0
refused 2 'neither with --need 2' -n 1 --officers 4 --people-per-officer 500 --need 2
refused 2 '--model p-center takes none' -n 1 --model p-center --people-per-officer 500
refused 1 'without its officers' -n 1 --any --people-per-officer 500
refused 2 'not with --times' -n 1 --times t.csv --demand d.csv --within 5
refused 2 'within 0% and 100%' -n 1 --local-share 150%
refused 2 'no candidate is called' -n 1 --force nowhere
printf 'kind,cost\na,1\na,2\n' > twice.csv
printf 'kind,running\na,-1\n' > negative.csv
printf 'code,lon,lat\nx,10,50\n' > outside.csv
refused 1 'twice.csv, row 2, field kind' -n 1 --kinds twice.csv
refused 1 "negative.csv, row 1, field running, value '-1'" -n 1 --kinds negative.csv
refused 1 'no candidate is left' -n 1 --candidates outside.csv
refused 2 'as a file of points' -n 1 --columns 'code=Код'
printf 'id,lon,lat,cost\nx,74.6,42.87,\n' > costless.csv
refused 1 "the cost of candidate 'x' is not known" -n 1 --any --candidates costless.csv --budget 5
printf 'Код;Широта;Долгота\n1;42,87;74,6\n' > ru.csv
sites -n 1 --any --candidates ru.csv --columns 'code=Код' --label ru > said || fail "columns"
refused 1 'no such file' -n 1 --candidates nowhere.csv
refused 2 "no police point has the code 'site:suzac'; did you mean 'site:suzak'" --move site:suzac
refused 2 'stands twice' --move site:suzak,site:suzak
refused 2 '--move does not go with --people-per-officer' --move all --officers 4 --people-per-officer 9
refused 2 '--move does not go with --frontier' -n 2 --move all --frontier number
refused 2 'set-cover takes none' --move all --model set-cover
refused 2 'beside those that move' --move all --cost 5 --budget 5
refused 1 'which --posts needs' -n 0 --move site:suzak --any --officers 3 --posts 5
refused 2 'must not be negative' -n -1 --move all
refused 2 'say which' -n 1 --kinds kinds.csv --force geonames:1528675
"$GAPMAP" sites --store $store -n 1 --run x 2>&1 | grep -q "no run 'x'" || fail "a run 'x'"
