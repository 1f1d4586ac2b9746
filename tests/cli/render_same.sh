# Pictures are the same to the byte: over 21 runs, in two folders, on one processor and on all, in a
# locale with a decimal point and in one with a comma; PNG, PDF, SVG and GeoTIFF, with a logo.
set -eu
recipe=$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini
unset SOURCE_DATE_EPOCH
fail() { echo "$*"; exit 1; }
rounds=10
[ "${GAP_SANITIZE:-0}" = 0 ] || rounds=4 # slow by nature

# The locale is made here, so that it is the same one everywhere; localedef warns of what it has not.
export LOCPATH=$PWD/locales
mkdir -p "$LOCPATH"
localedef -i de_DE -f UTF-8 "$LOCPATH/de_DE.UTF-8" 2> warnings || true
commas=yes
[ "$(LC_ALL=de_DE.UTF-8 locale decimal_point 2> said)" = , ] || {
    commas=no
    echo "SKIPPED: a locale with a decimal comma cannot be made: install locales"
}
one=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/') # a processor that this may run on

"$GAPMAP" run "$recipe" > said 2>&1 || { cat said; fail "the run failed"; }
store=$PWD/out/kyrgyzstan/kyrgyzstan.gapmap
logo=$PWD/logo.png
"$GAPMAP" render coverage --store "$store" --layout square -o "$logo" > said # any picture will do
# The same map as four files into FOLDER, from a store there, by COMMAND before the program.
draw() (
    mkdir -p "$1"
    cd "$1"
    shift
    cp "$store" s.gapmap
    printf '[recipe]\nstore = s.gapmap\n' > draw.ini
    for ending in png pdf svg tif; do
        printf '[render gaps : %s]\noutput = map.%s\nlang = ky\nlogo = %s\n' $ending $ending \
            "$logo" >> draw.ini
    done
    "$@" "$GAPMAP" run draw.ini > said 2>&1 || { cat said; exit 1; }
)
draw first env LC_ALL=C
# run ROUND FOLDER TURN: draws as its turn has it and compares.
run() {
    folder=$2 locale=C bound=
    [ $commas = no ] || [ $((($1 + $3) % 2)) = 0 ] || locale=de_DE.UTF-8
    [ $((($1 / 2 + $3) % 2)) = 0 ] || bound="taskset -c $one"
    rm -rf "$folder"
    draw "$folder" $bound env LC_ALL=$locale
    for ending in png pdf svg tif; do
        cmp first/map.$ending "$folder/map.$ending" || fail "differs: round $1 $folder $locale $bound"
    done
}
round=0
while [ $round -lt $rounds ]; do
    run $round again 0 & # two at a time
    run $round another/place 1 || fail "round $round failed"
    wait $! || fail "round $round failed"
    round=$((round + 1))
done
[ $commas = yes ] || exit 77
