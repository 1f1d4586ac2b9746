# render --list: every map with what it needs; with a store, what can be drawn and what gets the rest.
set -eu
fail() { echo "$*"; exit 1; }
gapmap() { "$GAPMAP" "$@"; }
# says TEXT: what was listed last has the line.
says() { grep -qxF -e "$1" said || { cat said; fail "--list does not say '$1'"; }; }
at='                   ' # where the lines below a name begin

# Without a store, which need not be there.
gapmap render --list > said
[ "$(grep -c '^[a-z]' said)" = 14 ] || { cat said; fail "not 12 maps, layouts and languages"; }
[ "$(grep -c "^${at}needs " said)" = 12 ] || fail "a map needs nothing"
says "visits             Exchange visits: who went to see whom?"
says "${at}needs a run by travel time, a run of coverage"
says "${at}draws neighbours, borders, provinces, lakes, crime_years"
says "layouts: slide, slide-4x3, a4, a3, square, infographic"
grep -q 'can be drawn\|missing:' said && fail "it tells of a store where there is none"
gapmap render gaps --list > one
[ "$(sed 's/ .*//' one | grep -c .)" = 3 ] || { cat one; fail "a named map is not alone"; }
code=0
gapmap render --list --store none.gapmap > said 2>&1 || code=$?
[ $code = 1 ] && grep -q 'none.gapmap: no such store' said || { cat said; fail "no word of none.gapmap"; }
code=0
gapmap render covrage --list > said 2>&1 || code=$?
[ $code = 2 ] && grep -q "did you mean 'coverage'?" said || { cat said; fail "a map that is none"; }

# The store in the folder, at first empty.
gapmap init s.gapmap > said
gapmap render --list coverage > said
says "${at}missing: there are no province boundaries; load them first: gapmap load boundaries FILE"
gapmap run "$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini" > said || { cat said; fail "the run failed"; }
mv out/kyrgyzstan/kyrgyzstan.gapmap s.gapmap
gapmap render --list --run "10 km" > said
says "run: 10 km"
[ "$(grep -c "^${at}can be drawn" said)" = 7 ] || { cat said; fail "not seven maps of the run"; }
[ "$(grep -c "^${at}missing: " said)" = 5 ] || { cat said; fail "not five maps lack something"; }
says "${at}missing: no exchange visits are loaded; load some first: gapmap load visits FILE"
says "${at}missing: no sites are proposed on run '10 km'; propose some first: gapmap sites -n 10, or choose another run with --run"
says "${at}missing: it draws runs of mode travel only, and '10 km' is none: choose one with --run, or make one: gapmap coverage --mode travel"

# What it says can be drawn is drawn, and nothing else.
gapmap render --list --runs "5 km,10 km" --json > said
for map in $(awk -F'"' '/"map":/ { map = $4 } /"can_be_drawn": true/ { print map }' said); do
    gapmap render "$map" -o "drawn/$map.svg" --runs "5 km,10 km" > answer 2>&1 ||
        { cat answer; fail "$map cannot be drawn"; }
done
[ "$(ls drawn | wc -l)" = 9 ] || fail "drawn: $(ls drawn)"
for map in $(awk -F'"' '/"map":/ { map = $4 } /"can_be_drawn": false/ { print map }' said); do
    ! gapmap render "$map" -o no.svg --runs "5 km,10 km" > answer 2>&1 || fail "$map can be drawn"
done
gapmap render --list visits --json | tr -d '\n ' > said
grep -qF '"empty":["visit_flows","visit_areas"]' said || { cat said; fail "no empty layers"; }
grep -qF '"languages":["en","ru","ky","ky+ru"' said || { cat said; fail "no languages"; }
grep -qF '{"name":"slide","width":1920,"height":1080}' said || { cat said; fail "no layouts"; }
gapmap render --print-theme gaps > mine.json
gapmap render --list --theme mine.json | grep -q '^gaps  *Where is the next step needed?' ||
    fail "a theme of one's own is not listed"
