#include "layers/mapping.h"

#include "geo/base/error.h"
#include "geo/text/coordinates.h"
#include "geo/text/text.h"
#include "layers/columns.h"

#include <math.h>

/* ---- how cells are written ---- */

static bool is_number(const GapField *field) {
    return field->kind == GAP_FIELD_WHOLE || field->kind == GAP_FIELD_REAL;
}

static GapNumberEvidence evidence_of(const GapTable *table, int column, GapNumberLimits limits) {
    GapNumberEvidence evidence = {0};
    for (size_t r = 0; r < gap_table_rows(table); r++)
        gap_number_evidence_add(&evidence, gap_table_text(table, r, (size_t)column), &limits);
    return evidence;
}

static const char *sign_of(GapDecimal decimal) {
    return decimal == GAP_DECIMAL_COMMA ? "," : ".";
}

/* Tells why a column with cells that could be read two ways is read this way. */
static void tell_decimal(GapMapping *mapping, const char *field, const GapNumberEvidence *evidence,
                         GapDecimal decimal, bool by_file) {
    const bool written = evidence->written[decimal] > 0;
    if (!*evidence->example || (written && !by_file))
        return;
    g_autofree char *example = gap_printable(evidence->example, 40);
    gap_mapping_note(mapping, "%s: '%s' is read with '%s' as decimal sign, %s (--decimal '%s')",
                     field, example, sign_of(decimal),
                     by_file ? "as other columns of the file have it"
                             : "since only so it can be one of its values",
                     sign_of(decimal));
}

/* The decimal sign of each column of numbers: what its own cells tell, else what all others do. */
static void find_decimals(GapMapping *mapping, const GapTable *table) {
    g_autofree GapNumberEvidence *evidence = g_new0(GapNumberEvidence, mapping->n);
    GapNumberEvidence file = {0};
    g_autoptr(GString) commas = g_string_new(NULL);
    for (size_t i = 0; i < mapping->n; i++) {
        const GapField *field = &mapping->kind->fields[i];
        if (!is_number(field) || mapping->column[i] < 0)
            continue;
        evidence[i] =
            evidence_of(table, mapping->column[i],
                        (GapNumberLimits){field->min, field->max, field->kind == GAP_FIELD_WHOLE});
        for (int d = GAP_DECIMAL_POINT; d <= GAP_DECIMAL_COMMA; d++)
            file.written[d] += evidence[i].written[d];
    }
    const GapDecimal common = gap_number_evidence_weigh(&file);
    for (size_t i = 0; i < mapping->n; i++) {
        const GapDecimal own = gap_number_evidence_weigh(&evidence[i]);
        const bool by_file = own == GAP_DECIMAL_OPEN && evidence[i].open > 0;
        mapping->decimal[i] = by_file ? common : own;
        if (mapping->decimal[i] == GAP_DECIMAL_OPEN)
            continue;
        const char *name = mapping->kind->fields[i].name;
        tell_decimal(mapping, name, &evidence[i], mapping->decimal[i], by_file);
        if (evidence[i].written[GAP_DECIMAL_COMMA] > 0)
            g_string_append_printf(commas, "%s%s", commas->len ? ", " : "", name);
    }
    if (commas->len)
        gap_mapping_note(mapping, "decimal comma in %s (--decimal ',')", commas->str);
}

/* Typed columns are written by us, with points; so are constants of recipes, unless they say. */
static void take_decimals(GapMapping *mapping, const GapTable *table, GapDecimal said) {
    if (said == GAP_DECIMAL_OPEN)
        find_decimals(mapping, table);
    mapping->xy_decimal = said;
    for (size_t i = 0; i < mapping->n; i++) {
        const int c = mapping->column[i];
        if (c >= 0 && gap_table_column(table, (size_t)c)->type != GAP_TYPE_TEXT)
            mapping->decimal[i] = GAP_DECIMAL_POINT;
        else if (said != GAP_DECIMAL_OPEN)
            mapping->decimal[i] = said;
    }
}

static void find_orders(GapMapping *mapping, const GapTable *table) {
    for (size_t i = 0; i < mapping->n; i++) {
        GapDateEvidence evidence = {0};
        if (mapping->kind->fields[i].kind != GAP_FIELD_DATE || mapping->column[i] < 0)
            continue;
        for (size_t r = 0; r < gap_table_rows(table); r++)
            gap_date_evidence_add(&evidence, gap_table_text(table, r, (size_t)mapping->column[i]));
        mapping->order[i] = gap_date_evidence_weigh(&evidence);
        if (mapping->order[i] == GAP_MONTH_FIRST)
            gap_mapping_note(mapping, "%s: the month stands first, as in 12/31/2017",
                             mapping->kind->fields[i].name);
    }
}

/* A column that was named, not guessed, may count in thousands: nobody has told us to multiply. */
static void tell_scales(GapMapping *mapping, const GapTable *table) {
    for (size_t i = 0; i < mapping->n; i++) {
        const GapField *field = &mapping->kind->fields[i];
        if (!is_number(field) || field->max == 1 || mapping->column[i] < 0)
            continue;
        const char *scale =
            gap_heading_scale(gap_table_column(table, (size_t)mapping->column[i])->name);
        g_autofree char *heading = gap_mapping_heading(table, (size_t)mapping->column[i], 60);
        if (scale)
            gap_mapping_note(mapping, "'%s' says '%s': its figures are taken as they stand for %s",
                             heading, scale, field->name);
    }
}

/* ---- rows ---- */

char *gap_mapping_cell(const GapMapping *mapping, size_t i, const GapTable *table, size_t row) {
    if (mapping->constant[i])
        return g_strdup(mapping->constant[i]);
    const int column = mapping->column[i];
    return column < 0 ? NULL : gap_table_cell_string(table, row, (size_t)column);
}

bool gap_mapping_has_point(const GapMapping *mapping) {
    return mapping->spot >= 0 || (mapping->lon >= 0 && mapping->lat >= 0);
}

bool gap_mapping_gives_point(const GapMapping *mapping, const GapTable *table, size_t row) {
    const int columns[] = {mapping->spot, mapping->lon, mapping->lat};
    bool gives = false;
    for (size_t i = 0; !gives && i < G_N_ELEMENTS(columns); i++) {
        g_autofree char *cell =
            columns[i] < 0 ? NULL : gap_table_cell_string(table, row, (size_t)columns[i]);
        gives = cell && *g_strstrip(cell);
    }
    return gives;
}

/* One of two columns: degrees, or a number of another system. */
static bool read_part(const GapMapping *mapping, const char *text, double *value, GapAxis *axis,
                      char **reason) {
    const GapNumberLimits metres = {-1e8, 1e8, false};
    *axis = GAP_AXIS_OPEN;
    if (mapping->projection)
        return gap_number_read(text, mapping->xy_decimal, &metres, value, reason);
    if (gap_angle_read(text, value, axis, reason))
        return true;
    g_autofree char *why = NULL;
    if (gap_number_read(text, mapping->xy_decimal, &metres, value, &why) && fabs(*value) > 180) {
        g_free(*reason);
        *reason = g_strdup("not within -180 to 180 degrees; if these are metres, say their "
                           "coordinate system with --crs");
    }
    return false;
}

static bool point_of_two(const GapMapping *mapping, const GapTable *table, size_t row, double at[2],
                         const char **field, char **value, char **reason) {
    static const char *const names[] = {"lon", "lat"};
    const int columns[] = {mapping->lon, mapping->lat};
    GapAxis axis[2];
    for (int i = 0; i < 2; i++) {
        *field = names[i];
        *value = gap_table_cell_string(table, row, (size_t)columns[i]);
        if (!*value || gap_is_unknown(*value, true)) {
            *reason = g_strdup_printf("empty; %s is required (degrees %s)", names[i],
                                      i ? "north" : "east");
            return false;
        }
        if (!read_part(mapping, *value, &at[i], &axis[i], reason))
            return false;
        if (i == 0)
            g_clear_pointer(value, g_free);
    }
    if (axis[0] == GAP_AXIS_LAT || axis[1] == GAP_AXIS_LON) {
        const double lon = at[1];
        at[1] = at[0];
        at[0] = lon;
    }
    if (mapping->projection || fabs(at[1]) <= 90)
        return true;
    *reason = g_strdup("not within -90 to 90 degrees");
    return false;
}

bool gap_mapping_point(const GapMapping *mapping, const GapTable *table, size_t row, double *lon,
                       double *lat, const char **field, char **value, char **reason) {
    double at[2];
    *value = NULL;
    if (mapping->spot >= 0) {
        *field = "coordinates";
        *value = gap_table_cell_string(table, row, (size_t)mapping->spot);
        if (!gap_coordinates_read(*value ? *value : "", mapping->has_box ? &mapping->box : NULL,
                                  &at[0], &at[1], reason))
            return false;
    } else if (!point_of_two(mapping, table, row, at, field, value, reason))
        return false;
    else if (mapping->projection && !gap_projection_inverse(mapping->projection, at, 1, NULL)) {
        *reason = g_strdup("no point of the coordinate system that --crs names");
        return false;
    }
    g_clear_pointer(value, g_free);
    *lon = at[0];
    *lat = at[1];
    return true;
}

/* ---- looking at them all ---- */

/* How many rows have a point in the box. */
static size_t count_inside(const GapMapping *mapping, const GapTable *table) {
    size_t inside = 0;
    const GapBox *box = &mapping->box;
    for (size_t r = 0; r < gap_table_rows(table); r++) {
        const char *field;
        g_autofree char *value = NULL, *reason = NULL;
        double lon, lat;
        if (gap_mapping_point(mapping, table, r, &lon, &lat, &field, &value, &reason))
            inside +=
                lon >= box->min_x && lon <= box->max_x && lat >= box->min_y && lat <= box->max_y;
    }
    return inside;
}

static void swap_columns(GapMapping *mapping) {
    const int lon = mapping->lat;
    mapping->lat = mapping->lon;
    mapping->lon = lon;
}

/* x and y, in either alphabet, say nothing of what they hold. */
static bool says_little(const GapTable *table, int column) {
    static const char *const words[] = {"x", "y", "х", "у", NULL};
    g_autofree char *folded = gap_text_fold(gap_table_column(table, (size_t)column)->name);
    return g_strv_contains(words, folded);
}

/* Points lie in the country only with the columns the other way round: so they are taken. */
static bool turn_points(GapMapping *mapping, const GapTable *table) {
    if (!mapping->has_box || mapping->lon < 0 || mapping->lat < 0 || mapping->spot >= 0 ||
        !says_little(table, mapping->lon) || !says_little(table, mapping->lat) ||
        count_inside(mapping, table) > 0)
        return false;
    swap_columns(mapping);
    if (count_inside(mapping, table) == 0) {
        swap_columns(mapping);
        return false;
    }
    g_autofree char *east = gap_mapping_heading(table, (size_t)mapping->lon, GAP_MAPPING_HEADING);
    g_autofree char *north = gap_mapping_heading(table, (size_t)mapping->lat, GAP_MAPPING_HEADING);
    gap_mapping_note(
        mapping,
        "latitude and longitude were swapped: only so do points lie in the country (--columns "
        "\"lon=%s; lat=%s\")",
        east, north);
    return true;
}

bool gap_mapping_look(GapMapping *mapping, const GapTable *table, const GapMappingOptions *options,
                      bool points_named) {
    take_decimals(mapping, table, options->decimal);
    find_orders(mapping, table);
    tell_scales(mapping, table);
    if (options->swap)
        swap_columns(mapping);
    return !options->swap && !points_named && turn_points(mapping, table);
}
