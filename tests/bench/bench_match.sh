# Names of places matched across languages, spellings and twenty kinds of corruption: precision and
# recall as tables, and 100,000 names in under two seconds and 200 MiB. Real names are needed.
# settlement_sample.csv: 200 settlements drawn at random (Who's On First, CC BY), each judged by hand
# whether its Kyrgyz and Russian names are one name spelt otherwise or two names. Of tests/names:
# settlement_unseen.csv, another hundred likewise, drawn when the rules stood; villages.csv, 150
# municipalities (every third) with the settlement that bears their name, judged by hand.
set -eu
data=$GAP_SOURCE/../shared/data
[ -d "$data" ] || { echo "SKIPPED: $data is not there"; exit 77; }
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
"$GAP_BUILD/tests/bench_names" "$data" "$GAP_SOURCE/layers/words/names.ini" "$GAP_SOURCE/tests"
