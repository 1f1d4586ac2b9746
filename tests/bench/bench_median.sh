# Least mean time and least greatest time on made problems, proven: 400 x 400 with 20 sites (CBC takes
# 117 to 163 s for one of this shape), 40 random graphs of the shape of OR-Library's p-median set in
# under five minutes, 3,000 points bounded within a minute, and greatest times of 900 x 900: in the
# plane with few to many sites under 5 s each, and on graphs.
set -eu
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
bench=$GAP_BUILD/tests/bench_median
"$bench" median 400 400 20 2.3
"$bench" graphs
"$bench" median 3000 3000 100 60 || [ $? -eq 1 ] # not proven by then: its gap is what it tells
failed=0
for sites in 5 10 20 30 50 90; do
    "$bench" center 900 900 $sites 5 || failed=1
done
[ $failed = 0 ] && verdict=met || verdict=MISSED
echo "center 900 x 900 of the plane, proven in under 5 s each: $verdict"
"$bench" centers
exit $failed
