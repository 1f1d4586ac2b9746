/* Location problems from tables: columns by their usual names, pairs in any order, every fault by
 * file, row, field and value. What an answer means: the order of its sites and what each adds. */
#include "tests/files.h"

#include "layers/sites/matrix.h"
#include "layers/sites/pairs.h"
#include "layers/sites/proposal.h"
#include "layers/sites/why.h"

#define TIMES  "from,to,minutes\ns1,a,5\ns1,b,12.3\ns2,b,3\ns2,c,20\ns3,c,8\n"
#define DEMAND "id,people\na,100\nb,50\nc,80\nd,10\n"

/* Reads the three tables, `candidates` NULL: none. */
static GapSitesProblem *read_of(const char *times, const char *demand, const char *candidates,
                                GError **error) {
    g_autofree char *t = file_of("t.csv", times, -1), *d = file_of("d.csv", demand, -1);
    g_autofree char *c = candidates ? file_of("c.csv", candidates, -1) : NULL;
    return gap_matrix_read(&(GapMatrixFiles){t, d, c}, NULL, error);
}

static GapSitesProblem *taken(const char *times, const char *demand, const char *candidates) {
    g_autoptr(GError) error = NULL;
    GapSitesProblem *sites = read_of(times, demand, candidates, &error);
    assert_no_error(error);
    assert_non_null(sites);
    return sites;
}

/* "a: s1 5, s2 3; b: ..." */
static char *pairs_of(const GapSitesProblem *sites) {
    const GapLocateProblem *problem = &sites->problem;
    GString *out = g_string_new(NULL);
    for (gsize i = 0; i < problem->n_demand; i++) {
        g_string_append_printf(out, "%s%s:", i ? "; " : "", (char *)sites->demand_ids->pdata[i]);
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            g_string_append_printf(out, " %s %g", (char *)sites->site_ids->pdata[problem->site[k]],
                                   (double)problem->minutes[k]);
    }
    return g_string_free(out, FALSE);
}

static void has_pairs(const char *times, const char *demand, const char *candidates,
                      const char *want) {
    g_autoptr(GapSitesProblem) sites = taken(times, demand, candidates);
    g_autoptr(GError) error = NULL;
    assert_true(gap_locate_check(
        &sites->problem, &(GapLocateOptions){.model = GAP_LOCATE_COVERING, .need = 1}, &error));
    g_autofree char *got = pairs_of(sites);
    assert_string_equal(got, want);
}

static void pairs_in_any_order(void **state) {
    (void)state;
    const char *want = "a: s1 5; b: s1 12.3 s2 3; c: s2 20 s3 8; d:";
    has_pairs(TIMES, DEMAND, NULL, want);
    has_pairs("from,to,minutes\ns3,c,8\ns2,c,20\ns2,b,3\ns1,a,5\ns1,b,12.3\n", DEMAND,
              "id\ns1\ns2\ns3\n", want);
    has_pairs("FROM_ID,Destination,Duration_s\ns1,a,300\ns1,b,738\ns2,b,180\ns2,c,1200\ns3,c,480\n",
              "code;population\na;100\nb;50\nc;80\nd;10\n", NULL, want);
    has_pairs("origin\tto_id\ttravel_time_p50\ns1\ta\t5\ns1\tb\t12,3\ns2\tb\t3\ns2\tc\t20\ns3\tc\t8"
              "\n",
              DEMAND, NULL, want);
    // A column of minutes goes before one of seconds, and others are left alone.
    has_pairs("seconds,minutes,km,from,to\n1,5,9,s1,a\n", DEMAND, NULL, "a: s1 5; b:; c:; d:");
    // Three decimals throughout, and no other evidence.
    has_pairs("from,to,minutes\ns1,a,12.345\ns1,b,10.125\n", DEMAND, NULL,
              "a: s1 12.345; b: s1 10.125; c:; d:");
}

static void other_formats(void **state) {
    (void)state;
    g_autofree char *json = file_of(
        "t.geojson",
        COLLECTION("{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"from\":7,\"to\":1,"
                   "\"minutes\":5}},{\"type\":\"Feature\",\"geometry\":null,\"properties\":{"
                   "\"from\":8,\"to\":2,\"minutes\":6.5}}"),
        -1);
    g_autofree char *layer = make(json, "t.gpkg", "-f|GPKG");
    g_autofree char *demand = file_of("d.csv", "id,people\n1,3\n2,4\n", -1);
    const char *const paths[] = {json, layer};
    for (gsize k = 0; k < G_N_ELEMENTS(paths); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapSitesProblem) sites =
            gap_matrix_read(&(GapMatrixFiles){paths[k], demand}, NULL, &error);
        assert_no_error(error);
        g_autofree char *got = pairs_of(sites);
        assert_string_equal(got, "1: 7 5; 2: 8 6.5");
    }
}

static void candidates_have_figures(void **state) {
    (void)state;
    g_autoptr(GapSitesProblem) sites =
        taken(TIMES, DEMAND,
              "id,cost,officers,capacity,region,place,state\n"
              "s0,1,0,,North,,open\ns1,10.5,2,,North,x,Forced\ns2,5,1,70,South,x,\n"
              "s3,7,1,80,,y,forbidden\ns4,7,1,80,,,free\n");
    static const GapSite want[] = {{GAP_SITE_OPEN, 1, 0, INFINITY, 0, -1},
                                   {GAP_SITE_FORCED, 10.5, 2, INFINITY, 0, 0},
                                   {GAP_SITE_FREE, 5, 1, 70, 1, 0},
                                   {GAP_SITE_FORBIDDEN, 7, 1, 80, -1, 1},
                                   {GAP_SITE_FREE, 7, 1, 80, -1, -1}};
    assert_int_equal(sites->problem.n_sites, G_N_ELEMENTS(want));
    for (gsize j = 0; j < G_N_ELEMENTS(want); j++) {
        const GapSite *got = &sites->sites[j];
        assert_int_equal(got->state, want[j].state);
        assert_true(got->cost == want[j].cost && got->posts == want[j].posts);
        assert_true(got->capacity == want[j].capacity);
        assert_int_equal(got->group, want[j].group);
        assert_int_equal(got->place, want[j].place);
    }
    assert_true(sites->has_costs && sites->has_posts);
    assert_string_equal(sites->group_names->pdata[1], "South");
    // Whom and what nothing leads to or from is told.
    assert_int_equal(sites->notes->len, 2);
    assert_non_null(strstr(sites->notes->pdata[0], "no pair leads to 1 of 4 demand (10 people)"));
    assert_non_null(strstr(sites->notes->pdata[1], "no pair starts from 2 of 5 candidates"));
}

static void faults_are_named(void **state) {
    (void)state;
    static const struct {
        const char *times, *demand, *candidates, *says;
    } cases[] = {
        {"from,to,minutes\ns1,a,5\ns1,b,-1\n", DEMAND, NULL,
         "t.csv, row 2, field minutes, value '-1': negative"},
        {"from,to,minutes\ns1,a,5\ns1,b,NaN\n", DEMAND, NULL,
         "t.csv, row 2, field minutes, value 'NaN': not a number"},
        {"from,to,minutes\ns1,a,inf\n", DEMAND, NULL,
         "t.csv, row 1, field minutes, value 'inf': not a number"},
        {"from,to,minutes\ns1,a,\n", DEMAND, NULL,
         "t.csv, row 1, field minutes: empty; take the row out where there is no way"},
        {"from,to,minutes\ns1,a,1e300\n", DEMAND, NULL, "t.csv, row 1, field minutes"},
        {"from,to,minutes\ns1,a,\"1,234\"\n", DEMAND, NULL, "t.csv, row 1, field minutes"},
        {"from,to,minutes\ns1,a,5\ns2,a,5\n\ns1,a,7\n", DEMAND, NULL,
         "t.csv, row 3, field from, value 's1': the pair of 's1' and 'a' stands in row 1 already"},
        {"from,to,minutes\ns1,a,5\ns1,e,5\n", DEMAND, NULL,
         "t.csv, row 2, field to, value 'e': no demand of "},
        {"from,to,minutes\ns1,alpha\xcc\x81,5\ns1,alfa,5\n", "id,people\nalpha,1\n", NULL,
         "did you mean 'alpha'?"},
        {"from,to,minutes\na,s1,5\n", DEMAND, "id\ns1\n", "rename the columns if they are swapped"},
        {"from,to,minutes\ns1,a,5\ns9,a,5\n", DEMAND, "id\ns1\n",
         "t.csv, row 2, field from, value 's9': no candidate of "},
        {"from,to,minutes\n,a,5\n", DEMAND, NULL, "t.csv, row 1, field from: empty"},
        {"from,to,minutes\n", DEMAND, NULL, "t.csv: has no rows; without any pair"},
        {"from,to,time\ns1,a,5\n", DEMAND, NULL, "no column 'minutes' (or 'seconds')"},
        {"from,minutes\ns1,5\n", DEMAND, NULL, "no column 'to'; it has: from, minutes"},
        {TIMES, "id,people\n", NULL, "d.csv: has no rows; demand is needed"},
        {TIMES, "id,people\na,1\nb,-2\n", NULL, "d.csv, row 2, field people, value '-2': negative"},
        {TIMES, "id,people\na,\n", NULL, "d.csv, row 1, field people: empty; write 0"},
        {TIMES, "id,people\na,1\nb,2\na,3\n", NULL,
         "d.csv, row 3, field id, value 'a': stands in row 1 already; each demand stands once"},
        {TIMES, DEMAND, "id,cost\ns1,1\ns1,2\n",
         "c.csv, row 2, field id, value 's1': stands in row 1 already; each candidate stands once"},
        {TIMES, DEMAND, "id,cost\ns1,1\ns2,\n",
         "c.csv, row 2, field cost: empty; missing; write 0"},
        {TIMES, DEMAND, "id,cost\ns1,-5\n", "c.csv, row 1, field cost, value '-5': negative"},
        {TIMES, DEMAND, "id,state\ns1,maybe\n",
         "c.csv, row 1, field state, value 'maybe': not known; write open, forced, forbidden or "
         "free"},
        {TIMES, DEMAND, "id,cost\n", "c.csv: has no rows; candidates are needed"},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        GError *error = NULL;
        assert_null(read_of(cases[k].times, cases[k].demand, cases[k].candidates, &error));
        assert_error_says(error, cases[k].says);
    }
}

static bool stop(void *user, double share, const char *what) {
    (void)user;
    (void)share;
    (void)what;
    return false;
}

static void many_pairs(void **state) {
    (void)state;
    enum { SITES = 400, PEOPLE = 300 };
    g_autoptr(GString) times = g_string_new("from,to,minutes\n"),
                       demand = g_string_new("id,people\n");
    for (int i = 0; i < PEOPLE; i++)
        g_string_append_printf(demand, "v%d,1\n", i);
    for (int k = 0; k < SITES * PEOPLE; k++) { // each once, scattered
        const int at = (int)((gint64)k * 7919 % (SITES * PEOPLE));
        g_string_append_printf(times, "s%d,v%d,%d.5\n", at / PEOPLE, at % PEOPLE, at % 97);
    }
    g_autoptr(GapSitesProblem) sites = taken(times->str, demand->str, NULL);
    assert_int_equal(sites->problem.first[PEOPLE], SITES * PEOPLE);
    for (gsize i = 0; i < PEOPLE; i++)
        for (gsize k = sites->first[i]; k < sites->first[i + 1]; k++) {
            const int j = atoi((char *)sites->site_ids->pdata[sites->site[k]] + 1);
            assert_near((double)sites->minutes[k], (j * PEOPLE + (int)i) % 97 + 0.5, 0);
        }
    g_autofree char *t = named("t.csv"), *d = named("d.csv");
    GError *error = NULL;
    assert_null(gap_matrix_read(&(GapMatrixFiles){t, d}, &(GapProgress){stop}, &error));
    assert_error_says(error, "stopped while reading");
}

/* ---- what is asked of it ---- */

static void options_are_judged(void **state) {
    (void)state;
    static const struct {
        const char *candidates;
        GapLocateOptions options;
        const char *says;
    } cases[] = {
        {"id\ns1\ns2\ns3\n",
         {.p = 4, .budget = INFINITY, .posts = INFINITY},
         "4 new sites are asked for, and there are 3 candidates to choose from"},
        {"id,state\ns1,forbidden\ns2,open\ns3,forbidden\n",
         {.p = 1, .budget = INFINITY, .posts = INFINITY},
         "there is no candidate to choose from (2 forbidden, 1 that stand already)"},
        {"id\ns1\ns2\ns3\n",
         {.p = -1, .budget = 5, .posts = INFINITY},
         "the costs of the candidates are not known"},
        {"id\ns1\ns2\ns3\n",
         {.p = -1, .budget = INFINITY, .posts = 5},
         "the posts of the candidates are not known"},
        {"id,cost\ns1,7\ns2,5\ns3,8\n",
         {.p = -1, .budget = 0, .posts = INFINITY},
         "a budget of 0 buys no candidate; the cheapest, 's2', costs 5"},
        {"id,place,state\ns1,x,forced\ns2,y,forced\ns3,x,forced\n",
         {.p = 3, .budget = INFINITY, .posts = INFINITY},
         "'s1' and 's3' are candidates of one place and both forced"},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        GError *error = NULL;
        g_autoptr(GapSitesProblem) sites = taken(TIMES, DEMAND, cases[k].candidates);
        assert_false(gap_sites_problem_judge(sites, &cases[k].options, &error));
        assert_error_says(error, cases[k].says);
    }
    GError *error = NULL;
    g_autoptr(GapSitesProblem) sites = taken(TIMES, "id,people\na,0\nb,0\nc,0\n", NULL);
    assert_false(gap_sites_problem_judge(
        sites, &(GapLocateOptions){.p = 1, .budget = INFINITY, .posts = INFINITY}, &error));
    assert_error_says(error, "all demand is of 0 people");
}

static void states_by_id(void **state) {
    (void)state;
    g_autoptr(GapSitesProblem) sites =
        taken(TIMES, DEMAND, "id,state\ns1,open\ns2,\ns3,forbidden\n");
    GError *error = NULL;
    char *s2[] = {"s2", NULL}, *s1[] = {"s1", NULL}, *s3[] = {"s3", NULL}, *other[] = {"s22", NULL};
    assert_true(gap_sites_problem_state(sites, NULL, GAP_SITE_FORCED, "force", &error));
    assert_true(gap_sites_problem_state(sites, s2, GAP_SITE_FORCED, "force", &error));
    assert_int_equal(sites->sites[1].state, GAP_SITE_FORCED);
    assert_false(gap_sites_problem_state(sites, s2, GAP_SITE_FORBIDDEN, "forbid", &error));
    assert_error_says(error, "--forbid: 's2' is forced already");
    assert_false(gap_sites_problem_state(sites, s1, GAP_SITE_FORCED, "force", &error));
    assert_error_says(error, "--force: 's1' stands already");
    assert_true(gap_sites_problem_state(sites, s3, GAP_SITE_FORBIDDEN, "forbid", &error));
    assert_false(gap_sites_problem_state(sites, other, GAP_SITE_FORCED, "force", &error));
    assert_error_says(error, "--force: no candidate is called 's22'; did you mean 's2'?");
}

/* ---- what an answer means ---- */

static void order_of_sites(void **state) {
    (void)state;
    // s1 reaches a (5) and b (12.3), s2 b (3) and c (20), s3 c (8).
    g_autoptr(GapSitesProblem) sites = taken(TIMES, DEMAND, "id,state\ns1,\ns2,open\ns3,\n");
    guint32 chosen[] = {0, 2};
    const GapLocateAnswer answer = {
        .status = GAP_LOCATE_BOUNDED, .value = 230, .bound = 253, .sites = chosen, .n_sites = 2};
    GapLocateOptions options = {.model = GAP_LOCATE_COVERING, .within = 15, .need = 1};
    GapSitesSums sums;
    g_autoptr(GapTable) table = gap_sites_proposal(sites, &options, &answer, &sums);
    assert_near(sums.people, 240, 0);
    assert_near(sums.covered, 230, 0);
    assert_near(sums.before, 50, 0);
    assert_near(gap_sites_gap(&answer), 0.1, 1e-12);
    const struct {
        const char *id;
        double adds, serves, worst;
    } want[] = {{"s1", 100, 100, 5}, {"s3", 80, 80, 8}}; // b is nearer to what stands
    for (gsize r = 0; r < G_N_ELEMENTS(want); r++) {
        assert_int_equal(gap_table_int(table, r, 0), (gint64)r + 1);
        assert_string_equal(gap_table_text(table, r, 1), want[r].id);
        assert_near(gap_table_real(table, r, (size_t)gap_table_find(table, "adds")), want[r].adds,
                    0);
        assert_near(gap_table_real(table, r, (size_t)gap_table_find(table, "serves")),
                    want[r].serves, 0);
        assert_near(gap_table_real(table, r, (size_t)gap_table_find(table, "worst_minutes")),
                    want[r].worst, 0);
    }
    // Of the median: s1 first, that reaches 100 anew; s3 saves 80 people 12 minutes each.
    options = (GapLocateOptions){.model = GAP_LOCATE_P_MEDIAN};
    g_autoptr(GapTable) median = gap_sites_proposal(sites, &options, &answer, &sums);
    assert_string_equal(gap_table_text(median, 1, 1), "s3");
    assert_near(gap_table_real(median, 1, (size_t)gap_table_find(median, "adds")), 0, 0);
    assert_near(gap_table_real(median, 1, (size_t)gap_table_find(median, "saves")), 960, 0);
    assert_near(sums.mean_minutes, (500 + 150 + 640) / 230.0, 1e-6);
    options.model = GAP_LOCATE_P_CENTER; // no order
    g_autoptr(GapTable) center = gap_sites_proposal(sites, &options, &answer, &sums);
    assert_true(gap_table_is_null(center, 0, 0));
    assert_near(sums.worst, 8, 0);
}

static void reasons_are_sentences(void **state) {
    (void)state;
    g_autoptr(GapSitesProblem) sites = taken(TIMES, DEMAND, "id,province\ns1,N\ns2,N\ns3,O\n");
    static const struct {
        GapLocateReason reason;
        const char *says;
    } cases[] = {
        {{.why = GAP_WHY_UNREACHED, .count = 1, .weight = 10, .n_first = 1, .first = {3}},
         "no candidate reaches 1 of 4 demand (10 people: 'd')"},
        {{.why = GAP_WHY_UNREACHED, .count = 9, .freed = 2, .n_first = 2, .first = {0, 3}},
         "'a', 'd', ...); forbidden candidates reach 2 of these"},
        {{.why = GAP_WHY_TOO_LARGE, .count = 1, .n_first = 1}, "has capacity for"},
        {{.why = GAP_WHY_SHARE, .needed = 0.95, .given = 0.91239},
         "95% of the people are to be covered, and all allowed candidates together cover 91.23%"},
        {{.why = GAP_WHY_CAPACITY, .needed = 240, .given = 100}, "have capacity for 100"},
        {{.why = GAP_WHY_GROUP_FEW, .group = 1, .needed = 2, .given = 1},
         "province 'O' must get 2 new sites and has 1 candidates"},
        {{.why = GAP_WHY_GROUP_CROSSED, .group = 0, .needed = 2, .given = 1},
         "province 'N' must get 2 new sites and may get 1"},
        {{.why = GAP_WHY_GROUP_FORCED, .group = 0, .needed = 2, .given = 1},
         "2 sites of province 'N' are forced, and it may get 1"},
        {{.why = GAP_WHY_FORCED_POSTS, .needed = 4, .given = 3},
         "the forced sites take 4 posts, and the limit is 3"},
        {{.why = GAP_WHY_MINIMUM_BUDGET, .needed = 4, .given = 3},
         "the forced sites and the minimum of each province take 4 of money, and the limit is 3"},
        {{.why = GAP_WHY_NEEDS_NUMBER, .needed = 3, .given = 2, .exact = true},
         "with all else as it is, the limit of new sites must be 3, not 2"},
        {{.why = GAP_WHY_NEEDS_BUDGET, .needed = 3.5, .given = 2}, "must be at least 3.5, not 2"},
        {{.why = GAP_WHY_NEEDS_SHARE, .needed = 0.83339, .given = 0.9},
         "83.33% of the people can be covered, not 90%"},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        g_autoptr(GArray) reasons = g_array_new(FALSE, FALSE, sizeof(GapLocateReason));
        g_array_append_val(reasons, cases[k].reason);
        g_autoptr(GPtrArray) why = gap_sites_why(sites, reasons);
        if (!strstr(why->pdata[0], cases[k].says))
            fail_msg("'%s' does not say '%s'", (char *)why->pdata[0], cases[k].says);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_in_any_order),
        cmocka_unit_test(other_formats),
        cmocka_unit_test(candidates_have_figures),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(many_pairs),
        cmocka_unit_test(options_are_judged),
        cmocka_unit_test(states_by_id),
        cmocka_unit_test(order_of_sites),
        cmocka_unit_test(reasons_are_sentences),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
