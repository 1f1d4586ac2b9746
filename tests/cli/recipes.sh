# Recipes as users meet them: folders, errors, exit codes, what is printed.
set -eu
mkdir -p in
cat > in/r.ini << 'END'
[recipe]
title = A small store
store = s.gapmap

[init s.gapmap]

[load people : none]
files = people.csv
END
fail() { echo "$*"; exit 1; }
code_of() { code=0; "$@" > out 2> err || code=$?; }

# The table is looked for beside the recipe, the store where we stand; the section is named.
code_of "$GAPMAP" run in/r.ini
[ "$code" = 1 ] || fail "a missing table: exit code $code"
grep -q '\[load people : none\] failed: in/people.csv' err || fail "$(cat err)"
[ -f s.gapmap ] || fail "the store is not where we stand"
grep -q '^A small store$' out || fail "no title"
grep -q '  init s.gapmap \.* [0-9.]* s$' out || fail "no line of the step: $(cat out)"

# A recipe that cannot be used runs nothing.
rm s.gapmap
printf 'nmae = x\n' >> in/r.ini
code_of "$GAPMAP" run in/r.ini
[ "$code" = 2 ] || fail "a wrong key: exit code $code"
grep -q 'in/r.ini, line 9: \[load people : none\] nmae: load has no such option; did you mean name?' \
    err || fail "$(cat err)"
[ ! -e s.gapmap ] || fail "something ran"
[ ! -s out ] || fail "something was printed"

# As command lines, and as JSON.
sed -i '$d' in/r.ini
"$GAPMAP" run in/r.ini --dry-run > lines
grep -qx 'gapmap load --store s.gapmap people in/people.csv' lines || fail "$(cat lines)"
"$GAPMAP" run in/r.ini --only init --json > json
grep -q '"exit": 0' json && grep -q '"peak_memory_bytes": [1-9]' json || fail "$(cat json)"

# A full disk is no success.
if [ -c /dev/full ]; then
    code_of sh -c '"$0" help > /dev/full' "$GAPMAP"
    [ "$code" = 1 ] || fail "a full disk: exit code $code"
fi
