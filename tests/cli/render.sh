# render: what it refuses, in words that help, and what it does not do twice.
set -eu
recipe=$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini
fail() { echo "$*"; exit 1; }
# refused CODE TEXT ARGUMENT...: exits with CODE and says TEXT.
refused() {
    code=$1 text=$2
    shift 2
    got=0
    "$GAPMAP" render --store s.gapmap "$@" > said 2>&1 || got=$?
    [ "$got" = "$code" ] || { cat said; fail "render $*: exit $got, not $code"; }
    grep -qF -e "$text" said || { cat said; fail "render $*: does not say '$text'"; }
}

"$GAPMAP" init s.gapmap > /dev/null
refused 2 "which map?" -o x.png
refused 2 "did you mean 'coverage'?" covrage -o x.png
refused 2 "say where to with -o" coverage
refused 2 "several pages do not fit into one file" coverage gaps -o x.png
refused 2 "a name with {lang}" coverage --lang en,ru -o x.png
refused 2 "not both" coverage --theme t.json -o x.png
refused 1 "t.json" --theme t.json -o x.png
refused 1 "compute it first" coverage -o x.png
echo '{"version": 8, "name": "t", "layers": 3}' > t.json
refused 1 "metadata.gapmap is missing" --theme t.json -o x.png
[ ! -e x.png ] || fail "a refused map left a file"
"$GAPMAP" render --list | grep -q '^crime-and-plans ' || fail "no list of maps"

"$GAPMAP" run "$recipe" > said || { cat said; fail "the run failed"; }
store=out/kyrgyzstan/kyrgyzstan.gapmap
"$GAPMAP" render gaps coverage --store $store -o 'm/{lang}/{map}.png' --lang ky,ru
for file in m/ky/gaps.png m/ru/gaps.png m/ky/coverage.png m/ru/coverage.png; do
    [ -s $file ] || fail "no $file"
done
# In the crowded valley too each of the ten worst is named, on the map or in its inset.
for lang in ky ru en; do
    "$GAPMAP" render gaps --store $store -o worst-$lang.png --lang $lang --json > left
    grep -A3 '"layer": "names"' left | grep '"elsewhere": false' && fail "$lang: one has no name"
    grep -q '"placed"' left || fail "$lang: nothing is told of labels"
done

# A map built up: a file a frame, the last the whole map.
"$GAPMAP" render coverage --store $store -o 'b/{map}.png' --build --lang ky
ls b | tr '\n' ' ' | grep -qx 'coverage-1.png coverage-2.png coverage-3.png coverage-4.png ' ||
    fail "--build made: $(ls b)"
cmp b/coverage-4.png m/ky/coverage.png || fail "the last frame is not the map"
cmp -s b/coverage-1.png b/coverage-2.png && fail "two frames look alike"

"$GAPMAP" render gaps coverage --store $store -o again --lang ky,ru
cmp m/ky/gaps.png again/gaps-ky.png
cmp m/ru/coverage.png again/coverage-ru.png
"$GAPMAP" render gaps --store $store -o one.png
"$GAPMAP" render gaps --store $store -o one.png --title "Another title"
cmp -s one.png again/gaps-ky.png && fail "another title is the same picture"
before=$(stat -c %y one.png)
"$GAPMAP" render gaps --store $store -o one.png --title "Another title"
[ "$before" = "$(stat -c %y one.png)" ] || fail "an unchanged picture was drawn again"
rm one.png
"$GAPMAP" render gaps --store $store -o one.png --title "Another title"
[ -s one.png ] || fail "a picture that was taken away was not drawn again"
cp "$GAP_SOURCE/styles/themes/gaps.json" mine.json
"$GAPMAP" render --theme mine.json --store $store -o mine.png
cmp -s mine.png again/gaps-ky.png && fail "languages look alike"
"$GAPMAP" render gaps --store $store -o en.png
cmp mine.png en.png

# What was left out is told, to people and to machines.
"$GAPMAP" render coverage --store $store -o told.png > said
grep -Eq '^told.png: [0-9]+ labels, [1-9][0-9]* left out: .*names [0-9]+ \(' said ||
    { cat said; fail "does not say which labels were left out"; }
"$GAPMAP" render coverage gaps --store $store -o json --json > said
for word in '"file": "json/coverage.png"' '"placed": [1-9]' '"layer": "names"' '"elsewhere": true'; do
    grep -Eq "$word" said || { cat said; fail "--json does not say $word"; }
done
"$GAPMAP" render coverage gaps --store $store -o json --json > said
grep -q '"unchanged": true' said || { cat said; fail "--json does not say that nothing changed"; }

# Travel time: a map of its own, for runs by travel time only.
cp $store trip.gapmap
"$GAPMAP" render all --store trip.gapmap -o straight --run "5 km" > said 2>&1
grep -q "travel: left out" said || { cat said; fail "all does not say what it leaves out"; }
[ ! -e straight/travel.png ] || fail "a map of minutes without minutes"
cp trip.gapmap s.gapmap
refused 1 "draws runs of mode travel only, and '5 km' is none" travel -o x.png --run "5 km"
"$GAPMAP" coverage --mode travel --within "1 h" --bands "15 min, 30 min" --cell "2 km" \
    --as-of 2017-12-31 --store trip.gapmap > said 2>&1 || { cat said; fail "no run by travel time"; }
"$GAPMAP" gaps --run "60 min" --crime-years 2017 --store trip.gapmap > said 2>&1
"$GAPMAP" render all --store trip.gapmap -o t --lang ky,ru --run "60 min"
for map in travel coverage gaps crime-and-plans; do
    [ -s t/$map-ky.png ] && [ -s t/$map-ru.png ] || fail "no $map of a run by travel time"
done
"$GAPMAP" render travel --store trip.gapmap -o t2 --lang ky,ru
cmp t/travel-ru.png t2/travel-ru.png
