/* Roads woven into a grid against the same roads as a graph: how far off are times along them? The
 * manual's table (gapmap-definitions, "Roads as cells") is what is measured here. */
#include "tests/check.h"

#include <stdio.h>

#include "geo/travel/travel.h"
#include "layers/travel/weave.h"
#include "layers/travel/winding.h"
#include "tests/road_network.h"

enum { ORIGINS = 16, CELLS = 4, STRAIGHT = 400 /* cells */ };
static const double WIDTH_M = 60000, HEIGHT_M = 40000, LEAST_KM = 5;
static const double CELL_M[CELLS] = {25, 50, 100, 250};
static const int NEIGHBOURS[] = {8, 16, 32};
/* What an octagon and the polygons of 16 and 32 moves exceed a circle by, over all directions. */
static const double MEAN[] = {0.0548, 0.0144, 0.0049}, MOST[] = {0.0824, 0.0275, 0.0131};

/* ---- roads as cells, all else closed ---- */

enum { CLASSES = 1 + HIGHWAY * GAP_WINDING_LEVELS };

/* A road that winds within few cells is slower there, as layers/travel/ground.c has it; or not. */
typedef struct {
    GapWeave *weave;
    uint8_t class;
    bool slowed;
} Adder;

static void add_piece(void *user, GapGeometry *piece, double winding) {
    const Adder *a = user;
    const unsigned level = a->slowed ? gap_winding_level(winding) : 0;
    const uint8_t class = (uint8_t)(1 + (a->class - 1) * GAP_WINDING_LEVELS + (int)level);
    gap_weave_add_road(a->weave, piece, (GapWeaveRoad){class, false, INFINITY});
}

static void weave_roads(const GapFrame *frame, const MadeRoad *roads, size_t n, bool slowed,
                        const double *kmh, uint8_t *classes) {
    g_autoptr(GapWeave) weave = gap_weave_new(frame);
    for (const MadeRoad *road = roads; road < roads + n; road++) {
        const GapGeometry line = {GAP_SHAPE_LINE,           1,       1, road->n, (uint32_t[]){0, 1},
                                  (uint32_t[]){0, road->n}, road->xy};
        gap_winding_pieces(frame, &line, add_piece, &(Adder){weave, road->class, slowed});
    }
    const GapWeaveOptions options = {.kmh = kmh};
    GapWeaveReport report;
    assert_true(gap_weave_make(weave, &options, classes, &report, NULL));
    assert_int_equal(report.cut + report.both_banks, 0);
}

static GapSurface *surface_of(const GapFrame *frame, const MadeRoad *roads, size_t n,
                              int neighbours, bool slowed) {
    g_autofree uint8_t *classes = g_new0(uint8_t, frame->cols * frame->rows);
    GapTravelClass table[CLASSES] = {{GAP_MODE_CLOSED, 0, 0}};
    double kmh[CLASSES] = {0};
    for (int i = 1; i < CLASSES; i++) {
        const int level = (i - 1) % GAP_WINDING_LEVELS;
        kmh[i] = ROAD_KMH[1 + (i - 1) / GAP_WINDING_LEVELS] * pow(GAP_WINDING_STEP, -level);
        table[i] = (GapTravelClass){GAP_MODE_VEHICLE, kmh[i], 0};
    }
    weave_roads(frame, roads, n, slowed, kmh, classes);
    const GapGround ground = {.cols = frame->cols,
                              .rows = frame->rows,
                              .dx = frame->dx,
                              .dy = frame->dy,
                              .classes = classes,
                              .table = table,
                              .n_classes = CLASSES};
    GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT;
    options.neighbours = neighbours;
    GError *error = NULL;
    GapSurface *surface = gap_surface_new(&ground, &options, &error);
    assert_no_error(error);
    return surface;
}

/* Returns: (transfer full), GapTravelPair. */
static GArray *times_of(const GapSurface *surface, const size_t *origin, size_t n_origins,
                        const size_t *target, size_t n_targets) {
    const GapTravelOptions options = GAP_TRAVEL_OPTIONS_INIT;
    g_autofree GapTravelSource *sources = g_new0(GapTravelSource, n_origins);
    for (size_t i = 0; i < n_origins; i++)
        sources[i].cell = origin[i];
    GError *error = NULL;
    GArray *pairs =
        gap_travel_many(surface, sources, n_origins, target, n_targets, &options, 0, NULL, &error);
    assert_no_error(error);
    return pairs;
}

/* ---- one straight road, by direction ---- */

/* The least length of a chain of moves over open ground, made of the two moves to either side of
 * the direction, over that of the straight line, less 1. */
static double excess_by_theory(int neighbours, double dx, double dy) {
    static const double moves[][2] = {{1, 0}, {3, 1}, {2, 1}, {3, 2}, {1, 1}}; // by direction
    const int every = 32 / neighbours;
    const double along = fmax(dx, dy), aside = fmin(dx, dy);
    for (int i = 0; i + every < 5; i += every) {
        const double *p = moves[i], *q = moves[i + every];
        const double of_p = along * q[1] - aside * q[0], of_q = aside * p[0] - along * p[1];
        if (of_p >= 0 && of_q >= 0)
            return (of_p * hypot(p[0], p[1]) + of_q * hypot(q[0], q[1])) /
                       (p[0] * q[1] - p[1] * q[0]) / hypot(dx, dy) -
                   1;
    }
    return NAN;
}

/* By how much a straight road of STRAIGHT cells takes too long, and (`beyond`) more than theory. */
static double straight_excess(int neighbours, double angle, double offset, double *beyond) {
    const double cell_m = 100, size_m = (STRAIGHT + 5) * cell_m, start = (2 + offset) * cell_m;
    const GapFrame frame = {STRAIGHT + 5, STRAIGHT + 5, 0, size_m, cell_m, cell_m};
    const double a[] = {start, start * 1.1}, length = STRAIGHT * cell_m;
    const double b[] = {a[0] + length * cos(angle), a[1] + length * sin(angle)};
    MadeRoad road = straight_road(a, b, 0, 1, ROAD);
    g_autoptr(GapSurface) surface = surface_of(&frame, &road, 1, neighbours, true);
    const size_t from = (size_t)gap_frame_cell(&frame, a[0], a[1]);
    const size_t to = (size_t)gap_frame_cell(&frame, b[0], b[1]);
    g_autoptr(GArray) pairs = times_of(surface, &from, 1, &to, 1);
    assert_int_equal(pairs->len, 1);
    const double dx = (double)(to % frame.cols) - (double)(from % frame.cols);
    const double dy = (double)(from / frame.cols) - (double)(to / frame.cols);
    const double km = (double)g_array_index(pairs, GapTravelPair, 0).minutes / 60 * ROAD_KMH[ROAD];
    const double excess = km * 1000 / cell_m / hypot(dx, dy) - 1;
    *beyond = excess - excess_by_theory(neighbours, dx, dy);
    g_free(road.xy);
    return excess;
}

/* On a straight road a chain is as long as over open ground, though it keeps to the cells of the
 * road: the error is one of direction, and smaller cells do not make it smaller. */
static void straight_roads(void **state) {
    (void)state;
    for (size_t n = 0; n < 3; n++) {
        double sum = 0, most = 0, beyond;
        for (int degree = 0; degree < 90; degree++) {
            const double offset = fmod(degree * 0.618, 1), angle = (degree + 0.5) * G_PI / 180;
            const double excess = straight_excess(NEIGHBOURS[n], angle, offset, &beyond);
            assert_true(beyond > -1e-4);                             // ticks are rounded
            assert_true(beyond < (n == 0 ? 1e-4 : 0.75 / STRAIGHT)); // at ends not all moves fit
            sum += excess;
            most = fmax(most, excess);
        }
        print_message("straight roads, %2d neighbours: %.2f %% too long, at most %.2f %%\n",
                      NEIGHBOURS[n], 100 * sum / 90, 100 * most);
        assert_near(sum / 90, MEAN[n], 3e-4);
        assert_near(most, MOST[n], 1e-3);
    }
}

/* ---- the network ---- */

static double turn(const double *a, const double *b, const double *c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

static bool apart(const double *a, const double *b) {
    return fmax(a[0], a[2]) < fmin(b[0], b[2]) || fmax(b[0], b[2]) < fmin(a[0], a[2]) ||
           fmax(a[1], a[3]) < fmin(b[1], b[3]) || fmax(b[1], b[3]) < fmin(a[1], a[3]);
}

static bool segments_meet(const double *a, const double *b) {
    return !apart(a, b) && turn(a, a + 2, b) * turn(a, a + 2, b + 2) <= 0 &&
           turn(b, b + 2, a) * turn(b, b + 2, a + 2) <= 0;
}

/* But with their first and last pieces, where they may have a junction in common. */
static bool roads_meet(const MadeRoad *a, const MadeRoad *b) {
    for (uint32_t i = 1; i + 2 < a->n; i++)
        for (uint32_t k = 1; k + 2 < b->n; k++)
            if (segments_meet(a->xy + 2 * i, b->xy + 2 * k))
                return true;
    return false;
}

typedef struct {
    MadeNetwork net;
    int origin[ORIGINS];
    double minutes[ORIGINS][ROAD_NODES], km[ORIGINS][ROAD_NODES];
} Network;

/* Of the time by cells over that by the graph, less 1. */
typedef struct {
    double mean, p95, least, most; // p95: without its sign that of 95 % is less
} Errors;

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static Errors errors_of(const Network *network, const GArray *pairs) {
    Errors e = {.least = INFINITY, .most = -INFINITY};
    g_autoptr(GArray) sizes = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < pairs->len; i++) {
        const GapTravelPair *pair = &g_array_index(pairs, GapTravelPair, i);
        if (network->km[pair->from][pair->to] < LEAST_KM)
            continue;
        const double off = (double)pair->minutes / network->minutes[pair->from][pair->to] - 1;
        const double size = fabs(off);
        e.mean += off;
        e.least = fmin(e.least, off);
        e.most = fmax(e.most, off);
        g_array_append_val(sizes, size);
    }
    assert_true(sizes->len > 3000);
    qsort(sizes->data, sizes->len, sizeof(double), by_value);
    e.mean /= sizes->len;
    e.p95 = g_array_index(sizes, double, sizes->len * 95 / 100);
    return e;
}

static Errors errors_at(const Network *network, double cell_m, int neighbours, bool slowed) {
    const GapFrame frame = {
        (size_t)(WIDTH_M / cell_m), (size_t)(HEIGHT_M / cell_m), 0, HEIGHT_M, cell_m, cell_m};
    const GArray *roads = network->net.roads;
    g_autoptr(GapSurface) surface = surface_of(&frame, (const MadeRoad *)(const void *)roads->data,
                                               roads->len, neighbours, slowed);
    size_t target[ROAD_NODES], origin[ORIGINS];
    for (int i = 0; i < ROAD_NODES; i++)
        target[i] =
            (size_t)gap_frame_cell(&frame, network->net.node[i][0], network->net.node[i][1]);
    for (int i = 0; i < ORIGINS; i++)
        origin[i] = target[network->origin[i]];
    g_autoptr(GArray) pairs = times_of(surface, origin, ORIGINS, target, ROAD_NODES);
    assert_int_equal(pairs->len, ORIGINS * ROAD_NODES); // whatever the graph reaches
    return errors_of(network, pairs);
}

/* Roads lead on, wind, end and do not cross but at junctions: what is measured is what is said. */
static void the_network_is_as_described(void **state) {
    const Network *network = *state;
    const GArray *roads = network->net.roads;
    int ends[ROAD_NODES] = {0}, dead = 0, hairpins = 0;
    for (guint i = 0; i < roads->len; i++) {
        const MadeRoad *road = &g_array_index(roads, MadeRoad, i);
        ends[road->from]++;
        ends[road->to]++;
        hairpins += road->class == TRACK;
        for (guint k = 0; k < i; k++)
            if (roads_meet(road, &g_array_index(roads, MadeRoad, k)))
                fail_msg("roads %u and %u meet", k, i);
    }
    for (int i = 0; i < ROAD_NODES; i++) {
        dead += ends[i] == 1;
        for (int k = 0; k < ORIGINS; k++)
            assert_true(isfinite(network->minutes[k][i]));
    }
    print_message("%d junctions, %u roads, %d of them with hairpins, %d dead ends\n", ROAD_NODES,
                  roads->len, hairpins, dead);
    assert_true(dead >= 3 && hairpins >= 20);
}

/* The row of the manual: the mean for 8, 16 and 32 neighbours, of 16 the bounds, and without the
 * remedy. */
static void as_the_manual_says(const char *manual, double cell_m, const Errors e[3], Errors plain) {
    const double measured[] = {e[0].mean,  e[1].mean, e[2].mean, e[1].p95,
                               e[1].least, e[1].most, plain.p95, plain.least};
    g_autoptr(GString) row = g_string_new(NULL);
    g_string_printf(row, "|  %g m\n", cell_m);
    const char *at = strstr(manual, row->str);
    bool same = at != NULL;
    at += same ? row->len : 0;
    for (size_t i = 0; i < G_N_ELEMENTS(measured); i++) {
        double stated = NAN;
        int length = 0;
        g_string_append_printf(row, i == 3 || i == 6 ? ":- %.1f\n" : ":- %+.1f\n",
                               100 * measured[i]);
        same = same && sscanf(at, ":- %lf\n%n", &stated, &length) == 1 &&
               fabs(stated - 100 * measured[i]) < 0.1;
        at += same ? length : 0;
    }
    print_message("%s", row->str);
    if (!same)
        fail_msg("the manual's table of roads as cells needs this row");
}

/* Chains of moves are too long by direction; roads that share cells are cut short, and more are
 * with larger cells. Slower roads where they wind mend most of that. */
static void times_along_a_network(void **state) {
    const Network *network = *state;
    g_autofree char *manual = NULL;
    assert_true(
        g_file_get_contents(GAP_SOURCE "/layers/gapmap-definitions.scd", &manual, NULL, NULL));
    Errors before[3] = {{0}}, e[3];
    for (size_t c = 0; c < CELLS; c++) {
        const double ends = sqrt(2) * CELL_M[c] / (1000 * LEAST_KM); // from cells' middles
        for (size_t n = 0; n < 3; n++) {
            e[n] = errors_at(network, CELL_M[c], NEIGHBOURS[n], true);
            assert_true(e[n].most < MOST[n] + ends);
            assert_true(e[n].mean < (c ? before[n].mean : MEAN[n]));
            before[n] = e[n];
        }
        const Errors plain = errors_at(network, CELL_M[c], 16, false);
        assert_true(plain.mean <= e[1].mean && plain.least <= e[1].least && plain.p95 >= e[1].p95);
        assert_true(CELL_M[c] == 25 || e[1].least > plain.least / 2);
        as_the_manual_says(manual, CELL_M[c], e, plain);
        if (c == 0) // little is cut short
            for (size_t n = 0; n < 3; n++)
                assert_near(e[n].mean, MEAN[n], 0.01);
        if (CELL_M[c] <= 50) // the default
            assert_true(e[1].p95 < MOST[1] && fabs(e[1].mean) < MEAN[1]);
    }
}

static int set_up(void **state) {
    Network *network = g_new0(Network, 1);
    made_network_init(&network->net, 1959);
    for (int i = 0; i < ORIGINS; i++) {
        network->origin[i] = i * ROAD_NODES / ORIGINS + 3;
        made_network_times(&network->net, network->origin[i], network->minutes[i], network->km[i]);
    }
    *state = network;
    return 0;
}

static int tear_down(void **state) {
    Network *network = *state;
    made_network_clear(&network->net);
    g_free(network);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight_roads),
        cmocka_unit_test(the_network_is_as_described),
        cmocka_unit_test(times_along_a_network),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
