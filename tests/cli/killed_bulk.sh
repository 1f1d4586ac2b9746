# A large load writes its spatial index at its end, with SpatiaLite's triggers put aside until then.
# Killed at any moment, the store is as before or as after it, triggers and index included.
set -eu
fail() { echo "$*"; exit 1; }
awk 'BEGIN { print "code,lon,lat"
    for (i = 0; i < 60000; i++) printf "K%d,%.6f,%.6f\n", i, 70 + i * 7919 % 60000 / 6e4, 40 + i % 997 / 997
}' > many.csv
head -20 many.csv | sed 's/^K/F/' > few.csv

state() { # STORE: its dump, and what a dump does not tell
    "$GAPMAP" dump --store "$1"
    sqlite3 "$1" "SELECT sql FROM sqlite_schema WHERE tbl_name = 'place' ORDER BY name;
        SELECT count(*), rtreecheck('idx_place_geom') FROM idx_place_geom"
}
load() { "$GAPMAP" load --quiet places many.csv --store "$1"; }

"$GAPMAP" init --quiet new.gapmap
"$GAPMAP" load --quiet places few.csv --store new.gapmap
state new.gapmap > before
cp new.gapmap calm.gapmap
load calm.gapmap
state calm.gapmap > after
tail -1 after | grep -q '^60019|ok$' || fail "the index is not whole: $(tail -1 after)"

for delay in 0.05 0.12 0.2 0.27 0.34 0.41 0.5; do
    cp new.gapmap killed.gapmap
    # Not through load(): the program itself must be what is killed.
    "$GAPMAP" load --quiet places many.csv --store killed.gapmap 2> /dev/null &
    pid=$!
    sleep $delay
    kill -9 $pid 2> /dev/null || true
    wait $pid 2> /dev/null || true
    state killed.gapmap > killed
    cmp -s killed before || cmp -s killed after || fail "killed after $delay s, the store is neither"
    load killed.gapmap
    state killed.gapmap > killed
    cmp killed after || fail "killed after $delay s and loaded again, the store is another one"
done
