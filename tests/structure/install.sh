# What `cmake --install` puts down works: the program, its manual, and the library for a program of
# somebody else that knows nothing but pkg-config.
set -eu
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: sanitizers are not installed with it"; exit 77; }
DESTDIR=$PWD/root cmake --install "$GAP_BUILD" --prefix /usr > log || { cat log; exit 1; }
cd root

usr/bin/gapmap --version
[ -s usr/share/doc/gapmap/copyright ]
if command -v scdoc > /dev/null; then
    for page in $(cd "$GAP_SOURCE" && find geo layers styles -name '*.scd'); do
        name=$(sed -n '1s/(.*//p' "$GAP_SOURCE/$page")
        ls usr/share/man/man?/"$name".? > /dev/null || { echo "$page is not installed"; exit 1; }
    done
fi

[ -s usr/share/bash-completion/completions/gapmap ]

cat > user.c <<'EOF'
#include <geo/text/text.h>
#include <stdio.h>

int main(void) {
    g_autofree char *text = gap_format_number(1234567.891, 1, "en");
    return puts(text) < 0;
}
EOF
PKG_CONFIG_PATH=$PWD/$(dirname "$(find usr -name gapmap.pc)")
export PKG_CONFIG_PATH
flags=$(pkg-config --cflags --libs gapmap)
${CC:-cc} user.c $flags -o user
[ "$(./user)" = 1,234,567.9 ]
