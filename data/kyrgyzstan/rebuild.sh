#!/bin/sh
# Makes every generated file of this folder again from pinned packages: run when the data change, never by users.
# usage: sh rebuild.sh [FOLDER]   (another folder to write to; default: where this script lies)
# Twice the same inputs give twice the same bytes. Needs apt-get, gdal-bin, sqlite3, libsqlite3-mod-spatialite,
# gettext, and node 20 with npm; fetches some 120 MB into a temporary folder, which it removes.
set -eu
export LC_ALL=C TZ=UTC
home=$(cd "$(dirname "$0")" && pwd)
steps=$home/rebuild
out=$(mkdir -p "${1:-$home}" && cd "${1:-$home}" && pwd)

for tool in apt-get dpkg-deb gdal_translate msgunfmt node npm ogr2ogr sha256sum sqlite3; do
    command -v "$tool" >/dev/null || { echo "rebuild.sh: $tool is missing" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
spatial() { sqlite3 -cmd '.load mod_spatialite' :memory: <"$1"; }
mapshaper() { node node_modules/mapshaper/bin/mapshaper "$@" 2>>mapshaper.log || { cat mapshaper.log >&2; exit 1; }; }

echo "== packages"
cp "$steps/package.json" "$steps/package-lock.json" .
npm ci --ignore-scripts --no-audit --no-fund --silent
apt-get -qq -o APT::Sandbox::User=root download libgeonames-common=0.3.0-1 libmagics++-data=4.13.0-1 marble-qt-data=4:22.12.3-1
sha256sum --check --quiet "$steps/inputs.sha256"
for package in *.deb; do dpkg-deb -x "$package" deb; done

echo "== outlines"
node "$steps/extract.mjs" "$work"
spatial "$steps/outlines.sql" 2>/dev/null # MakeValid tells of every ring that it repairs
mkdir simplified clean odbl
# Provinces and neighbours share edges, so they are simplified together; gaps are kept, for the smallest is an enclave.
mapshaper -i provinces_raw.geojson neighbours_raw.geojson combine-files snap snap-interval=0.00001 \
    -simplify dp interval=200 keep-shapes -clean gap-fill-area=0 target='*' \
    -o simplified/ force precision=0.00001 target='*'
mapshaper -i lakes_raw.geojson -simplify dp interval=100 keep-shapes -o simplified/ precision=0.00001

echo "== places and their cells"
node "$steps/places.mjs" "$work"
spatial "$steps/cells.sql"
# Rounding first, then cleaning, makes edges meet in the very digits that are written. Slivers of rounding are filled;
# the smallest enclave (0.7 km2) is safe from a limit of 0.1. The provinces are the cells put together again.
mapshaper -i municipalities_raw.geojson precision=0.000001 snap snap-interval=0.000002 \
    -clean gap-fill-area=0.1km2 snap-interval=0.000002 -dissolve parent + name=provinces \
    -o clean/ precision=0.000001 target='*' format=geojson
ogr2ogr -f GeoJSON -where "name='Naryn'" -clipsrc 68 38 81 44 -lco RFC7946=YES -lco COORDINATE_PRECISION=5 \
    naryn.geojson deb/usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp
node "$steps/finish.mjs" "$work" "$work"

echo "== relief and police"
node "$steps/relief.mjs" "$work" relief.tif
node "$steps/police.mjs" places.csv police_points.csv

echo "== checks"
faults=$(spatial "$steps/check.sql")
[ -z "$faults" ] || { echo "$faults" >&2; exit 1; }
by_hand="borders.csv claims.csv crime.csv crime_statements.csv names.csv people.csv plans.csv programme.csv"
for table in $by_hand; do cp "$home/$table" .; done
node "$steps/check.mjs" "$work"

mkdir -p "$out/odbl"
cp odbl/*.geojson "$out/odbl/"
cp places.csv police_points.csv relief.tif rivers.geojson "$out/"
for table in $by_hand; do cmp -s "$table" "$out/$table" || cp "$table" "$out/"; done
cd "$out"
# shellcheck disable=SC2086 # the list is meant to be split
sha256sum $by_hand odbl/*.geojson places.csv police_points.csv relief.tif rivers.geojson >SHA256SUMS
cat SHA256SUMS
if [ "$out" = "$home" ]; then
    page=$home/../README.md
    {
        sed '/^<!-- sums -->$/q' "$page"
        echo '```'
        cat SHA256SUMS
        echo '```'
        sed -n '/^<!-- end of sums -->$/,$p' "$page"
    } >"$work/README.md"
    cmp -s "$work/README.md" "$page" || cp "$work/README.md" "$page"
fi
