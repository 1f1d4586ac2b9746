# render --atlas district of a made country: a page for each district, a table that goes on over
# three pages and loses no row, an index and bookmarks that lead to the right pages.
set -eu
fail() { echo "$*"; exit 1; }
store=made.gapmap

# One province of two districts: the left one of 60 squares, the right one of three strips. In
# every third square nobody is beyond reach.
awk 'BEGIN {
    print "code,level,parent,name_en,boundary_quality,geom" > "areas.csv"
    print "area,year,people,basis" > "people.csv"
    print "code,name_en,kind,status,lon,lat" > "points.csv"
    box("P", "province", "XX", "Made province", 72, 40, 75, 42)
    box("L", "district", "P", "Left", 72, 40, 74, 42)
    box("R", "district", "P", "Right", 74, 40, 75, 42)
    for (i = 0; i < 60; i++) {
        x = 72 + (i % 10) / 5; y = 40 + int(i / 10) / 3
        of(sprintf("L%02d", i), "L", sprintf("Square %02d", i), x, y, x + 0.2, y + 1 / 3, 1000 + 37 * i)
        if (i % 3 == 0)
            printf "S%02d,Station %02d,station,open,%.6f,%.6f\n", i, i, x + 0.1, y + 1 / 6 > "points.csv"
    }
    for (i = 0; i < 3; i++)
        of(sprintf("R%02d", i), "R", sprintf("Strip %02d", i), 74, 40 + 2 * i / 3, 75, 40 + 2 * (i + 1) / 3, 5000)
    printf "P,2025,%d,published\n", all > "people.csv"
}
function box(code, level, parent, name, w, s, e, n) {
    printf "%s,%s,%s,%s,official,\"POLYGON((%.6f %.6f, %.6f %.6f, %.6f %.6f, %.6f %.6f, %.6f %.6f))\"\n", code, level, parent, name, w, s, e, s, e, n, w, n, w, s > "areas.csv"
}
function of(code, parent, name, w, s, e, n, people) {
    box(code, "municipality", parent, name, w, s, e, n)
    printf "%s,2025,%d,published\n", code, people > "people.csv"
    all += people
}'
"$GAPMAP" init $store > said
"$GAPMAP" load boundaries areas.csv --store $store --country "XX; Made; Made; Made" > said 2>&1 || { cat said; fail "no areas"; }
"$GAPMAP" load people people.csv --store $store > said 2>&1 || { cat said; fail "no people"; }
"$GAPMAP" load police_points points.csv --set precision=exact --store $store > said 2>&1 || { cat said; fail "no points"; }
echo 'area,year,offence,count,basis
P,2025,all_registered,500,published' > crime.csv
"$GAPMAP" load crime crime.csv --store $store > said 2>&1 || { cat said; fail "no crime"; }
for step in join demand "coverage --within 8km" gaps; do
    "$GAPMAP" $step --store $store > said 2>&1 || { cat said; fail "$step failed"; }
done
"$GAPMAP" render gaps coverage --atlas district -o atlas.pdf --store $store > said 2>&1 ||
    { cat said; fail "no atlas of districts"; }
if ! command -v pdftotext > /dev/null || ! command -v pdftohtml > /dev/null; then
    echo "SKIPPED: pdftotext, the second opinion on pages (poppler-utils), is not installed"
    exit 0
fi

# Two maps of each district; the table of the left one stands on two more pages.
pdftohtml -xml -i -stdout atlas.pdf | grep '<item' | sed 's/<[^"]*"//; s/">/ /; s/<.*//; s/:.*//' > marks
cat > wanted <<'END'
1 Contents
2 Left
3 Left
4 Left (continued)
5 Left (continued)
6 Right
7 Right
END
cmp marks wanted || { cat marks; fail "the bookmarks are others"; }
pdftotext -layout -f 1 -l 1 atlas.pdf page
grep -qE 'Left +[0-9,]+ +2 +Right +[0-9,]+ +6' page || { cat page; fail "the index leads elsewhere"; }
for at in 2:4 3:4 4:5; do
    pdftotext -layout -f ${at%:*} -l ${at%:*} atlas.pdf page
    grep -q "more on page ${at#*:}: [0-9,]* people beyond reach" page || { cat page; fail "page ${at%:*} does not lead on"; }
    grep -q "${at%:*} */ *7" page || { cat page; fail "page ${at%:*} has no number"; }
done
# rows PAGE...: name and people beyond reach of each line of a table
rows() {
    for page in "$@"; do
        pdftotext -layout -f "$page" -l "$page" atlas.pdf - | awk '/^ *Municipality/ { on = 1; next }
            /more on page|^ *Sources/ { on = 0 }
            on && NF > 3 { n = split($0, f, /  +/); b = f[3]; gsub(",", "", b); print f[1] "\t" b }'
    done
}
# check PAGES COUNT: each municipality once, their figures the district's.
check() {
    rows $1 > table
    awk -F '\t' -v want="$2" 'NR == 1 { whole = $2; next } { n++; s += $2; twice += seen[$1]++ }
        END { print n, s, whole, twice; exit n != want || s != whole || !whole || twice }' table > sum ||
        { cat table sum; fail "the table of pages $1 lacks rows or does not add up"; }
}
check "2 4 5" 60
check 6 3
exit 0
