#!/bin/sh
# From a fresh clone on Debian 12 to the maps: sh data/quickstart.sh
# Installs what is missing (says what, before), builds build/gapmap and runs it on the bundled
# country. Safe to repeat. Works from any folder.
set -eu
cd "$(dirname "$0")/.."
. data/setup.sh

start=$(now)
echo "== 1 of 3: packages"
need_packages build
install=$(since "$start")

start=$(now)
echo "== 2 of 3: build/gapmap"
build_in build gapmap-program -DGAP_TESTS=OFF
build=$(since "$start")

start=$(now)
echo "== 3 of 3: build/gapmap run data/kyrgyzstan/kyrgyzstan.ini"
build/gapmap run data/kyrgyzstan/kyrgyzstan.ini
run=$(since "$start")

printf '\nDone: packages %s, build %s, run %s\n' "$install" "$build" "$run"
