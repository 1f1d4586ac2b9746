# The made valley (data/valley) by a straight line and by travel time: its minutes against what
# distance, speed and slope give by hand, along the only sensible way to each village.
set -eu
fail() { echo "$*"; exit 1; }
valley=$GAP_SOURCE/data/valley
"$GAPMAP" run "$valley/valley.ini" > said || { cat said; fail "the recipe ends with $?"; }
store=out/valley/valley.gapmap
says() { grep -qE -- "$1" said || { cat said; fail "nothing says: $1"; }; }
says 'All checks hold\.'

# People within reach of 11,300: the straight line misses only the 150 of Biyik-Syrt.
says '^ *5 km .* 11300 +11150 +98\.7%'
says '^ *summer 30 min .* 11300 +10580 +93\.6%' # all but 450 + 150 behind the pass and 120 uphill
says '^ *summer 60 min .* 11300 +10700 +94\.7%' # all but those behind the pass
says '^ *winter 30 min .* 11300 +8980 +79\.5%'  # 1200 and 400 more, of the far bank
says '^ *winter 60 min .* 11300 +10580 +93\.6%'
for layer in isochrones catchments demand; do
    [ -s "out/valley/$layer-winter.geojson" ] || fail "no $layer"
done

for map in coverage-straight travel-summer travel-winter run-difference coverage-runs visits; do
    [ -s "out/valley/$map.png" ] || fail "no map $map"
done

# Again: nothing is made anew.
"$GAPMAP" run "$valley/valley.ini" > again
steps=$(grep -cE '^  (load|demand|coverage|gaps|export|render).* \.\.\.+ ' again)
[ "$(grep -c '\.\.\. unchanged$' again)" = "$steps" ] || { cat again; fail 'a step of the second run did something'; }

# Villages are told apart by their people, of whom no two have as many.
minutes() { # PEOPLE in demand.csv
    awk -F, -v people="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR > 1 && $at["people"] == people { print $at["minutes"] " " $at["point"] }' demand.csv
}
# take RUN [STORE]: what it says of each village.
take() { "$GAPMAP" export demand -o demand.csv --run "$1" --store "${2:-$store}" --quiet; }

# Minutes by hand. Lengths are along the ground; Tobler's pace against the level is
# exp(3.5 (|s + 0.05| - 0.05)). `v` and `f` are the scenario's factors of vehicles and walkers.
by_hand='function rise(s) { return sqrt(1 + s * s) }
    function drive(m, kmh, s) { return m * rise(s) * 0.06 / (kmh * v) }
    function walk(m, kmh, s,   t) {
        t = s + 0.05 < 0 ? -s - 0.05 : s + 0.05
        return m * rise(s) * 0.06 / (kmh * f) * exp(3.5 * (t - 0.05))
    }
    function off(x) { return x < 0 ? -x : x }'
# What several villages have in common. Cells are 50 m. Turning from the road north to the bridge and
# from there along the far bank, vehicles cut the corner by the diagonal of two cells of road: half
# its 70.71 m in each. The valley rises 1 m a cell to the east: slope 0.02, on a diagonal 0.0141.
ways='d = 70.7107; e = 1 / d
    corner = drive(d / 2, 60, e) + drive(d / 2, 20, e)
    far_bank = drive(4950, 60, 0.02) + corner + drive(900, 20, 0) + drive(d, 20, e)'

# near PEOPLE HAND POINT [VEHICLES FEET [TOLERANCE]]: exports have hundredths of a minute.
near() {
    got=$(minutes "$1")
    awk -v got="${got% *}" -v v="${4:-1}" -v f="${5:-1}" -v most="${6:-0.006}" \
        "$by_hand BEGIN { $ways; hand = $2; printf \"%.4f\", hand; exit off(got - hand) > most }" > hand ||
        fail "$1 people: '$got' minutes, by hand $(cat hand): $2"
    [ "${got#* }" = "$3" ] || fail "$1 people are reached from '$got', not $3"
}
never() { [ "$(minutes "$1")" = ' ' ] || fail "$1 people are reached: $(minutes "$1")"; }
summer() {
    near 3200 '5' XV-S1                               # Jez-Shaar: the station turns out
    near 1100 '5 + drive(2500, 60, 0.02)' XV-S1       # Keng-Kyiyr, along the road
    near 900 '5 + drive(5000, 60, 0.02)' XV-S1        # Orto-Kopuro
    near 500 '10 + drive(1500, 60, 0.02)' XV-H1       # Jol-Uchu
    near 700 '5 + far_bank - drive(d, 20, e) + drive(50, 20, 0)' XV-S1 # Kopuro-Bashy, over the bridge
    near 1200 '5 + far_bank + drive(4950, 20, 0.02)' XV-S1             # Arky-Jeek, and west
    near 400 '5 + far_bank + drive(4450, 20, 0.02)' XV-S1              # Tash-Tegirmen, and east
    near 300 '5 + far_bank + drive(1950, 20, 0.02)' XV-S1              # Ashuu-Tubu
    # Kuush-Say: 21 cells level, 20 up 5 m each. Vehicles do not mind the slope.
    near 350 '5 + drive(2450, 60, 0.02) + corner + drive(1050, 20, 0) + drive(1000, 20, 0.1)' XV-S1
    # Talaa-Chetki: from the middle of the road over fields, on foot.
    near 130 '10 + drive(1500, 60, 0.02) + drive(25, 60, 0) + walk(725, 4, 0)' XV-H1
}
# To the foot of the pass; behind it.
over='drive(1950, 20, 0.02) + drive(25, 20, 0) + walk(375, 5, 0)'
behind='walk(1000, 5, -0.3) + walk(200, 5, 0)'

take 'summer 30 min'
summer
near 1800 '10' XV-H1 # Chygysh-Talaa: the two of the shared roof, sooner than the station
# Ashuu-Arty: 40 cells up 15 m each, 20 down, 4 level. Back it is quicker: twice as much is downhill.
near 450 "5 + far_bank + $over + walk(2000, 5, 0.3) + $behind" XV-S1
# Tunt-Tokoy: 21.5 cells of fields, 10 up 10 m each, all but half a cell in the forest. That is straight up;
# slantwise to where the forest begins is quicker by some seconds.
up='walk(25, 4, 0.2) + walk(475, 2, 0.2)'
near 120 "5 + drive(5000, 60, 0.02) + drive(25, 60, 0) + walk(1075, 4, 0) + $up - 0.15" XV-S1 1 1 0.15
# Biyik-Syrt: beyond that, at most along the path.
near 150 "5 + far_bank + $over + walk(2000, 5, 0.3) + $behind + walk(3000, 5, -0.02) - 3" XV-S1 1 1 3

# Winter: vehicles at 0.8, walkers at 0.7, and no path above 3,000 m: the rock is closed, whatever the
# time (known up to a day).
run() { "$GAPMAP" coverage --mode travel --elevation "$valley/terrain.tif" --like "$valley/terrain.tif" \
    --speeds "$valley/speeds.csv" --as-of 2026-06-01 --store "$@"; }
run "$store" --scenario winter --within '6 h' --run long > said
take long
never 450
never 150
near 1200 '5 + far_bank + drive(4950, 20, 0.02)' XV-S1 0.8 0.7
near 130 '10 + drive(1500, 60, 0.02) + drive(25, 60, 0) + walk(725, 4, 0)' XV-H1 0.8 0.7
# A winter that closes higher up leaves the pass open.
run "$store" --scenario 'winter; closed_above_m=3100' --within '6 h' --run mild > said
take mild
near 450 "5 + far_bank + $over + walk(2000, 5, 0.3) + $behind" XV-S1 0.8 0.7

# From the people to the police: the same on wheels, another way up and down on foot.
run "$store" --direction people-to-police --within '6 h' --run inwards > said
take inwards
summer
# (Downhill the corner at the foot of the pass is cut as well.)
foot='drive(1900, 20, 0.02) + drive(d / 2, 20, e) + walk(d / 2, 5, -e) + walk(350, 5, 0)'
near 450 "5 + far_bank + $foot + walk(2000, 5, -0.3) + walk(1000, 5, 0.3) + walk(200, 5, 0)" XV-S1

# Sites by the winter's minutes: one at the foot of the pass reaches both villages of the far bank
# (1200 + 400), the next the larger of those behind it (450).
sites() { "$GAPMAP" sites --store "$store" --run 'winter 30 min' --any "$@" > said; }
sites -n 1
says '^1 new sites bring 1,600 people within 30 min; with them 10,580 of 11,300'
says 'which is proven'
sites -n 2
says '^2 new sites bring 2,050 people'
sites -n 1 --model p-median --label median
says '^Mean time to the nearest point: [0-9.]+ min$'
sites -n 2 --need 2 --within '1 h' --label two
says 'within 60 min of two sites'
# Points that may move keep their turnout where they stay, and lose it where they open anew.
sites -n 0 --move all --label moved
says 'may move take up to 10 min to turn out'
says '^New sites: 2\. Points that might move and close: 2 of 2\. Then 11,030 of 11,300 people'
says '^Closes: Police station, Jez-Shaar \(XV-S1\); its 6,550 people are served by'
sites -n 1 --move all --force XV-S1,XV-H1 --label moved2
says 'close: 0 of 2\. Then 10,580 of 11,300 people' # as without --move
sites -n 1 --move all --need 2 --within '1 h' --label moved3
"$GAPMAP" check --store "$store" > said
says 'All checks hold\.'
if "$GAPMAP" sites -n 1 --run 'winter 30 min' --within '5 km' --store "$store" 2> said; then
    fail 'a length is taken for a limit of travel time'
fi
says 'is by travel time: its limit is a time'
# What is said of them is measured again over the ground; a ground that has gone is a finding.
cp "$store" other.gapmap
sqlite3 other.gapmap "UPDATE site_run SET covered = covered + 1 WHERE label = 'median'"
if "$GAPMAP" check --store other.gapmap > said; then fail 'one covered too many is not found'; fi
says 'people covered is kept as'
"$GAPMAP" unload landcover --store other.gapmap > said
if "$GAPMAP" check --store other.gapmap > said; then fail 'another ground is not found'; fi
says "layers have changed since run 'winter 30 min' was made"

# Minutes as a raster, where an independent reader is: at Arky-Jeek, and on the rock.
if command -v gdallocationinfo > /dev/null; then
    run "$store" --within 30min --run raster --minutes minutes.tif > said
    near 1200 '5 + far_bank + drive(4950, 20, 0.02)' XV-S1
    at() { gdallocationinfo -valonly -geoloc minutes.tif "$1" "$2"; }
    awk -v got="$(at 421025 4613625)" 'BEGIN { exit !(got > 27.857 && got < 27.858) }' ||
        fail "the raster has $(at 421025 4613625)"
    case $(at 421025 4616025) in -9999 | nan | '') ;; *) fail "the rock is reached: $(at 421025 4616025)" ;; esac
fi

# Nothing that is read is written over, nor the store, whatever it is called.
cp "$store" st.csv
cp "$valley/terrain.tif" in.tif
spared() { # MUST-STAY COMMAND...
    sum=$(cksum < "$1")
    shift
    got=0
    "$GAPMAP" "$@" > said 2>&1 || got=$?
    [ "$got" = 2 ] || { cat said; fail "$*: exit $got"; }
}
cover="coverage --mode travel --as-of 2026-06-01 --like in.tif --speeds $valley/speeds.csv"
spared in.tif $cover --elevation in.tif --minutes ./in.tif --store st.csv
[ "$sum" = "$(cksum < in.tif)" ] || fail 'the heights are written over'
spared st.csv $cover --minutes a.tif --nearest ./a.tif --store st.csv
spared st.csv $cover --minutes st.csv --store st.csv
spared st.csv export demand -o st.csv --store st.csv
ln st.csv st.png
spared st.csv render travel -o st.png --run 'winter 30 min' --store st.csv
[ "$sum" = "$(cksum < st.csv)" ] || fail 'the store is written over'

# Without its bridge the far bank is reached round the river's head, the station's across from it last.
cp "$store" trial.gapmap
sed 's/,yes,/,no,/' "$valley/roads.csv" > roads.csv
"$GAPMAP" load roads roads.csv --crs EPSG:32643 --store trial.gapmap > said
run trial.gapmap --within '30 min, 1 h' --run cut > said
says 'are cut by them in 1$'
says '^ *cut 30 min .* 11300 +7980 ' # the bank of the police, but for Tunt-Tokoy
take 'cut 30 min' trial.gapmap
near 1100 '5 + drive(2500, 60, 0.02)' XV-S1
# At least the road to its end, 1.25 km of grass there and back at 4 km/h, and the track to its end.
near 1200 '10 + drive(1500, 60, 0.02) + walk(1250, 4, 0) + drive(10000, 20, 0.02) + 2' XV-H1 1 1 2
"$GAPMAP" load roads "$valley/roads.csv" --crs EPSG:32643 --store trial.gapmap > said

# Turnout counts: of a station that takes 25 minutes the other one is quicker even at its side.
sed 's/station,open,12,5,/station,open,12,25,/' "$valley/police_points.csv" > police_points.csv
"$GAPMAP" load police_points police_points.csv --crs EPSG:32643 --store trial.gapmap > said
run trial.gapmap --within '1 h' --run slow > said
take slow trial.gapmap
near 900 '10 + drive(3500, 60, 0.02)' XV-H1
near 3200 '10 + drive(8500, 60, 0.02)' XV-H1

# A village on the rock: people set out from open ground within the limit of --snap, else they are
# named and beyond reach. The sum stays.
sed 's/425025,4617225/425025,4616225/' "$valley/places.csv" > places.csv
"$GAPMAP" load places places.csv --crs EPSG:32643 --store trial.gapmap > said
"$GAPMAP" demand --town-density 100000 --as-of 2026-06-01 --store trial.gapmap > said
run trial.gapmap --within '4 h' --snap 200m --run rock > said
says '^ *150 people at 1 places have no open ground within 200 m'
says '^ *rock .* 11300 +11150 '
take rock trial.gapmap
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
         NR > 1 && $at["covered"] == "0" { n += $at["people"] }
         END { exit n != 150 }' demand.csv || fail "people whom no way reaches are not beyond reach"
run trial.gapmap --within '4 h' --run snapped > said
says '^ *snapped .* 11300 +11300 '

# The terrain is what its script makes.
if command -v gdal_translate > /dev/null; then
    sh "$valley/terrain.sh" made
    cmp made/terrain.tif "$valley/terrain.tif" || fail "terrain.sh makes another terrain"
fi
