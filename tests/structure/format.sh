# The layout is clang-format's, so that nobody argues about it. Version 14 is Debian 12's; another
# one lays out a few lines otherwise.
set -eu
cd "$GAP_SOURCE"
format=clang-format-14
command -v $format > /dev/null || format=clang-format
case $($format --version 2> /dev/null) in
*'version 14.'*) ;;
*) echo "SKIPPED: clang-format 14 is not installed"; exit 77 ;;
esac
# Many to a process: starting one takes longer than a file.
find geo layers styles tests -name '*.[ch]' | sort |
    xargs -n 32 -P "$(nproc)" $format --dry-run -Werror 2>&1 | sed -n 's/^\(.*\.[ch]\):.*error:.*/\1/p' |
    sort -u > "$OLDPWD/unformatted"
sed 's/^/run clang-format -i /' "$OLDPWD/unformatted"
[ ! -s "$OLDPWD/unformatted" ]
