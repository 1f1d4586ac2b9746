#include "tests/world_fixture.h"

#define PLACE_ROW                                                                                  \
    " INSERT INTO place (code, source, geom) SELECT printf('%s%d', ?1, n), "                       \
    "'boundaries/provinces',"
#define NUMBERS                                                                                    \
    "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?2)"

/* Places all over the country, some of them at one spot. */
static void add_places(const char *prefix, gint64 n) {
    GError *error = NULL;
    if (n > 0)
        gap_store_run(world.store,
                      world_sql(NUMBERS PLACE_ROW
                                " MakePoint(70 + (n * 7919 % 1009) * 2.0 / 1009,"
                                " 40 + (n * 104729 % 997) / 997.0, 4326) FROM number"),
                      &error, "si", prefix, n);
    assert_no_error(error);
}

/* What a search of a window by the index finds is what looking at every row finds. */
static void check_index(void) {
    static const char sound[] = "SELECT rtreecheck('idx_place_geom')";
    static const char checks[] = "SELECT CheckSpatialIndex('place', 'geom')";
    static const char searched[] =
        "SELECT count(*) FROM idx_place_geom WHERE xmax >= 70.3 AND xmin <= 70.9"
        " AND ymax >= 40.4 AND ymin <= 40.6";
    static const char looked[] = "SELECT count(*) FROM place WHERE ST_X(geom) BETWEEN 70.3 AND 70.9"
                                 " AND ST_Y(geom) BETWEEN 40.4 AND 40.6";
    g_autofree char *said = world_text(&world, sound);
    assert_string_equal(said, "ok");
    assert_int_equal(world_number(&world, checks), 1);
    // Every box holds its row, however 32-bit numbers round.
    static const char outside[] =
        "SELECT count(*) FROM place JOIN idx_place_geom i ON i.pkid = id WHERE ST_X(geom) < i.xmin"
        " OR ST_X(geom) > i.xmax OR ST_Y(geom) < i.ymin OR ST_Y(geom) > i.ymax";
    assert_int_equal(world_number(&world, outside), 0);
    // One that only touches the window may come too.
    const double found = world_number(&world, searched), want = world_number(&world, looked);
    assert_true(found >= want && found <= want + 2 + want / 50);
}

static char *schema(void) {
    return world_text(&world, "SELECT group_concat(sql, x'0a') FROM (SELECT sql FROM sqlite_schema"
                              " ORDER BY name)");
}

static void begin(void) {
    GError *error = NULL;
    gap_store_begin(world.store, &error);
    gap_store_bulk_begin(world.store, "place", "geom", &error);
    assert_no_error(error);
}

static void end(void) {
    GError *error = NULL;
    gap_store_bulk_end(world.store, &error);
    gap_store_commit(world.store, &error);
    assert_no_error(error);
}

/* Whatever the number of rows, and so of levels: the index is whole, the triggers are as they were,
 * and rows that come and go one by one afterwards find their way. */
static void the_index_is_made_at_once(void **state) {
    (void)state;
    static const gint64 cases[] = {0, 1, 2, 51, 52, 102, 103, 2601, 2602, 2653, 20000, 140000};
    g_autofree char *before = schema();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        world_run(&world, "DELETE FROM place");
        begin();
        add_places("P", cases[i]);
        end();
        assert_int_equal(world_number(&world, "SELECT count(*) FROM idx_place_geom"), cases[i]);
        check_index();
        g_autofree char *after = schema();
        assert_string_equal(after, before);
        add_places("Q", 300);
        world_run(&world, "DELETE FROM place WHERE id % 3 = 0 AND id < 1000");
        check_index();
    }
}

/* Rows that were there stay in the index, those that go or move meanwhile leave it. */
static void what_changes_meanwhile_is_indexed(void **state) {
    (void)state;
    world_run(&world, "DELETE FROM place");
    add_places("A", 500);
    begin();
    world_run(&world, "DELETE FROM place WHERE id % 2 = 0");
    world_run(&world, "UPDATE place SET geom = MakePoint(71.9, 40.9, 4326) WHERE id % 5 = 0");
    add_places("B", 700);
    end();
    check_index();
    assert_int_equal(world_number(&world, "SELECT count(*) FROM idx_place_geom"),
                     world_number(&world, "SELECT count(*) FROM place"));
    g_autofree char *noted = world_text(
        &world, "SELECT last_insert FROM geometry_columns_time WHERE f_table_name = 'place'");
    assert_true(g_str_has_prefix(noted, "20"));
}

static void a_rollback_leaves_all_as_it_was(void **state) {
    (void)state;
    g_autofree char *before = world_dump(&world), *schema_before = schema();
    for (int ended = 0; ended < 2; ended++) {
        begin();
        world_run(&world, "DELETE FROM place");
        add_places("R", 3000);
        GError *error = NULL;
        if (ended)
            gap_store_bulk_end(world.store, &error);
        assert_no_error(error);
        gap_store_rollback(world.store);
        g_autofree char *after = world_dump(&world), *schema_after = schema();
        assert_string_equal(after, before);
        assert_string_equal(schema_after, schema_before);
        check_index();
    }
}

static void geometry_is_checked_at_the_end(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "MakeLine(MakePoint(70, 40, 4326), MakePoint(71, 40, 4326))",
        "MakePoint(70, 40, 32643)",
        "MakePointZ(70, 40, 1, 4326)",
        "x'00'",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        begin();
        g_autofree char *sql = g_strdup_printf("INSERT INTO place (id, code, source, geom) VALUES"
                                               " (777777, 'bad', 'boundaries/provinces', %s)",
                                               wrong[i]);
        world_run(&world, sql);
        GError *error = NULL;
        assert_false(gap_store_bulk_end(world.store, &error));
        assert_error_says(error, "row 777777 of place: its geometry is not of the type");
        gap_store_rollback(world.store);
    }
    check_index();
}

/* A column without an index is checked and its triggers return. */
static void a_column_without_an_index_ends_too(void **state) {
    (void)state;
    g_autofree char *before = schema();
    GError *error = NULL;
    gap_store_begin(world.store, &error);
    gap_store_bulk_begin(world.store, "scenery", "geom", &error);
    end();
    g_autofree char *after = schema();
    assert_string_equal(after, before);
}

/* The loader takes this way for many rows; what it stores does not depend on the way. */
static void a_large_load_is_the_same_as_small_ones(void **state) {
    (void)state;
    enum { ROWS = 21000 };
    g_autoptr(GString) all = g_string_new("code,lon,lat\n");
    for (int i = 0; i < ROWS; i++)
        g_string_append_printf(all, "L%d,%.6f,%.6f\n", i, 70 + i * 7919 % ROWS * 2.0 / ROWS,
                               40 + i * 10007 % ROWS / (double)ROWS);
    world_run(&world, "DELETE FROM place");
    world_load(&world, "places", "many.csv", all->str);
    check_index();
    world_check(&world);
    static const char joined[] =
        "SELECT count(*) FROM place WHERE area = CASE WHEN ST_X(geom) <= 70.5 THEN 'A1'"
        " WHEN ST_X(geom) <= 71 THEN 'A2' ELSE 'B1' END";
    assert_int_equal(world_number(&world, joined), ROWS);
    g_autofree char *one = world_dump(&world);

    // Again, a few rows fewer: they go, and a load of the whole file makes the same store.
    char *cut = strstr(all->str, "\nL20500,");
    cut[1] = '\0';
    world_load(&world, "places", "many.csv", all->str);
    assert_int_equal(world_number(&world, "SELECT count(*) FROM place"), 20500);
    check_index();
    cut[1] = 'L';
    world_load(&world, "places", "many.csv", all->str);
    check_index();
    g_autofree char *two = world_dump(&world);
    assert_string_equal(one, two);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_index_is_made_at_once),
        cmocka_unit_test(what_changes_meanwhile_is_indexed),
        cmocka_unit_test(a_rollback_leaves_all_as_it_was),
        cmocka_unit_test(geometry_is_checked_at_the_end),
        cmocka_unit_test(a_column_without_an_index_ends_too),
        cmocka_unit_test(a_large_load_is_the_same_as_small_ones),
    };
    return cmocka_run_group_tests(tests, set_up_world, tear_down);
}
