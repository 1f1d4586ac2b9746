#include "geo/files/csv.h"

#include <cpl_csv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ogr_api.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/columns.h"
#include "geo/files/gdal.h"

enum { MAX_LINE = 10 << 20 };

typedef struct {
    VSILFILE *file;
    const char *shown;
    char separator[2];
    GapTable *table;
    int geom; // which field holds WKT, or -1
    GError **error;
} Csv;

// UTF-16 and binary files hold zero bytes; a C string would silently end there.
static bool scan(const char *path, const char *shown, char *separator, GError **error) {
    g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, error);
    if (!map)
        return false;
    const char *data = g_mapped_file_get_contents(map);
    const size_t length = g_mapped_file_get_length(map);
    if (memchr(data, 0, length))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: is not UTF-8 text: save it as CSV with the encoding UTF-8", shown);
    static const char separators[] = ",;\t";
    size_t count[3] = {0};
    bool quoted = false;
    for (const char *p = data; p < data + length && (quoted || !strchr("\r\n", *p)); p++) {
        const char *found = quoted ? NULL : strchr(separators, *p);
        quoted ^= *p == '"';
        if (found)
            count[found - separators]++;
    }
    const int best = count[1] > count[0] ? 1 : 0;
    *separator = separators[count[2] > count[best] ? 2 : best];
    return true;
}

// The quotes are kept by GDAL's parser so that one that is never closed can be seen.
static bool unquote(const Csv *csv, char *text) {
    const size_t n = strlen(text);
    if (*text != '"')
        return true;
    if (n < 2 || text[n - 1] != '"') {
        const bool header = gap_table_columns(csv->table) == 0;
        const gint64 row = header ? 0 : (gint64)gap_table_rows(csv->table) + 1;
        return gap_fail_at(csv->error, (GapPlace){.file = csv->shown, .row = row, .value = text},
                           "a quote is opened here and never closed: close it");
    }
    memmove(text, text + 1, n - 2);
    text[n - 2] = '\0';
    return true;
}

static bool next(Csv *csv, char ***fields, bool *ok) {
    CSLDestroy(*fields);
    *fields = CSVReadParseLine3L(csv->file, MAX_LINE, csv->separator, true, true, false, true);
    for (int i = 0; *ok && *fields && (*fields)[i]; i++)
        *ok = unquote(csv, (*fields)[i]);
    return *ok && *fields;
}

// Columns without a name at the end of the header are the commas that a spreadsheet leaves there.
static bool read_header(Csv *csv, char **names) {
    int n = CSLCount(names);
    while (n > 0 && !*g_strstrip(names[n - 1]))
        n--;
    for (int i = 0; i < n; i++) {
        if (csv->geom < 0 && g_str_equal(g_strstrip(names[i]), "geom"))
            csv->geom = i;
        else if (!gap_columns_add(csv->table, csv->shown, names[i], GAP_TYPE_TEXT, csv->error))
            return false;
    }
    return n > 0 || gap_fail(csv->error, GAP_ERROR_INPUT,
                             "%s: the first line names no column: add a header", csv->shown);
}

static bool set_geometry(Csv *csv, size_t row, char *wkt) {
    if (!*wkt)
        return true;
    OGRGeometryH made = NULL;
    char *rest = wkt;
    const bool ok = OGR_G_CreateFromWkt(&rest, NULL, &made) == OGRERR_NONE;
    if (ok) {
        OGR_G_FlattenTo2D(made);
        const size_t size = (size_t)OGR_G_WkbSize(made);
        guint8 *data = g_malloc(size);
        OGR_G_ExportToIsoWkb(made, wkbNDR, data);
        g_autoptr(GBytes) wkb = g_bytes_new_take(data, size);
        gap_table_set_geometry(csv->table, row, wkb);
    }
    OGR_G_DestroyGeometry(made);
    const GapPlace place = {csv->shown, (gint64)row + 1, "geom", wkt};
    return ok || gap_fail_at(csv->error, place, "is not a geometry as WKT: correct it");
}

static bool read_row(Csv *csv, char **fields) {
    const size_t row = gap_table_add_row(csv->table);
    const int n = (int)gap_table_columns(csv->table) + (csv->geom >= 0);
    for (int i = 0; fields[i]; i++) {
        const int column = i - (csv->geom >= 0 && i > csv->geom);
        if (i >= n) {
            if (*g_strstrip(fields[i]))
                return gap_fail_at(
                    csv->error, (GapPlace){csv->shown, (gint64)row + 1, NULL, fields[i]},
                    "the row has more values than the header has names: quote values that hold "
                    "the separator");
        } else if (i == csv->geom ? !set_geometry(csv, row, fields[i])
                                  : !gap_columns_set_text(csv->table, csv->shown, row,
                                                          (size_t)column, fields[i], csv->error))
            return false;
    }
    return true;
}

static bool read_all(Csv *csv) {
    char **fields = NULL;
    bool ok = true;
    if (next(csv, &fields, &ok))
        ok = read_header(csv, fields);
    while (ok && next(csv, &fields, &ok))
        // A blank line is no row.
        if (fields[0] && (fields[1] || *fields[0]))
            ok = read_row(csv, fields);
    CSLDestroy(fields);
    return ok;
}

GapTable *gap_csv_read(const char *path, const char *shown, GError **error) {
    g_autofree char *base = g_path_get_basename(path);
    char *ending = strrchr(base, '.');
    if (ending)
        *ending = '\0';
    g_autoptr(GapTable) table = gap_table_new(base);
    Csv csv = {.shown = shown, .table = table, .geom = -1, .error = error};
    if (!scan(path, shown, csv.separator, error))
        return NULL;
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    csv.file = VSIFOpenL(path, "rb");
    if (!csv.file) {
        gap_gdal_fail(&ear, shown, "cannot be opened", "check its rights", error);
        return NULL;
    }
    bool ok = read_all(&csv);
    VSIFCloseL(csv.file);
    if (ok && ear.failed)
        ok = gap_gdal_fail(&ear, shown, "cannot be read", "correct the file", error);
    return ok ? g_steal_pointer(&table) : NULL;
}
