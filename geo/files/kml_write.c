#include <string.h>

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "geo/files/degree.h"
#include "geo/files/vector.h"
#include "geo/shape/geometry.h"

// GDAL's LIBKML is not used: it puts text into CDATA as it is, so that "]]>" in a name breaks the
// file, and turns columns such as `begin` or `description` into parts of a placemark.

#define HEAD                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                 \
    "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>"
#define STYLE                                                                                      \
    "\n<Style id=\"plain\"><IconStyle><scale>0.8</scale></IconStyle>"                              \
    "<LabelStyle><color>ffffffff</color><scale>0.8</scale></LabelStyle>"                           \
    "<LineStyle><color>ff444444</color><width>1.5</width></LineStyle>"                             \
    "<PolyStyle><color>40bbbbbb</color></PolyStyle>"                                               \
    "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n"

// What XML 1.0 cannot hold in any way (2.2 of the recommendation) is left out.
static bool is_xml(gunichar c) {
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
}

static void put_text(GString *out, const char *text) {
    g_autoptr(GString) clean = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (is_xml(g_utf8_get_char(p)))
            g_string_append_len(clean, p, g_utf8_next_char(p) - p);
    g_autofree char *escaped = g_markup_escape_text(clean->str, (gssize)clean->len);
    g_string_append(out, escaped);
}

static void put_element(GString *out, const char *name, const char *text) {
    g_string_append_printf(out, "<%s>", name);
    put_text(out, text);
    g_string_append_printf(out, "</%s>", name);
}

static const char *title_of(const GapColumnSpec *spec) {
    return spec->title ? spec->title : spec->name;
}

/* ---- the columns ---- */

static void put_schema(GString *out, const GapTable *table) {
    static const char *const types[] = {"string", "int", "double"};
    g_string_append(out, "<Schema name=\"");
    put_text(out, gap_table_name(table));
    g_string_append(out, "\" id=\"");
    put_text(out, gap_table_name(table));
    g_string_append(out, "\">\n");
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        const GapColumnSpec *spec = gap_table_column(table, c);
        g_autofree char *shown = spec->unit ? g_strdup_printf("%s (%s)", title_of(spec), spec->unit)
                                            : g_strdup(title_of(spec));
        g_string_append(out, "<SimpleField name=\"");
        put_text(out, spec->name);
        g_string_append_printf(out, "\" type=\"%s\">", types[spec->type]);
        put_element(out, "displayName", shown);
        g_string_append(out, "</SimpleField>\n");
    }
    g_string_append(out, "</Schema>\n");
}

/* ---- one row ---- */

static char *name_of(const GapTable *table, size_t row) {
    static const char *const columns[] = {"name_en", "name_ky", "name_ru", "name", "title", "code"};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        const int c = gap_table_find(table, columns[i]);
        g_autofree char *name = c < 0 ? NULL : gap_table_cell_string(table, row, (size_t)c);
        if (name && *name)
            return g_steal_pointer(&name);
    }
    return g_strdup_printf("%zu", row + 1);
}

// A balloon is HTML that is written as text: cells are escaped once for each.
static void put_balloon(GString *out, const GapTable *table, size_t row) {
    g_autoptr(GString) html = g_string_new("<table>");
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        const GapColumnSpec *spec = gap_table_column(table, c);
        g_autofree char *cell = gap_table_cell_string(table, row, c);
        if (!cell)
            continue;
        g_string_append(html, "<tr><td>");
        put_text(html, title_of(spec));
        g_string_append(html, "</td><td>");
        put_text(html, cell);
        if (spec->unit) {
            g_string_append_c(html, ' ');
            put_text(html, spec->unit);
        }
        g_string_append(html, "</td></tr>");
    }
    g_string_append(html, "</table>");
    put_element(out, "description", html->str);
}

static void put_data(GString *out, const GapTable *table, size_t row) {
    g_string_append(out, "\n<ExtendedData><SchemaData schemaUrl=\"#");
    put_text(out, gap_table_name(table));
    g_string_append(out, "\">");
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        g_autofree char *cell = gap_table_cell_string(table, row, c);
        if (!cell)
            continue;
        g_string_append(out, "<SimpleData name=\"");
        put_text(out, gap_table_column(table, c)->name);
        g_string_append(out, "\">");
        put_text(out, cell);
        g_string_append(out, "</SimpleData>");
    }
    g_string_append(out, "</SchemaData></ExtendedData>\n");
}

/* ---- its geometry ---- */

static void put_run(GString *out, const GapGeometry *g, uint32_t ring) {
    g_string_append(out, "<coordinates>");
    for (size_t i = g->ring[ring]; i < g->ring[ring + 1]; i++) {
        g_string_append(out, i > g->ring[ring] ? " " : "");
        gap_put_degree(out, g->xy[2 * i]);
        g_string_append_c(out, ',');
        gap_put_degree(out, g->xy[2 * i + 1]);
    }
    g_string_append(out, "</coordinates>");
}

static void put_part(GString *out, const GapGeometry *g, uint32_t p) {
    static const char *const names[] = {"", "Point", "LineString", "Polygon"};
    g_string_append_printf(out, "<%s>", names[g->kind]);
    for (uint32_t r = g->part[p]; r < g->part[p + 1]; r++) {
        const char *boundary = g->kind != GAP_SHAPE_POLYGON ? NULL
                               : r == g->part[p]            ? "outerBoundaryIs"
                                                            : "innerBoundaryIs";
        if (boundary)
            g_string_append_printf(out, "<%s><LinearRing>", boundary);
        put_run(out, g, r);
        if (boundary)
            g_string_append_printf(out, "</LinearRing></%s>", boundary);
    }
    g_string_append_printf(out, "</%s>", names[g->kind]);
}

static bool put_geometry(GString *out, GBytes *wkb, GError **error) {
    if (!wkb || gap_wkb_is_empty(wkb))
        return true;
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, error);
    if (!g)
        return false;
    gap_geometry_orient(g);
    g_string_append(out, g->n_parts > 1 ? "<MultiGeometry>" : "");
    for (uint32_t p = 0; p < g->n_parts; p++)
        put_part(out, g, p);
    g_string_append(out, g->n_parts > 1 ? "</MultiGeometry>" : "");
    return true;
}

static bool put_row(GString *out, const GapTable *table, size_t row, GError **error) {
    g_autofree char *name = name_of(table, row);
    g_string_append(out, "<Placemark>");
    put_element(out, "name", name);
    put_balloon(out, table, row);
    g_string_append(out, "<styleUrl>#plain</styleUrl>");
    put_data(out, table, row);
    if (!put_geometry(out, gap_table_geometry(table, row), error)) {
        g_prefix_error(error, "%s, row %zu: ", gap_table_name(table), row + 1);
        return false;
    }
    g_string_append(out, "</Placemark>\n");
    return true;
}

bool gap_vector_write_kml(GapTable *const *tables, const char *const *titles, size_t n,
                          const char *path, GError **error) {
    g_autofree char *base = g_path_get_basename(path);
    g_autoptr(GString) out = g_string_new(HEAD);
    put_element(out, "name", base);
    g_string_append(out, STYLE);
    for (size_t i = 0; i < n; i++)
        put_schema(out, tables[i]);
    for (size_t i = 0; i < n; i++) {
        g_string_append(out, "<Folder>");
        put_element(out, "name", titles && titles[i] ? titles[i] : gap_table_name(tables[i]));
        g_string_append_c(out, '\n');
        for (size_t row = 0; row < gap_table_rows(tables[i]); row++)
            if (!put_row(out, tables[i], row, error))
                return false;
        g_string_append(out, "</Folder>\n");
    }
    g_string_append(out, "</Document>\n</kml>\n");
    return gap_atomic_write(path, out->str, out->len, error);
}
