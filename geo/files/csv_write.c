#include <cpl_conv.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "geo/files/vector.h"
#include "geo/shape/geometry.h"

typedef enum { NO_GEOMETRY, AS_LON_LAT, AS_WKT } Place;

// RFC 4180; text that begins or ends with a space is quoted too, since readers trim.
static void put_text(GString *out, const char *text) {
    if (!text)
        return;
    const size_t n = strlen(text);
    const bool plain = !strpbrk(text, ",\"\r\n;\t") &&
                       (n == 0 || (!g_ascii_isspace(text[0]) && !g_ascii_isspace(text[n - 1])));
    if (plain) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static Place place_of(const GapTable *table) {
    Place place = NO_GEOMETRY;
    for (size_t row = 0; row < gap_table_rows(table); row++) {
        GBytes *wkb = gap_table_geometry(table, row);
        double x, y;
        if (wkb && !gap_wkb_read_point(wkb, &x, &y))
            return AS_WKT;
        if (wkb)
            place = AS_LON_LAT;
    }
    // Columns that are there already carry the place.
    const bool taken = gap_table_find(table, "lon") >= 0 || gap_table_find(table, "lat") >= 0;
    return place == AS_LON_LAT && taken ? NO_GEOMETRY : place;
}

static void put_lon_lat(GString *out, GBytes *wkb) {
    double xy[2];
    if (!wkb || !gap_wkb_read_point(wkb, &xy[0], &xy[1])) {
        g_string_append_c(out, ',');
        return;
    }
    for (int i = 0; i < 2; i++) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(text, sizeof text, "%.15g", xy[i]);
        g_string_append_printf(
            out, "%s%s", i ? "," : "",
            g_ascii_strtod(text, NULL) == xy[i] ? text : g_ascii_dtostr(text, sizeof text, xy[i]));
    }
}

static bool put_wkt(GString *out, GBytes *wkb, GError **error) {
    if (!wkb || gap_wkb_is_empty(wkb))
        return true;
    g_autoptr(GapGeometry) checked = gap_geometry_from_wkb(wkb, error);
    if (!checked)
        return false;
    g_autoptr(GBytes) clean = gap_geometry_to_wkb(checked);
    gsize length;
    const void *data = g_bytes_get_data(clean, &length);
    OGRGeometryH geometry = NULL;
    char *wkt = NULL;
    if (OGR_G_CreateFromWkb(data, NULL, &geometry, (int)length) == OGRERR_NONE)
        OGR_G_ExportToIsoWkt(geometry, &wkt);
    put_text(out, wkt);
    CPLFree(wkt);
    OGR_G_DestroyGeometry(geometry);
    return true;
}

static void put_header(GString *out, const GapTable *table, Place place) {
    const size_t n = gap_table_columns(table);
    for (size_t i = 0; i < n; i++) {
        g_string_append(out, i ? "," : "");
        put_text(out, gap_table_column(table, i)->name);
    }
    if (place != NO_GEOMETRY)
        g_string_append_printf(out, "%s%s", n ? "," : "", place == AS_WKT ? "geom" : "lon,lat");
    g_string_append_c(out, '\n');
}

static bool put_row(GString *out, const GapTable *table, size_t row, Place place, GError **error) {
    const size_t n = gap_table_columns(table);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *text = gap_table_cell_string(table, row, i);
        g_string_append(out, i ? "," : "");
        put_text(out, text);
    }
    if (place != NO_GEOMETRY && n)
        g_string_append_c(out, ',');
    GBytes *wkb = gap_table_geometry(table, row);
    if (place == AS_LON_LAT)
        put_lon_lat(out, wkb);
    else if (place == AS_WKT && !put_wkt(out, wkb, error)) {
        g_prefix_error(error, "%s, row %zu: ", gap_table_name(table), row + 1);
        return false;
    }
    g_string_append_c(out, '\n');
    return true;
}

bool gap_vector_write_csv(const GapTable *table, const char *path, GError **error) {
    g_autoptr(GString) out = g_string_new(NULL);
    const Place place = place_of(table);
    put_header(out, table, place);
    for (size_t row = 0; row < gap_table_rows(table); row++)
        if (!put_row(out, table, row, place, error))
            return false;
    return gap_atomic_write(path, out->str, out->len, error);
}
