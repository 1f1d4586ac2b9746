# Names matched to the bundled country as a human would: all that the programme report names, and
# homonyms (tests/names/*.csv, judged by hand), first without a level, as a planner has them, then
# level by level. Of `ambiguous` all are to be listed; where the level is known, those of the level.
set -eu
fail() { echo "$*"; exit 1; }
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
# The country as far as names go: sections of its recipe.
awk '/^\[/ { keep = /^\[(recipe|load boundaries.*|load places|join)\]/ } keep' \
    data/kyrgyzstan/kyrgyzstan.ini > data/kyrgyzstan/names.ini
"$GAPMAP" run --quiet data/kyrgyzstan/names.ini > said 2>&1 || fail "$(cat said)"
store=out/kyrgyzstan/kyrgyzstan.gapmap
"$GAPMAP" load names data/kyrgyzstan/names.csv --store $store -q # former names too

# judge OUT LEVEL WHAT: the rows of OUT, which repeats the truth before the answers, counted; every
# wrong one is told. LEVEL is empty where it was not given.
judge() { awk -v level="$2" -v what="$3" '
    function cells(line, cell,    n, quoted, i, c) {
        n = 1; split("", cell)
        for (i = 1; i <= length(line); i++) {
            c = substr(line, i, 1)
            if (c == "\"") quoted = !quoted
            else if (c == "," && !quoted) n++
            else cell[n] = cell[n] c
        }
    }
    function level_of(code) {
        return code ~ /:/ ? "place" : code ~ /^KG-[A-Z]+$/ ? "province" : "municipality"
    }
    # Codes in order; of "CODE NAME (LEVEL, PARENT); ..." the codes, and those of the level given.
    function codes(list, any,    n, i, j, part, one, all) {
        n = split(list, part, "; *")
        for (i = 1; i <= n; i++) {
            sub(/ .*/, "", part[i])
            for (j = i; j > 1 && part[j] < part[j - 1]; j--) {
                one = part[j]; part[j] = part[j - 1]; part[j - 1] = one
            }
        }
        for (i = 1; i <= n; i++)
            if (any || level == "" || level_of(part[i]) == level)
                all = all (all ? ";" : "") part[i]
        return all
    }
    NR > 1 {
        cells($0, cell)
        want = cell[6] ? codes(cell[6]) : cell[5]
        got = cell[9] == "matched" ? cell[10] : cell[9] == "ambiguous" ? codes(cell[14], 1) : "-"
        n++
        if (want == got) { right++; ambiguous += want ~ /;/; next }
        printf "  %s: %s (%s; %s) is %s, not %s: %s. %s\n", what, cell[1], cell[2], cell[3],
            want, got, cell[13], cell[8]
    }
    END {
        printf "%s: %d names: %d right, of which %d ambiguous as to a human, %d wrong\n", what, n,
            right, ambiguous, n - right
    }' "$1"; }

for table in report homonyms; do
    truth=$GAP_SOURCE/tests/names/$table.csv
    "$GAPMAP" match "$truth" --column name --district district --province province \
        --store $store -o out.csv -q
    judge out.csv "" "$table, no level"
    for level in province municipality place district; do
        awk -F, -v level=$level 'NR == 1 || $4 == level' "$truth" > part.csv
        set -- part.csv --column name -o out.csv --level $level --store $store -q
        case $level in
        district)
            ! "$GAPMAP" match "$@" 2> refused || fail "the store has districts"
            grep -q 'nothing of level district' refused || fail "$(cat refused)"
            continue
            ;;
        province) ;;
        *) set -- "$@" --district district --province province ;;
        esac
        "$GAPMAP" match "$@"
        judge out.csv $level "$table, $level"
    done
done > figures
cat figures
! grep -q '^  ' figures || fail "names are matched otherwise than by hand"
