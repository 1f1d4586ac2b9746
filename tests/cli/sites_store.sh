# Sites from the store: the bundled country in under two seconds, three lists, what is kept, what is
# checked again, and what is refused.
set -eu
fail() { echo "$*"; exit 1; }
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
"$GAPMAP" run --quiet data/kyrgyzstan/kyrgyzstan.ini > /dev/null 2>&1 || fail "the run failed"
store=out/kyrgyzstan/kyrgyzstan.gapmap
sites() { "$GAPMAP" sites --store $store --run '5 km' "$@"; }

start=$(date +%s%N)
sites -n 10 > said || fail "no sites"
took=$((($(date +%s%N) - start) / 1000000))
[ "${GAP_SANITIZE:-0}" = 1 ] || [ $took -lt 2000 ] || fail "sites took $took ms"
grep -q 'Best under these assumptions' said
grep -q '^One document away' said
grep -q '^Not known' said

# What may be built lies between settlements that are within reach already.
sites -n 10 --cells 5 > said
grep -q '^Buildable now' said && grep -q 'cell:' said || fail "no cell is proposed"

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
refused 2 'must be above 0' -n 1 --within '0 km'
refused 2 'within 0 and 1000' -n 1 --cells -1
refused 2 'with --cost' -n 1 --budget 10
refused 2 'with --officers' -n 1 --posts 10
refused 2 'with --times' -n 1 --need 2
refused 2 'not with --times' -n 1 --times t.csv --demand d.csv --within 5
refused 2 'within 0% and 100%' -n 1 --local-share 150%
refused 2 'no candidate is called' -n 1 --force nowhere
"$GAPMAP" sites --store $store -n 1 --run x 2>&1 | grep -q "no run 'x'" || fail "a run 'x'"
