# Options of load that make areas, from the command line and from a recipe, whose paths are seen
# from its own folder.
set -eu
fail() { echo "$*"; exit 1; }
mkdir data
cat > data/provinces.csv << 'CSV'
nr,name_en,geom
1,West,"POLYGON((70 40,71 40,71 41,70 41,70 40))"
2,East,"POLYGON((71 40,72 40,72 41,71 41,71 40))"
CSV
cat > data/walk.csv << 'CSV'
from,to,remark
1,XX-A,ours
2,XX-B,ours
CSV
cat > data/towns.csv << 'CSV'
code,level,parent,lon,lat
D1,district,1,70.5,40.5
M1,municipality,1,70.2,40.5
M2,municipality,1,70.8,40.5
CSV
cat > data/recipe.ini << 'INI'
[recipe]
store = t.gapmap

[load boundaries : provinces]
files = provinces.csv
columns = code=nr
set = level=province; parent=XX; boundary_quality=official
crosswalk = walk.csv

[load boundaries : municipalities]
files = towns.csv
where = level=municipality
crosswalk = walk.csv
cells = true

[check]
INI
"$GAPMAP" run data/recipe.ini > said || { cat said; fail "the recipe failed"; }
grep -qF 'walk.csv: 2 values replaced, every row of it used' said || fail "crosswalk not told"
grep -qF '1 rows left out: not level=municipality (--where)' said || fail "rows left out not told"
grep -qF 'nearest-place cells made: 2; areas that stand for the one above: 1' said ||
    fail "cells not told"
grep -qF 'All checks hold.' said || fail "not all checks hold"

# Another crosswalk is another load; the same is none.
"$GAPMAP" run data/recipe.ini > said
[ "$(grep -c '^  load .*unchanged' said)" = 2 ] || { cat said; fail "loaded again for nothing"; }

# usage WORDS...: exit code 2, and the message says $says.
usage() {
    code=0
    "$GAPMAP" "$@" --store t.gapmap > out 2>&1 || code=$?
    [ "$code" = 2 ] || { cat out; fail "code $code, not 2: $*"; }
    grep -qF -- "$says" out || { cat out; fail "does not say '$says': $*"; }
}
says='--cells and --fill are for boundaries only'
usage load people data/towns.csv --cells
usage load places data/towns.csv --fill
says='give one of them'
usage load boundaries data/towns.csv --cells --fill
says="has no column 'kind'; it has: code, level, parent, lon, lat"
usage load boundaries data/towns.csv --cells --where kind=town
says="'level' is not COLUMN=VALUE"
usage load boundaries data/towns.csv --cells --where level
