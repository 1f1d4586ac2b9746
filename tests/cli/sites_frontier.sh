# What each further site, or part of the budget, buys: as text, JSON, CSV and a layer; each step is
# what a run of its own finds; what goes with what is refused.
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

# ---- from tables
printf 'id,people,province\na,100,N\nb,50,N\nc,80,O\nd,10,O\n' > d.csv
printf 'from,to,minutes\ns1,a,5\ns1,b,12\ns2,b,3\ns2,c,20\ns3,c,8\ns3,d,30\n' > t.csv
printf 'id,cost\ns1,10\ns2,5\ns3,7\n' > c.csv
all="--times t.csv --demand d.csv --candidates c.csv"
gives 0 'What each step buys' -n 3 --within 12 --frontier number $all -o steps.csv
expect "$(cut -d, -f 2,4-6,9-12,15-17 steps.csv | paste -sd' ' -)" \
    'most,sites,cost,value,proven,adds,covered,covered_share,worst_province,worst_covered,worst_share 1,1,10,150,1,150,150,0.625,O,0,0 2,2,17,230,1,80,230,0.9583333333333334,O,80,0.8888888888888888 3,2,17,230,1,0,230,0.9583333333333334,O,80,0.8888888888888888'
gives 0 'frontier' --budget 20 --within 12 --frontier budget --steps 4 $all -o steps.csv --json
expect "$(cut -d, -f 3,5,6 steps.csv | paste -sd' ' -)" \
    'budget,cost,value 5,5,50 10,10,150 15,10,150 20,17,230'
expect "$(grep -c '"step"' said)" 4
gives 0 'Steps without a value' --model p-median -n 3 --frontier number $all -o steps.csv
expect "$(cut -d, -f 1,6,9,13 steps.csv | paste -sd' ' -)" \
    'step,value,proven,mean_minutes 1,,1, 2,2040,1,8.5 3,1590,1,6.625'
gives 1 'must be 2, not 1' --model p-median -n 1 --frontier number $all
gives 2 'say how far with --number' --budget 20 --within 12 --frontier number $all
gives 2 'say how far with --budget' -n 2 --within 12 --frontier budget $all
gives 2 'set-cover finds the number itself' --model set-cover --within 12 --frontier number $all
gives 2 '--steps goes with --frontier budget' -n 2 --within 12 --frontier number --steps 3 $all
gives 2 'must lie within 1 and 1000' --budget 20 --within 12 --frontier budget --steps 0 $all
gives 2 'number, budget' -n 2 --within 12 --frontier cost $all

# ---- the time is that of all steps together; none falls behind, and each has a bound
awk 'BEGIN { srand(7); print "from,to,minutes"
    for (i = 0; i < 200; i++) for (j = 0; j < 200; j++) print "s" j ",v" i "," int(1 + 100000 * rand()) / 100 }' > hard.csv
awk 'BEGIN { print "id,people"; for (i = 0; i < 200; i++) print "v" i ",1" }' > many.csv
start=$(date +%s)
gives 0 'when the time was over' --model p-median -n 12 --frontier number --time-limit 3 \
    --times hard.csv --demand many.csv -o steps.csv
took=$(($(date +%s) - start))
[ "${GAP_SANITIZE:-0}" = 1 ] || [ $took -lt 20 ] || fail "3 s of search took $took s"
awk -F, 'NR > 2 && ($6 == "" || $6 > v) { exit 1 } NR > 1 && $7 > $6 { exit 1 }
    { v = $6 } END { exit NR != 13 }' steps.csv || { cat steps.csv; fail "steps without time"; }

# ---- from the store
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
"$GAPMAP" run --quiet data/kyrgyzstan/kyrgyzstan.ini > /dev/null 2>&1 || fail "the run failed"
store="--store out/kyrgyzstan/kyrgyzstan.gapmap"
sites() { "$GAPMAP" sites $store --run '5 km' --any "$@"; }
# values FILE: the value and the people covered of each step, whole.
values() { awk -F, 'NR > 1 { printf "%.0f:%.0f ", $6, $11 }' "$1"; }

sites -n 6 --frontier number -o steps.csv > said
alone=
for p in 1 2 3 4 5 6; do
    alone="$alone$(sites -n $p --label alone --json |
        awk -F'[:,]' '/^ "value"/ { v = $2 } /^ "covered"/ { c = $2 } END { printf "%.0f:%.0f ", v, c }')"
done
expect "$(values steps.csv)" "$alone"
sites -n 6 --crime --frontier number --label crime -o crime.csv > said
awk -F, 'NR > 2 && $6 < v { exit 1 } { v = $6 }' crime.csv || fail "values fall"
sites -n 4 --model p-median --frontier number --label median -o median.csv > said
awk -F, 'NR > 2 && $6 > v { exit 1 } { v = $6 }' median.csv || fail "sums rise"
sites --cost 20000 --budget 60000 --frontier budget --steps 3 --label money -o money.csv > said
expect "$(cut -d, -f 3,4 money.csv | paste -sd' ' -)" 'budget,sites 20000,2 40000,4 60000,6'

# The layer shows the newest with steps; a proposal of its label takes its steps along.
"$GAPMAP" export frontier $store --run '5 km' -o layer.csv > /dev/null
expect "$(wc -l < layer.csv)" 4
grep -q ',money,covering,people,5000' layer.csv || fail "the layer has another proposal"
sites --cost 20000 --budget 60000 --label money > said
"$GAPMAP" export frontier $store --run '5 km' -o layer.csv > /dev/null
expect "$(wc -l < layer.csv)" 5
"$GAPMAP" check $store > said 2> /dev/null || { cat said; fail "stored steps do not check"; }

# By the rule nothing can be built near anyone: no step adds.
"$GAPMAP" sites $store --run '5 km' -n 3 --frontier number > said || fail "no frontier by the rule"

# ---- by travel time: minutes, and the limits of runs of that mode
cp -r "$GAP_SOURCE/data/valley" valley
chmod -R u+w valley
cd valley # whose files are known by their names from here
"$GAPMAP" run --quiet valley.ini > /dev/null 2>&1 || fail "the valley failed"
valley="--store out/valley/valley.gapmap --any"
"$GAPMAP" sites $valley --run 'winter 30 min' -n 2 --model p-median --frontier number -o steps.csv > said
expect "$(head -n 1 steps.csv | cut -d, -f 13,14,18)" 'mean_minutes,worst_minutes,worst_mean_minutes'
"$GAPMAP" export frontier --store out/valley/valley.gapmap --run 'winter 30 min' -o layer.csv > /dev/null
expect "$(head -n 1 layer.csv | cut -d, -f 13-16)" 'mean_m,mean_min,worst_m,worst_min'
awk -F, 'NR > 1 && ($13 != "" || $14 <= 0 || $14 > 60) { exit 1 }' layer.csv ||
    { cat layer.csv; fail "the layer has no minutes"; }
"$GAPMAP" sites $valley --run 'winter 30 min' -n 2 --frontier number --definitions --json > said
grep -q '"within_min": 60.0' said && grep -q '"same": 2' said || { cat said; fail "definitions in minutes"; }
printf 'name\nBiyik-Syrt\n' > list.csv
"$GAPMAP" sites $valley --run 'winter 60 min' --model p-center --score list.csv > said
grep -q 'the list of 1 sites: [0-9.]* minutes' said || { cat said; fail "a list in minutes"; }
