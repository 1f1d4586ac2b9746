#include "tests/world_fixture.h"

#include "geo/base/error.h"
#include "layers/areas.h"
#include "layers/coverage/coverage.h"
#include "layers/demand.h"
#include "layers/gaps/gaps.h"
#include "layers/join.h"
#include "layers/layers.h"
#include "layers/summary.h"

#define DATED "code,level,parent,name_en,boundary_quality,valid_from,valid_to,geom\n"

/* A1 and A2 became N1 on the first day of 2020; B1 stayed as it was. */
static int set_up(void **state) {
    (void)state;
    world = world_new(false);
    world_load(&world, "boundaries", "m.csv",
               DATED "A1,municipality,XX-A,One,official,,2019-12-31," BOX_A1 "\n"
                     "A2,municipality,XX-A,Two,official,,2019-12-31," BOX_A2 "\n"
                     "N1,municipality,XX-A,New,official,2020-01-01,," BOX_A "\n"
                     "B1,municipality,XX-B,Bee,official,,," BOX_B "\n");
    world_load(&world, "changes", "ch.csv",
               "old,new,share,on\nA1,N1,1,2020-01-01\nA2,N1,1,2020-01-01\n");
    world_load(&world, "people", "p.csv",
               "area,year,people,basis\nXX-A,2019,1000,published\nXX-B,2019,100,published\n");
    world_load(&world, "places", "pl.csv",
               "code,kind,people,lon,lat\nS,PPL,300,70.25,40.5\nT,PPL,200,70.75,40.5\n");
    world_load(&world, "police_points", "pp.csv",
               "code,kind,status,precision,lon,lat\nP,point,open,exact,70.25,40.5\n"
               "Q,point,open,exact,70.75,40.5\nR,point,open,exact,71.5,40.5\n");
    world_load(&world, "crime", "c.csv",
               "area,year,offence,count,basis\nXX-A,2019,theft,30,published\n"
               "A1,2019,theft,20,published\nA2,2019,theft,7,published\n"
               "XX-B,2019,theft,5,published\n");
    return 0;
}

static void lay_out(const char *as_of) {
    const GapDemandOptions options = {
        .cell_m = 10000, .land_share = 0.25, .town_density = 2500, .as_of = as_of};
    GError *error = NULL;
    g_autoptr(GapDemandReport) report = gap_demand(world.store, &options, &error);
    assert_no_error(error);
}

static bool cover(const char *as_of, GError **error) {
    const double within = 5000;
    const GapCoverageOptions options = {
        .label = as_of, .as_of = as_of, .within = &within, .n_within = 1};
    size_t unchanged;
    return gap_coverage(world.store, &options, &unchanged, error);
}

static void make(const char *as_of) {
    GError *error = NULL;
    lay_out(as_of);
    cover(as_of, &error);
    assert_no_error(error);
    const GapGapsOptions gaps = {.run = as_of, .offence = "theft", .hold_below = 1};
    bool unchanged;
    gap_gaps(world.store, &gaps, &unchanged, &error);
    assert_no_error(error);
    world_check(&world);
}

/* The first column of a layer, by space. */
static char *codes_of(const char *layer, const char *run) {
    GError *error = NULL;
    g_autoptr(GapTable) table = gap_layer_table(world.store, layer, run, &error);
    assert_no_error(error);
    GString *out = g_string_new(NULL);
    for (size_t r = 0; r < gap_table_rows(table); r++)
        g_string_append_printf(out, "%s%s", r ? " " : "", gap_table_text(table, r, 0));
    return g_string_free(out, FALSE);
}

static char *cell_of(const char *layer, const char *run, size_t row, const char *column) {
    g_autoptr(GapTable) table = gap_layer_table(world.store, layer, run, NULL);
    return gap_table_cell_string(table, row, (size_t)gap_table_find(table, column));
}

static void areas_are_those_of_the_day(void **state) {
    (void)state;
    static const struct {
        const char *day, *since, *finest, *all;
    } cases[] = {
        {"1900-01-01", "", "A1", "A1 A2 B1"},        {"2019-12-31", "", "A1", "A1 A2 B1"},
        {"2020-01-01", "2020-01-01", "N1", "B1 N1"}, {"2300-01-01", "2020-01-01", "N1", "B1 N1"},
        {NULL, "2020-01-01", "A1", "A1 A2 B1 N1"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *since = gap_areas_since(world.store, cases[i].day, NULL);
        assert_string_equal(since, cases[i].since);
        g_autoptr(GapAreas) areas = gap_areas_new_on(world.store, cases[i].day, NULL);
        assert_string_equal(gap_areas_finest(areas, 70.25, 40.5, NULL), cases[i].finest);
        g_autoptr(GPtrArray) codes = gap_areas_of_level(areas, "municipality");
        g_ptr_array_add(codes, NULL);
        g_autofree char *all = g_strjoinv(" ", (char **)codes->pdata);
        assert_string_equal(all, cases[i].all);
    }
}

/* Both days of one store: areas, people, points, crime and plans of each. */
static void a_run_is_of_its_day(void **state) {
    (void)state;
    static const struct {
        const char *day, *codes, *point_area, *municipalities;
        double covered; // people of the towns, by area of the west
    } cases[] = {{"2019-06-01", "A1 A2 B1", "A1", "2", 500},
                 {"2021-01-01", "B1 N1", "N1", "1", 500}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *day = cases[i].day;
        make(day);
        g_autofree char *codes = codes_of("municipalities", day);
        assert_string_equal(codes, cases[i].codes);
        g_autofree char *area = cell_of("police_points", day, 0, "area");
        assert_string_equal(area, cases[i].point_area);
        g_autofree char *municipalities = cell_of("provinces", day, 0, "municipalities");
        assert_string_equal(municipalities, cases[i].municipalities);
        g_autofree char *country = cell_of("country", day, 0, "people");
        assert_string_equal(country, "1100");
        g_autofree char *points = cell_of("provinces", day, 0, "points");
        assert_string_equal(points, "2");
        g_autofree char *sql =
            g_strdup_printf("SELECT sum(people_covered) FROM coverage JOIN area ON code = area"
                            " WHERE run = '%s' AND level = 'municipality' AND parent = 'XX-A'",
                            day);
        assert_true(world_number(&world, sql) >= cases[i].covered);
        // Crime beyond reach of a province is that of its parts on the day.
        g_autofree char *parts = g_strdup_printf(
            "SELECT sum(crime_beyond) FROM gap WHERE run = '%s' AND area IN ('A1', 'A2', 'N1')",
            day);
        g_autofree char *whole =
            g_strdup_printf("SELECT crime_beyond FROM gap WHERE run = '%s' AND area = 'XX-A'", day);
        assert_near(world_number(&world, parts), world_number(&world, whole), 1e-9);
        g_autoptr(GapTable) summary = gap_summary_provinces(world.store, day, NULL);
        assert_int_equal(gap_table_rows(summary), 3);
    }
    // Of the new unit the crime of the old ones is known.
    assert_near(world_number(&world, "SELECT count FROM crime WHERE area = 'N1'"), 27, 0);
}

static void another_day_needs_its_demand(void **state) {
    (void)state;
    lay_out("2019-01-01");
    GError *error = NULL;
    assert_false(cover("2021-05-05", &error));
    assert_int_equal(error->code, GAP_ERROR_MISSING);
    assert_error_says(error, "'gapmap demand --as-of 2021-05-05' comes first");
    assert_true(cover("2019-12-31", &error)); // the same areas
    lay_out("2022-01-01");
    assert_true(cover("2021-05-05", &error));
    assert_false(cover("2019-12-31", &error));
    assert_error_says(error, "over the areas since 2020-01-01, but those of 2019-12-31 are others");
    // Any day with the same areas is the same demand.
    const GapDemandOptions options = {
        .cell_m = 10000, .land_share = 0.25, .town_density = 2500, .as_of = "2023-03-03"};
    g_autoptr(GapDemandReport) same = gap_demand(world.store, &options, &error);
    assert_true(same->unchanged);
}

/* Points are joined to the areas that there are in the end, and those count as left over. */
static void the_join_knows_the_last_areas(void **state) {
    (void)state;
    assert_near(world_number(&world, "SELECT count(*) FROM place WHERE area = 'N1'"), 2, 0);
    assert_near(world_number(&world, "SELECT count(*) FROM police_point WHERE area = 'N1'"), 2, 0);
    g_autoptr(GapTable) left = gap_join_leftovers(world.store, NULL);
    for (size_t r = 0; r < gap_table_rows(left); r++) {
        if (!g_str_equal(gap_table_text(left, r, 1), "municipalities whose plan is unknown"))
            continue;
        assert_string_equal(gap_table_text(left, r, 3), "B1, N1");
        return;
    }
    fail_msg("nothing is left over");
}

/* A figure of 2019 is held against the parts of 2019, one of 2021 against those of then. */
static void wholes_have_the_parts_of_their_year(void **state) {
    (void)state;
    static const char rest[] = "SELECT group_concat(area || ' ' || year || ' ' || CAST(amount AS"
                               " INTEGER), ';') FROM (SELECT * FROM unallocated WHERE layer ="
                               " 'crime' ORDER BY area, year)";
    g_autofree char *first = world_text(&world, rest);
    assert_string_equal(first, "XX-A 2019 3");
    world_load(&world, "crime", "d.csv",
               "area,year,offence,count,basis\nXX-A,2021,theft,30,published\n"
               "N1,2021,theft,29,published\nXX-B,2021,theft,5,published\n"
               "B1,2021,theft,5,published\n");
    g_autofree char *second = world_text(&world, rest);
    assert_string_equal(second, "XX-A 2019 3;XX-A 2021 1");
    world_check(&world);
}

static void check_reports_days_that_do_not_fit(void **state) {
    (void)state;
    static const struct {
        const char *sql, *finding;
    } cases[] = {
        {"UPDATE area SET valid_to = '2021-01-01' WHERE code = 'XX-A'",
         "N1 (2020-01-01 to now) in XX-A (ever to 2021-01-01)"},
        {"UPDATE area SET valid_from = '1990-01-01' WHERE code = 'XX-B'",
         "B1 (ever to now) in XX-B (1990-01-01 to now)"},
        {"UPDATE area SET valid_to = NULL WHERE code = 'A1'",
         "A1 (to now) became N1 on 2020-01-01"},
        {"UPDATE area SET valid_to = '2020-01-01' WHERE code = 'A1'",
         "A1 (to 2020-01-01) became N1 on 2020-01-01"},
    };
    world_check(&world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_true(gap_store_begin(world.store, NULL));
        world_run(&world, cases[i].sql);
        g_autoptr(GapTable) found = gap_store_check(world.store, NULL);
        bool told = false;
        for (size_t r = 0; r < gap_table_rows(found); r++)
            told |= g_str_equal(gap_table_text(found, r, 1), cases[i].finding);
        if (!told)
            fail_msg("not found: %s", cases[i].finding);
        gap_store_rollback(world.store);
    }
}

static void a_code_stands_once(void **state) {
    (void)state;
    g_autoptr(GapLoadReport) report =
        world_try(&world, "boundaries", "again.csv",
                  DATED "A1,municipality,XX-A,One,official,2020-01-01,," BOX_A1 "\n"
                        "A9,municipality,XX-A,Nine,official,2020-01-01,2020-01-02," BOX_A1 "\n",
                  NULL, NULL);
    assert_int_equal(report->refused, 1);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(areas_are_those_of_the_day),
        TEST(a_run_is_of_its_day),
        TEST(another_day_needs_its_demand),
        TEST(the_join_knows_the_last_areas),
        TEST(wholes_have_the_parts_of_their_year),
        TEST(check_reports_days_that_do_not_fit),
        TEST(a_code_stands_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
