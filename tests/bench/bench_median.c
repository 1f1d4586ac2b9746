/* Made problems of the median and center solvers, with fixed seeds: how long until proven.
 *
 *   plane    demand and candidates at random in the unit square, weights 1..999
 *   graphs   40 random connected graphs of the shape of OR-Library's p-median set (Beasley 1985):
 *            n = 100..900, p = 5, 10, n/10, n/5, n/3, n^2/50 edges of length 1..100, all nodes
 *            both demand of weight 1 and candidates, minutes the shortest ways
 */
#include "geo/locate/locate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    gsize n, m;
    double *weight;
    GapSite *sites;
    gsize *first;
    guint32 *site;
    float *minutes;
} Made;

static Made made_new(gsize n, gsize m) {
    Made made = {n,
                 m,
                 g_new(double, n),
                 g_new(GapSite, m),
                 g_new(gsize, n + 1),
                 g_new(guint32, n * m),
                 g_new(float, n *m)};
    for (gsize i = 0; i < n; i++)
        made.weight[i] = 1;
    for (gsize j = 0; j < m; j++)
        made.sites[j] = (GapSite){.capacity = INFINITY, .group = -1, .place = -1};
    for (gsize i = 0; i <= n; i++)
        made.first[i] = i * m;
    for (gsize k = 0; k < n * m; k++)
        made.site[k] = (guint32)(k % m);
    return made;
}

static void made_free(Made *made) {
    g_free(made->weight);
    g_free(made->sites);
    g_free(made->first);
    g_free(made->site);
    g_free(made->minutes);
}

static Made plane(gsize n, gsize m, guint32 seed) {
    GRand *rand = g_rand_new_with_seed(seed);
    Made made = made_new(n, m);
    g_autofree double *xy = g_new(double, 2 * (n + m));
    for (gsize i = 0; i < 2 * (n + m); i++)
        xy[i] = g_rand_double(rand);
    for (gsize i = 0; i < n; i++)
        made.weight[i] = g_rand_int_range(rand, 1, 1000);
    for (gsize i = 0; i < n; i++)
        for (gsize j = 0; j < m; j++)
            made.minutes[i * m + j] =
                (float)hypot(xy[2 * i] - xy[2 * (n + j)], xy[2 * i + 1] - xy[2 * (n + j) + 1]);
    g_rand_free(rand);
    return made;
}

static Made graph(gsize n, guint32 seed) {
    GRand *rand = g_rand_new_with_seed(seed);
    Made made = made_new(n, n);
    float *d = made.minutes;
    for (gsize k = 0; k < n * n; k++)
        d[k] = k / n == k % n ? 0 : INFINITY;
    for (gsize e = 0; e < n * n / 50; e++) { // the first n: a ring, so that it is connected
        const gsize a = e < n ? e : (gsize)g_rand_int_range(rand, 0, (gint32)n);
        const gsize b = e < n ? (e + 1) % n : (gsize)g_rand_int_range(rand, 0, (gint32)n);
        const float length = (float)g_rand_int_range(rand, 1, 101);
        if (a != b)
            d[a * n + b] = d[b * n + a] = MIN(length, d[a * n + b]);
    }
    for (gsize k = 0; k < n; k++)
        for (gsize i = 0; i < n; i++)
            for (gsize j = 0; j < n; j++)
                d[i * n + j] = MIN(d[i * n + j], d[i * n + k] + d[k * n + j]);
    g_rand_free(rand);
    return made;
}

// Solves and prints a line; answers the seconds, or -1 where it was not proven.
static double run(const char *name, const Made *made, GapLocateModel model, gint64 p,
                  double seconds) {
    const GapLocateProblem problem = {.n_demand = made->n,
                                      .n_sites = made->m,
                                      .weight = made->weight,
                                      .sites = made->sites,
                                      .first = made->first,
                                      .site = made->site,
                                      .minutes = made->minutes};
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = model;
    options.p = p;
    options.seconds = seconds;
    g_autoptr(GError) error = NULL;
    const gint64 start = g_get_monotonic_time();
    g_autoptr(GapLocateAnswer) answer = gap_locate(&problem, &options, NULL, &error);
    const double took = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
    if (!answer) {
        printf("%s: %s\n", name, error->message);
        return -1;
    }
    const bool proven = answer->status == GAP_LOCATE_PROVEN;
    printf("%-28s p %4d  value %14.4f  gap %.4f %%  root %.4f %%  %6" G_GUINT64_FORMAT
           " nodes  %7.2f s%s\n",
           name, (int)p, answer->value, 100 * (1 - answer->bound / answer->value),
           100 * (1 - answer->root_bound / answer->value), answer->nodes, took,
           proven ? "" : "  not proven");
    fflush(stdout);
    return proven ? took : -1;
}

// Center problems on the largest graphs.
static int centers(void) {
    int open = 0;
    Made made = graph(900, 40);
    static const gint64 ps[] = {5, 10, 90};
    for (gsize k = 0; k < G_N_ELEMENTS(ps); k++)
        open += run("graph of 900 nodes, center", &made, GAP_LOCATE_P_CENTER, ps[k], 60) < 0;
    made_free(&made);
    return open;
}

static int graphs(int from, int to) {
    static const struct {
        int n, n_p;
    } shapes[] = {{100, 5}, {200, 5}, {300, 5}, {400, 5}, {500, 5},
                  {600, 5}, {700, 4}, {800, 3}, {900, 3}};
    double total = 0;
    int number = 0, open = 0;
    for (gsize s = 0; s < G_N_ELEMENTS(shapes); s++)
        for (int k = 0; k < shapes[s].n_p; k++) {
            const int n = shapes[s].n, ps[] = {5, 10, n / 10, n / 5, n / 3};
            if (++number < from || number > to)
                continue;
            Made made = graph((gsize)n, (guint32)number);
            g_autofree char *name = g_strdup_printf("graph %d, %d nodes", number, n);
            const double took = run(name, &made, GAP_LOCATE_P_MEDIAN, ps[k], 600);
            total += MAX(took, 0);
            open += took < 0;
            made_free(&made);
        }
    printf("graphs %d to %d: %.1f s in all, %d not proven\n", from, to, total, open);
    return open;
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "graphs"))
        return graphs(argc > 2 ? atoi(argv[2]) : 1, argc > 3 ? atoi(argv[3]) : 40) > 0;
    if (!strcmp(what, "centers"))
        return centers() > 0;
    if (argc != 6) {
        fprintf(stderr,
                "bench_median graphs [FROM TO] | centers | median|center DEMAND SITES P SECONDS\n");
        return 2;
    }
    const gsize n = (gsize)atoi(argv[2]), m = (gsize)atoi(argv[3]);
    const bool center = !strcmp(what, "center");
    Made made = plane(n, m, 17);
    const double took =
        run(center ? "plane, center" : "plane, median", &made,
            center ? GAP_LOCATE_P_CENTER : GAP_LOCATE_P_MEDIAN, atoi(argv[4]), atof(argv[5]));
    made_free(&made);
    return took < 0;
}
