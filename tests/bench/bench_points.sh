# A million points from CSV into a new store with its spatial index: gapmap against ogr2ogr making a
# SpatiaLite file of the same, in turns in this one call. The best of three runs of each counts.
set -eu
goal=0.7 # of ogr2ogr's time
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
command -v ogr2ogr > ogr2ogr.path || { echo "SKIPPED: ogr2ogr is not installed (gdal-bin)"; exit 77; }
"$GAP_BUILD/tests/bench_areas" make .

peer() {
    rm -f peer.sqlite
    ogr2ogr -f SQLite -dsco SPATIALITE=YES peer.sqlite pts.csv -nln point -a_srs EPSG:4326 \
        -oo X_POSSIBLE_NAMES=x -oo Y_POSSIBLE_NAMES=y -oo KEEP_GEOM_COLUMNS=NO
}
ours() {
    rm -f ours.gapmap
    "$GAPMAP" init ours.gapmap
    "$GAPMAP" load places pts.csv --store ours.gapmap --columns 'code=id; lon=x; lat=y'
}
seconds() { # COMMAND
    from=$(date +%s.%N)
    "$1" > "$1.out"
    echo "$1 $from $(date +%s.%N)" >> times
}
for run in 1 2 3; do
    seconds peer
    seconds ours
done

# Both hold every point, and so do their indexes, which are sound.
for held in "peer.sqlite point GEOMETRY" "ours.gapmap place geom"; do
    set -- $held
    found=$(sqlite3 "$1" "SELECT (SELECT count(*) FROM $2) || ' ' ||
        (SELECT count(*) FROM idx_$2_$3) || ' ' || rtreecheck('idx_$2_$3')")
    [ "$found" = "1000000 1000000 ok" ] || { echo "$1: $found"; exit 1; }
done
awk -v goal="$goal" '
{
    took = $3 - $2
    printf "  %s %.2f s\n", $1, took
    if (!($1 in best) || took < best[$1]) best[$1] = took
}
END {
    ratio = best["ours"] / best["peer"]
    printf "points into a store: ogr2ogr %.2f s, ours %.2f s: %.2f of its time (goal %.1f): %s\n",
           best["peer"], best["ours"], ratio, goal, ratio <= goal ? "met" : "MISSED"
    exit ratio > goal
}' times
