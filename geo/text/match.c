#include "geo/text/match.h"
#include "geo/base/error.h"
#include "geo/text/assign.h"
#include "geo/text/internal.h"

#include <string.h>

/** A pair in a list that names each place once is worth so much more than its score over what is
 *  accepted, so that to leave a place out is never nearly as good as to take it. */
static const double PAIR_GAIN = 0.1;
enum { MOST_THREADS = 8, PER_LOT = 1024 };

typedef struct {
    const GapMatcher *matcher;
    const GapMatchOptions *options;
    const GapMatchAsked *asked;
    GapMatchResult *results;
    gsize n;
    const GapAssignment *assignment; /**< NULL: each query for itself */
    const GapProgress *progress;     /**< of the caller's thread only */
    gint stopped, next;              /**< atomic; the next lot of PER_LOT queries */
} Run;

const char *gap_match_outcome_name(GapMatchOutcome outcome) {
    static const char *const names[] = {"unmatched", "ambiguous", "matched"};
    return names[outcome];
}

void gap_match_results_free(GapMatchResults *results) {
    if (!results)
        return;
    for (gsize i = 0; i < results->n; i++) {
        g_free(results->results[i].candidates);
        g_free(results->results[i].reason);
    }
    g_free(results->results);
    g_free(results);
}

// ---- one query

static const GapMatchJudged *judged_at(const GapMatchSearch *search, guint i) {
    return &g_array_index(search->judged, GapMatchJudged, i);
}

/** How many of the candidates, best first, score `least` or more. */
static guint count_from(const GapMatchSearch *search, double least) {
    guint n = 0;
    while (n < search->judged->len && judged_at(search, n)->score >= least)
        n++;
    return n;
}

static void add_candidate(const GapMatchSearch *search, const GapMatchJudged *one,
                          GapMatchResult *result) {
    guint32 name = one->name - search->matcher->places[one->target].first_name;
    if (result->n_candidates < GAP_MATCH_CANDIDATES)
        result->candidates[result->n_candidates++] =
            (GapMatchCandidate){one->target, name, (float)one->score};
}

static void list_candidates(const GapMatchSearch *search, guint n, GapMatchResult *result) {
    n = MIN(n, GAP_MATCH_CANDIDATES);
    result->candidates = g_renew(GapMatchCandidate, result->candidates, n);
    result->n_candidates = 0;
    for (guint i = 0; i < n; i++)
        add_candidate(search, judged_at(search, i), result);
}

/** Lists those of the `n` accepted that are not clearly worse than another. What is found where it
 *  should lie goes before what lies nobody knows where, unless that is clearly the better name.
 *  Answers the first. */
static const GapMatchJudged *list_near(const GapMatchSearch *search, guint n, double margin,
                                       GapMatchResult *result) {
    const GapMatchJudged *home = NULL, *first = NULL;
    for (guint i = 0; i < n && !home; i++)
        if (judged_at(search, i)->within == GAP_WITHIN_AGREES)
            home = judged_at(search, i);
    double best = (home ? home : judged_at(search, 0))->score;
    result->candidates = g_renew(GapMatchCandidate, result->candidates, n);
    result->n_candidates = 0;
    for (guint i = 0; i < n; i++) {
        const GapMatchJudged *one = judged_at(search, i);
        bool elsewhere = home && one->within != GAP_WITHIN_AGREES;
        if (elsewhere ? one->score <= best + margin : one->score < best - margin)
            continue;
        add_candidate(search, one, result);
        first = first ? first : one;
    }
    return first;
}

static char *reason_of(const GapMatchSearch *search, const GapMatchJudged *judged) {
    return gap_match_reason(search->matcher, search->asked, search->kinds, judged);
}

static char *why_unmatched(const GapMatchSearch *search) {
    if (search->key.cut)
        return g_strdup_printf("longer than a name can be (%d characters, %d in a word)",
                               GAP_NAME_LONGEST, GAP_NAME_LETTERS);
    if (search->key.n_forms == 0)
        return g_strdup("no name: it has no letter and no digit");
    if (search->judged->len == 0)
        return g_strdup("no place has a name like it");
    const GapMatchJudged *best = judged_at(search, 0);
    g_autofree char *place = gap_match_place_name(search->matcher, best->target);
    g_autofree char *reason = reason_of(search, best);
    return g_strdup_printf("nothing is near enough; the nearest is %s (%s)", place, reason);
}

static void set_unmatched(const GapMatchSearch *search, GapMatchResult *result) {
    result->outcome = GAP_MATCH_UNMATCHED;
    result->score = search->judged->len ? (float)judged_at(search, 0)->score : 0;
    list_candidates(search, MIN(search->judged->len, GAP_MATCH_FEW), result);
    result->reason = why_unmatched(search);
}

/** The candidates are listed already. */
static void set_ambiguous(const GapMatchSearch *search, const GapMatchJudged *first,
                          GapMatchResult *result) {
    result->outcome = GAP_MATCH_AMBIGUOUS;
    result->score = (float)first->score;
    g_autofree char *reason = reason_of(search, first);
    result->reason = result->n_candidates == 1
                         ? g_strdup_printf("another row may be it as well; %s", reason)
                         : g_strdup_printf("%u places fit about as well; the first: %s",
                                           result->n_candidates, reason);
}

static void set_matched(const GapMatchSearch *search, const GapMatchJudged *judged,
                        GapMatchResult *result) {
    result->outcome = GAP_MATCH_MATCHED;
    result->target = (gint32)judged->target;
    result->score = (float)judged->score;
    list_candidates(search, MIN(search->judged->len, GAP_MATCH_FEW), result);
    result->reason = reason_of(search, judged);
}

static void answer(const Run *run, const GapMatchSearch *search, GapMatchResult *result) {
    guint accepted = count_from(search, run->options->accept);
    if (run->options->unique)
        list_candidates(search, accepted, result); // for the assignment; the rest comes after it
    else if (accepted == 0)
        set_unmatched(search, result);
    else {
        accepted = MIN(accepted, GAP_MATCH_CANDIDATES);
        const GapMatchJudged *first = list_near(search, accepted, run->options->margin, result);
        if (result->n_candidates > 1)
            set_ambiguous(search, first, result);
        else
            set_matched(search, first, result);
    }
}

/** As assigned; `row` is the query's. */
static void answer_assigned(const Run *run, const GapMatchSearch *search, gsize row,
                            GapMatchResult *result) {
    gint32 column = run->assignment->column[row];
    guint accepted = MIN(count_from(search, run->options->accept), GAP_MATCH_CANDIDATES);
    const GapMatchJudged *own = NULL;
    for (guint i = 0; i < accepted; i++)
        if ((gint32)judged_at(search, i)->target == column)
            own = judged_at(search, i);
    if (accepted == 0)
        set_unmatched(search, result);
    else if (run->assignment->regret[row] <= run->options->margin)
        list_candidates(search, accepted, result),
            set_ambiguous(search, judged_at(search, 0), result);
    else if (own)
        set_matched(search, own, result);
    else {
        set_unmatched(search, result);
        g_free(result->reason);
        result->reason = g_strdup("every place that fits is taken by another row that fits better");
    }
}

// ---- all queries

static void work(Run *run, const GapProgress *progress) {
    g_autoptr(GapMatchSearch) search = gap_match_search_new(run->matcher);
    search->excluded = run->options->excluded;
    while (!g_atomic_int_get(&run->stopped)) {
        gsize from = (gsize)g_atomic_int_add(&run->next, 1) * PER_LOT;
        if (from >= run->n)
            return;
        if (!gap_progress(progress, (double)from / (double)run->n, "matching names"))
            g_atomic_int_set(&run->stopped, 1);
        for (gsize i = from; i < MIN(run->n, from + PER_LOT); i++) {
            GapMatchResult *result = &run->results[i];
            gap_match_search(search, &run->asked[i], run->options->accept);
            if (run->assignment)
                answer_assigned(run, search, i, result);
            else
                answer(run, search, result);
        }
    }
}

static gpointer work_aside(gpointer run) {
    work(run, NULL);
    return NULL;
}

/** Threads take lots of queries in turn; the caller's is one of them and the only one to report. */
static bool run_all(Run *run, GError **error) {
    GThread *threads[MOST_THREADS] = {NULL};
    guint n = MIN(CLAMP(run->options->threads, 1, MOST_THREADS), 1 + run->n / PER_LOT);
    g_atomic_int_set(&run->next, 0);
    for (guint i = 1; i < n; i++)
        threads[i] =
            g_thread_try_new("match", work_aside, run, NULL); // without it the others do more
    work(run, run->progress);
    for (guint i = 1; i < n; i++)
        if (threads[i])
            g_thread_join(threads[i]);
    if (run->stopped)
        return gap_fail(error, GAP_ERROR_FAILED, "stopped while matching names");
    return true;
}

/** Pairs the whole list, then answers again, each query with what it was given. */
static bool run_unique(Run *run, GError **error) {
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(GapAssignEdge));
    g_auto(GapAssignment) assignment = {NULL, NULL, 0};
    for (gsize i = 0; i < run->n; i++)
        for (guint k = 0; k < run->results[i].n_candidates; k++) {
            const GapMatchCandidate *one = &run->results[i].candidates[k];
            GapAssignEdge edge = {(guint32)i, one->target,
                                  one->score - run->options->accept + PAIR_GAIN};
            g_array_append_val(edges, edge);
        }
    if (!gap_assign((guint32)run->n, (guint32)run->matcher->n,
                    (const GapAssignEdge *)(void *)edges->data, edges->len,
                    2 * run->options->margin + PAIR_GAIN, &assignment, error))
        return false;
    run->assignment = &assignment;
    bool done = run_all(run, error);
    run->assignment = NULL;
    return done;
}

GapMatchResults *gap_match(const GapMatcher *matcher, const GapMatchQuery *queries, gsize n_queries,
                           const GapMatchOptions *options, const GapProgress *progress,
                           GError **error) {
    g_autoptr(GapMatchParents) parents = gap_match_parents_new(matcher);
    g_autofree GapMatchAsked *asked = g_new(GapMatchAsked, n_queries + 1);
    g_autoptr(GapMatchResults) results = g_new0(GapMatchResults, 1);
    results->results = g_new0(GapMatchResult, n_queries + 1);
    results->n = n_queries;
    for (gsize i = 0; i < n_queries; i++) {
        gap_match_prepare(parents, &queries[i], &asked[i]);
        results->results[i].target = -1;
    }
    Run run = {.matcher = matcher,
               .options = options,
               .asked = asked,
               .results = results->results,
               .n = n_queries,
               .progress = progress};
    if (!run_all(&run, error) || (options->unique && !run_unique(&run, error)))
        return NULL;
    return g_steal_pointer(&results);
}
