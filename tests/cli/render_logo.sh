# Logos: from the command line, a recipe and a theme, each seen from where it says; what is no logo
# leaves no file, and a logo that changes is a new picture.
set -eu
fail() { echo "$*"; exit 1; }
gapmap() { "$GAPMAP" "$@"; }
# refused CODE TEXT ARGUMENT...: exits with CODE and says TEXT.
refused() {
    code=$1 text=$2
    shift 2
    got=0
    gapmap render gaps -o no.png "$@" > said 2>&1 || got=$?
    [ "$got" = "$code" ] || { cat said; fail "render $*: exit $got, not $code"; }
    grep -qF -e "$text" said || { cat said; fail "render $*: does not say '$text'"; }
    [ ! -e no.png ] || fail "render $*: left a file"
}

gapmap run "$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini" > said || { cat said; fail "the run failed"; }
mv out/kyrgyzstan/kyrgyzstan.gapmap .
mkdir signs
gapmap render gaps -o signs/one.png > said        # any picture will do
gapmap render coverage -o signs/two.png --layout square > said

echo "<svg/>" > signs/text.png
head -c 5000 signs/one.png > signs/half.png
gapmap render gaps -o signs/twice.png --scale 2 > said
refused 1 "signs/none.png: No such file" --logo signs/none.png
refused 1 "signs/text.png: it is no PNG" --logo signs/one.png,signs/text.png
refused 1 "signs/half.png: it is damaged" --logo signs/half.png
refused 1 "signs: it is no regular file" --logo signs
refused 2 "logo 2 of 2 has no name" --logo signs/one.png,
refused 2 "5 logos" --logo a.png,b.png,c.png,d.png,e.png
code=0
gapmap render gaps -o signs/one.png --logo signs/one.png > said 2>&1 || code=$?
[ $code = 2 ] && grep -q "is one of the logos" said || { cat said; fail "a logo was drawn over"; }

gapmap render gaps -o plain.png > said
gapmap render gaps -o with.png --logo signs/one.png,signs/two.png > said
cmp -s plain.png with.png && fail "logos change nothing"
gapmap render gaps -o with.png --logo signs/one.png,signs/two.png --json > said
grep -q '"unchanged": true' said || fail "the same logos are drawn again"
cp with.png before.png
cp signs/two.png signs/one.png
gapmap render gaps -o with.png --logo signs/one.png,signs/two.png > said
cmp -s before.png with.png && fail "another logo is the same picture"

# From a recipe and from a theme, paths are seen from the file that names them.
mkdir elsewhere
cp signs/*.png elsewhere
rm -r signs
cat > elsewhere/r.ini <<END
[render gaps]
store = kyrgyzstan.gapmap
output = recipe.png
logo = one.png, two.png
END
gapmap run elsewhere/r.ini > said || { cat said; fail "the recipe with logos failed"; }
cmp recipe.png with.png
awk '{ print } /"gapmap": \{/ { print "\"logos\": [\"one.png\", \"two.png\"]," }' \
    "$GAP_SOURCE/styles/themes/gaps.json" > elsewhere/mine.json
gapmap render --theme elsewhere/mine.json -o theme.png > said || { cat said; fail "the theme failed"; }
cmp theme.png with.png
gapmap render --theme elsewhere/mine.json -o theme2.png --logo elsewhere/one.png > said
cmp -s theme2.png with.png && fail "--logo does not go before the theme's"
sed 's/"one.png"/"http:\/\/example.org\/one.png"/' elsewhere/mine.json > elsewhere/bad.json
code=0
gapmap render --theme elsewhere/bad.json -o no.png > said 2>&1 || code=$?
[ $code = 1 ] && grep -q "No such file" said && [ ! -e no.png ] || { cat said; fail "a web address was taken"; }

# In an atlas they lie in the file once, whatever the number of pages.
gapmap render gaps --atlas province -o plain.pdf > said
gapmap render gaps --atlas province -o with.pdf --logo elsewhere/one.png > said
more=$(($(wc -c < with.pdf) - $(wc -c < plain.pdf)))
[ $more -gt 0 ] || fail "an atlas has no logo"
gapmap render gaps -o page.pdf > said
gapmap render gaps -o page-with.pdf --logo elsewhere/one.png > said
once=$(($(wc -c < page-with.pdf) - $(wc -c < page.pdf)))
[ $more -lt $((2 * once)) ] || fail "a logo takes $more bytes in an atlas, $once on a page"
gapmap render gaps -o with.svg --logo elsewhere/one.png > said
gapmap render gaps -o plain.svg > said
[ "$(grep -c '<image' with.svg)" -gt "$(grep -c '<image' plain.svg || true)" ] || fail "no logo in the SVG"
gapmap render gaps crime-and-plans --check --lang ky,ru --layout slide,infographic --logo elsewhere/one.png > said ||
    { cat said; fail "pages with a logo break rules"; }
