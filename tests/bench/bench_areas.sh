# A million points into 500 areas of 2,000 vertices: ours against the best plain SpatiaLite SQL
# found (areas outer, points by their spatial index), on the same data in this one call, with the
# same answers. Only the query of SQL is counted, not the building of its index; ours with building.
set -eu
goal=25
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
"$GAP_BUILD/tests/bench_areas" make .
if ! sqlite3 :memory: "SELECT load_extension('mod_spatialite')" > probe 2>&1; then
    echo "SKIPPED: SQL with SpatiaLite cannot be run: $(cat probe)"
    echo "         install sqlite3 and libsqlite3-mod-spatialite; ours alone:"
    "$GAP_BUILD/tests/bench_areas" time /dev/null || true
    exit 77
fi

ogr2ogr -f SQLite -dsco SPATIALITE=YES q.sqlite areas.csv -oo GEOM_POSSIBLE_NAMES=wkt \
    -oo KEEP_GEOM_COLUMNS=NO -oo AUTODETECT_TYPE=YES -a_srs EPSG:4326 -nlt POLYGON -nln area
sqlite3 q.sqlite > peer.txt <<'SQL'
SELECT load_extension('mod_spatialite');
BEGIN;
CREATE TABLE point (id INTEGER PRIMARY KEY, x REAL, y REAL);
.mode csv
.import --skip 1 pts.csv point
SELECT AddGeometryColumn('point', 'geom', 4326, 'POINT', 'XY');
UPDATE point SET geom = MakePoint(x, y, 4326);
COMMIT;
SELECT CreateSpatialIndex('point', 'geom');
.timer on
CREATE TABLE hit AS SELECT p.id AS id, min(a.id) AS area FROM area a, point p WHERE p.rowid IN
  (SELECT rowid FROM SpatialIndex WHERE f_table_name = 'point' AND f_geometry_column = 'geom'
   AND search_frame = a.geometry) AND ST_Intersects(a.geometry, p.geom) GROUP BY p.id;
.timer off
.headers off
.once hit.csv
SELECT id, area FROM hit;
SQL
sql=$(sed -n 's/^Run Time: real \([0-9.]*\).*/\1/p' peer.txt)
ours=$("$GAP_BUILD/tests/bench_areas" time hit.csv)
awk -v sql="$sql" -v ours="$ours" -v goal="$goal" 'BEGIN {
    met = sql >= goal * ours
    printf "points in areas: SQL %.2f s, ours %.3f s: %.0f times as fast (goal %d): %s\n",
           sql, ours, sql / ours, goal, met ? "met" : "MISSED"
    exit !met
}'
