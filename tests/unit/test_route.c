/* How places of the plain are reached, with minutes by hand. */
#include "tests/plain.h"

#include "layers/coverage/route.h"

/* Primary roads go at 65 km/h. */
static const double ROAD_MIN = 6.0 / 65; // a cell

typedef struct {
    int from_col, from_row, to_col, to_row;
} Line;

static void load_lines(const char *layer, const char *header, const char *first, const Line *lines,
                       size_t n) {
    g_autoptr(GString) text = g_string_new(header);
    for (size_t i = 0; i < n; i++) {
        double a[2], b[2];
        to_degrees(lines[i].from_col, lines[i].from_row, a);
        to_degrees(lines[i].to_col, lines[i].to_row, b);
        g_string_append_printf(text, "%s,\"LINESTRING(%.9f %.9f,%.9f %.9f)\"\n", first, a[0], a[1],
                               b[0], b[1]);
    }
    g_autofree char *file = g_strconcat(layer, ".csv", NULL);
    world_load(&world, layer, file, text->str);
}

static void put_road(Line line) {
    load_lines("roads", "class,geom\n", "primary", &line, 1);
}

static void put_rivers(const Line *lines, size_t n) {
    load_lines("rivers", "name_en,geom\n", "Sary", lines, n);
}

static GapRoute *route_to(int col, int row) {
    double at[2];
    GError *error = NULL;
    to_degrees(col, row, at);
    GapRoute *route = gap_route_new(world.store, "r", at[0], at[1], NULL, &error);
    assert_no_error(error);
    return route;
}

static const GapRouteLeg *leg_of(const GapRouteWay *way, guint i) {
    assert_true(i < way->legs->len);
    return &g_array_index(way->legs, GapRouteLeg, i);
}

static void check_sums(const GapRouteWay *way) {
    double minutes = way->turnout_min;
    for (guint i = 0; i < way->legs->len; i++)
        minutes += leg_of(way, i)->minutes;
    assert_near(minutes, way->minutes, 1e-4);
}

static void says(const GapRoute *route, const char *part) {
    g_autoptr(GPtrArray) lines = gap_route_sentences(route);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(all, "%s\n", (char *)lines->pdata[i]);
    if (!strstr(all->str, part))
        fail_msg("'%s' does not say '%s'", all->str, part);
}

static const Point ONE[] = {{"P1", 0, 0, "station,exact,,3,"}};

static void legs_come_in_the_order_of_travel(void **state) {
    (void)state;
    put_road((Line){10, 0, 30, 0});
    put_points(ONE, 1);
    put(50, 0, 5);
    GapCoverageTravel travel = plain();
    for (int inwards = 0; inwards < 2; inwards++) {
        travel.field.inwards = inwards;
        cover_well(&travel, 60);
        g_autoptr(GapRoute) route = route_to(50, 0);
        const GapRouteWay *way = &route->now;
        const guint first = inwards ? 2 : 0;
        assert_int_equal(way->legs->len, 3);
        assert_string_equal(way->point, "P1");
        assert_near(way->turnout_min, 3, 0);
        // Half cells at the ends of the road, whose 21 cells are all road.
        assert_near(leg_of(way, first)->length_m, 950, 0.01);
        assert_near(leg_of(way, first)->minutes, 9.5 * 1.5, 1e-4);
        assert_near(leg_of(way, 1)->length_m, 2100, 0.01);
        assert_near(leg_of(way, 1)->minutes, 21 * ROAD_MIN, 1e-4);
        assert_near(leg_of(way, 2 - first)->length_m, 1950, 0.01);
        assert_near(way->minutes, 3 + 29 * 1.5 + 21 * ROAD_MIN, 1e-4);
        check_sums(way);
        says(route, inwards ? "to P1 (station): 48.4 min, of it 3 min turnout, within the limit of"
                              " 60 min\n  1. 1.9 km on foot"
                            : "from P1 (station): 48.4 min");
        says(route, "  2. 2.1 km primary road at 65 km/h, 1.9 min\n");
        const double *xy = (const double *)way->lonlat->data;
        double start[2];
        to_degrees(inwards ? 50 : 0, 0, start);
        assert_near(xy[0], start[0], 1e-8);
        assert_near(xy[1], start[1], 1e-8);
    }
}

static void the_limit_is_included(void **state) {
    (void)state;
    put_points(ONE, 1);
    put(0, 0, 1);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autoptr(GapRoute) within = route_to(18, 0), beyond = route_to(20, 0), far = route_to(-59, 59);
    says(within, "30 min, of it 3 min turnout, within the limit of 30 min\n");
    says(beyond, "33 min, of it 3 min turnout, 3 min beyond the limit of 30 min\n");
    assert_near(far->now.minutes, 3 + 59 * 1.5 * G_SQRT2, 1e-3);
    says(far, "beyond the 120 min that the run knows\n");
}

/* A river from north to south over the whole plain, with a bridge 3 km to the south. */
static void a_bridge_is_named_where_it_would_help(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 18, 0, STATION}};
    double at[2];
    put_rivers(&(Line){20, -80, 20, 80}, 1);
    put_road((Line){18, 30, 22, 30});
    put_points(points, 1);
    to_degrees(22, 5, at);
    g_autofree char *place =
        g_strdup_printf("code,name_en,kind,lon,lat\nq,Kyzyl,PPL,%.9f,%.9f\n", at[0], at[1]);
    world_load(&world, "places", "pl.csv", place);
    put(22, 0, 5);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autoptr(GapRoute) route = route_to(22, 0);
    assert_near(route->now.minutes, 2 * (29.5 * 1.5 + 0.5 * ROAD_MIN) + 4 * ROAD_MIN, 1e-3);
    check_sums(&route->now);
    assert_near(route->bridged.minutes, 4 * 1.5, 1e-5);
    check_sums(&route->bridged);
    assert_int_equal(route->crossings->len, 1);
    const GapRouteCrossing *c = &g_array_index(route->crossings, GapRouteCrossing, 0);
    to_degrees(20, 0, at);
    assert_near(c->lon, at[0], 1e-6);
    assert_near(c->lat, at[1], 1e-6);
    assert_near(c->length_m, 100, 0.01);
    assert_string_equal(c->water, "Sary");
    assert_string_equal(c->place, "Kyzyl");
    assert_near(c->place_m, hypot(200, 500), 1);
    says(route, "a bridge at ");
    says(route, ", over Sary, 539 m from Kyzyl (100 m of closed ground): 6 min, 83 min less\n");
    g_autoptr(GapRoute) same_bank = route_to(10, 0);
    assert_int_equal(same_bank->crossings->len, 0);
    assert_true(isnan(same_bank->bridged.minutes));
    says(same_bank, "no bridge over a river or lake would make it quicker\n");
}

static void who_is_cut_off_learns_of_all_bridges(void **state) {
    (void)state;
    static const Line rivers[] = {{20, -80, 20, 80}, {30, -80, 30, 80}};
    put_rivers(rivers, 2);
    put_points(ONE, 1);
    put(34, 0, 5);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autoptr(GapRoute) route = route_to(34, 0);
    assert_true(isnan(route->now.minutes));
    assert_int_equal(route->crossings->len, 2);
    assert_near(route->bridged.minutes, 3 + 34 * 1.5, 1e-3);
    says(route, "no police point that counts has a way to it: closed ground lies between\n");
    g_autoptr(GapRoute) now = route_to(10, 0);
    says(now, "nobody more within 30 min");
    says(route, "with 2 bridges: 54 min from P1 (station), where there is no way now; at\n");
    assert_int_equal(route->gained, 5);
}

/* One cell of open ground between two rivers is too little for two bridges, three are enough. */
static void arms_of_a_river_are_one_crossing(void **state) {
    (void)state;
    static const Line rivers[] = {{20, -80, 20, 80}, {22, -80, 22, 80}, {26, -80, 26, 80}};
    put_rivers(rivers, 3);
    put_points(ONE, 1);
    put(34, 0, 5);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autoptr(GapRoute) route = route_to(34, 0);
    static const double lengths[] = {200, 100};
    static const int cols[] = {21, 26};
    assert_int_equal(route->crossings->len, 2);
    for (guint i = 0; i < 2; i++) {
        const GapRouteCrossing *c = &g_array_index(route->crossings, GapRouteCrossing, i);
        double at[2];
        to_degrees(cols[i], 0, at);
        assert_near(c->lon, at[0], 1e-6);
        assert_near(c->length_m, lengths[i], 0.01);
    }
}

static void a_new_point_brings_those_beyond_reach(void **state) {
    (void)state;
    put_points(ONE, 1);
    put(5, 0, 100); // within reach already
    put(25, 0, 7);  // 5 cells from the place
    put(50, 0, 11); // 20 cells: exactly the limit
    put(51, 0, 13); // beyond it
    put(-40, 0, 17);
    GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autoptr(GapRoute) route = route_to(30, 0);
    assert_int_equal(route->gained, 7 + 11);
    says(route, "a new point here, without turnout: 18 people more within 30 min; the place itself"
                " 0 min instead of 48 min");
    world_run(&world, "UPDATE run SET people_from = 'x.tif'");
    g_autoptr(GapRoute) raster = route_to(30, 0);
    assert_int_equal(raster->gained, -1);
    says(raster, "is not known: the people of run 'r' are of a raster (x.tif)");
}

static void closed_ground_is_told(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 20, 0, STATION},
                                   {"M1", 0, 0, "mobile_group,exact,300,,"}};
    put_lake();
    put_points(points, 2);
    put(20, 0, 5);
    GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autoptr(GapRoute) route = route_to(1, 0);
    assert_near(route->away_m, 200, 0.01);
    assert_string_equal(route->patrol, "M1");
    assert_near(route->now.minutes, 17 * 1.5, 1e-3);
    says(route, "it counts at the nearest open ground, 200 m away\n");
    travel.field.snap_m = 150;
    cover_well(&travel, 30);
    g_autoptr(GapRoute) nowhere = route_to(1, 0);
    assert_true(nowhere->nowhere);
    says(nowhere, "no open ground within 150 m");
    g_autoptr(GapRoute) outside = route_to(500, 0);
    assert_true(outside->nowhere);
}

static void what_cannot_be_opened_is_said(void **state) {
    (void)state;
    put_points(ONE, 1);
    put(5, 0, 1);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    put_lake();
    g_autoptr(GapRoute) changed = route_to(5, 0);
    says(changed, "not known: layers have changed since run 'r' was made");
    GError *error = NULL;
    g_autoptr(GapRoute) none = gap_route_new(world.store, "none", 70, 40, NULL, &error);
    assert_no_error(error);
    says(none, "not known: run 'none' is not by travel time");
}

static bool stop(void *user, double share, const char *what) {
    (void)user, (void)share, (void)what;
    return false;
}

static void an_interruption_ends_it(void **state) {
    (void)state;
    put_points(ONE, 1);
    put(5, 0, 1);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    const GapProgress progress = {stop, NULL};
    GError *error = NULL;
    assert_null(gap_route_new(world.store, "r", 70.2, 40.5, &progress, &error));
    assert_error_says(error, "interrupted");
}

static void areas_are_asked_from_their_seat(void **state) {
    (void)state;
    double lon, lat;
    GError *error = NULL;
    assert_false(gap_route_where(world.store, "A1", NULL, &lon, &lat, &error));
    assert_no_error(error);
    put(3, 4, 10); // of A2
    put(7, 8, 20);
    static const struct {
        const char *change, *area, *place;
        int col, row;
    } cases[] = {
        {NULL, "A2", NULL, 7, 8},
        {NULL, "XX-A", NULL, 7, 8},
        {"INSERT INTO place (code, people, area, source, geom) SELECT 'q', 50, 'A2', id,"
         " (SELECT geom FROM demand WHERE people = 10) FROM source LIMIT 1",
         "A2", NULL, 3, 4},
        {"UPDATE area SET seat_lon = (SELECT X(geom) FROM demand WHERE people = 20), seat_lat ="
         " (SELECT Y(geom) FROM demand WHERE people = 20) WHERE code = 'A2'",
         "A2", NULL, 7, 8},
        {NULL, "A2", "q", 3, 4},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double at[2];
        if (cases[i].change)
            world_run(&world, cases[i].change);
        assert_true(
            gap_route_where(world.store, cases[i].area, cases[i].place, &lon, &lat, &error));
        to_degrees(cases[i].col, cases[i].row, at);
        assert_near(lon, at[0], 1e-9);
        assert_near(lat, at[1], 1e-9);
    }
}

static void many_parts_become_few_legs(void **state) {
    (void)state;
    static const GapSpeed road = {.name = "road", .label = "Road"}, land = {"land", "Land"};
    uint8_t classes = 1;
    GapTravelGround ground = {.classes = &classes, .speed = {NULL, &road, &land}};
    ground.table[1] = (GapTravelClass){GAP_MODE_VEHICLE, 40, 0};
    ground.table[2] = (GapTravelClass){GAP_MODE_WALK, 4, 0};
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(GapTravelPart));
    for (int i = 0; i < 201; i++) {
        const GapTravelPart part = {i % 2 + 1, i % 2 ? 30 + i : 500, i, 2, i % 2 ? 0.5 : 0.75};
        g_array_append_val(parts, part);
    }
    g_autoptr(GArray) few = gap_route_legs(&ground, parts);
    assert_in_range(few->len, 1, 12);
    double sums[4] = {0};
    for (guint i = 0; i < few->len; i++) {
        const GapRouteLeg *leg = &g_array_index(few, GapRouteLeg, i);
        sums[0] += leg->length_m;
        sums[1] += leg->up_m;
        sums[2] += leg->down_m;
        sums[3] += leg->minutes;
        assert_true(leg->other_m < leg->length_m);
    }
    assert_near(sums[0], 101 * 500 + 100 * 30 + 100 * 100, 1e-6);
    assert_near(sums[1], 201 * 100, 1e-6);
    assert_near(sums[2], 402, 1e-6);
    assert_near(sums[3], 101 * 0.75 + 50, 1e-9);
    // A short stretch stays where it takes long.
    g_array_set_size(parts, 0);
    const GapTravelPart three[] = {{1, 900, 0, 0, 1.35}, {2, 40, 0, 0, 5}, {1, 49, 0, 0, 0.1}};
    g_array_append_vals(parts, three, 3);
    g_autoptr(GArray) slow = gap_route_legs(&ground, parts);
    assert_int_equal(slow->len, 2);
    assert_near(g_array_index(slow, GapRouteLeg, 1).other_m, 49, 0);
}

static void legs_are_told_in_words(void **state) {
    (void)state;
    static const struct {
        GapRouteLeg leg;
        const char *text;
    } cases[] = {
        {{"t", "Track", GAP_MODE_VEHICLE, 20, 4200, 0, 300, 0, 12.6},
         "4.2 km track at 20 km/h, 12.6 min"},
        {{"t", "Track", GAP_MODE_VEHICLE, 20, 4200, 600, 300, 0, 13},
         "4.2 km mostly track at 20 km/h, 13 min"},
        {{"o", "Open ground", GAP_MODE_WALK, 4, 1100, 0, 210, 0, 25},
         "1.1 km uphill on foot (open ground, 210 m up), 25 min"},
        {{"o", "Open ground", GAP_MODE_WALK, 4, 1100, 0, 5, 90, 17},
         "1.1 km downhill on foot (open ground, 90 m down), 17 min"},
        {{"o", "Open ground", GAP_MODE_WALK, 4, 9000, 0, 210, 220, 700},
         "9 km on foot (open ground, 210 m up and 220 m down), 11.7 h"},
        {{"p", "Path", GAP_MODE_WALK, 4, 3700, 0, 600, 300, 103.7},
         "3.7 km on foot (path, 600 m up and 300 m down), 103.7 min"},
        {{"p", "Path", GAP_MODE_BICYCLE, 12, 800, 0, 0, 0, 4},
         "800 m by bicycle (path at 12 km/h), 4 min"},
        {{"p", "OSM path", GAP_MODE_VEHICLE, 12.5, 999, 0, 0, 0, 4.04},
         "999 m OSM path at 12.5 km/h, 4 min"},
        {{"p", "Ground", GAP_MODE_CLOSED, NAN, 800, 0, 0, 0, 4},
         "800 m over the raster of friction, 4 min"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = gap_route_leg_text(&cases[i].leg);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_all_down)
        TEST(legs_come_in_the_order_of_travel),
        TEST(the_limit_is_included),
        TEST(a_bridge_is_named_where_it_would_help),
        TEST(who_is_cut_off_learns_of_all_bridges),
        TEST(arms_of_a_river_are_one_crossing),
        TEST(a_new_point_brings_those_beyond_reach),
        TEST(closed_ground_is_told),
        TEST(what_cannot_be_opened_is_said),
        TEST(an_interruption_ends_it),
        TEST(areas_are_asked_from_their_seat),
        TEST(many_parts_become_few_legs),
        TEST(legs_are_told_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
