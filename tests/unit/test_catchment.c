#include "tests/check.h"

#include "geo/stats/catchment.h"

static const GapCatchmentZone ZONES[] = {{10, 1.00}, {20, 0.68}, {30, 0.22}};

static void as_by_hand(void **state) {
    (void)state;
    /* Three posts, four villages, the third beyond the last zone from all, the last post beyond
     * that from all. R1 = 10 / (1000 + 500 x 0.68) = 10 / 1340, R2 = 6 / (500 + 200 x 0.22) =
     * 6 / 544. */
    const double capacity[] = {10, 6, 4}, people[] = {1000, 500, 300, 200};
    const GapTravelPair pairs[] = {{0, 0, 3},  {0, 1, 15}, {0, 2, 31},   {1, 1, 0},
                                   {1, 2, 99}, {1, 3, 25}, {2, 0, 30.5f}};
    const GapCatchment problem = {3, 4, G_N_ELEMENTS(pairs), 3, capacity, people, pairs, ZONES};
    double ratio[3], access[4];
    GError *error = NULL;
    gap_catchment(&problem, ratio, access, &error);
    assert_no_error(error);
    assert_near(ratio[0], 10.0 / 1340, 1e-15);
    assert_near(ratio[1], 6.0 / 544, 1e-15);
    assert_near(ratio[2], NAN, 0); /* nobody reaches it */
    assert_near(access[0], 10.0 / 1340, 1e-15);
    assert_near(access[1], 0.68 * 10 / 1340 + 6.0 / 544, 1e-15);
    assert_near(access[2], 0, 0); /* reaches none */
    assert_near(access[3], 0.22 * 6 / 544, 1e-15);
}

/* The weight that one place at `minutes` has beside another at 0 minutes: with 1 person at each and
 * a capacity of 1 the other's access is 1 / (1 + W). */
static double weight_at(float minutes, const GapCatchmentZone *zones) {
    const double one[] = {1, 1};
    const GapTravelPair pairs[] = {{0, 0, 0}, {0, 1, minutes}};
    const GapCatchment problem = {1, 2, 2, 3, one, one, pairs, zones};
    double ratio, access[2];
    GError *error = NULL;
    gap_catchment(&problem, &ratio, access, &error);
    assert_no_error(error);
    assert_near(access[1], ratio * (1 / access[0] - 1), 1e-12);
    return 1 / access[0] - 1;
}

static void limits_are_inclusive(void **state) {
    (void)state;
    static const struct {
        float minutes;
        double weight;
    } cases[] = {{0, 1},         {10, 1},    {10.0001f, 0.68}, {20, 0.68},
                 {20.001f, .22}, {30, 0.22}, {30.0001f, 0},    {1e30f, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_near(weight_at(cases[i].minutes, ZONES), cases[i].weight, 1e-12);
}

/* Limits that no float has, as 100 / 3: a time of that is within. */
static void equal_zones(void **state) {
    (void)state;
    for (double limit = 0.1; limit < 200; limit += 0.7) {
        GapCatchmentZone zones[3];
        gap_catchment_zones(limit, zones);
        assert_near(weight_at((float)(limit / 3), zones), 1.00, 1e-12);
        assert_near(weight_at((float)(limit * 0.34), zones), 0.68, 1e-12);
        assert_near(weight_at((float)(limit * 2 / 3), zones), 0.68, 1e-12);
        assert_near(weight_at((float)(limit * 0.67), zones), 0.22, 1e-12);
        assert_near(weight_at((float)limit, zones), 0.22, 1e-12);
        assert_near(weight_at((float)(limit * 1.001), zones), 0, 0);
    }
    /* They are a Gaussian's at 0, 1 and 2: the logarithms are as 0, 1 and 4. */
    assert_near(log(0.22) / log(0.68), 4, 0.1);
}

enum { MOST = 40 };

typedef struct {
    double capacity[MOST], people[MOST];
    GapTravelPair pairs[MOST * MOST];
    GapCatchment problem;
} Made;

static void make(Made *m, GRand *rand) {
    m->problem = (GapCatchment){.n_supplies = (size_t)g_rand_int_range(rand, 0, MOST),
                                .n_demand = (size_t)g_rand_int_range(rand, 0, MOST),
                                .n_zones = 3,
                                .capacity = m->capacity,
                                .people = m->people,
                                .pairs = m->pairs,
                                .zones = ZONES};
    const double density = g_rand_double(rand);
    for (size_t i = 0; i < MOST; i++) {
        m->capacity[i] = g_rand_int_range(rand, 0, 30);
        m->people[i] = g_rand_int_range(rand, 0, 4) ? g_rand_double_range(rand, 0, 1e4) : 0;
    }
    for (guint32 j = 0; j < m->problem.n_supplies; j++)
        for (guint32 i = 0; i < m->problem.n_demand; i++)
            if (g_rand_double(rand) < density)
                m->pairs[m->problem.n_pairs++] =
                    (GapTravelPair){j, i, (float)g_rand_double_range(rand, 0, 60)};
}

/* Whether people of any place have the supply within the last zone. */
static bool has_people(const Made *m, size_t supply) {
    for (size_t k = 0; k < m->problem.n_pairs; k++)
        if (m->pairs[k].from == supply && m->pairs[k].minutes <= 30 &&
            m->people[m->pairs[k].to] > 0)
            return true;
    return false;
}

static void capacity_is_shared_out(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(2009);
    size_t without = 0;
    for (int round = 0; round < 500; round++) {
        Made m;
        double ratio[MOST], access[MOST], shared = 0, reached = 0;
        make(&m, rand);
        assert_true(gap_catchment(&m.problem, ratio, access, NULL));
        for (size_t j = 0; j < m.problem.n_supplies; j++) {
            assert_int_equal(isnan(ratio[j]), !has_people(&m, j));
            without += isnan(ratio[j]) != 0;
            reached += isnan(ratio[j]) ? 0 : m.capacity[j];
        }
        for (size_t i = 0; i < m.problem.n_demand; i++)
            shared += m.people[i] * access[i];
        assert_near(shared, reached, 1e-9 * (1 + reached));
    }
    assert_true(without > 100);
}

/* More capacity anywhere lowers no access, more people raise none where there were some. */
static void monotone(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(15);
    for (int round = 0; round < 300; round++) {
        Made m;
        double ratio[MOST], before[MOST], after[MOST];
        make(&m, rand);
        assert_true(gap_catchment(&m.problem, ratio, before, NULL));
        m.capacity[g_rand_int_range(rand, 0, MOST)] += 5;
        assert_true(gap_catchment(&m.problem, ratio, after, NULL));
        for (size_t i = 0; i < m.problem.n_demand; i++)
            assert_true(after[i] >= before[i]);
        const int at = g_rand_int_range(rand, 0, MOST);
        m.people[at] *= 2;
        assert_true(gap_catchment(&m.problem, ratio, before, NULL));
        for (size_t i = 0; i < m.problem.n_demand; i++)
            assert_true(before[i] <= after[i]);
    }
}

static void refuses(const GapCatchment *problem, const char *why) {
    double ratio[2], access[2];
    GError *error = NULL;
    assert_false(gap_catchment(problem, ratio, access, &error));
    assert_error_says(error, why);
}

static void bad_figures(void **state) {
    (void)state;
    static const double bad[] = {-1, NAN, INFINITY, -INFINITY};
    const double good[] = {1, 2};
    const GapTravelPair pairs[] = {{0, 0, 5}, {0, 1, 5}, {1, 0, 5}};
    const GapCatchment problem = {2, 2, 3, 3, good, good, pairs, ZONES};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        const double figures[] = {1, bad[i]};
        const GapTravelPair times[] = {{0, 0, 5}, {0, 1, (float)bad[i]}};
        const GapCatchmentZone weights[] = {{10, 1}, {20, bad[i]}};
        GapCatchment p = problem;
        p.capacity = figures;
        refuses(&p, "the capacity of supply 2 is ");
        p = problem;
        p.people = figures;
        refuses(&p, "the people of demand 2 is ");
        p = problem;
        p.pairs = times;
        p.n_pairs = 2;
        refuses(&p, "pair 2 takes ");
        p = problem;
        p.zones = weights;
        p.n_zones = 2;
        refuses(&p, "the weight of zone 2 is ");
    }
}

static void bad_order(void **state) {
    (void)state;
    static const struct {
        GapTravelPair pairs[2];
        const char *why;
    } cases[] = {{{{0, 0, 5}, {0, 0, 5}}, "pair 2 is a repetition"},
                 {{{0, 1, 5}, {0, 0, 5}}, "out of order"},
                 {{{1, 0, 5}, {0, 1, 5}}, "out of order"},
                 {{{0, 0, 5}, {2, 1, 5}}, "from supply 3"},
                 {{{0, 2, 5}, {1, 1, 5}}, "to demand 3"}};
    static const GapCatchmentZone zones[][2] = {
        {{10, 1}, {10, 1}}, {{10, 1}, {5, 1}}, {{10, 1}, {NAN, 1}}};
    const double good[] = {1, 2};
    GapCatchment problem = {2, 2, 2, 3, good, good, NULL, ZONES};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        problem.pairs = cases[i].pairs;
        refuses(&problem, cases[i].why);
    }
    problem.n_pairs = 0;
    problem.n_zones = 2;
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
        problem.zones = zones[i];
        refuses(&problem, "zone 2 ends at ");
    }
    problem.zones = &(GapCatchmentZone){0, 1};
    problem.n_zones = 1;
    refuses(&problem, "zone 1 ends at 0 minutes");
    problem.n_zones = 0;
    refuses(&problem, "no zones");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_by_hand),  cmocka_unit_test(limits_are_inclusive),
        cmocka_unit_test(equal_zones), cmocka_unit_test(capacity_is_shared_out),
        cmocka_unit_test(monotone),    cmocka_unit_test(bad_figures),
        cmocka_unit_test(bad_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
