/* The check of location problems against trying every choice of sites: what it accepts is feasible
 * and has that value, what it refuses is not; multipliers of any kind prove no more than is true.
 */
#include "tests/locate_instance.h"

#include "geo/locate/verify.h"

enum { INSTANCES = 3000, TRIES = 8 };

/* Whether the bits of `set` are a choice that keeps all limits. */
static bool keeps_limits(const Instance *t, unsigned set) {
    double n = 0, cost = 0, posts = 0;
    unsigned in_group[GROUPS] = {0}, in_place[SITES] = {0};
    for (gsize j = 0; j < t->problem.n_sites; j++) {
        const GapSite *site = &t->sites[j];
        const bool in = set >> j & 1;
        if ((in && !is_new(site)) || (!in && site->state == GAP_SITE_FORCED))
            return false;
        if (!in)
            continue;
        n++;
        cost += site->cost;
        posts += site->posts;
        if (site->group >= 0)
            in_group[site->group]++;
        if (site->place >= 0 && in_place[site->place]++)
            return false;
    }
    for (gsize g = 0; g < GROUPS && t->problem.group_min; g++)
        if (in_group[g] < t->min[g] || in_group[g] > t->max[g])
            return false;
    return (t->options.p < 0 || n <= (double)t->options.p) && cost <= t->options.budget &&
           posts <= t->options.posts;
}

/* Minutes of the k-th nearest open site, INFINITY where there is none. */
static double nearest(const Instance *t, unsigned set, gsize i, guint32 k) {
    double times[SITES];
    gsize n = 0;
    for (gsize e = t->first[i]; e < t->first[i + 1]; e++)
        if (set >> t->site[e] & 1 || t->sites[t->site[e]].state == GAP_SITE_OPEN)
            times[n++] = (double)t->minutes[e];
    for (gsize a = 0; a < n; a++)
        for (gsize b = a + 1; b < n; b++)
            if (times[b] < times[a]) {
                const double swap = times[a];
                times[a] = times[b];
                times[b] = swap;
            }
    return k <= n ? times[k - 1] : INFINITY;
}

/* The value of a choice; `enough`: whether it serves whom it must. */
static double value_of(const Instance *t, unsigned set, bool *enough) {
    double all = 0, covered = 0, sum = 0, worst = 0, price = 0;
    for (gsize i = 0; i < t->problem.n_demand; i++) {
        const double weight = t->weight[i], time = nearest(t, set, i, 1);
        all += weight;
        covered += nearest(t, set, i, t->options.need) <= t->options.within ? weight : 0;
        sum += weight > 0 ? weight * time : 0;
        worst = weight > 0 ? fmax(worst, time) : worst;
    }
    for (gsize j = 0; j < t->problem.n_sites; j++)
        price += set >> j & 1 ? (t->options.by_cost ? t->sites[j].cost : 1) : 0;
    const GapLocateModel model = t->options.model;
    *enough = model == GAP_LOCATE_COVERING ||
              (model == GAP_LOCATE_SET_COVER ? covered >= t->options.share * all - 1e-9
                                             : isfinite(worst));
    return model == GAP_LOCATE_COVERING    ? covered
           : model == GAP_LOCATE_SET_COVER ? price
           : model == GAP_LOCATE_P_MEDIAN  ? sum
                                           : worst;
}

/* The best value of all choices, each shown to the check; NAN where there is none. */
static double try_all(const Instance *t) {
    const bool most = t->options.model == GAP_LOCATE_COVERING;
    double best = NAN;
    for (unsigned set = 0; set < 1U << t->problem.n_sites; set++) {
        guint32 sites[SITES];
        gsize n = 0;
        for (guint32 j = 0; j < t->problem.n_sites; j++)
            if (set >> j & 1)
                sites[n++] = j;
        bool enough;
        const double value = value_of(t, set, &enough);
        const bool holds = keeps_limits(t, set) && enough;
        const GapLocateAnswer answer = {.status = GAP_LOCATE_BOUNDED,
                                        .value = value,
                                        .bound = most ? 1e9 : 0,
                                        .sites = sites,
                                        .n_sites = n,
                                        .root_bound = NAN};
        GapLocateVerdict verdict;
        if (gap_locate_verify(&t->problem, &t->options, &answer, &verdict, NULL) != holds)
            fail_msg("model %d, choice %x: %s", t->options.model, set,
                     holds ? "holds" : "does not");
        if (holds && !(most ? value <= best : value >= best))
            best = value;
    }
    return best;
}

static void give_multipliers(const Instance *t, GapLocateAnswer *answer) {
    const GapLocateModel model = t->options.model;
    gsize n = 0;
    const double scale = model == GAP_LOCATE_P_MEDIAN ? 150 : 10;
    for (; n < t->problem.n_demand; n++)
        answer->multipliers[n] = upto(3) * scale * g_rand_double(dice);
    const double money = one_in(2) ? 2 * g_rand_double(dice) : 0,
                 posts = one_in(2) ? 2 * g_rand_double(dice) : 0;
    if (model != GAP_LOCATE_P_MEDIAN || isfinite(t->options.budget))
        answer->multipliers[n++] = isfinite(t->options.budget) ? money : 0;
    if (model != GAP_LOCATE_P_MEDIAN || isfinite(t->options.posts))
        answer->multipliers[n++] = isfinite(t->options.posts) ? posts : 0;
    if (model == GAP_LOCATE_SET_COVER)
        answer->multipliers[n++] = g_rand_double(dice) / 2;
    answer->n_multipliers = n;
}

static void multipliers_prove_what_is_true(const Instance *t, double best) {
    double numbers[DEMAND + 3];
    GapLocateAnswer answer = {.multipliers = numbers};
    for (int k = 0; k < TRIES && t->options.model != GAP_LOCATE_P_CENTER && !isnan(best); k++) {
        give_multipliers(t, &answer);
        const double bound = gap_locate_root_bound(&t->problem, &t->options, &answer);
        if (t->options.model == GAP_LOCATE_COVERING ? !(bound >= best - 1e-9)
                                                    : !(bound <= best + 1e-9))
            fail_msg("model %d: the best is %g, and multipliers prove %g", t->options.model, best,
                     bound);
    }
}

static void every_choice_is_judged(void **state) {
    (void)state;
    dice = g_rand_new_with_seed(6);
    int solved = 0, none = 0;
    for (int number = 0; number < INSTANCES; number++) {
        Instance t;
        make_instance(&t, (GapLocateModel)(number % 4));
        if (t.capacities)
            continue;
        const double best = try_all(&t);
        *(isnan(best) ? &none : &solved) += 1;
        multipliers_prove_what_is_true(&t, best);
    }
    g_rand_free(dice);
    assert_in_range(solved, INSTANCES / 4, INSTANCES);
    assert_in_range(none, INSTANCES / 20, INSTANCES / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_choice_is_judged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
