// The tables of a part: its own rows, and numbers of its own where rows are of the whole country.
#include "styles/part/part.h"

#include <math.h>
#include <string.h>

/** Layers whose rows belong to areas, and the column that says to which. */
static const struct {
    const char *layer, *column;
} by_area[] = {{"municipalities", "code"}, {"site_difference", "code"}, {"sites", "area"},
               {"site_demand", "area"},    {"uncovered", "area"},       {"candidates", "area"},
               {"site_moves", "area"},     {"run_difference", "code"},  {"programme", "area"}};

static GapTable *table_like(const GapTable *t) {
    GapTable *copy = gap_table_new(gap_table_name(t));
    for (size_t c = 0; c < gap_table_columns(t); c++)
        gap_table_add_column(copy, gap_table_column(t, c));
    return copy;
}

static void copy_row(const GapTable *t, size_t row, GapTable *copy) {
    size_t to = gap_table_add_row(copy);
    for (size_t c = 0; c < gap_table_columns(t); c++) {
        GapType type = gap_table_column(t, c)->type;
        if (gap_table_is_null(t, row, c))
            continue;
        if (type == GAP_TYPE_TEXT)
            gap_table_set_text(copy, to, c, gap_table_text(t, row, c));
        else if (type == GAP_TYPE_INT)
            gap_table_set_int(copy, to, c, gap_table_int(t, row, c));
        else
            gap_table_set_real(copy, to, c, gap_table_real(t, row, c));
    }
    if (gap_table_geometry(t, row))
        gap_table_set_geometry(copy, to, gap_table_geometry(t, row));
}

static GapTable *own_rows(const GapPart *part, const GapTable *t, const char *column) {
    GapTable *own = table_like(t);
    for (size_t row = 0; row < gap_table_rows(t); row++)
        if (gap_part_holds(part, t, row, column))
            copy_row(t, row, own);
    return own;
}

/** People of the part whom `demand` reaches within these minutes, and not within fewer; NaN where
 *  the table is not there. */
static double people_between(const GapPart *part, double from, double to) {
    const GapTable *t = g_hash_table_lookup(part->whole->tables, "demand");
    double people = t ? 0 : NAN;
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        double minutes = gap_cell_number(t, row, "minutes");
        if (minutes <= to && (from <= 0 || minutes > from) && gap_part_holds(part, t, row, "area"))
            people += fmax(gap_cell_number(t, row, "people"), 0);
    }
    return people;
}

static void set_number(GapTable *t, size_t row, const char *column, double value) {
    int c = gap_table_find(t, column);
    if (c < 0)
        return;
    if (isnan(value))
        gap_table_set_null(t, row, (size_t)c);
    else if (gap_table_column(t, (size_t)c)->type == GAP_TYPE_INT)
        gap_table_set_int(t, row, (size_t)c, (gint64)value);
    else
        gap_table_set_real(t, row, (size_t)c, value);
}

/** Bands of minutes as they lie, with the part's people. */
static GapTable *own_bands(const GapPart *part, const GapTable *t) {
    GapTable *own = table_like(t);
    for (size_t row = 0; row < gap_table_rows(t); row++) {
        double from = gap_cell_number(t, row, "from_min"), to = gap_cell_number(t, row, "minutes");
        copy_row(t, row, own);
        set_number(own, row, "people", people_between(part, 0, to));
        set_number(own, row, "people_band", people_between(part, from, to));
    }
    return own;
}

static void put(GapPart *part, const char *layer, GapTable *own) {
    g_ptr_array_add(part->own, own);
    g_hash_table_insert(part->data.tables, g_strdup(layer), own);
}

/** The country's tables, as they are. Returns: (transfer full): the tables are not. */
static GHashTable *shared_tables(GHashTable *whole) {
    GHashTable *tables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer layer, table;
    g_hash_table_iter_init(&iter, whole);
    while (g_hash_table_iter_next(&iter, &layer, &table))
        g_hash_table_insert(tables, g_strdup(layer), table);
    return tables;
}

void gap_part_restrict(GapPart *part) {
    const GapMapData *whole = part->whole;
    part->data = *whole;
    part->data.part = part;
    part->data.tables = shared_tables(whole->tables);
    for (size_t i = 0; i < G_N_ELEMENTS(by_area); i++) {
        const GapTable *t = g_hash_table_lookup(whole->tables, by_area[i].layer);
        if (t)
            put(part, by_area[i].layer, own_rows(part, t, by_area[i].column));
    }
    const GapTable *bands = g_hash_table_lookup(whole->tables, "isochrones");
    if (bands)
        put(part, "isochrones", own_bands(part, bands));
    const GapTable *frontier = g_hash_table_lookup(whole->tables, "frontier");
    if (frontier)
        put(part, "frontier", table_like(frontier)); // each step is of the whole country
    part->data.facts = gap_part_facts(part);
}
