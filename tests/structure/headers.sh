# Every header compiles alone, and twice.
set -eu
cd "$GAP_SOURCE"
flags=$(pkg-config --cflags glib-2.0 gio-2.0 jansson icu-uc gdal proj geos sqlite3 spatialite \
    cairo pangocairo libpng zlib cmocka)
bad=0
for header in $(find geo layers styles tests -name '*.h'); do
    printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
        ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -fsyntax-only -Wall -Wextra -Werror -Wno-unused-function -DGAP_SOURCE='""' -I. \
            $flags -xc - ||
        { echo "$header does not compile alone"; bad=1; }
done
exit "$bad"
