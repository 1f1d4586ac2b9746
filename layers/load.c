#include "layers/load.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "layers/crosswalk.h"
#include "layers/fields.h"
#include "layers/shapes.h"
#include "layers/source.h"
#include "layers/wide.h"

enum { MOST_NOTES = 200, BULK_ROWS = 20000, FAR_M = 20000 };

typedef struct {
    GapLoad load;
    GapLoadReport *report;
    const GapLoadOptions *options;
    const GapSource *source;
    const char *path;
    GapBox country, near; // in which points should lie; the same with a margin, for whole files
    GapReader *reader;
    GapMapping *mapping;
    GapFinder *finder;
    GapFieldJudge fields;
    GapCrosswalk *crosswalk; // or NULL
    GapWhere *where;         // or NULL
    gint64 elsewhere;        // rows that it left out
    gssize open_field;       // without which a row says nothing yet, or -1
    gint64 open;             // such rows
    GapTable *table;         // the batch as read; of a wide table as made long
    GapWide *wide;           // or NULL
    GPtrArray *refusals;     // of this batch, GapRefusal
    GapShapeJudge shapes;
    gint64 far, first_far; // rows whose point lies far from the place that they name
    gint64 at_places;      // rows that stand at the place that they name
    GArray *key;           // of size_t: the columns that tell rows apart
    GHashTable *keys;      // key to row number (1...), of the rows kept so far
    GHashTable *taken;     // key to source, of other sources
} Work;

void gap_load_note(GapLoad *load, const char *format, ...) {
    if (load->notes->len >= MOST_NOTES) {
        load->notes_dropped++;
        return;
    }
    va_list args;
    va_start(args, format);
    g_ptr_array_add(load->notes, g_strdup_vprintf(format, args));
    va_end(args);
}

GapRefusal *gap_refusal_new(gint64 row, int part, const char *field, const char *value,
                            char *reason) {
    GapRefusal *refusal = g_new0(GapRefusal, 1);
    *refusal = (GapRefusal){row, part, g_strdup(field), g_strdup(value), reason};
    return refusal;
}

void gap_refusal_free(gpointer data) {
    GapRefusal *refusal = data;
    g_free(refusal->field);
    g_free(refusal->value);
    g_free(refusal->reason);
    g_free(refusal);
}

GapLoadReport *gap_load_report_new(void) {
    GapLoadReport *report = g_new0(GapLoadReport, 1);
    report->notes = g_ptr_array_new_with_free_func(g_free);
    report->refusals = g_ptr_array_new_with_free_func(gap_refusal_free);
    return report;
}

void gap_load_report_free(GapLoadReport *report) {
    if (!report)
        return;
    g_ptr_array_unref(report->notes);
    g_ptr_array_unref(report->refusals);
    gap_diff_free(report->changes);
    g_free(report);
}

/* The number in the file of row `r` of the batch, and which part of that row it is. */
static gint64 row_in_file(const Work *work, size_t r, int *part) {
    *part = 0;
    return gap_reader_row(work->reader, work->wide ? gap_wide_row(work->wide, r, part) : r);
}

/* Row `r` of the batch; `reason` is taken over. */
static void refuse(Work *work, size_t r, const char *field, const char *value, char *reason) {
    int part;
    const gint64 row = row_in_file(work, r, &part);
    g_ptr_array_add(work->refusals, gap_refusal_new(row, part, field, value, reason));
}

/* The fields of row `r`, into a new last row of the kept ones. */
static bool take_fields(Work *work, size_t r) {
    const GapField *field = work->load.kind->fields;
    for (size_t i = 0; field[i].name; i++) {
        g_autofree char *text = gap_mapping_cell(work->mapping, i, work->table, r);
        if (!gap_field_is_named(&field[i]))
            gap_crosswalk_map(work->crosswalk, &field[i], &text);
        char *reason = NULL;
        if (gap_field_take(&work->fields, i, text, work->load.rows, &reason))
            continue;
        refuse(work, r, field[i].name, text, reason);
        return false;
    }
    return true;
}

/* A point from columns. */
static GBytes *point_from_columns(Work *work, size_t r) {
    double x, y;
    const char *field;
    g_autofree char *value = NULL;
    char *reason = NULL;
    if (gap_mapping_point(work->mapping, work->table, r, &x, &y, &field, &value, &reason))
        return gap_wkb_point(x, y);
    refuse(work, r, field, value, reason);
    return NULL;
}

/* The code of the place that the last kept row names, or NULL. */
static const char *place_of_row(const Work *work) {
    const GapTable *rows = work->load.rows;
    const int place = gap_table_find(rows, "place");
    return place < 0 ? NULL : gap_table_text(rows, gap_table_rows(rows) - 1, (size_t)place);
}

/* Counts a point that lies far from the place that the last kept row names. */
static void compare_with_place(Work *work, size_t r, GBytes *wkb) {
    const char *code = place_of_row(work);
    double lon, lat, x, y;
    int part;
    if (!code || !gap_finder_point(work->finder, code, &lon, &lat) ||
        !gap_wkb_read_point(wkb, &x, &y) || gap_geodesic_distance_m(lon, lat, x, y) <= FAR_M)
        return;
    if (work->far++ == 0)
        work->first_far = row_in_file(work, r, &part);
}

/* The point of the place that the last kept row names; NULL where it names none. It is that of a
 * settlement, whatever the row says of a point that it does not give. */
static GBytes *point_of_place(Work *work) {
    GapTable *rows = work->load.rows;
    const size_t row = gap_table_rows(rows) - 1;
    const int precision = gap_table_find(rows, "precision");
    const char *code = place_of_row(work);
    double lon, lat;
    if (!code || !gap_finder_point(work->finder, code, &lon, &lat))
        return NULL;
    if (precision >= 0 && g_strcmp0(gap_table_text(rows, row, (size_t)precision), "exact") == 0)
        gap_table_set_text(rows, row, (size_t)precision, "settlement");
    work->at_places++;
    return gap_wkb_point(lon, lat);
}

/* The geometry of row `r`, judged; a new reference, NULL where there is none. */
static bool take_geometry(Work *work, size_t r, GBytes **wkb) {
    GBytes *given = gap_table_geometry(work->table, r);
    int part;
    const char *fault =
        gap_reader_fault(work->reader, work->wide ? gap_wide_row(work->wide, r, &part) : r);
    if (fault && work->load.kind->geometry != GAP_NEEDS_NONE) {
        refuse(work, r, "geometry", NULL, g_strdup(fault));
        return false;
    }
    if (given)
        *wkb = g_bytes_ref(given);
    else if (work->load.kind->geometry == GAP_NEEDS_POINT) {
        if (!gap_mapping_gives_point(work->mapping, work->table, r))
            *wkb = point_of_place(work);
        if (!*wkb && gap_mapping_has_point(work->mapping) && !(*wkb = point_from_columns(work, r)))
            return false;
    }
    if (*wkb)
        compare_with_place(work, r, *wkb);
    g_autofree char *value = NULL;
    char *reason = NULL;
    if (gap_shape_take(&work->shapes, row_in_file(work, r, &part), wkb, &value, &reason))
        return true;
    refuse(work, r, "geometry", value, reason);
    return false;
}

static size_t field_number(const GapLayerKind *kind, const char *name) {
    size_t i = 0;
    while (!g_str_equal(kind->fields[i].name, name))
        i++;
    return i;
}

/* The columns of the key fields: a table of kept rows has one a field, in the same order. */
static void find_key(Work *work) {
    const GapLayerKind *kind = work->load.kind;
    g_auto(GStrv) names = g_strsplit(kind->key ? kind->key : "", ",", -1);
    for (char **name = names; *name; name++) {
        const size_t column = field_number(kind, *name);
        g_array_append_val(work->key, column);
    }
}

/* The values of the key fields of the last kept row, joined by '|'. */
static char *key_of(const Work *work) {
    const size_t row = gap_table_rows(work->load.rows) - 1;
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < work->key->len; i++) {
        g_autofree char *cell =
            gap_table_cell_string(work->load.rows, row, g_array_index(work->key, size_t, i));
        g_string_append_printf(out, "%s%s", i ? "|" : "", cell ? cell : "");
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
    refuse(work, r, field, value, reason);
    return false;
}

static bool check_key(Work *work, size_t r) {
    if (!work->load.kind->key)
        return true;
    g_autofree char *key = key_of(work);
    const gint64 earlier = GPOINTER_TO_SIZE(g_hash_table_lookup(work->keys, key));
    const char *owner = g_hash_table_lookup(work->taken, key);
    if (!earlier && !owner) {
        int part;
        g_hash_table_insert(work->keys, g_steal_pointer(&key),
                            GSIZE_TO_POINTER(row_in_file(work, r, &part)));
        return true;
    }
    refuse(work, r, work->load.kind->key, key,
           earlier ? g_strdup_printf("stands already in row %" G_GINT64_FORMAT "%s", earlier,
                                     work->load.kind->geometry == GAP_NEEDS_POLYGON
                                         ? "; if both are parts of one area, dissolve them into "
                                           "one row first"
                                         : "")
                   : g_strdup_printf("stands already in source %s; unload that first", owner));
    return false;
}

static void take_row(Work *work, size_t r) {
    GapTable *rows = work->load.rows;
    const size_t at = gap_table_add_row(rows);
    int part;
    gap_table_set_int(rows, at, work->mapping->n, row_in_file(work, r, &part));
    g_autoptr(GBytes) wkb = NULL;
    if (take_fields(work, r) && check_whole(work, r) && take_geometry(work, r, &wkb) &&
        check_key(work, r))
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

static bool clear(const Work *work, GError **error) {
    static const GapStatement CLEAR_MATCHES = {"name_match.clear",
                                               "DELETE FROM name_match WHERE source = ?"};
    const GapLoad *load = &work->load;
    for (const GapStatement *const *step = load->kind->clear; *step; step++)
        if (!gap_store_run(load->store, *step, error, "s", load->source))
            return false;
    return gap_store_run(load->store, &CLEAR_MATCHES, error, "s", load->source) &&
           gap_source_clear_refused(load->store, work->source, error);
}

/* Puts the refused rows of this batch on record; the report holds the first of all. */
static bool put_refusals(Work *work, GError **error) {
    GPtrArray *reported = work->report->refusals;
    work->report->refused += work->refusals->len;
    if (!gap_source_refuse(work->load.store, work->source, work->refusals, error))
        return false;
    while (work->refusals->len && reported->len < GAP_REFUSALS_REPORTED)
        g_ptr_array_add(reported, g_ptr_array_steal_index(work->refusals, 0));
    g_ptr_array_set_size(work->refusals, 0);
    return true;
}

static bool is_open(const Work *work, size_t r) {
    if (work->open_field < 0)
        return false;
    g_autofree char *text =
        gap_mapping_cell(work->mapping, (size_t)work->open_field, work->table, r);
    return !text || gap_is_unknown(g_strstrip(text), false);
}

static bool put_batch(Work *work, GError **error) {
    GapLoad *load = &work->load;
    g_autoptr(GapTable) rows = gap_fields_table(load->kind);
    load->rows = rows;
    for (size_t r = 0; r < gap_table_rows(work->table); r++)
        if (!gap_where_keeps(work->where, work->table, r))
            work->elsewhere++;
        else if (is_open(work, r))
            work->open++;
        else
            take_row(work, r);
    work->report->kept += (gint64)gap_table_rows(rows);
    // The source's own record comes last, with all notes: references are deferred.
    return put_refusals(work, error) &&
           gap_store_insert(load->store, load->kind->insert, rows, load->source, error) &&
           (!load->kind->finish || load->kind->finish(load, error));
}

/* The next batch, a wide one made long. */
static GapTable *next_batch(Work *work, GError **error) {
    if (!work->wide)
        return gap_reader_next(work->reader, error);
    GapTable *table;
    while (!(table = gap_wide_take(work->wide))) {
        GapTable *batch = gap_reader_next(work->reader, error);
        if (!batch)
            return NULL;
        gap_wide_give(work->wide, batch);
    }
    return table;
}

/* Every batch, `work->table` being the first. */
static bool put_batches(Work *work, GError **error) {
    bool ok = true;
    g_autoptr(GError) why = NULL;
    while (ok && work->table) {
        ok = put_batch(work, &why);
        gap_table_free(work->table);
        work->table = ok ? next_batch(work, &why) : NULL;
    }
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return ok && !why;
}

/* Nothing kept, or something refused under --strict: the load fails with its first refusal. */
static bool judge(const Work *work, GError **error) {
    const GapLoadReport *report = work->report;
    if (report->kept && !(report->refused && work->options->strict))
        return true;
    if (!report->refused)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: has no rows%s%s; %s need at least one",
                        work->path, work->elsewhere ? " where " : "",
                        work->elsewhere ? work->options->where : "", work->load.kind->title);
    const GapRefusal *first = g_ptr_array_index(report->refusals, 0);
    const GapPlace place = {work->path, first->row, first->field, first->value};
    return gap_fail_at(error, place,
                       "%s (%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                       " rows refused; nothing was loaded)",
                       first->reason, report->refused, report->read);
}

/* What the reader found goes before what the rows gave. */
static void take_notes(Work *work) {
    GapLoad *load = &work->load;
    const GPtrArray *found = gap_reader_notes(work->reader);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_insert(load->notes, (gint)i, g_strdup(g_ptr_array_index(found, i)));
    const GPtrArray *guessed = work->mapping->notes;
    for (guint i = 0; i < guessed->len; i++)
        g_ptr_array_insert(load->notes, (gint)(found->len + i),
                           g_strdup(g_ptr_array_index(guessed, i)));
    if (work->mapping->unused)
        g_ptr_array_insert(load->notes, (gint)(found->len + guessed->len),
                           g_strdup_printf("columns not used: %s", work->mapping->unused));
    if (work->elsewhere)
        gap_load_note(load, "%" G_GINT64_FORMAT " rows left out: not %s (--where)", work->elsewhere,
                      work->options->where);
    if (work->open)
        gap_load_note(load, "%" G_GINT64_FORMAT " rows left out: they have no %s yet", work->open,
                      load->kind->open);
    if (work->crosswalk)
        gap_crosswalk_tell(work->crosswalk, load);
    if (work->wide)
        gap_wide_tell(work->wide, load);
    gap_fields_tell(&work->fields, load);
    g_autofree char *named = gap_finder_tell(work->finder);
    if (named)
        gap_load_note(load, "%s", named);
    if (work->far)
        gap_load_note(load,
                      "%" G_GINT64_FORMAT " points lie more than %d km from the place that their "
                      "row names (the first in row %" G_GINT64_FORMAT "): one of the two is wrong",
                      work->far, FAR_M / 1000, work->first_far);
    if (work->at_places)
        gap_load_note(load,
                      "%" G_GINT64_FORMAT " rows without a point stand at the place that they name "
                      "(precision: settlement)",
                      work->at_places);
    gap_shapes_tell(&work->shapes);
    if (load->notes_dropped)
        g_ptr_array_add(load->notes,
                        g_strdup_printf("%" G_GINT64_FORMAT " more notes", load->notes_dropped));
}

/* Keeps what the source held before, where it did. */
static bool take_before(Work *work, GError **error) {
    static const GapStatement KNOWN = {"load.known", "SELECT count(*) FROM source WHERE id = ?"};
    GapLoad *load = &work->load;
    if (gap_store_number(load->store, &KNOWN, 0, NULL, "s", load->source) == 0)
        return true;
    work->report->changes = gap_diff_new();
    return gap_diff_take(load->store, GAP_DIFF_BEFORE, load->kind->name, load->source, error);
}

static bool compare(Work *work, GError **error) {
    GapLoad *load = &work->load;
    return !work->report->changes ||
           (gap_diff_take(load->store, GAP_DIFF_AFTER, load->kind->name, load->source, error) &&
            gap_diff_compare(load->store, load->kind->name, &work->options->diff,
                             work->report->changes, error));
}

static bool write_all(Work *work, GError **error) {
    GapLoad *load = &work->load;
    GapLoadReport *report = work->report;
    const bool bulk = load->kind->bulk && work->table && gap_table_rows(work->table) >= BULK_ROWS;
    if (!take_before(work, error) ||
        (bulk && !gap_store_bulk_begin(load->store, load->kind->bulk, "geom", error)) ||
        !clear(work, error) || !put_batches(work, error))
        return false;
    report->left_out += gap_reader_left_out(work->reader) + work->elsewhere + work->open +
                        (work->wide ? gap_wide_left_out(work->wide) : 0);
    report->read = report->kept + report->refused + report->left_out;
    if (!judge(work, error) || (load->kind->settle && !load->kind->settle(load->store, error)) ||
        (load->kind->tell && !load->kind->tell(load, error)))
        return false;
    if (bulk && !gap_store_bulk_end(load->store, error))
        return false;
    take_notes(work);
    return gap_finder_record(work->finder, load->source, error) &&
           (!work->crosswalk || gap_crosswalk_record(work->crosswalk, load, error)) &&
           compare(work, error) && gap_source_write(load->store, work->source, report, error);
}

/* A wide first batch is made long before anything else looks at its columns. */
static bool make_long(Work *work, GError **error) {
    g_autoptr(GError) why = NULL;
    work->wide = gap_wide_new(work->load.kind, work->table, work->path, work->options->columns,
                              work->options->set, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (work->wide) {
        gap_wide_give(work->wide, g_steal_pointer(&work->table));
        work->table = gap_wide_take(work->wide);
    }
    return true;
}

/* Finds the box in which all data should lie, where the boundaries of the country are loaded.
 * Scenery lies around the country as well. */
static bool find_country(Work *work) {
    enum { MARGIN_DEG = 1 };
    const char *code = gap_areas_country(work->load.areas);
    GBytes *outline = code ? gap_areas_outline(work->load.areas, code, NULL) : NULL;
    g_autoptr(GapGeometry) country = outline ? gap_geometry_from_wkb(outline, NULL) : NULL;
    if (!country || !work->load.kind->key)
        return false;
    const GapBox box = work->country = gap_geometry_box(country);
    work->near = (GapBox){box.min_x - MARGIN_DEG, box.min_y - MARGIN_DEG, box.max_x + MARGIN_DEG,
                          box.max_y + MARGIN_DEG};
    return true;
}

/* Reads the first batch and what all rows are judged by. */
static bool prepare(Work *work, GError **error) {
    const GapLayerKind *kind = work->load.kind;
    const GapLoadOptions *options = work->options;
    if (!(work->load.areas = gap_areas_new(work->load.store, error)))
        return false;
    const bool known = find_country(work);
    GapReadOptions read = options->read;
    read.expected = known ? &work->near : NULL;
    work->reader = gap_reader_open(work->path, &read, error);
    work->table = work->reader ? gap_reader_next(work->reader, error) : NULL;
    if (!work->table)
        return work->reader && (!error || !*error) && judge(work, error);
    if (!make_long(work, error))
        return false;
    if (options->where &&
        !(work->where = gap_where_new(options->where, work->table, work->path, error)))
        return false;
    if (options->crosswalk &&
        !(work->crosswalk = gap_crosswalk_new(options->crosswalk, kind, error)))
        return false;
    const GapMappingOptions mapping = {options->columns,  options->set,
                                       options->decimal,  known ? &work->country : NULL,
                                       options->read.crs, options->read.swap};
    work->mapping = gap_mapping_new(kind, work->table, work->path, &mapping, error);
    work->finder = gap_finder_new(work->load.store, work->load.areas);
    work->fields = (GapFieldJudge){work->mapping, work->load.areas, work->finder, work->crosswalk};
    work->open_field = kind->open ? (gssize)field_number(kind, kind->open) : -1;
    find_key(work);
    return work->mapping && read_taken(work, error);
}

static bool load_file(Work *work, GError **error) {
    GapStore *store = work->load.store;
    if (!prepare(work, error) || !gap_store_begin(store, error))
        return false;
    const bool ok = write_all(work, error);
    if (!ok || !work->options->dry_run)
        return gap_source_finish(store, ok, error);
    gap_store_rollback(store);
    return true;
}

static void clear_work(Work *work) {
    gap_reader_free(work->reader);
    gap_field_judge_clear(&work->fields);
    gap_finder_free(work->finder);
    gap_mapping_free(work->mapping);
    gap_wide_free(work->wide);
    gap_crosswalk_free(work->crosswalk);
    gap_where_free(work->where);
    gap_table_free(work->table);
    gap_areas_free(work->load.areas);
    gap_overlay_free(work->shapes.overlay);
    gap_shapes_clear(&work->shapes);
    g_ptr_array_unref(work->refusals);
    g_array_unref(work->key);
    g_hash_table_unref(work->keys);
    g_hash_table_unref(work->taken);
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
                 .kind = options->cells ? &GAP_LAYER_CELLS : kind,
                 .source = source->id,
                 .citation = options->title,
                 .country = options->country,
                 .fill = options->fill,
                 .notes = report->notes},
        .report = report,
        .options = options,
        .source = source,
        .path = path,
        .refusals = g_ptr_array_new_with_free_func(gap_refusal_free),
        .shapes = {.load = &work.load, .overlay = gap_overlay_new()},
        .key = g_array_new(FALSE, FALSE, sizeof(size_t)),
        .keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
    const bool ok = load_file(&work, error);
    clear_work(&work);
    return ok ? g_steal_pointer(&report) : NULL;
}
