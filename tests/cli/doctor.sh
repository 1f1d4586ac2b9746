# The doctor finds what is wrong, says what to do, and answers by its exit code.
set -eu
export LC_ALL=C.UTF-8
"$GAPMAP" doctor > well || { cat well; exit 1; }
if grep '^problem' well; then exit 1; fi
for part in GDAL PROJ GEOS SQLite SpatiaLite ICU GLib jansson; do
    grep -q "^ok .*$part [0-9]" well || { echo "no version of $part"; exit 1; }
done
"$GAPMAP" doctor --json | grep -q '"ok": true'

# what is broken, and what the line must say
ill() {
    part=$1
    shift
    code=0
    env "$@" "$GAPMAP" doctor > ill || code=$?
    [ "$code" = 1 ] || { echo "$*: exit code $code"; exit 1; }
    grep '^problem' ill | grep -q "$part" || { echo "$*: no '$part' in:"; cat ill; exit 1; }
}
ill 'proj-data' PROJ_DATA=/nonexistent PROJ_LIB=/nonexistent
ill 'TMPDIR' TMPDIR=/nonexistent
ill 'C.UTF-8' LC_ALL=C
