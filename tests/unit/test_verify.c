/* The check of answers to location problems, with answers made by hand: what holds passes, and what
 * is broken in one way fails with a message that says which. Why a problem has no answer. */
#include "tests/check.h"

#include "geo/locate/explain.h"
#include "geo/locate/verify.h"

/* Four demand, five candidates: 0 and 1 are of one place and group 0, 2 of group 1 and forced in
 * none, 3 stands, 4 is forbidden. */
typedef struct {
    double weight[4];
    GapSite sites[5];
    gsize first[5];
    guint32 site[9];
    float minutes[9];
    guint32 min[2], max[2];
    GapLocateProblem problem;
    GapLocateOptions options;
    guint32 chosen[5];
    gint32 serves[4];
    double multipliers[8];
    GapLocateAnswer answer;
} World;

/* Within 10 minutes: 0 covers a, b (10 + 20); 1 covers b (20); 2 covers c (30); 3 covers a (10);
 * 4 covers d. */
static void make_world(World *w) {
    *w = (World){
        .weight = {10, 20, 30, 40},
        .sites = {{GAP_SITE_FREE, 5, 2, INFINITY, 0, 0},
                  {GAP_SITE_FREE, 3, 1, INFINITY, 0, 0},
                  {GAP_SITE_FREE, 4, 2, INFINITY, 1, -1},
                  {GAP_SITE_OPEN, 100, 100, INFINITY, 1, -1},
                  {GAP_SITE_FORBIDDEN, 0, 0, INFINITY, -1, -1}},
        .first = {0, 2, 5, 7, 9},
        .site = {0, 3, 0, 1, 2, 2, 3, 2, 4},
        .minutes = {5, 10, 8, 2, 11, 10, 40, 60, 1},
        .max = {2, 2},
    };
    w->problem = (GapLocateProblem){4,       5,          w->weight, w->sites, w->first,
                                    w->site, w->minutes, 2,         w->min,   w->max};
    w->options = GAP_LOCATE_DEFAULTS;
    w->options.model = GAP_LOCATE_COVERING;
    w->options.within = 10;
    w->options.p = 2;
    w->chosen[0] = 0;
    w->chosen[1] = 2;
    w->answer = (GapLocateAnswer){.status = GAP_LOCATE_PROVEN,
                                  .value = 60,
                                  .bound = 60,
                                  .sites = w->chosen,
                                  .n_sites = 2,
                                  .root_bound = NAN};
}

/* The value that the check finds. */
static double accepted(const World *w) {
    g_autoptr(GError) error = NULL;
    GapLocateVerdict verdict;
    if (!gap_locate_verify(&w->problem, &w->options, &w->answer, &verdict, &error))
        fail_msg("%s", error->message);
    return verdict.value;
}

static void refused(const World *w, const char *says) {
    GError *error = NULL;
    GapLocateVerdict verdict;
    assert_false(gap_locate_verify(&w->problem, &w->options, &w->answer, &verdict, &error));
    assert_error_says(error, says);
}

static void says_value(World *w, double value) {
    w->answer.value = w->answer.bound = value;
}

static void values_of_models(void **state) {
    (void)state;
    World w;
    make_world(&w);
    assert_near(accepted(&w), 60, 0);
    w.options.need = 2; // only a has two
    says_value(&w, 10);
    assert_near(accepted(&w), 10, 0);
    make_world(&w);
    w.options.model = GAP_LOCATE_SET_COVER;
    w.options.share = 0.6;
    says_value(&w, 2);
    assert_near(accepted(&w), 2, 0);
    w.options.by_cost = true;
    says_value(&w, 9);
    assert_near(accepted(&w), 9, 0);
    make_world(&w);
    w.options.model = GAP_LOCATE_P_MEDIAN; // 50 + 160 + 300 + 2400
    says_value(&w, 2910);
    assert_near(accepted(&w), 2910, 0);
    w.options.model = GAP_LOCATE_P_CENTER;
    says_value(&w, 60);
    assert_near(accepted(&w), 60, 0);
    w.weight[3] = 0; // whom nobody waits for
    says_value(&w, 10);
    assert_near(accepted(&w), 10, 0);
}

static void nothing_new_is_an_answer(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.answer.n_sites = 0;
    says_value(&w, 10); // what stands
    assert_near(accepted(&w), 10, 0);
    w.options.model = GAP_LOCATE_SET_COVER;
    w.options.share = 0.1;
    says_value(&w, 0);
    assert_near(accepted(&w), 0, 0);
}

static void broken_choices(void **state) {
    (void)state;
    static const struct {
        guint32 sites[3];
        gsize n;
        const char *says;
    } cases[] = {
        {{0, 7}, 2, "no candidate 7"},
        {{2, 0}, 2, "candidate 0 stands after 2"},
        {{2, 2}, 2, "candidate 2 stands after 2"},
        {{0, 4}, 2, "candidate 4 is forbidden"},
        {{0, 3}, 2, "candidate 3 stands already"},
        {{0, 1}, 2, "candidate 1 is the second new site of place 0"},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        World w;
        make_world(&w);
        memcpy(w.chosen, cases[k].sites, sizeof cases[k].sites);
        w.answer.n_sites = cases[k].n;
        refused(&w, cases[k].says);
    }
    World w;
    make_world(&w);
    w.sites[1].state = GAP_SITE_FORCED;
    refused(&w, "candidate 1 must be and is not");
}

static void broken_limits(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.options.p = 1;
    refused(&w, "2 new sites, 1 more than allowed");
    make_world(&w);
    w.options.budget = 8.5;
    refused(&w, "it costs 9, 0.5 above the budget");
    w.options.budget = 9;
    accepted(&w);
    w.options.posts = 3;
    refused(&w, "it takes 4 posts, 1 more than there are");
    make_world(&w);
    w.min[1] = 2;
    refused(&w, "group 1 has 1 new sites, its least is 2");
    make_world(&w);
    w.max[0] = 0;
    refused(&w, "group 0 has 1 new sites, its most is 0");
    make_world(&w);
    w.options.model = GAP_LOCATE_SET_COVER;
    w.options.share = 0.75;
    says_value(&w, 2);
    refused(&w, "it covers 60, 15 less than the share");
}

static void broken_figures(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.answer.value = 60.001;
    refused(&w, "said to be 60.001 and is 60");
    make_world(&w);
    w.answer.value = NAN;
    refused(&w, "said to be");
    make_world(&w);
    w.answer.bound = 59;
    refused(&w, "the bound that none is better than 59");
    w.answer.bound = 61;
    refused(&w, "said to be proven");
    w.answer.status = GAP_LOCATE_BOUNDED;
    accepted(&w);
    w.answer.bound = NAN;
    refused(&w, "the bound");
    make_world(&w);
    w.options.model = GAP_LOCATE_P_CENTER;
    says_value(&w, 60);
    w.answer.bound = 61; // a lower one
    refused(&w, "the bound that none is better than 61");
    w.answer.n_sites = 1; // without 2 nobody reaches c in time, but all reach it: 3 does, d is not
    refused(&w, "no open site reaches demand 3");
    make_world(&w);
    w.answer.status = GAP_LOCATE_INFEASIBLE;
    refused(&w, "it is none");
}

static void capacities(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.sites[0].capacity = 20;
    refused(&w, "does not say which site serves whom");
    const gint32 serves[] = {3, 0, 2, -1};
    memcpy(w.serves, serves, sizeof serves);
    w.answer.serves = w.serves;
    assert_near(accepted(&w), 60, 0);
    w.sites[0].capacity = 19.5;
    refused(&w, "candidate 0 serves 20, 0.5 above its capacity");
    w.sites[0].capacity = 20;
    w.serves[0] = 0;
    refused(&w, "candidate 0 serves 30, 10 above its capacity");
    w.serves[0] = 2;
    refused(&w, "demand 0 is served by candidate 2, which does not reach it");
    w.serves[0] = 1;
    refused(&w, "demand 0 is served by candidate 1, which is not open");
    w.serves[0] = 3;
    w.serves[2] = 3; // 40 minutes
    refused(&w, "demand 2 is served by candidate 3, which does not reach it");
    w.options.model = GAP_LOCATE_P_MEDIAN;
    says_value(&w, 100 + 160 + 1200);
    refused(&w, "demand 3 is served by no site");
    w.serves[3] = 2;
    says_value(&w, 100 + 160 + 1200 + 2400);
    assert_near(accepted(&w), 3860, 0);
    w.sites[0].capacity = INFINITY; // whom it assigns holds all the same
    assert_near(accepted(&w), 3860, 0);
}

/* ---- bounds ---- */

static void give_multipliers(World *w, const double *numbers, gsize n, double bound) {
    memcpy(w->multipliers, numbers, n * sizeof *numbers);
    w->answer.multipliers = w->multipliers;
    w->answer.n_multipliers = n;
    w->answer.root_bound = bound;
}

/* By hand: a is covered by what stands (r = 0), so that it counts 10; u = (0, 20, 30, 0): gains are
 * 20 of 0, 20 of 1, 30 of 2; the best two of different places 50; d stays at 40 in the sum. */
static void covering_bounds(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.answer.status = GAP_LOCATE_BOUNDED;
    w.answer.bound = 70;
    give_multipliers(&w, (double[]){0, 20, 30, 0, 0, 0}, 6, 100);
    accepted(&w);
    give_multipliers(&w, (double[]){0, 20, 30, 40, 0, 0}, 6, 60); // d by 2? not within 10 minutes
    accepted(&w);
    w.answer.root_bound = 60.1;
    refused(&w, "said to prove a bound of 60.1 and prove 60");
    give_multipliers(&w, (double[]){0, 20, 30, -1, 0, 0}, 6, 101);
    refused(&w, "prove nan");
    give_multipliers(&w, (double[]){0, 20, 30, 40, 1, 0}, 6, 60); // a price of money without budget
    refused(&w, "prove nan");
    give_multipliers(&w, (double[]){0, 20, 30, 40}, 4, 60);
    refused(&w, "prove nan");
    // A budget of 9 at a price of 1: 10 + 9 + (20 - 3 of 1) + (30 - 4 of 2), and 40 - 40.
    w.options.budget = 9;
    give_multipliers(&w, (double[]){0, 20, 30, 40, 1, 0}, 6, 10 + 9 + 17 + 26);
    accepted(&w);
    // A minimum of group 0 makes its best one be taken, though it is worth less than nothing.
    w.min[0] = 1;
    give_multipliers(&w, (double[]){0, 0, 30, 40, 1, 0}, 6, 30 + 9 - 3 + 26);
    accepted(&w);
}

static void set_cover_bounds(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.options.model = GAP_LOCATE_SET_COVER;
    w.options.share = 0.6;
    w.answer.status = GAP_LOCATE_BOUNDED;
    w.answer.value = 2;
    w.answer.bound = 1;
    // T = 0.04: 0.04 (60 - 10), less max(0, 0.04 w - u) = 0.8 of d (u = 0), less the best: c at 0.2
    // above its 1; b is 0.8 against 1, not taken.
    give_multipliers(&w, (double[]){0, 0.8, 1.2, 0, 0, 0, 0.04}, 7,
                     0.04 * 50 - (0.04 * 40) - (1.2 - 1));
    accepted(&w);
    w.multipliers[6] = -0.04;
    refused(&w, "prove nan");
}

/* The dual of a median: u may lie anywhere, and never proves more than the best. */
static void median_bounds(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.options.model = GAP_LOCATE_P_MEDIAN;
    w.answer.status = GAP_LOCATE_BOUNDED;
    w.answer.value = 2910;
    w.answer.bound = 2000;
    give_multipliers(&w, (double[]){0, 0, 0, 0}, 4, 0);
    accepted(&w);
    // 100 + 200 + 500 + 2500; rho: 0: -50 - 40, 1: -160, 2: -200 - 100; 3: 0 (standing)
    give_multipliers(&w, (double[]){100, 200, 500, 2500}, 4, 3300 - 160 - 300);
    accepted(&w);
    give_multipliers(&w, (double[]){100, 200, 500, 2500}, 4, 3300 - 160 - 90);
    refused(&w, "prove 2840");
    w.options.posts = 4;
    give_multipliers(&w, (double[]){100, 200, 500, 2500, 10}, 5, 3300 - 40 - 150 - 280);
    accepted(&w);
}

static double proves(World *w, const double *numbers, gsize n) {
    give_multipliers(w, numbers, n, NAN);
    return gap_locate_root_bound(&w->problem, &w->options, &w->answer);
}

/* What must be counts against every limit before the choice begins. */
static void bounds_with_forced(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.sites[0].state = GAP_SITE_FORCED; // covers a, which what stands covers too, and b
    assert_near(proves(&w, (double[]){5, 5, 30, 40, 0, 0}, 6), 10 + 20 + 30, 1e-12);
    w.options.p = 1; // and it is all
    assert_near(proves(&w, (double[]){5, 5, 30, 40, 0, 0}, 6), 10 + 20, 1e-12);
    make_world(&w);
    w.sites[0].state = GAP_SITE_FORCED;
    w.options.model = GAP_LOCATE_SET_COVER; // c and d are left; 2 covers c
    assert_near(proves(&w, (double[]){1, 1, 0.5, 0.25, 0, 0, 0}, 7), 1 + 0.75, 1e-12);
    w.options.by_cost = true;
    assert_near(proves(&w, (double[]){1, 1, 0.5, 0.25, 0, 0, 0}, 7), 5 + 0.75, 1e-12);
    w.options.budget = 9; // of which 4 are left; 2 is worth 5 - 4 - 0.4
    assert_near(proves(&w, (double[]){0, 0, 5, 0.25, 0.1, 0, 0}, 7), 5 + 5.25 - 0.4 - 0.6, 1e-12);
    make_world(&w);
    w.sites[0].state = GAP_SITE_FORCED;
    w.options.model = GAP_LOCATE_P_MEDIAN;
    assert_near(proves(&w, (double[]){100, 200, 500, 2500}, 4), 3300 - 90 - 300, 1e-9);
}

/* Of a capacity of 25: b whole, 5 of the 10 of a, by u / weight. */
static void bounds_with_capacities(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.sites[0].capacity = 25;
    w.options.p = 1;
    // a: 10 - 5 and b: 20 - 16 stay in the sum, c and d whole; 3 stands and holds the 5 of a.
    assert_near(proves(&w, (double[]){5, 16, 0, 0, 0, 0}, 6), 5 + 4 + 30 + 40 + 5 + 16 + 2.5,
                1e-12);
}

/* ---- why there is no answer ---- */

static GArray *reasons_of(const World *w) {
    g_autoptr(GError) error = NULL;
    GArray *reasons = gap_locate_explain(&w->problem, &w->options, 10, NULL, &error);
    assert_no_error(error);
    return reasons;
}

static void has_reason(const World *w, GapLocateWhy why, gint32 group, double needed,
                       double given) {
    g_autoptr(GArray) reasons = reasons_of(w);
    for (guint k = 0; k < reasons->len; k++) {
        const GapLocateReason *reason = &g_array_index(reasons, GapLocateReason, k);
        if (reason->why != why)
            continue;
        assert_int_equal(reason->group, group);
        assert_near(reason->needed, needed, 1e-9);
        assert_near(reason->given, given, 1e-9);
        return;
    }
    fail_msg("no reason %d among %u", why, reasons->len);
}

static void why_nobody_reaches(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.options.model = GAP_LOCATE_P_CENTER;
    w.sites[2].state = GAP_SITE_FORBIDDEN; // d is reached by 2 and 4 only
    g_autoptr(GArray) reasons = reasons_of(&w);
    assert_int_equal(reasons->len, 1);
    const GapLocateReason *reason = &g_array_index(reasons, GapLocateReason, 0);
    assert_int_equal(reason->why, GAP_WHY_UNREACHED);
    assert_int_equal(reason->count, 1);
    assert_near(reason->weight, 40, 0);
    assert_int_equal(reason->freed, 1);
    assert_int_equal(reason->n_first, 1);
    assert_int_equal(reason->first[0], 3);
}

static void why_limits_conflict(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.options.model = GAP_LOCATE_SET_COVER;
    w.options.share = 0.9;
    has_reason(&w, GAP_WHY_SHARE, -1, 0.9, 0.6);
    make_world(&w);
    w.min[0] = 2; // two candidates, one place
    has_reason(&w, GAP_WHY_GROUP_FEW, 0, 2, 1);
    make_world(&w);
    w.min[1] = 1;
    w.max[1] = 0;
    has_reason(&w, GAP_WHY_GROUP_CROSSED, 1, 1, 0);
    make_world(&w);
    w.sites[2].state = GAP_SITE_FORCED;
    w.max[1] = 0;
    has_reason(&w, GAP_WHY_GROUP_FORCED, 1, 1, 0);
    make_world(&w);
    w.options.model = GAP_LOCATE_P_MEDIAN;
    w.sites[0].capacity = w.sites[1].capacity = w.sites[2].capacity = w.sites[3].capacity = 20;
    has_reason(&w, GAP_WHY_CAPACITY, -1, 100, 80);
    g_autoptr(GArray) reasons = reasons_of(&w);
    assert_int_equal(g_array_index(reasons, GapLocateReason, 0).why, GAP_WHY_TOO_LARGE);
    assert_int_equal(g_array_index(reasons, GapLocateReason, 0).count, 2); // c and d
}

static void why_minimums_cost(void **state) {
    (void)state;
    World w;
    make_world(&w);
    w.sites[2].state = GAP_SITE_FORCED;
    w.options.budget = 3;
    has_reason(&w, GAP_WHY_FORCED_BUDGET, -1, 4, 3);
    w.options.budget = 6;
    w.min[0] = 1; // the cheapest of it costs 3
    has_reason(&w, GAP_WHY_MINIMUM_BUDGET, -1, 7, 6);
    has_reason(&w, GAP_WHY_NEEDS_BUDGET, -1, 7, 6);
    w.options.budget = INFINITY;
    w.options.posts = 2;
    has_reason(&w, GAP_WHY_MINIMUM_POSTS, -1, 3, 2);
    has_reason(&w, GAP_WHY_NEEDS_POSTS, -1, 3, 2);
    w.options.posts = INFINITY;
    w.options.p = 1;
    has_reason(&w, GAP_WHY_MINIMUM_NUMBER, -1, 2, 1);
    has_reason(&w, GAP_WHY_NEEDS_NUMBER, -1, 2, 1);
    // Nothing but reaching all: 0 or 1 for b, or 2, which also reaches d.
    make_world(&w);
    w.options.model = GAP_LOCATE_P_CENTER;
    w.options.budget = 3;
    has_reason(&w, GAP_WHY_NEEDS_BUDGET, -1, 4, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_models),       cmocka_unit_test(nothing_new_is_an_answer),
        cmocka_unit_test(broken_choices),         cmocka_unit_test(broken_limits),
        cmocka_unit_test(broken_figures),         cmocka_unit_test(capacities),
        cmocka_unit_test(covering_bounds),        cmocka_unit_test(set_cover_bounds),
        cmocka_unit_test(median_bounds),          cmocka_unit_test(bounds_with_forced),
        cmocka_unit_test(bounds_with_capacities), cmocka_unit_test(why_nobody_reaches),
        cmocka_unit_test(why_limits_conflict),    cmocka_unit_test(why_minimums_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
