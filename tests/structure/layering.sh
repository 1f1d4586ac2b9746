# Includes point down only, a library is known in its own room only, and only commands print.
set -eu
cd "$GAP_SOURCE"

find geo layers styles -name '*.[ch]' | sort | xargs awk '
BEGIN {
    # header pattern = the rooms that may include it
    room["^(gdal|ogr|cpl_)"] = "^geo/files/"
    # aliases: for sqlite3_mprintf alone, since GDAL takes statements as text only; geopackage: looks
    # into a hostile file before GDAL runs what is stored in it
    room["^(sqlite3|spatialite)"] = "^geo/(store/|files/(aliases|geopackage)\\.c$)"
    room["^(geos_c\\.h|proj\\.h|geodesic\\.h)"] = "^geo/shape/"
    room["^unicode/"] = "^geo/text/"
    room["^cairo"] = "^styles/(canvas|text)"
    room["^pango/"] = "^styles/text"
    room["^png\\.h"] = "^styles/(canvas|png)"
    floor["geo"] = 1; floor["layers"] = 2; floor["styles"] = 3
    speaks = "^geo/main\\.c$|^geo/cli/|/cmd_[a-z_]*\\.[ch]$"
    speech = "(^|[^A-Za-z0-9_])(printf|vprintf|puts|putchar|perror|exit|_exit|getopt|getopt_long|" \
             "g_print|g_printerr)[ ]*\\(|(^|[^A-Za-z0-9_])(stdout|stderr|stdin)([^A-Za-z0-9_]|$)"
}

function found(what) { printf "%s:%d: %s\n", FILENAME, FNR, what; bad = 1 }

# The line without comments and, where wanted, without the text in quotes.
function code(line,    out, at) {
    while (line != "") {
        if (inside) {
            at = index(line, "*/")
            if (!at) return out
            line = substr(line, at + 2); inside = 0
        }
        if (!match(line, /"([^"\\]|\\.)*"|\/\*|\/\//)) return out line
        out = out substr(line, 1, RSTART - 1)
        if (substr(line, RSTART, 2) == "//") return out
        if (substr(line, RSTART, 2) == "/*") inside = 1
        else out = out substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
    }
    return out
}

function check_include(line,    header, top, own, pattern) {
    if (line !~ /include[ \t]*["<]/) { found("an include that hides what it includes"); return }
    header = line
    sub(/^[^"<]*["<]/, "", header); sub(/[">].*/, "", header)
    if (header ~ /(^|\/)\.\.?(\/|$)/) { found("relative include " header); return }
    top = header; sub(/\/.*/, "", top)
    own = FILENAME; sub(/\/.*/, "", own)
    if (line ~ /include[ \t]*"/ && !(top in floor))
        found("include " header " does not start at the root")
    if ((top in floor) && floor[top] > floor[own] &&
        !(FILENAME == "geo/main.c" && header ~ /^(layers|styles)\/commands\.h$/))
        found("include " header " points up")
    for (pattern in room)
        if (header ~ pattern && FILENAME !~ room[pattern])
            found("include " header " belongs to " room[pattern])
}

FNR == 1 { inside = 0 }
{
    line = code($0)
    if (line ~ /^[ \t]*(#|%:|\?\?=)[ \t]*(include|import)/) check_include(line)
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    if (line ~ speech && FILENAME !~ speaks) found("only commands print, exit or read options: " $0)
}
END { exit bad }
'

# Styles see tables, never SQL.
if grep -nE '"(SELECT|INSERT|UPDATE|DELETE|CREATE|ATTACH|PRAGMA) ' $(find styles -name '*.[ch]'); then
    echo "SQL on the top floor"
    exit 1
fi
