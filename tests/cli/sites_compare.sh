# Two proposals beside each other: whom one covers and the other does not, adding up to what each
# covers in all, also over other limits and runs; the layer of the last; what is refused.
set -eu
fail() { echo "$*"; exit 1; }
cp -r "$GAP_SOURCE/data" data
chmod -R u+w data
"$GAPMAP" run --quiet data/kyrgyzstan/kyrgyzstan.ini > /dev/null 2>&1 || fail "the run failed"
store="--store out/kyrgyzstan/kyrgyzstan.gapmap"
sites() { "$GAPMAP" sites $store "$@"; }
field() { sed -n "s/^ \"$1\": \(.*[^,]\),*$/\1/p" said; }

sites --run '5 km' --any -n 5 --label people --json > people.json
sites --run '5 km' --any -n 5 --crime --label crime --json > crime.json
sites --run '5 km' --any -n 2 --within '7 km' --label wider --json > wider.json
sites --run '3 km' --any -n 5 --label near --json > near.json
for pair in people,crime crime,people people,wider near,people; do
    sites --compare $pair --json -o areas.csv > said || { cat said; fail "$pair"; }
    a=$(sed -n 's/^ "covered": \([0-9.]*\).*/\1/p' "${pair%,*}.json")
    b=$(sed -n 's/^ "covered": \([0-9.]*\).*/\1/p' "${pair#*,}.json")
    awk -F, -v want="$(field only_first) $(field only_second) $(field both) $a $b" 'NR > 1 {
        first += $4; second += $5; both += $6; if ($7 != $5 - $4) bad = 1 }
        END { split(want, w, " "); exit bad || first != w[1] || second != w[2] || both != w[3] ||
            second - first != w[5] - w[4] || first + second == 0 }' areas.csv ||
        { cat said areas.csv; fail "$pair does not add up"; }
done
sites --compare people,crime > said
grep -q "are covered by 'people' only" said && grep -q '^Their sites' said || { cat said; fail "text"; }
# A proposal and a part of it: nobody is covered by the part only.
sites --run '5 km' --any -n 3 --label part > /dev/null
sites --compare part,people --json > said
[ "$(field only_first)" = 0.0 ] || { cat said; fail "a part covers more"; }

# The layer is that of the last comparison of the run of the second; it goes with its proposals.
"$GAPMAP" export site_difference $store --run '5 km' -o layer.geojson > /dev/null
grep -q '"first": "part"' layer.geojson && grep -q '"only_second"' layer.geojson || fail "the layer"
sites --run '5 km' --any -n 3 --label part > said
grep -q "'part' stands" said || { cat said; fail "the same proposal is made anew"; }
"$GAPMAP" export site_difference $store --run '5 km' -o layer.geojson > /dev/null
grep -q '"first": "part"' layer.geojson || fail "a proposal that stands has lost its comparison"
sites --run '5 km' --any -n 2 --label part > /dev/null
"$GAPMAP" export site_difference $store --run '5 km' -o layer.geojson > /dev/null
grep -q '"first": "people"' layer.geojson || fail "the layer of a proposal that was made anew"
"$GAPMAP" check $store > said 2> /dev/null || { cat said; fail "the store does not check"; }

# refused CODE TEXT OPTION...
refused() {
    code=$1 text=$2
    shift 2
    got=0
    sites "$@" > said 2>&1 || got=$?
    [ $got = "$code" ] && grep -qF -- "$text" said || { cat said; fail "$*: $got, not '$text'"; }
}
refused 2 "no proposal 'peple'; did you mean 'people'?" --compare peple,crime
refused 2 "there are '5 km covering', 'crime', 'near'" --compare people,nothing-like-it
refused 2 'is compared with itself' --compare people,people
refused 2 'name two proposals' --compare people
refused 2 'name two proposals' --compare people,crime,near
refused 2 '--number: not with --compare' --compare people,crime -n 3
refused 2 'its name ends in .csv' --compare people,crime -o x.png
