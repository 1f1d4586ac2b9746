# Ctrl-C or SIGTERM while an atlas, a sheet or a set of pages is drawn: exit 1, one clear line, no
# file but whole ones. A folder that a file stands in the place of: the same.
set -eu
fail() { echo "$*"; exit 1; }
"$GAPMAP" run "$GAP_SOURCE/data/kyrgyzstan/kyrgyzstan.ini" > said 2>&1 || { cat said; fail "the run failed"; }
store=out/kyrgyzstan/kyrgyzstan.gapmap

# stopped SIGNAL AFTER ARGUMENT...: the signal comes once the program listens, and a while later.
stopped() {
    signal=$1 after=$2 code=0
    shift 2
    "$GAPMAP" render --store $store "$@" > said 2>&1 &
    pid=$!
    until grep -qE '^SigCgt:.*[4-7c-f][0-9a-f]{3}$' /proc/$pid/status; do # bit 14: SIGTERM
        kill -0 $pid 2> /dev/null || { cat said; fail "render $*: ended before it was stopped"; }
        sleep 0.01
    done
    sleep "$after"
    kill -$signal $pid
    wait $pid || code=$?
    [ "$code" = 1 ] || { cat said; fail "render $*: exit $code after $signal, not 1"; }
    grep -q 'stopped' said || { cat said; fail "render $*: does not say that it was stopped"; }
    [ -z "$(find . -name '.gapmap-*')" ] || fail "render $*: half a file is left after $signal"
}

for signal in INT TERM; do
    for after in 0.01 0.4; do
        stopped $signal $after gaps coverage people gap-and-plan --atlas province -o atlas.pdf
        stopped $signal $after all --contact-sheet --lang ky,ru,en --layout slide,a4 -o sheet.png
        stopped $signal $after all --lang ky,ru,en --layout slide,a4,a3 --scale 1,2 -o pages
        stopped $signal $after all --lang ky,ru,en --layout slide,a4,a3 --check
    done
done
[ ! -e atlas.pdf ] && [ ! -e sheet.png ] || fail "a stopped call left its file"
for file in pages/*.png; do # those that were drawn are whole: the last chunk of a PNG is IEND
    [ ! -e "$file" ] || tail -c 8 "$file" | grep -q IEND || fail "$file is half a picture"
done
"$GAPMAP" check --store $store > said 2>&1 || { cat said; fail "the store does not pass"; }

# The folder vanishes: a file stands there when the page is to be written.
mkdir gone
"$GAPMAP" render gaps --atlas province -o gone/atlas.pdf --store $store > said 2>&1 &
pid=$! code=0
rmdir gone
echo > gone
wait $pid || code=$?
[ "$code" = 1 ] || { cat said; fail "exit $code without the folder"; }
grep -qF 'gone/atlas.pdf: cannot be written' said || { cat said; fail "nothing tells of the folder"; }
