# The shipped themes, and the styles that the manual shows, pass MapLibre's own validator, and the
# manual's table of properties says what MapLibre's specification says. What npm fetches stays in
# the build folder.
set -eu
package=@maplibre/maplibre-gl-style-spec version=26.6.0
home=$GAP_BUILD/npm
fail() { echo "$*"; exit 1; }
skip() { echo "SKIPPED: MapLibre's check of the themes: $*"; exit 77; }

command -v npm > /dev/null || skip "npm is not installed (package npm)"
export NODE_PATH=$home/node_modules
here() { node -p "require('$NODE_PATH/$package/package.json').version" 2> /dev/null; }
if [ "$(here)" != $version ]; then
    mkdir -p "$home"
    npm install --prefix "$home" --cache "$home/cache" --no-audit --no-fund --ignore-scripts \
        --fetch-retries=1 $package@$version > said 2>&1 || { cat said; skip "npm cannot fetch $package"; }
fi

# validate FILE...: prints what the validator finds, FILE: LINE: MESSAGE; fails where it finds any.
cat > validate.cjs << 'END'
const {validateStyleMin} = require('@maplibre/maplibre-gl-style-spec');
const {readFileSync} = require('fs');
for (const file of process.argv.slice(2))
    for (const {message} of validateStyleMin(JSON.parse(readFileSync(file, 'utf8')))) {
        console.log(`${file}: ${message}`);
        process.exitCode = 1;
    }
END
validate() { node validate.cjs "$@"; }

validate "$GAP_SOURCE"/styles/themes/*.json || fail "MapLibre refuses a theme"

# It does find what is wrong.
sed 's/"circle-color"/"circle-colour"/' "$GAP_SOURCE/styles/themes/coverage.json" > wrong.json
validate wrong.json > said && fail "the validator takes circle-colour"
grep -q 'unknown property "circle-colour"' said || fail "$(cat said)"
