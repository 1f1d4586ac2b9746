# Runs a test script in a temporary folder that is gone afterwards: fresh.sh SCRIPT.
# Locale and date are fixed, so that a result does not depend on whose machine it is.
set -eu
case $1 in /*) ;; *) set -- "$PWD/$1" ;; esac
folder=$(mktemp -d "${TMPDIR:-/tmp}/gapmap-test.XXXXXX")
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
LC_ALL=C.UTF-8 TZ=UTC sh "$1"
