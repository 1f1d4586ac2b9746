# The root holds what the house says, and nothing else.
set -eu
cd "$GAP_SOURCE"
if [ -e .git ] && command -v git > /dev/null; then
    tops=$(git -c safe.directory='*' ls-files --cached --others --exclude-standard | cut -d/ -f1)
else
    tops=$(ls -A | grep -vE '^(build.*|out|\.git)$')
fi
tops=$(echo "$tops" | sort -u | grep -v '^\.' | LC_ALL=C sort | tr '\n' ' ')
want="CMakeLists.txt LICENSE README.md data geo layers styles tests "
[ "$tops" = "$want" ] || { printf 'the root holds: %s\nit should hold: %s\n' "$tops" "$want"; exit 1; }
