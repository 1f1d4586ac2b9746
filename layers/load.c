#include "layers/load.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "geo/files/vector.h"
#include "geo/shape/geodesic.h"
#include "layers/fields.h"
#include "layers/source.h"

#include <string.h>

typedef struct {
    GapLoad load;
    GapLoadReport *report;
    const GapMapping *mapping;
    const GapTable *table; // as read
    GapOverlay *overlay;
    GHashTable *keys;  // key to row number (1...), of the rows kept so far
    GHashTable *taken; // key to source, of other sources
} Work;

void gap_load_note(GapLoad *load, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_ptr_array_add(load->notes, g_strdup_vprintf(format, args));
    va_end(args);
}

static void refusal_free(gpointer data) {
    GapRefusal *refusal = data;
    g_free(refusal->field);
    g_free(refusal->value);
    g_free(refusal->reason);
    g_free(refusal);
}

GapLoadReport *gap_load_report_new(void) {
    GapLoadReport *report = g_new0(GapLoadReport, 1);
    report->notes = g_ptr_array_new_with_free_func(g_free);
    report->refusals = g_ptr_array_new_with_free_func(refusal_free);
    return report;
}

void gap_load_report_free(GapLoadReport *report) {
    if (!report)
        return;
    g_ptr_array_unref(report->notes);
    g_ptr_array_unref(report->refusals);
    g_free(report);
}

static void refuse(Work *work, gint64 row, const char *field, const char *value, char *reason) {
    GapRefusal *refusal = g_new0(GapRefusal, 1);
    *refusal = (GapRefusal){row, g_strdup(field), g_strdup(value), reason};
    g_ptr_array_add(work->report->refusals, refusal);
}

static char *cell_of(const Work *work, size_t field, size_t row) {
    if (work->mapping->constant[field])
        return g_strdup(work->mapping->constant[field]);
    const int column = work->mapping->column[field];
    return column < 0 ? NULL : gap_table_cell_string(work->table, row, (size_t)column);
}

/* The fields of row `r`, into a new last row of the kept ones. */
static bool take_fields(Work *work, size_t r) {
    const GapField *field = work->load.kind->fields;
    for (size_t i = 0; field[i].name; i++) {
        g_autofree char *text = cell_of(work, i, r);
        char *reason = NULL;
        if (gap_field_take(&field[i], text, work->load.areas, work->load.rows, i, &reason))
            continue;
        refuse(work, (gint64)r + 1, field[i].name, text, reason);
        return false;
    }
    return true;
}

/* A point from the columns `lon` and `lat`. */
static GBytes *point_from_columns(Work *work, size_t r) {
    static const GapField lon = {"lon", GAP_FIELD_REAL, true, -180, 180, NULL, "degrees east"};
    static const GapField lat = {"lat", GAP_FIELD_REAL, true, -90, 90, NULL, "degrees north"};
    const GapField *fields[] = {&lon, &lat};
    const int columns[] = {work->mapping->lon, work->mapping->lat};
    double at[2];
    g_autoptr(GapTable) cell = gap_table_new("point");
    gap_table_add_column(cell, &(GapColumnSpec){"degrees", GAP_TYPE_REAL});
    gap_table_add_row(cell);
    for (int i = 0; i < 2; i++) {
        g_autofree char *text = gap_table_cell_string(work->table, r, (size_t)columns[i]);
        char *reason = NULL;
        if (!gap_field_take(fields[i], text, NULL, cell, 0, &reason)) {
            refuse(work, (gint64)r + 1, fields[i]->name, text, reason);
            return NULL;
        }
        at[i] = gap_table_real(cell, 0, 0);
    }
    return gap_wkb_point(at[0], at[1]);
}

static const char *shape_name(GapShapeKind kind) {
    return kind == GAP_SHAPE_POINT ? "point" : kind == GAP_SHAPE_LINE ? "line" : "polygon";
}

/* Judges the geometry; a multipoint of one point becomes that point. */
static bool check_shape(Work *work, size_t r, GBytes **wkb, GapShapeKind *kind) {
    g_autoptr(GError) why = NULL;
    g_autoptr(GapGeometry) geometry = gap_geometry_from_wkb(*wkb, &why);
    if (!geometry) {
        refuse(work, (gint64)r + 1, "geometry", NULL, g_strdup(why->message));
        return false;
    }
    const GapNeeds needs = work->load.kind->geometry;
    *kind = geometry->kind;
    const bool fits =
        needs == GAP_NEEDS_ANY ||
        (needs == GAP_NEEDS_POINT && *kind == GAP_SHAPE_POINT && geometry->n_parts == 1) ||
        (needs == GAP_NEEDS_POLYGON && *kind == GAP_SHAPE_POLYGON);
    if (!fits)
        refuse(work, (gint64)r + 1, "geometry", shape_name(*kind),
               g_strdup_printf("%s need%s; give a layer of %ss", work->load.kind->title,
                               needs == GAP_NEEDS_POINT ? " one point each" : " polygons",
                               needs == GAP_NEEDS_POINT ? "point" : "polygon"));
    else if (needs == GAP_NEEDS_POINT) {
        g_bytes_unref(*wkb);
        *wkb = gap_wkb_point(geometry->xy[0], geometry->xy[1]);
    }
    return fits;
}

/* Repairs a polygon; what changed in area is said. Returns a new reference, or NULL (refused). */
static GBytes *repair(Work *work, size_t r, GBytes *wkb) {
    g_autoptr(GError) why = NULL;
    bool changed = false;
    g_autoptr(GBytes) valid = gap_overlay_make_valid(work->overlay, wkb, &changed, &why);
    g_autoptr(GapGeometry) after = valid ? gap_geometry_from_wkb(valid, &why) : NULL;
    if (!after) {
        refuse(work, (gint64)r + 1, "geometry", NULL,
               g_strdup_printf("cannot be made valid: %s", why->message));
        return NULL;
    }
    if (changed) {
        g_autoptr(GapGeometry) before = gap_geometry_from_wkb(wkb, NULL);
        gap_load_note(&work->load, "row %zu: outline made valid, area %.3f km2 before, %.3f after",
                      r + 1, before ? gap_geodesic_area_m2(before) / 1e6 : 0.0,
                      gap_geodesic_area_m2(after) / 1e6);
    }
    return g_bytes_ref(valid);
}

/* Whether the point lies in the country; true where no country is loaded. */
static bool check_inside(Work *work, size_t r, GBytes *wkb) {
    double lon, lat;
    const bool known = work->load.areas && gap_areas_country(work->load.areas);
    if (!work->load.kind->inside || !known || !gap_wkb_read_point(wkb, &lon, &lat))
        return true;
    if (gap_areas_locate(work->load.areas, "country", lon, lat, NULL))
        return true;
    const bool swapped = gap_areas_locate(work->load.areas, "country", lat, lon, NULL) != NULL;
    g_autofree char *value = g_strdup_printf("%.5f %.5f", lon, lat);
    refuse(work, (gint64)r + 1, "geometry", value,
           g_strdup(swapped ? "outside the country; longitude and latitude seem to be swapped"
                            : "outside the country; check the coordinates (longitude, latitude)"));
    return false;
}

/* The geometry of row `r`, judged; a new reference. NULL with `*ok` where the kind needs none. */
static GBytes *take_geometry(Work *work, size_t r, bool *ok) {
    const GapNeeds needs = work->load.kind->geometry;
    *ok = needs == GAP_NEEDS_NONE;
    if (*ok)
        return NULL;
    g_autoptr(GBytes) wkb = NULL;
    GBytes *given = gap_table_geometry(work->table, r);
    if (given)
        wkb = g_bytes_ref(given);
    else if (needs == GAP_NEEDS_POINT && work->mapping->lon >= 0 && work->mapping->lat >= 0) {
        wkb = point_from_columns(work, r);
        if (!wkb)
            return NULL;
    } else {
        refuse(work, (gint64)r + 1, "geometry", NULL, g_strdup("has no geometry"));
        return NULL;
    }
    GapShapeKind kind;
    if (!check_shape(work, r, &wkb, &kind) || !check_inside(work, r, wkb))
        return NULL;
    *ok = true;
    if (kind != GAP_SHAPE_POLYGON)
        return g_steal_pointer(&wkb);
    GBytes *valid = repair(work, r, wkb);
    *ok = valid != NULL;
    return valid;
}

/* The values of the key fields of the last kept row, joined by '|'. */
static char *key_of(const Work *work) {
    g_auto(GStrv) names = g_strsplit(work->load.kind->key, ",", -1);
    GString *out = g_string_new(NULL);
    for (char **name = names; *name; name++) {
        g_autofree char *cell =
            gap_table_cell_string(work->load.rows, gap_table_rows(work->load.rows) - 1,
                                  (size_t)gap_table_find(work->load.rows, *name));
        g_string_append_printf(out, "%s%s", name == names ? "" : "|", cell ? cell : "");
    }
    return g_string_free(out, FALSE);
}

static bool check_whole(Work *work, size_t r) {
    const GapTable *rows = work->load.rows;
    const char *field = NULL;
    char *reason = work->load.kind->judge ? work->load.kind->judge(rows, &field) : NULL;
    if (!reason)
        return true;
    g_autofree char *value =
        gap_table_cell_string(rows, gap_table_rows(rows) - 1, (size_t)gap_table_find(rows, field));
    refuse(work, (gint64)r + 1, field, value, reason);
    return false;
}

static bool check_key(Work *work, size_t r) {
    if (!work->load.kind->key)
        return true;
    g_autofree char *key = key_of(work);
    const gint64 earlier = GPOINTER_TO_SIZE(g_hash_table_lookup(work->keys, key));
    const char *owner = g_hash_table_lookup(work->taken, key);
    if (!earlier && !owner) {
        g_hash_table_insert(work->keys, g_steal_pointer(&key), GSIZE_TO_POINTER(r + 1));
        return true;
    }
    refuse(work, (gint64)r + 1, work->load.kind->key, key,
           earlier ? g_strdup_printf("stands already in row %" G_GINT64_FORMAT, earlier)
                   : g_strdup_printf("stands already in source %s; unload that first", owner));
    return false;
}

static void take_row(Work *work, size_t r) {
    GapTable *rows = work->load.rows;
    const size_t at = gap_table_add_row(rows);
    gap_table_set_int(rows, at, (size_t)gap_table_find(rows, "row"), (gint64)r + 1);
    bool ok = take_fields(work, r) && check_whole(work, r);
    g_autoptr(GBytes) wkb = ok ? take_geometry(work, r, &ok) : NULL;
    if (ok && check_key(work, r))
        gap_table_set_geometry(rows, at, wkb);
    else
        gap_table_drop_last_row(rows);
}

static bool read_taken(Work *work, GError **error) {
    if (!work->load.kind->taken)
        return true;
    g_autoptr(GapTable) table =
        gap_store_select(work->load.store, work->load.kind->taken, error, "s", work->load.source);
    for (size_t i = 0; table && i < gap_table_rows(table); i++)
        g_hash_table_insert(work->taken, gap_table_cell_string(table, i, 0),
                            g_strdup(gap_table_text(table, i, 1)));
    return table != NULL;
}

/* Nothing kept, or something refused under --strict: the load fails with its first refusal. */
static bool judge(const Work *work, const char *path, bool strict, GError **error) {
    const guint refused = work->report->refusals->len;
    if (!refused || (gap_table_rows(work->load.rows) && !strict))
        return true;
    const GapRefusal *first = g_ptr_array_index(work->report->refusals, 0);
    const GapPlace place = {path, first->row, first->field, first->value};
    return gap_fail_at(error, place, "%s (%u of %zu rows refused; nothing was loaded)",
                       first->reason, refused, gap_table_rows(work->table));
}

static bool write_all(Work *work, const GapSource *source, GError **error) {
    GapLoad *load = &work->load;
    for (const GapStatement *const *clear = load->kind->clear; *clear; clear++)
        if (!gap_store_run(load->store, *clear, error, "s", load->source))
            return false;
    // The source's own record comes last, with the notes of finish(): references are deferred.
    return gap_store_insert(load->store, load->kind->insert, load->rows, load->source, error) &&
           (!load->kind->finish || load->kind->finish(load, error)) &&
           (!load->kind->settle || load->kind->settle(load->store, error)) &&
           gap_source_write(load->store, source, work->report, error);
}

static bool check_table(const GapTable *table, const GapLayerKind *kind, const char *path,
                        GError **error) {
    if (gap_table_rows(table) == 0)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: has no rows; %s need at least one", path,
                        kind->title);
    return true;
}

static bool take_rows(Work *work, const char *path, const GapLoadOptions *options, GError **error) {
    if (!read_taken(work, error))
        return false;
    for (size_t r = 0; r < gap_table_rows(work->table); r++)
        take_row(work, r);
    work->report->read = (gint64)gap_table_rows(work->table);
    work->report->kept = (gint64)gap_table_rows(work->load.rows);
    work->report->refused = work->report->refusals->len;
    if (work->mapping->unused)
        gap_load_note(&work->load, "columns not used: %s", work->mapping->unused);
    return judge(work, path, options->strict, error);
}

static bool load_table(Work *work, const char *path, const GapLoadOptions *options,
                       const GapSource *source, GError **error) {
    g_autoptr(GapTable) table = gap_vector_read(path, NULL, error);
    if (!table || !check_table(table, work->load.kind, path, error))
        return false;
    g_autoptr(GapMapping) mapping =
        gap_mapping_new(work->load.kind, table, path, options->columns, options->set, error);
    g_autoptr(GapAreas) areas = mapping ? gap_areas_new(work->load.store, error) : NULL;
    g_autoptr(GapTable) rows = gap_fields_table(work->load.kind);
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!areas)
        return false;
    work->table = table;
    work->mapping = mapping;
    work->overlay = overlay;
    work->keys = keys;
    work->taken = taken;
    work->load.areas = areas;
    work->load.rows = rows;
    if (!take_rows(work, path, options, error) || !gap_store_begin(work->load.store, error))
        return false;
    return gap_source_finish(work->load.store, write_all(work, source, error), error);
}

GapLoadReport *gap_load(GapStore *store, const GapLayerKind *kind, const char *path,
                        const GapLoadOptions *options, GError **error) {
    g_autoptr(GapSource) source = gap_source_new(store, kind->name, path, options, error);
    g_autoptr(GapLoadReport) report = gap_load_report_new();
    if (!source)
        return NULL;
    report->unchanged = gap_source_is_loaded(store, source, report);
    if (report->unchanged)
        return g_steal_pointer(&report);
    Work work = {
        .load = {.store = store,
                 .kind = kind,
                 .source = source->id,
                 .citation = options->title,
                 .country = options->country,
                 .notes = report->notes},
        .report = report,
    };
    return load_table(&work, path, options, source, error) ? g_steal_pointer(&report) : NULL;
}
