/* A store that an older gapmap made keeps what it holds. */
#include "layers/layers.h"
#include "tests/world_fixture.h"

#define AREA(code, level, parent)                                                                  \
    "INSERT INTO area (code, level, parent, name_en, boundary_quality, source, geom) VALUES"       \
    " ('" code "', '" level "', " parent ", '" code "', 'official', 'boundaries/a',"               \
    " CastToMulti(GeomFromText('POLYGON((70 40,71 40,71 41,70 41,70 40))', 4326)))"

/* What it wrote: today's loads know of columns that its store has not. */
static const char *const ROWS[] = {
    "INSERT INTO source (id, layer, name, path, sha256, made_from, title, rows_read, rows_kept,"
    " rows_refused, loaded_at) VALUES ('boundaries/a', 'boundaries', 'a', 'a.csv',"
    " hex(zeroblob(32)), 'x', 'Outlines', 2, 2, 0, 'y')",
    AREA("XX", "country", "NULL"),
    AREA("XX-A", "province", "'XX'"),
    AREA("A1", "municipality", "'XX-A'"),
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
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++)
        world_run(&world, ROWS[i]);
    g_clear_pointer(&world.store, gap_store_close);
    world_open(&world);
    assert_near(world_number(&world, "SELECT within_m FROM run WHERE mode = 'straight' AND"
                                     " people_year = 2015 AND within_min IS NULL"),
                5000, 0);
    assert_near(world_number(&world, "SELECT distance_m FROM demand_reach WHERE minutes IS NULL"),
                1234.5, 0);
    world_check(&world);
    // Its titles hold in every language.
    g_autoptr(GHashTable) facts = gap_layer_facts(world.store, NULL, &error);
    assert_no_error(error);
    assert_string_equal(g_hash_table_lookup(facts, "sources_ky"), "Outlines");
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
