#include "tests/check.h"

#include "geo/base/error.h"
#include "geo/locate/locate.h"

// A sound problem of two demands and two candidates; each case spoils one figure of it.
typedef struct {
    double weight[2];
    GapSite sites[2];
    gsize first[3];
    guint32 site[4];
    float minutes[4];
    GapLocateProblem problem;
    GapLocateOptions options;
} Sound;

static void make(Sound *s) {
    const GapSite site = {.capacity = INFINITY, .group = -1, .place = -1};
    *s = (Sound){.weight = {1, 2},
                 .sites = {site, site},
                 .first = {0, 2, 4},
                 .site = {0, 1, 0, 1},
                 .minutes = {1, 2, 3, 4},
                 .options = GAP_LOCATE_DEFAULTS};
    s->options.model = GAP_LOCATE_P_MEDIAN;
    s->options.p = 1;
    s->problem = (GapLocateProblem){.n_demand = 2,
                                    .n_sites = 2,
                                    .weight = s->weight,
                                    .sites = s->sites,
                                    .first = s->first,
                                    .site = s->site,
                                    .minutes = s->minutes};
}

#define SPOIL(name, ...)                                                                           \
    static void name(Sound *s) {                                                                   \
        __VA_ARGS__;                                                                               \
    }
SPOIL(no_site, s->problem.n_sites = 0)
SPOIL(no_demand, s->problem.n_demand = 0)
SPOIL(many, s->options.p = 3)
SPOIL(below, s->options.p = -2)
SPOIL(unlimited, s->options.p = -1)
SPOIL(model, s->options.model = 9)
SPOIL(budget, s->options.budget = -1)
SPOIL(budget_nan, s->options.budget = NAN)
SPOIL(posts, s->options.posts = NAN)
SPOIL(seconds, s->options.seconds = -5)
SPOIL(cost, s->sites[1].cost = -1)
SPOIL(cost_nan, s->sites[1].cost = NAN)
SPOIL(cost_endless, s->sites[1].cost = INFINITY)
SPOIL(officers, s->sites[0].posts = -2)
SPOIL(capacity, s->sites[0].capacity = NAN)
SPOIL(capacity_center, s->sites[0].capacity = 5; s->options.model = GAP_LOCATE_P_CENTER)
SPOIL(state, s->sites[0].state = 7)
SPOIL(group, s->sites[0].group = 0)
SPOIL(place, s->sites[0].place = -2)
SPOIL(pair, for (int j = 0; j < 2; j++) s->sites[j].state = GAP_SITE_FORCED, s->sites[j].place = 3)
SPOIL(weight, s->weight[1] = -1)
SPOIL(weight_nan, s->weight[0] = NAN)
SPOIL(weight_huge, s->weight[0] = 1e300)
SPOIL(minutes, s->minutes[3] = -1)
SPOIL(minutes_nan, s->minutes[2] = NAN)
SPOIL(unknown, s->site[3] = 2)
SPOIL(twice, s->site[1] = 0)
SPOIL(backwards, s->first[1] = 5)
SPOIL(late, s->first[0] = 1)
SPOIL(need, s->options.model = GAP_LOCATE_COVERING; s->options.need = 3)
SPOIL(within, s->options.model = GAP_LOCATE_COVERING; s->options.within = NAN)
SPOIL(share, s->options.model = GAP_LOCATE_SET_COVER; s->options.share = 1.5)

static void each_fault_is_named(void **test) {
    (void)test;
    static const struct {
        void (*spoil)(Sound *);
        const char *says;
    } cases[] = {{no_site, "no candidate site"},
                 {no_demand, "no demand"},
                 {many, "3 new sites are asked for of 2 candidates"},
                 {below, "new sites is -2"},
                 {unlimited, "needs a number of new sites or a budget"},
                 {model, "9 is no model"},
                 {budget, "budget of money is -1"},
                 {budget_nan, "budget of money is nan"},
                 {posts, "budget of posts is nan"},
                 {seconds, "time to stop after is -5"},
                 {cost, "candidate 1: its cost is -1"},
                 {cost_nan, "candidate 1: its cost is nan"},
                 {cost_endless, "candidate 1: its cost is inf"},
                 {officers, "candidate 0: its posts are -2"},
                 {capacity, "candidate 0: its capacity is nan"},
                 {capacity_center, "does not take"},
                 {state, "candidate 0: 7 is no state"},
                 {group, "candidate 0: there is no group 0 of 0"},
                 {place, "candidate 0: its place is -2"},
                 {pair, "candidates 0 and 1 are of one place and both forced"},
                 {weight, "demand 1: its weight is -1"},
                 {weight_nan, "demand 0: its weight is nan"},
                 {weight_huge, "all weight together is 1e+300"},
                 {minutes, "demand 1, candidate 1: -1 minutes"},
                 {minutes_nan, "demand 1, candidate 0: nan minutes"},
                 {unknown, "demand 1: there is no candidate 2 of 2"},
                 {twice, "demand 0: candidate 0 stands after 0"},
                 {backwards, "demand 0: its pairs"},
                 {late, "start at 1, not at 0"},
                 {need, "covering by 3 sites"},
                 {within, "reach is nan minutes"},
                 {share, "share to cover is 1.5"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Sound s;
        make(&s);
        cases[i].spoil(&s);
        g_autoptr(GError) error = NULL;
        assert_null(gap_locate(&s.problem, &s.options, NULL, &error));
        assert_error_says(error, cases[i].says);
        assert_false(gap_locate_check(&s.problem, &s.options, NULL));
    }
}

static void a_sound_one_passes(void **test) {
    (void)test;
    for (int model = GAP_LOCATE_COVERING; model <= GAP_LOCATE_P_CENTER; model++) {
        Sound s;
        make(&s);
        s.options.model = (GapLocateModel)model;
        if (model == GAP_LOCATE_SET_COVER)
            s.options.p = -1;
        g_autoptr(GError) error = NULL;
        assert_true(gap_locate_check(&s.problem, &s.options, &error));
        g_autoptr(GapLocateAnswer) answer = gap_locate(&s.problem, &s.options, NULL, &error);
        assert_no_error(error);
        assert_int_equal(answer->status, GAP_LOCATE_PROVEN);
    }
}

static void freeing_nothing(void **test) {
    (void)test;
    gap_locate_answer_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_fault_is_named),
                                       cmocka_unit_test(a_sound_one_passes),
                                       cmocka_unit_test(freeing_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
