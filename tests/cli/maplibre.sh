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

manual=$GAP_SOURCE/styles/gapmap-styles.scd
awk '/^```$/ { inside = !inside; next } inside' "$manual" > example.json
awk '/themes\/mine.json << / { inside = 1; next } /^END$/ { inside = 0 } inside' \
    "$GAP_SOURCE/tests/cli/render_picture.sh" > picture.json
validate "$GAP_SOURCE"/styles/themes/*.json example.json picture.json || fail "MapLibre refuses a theme"

# It does find what is wrong.
sed 's/"circle-color"/"circle-colour"/' "$GAP_SOURCE/styles/themes/coverage.json" > wrong.json
validate wrong.json > said && fail "the validator takes circle-colour"
grep -q 'unknown property "circle-colour"' said || fail "$(cat said)"

# What the manual's tables say of properties and operators is what the specification says.
cat > tables.cjs << 'END'
const {v8, expressions} = require('@maplibre/maplibre-gl-style-spec');
const {readFileSync} = require('fs');
const bad = (...what) => { console.log(...what); process.exitCode = 1; };
const ours = { // where a page does otherwise, for reasons that the manual gives
    'text-anchor': 'default', 'text-font': 'default', 'text-halo-color': 'default',
    'line-dasharray': 'values',
};
let checked = 0, properties = {};

function property(type, name, under, value, stated) {
    const spec = v8[`${under}_${type === 'any layer' ? 'fill' : type}`][name];
    if (!spec) return bad(type, name, `is no property under ${under}`);
    if (spec.type === 'array') {
        if (value !== (spec.value === 'enum' ? `a list of ${Object.keys(spec.values).slice(0, -1)
            .join(', ')} or ${Object.keys(spec.values).at(-1)}` : 'a list of two numbers') &&
            !(name in ours)) bad(type, name, spec.value, value);
        if (String(spec.default ?? 'none').replace(',', ', ') !== stated && !(name in ours))
            bad(type, name, spec.default, stated);
        (properties[type] ??= new Set()).add(name);
        return checked++;
    }
    const range = value.match(/^a number(?:, (\d+) or more| from (-?\d+) to (\d+))?$/);
    if (range ? spec.type !== 'number' : spec.type === 'number') bad(type, name, spec.type, value);
    if (range && (String(spec.minimum ?? '') !== (range[1] ?? range[2] ?? '') ||
                  String(spec.maximum ?? '') !== (range[3] ?? '')))
        bad(type, name, spec.minimum, spec.maximum, value);
    if ((value === 'a colour') !== spec.type.startsWith('color')) bad(type, name, spec.type, value);
    if (spec.type === 'enum')
        for (const one of value.split(/, | or /))
            if (!(one in spec.values)) bad(type, name, `has no ${one}`);
    const otherwise = String(spec.default || (spec.type === 'number' ? 0 : 'none')).toLowerCase();
    if (!(name in ours) && otherwise !== stated)
        bad(type, name, otherwise, stated);
    (properties[type] ??= new Set()).add(name);
    checked++;
}

const manual = readFileSync(process.argv[2], 'utf8');
const named = new Set();
let heading, row = [];
for (const line of manual.split('\n')) {
    if (line.startsWith('## ')) heading = line.slice(3);
    const cell = line.match(/^([|:])  (.*)$/)?.[2].replace(/\\(.)/g, '$1');
    if (line.startsWith('|  ')) row = [];
    if (cell === undefined) continue;
    row.push(cell);
    if (row.length === 4 && heading !== 'operators') property(heading, ...row);
    if (row.length === 4 && heading === 'operators' && ++checked &&
        !(row[0] in expressions))
        bad(row[0], 'is no operator');
    if (row.length === 4) named.add(row[0]);
}
// What MapLibre has besides is named as that: operators, but those of its own workings.
const foreign = (text) => text.replace(/\\/g, '').match(/[a-z][a-z-]*/g) ?? [];
for (const section of manual.split('\n## ')) { // properties, type by type
    const type = section.split('\n')[0];
    const besides = foreign(section.match(/MapLibre has besides, and no page shows:\n((?:_.*\n)*)/)?.[1] ?? '');
    const known = {...v8[`layout_${type}`], ...v8[`paint_${type}`]};
    for (const name of besides)
        if (!(name in known) || properties[type].has(name)) bad(type, name, 'is no property besides');
    for (const name of Object.keys(known))
        if (name !== 'visibility' && !properties[type].has(name) && !besides.includes(name))
            bad('the manual does not name the property', type, name);
}
const others = manual.match(/MapLibre has besides:\n((?:_.*\n)*)/);
for (const name of foreign(others?.[1] ?? ''))
    if (!(name in expressions) || named.has(name)) bad(name, 'is no operator besides');
for (const name of Object.keys(expressions))
    if (!named.has(name) && !foreign(others?.[1] ?? '').includes(name) &&
        !/^filter-|^semiliteral$|^error$/.test(name))
        bad('the manual does not name the operator', name);
if (checked < 60) bad(`only ${checked} rows were found`);
END
node tables.cjs "$manual" || fail "the manual and MapLibre's specification differ"

# Expressions give here what they give there; tests/unit/test_style_expr.c holds the same table.
cat > expressions.cjs << 'END'
const {createExpression} = require('@maplibre/maplibre-gl-style-spec');
const {readFileSync} = require('fs');
const row = {a: 3, b: -2, t: 'plan', colour: '#ff0000', empty: null};

function value(expression, type) {
    const read = createExpression(expression, 'here', type ? {type} : null);
    if (read.result !== 'success') return read.value.map(({message}) => message).join();
    let value = null;
    try {
        value = read.value.evaluateWithoutErrorHandling({zoom: 6}, {properties: row, type: 1});
    } catch { /* an error of evaluation is null here */ }
    if (typeof value === 'number')
        return Number.isFinite(value) ? Number(value.toPrecision(9)) : null;
    return value !== null && typeof value === 'object' ? String(value) : value;
}

const rows = JSON.parse(readFileSync(process.argv[2], 'utf8')).slice(1);
for (const [expression, told, type] of rows) {
    const got = value(expression, type);
    if (got === told) continue;
    console.log(JSON.stringify(expression), 'gives', got, 'not', told);
    process.exitCode = 1;
}
if (rows.length < 100) throw new Error(`only ${rows.length} rows`);
END
node expressions.cjs "$GAP_SOURCE/tests/unit/expressions.json" || fail "expressions differ"
