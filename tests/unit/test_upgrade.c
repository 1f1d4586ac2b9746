/* A store that an older gapmap made keeps what it holds. */
#include "tests/world_fixture.h"

#define BOX "CastToMulti(BuildMbr(70, 40, 71, 41, 4326))"
static const char *const ROWS[] = {
    "INSERT INTO source (id, layer, name, path, sha256, made_from, rows_read, rows_kept,"
    " rows_refused, loaded_at) VALUES ('boundaries/b', 'boundaries', 'b', 'b.csv',"
    " '0123456789012345678901234567890123456789012345678901234567890123', 'x', 3, 3, 0, 'y')",
    "INSERT INTO area (code, level, parent, boundary_quality, source, geom)"
    " VALUES ('XX', 'country', NULL, 'official', 'boundaries/b', " BOX "),"
    " ('XX-A', 'province', 'XX', 'official', 'boundaries/b', " BOX "),"
    " ('A1', 'municipality', 'XX-A', 'official', 'boundaries/b', " BOX ")",
    "INSERT INTO run (label, mode, as_of, within_m, kinds, people_year, points_counted,"
    " points_assumed, points_left_out, version, made_from, made_at)"
    " VALUES ('5 km', 'straight', '2017-12-31', 5000, 'all', 2015, 1, 0, 0, '0', 'x', 'y')",
    "INSERT INTO demand (id, area, people, basis, geom)"
    " VALUES (1, 'A1', 7, 'own', MakePoint(70.1, 40.5, 4326))",
    "INSERT INTO demand_reach VALUES ('5 km', 1, 1234.5, 'P', 1, 1, 0)",
};

/* The schema before runs by travel time. */
static GapSchema before_travel(void) {
    GapSchema schema = *gap_layers_schema();
    for (size_t i = 0; i < schema.n_steps; i++)
        if (g_str_has_prefix(schema.steps[i].name, "190_"))
            schema.n_steps = i;
    assert_in_range(schema.n_steps, 10, gap_layers_schema()->n_steps - 1);
    return schema;
}

static void runs_by_the_straight_line_stay(void **state) {
    (void)state;
    GError *error = NULL;
    const GapSchema old = before_travel();
    world = world_empty();
    g_autofree char *path = world_path(&world, "t.gapmap");
    world.store = gap_store_open(path, GAP_STORE_CREATE, &old, &error);
    assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) // by hand: loading knows the newest schema
        world_run(&world, ROWS[i]);
    g_clear_pointer(&world.store, gap_store_close);
    world_open(&world);
    assert_near(world_number(&world, "SELECT within_m FROM run WHERE mode = 'straight' AND"
                                     " people_year = 2015 AND within_min IS NULL"),
                5000, 0);
    assert_near(world_number(&world, "SELECT distance_m FROM demand_reach WHERE minutes IS NULL"),
                1234.5, 0);
    world_check(&world);
    // A run needs people of a year, or of a raster.
    g_autoptr(GError) refused = NULL;
    assert_false(
        gap_store_run(world.store, world_sql("UPDATE run SET people_year = NULL"), &refused, ""));
    world_run(&world, "UPDATE run SET people_year = NULL, people_from = 'x.tif'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(runs_by_the_straight_line_stay, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
