# Bad input as users meet it: exit code 1 where nothing was done, 2 for wrong usage, 3 where rows
# were refused; the message names file, row, field, value and what to do.
set -eu
fail() { echo "$*"; exit 1; }
# gives CODE TEXT ARGUMENT...: gapmap exits with CODE and says TEXT.
gives() {
    code=$1 text=$2
    shift 2
    got=0
    "$GAPMAP" "$@" > said 2>&1 || got=$?
    [ "$got" = "$code" ] || { cat said; fail "gapmap $*: exit $got, not $code"; }
    grep -qF -e "$text" said || { cat said; fail "gapmap $*: does not say '$text'"; }
}

data=$GAP_SOURCE/data/kyrgyzstan
"$GAPMAP" init s.gapmap > /dev/null
gives 0 "9 rows read, 9 kept" load boundaries "$data/odbl/provinces.geojson"
gives 0 "118 rows read, 118 kept" load boundaries "$data/odbl/municipalities.geojson"
"$GAPMAP" dump > before

gives 1 "missing.csv" load people missing.csv
: > empty.csv
gives 1 "empty.csv" load people empty.csv
echo "area,year,people,basis" > header.csv
gives 1 "header.csv: has no rows; figures of people need at least one" load people header.csv
printf 'area,year,peopl,basis\nKG-C,2015,5,press\n' > column.csv
gives 1 "column.csv: no column 'people' (people of the area); did you mean 'peopl'?" \
    load people column.csv
gives 1 "provinces.geojson: no column 'kind'" load police_points "$data/odbl/provinces.geojson"
gives 1 "field geometry, value 'line': police points need one point each; give a layer of points" \
    load police_points "$data/rivers.geojson" --columns code=name_en \
    --set "kind=point; status=open; precision=exact"
printf 'area,year,people,basis\nKG-C,2015,\377,press\n' > latin.csv
gives 1 "latin.csv, row 1, field people" load people latin.csv
printf 'area,year,people,basis\nKG-C,2015,-3,press\n' > negative.csv
gives 1 "negative.csv, row 1, field people, value '-3': negative" load people negative.csv
printf 'area,year,offence,count,basis\nKG-C,2015,theft,many,press\n' > words.csv
gives 1 "words.csv, row 1, field count, value 'many': not a number" load crime words.csv
printf 'code,kind,status,precision,lon,lat\na,point,open,exact,41.3,74.9\n' > swapped.csv
gives 1 "longitude and latitude seem to be swapped" load police_points swapped.csv
gives 0 "1 rows read, 1 kept" load police_points swapped.csv --swap --dry-run
printf 'code,kind,status,precision,lon,lat\na,point,open,exact,80,55\n' > abroad.csv
gives 1 "value '80.00000 55.00000': outside the country; check the coordinates" \
    load police_points abroad.csv
gives 2 "no layer 'peple'; did you mean 'people'?" load peple empty.csv
gives 2 "did you mean --strict?" load people empty.csv --strct
gives 1 "no such store; make it with 'gapmap init other.gapmap'" check --store other.gapmap
gives 2 "no source 'nothing'; loaded: boundaries/municipalities" unload nothing
gives 1 "there is no demand to cover yet: 'gapmap demand' comes first" coverage
gives 1 "no figure of people of a province is loaded" demand
gives 1 "no area or place is called 'Atlantis'" explain Atlantis
gives 2 "must lie above 0 and up to 1" demand --land-share 2
gives 2 "--hold-below: a number of people, not below 0" gaps --hold-below=-5
gives 2 "--within: '0 km' is not above 0" coverage --within "0 km"
printf 'code,kind,status,precision,x,y\na,point,open,exact,74.9,41.3\n' > xy.csv
gives 1 "xy.csv: no column 'z' for field 'lon'; it has: code, kind, status, precision, x, y" \
    load police_points xy.csv --columns "lon=z; lat=y"
gives 2 "--name names one source: give one file" load places xy.csv swapped.csv --name both
mkdir -p other
cp xy.csv other/
gives 2 "would both be source 'xy'" load police_points xy.csv other/xy.csv
printf 'claim,areas,measure,offence,low\nhigh,KG-C;KG-Q,count,theft,5\n' > claims.csv
gives 1 "claims.csv, row 1, field areas, value 'KG-C;KG-Q': 'KG-Q': no area has this code" \
    load claims claims.csv
"$GAPMAP" dump > after
cmp before after || fail "something was changed"

# One good row and two bad ones: the good one is kept, both are named, the code is 3.
cat > mixed.csv << 'END'
code,kind,status,precision,lon,lat
good,point,open,exact,74.6,42.87
good,point,open,exact,74.6,42.87
bad,pont,open,exact,74.6,42.87
END
gives 3 "mixed.csv, row 2, field code, value 'good': refused: stands already in row 1" \
    load police_points mixed.csv
grep -qF "mixed.csv, row 3, field kind, value 'pont': refused: did you mean 'point'?" said ||
    fail "$(cat said)"
gives 3 "unchanged" load police_points mixed.csv
gives 1 "(2 of 3 rows refused; nothing was loaded)" load police_points mixed.csv --strict
gives 0 "3 sources: 130 rows read = 128 kept + 2 refused" check

# What stands in the way of taking boundaries out is named.
printf 'area,year,people,basis\nKG-C,2015,5,press\n' > people.csv
gives 0 "1 kept" load people people.csv
gives 1 "its parent KG-" unload boundaries/provinces
gives 0 "municipalities is taken out" unload municipalities
gives 1 "rows of 'people' need rows of 'area' that would be gone: load or unload those first" \
    unload provinces
gives 0 "people is taken out" unload people

# A store of a newer version, and files that are no store.
if command -v sqlite3 > /dev/null; then
    cp s.gapmap newer.gapmap
    sqlite3 newer.gapmap "PRAGMA user_version = 999"
    gives 1 "made by a newer gapmap (schema 999" check --store newer.gapmap
    sqlite3 plain.gapmap "CREATE TABLE a (b)"
    gives 1 "a database, but not one of gapmap's" check --store plain.gapmap
else
    echo "SKIPPED: sqlite3 is not installed: stores of other makers are not tried here"
fi
echo text > text.gapmap
gives 1 "not a gapmap store" check --store text.gapmap
# Several stores here: which one is a question.
gives 2 "--store" check

# A folder that cannot be written.
if [ "$(id -u)" != 0 ]; then
    mkdir ro
    chmod a-w ro
    gives 1 "check its permissions" init ro/a.gapmap
fi
