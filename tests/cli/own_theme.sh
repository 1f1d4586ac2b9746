# A theme of one's own: what gapmap-styles(7) tells is done to the letter, and what is wrong with a
# theme is told without a file being left.
set -eu
fail() { echo "$*"; exit 1; }
manual=$GAP_SOURCE/styles/gapmap-styles.scd
gapmap() { "$GAPMAP" "$@"; }

gapmap run "$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini" > said || { cat said; fail "the run failed"; }
mv out/kyrgyzstan/kyrgyzstan.gapmap .

# The commands of the manual, as they stand there.
awk '/^# / { inside = /A THEME OF YOUR OWN/ } inside && /^(\t|sed |gapmap )/ {
         sub(/^\t/, ""); sub(/\+\+$/, ""); print }' "$manual" > steps
[ "$(wc -l < steps)" = 3 ] || fail "the manual's steps are: $(cat steps)"
. ./steps
[ -s mine.png ] || fail "the manual's steps draw nothing"

# One colour is another, and all else is as it was.
gapmap render gaps --print-theme | cmp - "$GAP_SOURCE/styles/themes/gaps.json"
gapmap render gaps -o gaps.svg
gapmap render --theme mine.json -o mine.svg
cmp -s gaps.svg mine.svg && fail "another colour is the same map"
old='rgb(83.529412%,36.862745%,0%)' new='rgb(55.686275%,0.392157%,32.156863%)'
grep -qF "$old" gaps.svg || fail "the map of gaps does not have the colour that is changed"
sed "s/$old/$new/g" gaps.svg | cmp - mine.svg
[ "$(grep -cF "$old" mine.svg)" = 0 ] || fail "the old colour is left"

# The theme that the manual shows in full is one, in every language.
awk '/^```$/ { inside = !inside; next } inside' "$manual" > rates.json
gapmap render --theme rates.json -o '{map}-{lang}.svg' --lang ky,ru,en
for lang in ky ru en; do
    grep -q 'rgb(19.215686%,50.980392%,74.117647%)' rates-$lang.svg || fail "no rates in $lang"
done

# refused CODE TEXT: bad.json is refused, in words that name it, and no file is left.
refused() {
    code=0
    gapmap render --theme bad.json -o bad.png > said 2>&1 || code=$?
    [ "$code" = "$1" ] || { cat said; fail "a bad theme: exit $code, not $1"; }
    grep -qF -e "$2" said || { cat said; fail "a bad theme: no word of '$2'"; }
    [ "$(wc -c < said)" -lt 2000 ] || fail "a bad theme: an endless message"
    [ -z "$(find . -name '*bad*' ! -name bad.json)" ] || fail "a bad theme left a file"
    rm -rf bad.json
}
spoil() { sed "$1" rates.json > bad.json; }
spoil 's/fill-pattern/fill-patern/'
refused 1 "bad.json: layer 'unknown': layers[2].paint.fill-patern is not supported; did you mean 'fill-pattern'?"
spoil 's/"hatch-up"/"hatch-op"/'
refused 1 "layers[2].paint.fill-pattern: 'hatch-op' is not known here; did you mean 'hatch-up'?"
spoil 's/"text-size": 20/"text-size": "20"/'
refused 1 "layer 'names': layers[4].layout.text-size: a number is wanted, this is text"
spoil 's/"crime_rate"/"crime_rate", "x"/'
refused 1 "layer 'rates': layers[1].filter: has has 2 arguments, which is too many"
spoil 's/"title": "legend_rate"/"titel": "legend_rate"/'
refused 1 "bad.json: metadata.gapmap.panel[0]"
spoil 's/"legend_rate"/"legend_rates"/'
refused 1 "metadata.gapmap.panel[0].title: there is no word 'legend_rates' in the group 'crime-and-plans'"
spoil '/"words"/d'
refused 1 "bad.json: title: there is no word 'title' in the group 'rates'"
spoil 's/"quantile"/"quantiles"/'
refused 1 "bad.json: metadata.gapmap.classes.rates: 'quantiles' is no method"
spoil 's/"layer": "rates"/"layer": "rate"/'
refused 1 "the style has no layer 'rate'"
spoil 's/"gapmap:provinces"/"gapmap:provinzes"/'
refused 2 "bad.json: sources.provinces: no layer 'provinzes'; did you mean 'provinces'?"
spoil 's/\["get", "name"\]/["get", "name"/'
refused 1 "bad.json, line 2"
spoil 's/"source": "provinces"/"ref": "rates"/'
refused 1 "layers[1].ref is not supported"
spoil '/"layers"/,$d'
refused 1 "bad.json, line"
echo '{"version": 8, "name": "t", "metadata": {"gapmap": {}}}' > bad.json
refused 1 "bad.json: layers: a list of at most 200 is wanted"
: > bad.json
refused 1 "bad.json, line"
head -c 10485760 /dev/zero | tr '\0' ' ' > bad.json
refused 1 "bad.json: it is larger than 1 MiB"
head -c 100000 /dev/zero | tr '\0' '[' > bad.json
refused 1 "at most 1 MiB and 64 levels"
printf '{"version":\0 8}' > bad.json
refused 1 "bad.json: a zero byte"
printf '{"version": 8, "name": "\377"}' > bad.json
refused 1 "bad.json, line 1"
mkdir bad.json
refused 1 "bad.json: it is no regular file"
mkfifo bad.json
refused 1 "bad.json: it is no regular file"
refused 1 "bad.json: No such file"

# A folder that is a file, a folder that is gone while nothing was drawn: no half map.
: > full
code=0
gapmap render --theme rates.json -o full/map.png > said 2>&1 || code=$?
[ "$code" = 1 ] && grep -q full said || { cat said; fail "a folder that is a file: exit $code"; }
[ ! -s full ] || fail "a file was taken for a folder"
