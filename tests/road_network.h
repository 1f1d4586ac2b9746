/** A made road network in a plane of 60 x 40 km, and exact times along it: what roads as cells are
 *  held against.
 *
 *  West lies a town of rings and radials, east a skewed and warped mesh; three roads join them.
 * Each is the image of a lattice under a map that is one to one. A road from node to node strays
 * from the lattice line by less than the distance to the nearer of its ends, so by construction no
 * two roads meet but at nodes, however they wind. Roads run straight, in a bend, winding in waves
 * of 700 m and more or, as up to a pass, in hairpins whose legs are 100 to 250 m apart. An eighth
 * of the minor ones is left out, so there are dead ends.
 */
#ifndef GAP_TESTS_ROAD_NETWORK_H
#define GAP_TESTS_ROAD_NETWORK_H

#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    RINGS = 6,
    RADIALS = 16,
    MESH_COLS = 11,
    MESH_ROWS = 13,
    CENTRE = RINGS * RADIALS,
    ROAD_NODES = CENTRE + 1 + MESH_COLS * MESH_ROWS,
    TRACK = 1, /* classes, as for gap_weave_add_road() */
    STREET,
    ROAD,
    HIGHWAY,
};
static const double ROAD_KMH[] = {0, 20, 40, 60, 90};

typedef struct {
    int from, to; /* nodes */
    uint8_t class;
    uint32_t n;
    double *xy; /* 2 * n */
    double length_m;
} MadeRoad;

typedef struct {
    double node[ROAD_NODES][2];
    GArray *roads; /* MadeRoad */
} MadeNetwork;

/* From lattice to plane, metres. */
typedef void (*MadeMap)(double u, double v, double xy[2]);

static void town_map(double u, double v, double xy[2]) {
    xy[0] = 17000 + 1500 * v * cos(2 * G_PI * u / RADIALS);
    xy[1] = 20000 + 1500 * v * sin(2 * G_PI * u / RADIALS);
}

static void mesh_map(double u, double v, double xy[2]) {
    xy[0] = 30000 + 2300 * u + 450 * v + 500 * sin(0.7 * v);
    xy[1] = 3000 + 300 * u + 2500 * v + 600 * sin(0.5 * u);
}

static MadeRoad straight_road(const double a[2], const double b[2], int from, int to,
                              uint8_t class) {
    MadeRoad road = {from, to, class, 2, g_new(double, 4), hypot(b[0] - a[0], b[1] - a[1])};
    memcpy(road.xy, a, 2 * sizeof *a);
    memcpy(road.xy + 2, b, 2 * sizeof *b);
    return road;
}

/* How far aside a road is at t, from 0 to 1 between its ends: `sway` is below 1, `turns` 0 is a
 * bend. */
typedef struct {
    double sway, turns;
} MadeCourse;

static double aside(MadeCourse course, double t) {
    return course.sway * t * (1 - t) * (course.turns > 0 ? sin(2 * G_PI * course.turns * t) : 1);
}

static void add_road(MadeNetwork *net, MadeMap map, const double at[2], bool along_u,
                     MadeCourse course, int from, int to, uint8_t class) {
    MadeRoad road = {.from = from, .to = to, .class = class, .n = 121};
    road.xy = g_new(double, 2 * road.n);
    for (uint32_t i = 0; i < road.n; i++) {
        const double t = (double)i / (road.n - 1), off = aside(course, t);
        map(at[0] + (along_u ? t : off), at[1] + (along_u ? off : t), road.xy + 2 * i);
        if (i > 0)
            road.length_m +=
                hypot(road.xy[2 * i] - road.xy[2 * i - 2], road.xy[2 * i + 1] - road.xy[2 * i - 1]);
    }
    g_array_append_val(net->roads, road);
}

/* Whole waves of about so many metres between two lattice points. */
static double waves(MadeMap map, const double at[2], bool along_u, double wave_m) {
    double from[2], to[2];
    map(at[0], at[1], from);
    map(at[0] + along_u, at[1] + !along_u, to);
    return floor(hypot(to[0] - from[0], to[1] - from[1]) / wave_m);
}

/* The road from a lattice point to the next one along u or v, or none. */
static void lay_road(MadeNetwork *net, GRand *rand, MadeMap map, const double at[2], bool along_u,
                     int from, int to, uint8_t class) {
    const int kind = g_rand_int_range(rand, 0, 8);
    const double sway = g_rand_double_range(rand, 0.2, 0.6) * (g_rand_boolean(rand) ? 1 : -1);
    const double long_m = g_rand_double_range(rand, 700, 2500),
                 short_m = g_rand_double_range(rand, 200, 500);
    const bool left_out = g_rand_int_range(rand, 0, 8) == 0;
    MadeCourse course = {kind < 2 ? 0 : sway, kind < 5 ? 0 : waves(map, at, along_u, long_m)};
    if (kind == 7 && class == STREET) {
        course.turns = waves(map, at, along_u, short_m);
        class = TRACK;
    }
    if (class > STREET || !left_out)
        add_road(net, map, at, along_u, course, from, to, class);
}

static void lay_town(MadeNetwork *net, GRand *rand) {
    town_map(0, 0, net->node[CENTRE]);
    for (int ring = 0; ring < RINGS; ring++)
        for (int i = 0; i < RADIALS; i++) {
            const int node = ring * RADIALS + i, in = ring ? node - RADIALS : CENTRE;
            town_map(i, ring + 1, net->node[node]);
            lay_road(net, rand, town_map, (double[]){i, ring + 1}, true, node,
                     ring * RADIALS + (i + 1) % RADIALS,
                     ring == RINGS - 1 ? HIGHWAY
                     : ring == 2       ? ROAD
                                       : STREET);
            lay_road(net, rand, town_map, (double[]){i, ring}, false, in, node,
                     i % 4 ? STREET : ROAD);
        }
}

static int mesh_node(int col, int row) {
    return CENTRE + 1 + row * MESH_COLS + col;
}

static void lay_mesh(MadeNetwork *net, GRand *rand) {
    for (int row = 0; row < MESH_ROWS; row++)
        for (int col = 0; col < MESH_COLS; col++) {
            const double at[] = {col, row};
            const int node = mesh_node(col, row);
            mesh_map(col, row, net->node[node]);
            if (col + 1 < MESH_COLS)
                lay_road(net, rand, mesh_map, at, true, node, mesh_node(col + 1, row),
                         row % 4 == 3 ? HIGHWAY : STREET);
            if (row + 1 < MESH_ROWS)
                lay_road(net, rand, mesh_map, at, false, node, mesh_node(col, row + 1),
                         col % 5 ? STREET : ROAD);
        }
}

static void join_town_and_mesh(MadeNetwork *net) {
    static const int radial[] = {15, 0, 1}, row[] = {5, 7, 9};
    for (int i = 0; i < 3; i++) {
        const int from = (RINGS - 1) * RADIALS + radial[i], to = mesh_node(0, row[i]);
        const MadeRoad road = straight_road(net->node[from], net->node[to], from, to, HIGHWAY);
        g_array_append_val(net->roads, road);
    }
}

static void clear_road(gpointer road) {
    g_free(((MadeRoad *)road)->xy);
}

static void made_network_init(MadeNetwork *net, guint32 seed) {
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    net->roads = g_array_new(FALSE, FALSE, sizeof(MadeRoad));
    g_array_set_clear_func(net->roads, clear_road);
    lay_town(net, rand);
    lay_mesh(net, rand);
    join_town_and_mesh(net);
}

static void made_network_clear(MadeNetwork *net) {
    g_array_unref(net->roads);
}

/** Exact minutes and kilometres of the quickest way from a node to all; infinite where there is
 *  none. Dijkstra (1959) without a heap: O(nodes^2 + nodes * roads). */
static void made_network_times(const MadeNetwork *net, int from, double minutes[ROAD_NODES],
                               double km[ROAD_NODES]) {
    bool done[ROAD_NODES] = {false};
    for (int i = 0; i < ROAD_NODES; i++)
        minutes[i] = km[i] = i == from ? 0 : INFINITY;
    for (;;) {
        int next = -1;
        for (int i = 0; i < ROAD_NODES; i++)
            if (!done[i] && isfinite(minutes[i]) && (next < 0 || minutes[i] < minutes[next]))
                next = i;
        if (next < 0)
            return;
        done[next] = true;
        for (guint k = 0; k < net->roads->len; k++) {
            const MadeRoad *road = &g_array_index(net->roads, MadeRoad, k);
            if (road->from != next && road->to != next)
                continue;
            const int to = road->from == next ? road->to : road->from;
            const double then = minutes[next] + road->length_m / 1000 / ROAD_KMH[road->class] * 60;
            if (then < minutes[to]) {
                minutes[to] = then;
                km[to] = km[next] + road->length_m / 1000;
            }
        }
    }
}

#endif
