# Words that do not belong: paths of one machine, hosts of registries, work left undone.
# The patterns are written so that this file does not hold what it looks for.
set -eu
cd "$GAP_SOURCE"
bad=0
sources=$(find geo layers styles data tests .ci CMakeLists.txt README.md .clang-tidy .clang-format \
    -type f -not -path '*/node_modules/*' 2> /dev/null |
    grep -E '(\.(c|h|sql|sh|scd|md|ini|txt|xml|json|mjs|js|csv|tsv)|/packages|^\.[a-z/-]+)$' | sort)

# Where it may not stand, as an egrep pattern on "file:line:text"; what it is; its pattern.
refuse() {
    if grep -nE -- "$3" $sources /dev/null | grep -vE -- "$1"; then
        echo "^ $2"
        bad=1
    fi
}
refuse '^$' 'a path of one machine' '(^|[^A-Za-z0-9_.])/(wor[k]|hom[e]|roo[t])(/|[^A-Za-z0-9_/]|$)'
refuse '^$' 'the host of a registry' 'registry\.(npmj[s]|yarnpk[g])|de[b]\.debian\.org|pyp[i]\.org|files\.pythonhoste[d]'
refuse '^(tests/|\.ci/)' 'a file that users do not have' '\.\./share[d]'
refuse '^$' 'work left undone' '(^|[^A-Za-z])(TOD[O]|FIXM[E]|XX[X]|HAC[K])([^A-Za-z]|$)'
exit "$bad"
