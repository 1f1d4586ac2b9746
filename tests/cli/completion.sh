# What bash offers, by the script that the program prints.
set -eu
command -v bash > /dev/null || { echo "skipped: no bash here"; exit 77; }
"$GAPMAP" completion bash > completion
"$GAPMAP" completion zsh > _gapmap
head -n 1 _gapmap | grep -qx '#compdef gapmap'
if command -v zsh > /dev/null; then zsh -n _gapmap; fi
touch "two words.gapmap" table.csv

cat > try.bash << 'END'
source ./completion
compopt() { :; }
bad=0
# words of a line; then what must be offered for the last, all of it with "only", by '|'
offers() {
    local how=$1 want=$2
    shift 2
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _gapmap
    local got
    got=$(IFS='|'; echo "${COMPREPLY[*]}")
    case $how in
    only) [ "$got" = "$want" ] ;;
    also) [[ "|$got|" = *"|$want|"* ]] ;;
    esac || { echo "$*: '$got', wanted $how '$want'"; bad=1; }
}
offers also run gapmap r
offers also --version gapmap --
offers only doctor gapmap doc
offers only --only gapmap run --on
offers only --store gapmap doctor --s
offers only '' gapmap doctor --nope
offers only '' gapmap nope ''
offers only '' gapmap run --only ''
offers also 'two words.gapmap' gapmap doctor --store t
offers also 'two words.gapmap' gapmap doctor --store = t
offers only table.csv gapmap run ta
offers also mobile_group gapmap coverage --kinds ''
offers only mobile_group gapmap coverage --kinds = mob
offers only table.csv gapmap render -o tab
exit $bad
END
bash try.bash
