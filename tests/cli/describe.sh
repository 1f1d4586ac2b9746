# The columns of every layer are a contract: one that is renamed, dropped or retyped shows here.
# After a change that is meant: UPDATE=1 and say so in the change.
set -eu
golden=$GAP_SOURCE/tests/cli/golden
"$GAPMAP" describe --json > layers.json
layers=$("$GAPMAP" describe | awk 'NR > 1 { print $1 }')
bad=0
for layer in $layers; do
    "$GAPMAP" describe "$layer" --json > "describe-$layer.json"
    [ -z "${UPDATE:-}" ] || cp "describe-$layer.json" "$golden/"
    diff "$golden/describe-$layer.json" "describe-$layer.json" || bad=1
done
for file in "$golden"/describe-*.json; do
    [ -e "${file##*/}" ] || { echo "the layer of ${file##*/} is gone"; bad=1; }
done
exit $bad
