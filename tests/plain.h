/** A level plain of 100 m cells, walked at 4 km/h: 1.5 minutes a cell. For tests of travel time. */
#ifndef GAP_TESTS_PLAIN_H
#define GAP_TESTS_PLAIN_H

#include "tests/world_fixture.h"

#include "layers/coverage/coverage.h"

enum { WEST = 600050, NORTH = 4484050 }; // the centre of cell 0, 0; in UTM zone 42

static GapProjection *utm;

static inline void to_degrees(int col, int row, double *lonlat) {
    lonlat[0] = WEST + 100 * col;
    lonlat[1] = NORTH - 100 * row;
    assert_true(gap_projection_inverse(utm, lonlat, 1, NULL));
}

static inline int set_up(void **state) {
    (void)state;
    utm = gap_projection_new("EPSG:32642", NULL);
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total SELECT code, 2015, 0 FROM area"
                      " WHERE level = 'province'");
    return 0;
}

static inline int tear_all_down(void **state) {
    g_clear_pointer(&utm, gap_projection_free);
    return tear_down(state);
}

/* People of A2 in a cell. */
static inline void put(int col, int row, gint64 people) {
    double at[2];
    to_degrees(col, row, at);
    g_autoptr(GBytes) wkb = gap_wkb_point(at[0], at[1]);
    GError *error = NULL;
    gap_store_run(world.store,
                  world_sql("INSERT INTO demand (area, people, basis, geom)"
                            " VALUES ('A2', ?, 'own', GeomFromWKB(?, 4326))"),
                  &error, "ig", people, wkb);
    assert_no_error(error);
    world_run(&world, "UPDATE demand_total SET people = (SELECT coalesce(sum(people), 0) FROM"
                      " demand) WHERE province = 'XX-A'");
}

typedef struct {
    const char *code;
    int col, row;
    const char *rest; // kind, precision, patrol_radius_m, turnout_min, officers
} Point;

static inline void put_points(const Point *points, size_t n) {
    g_autoptr(GString) text =
        g_string_new("code,status,lon,lat,kind,precision,patrol_radius_m,turnout_min,officers\n");
    for (size_t i = 0; i < n; i++) {
        double at[2];
        to_degrees(points[i].col, points[i].row, at);
        g_string_append_printf(text, "%s,open,%.9f,%.9f,%s\n", points[i].code, at[0], at[1],
                               points[i].rest);
    }
    world_load(&world, "police_points", "p.csv", text->str);
}

static inline GapCoverageTravel plain(void) {
    GapCoverageTravel travel = {.field = GAP_TRAVEL_FIELD_OPTIONS_INIT};
    double low[2], high[2];
    to_degrees(-60, 60, low);
    to_degrees(60, -60, high);
    travel.field.ground.crs = "EPSG:32642";
    travel.field.ground.cell_m = 100;
    travel.field.ground.extent = (GapBox){low[0], low[1], high[0], high[1]};
    return travel;
}

static inline bool cover(const GapCoverageTravel *travel, double within_min, size_t *unchanged,
                         GError **error) {
    const GapCoverageOptions options = {.label = "r",
                                        .as_of = "2017-12-31",
                                        .within = &within_min,
                                        .n_within = 1,
                                        .travel = travel};
    return gap_coverage(world.store, &options, unchanged, error);
}

static inline void cover_well(const GapCoverageTravel *travel, double within_min) {
    size_t unchanged;
    GError *error = NULL;
    cover(travel, within_min, &unchanged, &error);
    assert_no_error(error);
    world_check(&world);
}

#define STATION "station,exact,,,"

/* A lake over columns -2 to 2, rows -2 to 2. */
static inline void put_lake(void) {
    double a[2], b[2], c[2], d[2];
    to_degrees(-2, 2, a);
    to_degrees(2, 2, b);
    to_degrees(2, -2, c);
    to_degrees(-2, -2, d);
    g_autofree char *text =
        g_strdup_printf("geom\n\"POLYGON((%.9f %.9f,%.9f %.9f,%.9f %.9f,%.9f %.9f,%.9f %.9f))\"\n",
                        a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1], a[0], a[1]);
    world_load(&world, "lakes", "l.csv", text);
}

#endif
