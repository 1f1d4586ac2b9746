#include "tests/world_fixture.h"

#include "layers/diff.h"
#include "layers/diff_layers.h"

/* The differences as lines of their known cells. */
static char *lines(const GapDiff *diff) {
    GString *out = g_string_new(NULL);
    for (size_t r = 0; r < gap_table_rows(diff->rows); r++) {
        for (size_t c = 1; c < gap_table_columns(diff->rows); c++) {
            const char *cell = gap_table_text(diff->rows, r, c);
            if (cell)
                g_string_append_printf(out, "%s%s", c > 1 ? " " : "", cell);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* Loads `before`, then `after` as the same source; what is told of it. */
static GapLoadReport *reload(const char *layer, const char *before, const char *after,
                             double changed_by) {
    const GapLoadOptions options = {.diff = {.changed_by = changed_by, .most = -1}};
    GError *error = NULL;
    g_autoptr(GapLoadReport) first = world_try(&world, layer, "t.csv", before, &options, &error);
    assert_no_error(error);
    assert_null(first->changes); // there was nothing before
    GapLoadReport *second = world_try(&world, layer, "t.csv", after, &options, &error);
    assert_no_error(error);
    assert_non_null(second->changes);
    return second;
}

#define POINTS "code,kind,status,precision,officers,lon,lat\n"
#define PEOPLE "area,year,people,basis\n"

static void what_changed_is_told(void **state) {
    (void)state;
    static const struct {
        const char *layer, *before, *after;
        double changed_by;
        const char *lines, *summary;
    } cases[] = {
        {"police_points", POINTS "P,point,open,exact,3,70.2,40.5\n",
         POINTS "Q,point,open,exact,3,70.2,40.5\n", 0, "P gone\nQ added\n",
         "1 row gone, 1 row added"},
        {"police_points", POINTS "P,point,open,exact,3,70,40\n",
         POINTS "P,point,open,exact,3,70,40.001\n", 0, "P moved 111.0 m\n", "1 row moved"},
        {"police_points", POINTS "P,point,open,exact,3,70,40.5\n",
         POINTS "P,point,open,exact,3,70,40.500000001\n", 0, "", "nothing changed"}, // 0.1 mm
        {"police_points", POINTS "P,point,open,exact,4,70.2,40.5\n",
         POINTS "P,station,open,exact,,70.2,40.5\n", 0.5,
         "P changed officers 4\nP changed kind point station\n",
         "1 field changed, 1 figure changed by more than 50 %"},
        {"people", PEOPLE "A1,2015,100,published\nA2,2015,100,published\nB1,2015,0,press\n",
         PEOPLE "A1,2015,110,published\nA2,2015,111,published\nB1,2015,1,press\n", 0.1,
         "A2|2015 changed people 100 111 +11 (+11.0 %)\nB1|2015 changed people 0 1 +1\n",
         "2 figures changed by more than 10 %, 1 figure by less"},
        {"people", PEOPLE "A1,2015,100,published\n", PEOPLE "A1,2015,99,press\n", 0,
         "A1|2015 changed people 100 99 -1 (-1.0 %)\nA1|2015 changed basis published press\n",
         "1 field changed, 1 figure changed"},
        {"people", PEOPLE "A1,2015,100,published\nA1,2016,1,press\n",
         PEOPLE "A1,2016,1,press\nA1,2015,100,published\n", 0, "", "nothing changed"},
        // Without a key rows go by their number, in their order.
        {"plans", "area,status\nA1,none\nA2,none\n", "area,status\nA1,endorsed\n", 0,
         "row 2 gone\nrow 1 changed status none endorsed\n", "1 row gone, 1 field changed"},
        {"changes", "old,new,share,on\nO1,A1,0.5,2020-01-01\nO1,A2,0.5,2020-01-01\n",
         "old,new,share,on\nO1,A1,0.25,2020-01-01\nO1,B1,0.75,2020-01-01\n", 0,
         "O1|A2 gone\nO1|B1 added\nO1|A1 changed share 0.5 0.25 -0.25 (-50.0 %)\n",
         "1 row gone, 1 row added, 1 figure changed"},
        {"rivers", "name_en,geom\nR,\"LINESTRING(70 40,70.5 40.5)\"\n",
         "name_en,geom\nR,\"LINESTRING(70 40,70.5 40.4)\"\n", 0, "row 1 moved its line\n",
         "1 row moved"},
        {"lakes", "name_en,geom\nL,\"POLYGON((70 40,70.1 40,70.1 40.1,70 40.1,70 40))\"\n",
         "name_en,geom\nL,\"POLYGON((70.1 40,70.1 40.1,70 40.1,70 40,70.1 40))\"\n", 0, "",
         "nothing changed"}, // the same outline from another corner
        {"police_points", POINTS "\"P\x1b[1m\",point,open,exact,3,70.2,40.5\n",
         POINTS "\"'; DROP TABLE area; --\",point,open,exact,3,70.2,40.5\n", 0,
         "P\x1b[1m gone\n'; DROP TABLE area; -- added\n", "1 row gone, 1 row added"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapLoadReport) report =
            reload(cases[i].layer, cases[i].before, cases[i].after, cases[i].changed_by);
        g_autofree char *got = lines(report->changes);
        assert_string_equal(got, cases[i].lines);
        g_autofree char *summary = gap_diff_summary(report->changes, cases[i].changed_by);
        assert_string_equal(summary, cases[i].summary);
        world_check(&world);
        g_autofree char *source = g_strconcat(cases[i].layer, "/t", NULL);
        assert_true(gap_unload(world.store, source, NULL));
    }
}

/* An outline that gives a tenth of itself away and takes another: both areas, and what differs. */
static void outlines_move_by_their_area(void **state) {
    (void)state;
    g_autoptr(GapLoadReport) report = reload(
        "lakes", "name_en,geom\nL,\"POLYGON((70 40,70.1 40,70.1 40.1,70 40.1,70 40))\"\n",
        "name_en,geom\nL,\"POLYGON((70.01 40,70.11 40,70.11 40.1,70.01 40.1,70.01 40))\"\n", 0);
    assert_int_equal(report->changes->moved, 1);
    // 0.1 x 0.1 degrees at 40 N are 94.8 km2.
    const double before = g_ascii_strtod(gap_table_text(report->changes->rows, 0, 4), NULL);
    const double differ = g_ascii_strtod(gap_table_text(report->changes->rows, 0, 6), NULL);
    assert_near(before, 94.8, 0.1);
    assert_near(differ, before / 5, 0.01);
}

/* The first of each kind are listed, all are counted; a dry run tells the same and changes nothing.
 */
static void few_are_listed_all_are_counted(void **state) {
    (void)state;
    g_autoptr(GString) before = g_string_new(POINTS), after = g_string_new(POINTS);
    for (int i = 0; i < 40; i++) {
        g_string_append_printf(before, "P%02d,point,open,exact,3,70.2,40.5\n", i);
        g_string_append_printf(after, "P%02d,point,open,exact,4,70.2,40.6\n", i + 20);
    }
    GapLoadOptions options = {.diff = {.most = 3}};
    g_autoptr(GapLoadReport) first =
        world_try(&world, "police_points", "t.csv", before->str, &options, NULL);
    g_autofree char *dump = world_dump(&world);
    options.dry_run = true;
    g_autoptr(GapLoadReport) dry =
        world_try(&world, "police_points", "t.csv", after->str, &options, NULL);
    g_autofree char *still = world_dump(&world);
    assert_string_equal(dump, still);
    options.dry_run = false;
    g_autoptr(GapLoadReport) wet =
        world_try(&world, "police_points", "t.csv", after->str, &options, NULL);
    g_autofree char *told = lines(dry->changes), *same = lines(wet->changes);
    assert_string_equal(told, same);
    assert_int_equal(wet->changes->gone, 20);
    assert_int_equal(wet->changes->added, 20);
    assert_int_equal(wet->changes->moved, 20);
    assert_int_equal(wet->changes->figures, 20);
    assert_int_equal(gap_table_rows(wet->changes->rows), 12);
    assert_string_equal(gap_table_text(wet->changes->rows, 0, 1), "P00");
    assert_string_equal(gap_table_text(wet->changes->rows, 3, 1), "P40");
}

/* Former figures are rows of their source like the others. */
static void former_figures_are_compared(void **state) {
    (void)state;
    world_load(&world, "changes", "ch.csv", "old,new,share,on\nO1,A1,1,2020-01-01\n");
    g_autoptr(GapLoadReport) report =
        reload("people", PEOPLE "O1,2015,5,press\n", PEOPLE "O1,2015,6,press\n", 0);
    g_autofree char *got = lines(report->changes);
    assert_string_equal(got, "O1|2015 changed people 5 6 +1 (+20.0 %)\n");
}

static void stores_are_compared(void **state) {
    (void)state;
    World other = world_new(true);
    static const GapDiffOptions all = {.most = -1};
    g_autoptr(GapDiff) same =
        gap_diff((GapDiffOf){world.store, NULL}, (GapDiffOf){other.store, NULL}, &all, NULL);
    g_autofree char *none = lines(same);
    assert_string_equal(none, "");
    world_load(&world, "people", "p.csv", PEOPLE "A1,2015,5,press\n");
    world_load(&other, "people", "q.csv", PEOPLE "A1,2015,6,press\nA2,2015,1,press\n");
    g_autoptr(GString) many = g_string_new(POINTS);
    for (int i = 0; i < 2500; i++) // more than a page
        g_string_append_printf(many, "P%d,point,open,exact,3,70.2,40.5\n", i);
    world_load(&other, "police_points", "many.csv", many->str);
    g_autofree char *before = world_dump(&world), *theirs = world_dump(&other);
    GError *error = NULL;
    g_autoptr(GapDiff) diff =
        gap_diff((GapDiffOf){world.store, NULL}, (GapDiffOf){other.store, NULL}, &all, &error);
    assert_no_error(error);
    assert_int_equal(diff->gone, 1);             // the source people/p
    assert_int_equal(diff->added, 2 + 2500 + 1); // two sources, the points, a figure
    assert_int_equal(diff->figures, 1);
    g_autoptr(GapDiff) one = gap_diff((GapDiffOf){world.store, "people/p"},
                                      (GapDiffOf){other.store, "people/q"}, &all, &error);
    assert_no_error(error);
    g_autofree char *got = lines(one);
    assert_string_equal(got, "A2|2015 added\nA1|2015 changed people 5 6 +1 (+20.0 %)\n");
    g_autofree char *after = world_dump(&world), *still = world_dump(&other);
    assert_string_equal(before, after);
    assert_string_equal(theirs, still);
    world_close(&other);
}

/* A layer that nobody taught how to compare would silently have no differences. */
static void every_layer_can_be_compared(void **state) {
    (void)state;
    for (const GapLayerKind *const *kind = GAP_LAYER_KINDS; *kind; kind++)
        if (!gap_diff_layer((*kind)->name))
            fail_msg("%s", (*kind)->name);
    assert_null(gap_diff_layer("nothing"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_world, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_changed_is_told),
        TEST(outlines_move_by_their_area),
        TEST(few_are_listed_all_are_counted),
        TEST(former_figures_are_compared),
        TEST(stores_are_compared),
        TEST(every_layer_can_be_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
