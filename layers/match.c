#include "layers/match.h"

#include "geo/base/error.h"
#include "geo/shape/geometry.h"

#include <string.h>

const char *const GAP_MATCH_COLUMN_NAMES[] = {
    "outcome", "code", "matched_name", "score", "reason", "candidates", NULL};
enum { OUTCOME, CODE, MATCHED_NAME, SCORE, REASON, CANDIDATES };

enum { GIVEN_AWAY = -3 }; // what a person said of two rows, where a place is named once

typedef struct {
    const GapGazetteer *gazetteer;
    GapTable *table;
    const GapMatchColumns *columns;
    guint8 *given; // by target: a person gave it to a row
} Job;

/* What is asked: each question once, though a table may name a place on many rows. */
typedef struct {
    GArray *queries; // of GapMatchQuery
    guint *of_row;   // which of them a row asks
    gint32 *said;    // of a row, by a person
    GStringChunk *texts;
} Asked;

static Asked asked_new(size_t rows) {
    return (Asked){g_array_new(FALSE, FALSE, sizeof(GapMatchQuery)), g_new(guint, rows + 1),
                   g_new(gint32, rows + 1), g_string_chunk_new(1 << 16)};
}

static void asked_clear(Asked *asked) {
    g_array_unref(asked->queries);
    g_free(asked->of_row);
    g_free(asked->said);
    g_string_chunk_free(asked->texts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, asked_clear)

/* The same text is the same pointer, so that questions are compared by their bytes. */
static const char *cell(Asked *asked, const GapTable *table, size_t row, int column) {
    g_autofree char *text = column < 0 ? NULL : gap_table_cell_string(table, row, (size_t)column);
    return text ? g_string_chunk_insert_const(asked->texts, text) : NULL;
}

static GapMatchQuery query_of(const Job *job, size_t row, Asked *asked) {
    const GapTable *table = job->table;
    const GapMatchColumns *columns = job->columns;
    GapMatchQuery query = gap_gazetteer_query(
        job->gazetteer, cell(asked, table, row, columns->name),
        cell(asked, table, row, columns->district), cell(asked, table, row, columns->province));
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

/* What a person said of a query: the number of a target, NONE, or NOBODY where nothing was said.
 * `with_none` as in gap_review_find(). */
enum { NONE = -1, NOBODY = -2 };
static gint32 said_of(const Job *job, const GapMatchQuery *query, bool with_none) {
    const GapMatchColumns *columns = job->columns;
    const char *code = columns->review && query->name
                           ? gap_review_find(columns->review, query->name,
                                             parent_of(query, GAP_GAZETTEER_DISTRICT),
                                             parent_of(query, GAP_GAZETTEER_PROVINCE), with_none)
                           : NULL;
    if (!code || !*code)
        return code ? NONE : NOBODY;
    const bool place_first = columns->level == GAP_GAZETTEER_PLACE;
    const gssize first = gap_gazetteer_find(job->gazetteer, code, place_first);
    return (gint32)(first >= 0 ? first : gap_gazetteer_find(job->gazetteer, code, !place_first));
}

/* Gives a row its place; of a list that names each place once, the first row alone gets it. */
static gint32 give(Job *job, gint32 target) {
    if (target < 0)
        return target;
    if (job->columns->unique && job->given[target])
        return GIVEN_AWAY;
    job->given[target] = 1;
    return target;
}

/* The queries of all rows that a person said nothing of. */
static void ask(Job *job, Asked *asked) {
    const size_t n = gap_table_rows(job->table);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(question_hash, question_equal, g_free, NULL);
    for (size_t row = 0; row < n; row++) {
        const GapMatchQuery query = query_of(job, row, asked);
        asked->said[row] = give(job, said_of(job, &query, false));
        if (asked->said[row] != NOBODY)
            continue;
        gpointer earlier;
        if (!job->columns->unique && g_hash_table_lookup_extended(seen, &query, NULL, &earlier)) {
            asked->of_row[row] = GPOINTER_TO_UINT(earlier);
            continue;
        }
        asked->of_row[row] = asked->queries->len;
        if (!job->columns->unique)
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

/* ---- answers ---- */

/* What a row gets; its parts belong to others. */
typedef struct {
    GapMatchOutcome outcome;
    gint32 target;
    double score; // 0: none
    const char *reason;
    const GapMatchCandidate *candidates;
    guint32 n_candidates;
} Answer;

static Answer of_person(gint32 said) {
    switch (said) {
    case NONE:
        return (Answer){.outcome = GAP_MATCH_UNMATCHED,
                        .target = -1,
                        .reason = "none of the store's, as the review says"};
    case GIVEN_AWAY:
        return (Answer){.outcome = GAP_MATCH_AMBIGUOUS,
                        .target = -1,
                        .reason = "the review gives its place to two rows"};
    default:
        return (Answer){
            .outcome = GAP_MATCH_MATCHED, .target = said, .reason = "as the review says"};
    }
}

static Answer of_engine(const GapMatchResult *result) {
    return (Answer){result->outcome, result->target,     (double)result->score,
                    result->reason,  result->candidates, result->n_candidates};
}

static void put(const Job *job, size_t row, size_t first, const Answer *answer) {
    GapTable *table = job->table;
    gap_table_set_text(table, row, first + OUTCOME, gap_match_outcome_name(answer->outcome));
    gap_table_set_text(table, row, first + REASON, answer->reason);
    if (answer->score > 0)
        gap_table_set_real(table, row, first + SCORE, round(answer->score * 1000) / 1000);
    if (answer->outcome == GAP_MATCH_MATCHED) {
        const size_t i = (size_t)answer->target;
        gap_table_set_text(table, row, first + CODE, gap_gazetteer_code(job->gazetteer, i));
        gap_table_set_text(table, row, first + MATCHED_NAME, gap_gazetteer_name(job->gazetteer, i));
        return;
    }
    g_autoptr(GString) candidates = g_string_new(NULL);
    for (guint32 c = 0; c < answer->n_candidates; c++) {
        g_string_append(candidates, c ? "; " : "");
        gap_gazetteer_label(job->gazetteer, answer->candidates[c].target, candidates);
    }
    gap_table_set_text(table, row, first + CANDIDATES, candidates->len ? candidates->str : NULL);
}

static void ask_person(const Job *job, const GapMatchQuery *query, const Answer *answer) {
    if (!job->columns->review || answer->outcome == GAP_MATCH_MATCHED || !query->name ||
        !*query->name)
        return;
    g_autoptr(GStrvBuilder) labels = g_strv_builder_new();
    for (guint32 c = 0; c < answer->n_candidates; c++) {
        g_autofree char *label =
            gap_gazetteer_label_all(job->gazetteer, answer->candidates[c].target);
        g_strv_builder_add(labels, label);
    }
    g_auto(GStrv) candidates = g_strv_builder_end(labels);
    gap_review_ask(job->columns->review, query->name, parent_of(query, GAP_GAZETTEER_DISTRICT),
                   parent_of(query, GAP_GAZETTEER_PROVINCE),
                   gap_match_outcome_name(answer->outcome), answer->reason, candidates);
}

/* Whether all that fit are one area and places in it: then the level says which is meant. */
static bool is_nested(const GapGazetteer *gazetteer, const Answer *answer) {
    if (answer->outcome != GAP_MATCH_AMBIGUOUS || answer->n_candidates < 2)
        return false;
    const GapMatchTarget *targets = gap_gazetteer_targets(gazetteer, NULL);
    const guint32 area = answer->candidates[0].target; // ties go by number: areas before places
    bool nested = targets[area].level < GAP_GAZETTEER_PLACE;
    for (guint32 c = 1; nested && c < answer->n_candidates; c++) {
        const GapMatchTarget *other = &targets[answer->candidates[c].target];
        nested = other->level == GAP_GAZETTEER_PLACE && other->parent == (gint32)area;
    }
    return nested;
}

/* What a person said of the name alone goes behind what is found. */
static Answer find_answer(Job *job, const GapMatchQuery *query, const GapMatchResult *result) {
    const Answer found = of_engine(result);
    const gint32 said =
        found.outcome == GAP_MATCH_MATCHED ? NOBODY : give(job, said_of(job, query, true));
    if (said != NOBODY)
        return of_person(said);
    ask_person(job, query, &found);
    return found;
}

static void answer_row(Job *job, const Asked *asked, const GapMatchResults *results, size_t row,
                       GapMatchTally *tally) {
    const guint i = asked->of_row[row];
    const Answer answer = asked->said[row] != NOBODY
                              ? of_person(asked->said[row])
                              : find_answer(job, &g_array_index(asked->queries, GapMatchQuery, i),
                                            &results->results[i]);
    put(job, row, tally->first, &answer);
    tally->count[answer.outcome]++;
    tally->nested += is_nested(job->gazetteer, &answer);
}

bool gap_match_table(const GapGazetteer *gazetteer, GapTable *table, const GapMatchColumns *columns,
                     GapMatchTally *tally, const GapProgress *progress, GError **error) {
    size_t n_targets;
    gap_gazetteer_targets(gazetteer, &n_targets);
    g_autofree guint8 *given = g_new0(guint8, n_targets + 1);
    Job job = {gazetteer, table, columns, given};
    g_auto(Asked) asked = asked_new(gap_table_rows(table));
    ask(&job, &asked);
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.unique = columns->unique;
    options.threads = CLAMP(g_get_num_processors(), 1, 8);
    options.excluded = columns->unique ? given : NULL;
    g_autoptr(GapMatchResults) results = gap_match(
        gap_gazetteer_matcher(gazetteer), (const GapMatchQuery *)(void *)asked.queries->data,
        asked.queries->len, &options, progress, error);
    if (!results)
        return false;
    *tally = (GapMatchTally){.first = add_columns(table)};
    for (size_t row = 0; row < gap_table_rows(table); row++)
        answer_row(&job, &asked, results, row, tally);
    return true;
}
