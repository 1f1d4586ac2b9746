# Isochrones and areas of 26 million cells, in a few seconds each.
set -eu
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
"$GAP_BUILD/tests/bench_isochrone"
