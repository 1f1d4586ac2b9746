/* How areas lie side by side: pairs, holes and overhangs, with their km2. */
#include "tests/world.h"

#include "geo/shape/patches.h"
#include "layers/tiling.h"

/* Of one degree by one at 40-41 N: 84.77 x 111.05 km, 9,414 km2 or so; all figures are parts. */
#define DEGREE_KM2 9414.0

#define BOX(x1, y1, x2, y2)                                                                        \
    "\"POLYGON((" x1 " " y1 "," x2 " " y1 "," x2 " " y2 "," x1 " " y2 "," x1 " " y1 "))\"\n"
#define HEADER "code,level,parent,name_en,boundary_quality,valid_from,valid_to,geom\n"

static GapTilingReport *measure(const World *world, double sliver_km2, const char *as_of) {
    GError *error = NULL;
    const GapTilingOptions options = {sliver_km2, as_of};
    GapTilingReport *report = gap_tiling(world->store, &options, &error);
    assert_no_error(error);
    return report;
}

static gint64 total(const GapTilingReport *report, const char *level, const char *column) {
    for (size_t r = 0; r < gap_table_rows(report->totals); r++)
        if (g_str_equal(gap_table_text(report->totals, r, 0), level))
            return gap_table_int(report->totals, r, (size_t)gap_table_find(report->totals, column));
    return -1;
}

static const char *text(const GapTable *table, size_t row, const char *column) {
    return gap_table_text(table, row, (size_t)gap_table_find(table, column));
}

static double number(const GapTable *table, size_t row, const char *column) {
    return gap_table_real(table, row, (size_t)gap_table_find(table, column));
}

static void what_fits_finds_nothing(void **state) {
    (void)state;
    World world = world_new(true);
    g_autoptr(GapTilingReport) report = measure(&world, 0, "2020-01-01");
    assert_int_equal(gap_table_rows(report->totals), 0);
    assert_int_equal(gap_table_rows(report->overlaps), 0);
    assert_int_equal(gap_table_rows(report->gaps), 0);
    assert_int_equal(gap_table_rows(report->outside), 0);
    world_close(&world);
}

/* D1 and D2 share a tenth of a degree, D3 lies in D1, a twentieth of A is open, D2 hangs over. */
static void pairs_holes_and_overhangs_are_measured(void **state) {
    (void)state;
    World world = world_new(false);
    world_load(
        &world, "boundaries", "d.csv",
        HEADER "D1,district,XX-A,One,official,,," BOX(
            "70", "40", "70.5",
            "40.95") "D2,district,XX-A,Two,official,,," BOX("70.4", "40", "71.02",
                                                            "41") "D3,district,XX-A,Three,official,"
                                                                  ",," BOX("70.1", "40.1", "70.2",
                                                                           "40.2"));
    g_autoptr(GapTilingReport) report = measure(&world, 0.01, "2020-01-01");
    assert_int_equal(gap_table_rows(report->overlaps), 2);
    assert_string_equal(text(report->overlaps, 0, "level"), "district");
    assert_string_equal(text(report->overlaps, 0, "area"), "D1");
    assert_string_equal(text(report->overlaps, 0, "other"), "D2");
    assert_float_equal(number(report->overlaps, 0, "km2"), 0.1 * 0.95 * DEGREE_KM2, 10);
    assert_float_equal(number(report->overlaps, 0, "share"), 0.1 / 0.5, 0.001);
    assert_string_equal(text(report->overlaps, 1, "other_name"), "Three");
    assert_float_equal(number(report->overlaps, 1, "share"), 1, 1e-9);
    assert_int_equal(gap_table_rows(report->gaps), 1);
    assert_string_equal(text(report->gaps, 0, "area"), "XX-A");
    assert_string_equal(text(report->gaps, 0, "between"), "One (D1), Two (D2)");
    assert_float_equal(number(report->gaps, 0, "km2"), 0.4 * 0.05 * DEGREE_KM2, 3);
    assert_in_range((int)(1000 * number(report->gaps, 0, "lon")), 70000, 70400);
    assert_in_range((int)(1000 * number(report->gaps, 0, "lat")), 40950, 41000);
    assert_int_equal(gap_table_rows(report->outside), 1);
    assert_string_equal(text(report->outside, 0, "area"), "D2");
    assert_string_equal(text(report->outside, 0, "part_of"), "XX-A");
    assert_float_equal(number(report->outside, 0, "km2"), 0.02 * DEGREE_KM2, 1);
    assert_int_equal(total(report, "district", "overlaps"), 2);
    assert_int_equal(total(report, "district", "gaps"), 1);
    assert_int_equal(total(report, "district", "outside"), 1);
    assert_int_equal(total(report, "district", "slivers"), 0);
    assert_int_equal(total(report, "province", "overlaps"), -1);
    world_close(&world);
}

static void a_hole_without_a_touching_part_names_the_nearest(void **state) {
    (void)state;
    World world = world_new(false);
    world_load(&world, "boundaries", "provinces.csv",
               HEADER "XX-A,province,XX,West,official,,,"
                      "\"MULTIPOLYGON(((70 40,71 40,71 41,70 41,70 40)),"
                      "((73 40,74 40,74 41,73 41,73 40)))\"\n");
    world_load(&world, "boundaries", "d.csv",
               HEADER "D1,district,XX-A,One,official,,," BOX(
                   "70", "40", "70.5", "41") "D2,district,XX-A,Two,official,,," BOX("70.5", "40",
                                                                                    "71", "41"));
    g_autoptr(GapTilingReport) report = measure(&world, 0.01, "2020-01-01");
    assert_int_equal(gap_table_rows(report->gaps), 1);
    assert_string_equal(text(report->gaps, 0, "between"), "Two (D2)");
    assert_float_equal(number(report->gaps, 0, "km2"), DEGREE_KM2, 30);
    world_close(&world);
}

/* The old unit and its two successors cover the same ground, each in its time. */
static void areas_of_other_days_do_not_overlap(void **state) {
    (void)state;
    static const struct {
        const char *old_to, *new_from, *as_of;
        gint64 overlaps, gaps;
    } cases[] = {
        {"2024-12-31", "2025-01-01", "2020-06-01", 0, -1},
        {"2024-12-31", "2025-01-01", "2026-06-01", 0, -1},
        {"2025-01-01", "2025-01-01", "2026-06-01", 1, 0}, // one day in common
        {"2024-12-31", "2025-02-01", "2025-01-15", 0, 1}, // a month of nobody
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        World world = world_new(false);
        g_autofree char *rows = g_strdup_printf(
            HEADER "OLD,district,XX-A,Old,official,,%s," BOX(
                "70", "40", "70.5",
                "41") "NEW,district,XX-A,New,official,%s,," BOX("70", "40", "70.5",
                                                                "41") "REST,district,XX-A,Rest,"
                                                                      "official,,," BOX(
                                                                          "70.5", "40", "71", "41"),
            cases[i].old_to, cases[i].new_from);
        world_load(&world, "boundaries", "d.csv", rows);
        g_autoptr(GapTilingReport) report = measure(&world, 0.01, cases[i].as_of);
        const gint64 overlaps = total(report, "district", "overlaps");
        const gint64 gaps = total(report, "district", "gaps");
        if (MAX(overlaps, 0) != cases[i].overlaps || MAX(gaps, 0) != MAX(cases[i].gaps, 0))
            fail_msg("case %zu: %d overlaps, %d gaps", i, (int)overlaps, (int)gaps);
        world_close(&world);
    }
}

static void slivers_are_summed(void **state) {
    (void)state;
    World world = world_new(false);
    world_load(&world, "boundaries", "d.csv",
               HEADER "D1,district,XX-A,One,official,,," BOX(
                   "70", "40", "70.500000001",
                   "41") "D2,district,XX-A,Two,official,,," BOX("70.5", "40", "71", "41"));
    g_autoptr(GapTilingReport) coarse = measure(&world, 0.01, "2020-01-01");
    assert_int_equal(gap_table_rows(coarse->overlaps), 0);
    assert_int_equal(total(coarse, "district", "slivers"), 1);
    g_autoptr(GapTilingReport) fine = measure(&world, 0, "2020-01-01");
    assert_int_equal(gap_table_rows(fine->overlaps), 1);
    assert_float_equal(number(fine->overlaps, 0, "km2"), 1e-9 * DEGREE_KM2, 1e-6);
    world_close(&world);
}

static void patches_refuse_what_is_no_polygon(void **state) {
    (void)state;
    g_autoptr(GBytes) point = gap_wkb_point(70, 40);
    GBytes *wkb[] = {NULL, point};
    g_autoptr(GError) error = NULL;
    assert_null(gap_patches_new(wkb, 2, &error));
    assert_non_null(strstr(error->message, "area 2"));
    g_autoptr(GapPatches) none = gap_patches_new(wkb, 1, NULL);
    g_autoptr(GArray) overlaps = gap_patches_overlaps(none, NULL, NULL, NULL);
    assert_int_equal(overlaps->len, 0);
    g_autoptr(GArray) near = gap_patches_near(none, point, NULL);
    assert_int_equal(near->len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits_finds_nothing),
        cmocka_unit_test(pairs_holes_and_overhangs_are_measured),
        cmocka_unit_test(a_hole_without_a_touching_part_names_the_nearest),
        cmocka_unit_test(areas_of_other_days_do_not_overlap),
        cmocka_unit_test(slivers_are_summed),
        cmocka_unit_test(patches_refuse_what_is_no_polygon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
