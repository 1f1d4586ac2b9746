#!/bin/sh
# Installs what building and testing need (says what, before), builds in build/ and runs all tests
# but the slow ones: sh tests/run.sh [CTEST OPTION...], e.g. -L unit, -R coverage.
# Safe to repeat. The last line counts: N passed, N failed, N skipped.
set -eu
cd "$(dirname "$0")/.."
. data/setup.sh
. tests/count.sh

echo "== Packages"
need_packages build test
# Not listed as `test`: other makers' nodejs brings an npm of its own and refuses Debian's.
[ "${CI:-}" != true ] || command -v npm > /dev/null || need_packages npm

echo "== Build"
werror=OFF # other compilers have other opinions
case $(${CC:-cc} --version) in *'Free Software Foundation'*) werror=ON ;; esac
build_in build all -DGAP_TESTS=ON -DGAP_WERROR=$werror

echo "== Tests"
run_tests build 'slow|fuzz|bench' "$@"
