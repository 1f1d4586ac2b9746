# The bundled country from raw files to maps: time and peak memory against the goals, and where
# the time goes. Each figure is the best and the median of five runs, all in this one call.
set -eu
recipe=$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini
[ -f "$recipe" ] || { echo "SKIPPED: $recipe is not there"; exit 77; }
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
${CC:-cc} -O2 -o measure "$GAP_SOURCE/tests/bench/measure.c"

missed=0
./measure 3 200 "fresh run" 'rm -rf out' "$GAPMAP" run "$recipe" || missed=1
./measure 0.3 200 "nothing new" : "$GAPMAP" run "$recipe" || missed=1
./measure 0.5 200 "new store" 'rm -f new.gapmap' "$GAPMAP" init new.gapmap || missed=1

rm -rf out
"$GAPMAP" run --json "$recipe" > run.json
sqlite3 -separator ' ' :memory: "
    WITH run AS (SELECT readfile('run.json') AS json)
    SELECT printf('%5.1f %%  %.3f s  %s', 100 * (step.value ->> 'seconds') / (run.json ->> 'seconds'),
                  step.value ->> 'seconds', step.value ->> 'section')
    FROM run, json_each(run.json, '\$.steps') AS step
    ORDER BY step.value ->> 'seconds' DESC"
exit "$missed"
