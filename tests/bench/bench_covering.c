/** bench_covering CASE [FILE.lp]: solves a made covering problem (random points of a square, fixed
 *  seed, straight-line reach) and prints its figures; with a file also writes it as a linear
 *  program for peers. Cases: see `cases`. */
#include "geo/locate/locate.h"
#include "geo/locate/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
    const char *name;
    GapLocateModel model;
    gsize n_demand, n_sites;
    double reach;
    gint64 p;
    double share, seconds;
} Case;

static const Case cases[] = {
    {"small", GAP_LOCATE_COVERING, 10000, 300, .08, 19, 1, INFINITY},
    {"usual", GAP_LOCATE_COVERING, 40000, 500, .07, 19, 1, INFINITY},
    {"large", GAP_LOCATE_COVERING, 1000000, 2000, .05, 50, 1, 20},
    {"plane10", GAP_LOCATE_COVERING, 10000000, 100, .1917, 10, 1, 60},
    {"plane15", GAP_LOCATE_COVERING, 10000000, 100, .1583, 15, 1, 60},
    {"plane20", GAP_LOCATE_COVERING, 10000000, 100, .1333, 20, 1, 60},
    {"thin", GAP_LOCATE_SET_COVER, 10000, 2000, .02, -1, 1, 20},
    {"middle", GAP_LOCATE_SET_COVER, 10000, 2000, .03, -1, 1, 20},
    {"all", GAP_LOCATE_SET_COVER, 10000, 2000, .05, -1, 1, 20},
    {"wide", GAP_LOCATE_SET_COVER, 10000, 2000, .1, -1, 1, 20},
    {"wider", GAP_LOCATE_SET_COVER, 10000, 2000, .2, -1, 1, 20},
    {"widest", GAP_LOCATE_SET_COVER, 10000, 2000, .3, -1, 1, 20},
    {"share", GAP_LOCATE_SET_COVER, 10000, 2000, .05, -1, .95, 20},
};

enum { CELLS = 32 };

typedef struct {
    const Case *made;
    double *xy; /**< of candidates */
    GArray *cells[CELLS * CELLS];
    gsize *first;
    GArray *site, *minutes;
    double *weight;
    GapSite *sites;
} Made;

static int cell_of(double x) {
    return CLAMP((int)(x * CELLS), 0, CELLS - 1);
}

static int by_number(const void *a, const void *b) {
    const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return x < y ? -1 : x > y;
}

static void add_pairs(Made *m, double x, double y) {
    const double reach = m->made->reach;
    const guint from = m->site->len;
    for (int i = cell_of(x - reach); i <= cell_of(x + reach); i++)
        for (int k = cell_of(y - reach); k <= cell_of(y + reach); k++)
            for (guint c = 0; c < m->cells[i * CELLS + k]->len; c++) {
                const guint32 j = g_array_index(m->cells[i * CELLS + k], guint32, c);
                if (hypot(m->xy[2 * j] - x, m->xy[2 * j + 1] - y) <= reach)
                    g_array_append_val(m->site, j);
            }
    qsort(&g_array_index(m->site, guint32, from), m->site->len - from, sizeof(guint32), by_number);
}

static void make(Made *m, const Case *c) {
    g_autoptr(GRand) random = g_rand_new_with_seed(20261125);
    *m = (Made){.made = c,
                .xy = g_new(double, 2 * c->n_sites),
                .first = g_new0(gsize, c->n_demand + 1),
                .site = g_array_new(FALSE, FALSE, sizeof(guint32)),
                .minutes = g_array_new(FALSE, TRUE, sizeof(float)),
                .weight = g_new(double, c->n_demand),
                .sites = g_new0(GapSite, c->n_sites)};
    for (int i = 0; i < CELLS * CELLS; i++)
        m->cells[i] = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 j = 0; j < c->n_sites; j++) {
        const double x = m->xy[2 * j] = g_rand_double(random);
        const double y = m->xy[2 * j + 1] = g_rand_double(random);
        g_array_append_val(m->cells[cell_of(x) * CELLS + cell_of(y)], j);
        m->sites[j] =
            (GapSite){.cost = 1, .posts = 1, .capacity = INFINITY, .group = -1, .place = -1};
    }
    for (gsize i = 0; i < c->n_demand; i++) {
        do { /* a set cover needs demand that can be covered */
            g_array_set_size(m->site, (guint)m->first[i]);
            add_pairs(m, g_rand_double(random), g_rand_double(random));
        } while (c->model == GAP_LOCATE_SET_COVER && m->site->len == m->first[i]);
        m->weight[i] = g_rand_int_range(random, 1, 1000);
        m->first[i + 1] = m->site->len;
    }
    g_array_set_size(m->minutes, m->site->len + 1);
}

static void write_lp(const GapLocateProblem *p, const GapLocateOptions *o, const char *path) {
    FILE *out = fopen(path, "w");
    if (!out)
        perror(path), exit(1);
    const bool covering = o->model == GAP_LOCATE_COVERING;
    fputs(covering ? "Maximize\n v:" : "Minimize\n v:", out);
    for (gsize i = 0; covering && i < p->n_demand; i++)
        fprintf(out, " + %g z%zu\n", p->weight[i], i);
    for (gsize j = 0; !covering && j < p->n_sites; j++)
        fprintf(out, " + y%zu\n", j);
    fputs("Subject To\n", out);
    for (gsize j = 0; covering && j < p->n_sites; j++)
        fprintf(out, " + y%zu\n", j);
    if (covering)
        fprintf(out, " <= %d\n", (int)o->p);
    for (gsize i = 0; i < p->n_demand; i++) {
        for (gsize k = p->first[i]; k < p->first[i + 1]; k++)
            fprintf(out, " + y%u\n", p->site[k]);
        fprintf(out, covering ? " - z%zu >= 0\n" : " >= 1\n", i);
    }
    fputs("Bounds\n", out);
    for (gsize i = 0; covering && i < p->n_demand; i++)
        fprintf(out, " z%zu <= 1\n", i);
    fputs("Binary\n", out);
    for (gsize j = 0; j < p->n_sites; j++)
        fprintf(out, " y%zu\n", j);
    fputs("End\n", out);
    fclose(out);
}

int main(int argc, char **argv) {
    const Case *c = NULL;
    for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS(cases); i++)
        if (g_str_equal(cases[i].name, argv[1]))
            c = &cases[i];
    if (!c)
        return 2;
    Made m;
    make(&m, c);
    const GapLocateProblem problem = {.n_demand = c->n_demand,
                                      .n_sites = c->n_sites,
                                      .weight = m.weight,
                                      .sites = m.sites,
                                      .first = m.first,
                                      .site = (const guint32 *)(void *)m.site->data,
                                      .minutes = (const float *)(void *)m.minutes->data};
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = c->model;
    options.p = c->p;
    options.within = 1;
    options.share = c->share;
    options.seconds = c->seconds;
    if (argc > 2)
        write_lp(&problem, &options, argv[2]);
    g_autoptr(GError) error = NULL;
    const gint64 start = g_get_monotonic_time();
    g_autoptr(GapLocateAnswer) a =
        (c->model == GAP_LOCATE_COVERING ? gap_locate_covering
                                         : gap_locate_set_cover)(&problem, &options, NULL, &error);
    const double seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
    GapLocateVerdict verdict;
    if (!a || !gap_locate_verify(&problem, &options, a, &verdict, &error)) {
        fprintf(stderr, "%s: %s\n", c->name, error->message);
        return 1;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%s: seconds %.3f value %.10g bound %.10g gap %.5f%% root %.10g nodes %" G_GUINT64_FORMAT
           " %s; %zu sites; %u pairs; at most %ld MiB with the making\n",
           c->name, seconds, a->value, a->bound,
           100 * fabs(a->bound - a->value) / fmax(fabs(a->value), 1e-9), a->root_bound, a->nodes,
           a->status == GAP_LOCATE_PROVEN ? "proven" : "not proven", a->n_sites, m.site->len,
           usage.ru_maxrss / 1024);
    return 0;
}
