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
bad=0
for file in $(find geo layers styles tests -name '*.[ch]' | sort); do
    $format --dry-run -Werror "$file" 2> /dev/null ||
        { echo "run clang-format -i $file"; bad=1; }
done
exit "$bad"
