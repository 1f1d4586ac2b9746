# Files and functions stay small enough to read: the budget of the house.
set -eu
notes=$PWD
cd "$GAP_SOURCE"

median() { sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : 0 }'; }
bad=0
complain() { echo "$*"; bad=1; }

# No file over 700 lines, the median .c file of the three floors at most 300.
find geo layers styles tests data -name '*.[ch]' -o -name '*.sql' -o -name '*.sh' |
    xargs wc -l | awk '$2 != "total" && $1 > 700 { print $2 ": " $1 " lines, over 700" }' > "$notes/long"
[ ! -s "$notes/long" ] || { cat "$notes/long"; bad=1; }
files=$(find geo layers styles -name '*.c' | xargs -n 1 wc -l | median)
[ "$files" -le 300 ] || complain "the median file has $files lines, over 300"

# Functions as clang-format lays them out: opened outside of any by a line that ends in ") {",
# closed by "}" in the first column. One over 80 lines says above it why: "Long because ...".
find geo layers styles -name '*.[ch]' | sort | xargs awk '
FNR == 1 { inside = 0; excuse = 0 }
!inside && /Long because/ { excuse = 1 }
!inside && (/^$/ || /^}/ || /;$/) { excuse = 0 }
!inside && /\) \{$/ { inside = 1; from = FNR }
inside && /^}/ { inside = 0; print FNR - from + 1, FILENAME ":" from, excuse; excuse = 0 }
' > "$notes/functions"
awk '$1 > 80 && !$3 { print $2 ": a function of " $1 " lines, over 80"; bad = 1 }
     END { exit bad }' "$notes/functions" || bad=1
middle=$(cut -d' ' -f1 "$notes/functions" | median)
[ "$middle" -lt 18 ] || complain "the median function has $middle lines, not under 18"

echo "$(wc -l < "$notes/functions") functions, median $middle lines; median file $files lines"
exit "$bad"
