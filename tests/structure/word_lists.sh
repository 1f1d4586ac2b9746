# Word lists: every key in every language, every key that code or a theme names exists, every key is
# named by one of them, and every {place} is a fact.
set -eu
cd "$GAP_SOURCE"
list=styles/words/maps.ini
bad=0
say() {
    echo "$1"
    bad=1
}

# "group key language" of each word.
spoken=$(awk -F'[][]' '/^\[/ { group = $2; next } /^[^#=]+\[[a-z]+\]=/ { print group, $1, $2 }' "$list")
echo "$spoken" | awk '{ n[$1 " " $2]++ } END { for (k in n) if (n[k] != 3) print k }' > lacking.$$
while read -r key; do say "$list: $key is not in ky, ru and en, once each"; done < lacking.$$
rm lacking.$$

# Keys without the variants of runs (title.travel); those of a group that values are looked up in
# need no name: they stand for what a column may hold, and tests/unit/test_scene.c knows these.
keys=$(echo "$spoken" | awk '{ sub(/\..*/, "", $2); print $1, $2 }' | sort -u)
has() {
    echo "$keys" | grep -qxF "$1 $2"
}
anywhere() {
    echo "$keys" | grep -qE "^[^ ]+ $1\$"
}

sources=$(find styles layers -name '*.c')
for key in $(grep -ohE 'gap_map_say[a-z_]*\((map|one), "[^"]+"' $sources | sed 's/.*"\(.*\)"/\1/' | sort -u); do
    anywhere "$key" || say "$list: no word for '$key', which code says"
done
for pair in $(grep -ohE 'gap_map_word\((map|one), "[^"]+", "[^"]+"' $sources |
    sed 's/.*, "\(.*\)", "\(.*\)"/\1,\2/' | sort -u); do
    has "${pair%,*}" "${pair#*,}" || say "$list: no word for '${pair#*,}' in [${pair%,*}], which code says"
done

for theme in styles/themes/*.json; do
    text=$(tr -d '\n' < "$theme")
    groups=$(echo "$text" | grep -oE '"words": *"[^"]*"' | sed 's/.*"\(.*\)"/\1/')
    own=
    for group in $groups; do
        echo "$keys" | grep -q "^$group " || say "$theme: there is no group [$group] in $list"
        has "$group" title && own=$group
    done
    [ "$own" ] || own=$(basename "$theme" .json)
    named=$(echo "$text" | grep -oE '"(title|word|title_budget)": *"[^"]*"' | sed 's/.*"\(.*\)"/\1/')
    notes=$(echo "$text" | grep -oE '"notes": *\[[^]]*\]' | sed 's/"notes"//' | grep -oE '"[^"]*"' | tr -d '"')
    for key in title subtitle $named $notes; do
        has "$own" "$key" || has common "$key" || has insets "$key" ||
            say "$theme: no word for '$key' in [$own] or [common] of $list"
    done
done

values='kinds|ladder|plans|methods|offence|scenarios|licences'
quoted=$(grep -ohE '"[A-Za-z_][A-Za-z_-]*"' $sources styles/themes/*.json | tr -d '"' | sort -u)
echo "$keys" | grep -vE "^($values) " | while read -r group key; do
    base=$(echo "$key" | sed -E 's/_(to|from)$//; s/^aim_.*/aim_/')
    echo "$quoted" | grep -qxF -e "$key" -e "$base" || echo "$list: nothing says [$group] $key"
done > unused.$$
while read -r line; do say "$line"; done < unused.$$
rm unused.$$

facts=$(grep -ohE '"[a-z_]+"|AS [a-z_]+' $sources | sed 's/^AS //' | tr -d '"' | sort -u)
for place in $(grep -v '^#' "$list" | grep -oE '(^|[^a-z])\{[a-z_]+(}|, plural,)' | sed 's/.*{//' | tr -d '},' | sed 's/ plural//' |
    sed -E 's/_(to|from)$//' | sort -u); do
    echo "$facts" | grep -qxF "$place" || say "$list: {$place} is no fact"
done
exit "$bad"
