# render --check: the shipped maps pass in all languages, and what is broken is told. Every map is
# looked at in each language on each layout once; in other runs, and with sanitizers, which are slow,
# in each language and on each layout, but not in every pair of them.
set -eu
fail() { echo "$*"; exit 1; }

"$GAPMAP" run "$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini" > said || { cat said; fail "no country"; }
"$GAPMAP" run "$GAP_SOURCE/data/valley/valley.ini" > said || { cat said; fail "no valley"; }
country=out/kyrgyzstan/kyrgyzstan.gapmap valley=out/valley/valley.gapmap

"$GAPMAP" render --help | tr '\n' ' ' | grep -q "infographic" || fail "no layouts"

# passes LANGUAGES LAYOUTS STORE ARGUMENT...: no rule finds anything.
passes() {
    langs=$1 layouts=$2 store=$3
    shift 3
    "$GAPMAP" render --check --lang "$langs" --layout "$layouts" --store "$store" "$@" > said 2>&1 ||
        { cat said; fail "render --check $* on $store finds what is above"; }
    grep -q "all rules hold" said || { cat said; fail "--check does not say that all rules hold"; }
}

# passes_some STORE ARGUMENT...: with two layouts a language.
passes_some() {
    passes ky slide,infographic "$@"
    passes ru slide-4x3,a4 "$@"
    passes en a3,square "$@"
}

passes_all() {
    if [ "${GAP_SANITIZE:-0}" = 0 ]; then
        passes ky,ru,en slide,slide-4x3,a4,a3,square,infographic "$@"
    else
        passes_some "$@"
    fi
}

"$GAPMAP" sites -n 15 --any --frontier number --label many --run "10 km" --store $country -q
"$GAPMAP" sites -n 15 --any --crime --label crime --run "10 km" --store $country -q
"$GAPMAP" sites --compare many,crime --store $country -q > said
"$GAPMAP" coverage --mode travel --within "1 h" --bands "15 min, 30 min, 45 min, 1 h" \
    --cell "2 km" --as-of 2017-12-31 --store $country -q > said 2>&1
"$GAPMAP" gaps --run "60 min" --crime-years 2017 --store $country -q > said 2>&1
"$GAPMAP" sites -n 15 --any --run "60 min" --store $country -q
passes_all $country all --run "10 km"
grep ": left out" said > rest || fail "no map is left out: travel wants travel times"
for map in $(sed 's/:.*//' rest); do
    case $map in
    travel) passes_all $country $map --run "60 min" ;;
    run-difference) passes_all $country $map --runs "5 km,10 km" ;;
    visits) passes_all $valley $map --run "5 km" ;;
    *) cat rest; fail "$map is looked at on no run" ;;
    esac
done
for run in "3 km" "5 km" "60 min"; do
    passes_some $country all --run "$run"
done
for run in "5 km" "summer 30 min" "winter 30 min"; do
    passes_some $valley all --run "$run"
done

# A theme that somebody spoiled.
sed 's/"#A1DAB4"/"#F4FFC4"/' "$GAP_SOURCE/styles/themes/coverage.json" > mine.json
code=0
"$GAPMAP" render --check --theme mine.json --lang ky --store $country > said 2> why || code=$?
[ $code = 1 ] || fail "findings end with $code, not 1"
grep -q "^coverage ky slide: classes: layer circles, circle-color: class 1 and class 2, all over, \
CIEDE2000 [0-9.]*, wanted: 10$" said || { cat said; fail "no line about the classes"; }
grep -q "findings above in 1 maps" why || { cat why; fail "not counted"; }
code=0
"$GAPMAP" render --check --theme mine.json --store $country --json > found.json || code=$?
[ $code = 1 ] || fail "findings in JSON end with $code, not 1"
grep -q '"rule": *"classes"' found.json || { cat found.json; fail "no finding in JSON"; }
"$GAPMAP" render gaps --check --store $country --json > found.json
grep -q '"findings": *\[\]' found.json || { cat found.json; fail "no empty list in JSON"; }
code=0
"$GAPMAP" render gaps --check -o x.png --store $country > said 2>&1 || code=$?
[ $code = 2 ] && [ ! -e x.png ] || fail "--check with -o: $code"
