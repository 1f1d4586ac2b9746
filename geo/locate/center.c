/* The least greatest minutes of demand of weight above 0.
 *
 * The answer is one of the minutes of the pairs, so that it is found by halving their list: for
 * each it is asked whether a selection within the limits reaches all demand within so many minutes.
 * Where only the number is limited, that is a set cover of so many sites (see covering.c: rows and
 * columns that follow from others go, the bound by multipliers, a walk, a sweep by dynamic
 * programming, search by depth). Else it is searched as a median problem whose pairs within reach
 * cost 0 and demand out of reach 1 (see median.c: the bound by multipliers, fixing, search by
 * depth); demand that is reached whenever other demand is, is left out. What a selection is found
 * to need at most is the next upper end.
 *
 * Sources: Minieka 1970 (covering in turn for the greatest distance); Elloumi, Labbe and Pochet
 * 2004 (halving over the distinct distances); Toregas and ReVelle 1972 (reduction of rows).
 */
#include "geo/base/error.h"
#include "geo/locate/covering.h"
#include "geo/locate/median.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    GapLimits *limits;
    bool plain; // only the number of sites is limited
    GapWatch watch;
    float *minutes; // distinct, ascending
    gsize n;
    GapLocateAnswer *answer;
} Center;

static int ascending(const void *a, const void *b) {
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static bool counts(const GapLocateProblem *problem, gsize i, gsize pair) {
    return problem->weight[i] > 0 &&
           problem->sites[problem->site[pair]].state != GAP_SITE_FORBIDDEN;
}

// The minutes that demand could be from its nearest site; answers false without memory.
static bool list_minutes(Center *c, GError **error) {
    const GapLocateProblem *problem = c->problem;
    gsize n = 0;
    c->minutes = g_try_new(float, problem->first[problem->n_demand] + 1);
    if (!c->minutes)
        return gap_fail(error, GAP_ERROR_FAILED,
                        "%zu pairs of demand and candidate need more "
                        "memory",
                        problem->first[problem->n_demand]);
    for (gsize i = 0; i < problem->n_demand; i++)
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            if (counts(problem, i, k))
                c->minutes[n++] = problem->minutes[k];
    qsort(c->minutes, n, sizeof *c->minutes, ascending);
    if (!n)
        c->minutes[n++] = 0; // nobody need be reached, or nobody can
    for (gsize k = 0; k < n; k++)
        if (!c->n || c->minutes[k] > c->minutes[c->n - 1])
            c->minutes[c->n++] = c->minutes[k];
    return true;
}

static gsize index_of(const Center *c, float minutes) {
    gsize from = 0, to = c->n;
    while (from < to) {
        const gsize middle = (from + to) / 2;
        if (c->minutes[middle] < minutes)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

// The greatest over demand of its least minutes from sites that may be: a bound. INFINITY where
// some demand has none.
static float least_reach(const GapLocateProblem *problem, const bool *in) {
    float greatest = 0;
    for (gsize i = 0; i < problem->n_demand; i++) {
        float least = INFINITY;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            if (counts(problem, i, k) && (!in || in[problem->site[k]]))
                least = MIN(least, problem->minutes[k]);
        if (problem->weight[i] > 0)
            greatest = MAX(greatest, least);
    }
    return greatest;
}

static float reach_of(const Center *c, const guint32 *sites, gsize n) {
    g_autofree bool *in = g_new(bool, c->problem->n_sites);
    for (gsize j = 0; j < c->problem->n_sites; j++)
        in[j] = c->problem->sites[j].state == GAP_SITE_OPEN;
    for (gsize k = 0; k < n; k++)
        in[sites[k]] = true;
    return least_reach(c->problem, in);
}

typedef enum { DOWN, UP, EXACT } Pass; // quick for answers, quick for the bound, to the end
typedef enum { REACHED, UNREACHED, OPEN, STOPPED, FAILED } Outcome; // OPEN: not tried to the end

// Where nothing but the number is limited: as a set cover, which is to have at most so many sites.
static Outcome cover(Center *c, float reach, Pass pass, GError **error) {
    GapLocateOptions options = *c->options;
    options.model = GAP_LOCATE_SET_COVER;
    options.within = reach;
    options.need = 1;
    options.share = 1;
    options.by_cost = false;
    if (options.p < 0)
        options.p = (gint64)c->problem->n_sites;
    c->watch.own = true; // tells of minutes, not of sites
    c->watch.value = c->answer->value;
    c->watch.bound = c->answer->bound;
    switch (gap_covering_reach(c->problem, &options, pass != EXACT, &c->watch, c->answer, error)) {
    case -2:
        return FAILED;
    case -1:
        return c->watch.stopped ? STOPPED : OPEN;
    case 0:
        return UNREACHED;
    default:
        c->answer->value = reach_of(c, c->answer->sites, c->answer->n_sites);
        return REACHED;
    }
}

// Whether a selection reaches all within `reach`; keeps it.
static Outcome probe(Center *c, float reach, Pass pass, GError **error) {
    if (c->plain)
        return cover(c, reach, pass, error);
    GapRows *rows = gap_rows_within(c->problem, reach, error);
    g_auto(GapSearch) s = {
        .watch = c->watch, .grain = 1, .reach = true, .quick = pass != EXACT, .walks = pass != UP};
    s.watch.own = true; // tells of minutes, not of demand out of reach
    s.watch.value = c->answer->value;
    s.watch.bound = c->answer->bound;
    if (!rows || !gap_search_init(&s, c->problem, c->options, c->limits, rows, error))
        return FAILED;
    s.best = 1;
    gap_search_run(&s);
    c->watch = s.watch;
    c->answer->nodes += s.nodes + 1;
    if (s.best >= 1)
        return gap_search_done(&s) ? UNREACHED : c->watch.stopped ? STOPPED : OPEN;
    g_free(c->answer->sites);
    c->answer->sites = gap_search_sites(&s, &c->answer->n_sites);
    c->answer->value = reach_of(c, c->answer->sites, c->answer->n_sites);
    return REACHED;
}

/* Halves what is between the minutes excluded (all before `from`) and those known to do (`to`).
 * What a quick try leaves open is taken for excluded on the way to answers, then for reached on the
 * way to the bound; only then is what is left between tried to the end. */
static Outcome halve(Center *c, Pass pass, gsize *from, gsize *to, GError **error) {
    gsize low = *from, high = *to;
    while (low < high) {
        const bool widest = *to == c->n && pass != UP; // whether there is an answer at all
        // The last pass asks for anything better first: mostly there is none, and that is the
        // proof.
        const gsize middle = widest ? c->n - 1 : pass == EXACT ? high - 1 : (low + high - 1) / 2;
        c->answer->bound = c->minutes[*from];
        if (gap_watch_over(&c->watch, c->answer->value, c->answer->bound))
            return STOPPED;
        const Outcome outcome = probe(c, c->minutes[middle], pass, error);
        if (outcome == FAILED || outcome == STOPPED)
            return outcome;
        if (outcome == REACHED)
            high = *to = index_of(c, (float)c->answer->value);
        else if (outcome == UNREACHED)
            low = *from = middle + 1;
        else if (pass == DOWN)
            low = middle + 1;
        else
            high = middle;
    }
    return OPEN;
}

static bool solve(Center *c, GError **error) {
    GapLocateAnswer *answer = c->answer;
    gsize from = index_of(c, least_reach(c->problem, NULL)), to = c->n;
    Outcome outcome = OPEN;
    for (Pass pass = DOWN; outcome == OPEN && from < to && pass <= EXACT; pass++)
        if (pass != UP || !c->plain) // a cover's last pass is sooner done
            outcome = halve(c, pass, &from, &to, error);
    const bool found = to < c->n;
    if (outcome != OPEN) {
        answer->bound = c->minutes[MIN(from, c->n - 1)];
        answer->status = found ? GAP_LOCATE_BOUNDED : GAP_LOCATE_UNKNOWN;
    } else {
        answer->bound = found ? answer->value : INFINITY;
        answer->status = found ? GAP_LOCATE_PROVEN : GAP_LOCATE_INFEASIBLE;
    }
    return outcome != FAILED;
}

GapLocateAnswer *gap_locate_center(const GapLocateProblem *problem, const GapLocateOptions *options,
                                   const GapProgress *progress, GError **error) {
    if (!gap_locate_check(problem, options, error))
        return NULL;
    g_autoptr(GapLimits) limits = gap_limits_new(problem, options);
    g_autoptr(GapLocateAnswer) answer = g_new0(GapLocateAnswer, 1);
    answer->value = answer->root_bound = NAN;
    Center c = {.problem = problem,
                .options = options,
                .limits = limits,
                .plain = gap_limits_only_number(problem, options),
                .watch = gap_watch(progress, options->seconds),
                .answer = answer};
    const bool done = list_minutes(&c, error) && solve(&c, error);
    g_free(c.minutes);
    return done ? g_steal_pointer(&answer) : NULL;
}
