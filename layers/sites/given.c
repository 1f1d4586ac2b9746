// Candidates from a file of points.
#include "layers/fields.h"
#include "layers/load.h"
#include "layers/shapes.h"
#include "layers/sites/candidates.h"
#include "layers/sites/kinds.h"
#include "layers/source.h"

#include "geo/base/error.h"

enum { CODE, NAME, KIND, COST, RUNNING, OFFICERS };
static const GapField FIELDS[] = {
    [CODE] = {"code", GAP_FIELD_TEXT, true, .help = "a code that no other candidate has",
              .alias = "id", .flags = GAP_FIELD_CODE},
    [NAME] = {"name", GAP_FIELD_TEXT, .help = "its name", .alias = "name_en"},
    [KIND] = {"kind", GAP_FIELD_TEXT, .help = "what it may be built as"},
    [COST] = {"cost", GAP_FIELD_REAL, .min = 0, .max = 1e15, .help = "to build it, money",
              .alias = "cost_usd"},
    [RUNNING] = {"running", GAP_FIELD_REAL, .min = 0, .max = 1e15,
                 .help = "to run it for a year, money", .alias = "running_cost"},
    [OFFICERS] = {"officers", GAP_FIELD_REAL, .min = 0, .max = 1e6, .help = "officers posted there",
                  .alias = "posts"},
    {NULL},
};
/* Judged like a layer, but stored by no load. */
static const GapLayerKind CANDIDATES = {.name = "candidates",
                                        .title = "candidates",
                                        .fields = FIELDS,
                                        .geometry = GAP_NEEDS_POINT,
                                        .inside = true};
static const GapStatement LADDERS = {"sites.ladders", "SELECT area, ladder FROM gap WHERE run = ?"};

typedef struct {
    const char *file;
    const GArray *kinds; // or NULL
    GapAreas *areas;
    GHashTable *ladder_of; // of areas
    GapReader *reader;
    GapMapping *mapping;
    GapFieldJudge fields;
    GapLoad load; // for the judge of points
    GapShapeJudge shapes;
    GapTable *batch, *rows; // as read, and its fields judged
    GHashTable *stands;     // code, and code|kind, to row number; 0: of the store
    GHashTable *point_of;   // code to "lon lat" of its first row
    GapTable *candidates;
    GPtrArray *refusals;
} Giving;

static bool refuse(Giving *giving, gsize r, const char *field, const char *value, char *reason) {
    g_ptr_array_add(giving->refusals,
                    gap_refusal_new(gap_reader_row(giving->reader, r), 0, field, value, reason));
    return false;
}

static bool take_fields(Giving *giving, gsize r) {
    for (gsize i = 0; FIELDS[i].name; i++) {
        g_autofree char *text = gap_mapping_cell(giving->mapping, i, giving->batch, r);
        char *reason = NULL;
        if (!gap_field_take(&giving->fields, i, text, giving->rows, &reason))
            return refuse(giving, r, FIELDS[i].name, text, reason);
    }
    return true;
}

/* The point of a row, judged; a new reference, NULL where it is refused. */
static GBytes *take_point(Giving *giving, gsize r) {
    GBytes *given = gap_table_geometry(giving->batch, r);
    const char *fault = gap_reader_fault(giving->reader, r), *field = "geometry";
    g_autofree char *value = NULL;
    char *reason = NULL;
    double lon, lat;
    g_autoptr(GBytes) wkb = given ? g_bytes_ref(given) : NULL;
    if (fault) {
        refuse(giving, r, field, NULL, g_strdup(fault));
        return NULL;
    }
    if (!given && gap_mapping_gives_point(giving->mapping, giving->batch, r)) {
        if (!gap_mapping_point(giving->mapping, giving->batch, r, &lon, &lat, &field, &value,
                               &reason)) {
            refuse(giving, r, field, value, reason);
            return NULL;
        }
        wkb = gap_wkb_point(lon, lat);
        field = "geometry";
    }
    if (gap_shape_take(&giving->shapes, gap_reader_row(giving->reader, r), &wkb, &value, &reason))
        return g_steal_pointer(&wkb);
    refuse(giving, r, field, value, reason);
    return NULL;
}

static const char *field_text(const Giving *giving, gsize field) {
    return gap_table_text(giving->rows, gap_table_rows(giving->rows) - 1, field);
}

static bool check_kind(Giving *giving, gsize r) {
    const char *kind = field_text(giving, KIND);
    if (!kind || !giving->kinds)
        return true;
    g_autoptr(GString) known = g_string_new(NULL);
    for (guint k = 0; k < giving->kinds->len; k++) {
        const char *name = g_array_index(giving->kinds, GapSiteKind, k).name;
        if (g_str_equal(name, kind))
            return true;
        g_string_append_printf(known, "%s%s", k ? ", " : "", name);
    }
    return refuse(giving, r, "kind", kind,
                  g_strdup_printf("no kind is called so; the kinds are: %s", known->str));
}

static bool fail_twice(Giving *giving, gsize r, const char *code, gint64 row) {
    return refuse(giving, r, "code", code,
                  row ? g_strdup_printf("stands already in row %" G_GINT64_FORMAT
                                        "; each candidate stands once, or once a kind",
                                        row)
                      : g_strdup("a place of the store is called so; give it another code"));
}

/* Rows of one code are options of one place: each of another kind, all at one point. */
static bool check_code(Giving *giving, gsize r, double lon, double lat) {
    const char *code = field_text(giving, CODE), *kind = field_text(giving, KIND);
    g_autofree char *key = g_strconcat(code, "|", kind ? kind : "", NULL),
                    *whole = g_strconcat(code, "|", NULL),
                    *point = g_strdup_printf("%.7f %.7f", lon, lat);
    gpointer row;
    // A row of no kind is of all of them.
    if (g_hash_table_lookup_extended(giving->stands, key, NULL, &row) ||
        g_hash_table_lookup_extended(giving->stands, whole, NULL, &row) ||
        (!kind && g_hash_table_lookup_extended(giving->stands, code, NULL, &row)))
        return fail_twice(giving, r, code, GPOINTER_TO_SIZE(row));
    const char *before = g_hash_table_lookup(giving->point_of, code);
    if (before && !g_str_equal(before, point))
        return refuse(
            giving, r, "code", code,
            g_strdup_printf("stands already at %s; options of one place share its point", before));
    row = GSIZE_TO_POINTER(gap_reader_row(giving->reader, r));
    g_hash_table_insert(giving->stands, g_strdup(code), row);
    g_hash_table_insert(giving->stands, g_steal_pointer(&key), row);
    g_hash_table_insert(giving->point_of, g_strdup(code), g_steal_pointer(&point));
    return true;
}

static void put(Giving *giving, const char *area, double lon, double lat, GBytes *wkb) {
    static const gsize columns[] = {[COST] = GAP_CANDIDATE_COST,
                                    [RUNNING] = GAP_CANDIDATE_RUNNING,
                                    [OFFICERS] = GAP_CANDIDATE_OFFICERS};
    GapTable *table = giving->candidates;
    const gsize row = gap_table_add_row(table), from = gap_table_rows(giving->rows) - 1;
    const char *name = field_text(giving, NAME);
    const char *const texts[] = {field_text(giving, CODE),
                                 name ? name : field_text(giving, CODE),
                                 area,
                                 gap_areas_name(giving->areas, area),
                                 gap_areas_province(giving->areas, area),
                                 g_hash_table_lookup(giving->ladder_of, area)};
    for (gsize c = 0; c < G_N_ELEMENTS(texts); c++)
        gap_table_set_text(table, row, c, texts[c]);
    gap_table_set_real(table, row, GAP_CANDIDATE_LON, lon);
    gap_table_set_real(table, row, GAP_CANDIDATE_LAT, lat);
    gap_table_set_text(table, row, GAP_CANDIDATE_KIND, field_text(giving, KIND));
    for (gsize field = COST; field <= OFFICERS; field++)
        gap_table_set_real(table, row, columns[field], gap_table_real(giving->rows, from, field));
    gap_table_set_geometry(table, row, wkb);
}

static void take_row(Giving *giving, gsize r) {
    double lon, lat;
    gap_table_add_row(giving->rows);
    g_autoptr(GBytes) wkb = take_fields(giving, r) ? take_point(giving, r) : NULL;
    if (!wkb || !gap_wkb_read_point(wkb, &lon, &lat))
        return;
    const char *area = gap_areas_finest(giving->areas, lon, lat, NULL);
    if (!area) {
        g_autofree char *value = g_strdup_printf("%.5f %.5f", lon, lat);
        refuse(giving, r, "geometry", value,
               g_strdup("lies in no area, so that no plan or money of one can be asked for"));
    } else if (check_kind(giving, r) && check_code(giving, r, lon, lat))
        put(giving, area, lon, lat, wkb);
}

static bool take_batches(Giving *giving, GError **error) {
    g_autoptr(GError) why = NULL;
    while (giving->batch) {
        giving->rows = gap_fields_table(&CANDIDATES);
        for (gsize r = 0; r < gap_table_rows(giving->batch); r++)
            take_row(giving, r);
        g_clear_pointer(&giving->rows, gap_table_free);
        gap_table_free(giving->batch);
        giving->batch = gap_reader_next(giving->reader, &why);
    }
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return !why;
}

static bool open_file(Giving *giving, const GapCandidateOptions *wanted, GError **error) {
    giving->reader = gap_reader_open(giving->file, NULL, error);
    giving->batch = giving->reader ? gap_reader_next(giving->reader, error) : NULL;
    if (!giving->batch)
        return false;
    const GapMappingOptions options = {
        .columns = wanted->columns, .set = wanted->set, .decimal = GAP_DECIMAL_OPEN};
    giving->mapping = gap_mapping_new(&CANDIDATES, giving->batch, giving->file, &options, error);
    giving->fields = (GapFieldJudge){.mapping = giving->mapping, .areas = giving->areas};
    return giving->mapping != NULL;
}

/* None left: the first reason tells. */
static bool judge(const Giving *giving, gsize before, GError **error) {
    if (gap_table_rows(giving->candidates) > before)
        return true;
    if (!giving->refusals->len)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: has no rows; candidates are needed",
                        giving->file);
    const GapRefusal *first = g_ptr_array_index(giving->refusals, 0);
    return gap_fail_at(error, (GapPlace){giving->file, first->row, first->field, first->value},
                       "%s (all %u rows are refused: no candidate is left)", first->reason,
                       giving->refusals->len);
}

static void take_notes(Giving *giving, GPtrArray *notes) {
    const GPtrArray *found[] = {gap_reader_notes(giving->reader), giving->mapping->notes,
                                giving->load.notes};
    for (gsize f = 0; f < G_N_ELEMENTS(found); f++)
        for (guint i = 0; i < found[f]->len; i++)
            gap_note(notes, "%s: %s", giving->file, (const char *)g_ptr_array_index(found[f], i));
    if (giving->mapping->unused)
        gap_note(notes, "%s: columns not used: %s", giving->file, giving->mapping->unused);
}

/* Codes of the store are taken, and ladders known by area. */
static bool prepare(Giving *giving, GapStore *store, const char *run, GError **error) {
    g_autoptr(GapTable) ladders = gap_store_select(store, &LADDERS, error, "s", run);
    for (gsize r = 0; ladders && r < gap_table_rows(ladders); r++)
        g_hash_table_insert(giving->ladder_of, g_strdup(gap_table_text(ladders, r, 0)),
                            g_strdup(gap_table_text(ladders, r, 1)));
    for (gsize r = 0; r < gap_table_rows(giving->candidates); r++) {
        const char *code = gap_table_text(giving->candidates, r, GAP_CANDIDATE_CODE);
        g_hash_table_insert(giving->stands, g_strconcat(code, "|", NULL), NULL);
    }
    return ladders != NULL;
}

static void clear(Giving *giving) {
    gap_field_judge_clear(&giving->fields);
    gap_shapes_clear(&giving->shapes);
    gap_overlay_free(giving->shapes.overlay);
    gap_mapping_free(giving->mapping);
    gap_reader_free(giving->reader);
    gap_table_free(giving->batch);
    gap_areas_free(giving->areas);
    g_ptr_array_unref(giving->load.notes);
    g_hash_table_unref(giving->ladder_of);
    g_hash_table_unref(giving->stands);
    g_hash_table_unref(giving->point_of);
}

bool gap_candidates_give(GapStore *store, const char *run, const char *as_of,
                         const GapCandidateOptions *options, const GArray *kinds,
                         GapTable *candidates, GPtrArray *notes, GPtrArray *refusals,
                         GError **error) {
    Giving giving = {.file = options->given,
                     .kinds = kinds,
                     .areas = gap_areas_new_on(store, as_of, error),
                     .ladder_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                     .load = {.store = store,
                              .kind = &CANDIDATES,
                              .notes = g_ptr_array_new_with_free_func(g_free)},
                     .shapes = {.load = &giving.load, .overlay = gap_overlay_new()},
                     .stands = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                     .point_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                     .candidates = candidates,
                     .refusals = refusals};
    giving.load.areas = giving.areas;
    const gsize before = gap_table_rows(candidates);
    const bool ok = giving.areas && prepare(&giving, store, run, error) &&
                    open_file(&giving, options, error) && take_batches(&giving, error) &&
                    judge(&giving, before, error);
    if (ok)
        take_notes(&giving, notes);
    clear(&giving);
    return ok;
}
