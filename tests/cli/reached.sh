# explain tells how a place is reached: the way in words that add up, what a bridge and a new point
# would change, for people and for machines; and goes on where the run cannot be made again.
set -eu
fail() { echo "$*"; exit 1; }
store=t.gapmap
run() { "$GAPMAP" "$@" --store "$store"; }
has() { grep -qF -- "$1" said || fail "'$1' is not in: $(cat said)"; }

# Two municipalities of 10 x 20 km with a river between them: a road crosses it 8 km to the north, a
# track to the south ends at it, since it has no bridge.
cat > areas.csv <<'END'
code,level,parent,name_en,boundary_quality,geom
XX-A,province,XX,Valley,official,"POLYGON((70 40,70.24 40,70.24 40.18,70 40.18,70 40))"
A1,municipality,XX-A,West,official,"POLYGON((70 40,70.12 40,70.12 40.18,70 40.18,70 40))"
A2,municipality,XX-A,East,official,"POLYGON((70.12 40,70.24 40,70.24 40.18,70.12 40.18,70.12 40))"
END
printf 'code,name_en,kind,people,lon,lat\nW,Westham,PPL,1000,70.05,40.09\n' > places.csv
printf 'E,Eastham,PPL,400,70.15,40.09\nF,Farham,PPL,50,70.155,40.02\n' >> places.csv
printf 'area,year,people,basis\nXX-A,2020,1450,published\nA1,2020,1000,published\nA2,2020,450,published\n' > people.csv
printf 'code,name_en,kind,status,precision,lon,lat,turnout_min\n' > points.csv
printf 'P1,Station,station,open,exact,70.05,40.09,2\n' >> points.csv
printf 'name_en,geom\nSary,"LINESTRING(70.12 39.9,70.12 40.3)"\n' > rivers.csv
printf 'class,geom\nsecondary,"LINESTRING(70.05 40.09,70.05 40.16,70.15 40.16,70.15 40.09)"\n' > roads.csv
printf 'track,"LINESTRING(70.05 40.09,70.05 40.02,70.155 40.02)"\n' >> roads.csv
for layer in boundaries=areas places=places people=people police_points=points rivers=rivers \
    roads=roads; do
    run load "${layer%%=*}" "${layer#*=}.csv" > said 2>&1 || fail "$layer: $(cat said)"
done
run demand > said 2>&1 || fail "$(cat said)"
run explain Eastham > said || fail "$(cat said)"
! grep -q 'How it is reached' said || fail "without a run: $(cat said)"
run explain Eastham --json > said || fail "$(cat said)"
has '"reached": null'

printf 'class,label,speed,mode\ntrack,Track,20,MOTORIZED\n' > speeds.csv
cover() {
    run coverage --mode travel --cell '100 m' --crs EPSG:32642 --within '20 min, 40 min' \
        --speeds speeds.csv --as-of 2024-01-01 "$@" > said 2>&1 || fail "$(cat said)"
}
cover
run explain Eastham --run '20 min' > said || fail "$(cat said)"
has "How it is reached, in run '20 min'"
has '  from P1, Station (station): 28.2 min, of it 2 min turnout, 8.2 min beyond the limit of 20 min'
has '    1. 24.1 km secondary road at 55 km/h, 26.2 min'
has '  no bridge over a river or lake would make it quicker'
has '  a new point here, without turnout: 400 people more within 20 min'
run explain Farham > said || fail "$(cat said)"
sed -n '/How it is reached/,$p' said > way
cat > wanted <<'END'
How it is reached, in run '40 min'
  from P1, Station (station): 143.9 min, of it 2 min turnout, 103.9 min beyond the limit of 40 min
    1. 24.1 km secondary road at 55 km/h, 26.3 min
    2. 7.6 km on foot (ground of unknown cover at 4 km/h), 114.5 min
    3. 356 m track at 20 km/h, 1.1 min
  a bridge at 70.1197 E, 40.0198 N, over Sary, 3 km from Farham (100 m of closed ground): 51.7 min, 92.2 min less
  a new point here, without turnout: 50 people more within 40 min; the place itself 0 min instead of 143.9 min
END
diff wanted way || fail "the way to Farham reads otherwise"

# For machines; the path is read by a reader that is not ours.
run explain Farham --json > said || fail "$(cat said)"
has '"people_gained": 50'
{ printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
  sed -n '/"way": {/,/"with_bridges"/p' said | sed -n '/"path": {/,/^   }/p' | sed '1s/.*/{/'
  printf '}]}'; } > way.geojson
ogrinfo -q -al way.geojson > read 2>&1 || fail "the path is no GeoJSON: $(cat read)"
grep -q 'LINESTRING (70.050' read || fail "the path does not begin at the station: $(cat read)"
grep -q ',70.15[0-9]* 40.0[0-9]*)$' read || fail "it does not end: $(cat read)"

cover --direction people-to-police
run explain Farham > said || fail "$(cat said)"
has '  to P1, Station (station): 143.9 min'
has '    1. 356 m track at 20 km/h, 1.1 min'
has '    3. 24.1 km secondary road'
run explain A2 > said || fail "$(cat said)"
has '28.2 min' # of an area its largest place, where no seat is known

# What is not there to be searched again is said, and the rest is told.
rm speeds.csv
run explain Farham > said || fail "the file of speeds has gone: $(cat said)"
has 'People: published figures'
has '  not known: '
has 'speeds.csv'
run coverage --within '5 km' --as-of 2024-01-01 > said 2>&1 || fail "$(cat said)"
run explain Farham --run '5 km' > said || fail "$(cat said)"
has "  not known: run '5 km' is not by travel time"
if run explain Farham --run none > said 2>&1; then fail 'a run that is not there'; fi
has "no run 'none'; there are"
