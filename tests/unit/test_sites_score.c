/* Lists of sites: which candidates their rows mean, what they are worth by trying it out, and swaps
 * until none gains. */
#include "tests/files.h"
#include "tests/locate_instance.h"

#include "layers/sites/matrix.h"
#include "layers/sites/score.h"

enum { ROUNDS = 300 };

/* ---- worth, by looking at every pair ---- */

static double nearest(const Instance *t, unsigned set, gsize i, guint32 *within) {
    double best = INFINITY;
    *within = 0;
    for (gsize e = t->first[i]; e < t->first[i + 1]; e++) {
        if (!(set >> t->site[e] & 1) && t->sites[t->site[e]].state != GAP_SITE_OPEN)
            continue;
        best = fmin(best, (double)t->minutes[e]);
        *within += (double)t->minutes[e] <= t->options.within;
    }
    return best;
}

/* NaN where it does not reach all whom it must. */
static double worth(const Instance *t, unsigned set) {
    double sum = 0, worst = 0;
    for (gsize i = 0; i < t->problem.n_demand; i++) {
        guint32 within;
        const double minutes = nearest(t, set, i, &within);
        if (t->options.model == GAP_LOCATE_COVERING)
            sum += within >= t->options.need ? t->weight[i] : 0;
        else if (t->weight[i] > 0 && isinf(minutes))
            return NAN;
        else if (t->weight[i] > 0)
            sum += t->weight[i] * minutes;
        worst = t->weight[i] > 0 ? fmax(worst, minutes) : worst;
    }
    return t->options.model == GAP_LOCATE_P_CENTER ? worst : sum;
}

static bool same(double a, double b) {
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-6 * fmax(1, fabs(a));
}

static void may_be_built(const Instance *t, gsize j) {
    assert_true(t->sites[j].state == GAP_SITE_FREE || t->sites[j].state == GAP_SITE_FORCED);
}

static double sum_of(const Instance *t, unsigned set, bool cost) {
    double sum = 0;
    for (gsize j = 0; j < t->problem.n_sites; j++)
        sum += set >> j & 1 ? (cost ? t->sites[j].cost : t->sites[j].posts) : 0;
    return sum;
}

/* Nothing that may be exchanged alone is better, where there are no limits. */
static void none_gains(const Instance *t, unsigned set) {
    const double is = worth(t, set);
    for (gsize out = 0; out < t->problem.n_sites; out++)
        for (gsize in = 0; in < t->problem.n_sites; in++) {
            if (!(set >> out & 1) || set >> in & 1 || t->sites[in].state != GAP_SITE_FREE ||
                t->sites[out].state == GAP_SITE_FORCED)
                continue;
            const double other = worth(t, (set & ~(1U << out)) | 1U << in);
            if (isnan(other))
                continue;
            assert_false(t->options.model == GAP_LOCATE_COVERING ? other > is + 1e-6
                                                                 : other < is - 1e-6);
        }
}

static gsize number_of(const char *id) {
    return (gsize)(*id - 'a');
}

/* Follows the swaps and answers what they end with. */
static unsigned follow(const Instance *t, const GapTable *swaps, unsigned set) {
    for (gsize row = 0; row < gap_table_rows(swaps); row++) {
        const gsize out = number_of(gap_table_text(swaps, row, GAP_SWAP_OUT)),
                    in = number_of(gap_table_text(swaps, row, GAP_SWAP_IN));
        const unsigned next = (set & ~(1U << out)) | 1U << in;
        assert_true(set >> out & 1 && !(set >> in & 1));
        assert_true(t->sites[out].state != GAP_SITE_FORCED);
        may_be_built(t, in);
        assert_true(same(gap_table_real(swaps, row, GAP_SWAP_VALUE), worth(t, next)));
        if (!isnan(worth(t, set)) && !isnan(worth(t, next)))
            assert_near(gap_table_real(swaps, row, GAP_SWAP_GAIN),
                        fabs(worth(t, next) - worth(t, set)), 1e-6);
        for (int cost = 0; cost < 2; cost++)
            assert_true(sum_of(t, next, cost) <=
                        fmax(sum_of(t, set, cost), cost ? t->options.budget : t->options.posts));
        set = next;
    }
    return set;
}

static void check_sites(const Instance *t, const GapSitesScore *score, unsigned set) {
    for (gsize row = 0; row < gap_table_rows(score->sites); row++) {
        const gsize j = number_of(gap_table_text(score->sites, row, GAP_SCORED_CODE));
        const bool may = t->sites[j].state == GAP_SITE_FREE || t->sites[j].state == GAP_SITE_FORCED;
        assert_int_equal(may, gap_table_is_null(score->sites, row, GAP_SCORED_REASON));
        if (t->sites[j].state == GAP_SITE_OPEN || isnan(worth(t, set)))
            continue;
        const double lost = fabs(worth(t, set) - worth(t, set & ~(1U << j)));
        assert_true(same(gap_table_real(score->sites, row, GAP_SCORED_LOST), lost));
    }
}

static void score_once(Instance *t, bool limits, gsize *swaps) {
    GapSitesProblem *sites = gap_sites_problem_new();
    g_autoptr(GArray) listed = g_array_new(FALSE, FALSE, sizeof(GapListedSite));
    g_autoptr(GError) error = NULL;
    unsigned set = 0;
    sites->problem = t->problem;
    sites->weight = t->weight;
    sites->sites = t->sites;
    for (gsize j = 0; j < t->problem.n_sites; j++) {
        const GapListedSite one = {(guint32)j, (gint64)j + 1};
        g_ptr_array_add(sites->site_ids, g_strdup_printf("%c", (int)('a' + j)));
        if (one_in(2))
            continue;
        g_array_append_val(listed, one);
        set |= t->sites[j].state == GAP_SITE_OPEN ? 0 : 1U << j;
    }
    for (int g = 0; g < GROUPS; g++)
        g_ptr_array_add(sites->group_names, g_strdup("group"));
    g_autoptr(GapSitesScore) score =
        listed->len ? gap_sites_score(sites, NULL, &t->options, listed, NULL, &error) : NULL;
    assert_no_error(error);
    if (score) {
        assert_int_equal(score->size, (gsize)__builtin_popcount(set));
        assert_true(same(score->list->value, worth(t, set)));
        check_sites(t, score, set);
        const unsigned end = follow(t, score->swaps, set);
        *swaps += gap_table_rows(score->swaps);
        if (!limits)
            none_gains(t, end);
        if (!isnan(worth(t, end)) && !isnan(score->best->value))
            assert_true(same(score->left, fabs(score->best->value - worth(t, end))) ||
                        score->left < 0);
    }
    sites->weight = NULL;
    sites->sites = NULL;
    gap_sites_problem_free(sites);
}

static void worth_by_trying(void **state) {
    (void)state;
    static const GapLocateModel models[] = {GAP_LOCATE_COVERING, GAP_LOCATE_P_MEDIAN,
                                            GAP_LOCATE_P_CENTER};
    gsize swaps[2] = {0, 0};
    dice = g_rand_new_with_seed(47);
    for (int round = 0; round < ROUNDS; round++) {
        Instance t;
        const bool limits = one_in(2);
        make_instance(&t, models[round % 3]);
        for (gsize j = 0; j < t.problem.n_sites; j++) {
            t.sites[j].capacity = INFINITY;
            t.sites[j].place = limits ? t.sites[j].place : -1;
        }
        t.options.p = -1;
        if (!limits) {
            t.options.budget = t.options.posts = INFINITY;
            t.problem.group_min = t.problem.group_max = NULL;
        }
        score_once(&t, limits, &swaps[limits]);
    }
    g_rand_free(dice);
    assert_true(swaps[0] > 20 && swaps[1] > 20);
}

/* ---- what rows mean ---- */

static GapSitesProblem *small(void) {
    g_autofree char *times =
        file_of("t.csv", "from,to,minutes\nold,a,5\nnew,a,5\nnew,b,3\nfar,c,8\n", -1);
    g_autofree char *demand = file_of("d.csv", "id,people\na,100\nb,50\nc,80\n", -1);
    g_autofree char *candidates =
        file_of("c.csv", "id,state,capacity\nold,open,\nnew,,\nfar,forbidden,\nlast,,\n", -1);
    g_autoptr(GError) error = NULL;
    GapSitesProblem *sites =
        gap_matrix_read(&(GapMatrixFiles){times, demand, candidates}, NULL, &error);
    assert_no_error(error);
    return sites;
}

static void rows_of_a_list(void **state) {
    (void)state;
    static const struct {
        const char *text, *want; // numbers of candidates, or the error after the file
    } lists[] = {
        {"code\nnew\nold\n", "1 0"},
        {"NAME;note\nfar;x\n", "2"},
        {"id,name\n,far\nlast,whatever\n", "2 3"},
        {"code\nnew\nnwe\n", "row 2, field code, value 'nwe': no candidate is called so; did you "
                             "mean 'new'?"},
        {"code,name\n,nowhere\n", "row 1, field name, value 'nowhere': no candidate is called so"},
        {"name\nnew\nfar\nnew\n",
         "row 3, field name, value 'new': 'new' stands in row 1 already; each site stands once"},
        {"code,x\nnew,1\n,2\n", "row 2, field code: empty; every row needs it"},
        {"town\nnew\n", "no column 'code' or 'name', which say the sites"},
        {"code\n", "has no rows; sites are needed"},
    };
    g_autoptr(GapSitesProblem) sites = small();
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = file_of("l.csv", lists[i].text, -1);
        g_autoptr(GArray) listed = gap_sites_list_read(path, sites, NULL, sites->notes, &error);
        g_autoptr(GString) got = g_string_new(NULL);
        for (guint k = 0; listed && k < listed->len; k++)
            g_string_append_printf(got, "%s%u", k ? " " : "",
                                   g_array_index(listed, GapListedSite, k).site);
        if (error)
            g_string_append(got, error->message + strlen(path) + 2);
        assert_string_equal(got->str, lists[i].want);
    }
}

static void what_stands_and_what_may_not(void **state) {
    (void)state;
    g_autoptr(GapSitesProblem) sites = small();
    g_autoptr(GArray) listed = g_array_new(FALSE, FALSE, sizeof(GapListedSite));
    for (guint32 j = 0; j < 3; j++)
        g_array_append_val(listed, ((GapListedSite){j, j + 1}));
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.within = 10;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapSitesScore) score = gap_sites_score(sites, NULL, &options, listed, NULL, &error);
    assert_no_error(error);
    assert_int_equal(score->size, 2); // `old` stands
    assert_near(score->list->value, 230, 0);
    assert_near(score->best->value, 150, 0); // without `far`, which is forbidden
    assert_near(score->loss, -80, 0);
    assert_string_equal(gap_table_text(score->sites, 0, GAP_SCORED_REASON), "stands already");
    assert_string_equal(gap_table_text(score->sites, 2, GAP_SCORED_REASON), "forbidden");
    assert_near(gap_table_real(score->sites, 1, GAP_SCORED_ADDS), 50, 0);
    assert_near(gap_table_real(score->sites, 2, GAP_SCORED_LOST), 80, 0);
    assert_int_equal(gap_table_rows(score->swaps), 0);
    sites->sites[1].capacity = 40; // then whom each serves is not told apart
    g_autoptr(GapSitesScore) small_ones =
        gap_sites_score(sites, NULL, &options, listed, NULL, &error);
    assert_no_error(error);
    assert_null(small_ones->swaps);
    assert_near(small_ones->list->value, 180, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worth_by_trying),
        cmocka_unit_test(rows_of_a_list),
        cmocka_unit_test(what_stands_and_what_may_not),
    };
    return cmocka_run_group_tests(tests, set_up_folder, tear_down_folder);
}
