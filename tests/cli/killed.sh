# Killed at any moment, the store is as before or as after a step: whatever is left passes `check`,
# and going on makes the same store as a run that nobody disturbed.
set -eu
fail() { echo "$*"; exit 1; }
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
recipe=data/kyrgyzstan/kyrgyzstan.ini
store=out/kyrgyzstan/kyrgyzstan.gapmap

mkdir calm
(cd calm && ln -s ../data data && "$GAPMAP" run --quiet $recipe 2> /dev/null)
"$GAPMAP" dump --store calm/$store | grep -v '^"out/' > calm.dump

for delay in 0.01 0.03 0.06 0.1 0.15 0.2 0.3 0.4 0.5 0.7 0.9 1.2 1.6; do
    case $delay in 0.2 | 0.7) rm -rf out ;; esac # from the start again, now and then
    "$GAPMAP" run --quiet $recipe > said 2>&1 &
    pid=$!
    sleep $delay
    kill -9 $pid 2> /dev/null || true
    wait $pid 2> /dev/null || true
    [ -e $store ] || continue
    "$GAPMAP" check --store $store > checked 2>&1 ||
        { cat checked; fail "killed after $delay s, the store does not pass"; }
done
"$GAPMAP" run --quiet $recipe 2> /dev/null
"$GAPMAP" dump --store $store | grep -v '^"out/' > killed.dump
cmp calm.dump killed.dump || fail "going on after being killed made another store"
for file in out/kyrgyzstan/*.png out/kyrgyzstan/*.geojson; do
    cmp "$file" "calm/$file" || fail "going on after being killed made another file"
done
