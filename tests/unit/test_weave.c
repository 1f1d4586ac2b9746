#include "tests/check.h"

#include "layers/travel/weave.h"

enum { N = 40, LAND = 1, ROAD = 2, FAST = 3, GATE = 4 };
static const double KMH[] = {0, 4, 40, 80, 5};
static const GapFrame FRAME = {N, N, 0, N, 1, 1};

static GapGeometry *shape_of(const double *xy, uint32_t n, GapShapeKind kind) {
    GapGeometry plain = {kind, 1, 1, n, (uint32_t[]){0, 1}, (uint32_t[]){0, n}, (double *)xy};
    return gap_geometry_copy(&plain);
}

static void add_road(GapWeave *w, const double *xy, uint32_t n, uint8_t class, bool bridged) {
    gap_weave_add_road(w, shape_of(xy, n, GAP_SHAPE_LINE),
                       (GapWeaveRoad){class, bridged, INFINITY});
}

static GapWeaveReport weave(GapWeave *w, uint8_t *classes) {
    GapWeaveReport report;
    memset(classes, LAND, N * N);
    const GapWeaveOptions options = {.kmh = KMH, .bridge_near_m = 1.5, .crossing_near_m = 2};
    assert_true(gap_weave_make(w, &options, classes, &report, NULL));
    return report;
}

/* Cells reached from one by moves to 8 neighbours, corners not looked at: stricter than the search
 * for least time, which needs one open cell beside a corner. */
static void flood(const uint8_t *classes, bool roads_alone, int from, bool *reached) {
    int stack[N * N], top = 0;
    memset(reached, 0, N * N);
    reached[from] = classes[from] > 0;
    for (stack[top++] = from; top;) {
        const int at = stack[--top];
        for (int i = 0; i < 9; i++) {
            const int col = at % N + i % 3 - 1, row = at / N + i / 3 - 1;
            const int to = row * N + col;
            if (col < 0 || row < 0 || col >= N || row >= N || reached[to] || !classes[to] ||
                (roads_alone && classes[to] == LAND) || (roads_alone && i % 2 == 0))
                continue;
            reached[to] = true;
            stack[top++] = to;
        }
    }
}

static int cell(double x, double y) {
    return (int)gap_frame_cell(&FRAME, x, y);
}

static bool leads(const uint8_t *classes, bool roads_alone, int from, int to) {
    bool reached[N * N];
    flood(classes, roads_alone, from, reached);
    return reached[to];
}

static const double RIVER[] = {-5, 20.3, 12, 22.7, 25, 17.2, 45, 20.9};

static void a_river_is_crossed_by_bridges_alone(void **state) {
    (void)state;
    static const struct {
        const char *what;
        int roads; // 0 none
        bool bridged, bridge_near, crossed;
    } cases[] = {{"no road", 0, false, false, false},
                 {"a bridged road", 1, true, false, true},
                 {"a track", 1, false, false, false},
                 {"a track near a bridge", 1, false, true, true}};
    const double road[] = {18.4, -3, 18.9, 12, 16.2, 28, 19.5, 50};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint8_t classes[N * N];
        g_autoptr(GapWeave) w = gap_weave_new(&FRAME);
        gap_weave_add_barrier(w, shape_of(RIVER, 4, GAP_SHAPE_LINE), false);
        if (cases[i].roads)
            add_road(w, road, 4, ROAD, cases[i].bridged);
        if (cases[i].bridge_near)
            gap_weave_add_bridge(w, shape_of((double[]){18, 20.5}, 1, GAP_SHAPE_POINT));
        const GapWeaveReport report = weave(w, classes);
        const bool crossed = leads(classes, false, cell(20, 38), cell(20, 2));
        if (crossed != cases[i].crossed || (report.bridges > 0) != crossed ||
            (cases[i].roads && (report.cut > 0) == crossed))
            fail_msg("%s: %s", cases[i].what, crossed ? "crossed" : "not crossed");
        if (crossed)
            assert_true(leads(classes, true, cell(18.9, 12), cell(17.7, 38)));
    }
}

/* Roads that wind along a river at all distances, on one bank, or over to the other by no bridge:
 * they lead on, and nobody gets over. */
static void roads_along_a_river_do_not_leak(void **state) {
    (void)state;
    enum { CORNERS = 120 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(42);
    size_t moved = 0;
    for (int round = 0; round < 400; round++) {
        double river[2 * CORNERS], road[2 * CORNERS];
        const double phase = g_rand_double_range(rand, 0, 7),
                     wave = g_rand_double_range(rand, 1, 6);
        const double close = round % 2 ? 0.3 : 1.5, tilt = g_rand_double_range(rand, -0.3, 0.3);
        for (int i = 0; i < CORNERS; i++) {
            const double x = -1 + (N + 2.0) * i / (CORNERS - 1);
            river[2 * i] = road[2 * i] = x;
            river[2 * i + 1] = 20 + tilt * (x - 20) + wave * sin(x / 4 + phase);
            road[2 * i + 1] = river[2 * i + 1] + g_rand_double_range(rand, 0.02, close);
        }
        uint8_t classes[N * N];
        bool reached[N * N];
        g_autoptr(GapWeave) w = gap_weave_new(&FRAME);
        gap_weave_add_barrier(w, shape_of(river, CORNERS, GAP_SHAPE_LINE), false);
        add_road(w, road, CORNERS, ROAD, round % 3 == 0);
        const GapWeaveReport report = weave(w, classes);
        moved += report.moved;
        assert_int_equal(report.bridges + report.cut + report.both_banks, 0);
        // Ends of the road on the outermost columns.
        int first = -1, last = -1;
        for (int row = 0; row < N; row++) {
            first = classes[row * N] == ROAD && first < 0 ? row * N : first;
            last = classes[row * N + N - 1] == ROAD && last < 0 ? row * N + N - 1 : last;
        }
        assert_true(first >= 0 && last >= 0 && leads(classes, true, first, last));
        flood(classes, false, first, reached);
        for (int col = 0; col < N; col++)
            if (reached[(N - 1) * N + col])
                fail_msg("round %d: got over the river", round);
    }
    assert_true(moved > 1000);
}

/* The same with a track that crosses it twice and no bridge. */
static void tracks_that_cross_are_cut(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    for (int round = 0; round < 400; round++) {
        double track[20], river[20];
        uint8_t classes[N * N];
        for (int i = 0; i < 10; i++) {
            river[2 * i] = -1 + (N + 2.0) * i / 9;
            river[2 * i + 1] = 20 + g_rand_double_range(rand, -3, 3);
            track[2 * i] = g_rand_double_range(rand, 10, 30);
            track[2 * i + 1] = -1 + (N + 2.0) * i / 9;
        }
        g_autoptr(GapWeave) w = gap_weave_new(&FRAME);
        gap_weave_add_barrier(w, shape_of(river, 10, GAP_SHAPE_LINE), false);
        add_road(w, track, 10, ROAD, false);
        const GapWeaveReport report = weave(w, classes);
        assert_int_equal(report.bridges, 0);
        assert_true(report.cut > 0);
        if (report.both_banks == 0 && leads(classes, false, cell(20, 39.5), cell(20, 0.5)))
            fail_msg("round %d: got over the river", round);
    }
}

static void water_and_closed_areas(void **state) {
    (void)state;
    const double lake[] = {10.2, 10.2, 30.6, 10.2, 30.6, 30.6, 10.2, 30.6, 10.2, 10.2};
    const double causeway[] = {2, 20.5, 38, 20.5}, shore[] = {2, 30.9, 38, 30.9};
    const double pier[] = {15, 15, 25, 25};
    static const struct {
        bool hard, bridged, through, pier;
    } cases[] = {
        {false, true, true, true}, {false, false, false, false}, {true, true, false, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint8_t classes[N * N];
        g_autoptr(GapWeave) w = gap_weave_new(&FRAME);
        gap_weave_add_barrier(w, shape_of(lake, 5, GAP_SHAPE_POLYGON), cases[i].hard);
        add_road(w, causeway, 2, ROAD, cases[i].bridged);
        add_road(w, shore, 2, FAST, cases[i].bridged);
        add_road(w, pier, 2, ROAD, cases[i].bridged);
        weave(w, classes);
        assert_int_equal(classes[cell(20, 12.5)], 0);
        assert_int_equal(classes[cell(10.5, 12.5)], 0);
        assert_int_equal(classes[cell(2.5, 2.5)], LAND);
        assert_int_equal(leads(classes, true, cell(3, 20.5), cell(37, 20.5)), cases[i].through);
        assert_int_equal(classes[cell(17.5, 17.5)], cases[i].pier ? ROAD : 0);
        assert_true(leads(classes, true, cell(3, 30.9), cell(37, 30.9))); // along the shore
    }
}

/* Country: the west half. A road leaves it, runs along the border abroad and comes back. */
static void the_border_opens_at_crossings(void **state) {
    (void)state;
    const double west[] = {-1, -1, 20.3, -1, 20.3, 41, -1, 41, -1, -1};
    const double road[] = {10, 35.5, 21.4, 35.5, 21.4, 5.5, 10, 5.5};
    static const struct {
        const char *what;
        int gates;
        uint8_t class;
        bool open;
    } cases[] = {{"no crossing", 0, 0, false},
                 {"one crossing", 1, 0, false},
                 {"both crossings", 2, 0, true},
                 {"both on foot", 2, GATE, true}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint8_t classes[N * N];
        bool reached[N * N];
        g_autoptr(GapWeave) w = gap_weave_new(&FRAME);
        gap_weave_set_country(w, shape_of(west, 5, GAP_SHAPE_POLYGON));
        add_road(w, road, 4, ROAD, true);
        // A river at home parts north from south.
        gap_weave_add_barrier(w, shape_of((double[]){-1, 20, 20.3, 20}, 2, GAP_SHAPE_LINE), true);
        if (cases[i].gates > 0)
            gap_weave_add_crossing(w, 20, 35, cases[i].class);
        if (cases[i].gates > 1)
            gap_weave_add_crossing(w, 20, 6, cases[i].class);
        const GapWeaveReport report = weave(w, classes);
        flood(classes, false, cell(10, 35.5), reached);
        if (reached[cell(10, 5.5)] != cases[i].open)
            fail_msg("%s: %s", cases[i].what, cases[i].open ? "closed" : "open");
        assert_int_equal(classes[cell(30, 20)], 0);
        assert_int_equal(classes[cell(20.5, 35.5)] == GATE, cases[i].class == GATE);
        assert_int_equal(report.abroad > 0, cases[i].gates > 0);
        assert_int_equal(report.crossings, cases[i].gates);
        assert_int_equal(report.shut, 2 - cases[i].gates);
    }
}

/* Borders cut any road that winds across them, without crossings to the last cell. */
static void borders_do_not_leak(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);
    for (int round = 0; round < 300; round++) {
        double country[26], road[40];
        uint8_t classes[N * N];
        bool reached[N * N];
        for (int i = 0; i < 10; i++) {
            country[2 * i] = 20 + g_rand_double_range(rand, -4, 4);
            country[2 * i + 1] = -1 + (N + 2.0) * i / 9;
        }
        memcpy(country + 20, (double[]){-1, 41, -1, -1, country[0], country[1]},
               6 * sizeof(double));
        for (int i = 0; i < 20; i++) {
            road[2 * i] = 20 + g_rand_double_range(rand, -15, 15);
            road[2 * i + 1] = -1 + (N + 2.0) * i / 19;
        }
        g_autoptr(GapWeave) w = gap_weave_new(&FRAME);
        gap_weave_set_country(w, shape_of(country, 13, GAP_SHAPE_POLYGON));
        add_road(w, road, 20, ROAD, true);
        if (round % 2) // far from all that the road does: it must not open anything
            gap_weave_add_crossing(w, -50, 0, 0);
        weave(w, classes);
        flood(classes, false, cell(2, 20), reached);
        for (int k = 0; k < N * N; k++) // the border runs within 16 to 24
            if (reached[k] && k % N > 25)
                fail_msg("round %d: got abroad", round);
    }
}

static void roads_close_by_height_and_the_fastest_counts(void **state) {
    (void)state;
    uint8_t classes[N * N];
    float elevation[N * N];
    GapWeaveReport report;
    const double road[] = {0.5, 20.5, 39.5, 20.5}, fast[] = {20.5, 0.5, 20.5, 39.5};
    for (int i = 0; i < N * N; i++)
        elevation[i] = (float)(100 * (i % N));
    memset(classes, LAND, sizeof classes);
    g_autoptr(GapWeave) w = gap_weave_new(&FRAME);
    gap_weave_add_road(w, shape_of(road, 2, GAP_SHAPE_LINE), (GapWeaveRoad){ROAD, true, 3000});
    add_road(w, fast, 2, FAST, true);
    const GapWeaveOptions options = {elevation, KMH, 1, 1};
    assert_true(gap_weave_make(w, &options, classes, &report, NULL));
    assert_int_equal(classes[cell(20.5, 20.5)], FAST);
    assert_int_equal(classes[cell(30.5, 20.5)], ROAD);
    assert_int_equal(classes[cell(31.5, 20.5)], LAND);
    assert_int_equal(report.road_cells, 31 + 40 - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_river_is_crossed_by_bridges_alone),
        cmocka_unit_test(roads_along_a_river_do_not_leak),
        cmocka_unit_test(tracks_that_cross_are_cut),
        cmocka_unit_test(water_and_closed_areas),
        cmocka_unit_test(the_border_opens_at_crossings),
        cmocka_unit_test(borders_do_not_leak),
        cmocka_unit_test(roads_close_by_height_and_the_fastest_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
