/* Every model of location problems against CBC, on small random instances with everything in them:
 * standing, forced and forbidden sites, money, posts, groups, places, capacities, ties, demand out
 * of reach and of nobody. Equal objective, equally infeasible, and the verifier agrees; what is
 * said to make an infeasible one feasible does. */
#include "tests/locate_instance.h"

#include "geo/locate/explain.h"
#include "geo/locate/verify.h"

#include <glib/gstdio.h>

enum { INSTANCES = 400 };

/* ---- the same as a mixed integer program, in the format that CPLEX named LP ---- */

/* y of a site is 1 where it stands, 0 where it must not be. */
typedef struct {
    const Instance *t;
    GString *rows, *names;
    int n_rows;
} Program;

static void begin_row(Program *m) {
    g_string_append_printf(m->rows, "\nc%d:", m->n_rows++);
}

static void term(Program *m, double factor, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void term(Program *m, double factor, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *name = g_strdup_vprintf(format, args);
    va_end(args);
    g_string_append_printf(m->rows, " %s %.10g %s\n", factor < 0 ? "-" : "+", fabs(factor), name);
}

static void end_row(Program *m, const char *sense, double limit) {
    g_string_append_printf(m->rows, " %s %.10g", sense, limit);
}

typedef double (*Factor)(const GapSite *site, int which);

static double of_number(const GapSite *site, int which) {
    (void)site;
    (void)which;
    return 1;
}

static double of_cost(const GapSite *site, int which) {
    (void)which;
    return site->cost;
}

static double of_posts(const GapSite *site, int which) {
    (void)which;
    return site->posts;
}

static double of_group(const GapSite *site, int which) {
    return site->group == which;
}

static double of_place(const GapSite *site, int which) {
    return site->place == which;
}

static void sum_row(Program *m, Factor factor, int which, const char *sense, double limit) {
    if (isinf(limit))
        return;
    begin_row(m);
    g_string_append(m->rows, " 0 zero");
    for (gsize j = 0; j < m->t->problem.n_sites; j++)
        if (is_new(&m->t->sites[j]))
            term(m, factor(&m->t->sites[j], which), "y%zu", j);
    end_row(m, sense, limit);
}

static void write_limits(Program *m) {
    const Instance *t = m->t;
    sum_row(m, of_number, 0, "<=", t->options.p < 0 ? INFINITY : (double)t->options.p);
    sum_row(m, of_cost, 0, "<=", t->options.budget);
    sum_row(m, of_posts, 0, "<=", t->options.posts);
    for (int g = 0; t->problem.group_min && g < GROUPS; g++) {
        sum_row(m, of_group, g, ">=", t->min[g]);
        sum_row(m, of_group, g, "<=", t->max[g]);
    }
    for (int place = 0; place < SITES; place++)
        sum_row(m, of_place, place, "<=", 1);
}

static bool is_reach(const Instance *t, gsize k) {
    return t->sites[t->site[k]].state != GAP_SITE_FORBIDDEN &&
           (t->options.model > GAP_LOCATE_SET_COVER || (double)t->minutes[k] <= t->options.within);
}

/* z of demand is 1 only where enough sites reach it. */
static void write_covers(Program *m) {
    const Instance *t = m->t;
    for (gsize i = 0; i < t->problem.n_demand; i++) {
        g_string_append_printf(m->names, " z%zu\n", i);
        begin_row(m);
        term(m, -(double)t->options.need, "z%zu", i);
        for (gsize k = t->first[i]; k < t->first[i + 1]; k++)
            if (is_reach(t, k))
                term(m, 1, "y%u", t->site[k]);
        end_row(m, ">=", 0);
    }
}

/* x of a pair is 1 where the site serves the demand: whole, and once at most or (all) exactly. */
static void write_assignments(Program *m, bool all) {
    const Instance *t = m->t;
    for (gsize i = 0; i < t->problem.n_demand; i++) {
        begin_row(m);
        g_string_append(m->rows, " 0 zero");
        for (gsize k = t->first[i]; k < t->first[i + 1]; k++)
            if (is_reach(t, k))
                term(m, 1, "x%zu", k);
        end_row(m, all && t->weight[i] > 0 ? "=" : "<=", 1);
    }
    for (gsize k = 0; k < t->first[t->problem.n_demand]; k++) {
        if (!is_reach(t, k))
            continue;
        g_string_append_printf(m->names, " x%zu\n", k);
        begin_row(m);
        term(m, 1, "x%zu", k);
        term(m, -1, "y%u", t->site[k]);
        end_row(m, "<=", 0);
    }
}

static void write_capacities(Program *m) {
    const Instance *t = m->t;
    for (gsize j = 0; j < t->problem.n_sites; j++) {
        if (isinf(t->sites[j].capacity))
            continue;
        begin_row(m);
        g_string_append(m->rows, " 0 zero");
        for (gsize i = 0; i < t->problem.n_demand; i++)
            for (gsize k = t->first[i]; k < t->first[i + 1]; k++)
                if (t->site[k] == j && is_reach(t, k))
                    term(m, t->weight[i], "x%zu", k);
        end_row(m, "<=", t->sites[j].capacity);
    }
}

static void write_share(Program *m) {
    double all = 0;
    begin_row(m);
    for (gsize i = 0; i < m->t->problem.n_demand; i++) {
        term(m, m->t->weight[i], "z%zu", i);
        all += m->t->weight[i];
    }
    end_row(m, ">=", all * m->t->options.share);
}

/* worst is at least the minutes of each. */
static void write_worst(Program *m) {
    const Instance *t = m->t;
    for (gsize i = 0; i < t->problem.n_demand; i++) {
        if (!(t->weight[i] > 0))
            continue;
        begin_row(m);
        g_string_append(m->rows, " worst");
        for (gsize k = t->first[i]; k < t->first[i + 1]; k++)
            if (is_reach(t, k))
                term(m, -(double)t->minutes[k], "x%zu", k);
        end_row(m, ">=", 0);
    }
}

/* What is minimised; of covering the weight with a minus. */
static void write_objective(Program *m) {
    const Instance *t = m->t;
    const bool cover = t->options.model == GAP_LOCATE_COVERING && !t->capacities;
    g_string_append(m->rows, "Minimize\nobj: 0 zero");
    if (t->options.model == GAP_LOCATE_P_CENTER)
        g_string_append(m->rows, " + worst");
    for (gsize j = 0; t->options.model == GAP_LOCATE_SET_COVER && j < t->problem.n_sites; j++)
        if (is_new(&t->sites[j]))
            term(m, t->options.by_cost ? t->sites[j].cost : 1, "y%zu", j);
    for (gsize i = 0; i < t->problem.n_demand; i++) {
        if (cover)
            term(m, -t->weight[i], "z%zu", i);
        for (gsize k = t->first[i]; k < t->first[i + 1]; k++)
            if (t->options.model == GAP_LOCATE_P_MEDIAN && is_reach(t, k))
                term(m, t->weight[i] * (double)t->minutes[k], "x%zu", k);
            else if (t->options.model == GAP_LOCATE_COVERING && !cover && is_reach(t, k))
                term(m, -t->weight[i], "x%zu", k);
    }
    g_string_append(m->rows, "\nSubject To");
}

static char *write_program(const Instance *t) {
    g_autoptr(GString) names = g_string_new(NULL);
    Program m = {t, g_string_new(NULL), names, 0};
    const GapLocateModel model = t->options.model;
    write_objective(&m);
    write_limits(&m);
    if (model == GAP_LOCATE_SET_COVER || (model == GAP_LOCATE_COVERING && !t->capacities))
        write_covers(&m);
    else
        write_assignments(&m, model != GAP_LOCATE_COVERING);
    if (model == GAP_LOCATE_SET_COVER)
        write_share(&m);
    if (model == GAP_LOCATE_P_CENTER)
        write_worst(&m);
    write_capacities(&m);
    g_string_append(m.rows, "\nBounds\n zero = 0\n");
    for (gsize j = 0; j < t->problem.n_sites; j++) {
        const GapSiteState state = t->sites[j].state;
        if (state == GAP_SITE_FREE)
            g_string_append_printf(names, " y%zu\n", j);
        else
            g_string_append_printf(m.rows, " y%zu = %d\n", j, state != GAP_SITE_FORBIDDEN);
    }
    g_string_append_printf(m.rows, "Binaries\n%sEnd\n", names->str);
    return g_string_free(m.rows, FALSE);
}

/* CBC's objective; INFINITY where it finds the program infeasible. */
static double ask_cbc(const Instance *t, const char *folder) {
    g_autofree char *model = g_build_filename(folder, "model.lp", NULL);
    g_autofree char *solution = g_build_filename(folder, "solution", NULL);
    g_autofree char *program = write_program(t), *said = NULL, *found = NULL;
    g_autoptr(GError) error = NULL;
    g_remove(solution);
    assert_true(g_file_set_contents(model, program, -1, NULL));
    const char *call[] = {"cbc", model,   "ratioGap", "0",      "allowableGap",
                          "0",   "solve", "solution", solution, NULL};
    g_spawn_sync(NULL, (char **)call, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, NULL,
                 &error);
    assert_no_error(error);
    if (!g_file_get_contents(solution, &found, NULL, NULL))
        fail_msg("cbc wrote no solution:\n%s\n%s", program, said);
    const char *value = strstr(found, "objective value");
    if (g_str_has_prefix(found, "Infeasible") || g_str_has_prefix(found, "Integer infeasible"))
        return INFINITY;
    if (!g_str_has_prefix(found, "Optimal") || !value)
        fail_msg("cbc says %s\n%s", found, program);
    return g_ascii_strtod(value + strlen("objective value"), NULL) *
           (t->options.model == GAP_LOCATE_COVERING ? -1 : 1);
}

/* ---- comparing ---- */

static GapLocateAnswer *solve(const Instance *t, int number) {
    g_autoptr(GError) error = NULL;
    GapLocateAnswer *answer = gap_locate(&t->problem, &t->options, NULL, &error);
    GapLocateVerdict verdict;
    if (error || !gap_locate_verify(&t->problem, &t->options, answer, &verdict, &error))
        fail_msg("model %d, instance %d: %s", t->options.model, number, error->message);
    return answer;
}

/* Sets what a reason is about to what it says, or to what it says is not enough. */
static void change(Instance *t, const GapLocateReason *reason, bool enough) {
    double all = 0;
    for (gsize i = 0; i < t->problem.n_demand; i++)
        all += t->weight[i];
    const double limit = reason->needed - !enough;
    switch (reason->why) {
    case GAP_WHY_NEEDS_NUMBER:
        t->options.p = (gint64)limit;
        break;
    case GAP_WHY_NEEDS_BUDGET:
        t->options.budget = limit;
        break;
    case GAP_WHY_NEEDS_POSTS:
        t->options.posts = limit;
        break;
    default:
        t->options.share = reason->needed + (enough ? 0 : 0.5 / all);
    }
}

/* What would make it feasible does, and less does not. */
static void check_reasons(const Instance *t, int number) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) reasons = gap_locate_explain(&t->problem, &t->options, 10, NULL, &error);
    assert_no_error(error);
    for (guint k = 0; k < reasons->len; k++) {
        const GapLocateReason *reason = &g_array_index(reasons, GapLocateReason, k);
        for (int enough = 0; enough < 2; enough++) {
            if (reason->why < GAP_WHY_NEEDS_NUMBER || !reason->exact)
                continue;
            Instance changed = *t;
            change(&changed, reason, enough);
            g_autoptr(GapLocateAnswer) answer = solve(&changed, number);
            if ((answer->status == GAP_LOCATE_INFEASIBLE) == enough)
                fail_msg("model %d, instance %d: reason %d, %g: %s", t->options.model, number,
                         reason->why, reason->needed, enough ? "is not enough" : "less is enough");
        }
    }
}

static void compare(GapLocateModel model) {
    g_autofree char *cbc = g_find_program_in_path("cbc");
    if (!cbc) {
        print_message("SKIPPED: no cbc here (package coinor-cbc), so nothing to compare with\n");
        skip();
    }
    g_autofree char *folder = g_dir_make_tmp("cbc-XXXXXX", NULL);
    dice = g_rand_new_with_seed(20261125 + model);
    int infeasible = 0, capacities = 0;
    for (int number = 0; number < INSTANCES; number++) {
        Instance t;
        make_instance(&t, model);
        g_autoptr(GapLocateAnswer) answer = solve(&t, number);
        const double wanted = ask_cbc(&t, folder);
        const bool none = answer->status == GAP_LOCATE_INFEASIBLE;
        if (!none && answer->status != GAP_LOCATE_PROVEN)
            fail_msg("model %d, instance %d: status %d", model, number, answer->status);
        if (none != isinf(wanted) ||
            (!none && fabs(answer->value - wanted) > 1e-6 * fmax(1, fabs(wanted)))) {
            g_autofree char *program = write_program(&t);
            fail_msg("model %d, instance %d: %g, and cbc has %g\n%s", model, number, answer->value,
                     wanted, program);
        }
        infeasible += none;
        capacities += t.capacities;
        if (none)
            check_reasons(&t, number);
    }
    print_message("model %d: %d instances, %d infeasible, %d with capacities\n", model, INSTANCES,
                  infeasible, capacities);
    assert_in_range(infeasible, 1, INSTANCES / 2);
    g_rand_free(dice);
    g_autofree char *remove = g_strdup_printf("rm -r '%s'", folder);
    assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
}

static void covering(void **state) {
    (void)state;
    compare(GAP_LOCATE_COVERING);
}

static void set_cover(void **state) {
    (void)state;
    compare(GAP_LOCATE_SET_COVER);
}

static void p_median(void **state) {
    (void)state;
    compare(GAP_LOCATE_P_MEDIAN);
}

static void p_center(void **state) {
    (void)state;
    compare(GAP_LOCATE_P_CENTER);
}

/* A name of a model picks it. */
int main(int argc, char **argv) {
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(covering), cmocka_unit_test(set_cover),
                                       cmocka_unit_test(p_median), cmocka_unit_test(p_center)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
