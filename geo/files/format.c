#include "geo/files/format.h"

#include <cpl_vsi.h>
#include <string.h>

#include "geo/base/error.h"

enum { HEAD = 4096 };

static const char *const SHEETS[] = {"csv",  "tsv", "txt", "tab",  "xlsx",
                                     "xlsm", "xls", "ods", "docx", NULL};
static const char *const PLAIN[] = {"csv", "tsv", "txt", "tab", NULL};
static const char *const PARTS[] = {"shx", "prj", "cpg", "sbn", "sbx", "qpj", "qix", NULL};

bool gap_format_ends(const char *name, const char *ending) {
    const char *dot = strrchr(name, '.');
    return dot && !g_ascii_strcasecmp(dot + 1, ending);
}

static bool ends_in(const char *name, const char *const *endings) {
    for (; *endings; endings++)
        if (gap_format_ends(name, *endings))
            return true;
    return false;
}

static bool begins(const char *head, size_t n, const char *with, size_t length) {
    return n >= length && !memcmp(head, with, length);
}

// A local header of 30 bytes comes before the name of the first member. Spreadsheets and documents
// start with one of these, whatever they are called.
static GapFormat zip_format(const char *path, const char *head, size_t n) {
    static const char *const first[] = {"[Content_Types].xml", "mimetype", "_rels/",
                                        "docProps/",           "xl/",      "word/"};
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
        if (n > 30 && begins(head + 30, n - 30, first[i], strlen(first[i])))
            return GAP_FORMAT_SHEET;
    return ends_in(path, SHEETS) ? GAP_FORMAT_SHEET : GAP_FORMAT_ARCHIVE;
}

static bool binary_format(const char *path, const char *head, size_t n, GapFormat *format) {
    static const struct {
        const char *bytes;
        size_t n;
        GapFormat format;
    } known[] = {
        {"SQLite format 3", 16, GAP_FORMAT_GEOPACKAGE},
        {"fgb\3fgb", 7, GAP_FORMAT_FLATGEOBUF},
        {"\0\0\x27\x0a", 4, GAP_FORMAT_SHAPEFILE},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, GAP_FORMAT_SHEET},
    };
    // Of a PBF the length of its first header comes before.
    if (n > 15 && !memcmp(head + 4, "\x0a\x09OSMHeader", 11)) {
        *format = GAP_FORMAT_OSM;
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (begins(head, n, known[i].bytes, known[i].n)) {
            *format = known[i].format;
            return true;
        }
    if (begins(head, n, "PK\3\4", 4) || begins(head, n, "PK\5\6", 4)) {
        *format = zip_format(path, head, n);
        return true;
    }
    *format = GAP_FORMAT_SHAPEFILE; // a table without shapes
    return gap_format_ends(path, "dbf");
}

// Past a byte order mark, blanks and the record separators of RFC 8142.
static const char *first_sign(const char *head) {
    if (g_str_has_prefix(head, "\xef\xbb\xbf"))
        head += 3;
    return head + strspn(head, " \t\r\n\x1e");
}

static bool text_format(const char *path, const char *head, GapFormat *format) {
    const char *text = first_sign(head);
    *format = GAP_FORMAT_SHEET;
    if (ends_in(path, PLAIN) && !g_str_has_prefix(text, "{\"type\""))
        return true;
    if (*text == '{')
        *format = GAP_FORMAT_JSON;
    else if (*text == '<' && (strstr(text, "<kml") || strstr(text, ":kml")))
        *format = GAP_FORMAT_KML;
    else if (*text == '<' && strstr(text, "<osm"))
        *format = GAP_FORMAT_OSM;
    return *format != GAP_FORMAT_SHEET || ends_in(path, SHEETS);
}

bool gap_format_find(const char *path, const char *shown, GapFormat *format, GError **error) {
    char head[HEAD + 1] = {0};
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (!file)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: cannot be opened: check who may read it",
                        shown);
    const size_t n = VSIFReadL(head, 1, HEAD, file);
    VSIFCloseL(file);
    if (ends_in(path, PARTS))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: is only a part of a shapefile: give the .shp that lies beside it",
                        shown);
    return binary_format(path, head, n, format) || text_format(path, head, format) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: is of no format that is read here: give GeoJSON, GeoPackage, Shapefile, "
                    "FlatGeobuf, KML, OSM, CSV, XLSX, XLS, ODS or DOCX, whole and unchanged",
                    shown);
}
