#include "layers/match.h"

#include "geo/base/error.h"
#include "geo/shape/geometry.h"

#include <string.h>

const char *const GAP_MATCH_COLUMN_NAMES[] = {
    "outcome", "code", "matched_name", "score", "reason", "candidates", NULL};
enum { OUTCOME, CODE, MATCHED_NAME, SCORE, REASON, CANDIDATES };

/* What is asked: each question once, though a table may name a place on many rows. */
typedef struct {
    GArray *queries; // of GapMatchQuery
    guint *of_row;   // which of them a row asks
    GStringChunk *texts;
} Asked;

static void asked_clear(Asked *asked) {
    g_array_unref(asked->queries);
    g_free(asked->of_row);
    g_string_chunk_free(asked->texts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, asked_clear)

/* The same text is the same pointer, so that questions are compared by their bytes. */
static const char *cell(Asked *asked, const GapTable *table, size_t row, int column) {
    g_autofree char *text = column < 0 ? NULL : gap_table_cell_string(table, row, (size_t)column);
    return text ? g_string_chunk_insert_const(asked->texts, text) : NULL;
}

static GapMatchQuery query_of(const GapTable *table, size_t row, const GapMatchColumns *columns,
                              Asked *asked) {
    GapMatchQuery query = GAP_MATCH_QUERY(cell(asked, table, row, columns->name));
    const struct {
        int column, level;
    } parents[] = {{columns->district, GAP_GAZETTEER_DISTRICT},
                   {columns->province, GAP_GAZETTEER_PROVINCE}};
    for (size_t i = 0, n = 0; i < G_N_ELEMENTS(parents); i++) {
        const char *parent = cell(asked, table, row, parents[i].column);
        if (!parent || !*parent)
            continue;
        query.parents[n] = parent;
        query.parent_levels[n++] = parents[i].level;
    }
    // No kind goes with it: a city may well be among the municipalities.
    query.level = columns->level;
    GBytes *wkb = gap_table_geometry(table, row);
    if (wkb && !gap_wkb_read_point(wkb, &query.lon, &query.lat))
        query.lon = query.lat = NAN;
    return query;
}

/* The name that a query gives for what it lies in at that level, or NULL. */
static const char *parent_of(const GapMatchQuery *query, int level) {
    for (int i = 0; i < GAP_MATCH_PARENTS; i++)
        if (query->parents[i] && query->parent_levels[i] == level)
            return query->parents[i];
    return NULL;
}

static guint question_hash(gconstpointer data) {
    const GapMatchQuery *query = data;
    return g_direct_hash(query->name) ^ g_direct_hash(query->parents[0]) * 31 ^
           g_direct_hash(query->parents[1]) * 1009;
}

static gboolean question_equal(gconstpointer a, gconstpointer b) {
    const GapMatchQuery *x = a, *y = b;
    return x->name == y->name && memcmp(x->parents, y->parents, sizeof x->parents) == 0 &&
           memcmp(&x->lon, &y->lon, sizeof x->lon) == 0 &&
           memcmp(&x->lat, &y->lat, sizeof x->lat) == 0;
}

static void ask(const GapTable *table, const GapMatchColumns *columns, Asked *asked) {
    const size_t n = gap_table_rows(table);
    *asked = (Asked){g_array_new(FALSE, FALSE, sizeof(GapMatchQuery)), g_new(guint, n + 1),
                     g_string_chunk_new(1 << 16)};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(question_hash, question_equal, g_free, NULL);
    for (size_t row = 0; row < n; row++) {
        const GapMatchQuery query = query_of(table, row, columns, asked);
        gpointer earlier;
        if (!columns->unique && g_hash_table_lookup_extended(seen, &query, NULL, &earlier)) {
            asked->of_row[row] = GPOINTER_TO_UINT(earlier);
            continue;
        }
        asked->of_row[row] = asked->queries->len;
        if (!columns->unique)
            g_hash_table_insert(seen, g_memdup2(&query, sizeof query),
                                GUINT_TO_POINTER(asked->queries->len));
        g_array_append_val(asked->queries, query);
    }
}

static bool has_column(const GapTable *table, const char *name) {
    for (size_t c = 0; c < gap_table_columns(table); c++)
        if (g_ascii_strcasecmp(gap_table_column(table, c)->name, name) == 0)
            return true;
    return false;
}

static size_t add_columns(GapTable *table) {
    const size_t first = gap_table_columns(table);
    for (int i = 0; i < GAP_MATCH_ADDED; i++) {
        g_autofree char *name = g_strdup(GAP_MATCH_COLUMN_NAMES[i]);
        while (has_column(table, name)) {
            char *longer = g_strconcat("match_", name, NULL);
            g_free(name);
            name = longer;
        }
        gap_table_add_column(
            table, &(GapColumnSpec){name, i == SCORE ? GAP_TYPE_REAL : GAP_TYPE_TEXT, NULL, NULL});
    }
    return first;
}

static void put_result(const GapGazetteer *gazetteer, GapTable *table, size_t row, size_t first,
                       const GapMatchResult *result) {
    gap_table_set_text(table, row, first + OUTCOME, gap_match_outcome_name(result->outcome));
    gap_table_set_text(table, row, first + REASON, result->reason);
    if (result->score > 0)
        gap_table_set_real(table, row, first + SCORE, round((double)result->score * 1000) / 1000);
    if (result->outcome == GAP_MATCH_MATCHED) {
        const size_t i = (size_t)result->target;
        gap_table_set_text(table, row, first + CODE, gap_gazetteer_code(gazetteer, i));
        gap_table_set_text(table, row, first + MATCHED_NAME, gap_gazetteer_name(gazetteer, i));
        return;
    }
    g_autoptr(GString) candidates = g_string_new(NULL);
    for (guint32 c = 0; c < result->n_candidates; c++) {
        g_string_append(candidates, c ? "; " : "");
        gap_gazetteer_label(gazetteer, result->candidates[c].target, candidates);
    }
    gap_table_set_text(table, row, first + CANDIDATES, candidates->len ? candidates->str : NULL);
}

/* ---- what a person said ---- */

typedef struct {
    const GapGazetteer *gazetteer;
    const GapMatchColumns *columns;
    GHashTable *given; // targets that a person gave to a row
} Reviewed;

/* The result by what a person said of a row; false where nobody did. Its reason belongs to nobody.
 */
static bool decide(const Reviewed *reviewed, const GapMatchQuery *query, GapMatchResult *result) {
    const GapMatchColumns *columns = reviewed->columns;
    const char *code = columns->review ? gap_review_find(columns->review, query->name,
                                                         parent_of(query, GAP_GAZETTEER_DISTRICT),
                                                         parent_of(query, GAP_GAZETTEER_PROVINCE))
                                       : NULL;
    if (!code)
        return false;
    const bool place_first = columns->level == GAP_GAZETTEER_PLACE;
    gssize target = gap_gazetteer_find(reviewed->gazetteer, code, place_first);
    if (target < 0)
        target = gap_gazetteer_find(reviewed->gazetteer, code, !place_first);
    *result = target < 0
                  ? (GapMatchResult){GAP_MATCH_UNMATCHED, -1,
                                     .reason = (char *)"none of the store's, as the review says"}
                  : (GapMatchResult){GAP_MATCH_MATCHED, (gint32)target,
                                     .reason = (char *)"as the review says"};
    return true;
}

/* A place that a person gave to one row of a list is none for another. */
static bool is_given_away(const Reviewed *reviewed, const GapMatchResult *result) {
    return reviewed->columns->unique && result->outcome == GAP_MATCH_MATCHED &&
           g_hash_table_contains(reviewed->given, GINT_TO_POINTER(result->target));
}

static void ask_person(const Reviewed *reviewed, const GapMatchQuery *query,
                       const GapMatchResult *result) {
    if (!reviewed->columns->review || result->outcome == GAP_MATCH_MATCHED || !query->name ||
        !*query->name)
        return;
    g_autoptr(GStrvBuilder) labels = g_strv_builder_new();
    for (guint32 c = 0; c < result->n_candidates; c++) {
        g_autofree char *label =
            gap_gazetteer_label_all(reviewed->gazetteer, result->candidates[c].target);
        g_strv_builder_add(labels, label);
    }
    g_auto(GStrv) candidates = g_strv_builder_end(labels);
    gap_review_ask(reviewed->columns->review, query->name, parent_of(query, GAP_GAZETTEER_DISTRICT),
                   parent_of(query, GAP_GAZETTEER_PROVINCE),
                   gap_match_outcome_name(result->outcome), result->reason, candidates);
}

static void find_given(Reviewed *reviewed, const Asked *asked) {
    for (guint i = 0; i < asked->queries->len; i++) {
        GapMatchResult result;
        if (decide(reviewed, &g_array_index(asked->queries, GapMatchQuery, i), &result) &&
            result.target >= 0)
            g_hash_table_add(reviewed->given, GINT_TO_POINTER(result.target));
    }
}

/* ---- all of it ---- */

/* Whether all that fit are one area and places in it: then the level says which is meant. */
static bool is_nested(const GapGazetteer *gazetteer, const GapMatchResult *result) {
    const GapMatchTarget *targets = gap_gazetteer_targets(gazetteer, NULL);
    const guint32 area = result->candidates[0].target; // ties go by number: areas before places
    bool nested = result->n_candidates > 1 && targets[area].level < GAP_GAZETTEER_PLACE;
    for (guint32 c = 1; nested && c < result->n_candidates; c++) {
        const GapMatchTarget *other = &targets[result->candidates[c].target];
        nested = other->level == GAP_GAZETTEER_PLACE && other->parent == (gint32)area;
    }
    return nested;
}

static void put_row(const Reviewed *reviewed, const Asked *asked, const GapMatchResults *results,
                    GapTable *table, size_t row, GapMatchTally *tally) {
    const guint i = asked->of_row[row];
    const GapMatchQuery *query = &g_array_index(asked->queries, GapMatchQuery, i);
    GapMatchResult result = results->results[i], said;
    GapMatchCandidate own = {(guint32)result.target, 0, result.score};
    if (decide(reviewed, query, &said))
        result = said;
    else {
        if (is_given_away(reviewed, &result))
            result = (GapMatchResult){GAP_MATCH_AMBIGUOUS,
                                      -1,
                                      result.score,
                                      1,
                                      &own,
                                      (char *)"its place is another row's, as the review says"};
        ask_person(reviewed, query, &result);
    }
    put_result(reviewed->gazetteer, table, row, tally->first, &result);
    tally->count[result.outcome]++;
    tally->nested +=
        result.outcome == GAP_MATCH_AMBIGUOUS && is_nested(reviewed->gazetteer, &result);
}

bool gap_match_table(const GapGazetteer *gazetteer, GapTable *table, const GapMatchColumns *columns,
                     GapMatchTally *tally, const GapProgress *progress, GError **error) {
    g_auto(Asked) asked;
    ask(table, columns, &asked);
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.unique = columns->unique;
    options.threads = CLAMP(g_get_num_processors(), 1, 8);
    g_autoptr(GapMatchResults) results = gap_match(
        gap_gazetteer_matcher(gazetteer), (const GapMatchQuery *)(void *)asked.queries->data,
        asked.queries->len, &options, progress, error);
    if (!results)
        return false;
    g_autoptr(GHashTable) given = g_hash_table_new(NULL, NULL);
    Reviewed reviewed = {gazetteer, columns, given};
    find_given(&reviewed, &asked);
    *tally = (GapMatchTally){.first = add_columns(table)};
    for (size_t row = 0; row < gap_table_rows(table); row++)
        put_row(&reviewed, &asked, results, table, row, tally);
    return true;
}
