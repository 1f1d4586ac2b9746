/* Frontiers: what each further site or part of the budget buys. Each step is the answer of a run of
 * its own, none is worse than the one before, and what they mean to people is measured. */
#include "tests/files.h"
#include "tests/locate_instance.h"

#include "layers/sites/frontier.h"
#include "layers/sites/matrix.h"

enum { ROUNDS = 150, STEPS = 5 };

/* The problem of an instance, as it comes from tables; its arrays stay the instance's. */
static GapSitesProblem *sites_of(Instance *t) {
    GapSitesProblem *sites = gap_sites_problem_new();
    sites->problem = t->problem;
    sites->weight = t->weight;
    sites->sites = t->sites;
    return sites;
}

static void sites_done(GapSitesProblem *sites) {
    sites->weight = NULL;
    sites->sites = NULL;
    gap_sites_problem_free(sites);
}

static GapTable *frontier_of(const GapSitesProblem *sites, const GapLocateOptions *options,
                             GapFrontierBy by, gsize steps) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLocateAnswer) last = NULL;
    const GapFrontierOptions how = {.by = by, .steps = steps, .within = options->within};
    GapTable *table = gap_sites_frontier(sites, options, &how, NULL, &last, &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(table), steps);
    const double value = gap_table_real(table, steps - 1, GAP_FRONTIER_VALUE);
    assert_true(isnan(last->value) ? isnan(value) : fabs(value - last->value) < 1e-5);
    return table;
}

/* The step equals a run of its own. */
static void same_alone(const GapSitesProblem *sites, GapLocateOptions options,
                       const GapTable *table, gsize row) {
    g_autoptr(GError) error = NULL;
    if (!gap_table_is_null(table, row, GAP_FRONTIER_MOST))
        options.p = gap_table_int(table, row, GAP_FRONTIER_MOST);
    if (!gap_table_is_null(table, row, GAP_FRONTIER_MONEY))
        options.budget = gap_table_real(table, row, GAP_FRONTIER_MONEY);
    g_autoptr(GapLocateAnswer) alone = gap_locate(&sites->problem, &options, NULL, &error);
    assert_no_error(error);
    const double value = gap_table_real(table, row, GAP_FRONTIER_VALUE);
    assert_int_equal(gap_table_int(table, row, GAP_FRONTIER_PROVEN), 1);
    assert_int_equal(isnan(value), alone->status == GAP_LOCATE_INFEASIBLE);
    if (isnan(value))
        return;
    assert_near(value, alone->value, 1e-5);
    assert_near(gap_table_real(table, row, GAP_FRONTIER_BOUND), alone->bound, 1e-5);
    assert_int_equal(gap_table_int(table, row, GAP_FRONTIER_SITES), alone->n_sites);
}

static void each_step_is_a_run_of_its_own(void **state) {
    (void)state;
    static const GapLocateModel models[] = {GAP_LOCATE_COVERING, GAP_LOCATE_P_MEDIAN,
                                            GAP_LOCATE_P_CENTER};
    gsize with_value = 0;
    dice = g_rand_new_with_seed(41);
    for (int round = 0; round < ROUNDS; round++) {
        Instance t;
        const GapLocateModel model = models[round % 3];
        make_instance(&t, model);
        const GapFrontierBy by =
            isfinite(t.options.budget) && one_in(2) ? GAP_FRONTIER_BUDGET : GAP_FRONTIER_NUMBER;
        gint64 n = 0;
        for (gsize j = 0; j < t.problem.n_sites; j++)
            n += is_new(&t.sites[j]);
        if (by == GAP_FRONTIER_NUMBER)
            t.options.p = n;
        const gsize steps = by == GAP_FRONTIER_NUMBER ? (gsize)n : STEPS;
        GapSitesProblem *sites = sites_of(&t);
        g_autoptr(GapTable) table = frontier_of(sites, &t.options, by, steps);
        double before = NAN;
        for (gsize row = 0; row < steps; row++) {
            const double value = gap_table_real(table, row, GAP_FRONTIER_VALUE);
            same_alone(sites, t.options, table, row);
            if (!isnan(before)) // once there is an answer there is one, and none is worse
                assert_true(model == GAP_LOCATE_COVERING ? value >= before : value <= before);
            before = value;
            with_value += !isnan(value);
        }
        sites_done(sites);
    }
    g_rand_free(dice);
    assert_true(with_value > ROUNDS);
}

/* Without any time there still is no step worse than the one before, and each has a bound. */
static void without_time(void **state) {
    (void)state;
    dice = g_rand_new_with_seed(43);
    for (int round = 0; round < ROUNDS; round++) {
        Instance t;
        make_instance(&t, GAP_LOCATE_COVERING);
        t.options.seconds = 0;
        t.options.p = 3;
        gint64 n = 0;
        for (gsize j = 0; j < t.problem.n_sites; j++)
            n += is_new(&t.sites[j]);
        if (n < 3)
            continue;
        GapSitesProblem *sites = sites_of(&t);
        g_autoptr(GapTable) table = frontier_of(sites, &t.options, GAP_FRONTIER_NUMBER, 3);
        for (gsize row = 1; row < 3; row++) {
            const double before = gap_table_real(table, row - 1, GAP_FRONTIER_VALUE),
                         value = gap_table_real(table, row, GAP_FRONTIER_VALUE);
            assert_false(value < before);
            assert_false(!isnan(before) && isnan(value));
            assert_false(value > gap_table_real(table, row, GAP_FRONTIER_BOUND) + 1e-6);
        }
        sites_done(sites);
    }
    g_rand_free(dice);
}

/* N: a 100, b 50; O: c 80, d 10, which only s3 reaches, after the limit. */
static void what_it_means_to_people(void **state) {
    (void)state;
    g_autofree char *times = file_of("t.csv",
                                     "from,to,minutes\ns1,a,5\ns1,b,12\ns2,b,3\ns2,c,20\n"
                                     "s3,c,8\ns3,d,30\n",
                                     -1);
    g_autofree char *demand = file_of(
        "d.csv", "id,people,province\na,100,N\nb,50,N\nc,80,O\nd,10,O\nnobody,0,P\nx,0,\n", -1);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapSitesProblem) sites =
        gap_matrix_read(&(GapMatrixFiles){times, demand, NULL}, NULL, &error);
    assert_no_error(error);
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.within = 12;
    options.p = 2;
    g_autoptr(GapTable) table = frontier_of(sites, &options, GAP_FRONTIER_NUMBER, 2);
    static const double want[2][8] = {
        {150, 150, 150.0 / 240, 1100.0 / 150, 12, 0, 0, NAN},
        {230, 80, 230.0 / 240, 2040.0 / 240, 30, 80, 80.0 / 90, 940.0 / 90}};
    static const gsize columns[] = {GAP_FRONTIER_VALUE,          GAP_FRONTIER_ADDS,
                                    GAP_FRONTIER_SHARE,          GAP_FRONTIER_MEAN,
                                    GAP_FRONTIER_WORST,          GAP_FRONTIER_PROVINCE_COVERED,
                                    GAP_FRONTIER_PROVINCE_SHARE, GAP_FRONTIER_PROVINCE_MEAN};
    for (gsize row = 0; row < 2; row++) {
        assert_string_equal(gap_table_text(table, row, GAP_FRONTIER_PROVINCE), "O");
        for (gsize c = 0; c < G_N_ELEMENTS(columns); c++) {
            const double is = gap_table_real(table, row, columns[c]);
            assert_true(isnan(want[row][c]) ? isnan(is) : fabs(is - want[row][c]) < 1e-5);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_a_run_of_its_own),
        cmocka_unit_test(without_time),
        cmocka_unit_test(what_it_means_to_people),
    };
    return cmocka_run_group_tests(tests, set_up_folder, tear_down_folder);
}
