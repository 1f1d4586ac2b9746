# The structure tests can fail: each violation, planted in a small house, is seen and named.
set -eu
here=$GAP_SOURCE/tests/structure
failures=0

# A small house in order.
fresh_house() {
    rm -rf house
    mkdir -p house/geo/files house/geo/base house/layers house/styles/words house/styles/themes
    mkdir -p house/data house/tests
    touch house/CMakeLists.txt house/LICENSE house/README.md
    echo 'int a(void);' > house/geo/base/a.h
    printf 'int a(void) {\n    return 1;\n}\n' > house/geo/base/a.c
    printf 'void a(void) {\n    put("near", "title", "subtitle");\n}\n' > house/styles/say.c
    echo '{"words": "t", "panel": [{"title": "title"}], "notes": ["subtitle"]}' > house/styles/themes/t.json
    for word in '[t]' 'title[ky]=Жер' 'title[ru]=Место' 'title[en]=Place' 'subtitle[ky]={near} жер' \
        'subtitle[ru]=Место {near}' 'subtitle[en]=A place {near}'; do echo "$word"; done > house/styles/words/maps.ini
}

# planted CHECK FILE LINE WHAT-IT-SAYS: LINE added to FILE must make CHECK fail and say so.
planted() {
    fresh_house
    GAP_SOURCE=$PWD/house sh "$here/$1.sh" > said 2>&1 || {
        echo "$1 fails on a house in order:"; cat said; failures=1; return 0; }
    printf '%b\n' "$3" >> "house/$2"
    if GAP_SOURCE=$PWD/house sh "$here/$1.sh" > said 2>&1 || ! grep -qF -- "$4" said; then
        echo "$1 did not see '$3' in $2; it said:"; cat said; failures=1
    fi
}

# allowed CHECK FILE LINE: the same, but in order.
allowed() {
    fresh_house
    printf '%b\n' "$3" >> "house/$2"
    GAP_SOURCE=$PWD/house sh "$here/$1.sh" > said 2>&1 || {
        echo "$1 refuses '$3' in $2:"; cat said; failures=1; }
}

planted layering geo/base/a.c '#include "layers/layers.h"' 'points up'
planted layering geo/base/a.c '#include <layers/layers.h>' 'points up'
planted layering geo/base/a.c '  #  include  "styles/x.h"' 'points up'
planted layering geo/base/a.c '#/* */include "styles/x.h"' 'points up'
planted layering layers/a.c '#include "styles/commands.h"' 'points up'
planted layering geo/main.c '#include "layers/layers.h"' 'points up'
planted word_lists styles/words/maps.ini 'more[ky]=а\nmore[ru]=б' 't more is not in ky, ru and en'
planted word_lists styles/words/maps.ini 'title[en]=Twice' 't title is not in ky, ru and en'
planted word_lists styles/words/maps.ini 'more[ky]=а\nmore[ru]=б\nmore[en]=c' 'nothing says [t] more'
planted word_lists styles/words/maps.ini '[common]\nnear[ky]={far}\nnear[ru]=б\nnear[en]=c' '{far} is no fact'
planted word_lists styles/say.c 'gap_map_say(map, "gone")' "no word for 'gone'"
planted word_lists styles/say.c 'gap_map_word(map, "t", "gone")' "no word for 'gone' in [t]"
planted word_lists styles/themes/t.json '{"word": "gone"}' "no word for 'gone' in [t]"
planted word_lists styles/themes/t.json '{"words": "gone"}' 'there is no group [gone]'
allowed word_lists styles/words/maps.ini '[kinds]\ntent[ky]=а\ntent[ru]=б\ntent[en]=c'
planted layering layers/a.c '#include "../styles/x.h"' 'relative'
planted layering layers/a.c '#include "layer.h"' 'does not start at the root'
planted layering layers/a.c '#include <../styles/x.h>' 'relative'
planted layering layers/a.c '#include HEADER' 'hides'
planted layering layers/a.c '#include <gdal.h>' 'belongs to'
planted layering geo/base/a.c '#include <ogr_api.h>' 'belongs to'
planted layering layers/a.c '#include <sqlite3.h>' 'belongs to'
planted layering styles/a.c '#include <cairo/cairo.h>' 'belongs to'
planted layering styles/a.c '#include <pango/pangocairo.h>' 'belongs to'
planted layering layers/a.c '#include <geos_c.h>' 'belongs to'
planted layering layers/a.c '#include <proj.h>' 'belongs to'
planted layering layers/a.c '#include <unicode/utypes.h>' 'belongs to'
planted layering layers/a.c 'void f(void) { printf("x"); }' 'only commands print'
planted layering layers/a.c 'void f(void) { fprintf(stderr, "x"); }' 'only commands print'
planted layering layers/a.c '/* */ void f(void) { exit(1); }' 'only commands print'
planted layering styles/a.c 'const char *q = "SELECT name FROM area";' 'SQL'
allowed layering geo/main.c '#include "layers/commands.h"'
allowed layering layers/cmd_a.c 'void f(void) { printf("x"); }'
allowed layering layers/a.c '/* exit(1) */ const char *a = "printf(1)"; // #include <gdal.h>'
allowed layering layers/a.c '/*\n#include "styles/x.h"\n*/'
allowed layering layers/a.c 'void f(void) { snprintf(a, 1, "x"); }'
allowed layering geo/files/a.c '#include <gdal.h>'
allowed layering styles/a.c '#include "geo/base/a.h"'

long=$(i=0; while [ $i -lt 90 ]; do printf '    b();\\n'; i=$((i + 1)); done)
planted sizes geo/base/a.c "void b(void) {\\n$long}" 'over 80'
planted sizes geo/base/a.c "/* Long because x. */\\nint c;\\n\\nint b(\\n    void) {\\n$long}" 'over 80'
allowed sizes geo/base/a.c "/* Long because it is one table. */\\nvoid b(void) {\\n$long}"
planted sizes geo/base/a.c "$long$long$long$long$long$long$long$long" 'over 700'
planted headers geo/base/a.h 'Unknown f(void);' 'does not compile alone'
planted words geo/base/a.h "// TOD""O: later" 'left undone'
planted words geo/base/a.h "// see /wor""k/x" 'one machine'
planted words data/setup.sh "cat ../share""d/x" 'do not have'
planted words data/setup.sh "curl https://registry.npmj""s.org" 'registry'
planted root notes.txt x 'holds: CMakeLists.txt LICENSE README.md data geo layers notes.txt'
allowed root .hidden x
exit "$failures"
