# Exact sums of 26 million cells over 500 areas, in under a second.
set -eu
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
"$GAP_BUILD/tests/bench_zonal"
