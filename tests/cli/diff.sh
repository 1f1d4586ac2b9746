# What changed: told where a source is loaded again, and by `gapmap diff` of sources and stores.
set -eu
fail() { echo "$*"; exit 1; }
# gives CODE TEXT ARGUMENT...: gapmap exits with CODE and says TEXT.
gives() {
    code=$1 text=$2
    shift 2
    got=0
    "$GAPMAP" "$@" > said 2>&1 || got=$?
    [ "$got" = "$code" ] || { cat said; fail "gapmap $*: exit $got, not $code"; }
    grep -qF -e "$text" said || { cat said; fail "gapmap $*: does not say '$text'"; }
}
silent_of() {
    ! grep -qF -e "$1" said || { cat said; fail "says '$1'"; }
}

data=$GAP_SOURCE/data/kyrgyzstan
"$GAPMAP" load boundaries "$data/odbl/provinces.geojson" --store s.gapmap > /dev/null
header=code,name_en,kind,status,precision,officers,lon,lat
{
    echo $header
    echo a,Alpha,point,open,exact,10,74.60,42.87
    echo b,Beta,point,open,exact,20,74.61,42.87
    echo c,Gamma,point,open,exact,30,74.70,42.87
} > points.csv
gives 0 "3 rows read, 3 kept" load police_points points.csv
silent_of "what changed"
gives 0 unchanged load police_points points.csv
silent_of "what changed"
cp s.gapmap old.gapmap

{
    echo $header
    echo a,Alpha,station,open,exact,11,74.60,42.87
    echo b,Beta,point,open,exact,40,74.62,42.87
    printf 'd,\033[31mDelta; DROP TABLE area,point,open,exact,30,74.70,42.87\n'
} > points.csv
"$GAPMAP" dump --store s.gapmap > before
gives 0 "what changed: 1 row gone, 1 row added, 1 row moved, 1 field changed, 2 figures changed" \
    load police_points points.csv --dry-run --store s.gapmap
grep -q "b  *moved .* 817.1 m" said || fail "$(cat said)"
"$GAPMAP" dump --store s.gapmap > after
cmp before after || fail "a dry run changed the store"
gives 2 "--changed-by: '10' is no share; write 10% or 0.1" load police_points points.csv \
    --changed-by 10 --store s.gapmap
gives 2 "is no share" load police_points points.csv --changed-by=-5% --store s.gapmap
gives 2 "is no share" load police_points points.csv --changed-by half --store s.gapmap
"$GAPMAP" load police_points points.csv --changed-by "10 %" --json --store s.gapmap > said
grep -q '"figures_changed": 1,' said && grep -q '"figures_changed_less": 1,' said ||
    fail "$(cat said)"

# Two stores, either way round; nothing of them changes.
for file in old.gapmap s.gapmap; do sha256sum $file; done > before
gives 0 "police_points  c" diff old.gapmap s.gapmap
grep -q "sources .*police_points/points .*changed .*sha256" said || fail "$(cat said)"
gives 0 "1 row gone, 1 row added, 1 row moved, 2 fields changed, 1 figure changed by more than" \
    diff s.gapmap old.gapmap --changed-by 0.4
gives 0 "nothing changed" diff s.gapmap s.gapmap
gives 0 "1 row gone, 1 row added, 1 row moved" diff points old.gapmap --store s.gapmap
gives 0 "officers" diff old.gapmap police_points/points --store s.gapmap
gives 2 "no source 'nothing'; loaded: boundaries/provinces, police_points/points" \
    diff nothing points --store s.gapmap
gives 2 "of different layers" diff points provinces --store s.gapmap
gives 1 "no such store" diff missing.gapmap s.gapmap
echo text > text.gapmap
gives 1 "not a gapmap store" diff s.gapmap text.gapmap
gives 2 "diff A B" diff s.gapmap
"$GAPMAP" diff old.gapmap s.gapmap --json > said
[ "$(sqlite3 :memory: "SELECT value ->> 'change' FROM json_each(readfile('said'), '\$.differences')
    WHERE value ->> 'what' = 'moved'")" = "817.1 m" ] || fail "$(cat said)"
for file in old.gapmap s.gapmap; do sha256sum $file; done > after
cmp before after || fail "a comparison changed a store"

# What a file says can move no cursor and break no statement.
printf 'code,kind,status,precision,lon,lat\n"x\033[2J\n",point,open,exact,74.6,42.8\n' > bad.csv
"$GAPMAP" load police_points bad.csv --store s.gapmap > /dev/null
printf "code,kind,status,precision,lon,lat\n\"'); DROP TABLE area; --\",point,open,exact,74.6,42.8\n" \
    > bad.csv
gives 0 "'); DROP TABLE area; --" load police_points bad.csv --store s.gapmap
! grep -q "$(printf '\033')" said || fail "an escape sequence came through"
gives 0 "All checks hold" check --store s.gapmap

# A unit that is no more, and where its people went.
printf 'old,new,share,on,old_name\nX-1,KG-C,0.25,2020-01-01,Old\nX-1,KG-B,0.75,2020-01-01,\n' > ch.csv
printf 'area,year,people,basis\nOld,2015,1001,published\n' > people.csv
gives 1 "a former unit is known once 'gapmap load changes FILE'" load people people.csv \
    --store s.gapmap
gives 0 "2 kept" load changes ch.csv --store s.gapmap
gives 0 "1 kept" load people people.csv --store s.gapmap
gives 0 "Figures that came from former units" explain KG-B --store s.gapmap
grep -q "people .*2015 .*X-1 .*1001 .*751 .*counts" said || fail "$(cat said)"
gives 0 "Figures given for it, a former unit" explain X-1 --store s.gapmap
gives 1 "figures of X-1 of people/people need the changes" unload changes/ch --store s.gapmap
printf 'old,new,share,on\nX-1,KG-C,0.25,2020-01-01\nX-1,KG-B,0.7,2020-01-01\n' > ch.csv
gives 1 "the shares of the old unit 'X-1' add up to 0.95, not to 1" load changes ch.csv \
    --store s.gapmap
gives 0 "All checks hold" check --store s.gapmap
