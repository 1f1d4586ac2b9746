#include "layers/changes.h"

#include "geo/base/error.h"
#include "geo/stats/stats.h"
#include "layers/layer.h"

#include <math.h>

static const GapField FIELDS[] = {
    {"old", GAP_FIELD_TEXT, true, .help = "code of the old unit; need not be a loaded area",
     .alias = "old_code", .flags = GAP_FIELD_CODE | GAP_FIELD_UNIT_CODE},
    {"new", GAP_FIELD_TEXT, true,
     .help = "code of the loaded area that took its place, or the old unit of another row",
     .alias = "new_code", .flags = GAP_FIELD_CODE | GAP_FIELD_UNIT_CODE},
    {"share", GAP_FIELD_REAL, true, 0, 1,
     .help = "part of the old unit's figures that goes to the new one, 0 to 1"},
    {"on", GAP_FIELD_DATE, true, .help = "first day of the new unit", .alias = "date"},
    {"old_name", GAP_FIELD_TEXT, .help = "name of the old unit, by which figures may call it"},
    {NULL},
};

static const GapStatement TAKEN = {
    "change.taken", "SELECT old || '|' || new, source FROM area_change WHERE source <> ?1"};
static const GapStatement CLEAR = {"change.clear", "DELETE FROM area_change WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "change.insert", "INSERT INTO area_change (old, new, share, changed_on, old_name, row, source)"
                     " VALUES (:old, :new, :share, :on, :old_name, :row, :source)"};

/* ---- what is there, and where it belongs ---- */

static const GapStatement CLEAR_DERIVED[] = {
    {"change.clear_people", "DELETE FROM people WHERE source GLOB '" GAP_DERIVED "'"},
    {"change.clear_crime", "DELETE FROM crime WHERE source GLOB '" GAP_DERIVED "'"},
    {"change.clear_parts", "DELETE FROM derived_part"},
    {"change.clear_rest", "DELETE FROM unallocated WHERE layer = 'changes'"}};
/* Figures of an old unit lie with those of areas where it is one, else apart. */
#define OLD_ONLY                                                                                   \
    " WHERE area IN (SELECT old FROM area_change) AND area NOT IN (SELECT code FROM area)"
static const GapStatement MOVE[] = {
    {"change.keep_people",
     "INSERT INTO former_figure SELECT 'people', area, 'people', year, people, NULL, NULL, basis,"
     " citation, source FROM people" OLD_ONLY},
    {"change.take_people", "DELETE FROM people" OLD_ONLY},
    {"change.keep_crime",
     "INSERT INTO former_figure SELECT 'crime', area, offence, year, count, count_low, count_high,"
     " basis, citation, source FROM crime" OLD_ONLY},
    {"change.take_crime", "DELETE FROM crime" OLD_ONLY},
    {"change.give_people",
     "INSERT INTO people SELECT area, year, amount, basis, citation, source FROM former_figure"
     " WHERE layer = 'people' AND area IN (SELECT code FROM area)"},
    {"change.give_crime",
     "INSERT INTO crime SELECT area, year, item, amount, low, high, basis, citation, source"
     " FROM former_figure WHERE layer = 'crime' AND area IN (SELECT code FROM area)"},
    {"change.given", "DELETE FROM former_figure WHERE area IN (SELECT code FROM area)"}};
static const GapStatement LOST = {
    "change.lost", "SELECT area || ' of ' || source FROM former_figure"
                   " WHERE area NOT IN (SELECT old FROM area_change) ORDER BY 1 LIMIT 1"};
static const GapStatement UNKNOWN = {
    "change.unknown", "SELECT source || ', row ' || row || ': the new unit ''' || new || ''''"
                      " FROM area_change WHERE new NOT IN (SELECT old FROM area_change)"
                      " AND new NOT IN (SELECT code FROM area) ORDER BY source, row LIMIT 1"};
static const GapStatement UNEVEN = {"change.uneven",
                                    "SELECT old, sum(share) FROM area_change GROUP BY old"
                                    " HAVING abs(sum(share) - 1) > 1e-6 ORDER BY old LIMIT 1"};
static const GapStatement EDGES = {
    "change.edges", "SELECT old, new, share, source FROM area_change ORDER BY old, new"};
static const GapStatement AREAS = {"change.areas", "SELECT code FROM area WHERE code IN"
                                                   " (SELECT old FROM area_change UNION ALL"
                                                   "  SELECT new FROM area_change)"};
static const GapStatement FIGURES = {
    "change.figures",
    "WITH unit (code) AS (SELECT old FROM area_change UNION SELECT new FROM area_change)"
    " SELECT 'people' AS layer, 'people' AS item, year, area, people AS amount, NULL AS low,"
    "  NULL AS high FROM people JOIN unit ON code = area"
    " UNION ALL SELECT 'crime', offence, year, area, count, count_low, count_high FROM crime"
    "  JOIN unit ON code = area"
    " UNION ALL SELECT layer, item, year, area, amount, low, high FROM former_figure"
    " ORDER BY 1, 2, 3, 4"};
enum { LAYER, ITEM, YEAR, AREA, AMOUNT, LOW, HIGH };
static const GapColumnSpec FIGURE_COLUMNS[] = {{"layer", GAP_TYPE_TEXT},  {"item", GAP_TYPE_TEXT},
                                               {"year", GAP_TYPE_INT},    {"area", GAP_TYPE_TEXT},
                                               {"amount", GAP_TYPE_REAL}, {"low", GAP_TYPE_REAL},
                                               {"high", GAP_TYPE_REAL}};

static const GapStatement PUT_PART = {
    "change.put_part", "INSERT INTO derived_part (layer, area, item, year, old, share, given,"
                       " amount, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const GapStatement PUT_PEOPLE = {
    "change.put_people", "INSERT INTO people (area, year, people, basis, citation, source)"
                         " VALUES (?, ?, ?, ?, ?, ?)"};
static const GapStatement PUT_CRIME = {
    "change.put_crime",
    "INSERT INTO crime (area, year, offence, count, count_low, count_high, basis, citation, source)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const GapStatement PUT_REST = {
    "change.put_rest", "INSERT INTO unallocated (layer, area, item, year, amount, note, source)"
                       " VALUES ('changes', ?, ?, ?, ?, ?, ?)"
                       " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount"};

/* ---- the changes as a graph ---- */

enum { MIDDLE, LOWER, UPPER, VALUES };

typedef struct {
    guint from, to; // units
    double share;
    const char *source;
    double part[VALUES]; // of the figure at hand
} Edge;

typedef struct {
    const char *code;
    bool is_area, own;     // own: the figure at hand was given for it
    GArray *in, *out;      // of edge numbers (guint), by code
    double figure[VALUES]; // NaN: none; the ends: not known
} Unit;

typedef struct {
    GapStore *store;
    GapTable *edges, *figures;
    Edge *edge;
    Unit *unit;
    guint *order; // of units: old ones before those that they go to
    guint n_edges, n_units;
    GHashTable *unit_of; // code to number
} Work;

static guint unit_of(Work *work, const char *code) {
    gpointer found;
    if (g_hash_table_lookup_extended(work->unit_of, code, NULL, &found))
        return GPOINTER_TO_UINT(found);
    const guint number = work->n_units++;
    work->unit[number] = (Unit){.code = code,
                                .in = g_array_new(FALSE, FALSE, sizeof(guint)),
                                .out = g_array_new(FALSE, FALSE, sizeof(guint))};
    g_hash_table_insert(work->unit_of, (gpointer)code, GUINT_TO_POINTER(number));
    return number;
}

static bool read_graph(Work *work, GError **error) {
    work->edges = gap_store_select(work->store, &EDGES, error, "");
    g_autoptr(GapTable) areas =
        work->edges ? gap_store_select(work->store, &AREAS, error, "") : NULL;
    if (!areas)
        return false;
    work->n_edges = (guint)gap_table_rows(work->edges);
    work->edge = g_new0(Edge, work->n_edges);
    work->unit = g_new0(Unit, 2 * work->n_edges);
    for (guint e = 0; e < work->n_edges; e++) {
        Edge *edge = &work->edge[e];
        edge->from = unit_of(work, gap_table_text(work->edges, e, 0));
        edge->to = unit_of(work, gap_table_text(work->edges, e, 1));
        edge->share = gap_table_real(work->edges, e, 2);
        edge->source = gap_table_text(work->edges, e, 3);
        g_array_append_val(work->unit[edge->from].out, e);
        g_array_append_val(work->unit[edge->to].in, e);
    }
    for (size_t r = 0; r < gap_table_rows(areas); r++)
        work->unit[unit_of(work, gap_table_text(areas, r, 0))].is_area = true;
    return true;
}

static Edge *edge_of(const Work *work, const GArray *edges, guint i) {
    return &work->edge[g_array_index(edges, guint, i)];
}

/* A unit that is never reached goes in a circle, or comes out of one: back from it, always to an
 * old unit that was not reached either, the way runs into the circle. */
static bool fail_circle(const Work *work, const guint *left, GError **error) {
    guint at = 0;
    while (left[at] == 0)
        at++;
    g_autofree bool *seen = g_new0(bool, work->n_units);
    g_autoptr(GPtrArray) way = g_ptr_array_new();
    while (!seen[at]) {
        seen[at] = true;
        g_ptr_array_add(way, (gpointer)work->unit[at].code);
        const GArray *in = work->unit[at].in;
        guint i = 0;
        while (left[edge_of(work, in, i)->from] == 0)
            i++;
        at = edge_of(work, in, i)->from;
    }
    g_autoptr(GString) text = g_string_new(work->unit[at].code);
    for (guint i = way->len; i-- > 0;) {
        g_string_append_printf(text, " -> %s", (char *)g_ptr_array_index(way, i));
        if (g_ptr_array_index(way, i) == work->unit[at].code)
            break;
    }
    g_autofree char *shown = gap_printable(text->str, 400);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "changes of areas go in a circle, %s: give each changed unit a code of its "
                    "own; nothing was changed",
                    shown);
}

/* Kahn's order. A unit's turn comes when all its old units had theirs. */
static bool sort_units(Work *work, GError **error) {
    g_autofree guint *left = g_new0(guint, work->n_units);
    work->order = g_new0(guint, work->n_units);
    guint n = 0;
    for (guint u = 0; u < work->n_units; u++) {
        left[u] = work->unit[u].in->len;
        if (left[u] == 0)
            work->order[n++] = u;
    }
    for (guint at = 0; at < n; at++) {
        const GArray *out = work->unit[work->order[at]].out;
        for (guint i = 0; i < out->len; i++) {
            const guint to = edge_of(work, out, i)->to;
            if (--left[to] == 0)
                work->order[n++] = to;
        }
    }
    return n == work->n_units || fail_circle(work, left, error);
}

/* ---- one figure: a year of one offence, or of people ---- */

typedef struct {
    const char *layer, *item;
    gint64 year;
} Subject;

/* What of the unit's figure goes where: whole numbers that add up to it. */
static void share_out(Work *work, Unit *unit) {
    const guint n = unit->out->len;
    g_autofree double *exact = g_new(double, n + 1);
    g_autofree gint64 *whole = g_new(gint64, n + 1);
    for (int v = 0; v < VALUES; v++) {
        double shares = 0;
        for (guint i = 0; i < n; i++)
            shares += edge_of(work, unit->out, i)->share;
        // Shares may miss 1 by a millionth; parts must not.
        for (guint i = 0; i < n; i++)
            exact[i] = unit->figure[v] * edge_of(work, unit->out, i)->share / shares;
        gap_stats_round(exact, n, whole);
        for (guint i = 0; i < n; i++)
            edge_of(work, unit->out, i)->part[v] = isnan(unit->figure[v]) ? NAN : (double)whole[i];
    }
}

static bool put_parts(const Work *work, const Subject *subject, const Unit *unit, GError **error) {
    bool ok = true;
    for (guint i = 0; ok && i < unit->in->len; i++) {
        const Edge *edge = edge_of(work, unit->in, i);
        const Unit *old = &work->unit[edge->from];
        ok = gap_store_run(work->store, &PUT_PART, error, "sssisdiii", subject->layer, unit->code,
                           subject->item, subject->year, old->code, edge->share,
                           (gint64)old->figure[MIDDLE], (gint64)edge->part[MIDDLE],
                           (gint64)!unit->own);
    }
    return ok;
}

/* "from former units A (0.4), B (1)", the first of many. */
static char *citation_of(const Work *work, const Unit *unit) {
    enum { MOST = 12 };
    GString *text = g_string_new("from former units");
    for (guint i = 0; i < MIN(unit->in->len, MOST); i++) {
        const Edge *edge = edge_of(work, unit->in, i);
        g_autofree char *code = gap_printable(work->unit[edge->from].code, 60);
        g_string_append_printf(text, "%s %s (%.6g)", i ? "," : "", code, edge->share);
    }
    if (unit->in->len > MOST)
        g_string_append_printf(text, " and %u more", unit->in->len - MOST);
    return g_string_free(text, FALSE);
}

/* A sum of whole units is a reconstruction, a sum of parts an estimate. */
static bool put_figure(const Work *work, const Subject *subject, const Unit *unit, GError **error) {
    g_autofree char *citation = citation_of(work, unit);
    bool whole = true;
    for (guint i = 0; i < unit->in->len; i++)
        whole = whole && edge_of(work, unit->in, i)->share > 1 - 1e-6;
    const char *basis = whole ? "reconstructed" : "estimated";
    const char *source = edge_of(work, unit->in, 0)->source;
    if (g_str_equal(subject->layer, "people"))
        return gap_store_run(work->store, &PUT_PEOPLE, error, "siisss", unit->code, subject->year,
                             (gint64)unit->figure[MIDDLE], basis, citation, source);
    return gap_store_run(work->store, &PUT_CRIME, error, "sisiddsss", unit->code, subject->year,
                         subject->item, (gint64)unit->figure[MIDDLE], unit->figure[LOWER],
                         unit->figure[UPPER], basis, citation, source);
}

/* What cannot be given to a unit since others have no figure stays at it, or at the first area that
 * it goes to. */
static bool put_rest(const Work *work, const Subject *subject, const Unit *unit, double amount,
                     GError **error) {
    const Unit *at = unit;
    while (!at->is_area)
        at = &work->unit[edge_of(work, at->out, 0)->to];
    g_autofree char *item = g_str_equal(subject->layer, "people")
                                ? g_strdup("people")
                                : g_strdup_printf("crime %s", subject->item);
    return gap_store_run(work->store, &PUT_REST, error, "ssidss", at->code, item, subject->year,
                         amount, "of former units, of which others have no figure",
                         edge_of(work, unit->in, 0)->source);
}

/* Adds up what came in. An end that only some old units have is theirs and the others' figures. */
static void add_up(const Work *work, Unit *unit, double *known, guint *n_known) {
    double sum[VALUES] = {0, 0, 0};
    bool ends[VALUES] = {false, false, false};
    *n_known = 0;
    *known = 0;
    for (guint i = 0; i < unit->in->len; i++) {
        const Edge *edge = edge_of(work, unit->in, i);
        if (isnan(edge->part[MIDDLE]))
            continue;
        ++*n_known;
        *known += edge->part[MIDDLE];
        for (int v = 0; v < VALUES; v++) {
            ends[v] = ends[v] || !isnan(edge->part[v]);
            sum[v] += isnan(edge->part[v]) ? edge->part[MIDDLE] : edge->part[v];
        }
    }
    if (unit->own || *n_known < unit->in->len)
        return;
    unit->figure[MIDDLE] = sum[MIDDLE];
    unit->figure[LOWER] = ends[LOWER] ? MIN(sum[LOWER], sum[MIDDLE]) : NAN;
    unit->figure[UPPER] = ends[UPPER] ? MAX(sum[UPPER], sum[MIDDLE]) : NAN;
}

static bool derive_unit(Work *work, const Subject *subject, Unit *unit, GError **error) {
    guint n_known = 0;
    double known = 0;
    if (unit->in->len)
        add_up(work, unit, &known, &n_known);
    const bool complete = unit->in->len && n_known == unit->in->len;
    share_out(work, unit);
    if (complete && !put_parts(work, subject, unit, error))
        return false;
    if (unit->own)
        return true;
    if (complete)
        return !unit->is_area || put_figure(work, subject, unit, error);
    return n_known == 0 || put_rest(work, subject, unit, known, error);
}

/* The figures of rows `first` up to `end` are all of one subject. */
static bool derive(Work *work, size_t first, size_t end, GError **error) {
    const Subject subject = {gap_table_text(work->figures, first, LAYER),
                             gap_table_text(work->figures, first, ITEM),
                             gap_table_int(work->figures, first, YEAR)};
    for (guint u = 0; u < work->n_units; u++) {
        work->unit[u].own = false;
        for (int v = 0; v < VALUES; v++)
            work->unit[u].figure[v] = NAN;
    }
    for (size_t r = first; r < end; r++) {
        Unit *unit = &work->unit[unit_of(work, gap_table_text(work->figures, r, AREA))];
        unit->own = true;
        for (int v = 0; v < VALUES; v++)
            unit->figure[v] = gap_table_real(work->figures, r, (size_t)(AMOUNT + v));
    }
    bool ok = true;
    for (guint i = 0; ok && i < work->n_units; i++)
        ok = derive_unit(work, &subject, &work->unit[work->order[i]], error);
    return ok;
}

static bool is_same_subject(const GapTable *figures, size_t a, size_t b) {
    return g_str_equal(gap_table_text(figures, a, LAYER), gap_table_text(figures, b, LAYER)) &&
           g_str_equal(gap_table_text(figures, a, ITEM), gap_table_text(figures, b, ITEM)) &&
           gap_table_int(figures, a, YEAR) == gap_table_int(figures, b, YEAR);
}

static bool derive_all(Work *work, GError **error) {
    work->figures = gap_store_table(work->store, &FIGURES, "figures", FIGURE_COLUMNS,
                                    G_N_ELEMENTS(FIGURE_COLUMNS), error, "");
    const size_t n = work->figures ? gap_table_rows(work->figures) : 0;
    bool ok = work->figures != NULL;
    for (size_t first = 0, end; ok && first < n; first = end) {
        for (end = first + 1; end < n && is_same_subject(work->figures, first, end);)
            end++;
        ok = derive(work, first, end, error);
    }
    return ok;
}

/* ---- all of it ---- */

static bool check_changes(GapStore *store, GError **error) {
    g_autoptr(GapTable) uneven = gap_store_select(store, &UNEVEN, error, "");
    if (!uneven)
        return false;
    if (gap_table_rows(uneven)) {
        g_autofree char *code = gap_printable(gap_table_text(uneven, 0, 0), 60);
        return gap_fail(error, GAP_ERROR_INPUT,
                        "the shares of the old unit '%s' add up to %.9g, not to 1: say where all "
                        "of it went, in one file; nothing was changed",
                        code, gap_table_real(uneven, 0, 1));
    }
    g_autofree char *unknown = gap_store_text(store, &UNKNOWN, error, "");
    g_autofree char *shown = unknown ? gap_printable(unknown, 200) : NULL;
    return !shown ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s is no area, nor the old unit of another row: load its boundaries first, or "
                    "unload the changes; nothing was changed",
                    shown);
}

static bool place_figures(GapStore *store, GError **error) {
    for (size_t i = 0; i < G_N_ELEMENTS(CLEAR_DERIVED); i++)
        if (!gap_store_run(store, &CLEAR_DERIVED[i], error, ""))
            return false;
    for (size_t i = 0; i < G_N_ELEMENTS(MOVE); i++)
        if (!gap_store_run(store, &MOVE[i], error, ""))
            return false;
    g_autofree char *lost = gap_store_text(store, &LOST, error, "");
    g_autofree char *shown = lost ? gap_printable(lost, 200) : NULL;
    return !shown || gap_fail(error, GAP_ERROR_INPUT,
                              "figures of %s need the changes that name this unit: unload the "
                              "figures first; nothing was changed",
                              shown);
}

static void clear_work(Work *work) {
    for (guint u = 0; u < work->n_units; u++) {
        g_array_unref(work->unit[u].in);
        g_array_unref(work->unit[u].out);
    }
    g_free(work->unit);
    g_free(work->edge);
    g_free(work->order);
    g_hash_table_unref(work->unit_of);
    gap_table_free(work->edges);
    gap_table_free(work->figures);
}

bool gap_figures_settle(GapStore *store, GError **error) {
    Work work = {.store = store, .unit_of = g_hash_table_new(g_str_hash, g_str_equal)};
    const bool ok = check_changes(store, error) && place_figures(store, error) &&
                    read_graph(&work, error) && sort_units(&work, error) &&
                    derive_all(&work, error) && gap_crime_settle(store, error);
    clear_work(&work);
    return ok;
}

static char *judge(const GapTable *rows, const char **field) {
    const size_t row = gap_table_rows(rows) - 1;
    *field = "share";
    if (gap_table_real(rows, row, (size_t)gap_table_find(rows, "share")) == 0)
        return g_strdup("nothing goes there: leave the row out");
    *field = "new";
    if (g_str_equal(gap_table_text(rows, row, (size_t)gap_table_find(rows, "old")),
                    gap_table_text(rows, row, (size_t)gap_table_find(rows, "new"))))
        return g_strdup("the old unit itself; a unit that changed has a code of its own");
    return NULL;
}

const GapLayerKind GAP_LAYER_CHANGES = {
    .name = "changes",
    .title = "changes of areas",
    .fields = FIELDS,
    .key = "old,new",
    .taken = &TAKEN,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
    .settle = gap_figures_settle,
};
