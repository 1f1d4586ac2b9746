# Travel time over real relief with the bundled country's people and police points: one basin of
# Batken at 100 m on the grid of its raster, then the whole country, coarse. There are no roads, so
# all go on foot. Nothing is known of the right minutes: what is tested must hold whatever they are.
set -eu
fail() { echo "$*"; exit 1; }
shared=$GAP_SOURCE/../shared/data
for raster in kadamjai_dem kgz_dem; do
    if [ ! -r "$shared/$raster.tif" ]; then
        echo "SKIPPED: ../shared/data/$raster.tif beside the checkout is not there"
        exit 77
    fi
done
if ! command -v sqlite3 > /dev/null; then
    echo "SKIPPED: sqlite3, which looks into the store, is not installed"
    exit 77
fi

data=$GAP_SOURCE/data/kyrgyzstan
store=t.gapmap
load() { "$GAPMAP" load "$@" --store "$store" --quiet; }
load boundaries "$data/odbl/provinces.geojson" "$data/odbl/municipalities.geojson"
load places "$data/places.csv"
load people "$data/people.csv"
load terrain "$data/relief.tif"
load police_points "$data/police_points.csv"
# The basin's own points of the country lie just outside of it; one more, in its largest village.
printf 'code,kind,status,precision,lon,lat\ntrial,point,open,settlement,71.66945,40.05689\n' > trial.csv
load police_points trial.csv
"$GAPMAP" demand --people-year 2015 --as-of 2017-12-31 --store "$store" --quiet
"$GAPMAP" coverage --within 8km --as-of 2017-12-31 --run far --store "$store" --quiet

sql() { sqlite3 "$store" "$1"; }
expect() { # VALUE SQL
    got=$(sql "$2")
    [ "$got" = "$1" ] || fail "'$got', not '$1': $2"
}
travel() { # RUN OPTIONS...: to the file said, with the seconds it took
    label=$1
    shift
    before=$(date +%s)
    "$GAPMAP" coverage --mode travel --as-of 2017-12-31 --run "$label" --store "$store" "$@" > said ||
        { cat said; fail "$label ends with $?"; }
    echo "$label: $(($(date +%s) - before)) s, $(sql "SELECT count(DISTINCT demand) FROM demand_reach
        WHERE run LIKE '$label%' AND minutes <= 240") places within 4 h"
}
people="SELECT sum(people_covered) FROM coverage JOIN area ON code = area AND level = 'province' WHERE run ="
within() { sql "$people '$1'"; }

# holds RUN METRES: of a run with the limits 30 min, 1 h and 2 h.
holds() {
    for limit in 30 60 120; do
        run="$1 $limit min"
        expect "$(sql 'SELECT sum(people) FROM demand')" \
            "SELECT sum(people) FROM coverage JOIN area ON code = area AND level = 'country' WHERE run = '$run'"
        expect 0 "SELECT count(*) FROM demand_reach WHERE run = '$run' AND covered <> (minutes <= $limit)"
        expect "$(within "$run")" "SELECT sum(people) FROM demand_reach JOIN demand ON id = demand
            WHERE run = '$run' AND covered"
        expect "$(within "$run")" "SELECT people FROM isochrone WHERE run = '$run' AND minutes = $limit"
        [ "$(within "$run")" -ge "${before_people:-0}" ] || fail "fewer people within $run than within less"
        before_people=$(within "$run")
    done
    before_people=0
    [ "$(within "$1 30 min")" -gt 0 ] || fail "$1: nobody is within reach"
    [ "$(within "$1 120 min")" -gt "$(within "$1 30 min")" ] || fail "$1: nobody is farther than 30 min"
    # Nobody is quicker than the fastest walk in a straight line, 4 km/h and 1.19 times that 5 % down, but
    # for the way from where they are to the middle of an open cell, at both ends.
    expect 0 "SELECT count(*) FROM demand_reach t JOIN demand_reach s ON s.demand = t.demand AND s.run = 'far'
        WHERE t.run = '$1 120 min' AND t.minutes < (s.distance_m - $2) / (4000 * exp(0.175) / 60)"
}

in_basin() { travel "$@" --elevation "$shared/kadamjai_dem.tif" --like "$shared/kadamjai_dem.tif"; }
in_basin basin --within '30 min, 1 h, 2 h'
grep -q '523 x 468 cells of 100 x 100 m' said || { cat said; fail 'another grid than that of the raster'; }
grep -q 'have no data' said || { cat said; fail 'the ground around the basin is not told of'; }
holds basin 150
# Who travels to whom matters; more moves and faster walkers are never slower, but for the rounding of
# steps.
in_basin back --within '2 h' --direction people-to-police
in_basin eight --within '2 h' --neighbours 8
in_basin many --within '2 h' --neighbours 32
in_basin fast --within '2 h' --scenario 'walk=1.2'
expect 1 "SELECT count(*) > 0 FROM demand_reach a JOIN demand_reach b ON a.demand = b.demand
    WHERE a.run = 'back' AND b.run = 'basin 120 min' AND a.minutes <> b.minutes"
for pair in 'eight:basin 120 min' 'basin 120 min:many' 'basin 120 min:fast'; do
    expect 0 "SELECT count(*) FROM demand_reach a JOIN demand_reach b ON a.demand = b.demand
        WHERE a.run = '${pair%:*}' AND b.run = '${pair#*:}' AND b.minutes > a.minutes + 0.01"
done

travel country --within '30 min, 1 h, 2 h' --elevation "$shared/kgz_dem.tif"
grep -q 'cells of 500 m' said || { cat said; fail 'cells of another size than the heights suggest'; }
holds country 1750 # of which 1 km to open ground, at the border
# More points never make it longer: the same without the trial.
"$GAPMAP" unload police_points/trial --store "$store" > /dev/null
travel fewer --within '2 h' --elevation "$shared/kgz_dem.tif"
expect 0 "SELECT count(*) FROM demand_reach a JOIN demand_reach b ON a.demand = b.demand
    WHERE a.run = 'fewer' AND b.run = 'country 120 min' AND b.minutes > a.minutes"
"$GAPMAP" check --store "$store" --run country\ 30\ min > said || { cat said; fail check; }
