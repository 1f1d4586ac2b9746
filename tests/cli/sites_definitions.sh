# Under how many of the sensible definitions proposed sites stay: told, listed, kept, exported.
set -eu
fail() { echo "$*"; exit 1; }
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
"$GAPMAP" run --quiet data/kyrgyzstan/kyrgyzstan.ini > /dev/null 2>&1 || fail "the run failed"
store="--store out/kyrgyzstan/kyrgyzstan.gapmap"
sites() { "$GAPMAP" sites $store --run '5 km' "$@"; }

# Three limits, people and crime, with and without assumed points.
sites -n 4 --any --definitions -o sites.csv > said
grep -q 'under 12 sensible definitions' said || { cat said; fail "not 12 definitions"; }
grep -q 'crime is known by province only: inside a province it adds nothing' said ||
    { cat said; fail "it does not say what crime adds"; }
grep -q 'Chosen under' said || fail "the list does not say it"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "chosen") c = i; next }
    !c || $c < 1 || $c > 12 || $(c + 1) != 12 { exit 1 }' sites.csv || { cat sites.csv; fail "the CSV"; }
sites -n 4 --any --definitions --json > said
[ "$(grep -c '"assumed": "without"' said)" = 6 ] || { cat said; fail "the definitions in JSON"; }
# Its own definition chooses all of its sites.
tr -d '\n ' < said | grep -q '"within_m":5000.0,"weight":"people","assumed":"with","value":[0-9.]*,"proven":true,"same":4' ||
    { cat said; fail "its own definition chooses others"; }
"$GAPMAP" export sites $store --run '5 km' -o layer.csv > /dev/null
grep -q 'chosen,definitions' layer.csv || fail "the layer has no definitions"
"$GAPMAP" check $store > said 2> /dev/null || { cat said; fail "the store does not check"; }
# A model without a limit has its own only; what cannot be built is asked for all the same.
sites -n 2 --any --model p-median --definitions > said
grep -q 'under 4 sensible definitions' said || { cat said; fail "not 4 definitions"; }
sites -n 2 --definitions > said || fail "by the rule"
got=0
"$GAPMAP" sites -n 1 --within 5 --times t.csv --demand d.csv --definitions > said 2>&1 || got=$?
[ $got = 2 ] && grep -q -- '--definitions: not with --times' said || { cat said; fail "with --times"; }
