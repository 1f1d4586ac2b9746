# Sites from tables of times: every model, what is told and written, why there is no answer, Ctrl-C,
# and bad input, each with a clear message.
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
# field NAME: its value in the JSON of `said`.
field() { sed -n "s/^ \"$1\": \(.*[^,]\),*$/\1/p" said; }
ids() { sed -n 's/^ *"id": "\(.*\)",*$/\1/p' said | paste -sd' ' -; }
expect() { [ "$1" = "$2" ] || { cat said; fail "'$1', not '$2'"; }; }

printf 'id,people\na,100\nb,50\nc,80\nd,10\n' > d.csv
printf 'from,to,minutes\ns1,a,5\ns1,b,12.3\ns2,b,3\ns2,c,20\ns3,c,8\ns3,d,30\n' > t.csv
printf 'id,cost,posts,province\ns1,10,2,N\ns2,5,1,N\ns3,7,1,O\n' > c.csv
tables="--times t.csv --demand d.csv"
all="$tables --candidates c.csv"

# ---- the models; the limit is included to the last digit
gives 0 'Best under these assumptions, which is proven.' -n 2 --within 12.3 $tables
gives 0 '230 of 240 people (95.8%) are within 12.3 min' -n 2 --within 12.3 $tables
gives 0 '"covering"' -n 1 --within 12.3 $tables --json
expect "$(ids)" s1
expect "$(field value) $(field bound) $(field gap) $(field proven)" '150.0 150.0 0.0 true'
gives 0 '"set-cover"' --model set-cover --share 0.9 --within 12.3 $tables --json
expect "$(ids) $(field value)" 's1 s3 2.0'
gives 0 '"money"' --model set-cover --by-cost --share 20% --within "13 min" $all --json
expect "$(ids) $(field value)" 's2 5.0'
gives 0 '"p-median"' --model p-median -n 2 $tables --json
expect "$(ids) $(field mean_minutes)" 's1 s3 8.5625'
# A limit does not change what these models seek: it is told who is within.
gives 0 '230 of them are within 12.3 min' --model p-median -n 2 --within 12.3 $tables
gives 0 '"p-median"' --model p-median -n 2 --within 12.3 $tables --json
expect "$(ids) $(field mean_minutes) $(field covered)" 's1 s3 8.5625 230.0'
gives 0 '"p-center"' --model p-center -n 2 $tables --json
expect "$(ids) $(field value)" 's1 s3 30.0'
gives 0 'nobody of 240 people is farther than 30 min' --model p-center -n 3 $tables
gives 0 'are within 12.3 min of two sites' -n 2 --need 2 --within 12.3 $tables
"$GAPMAP" sites -n 3 --within 30 $all > said
grep -qi optimal said && fail "it says optimal"

# ---- limits
gives 0 '"proven": true' -n 3 --budget 12 --within 12.3 $all --json
expect "$(ids)" s1
gives 0 '"proven": true' -n 3 --posts 2 --within 12.3 $all --json
expect "$(ids)" s1
gives 0 '"proven": true' -n 2 --province-max 1 --province-min 1 --within 12.3 $all --json
expect "$(ids)" 's1 s3'
gives 0 '"proven": true' -n 1 --force s2 --within 12.3 $all --json
expect "$(ids)" s2
gives 0 '"proven": true' -n 1 --forbid s1,s3 --within 12.3 $all --json
expect "$(ids)" s2
sed 's/,N$/,N,/; s/^s1.*/&open/; s/,O$/,O,/; s/province/&,state/' c.csv > open.csv
gives 0 'without, 150' -n 1 --within 12.3 $tables --candidates open.csv
printf 'id,capacity\ns1,100\ns2,60\ns3,80\n' > cap.csv
gives 0 '"proven": true' -n 3 --within 20 $tables --candidates cap.csv --json
expect "$(field value)" 230.0

# ---- the file
gives 0 s1 -n 2 --within 12.3 $all -o out.csv
expect "$(head -n 2 out.csv | paste -sd' ' -)" \
    'rank,id,province,cost,posts,adds,saves,serves,mean_minutes,worst_minutes,model,value,bound,gap,proven 1,s1,N,10,2,150,,150,7.433333,12.3,covering,230,230,0,true'
gives 0 '' --model set-cover --within 12.3 --share 0 $tables -o none.csv
expect "$(wc -l < none.csv)" 1

# ---- other shapes of the same tables
printf 'origin;destination;duration_s\ns1;a;300\ns1;b;738\ns2;b;180\ns2;c;1200\ns3;c;480\ns3;d;1800\n' > s.csv
gives 0 'times are seconds' -n 2 --within 12.3 --times s.csv --demand d.csv
gives 0 '' -n 2 --within 12.3 --times s.csv --demand d.csv --json
expect "$(ids) $(field value)" 's1 s3 230.0'
ogr2ogr -f XLSX t.xlsx t.csv -oo AUTODETECT_TYPE=YES
ogr2ogr -f GPKG d.gpkg d.csv -oo AUTODETECT_TYPE=YES
gives 0 '' -n 2 --within 12.3 --times t.xlsx --demand d.gpkg --json
expect "$(ids) $(field value)" 's1 s3 230.0'
printf '[sites]\nnumber = 2\nwithin = 12.3\ntimes = t.csv\ndemand = d.csv\noutput = recipe.csv\n' > r.ini
"$GAPMAP" run r.ini > said 2>&1 || { cat said; fail "a recipe"; }
expect "$(wc -l < recipe.csv)" 3

# ---- no answer, and why
gives 1 'no allowed candidate reaches 1 of 4 demand (10 people' --model p-center -n 2 --forbid s3 $tables
gives 1 'with all else as it is, the limit of new sites must be 2, not 1' --model p-median -n 1 $tables
gives 1 'with all else as it is, the limit of money must be 17, not 16' --model p-median \
    --budget 16 $all
gives 1 'the limit of new sites must be 2, not 1; with all else as it is, 62.5% of the people' \
    --model set-cover -n 1 --share 90% --within 12.3 $tables
gives 1 'together cover 95.83%' --model set-cover --share 96% --within 12.3 $tables
gives 1 "province 'O' must get 2 new sites and has 1 candidates" -n 3 --province-min 2 --within 9 $all
gives 1 'take 2 new sites, and the limit is 1' -n 1 --province-min 1 --within 9 $all
gives 1 'take 12 of money, and the limit is 11' --budget 11 --province-min 1 --within 9 $all
gives 1 'the forced sites take 17 of money, and the limit is 16' --budget 16 --force s1,s3 --within 9 $all

# ---- bad input
gives 1 'there is no candidate to choose from' -n 1 --within 9 $tables --forbid s1,s2,s3
gives 1 '4 new sites are asked for, and there are 3 candidates' -n 4 --within 9 $tables
gives 1 'a budget of 0 buys no candidate; the cheapest' --budget 0 --within 9 $all
gives 1 'the costs of the candidates are not known' --budget 5 --within 9 $tables
printf 'id,people\na,100\nb,50\nc,80\nd,10\na,1\n' > twice.csv
gives 1 "twice.csv, row 5, field id, value 'a': stands in row 1 already" -n 1 --within 9 \
    --times t.csv --demand twice.csv
printf 'id,people\n' > empty.csv
gives 1 'empty.csv: has no rows; demand is needed' -n 1 --within 9 --times t.csv --demand empty.csv
printf 'id,people\na,0\nb,0\nc,0\nd,0\n' > nobody.csv
gives 1 'all demand is of 0 people' -n 1 --within 9 --times t.csv --demand nobody.csv
printf 'id\n' > none.csv
gives 1 'none.csv: has no rows; candidates are needed' -n 1 --within 9 $tables --candidates none.csv
printf 'id,cost\ns1,1\ns2,-1\ns3,1\n' > neg.csv
gives 1 "neg.csv, row 2, field cost, value '-1': negative" -n 1 --within 9 $tables --candidates neg.csv
printf 'id,cost\ns1,1\ns2,\ns3,1\n' > missing.csv
gives 1 'missing.csv, row 2, field cost: empty' -n 1 --within 9 $tables --candidates missing.csv
printf 'id,cost\ns1,1\ns2,1\ns1,1\n' > dup.csv
gives 1 "dup.csv, row 3, field id, value 's1': stands in row 1 already" -n 1 --within 9 $tables \
    --candidates dup.csv
printf 'from,to,minutes\ns1,a,NaN\n' > nan.csv
gives 1 "nan.csv, row 1, field minutes, value 'NaN': not a number" -n 1 --within 9 --times nan.csv \
    --demand d.csv
printf 'from,to,minutes\ns1,zz,5\n' > unknown.csv
gives 1 "unknown.csv, row 1, field to, value 'zz': no demand of d.csv is called so" -n 1 --within 9 \
    --times unknown.csv --demand d.csv
gives 1 gone.csv -n 1 --within 9 --times gone.csv --demand d.csv
printf 'id,state\ns1,open\ns2,open\ns3,open\nx,\n' > done.csv
printf 'id,people\na,100\nb,50\nc,80\n' > near.csv
printf 'from,to,minutes\ns1,a,5\ns1,b,9\ns2,b,3\ns3,c,8\n' > short.csv
gives 0 'Everybody is covered by what stands already' -n 1 --within 9 --times short.csv \
    --demand near.csv --candidates done.csv

# ---- stopped by the time and by Ctrl-C: the best so far, with its bound
awk 'BEGIN { srand(7); print "from,to,minutes"
    for (i = 0; i < 250; i++) for (j = 0; j < 250; j++) print "s" j ",v" i "," int(1 + 100000 * rand()) / 100 }' > hard.csv
awk 'BEGIN { print "id,people"; for (i = 0; i < 250; i++) print "v" i ",1" }' > many.csv
hard="--model p-median -n 8 --times hard.csv --demand many.csv"
gives 0 'when the time was over: value' $hard --time-limit "1 s"
gives 0 '"proven": false' $hard --time-limit 1 --json
expect "$(field stopped)" '"time"'
"$GAPMAP" sites $hard --json > said 2>&1 &
sleep 2
kill -INT $!
code=0
wait $! || code=$?
expect "$code $(field stopped) $(field proven) $(ids | wc -w)" '0 "user" false 8'
awk -F'[:,]' '/^ "(value|bound)"/ { v[NR] = $2; if (++n == 2 && $2 > v[NR - 1]) exit 1 }' said ||
    fail "the bound crosses the value: $(cat said)"

# ---- what is read is not written over
for read in d.csv t.csv c.csv; do
    cp $read before
    gives 2 'is also read' -n 1 --within 9 $all -o ./$read
    cmp -s before $read || fail "$read is written over"
done
gives 0 '"proven": true' -n 2 --within 12.3 $tables --frontier number --json
[ "$(grep -c '"proven": true' said)" = 3 ] || { cat said; fail 'steps do not say proven: true'; }

# ---- swaps of fractions of people leave no rest
printf 'from,to,minutes\na,1,10\na,2,10\na,3,10\nb,1,1\nb,2,1\nb,3,1\n' > ft.csv
printf 'id,people\n1,0.1\n2,0.2\n3,0.3\n' > fd.csv
printf 'id\na\n' > fl.csv
gives 0 '"swaps"' --model p-median --times ft.csv --demand fd.csv --score fl.csv --json
expect "$(field loss_after_swaps)" 0.0

# ---- wrong usage
gives 2 'give a table of times with --times' -n 1 --within 9 --demand d.csv
gives 2 'needs a limit: give --within' -n 1 $tables
gives 2 'say how many new sites with -n, or give a --budget' --within 9 $tables
gives 2 '-n: at least 1 new site' -n 0 --within 9 $tables
gives 2 '--need: must be 1 or 2' -n 1 --within 9 --need 3 $tables
gives 2 'is no share' --model set-cover --share 95 --within 9 $tables
gives 2 'must not be above 100%' --model set-cover --share 101% --within 9 $tables
gives 2 "'soon' is no time" -n 1 --within soon $tables
gives 2 '--within: must not be negative' -n 1 --within -5 $tables
gives 2 '--budget: must not be negative' --budget -5 --within 9 $tables
gives 2 'its name ends in .csv' -n 1 --within 9 $tables -o x.json
gives 2 "--force: no candidate is called 's9'; did you mean 's1'?" -n 1 --within 9 $tables --force s9
gives 2 "--forbid: 's1' is forced already" -n 1 --within 9 $tables --force s1 --forbid s1
gives 2 'the provinces of the candidates are not known' -n 1 --within 9 $tables --province-min 1

# ---- hostile ids and long ones are shown safely
printf 'from,to,minutes\n"\033[31ms1",a,5\n' > t2.csv
printf 'id,people\na,5\n' > d2.csv
gives 0 '\u001B[31ms1' -n 1 --within 9 --times t2.csv --demand d2.csv
exit 0
