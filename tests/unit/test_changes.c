#include "tests/world_fixture.h"

#include "geo/base/error.h"
#include "layers/explain.h"
#include "layers/join.h"

#define CHANGES "old,new,share,on,old_name\n"
#define PEOPLE  "area,year,people,basis\n"
#define CRIME   "area,year,offence,count,count_low,count_high,basis\n"

static double people_of(const char *area, int year) {
    g_autofree char *sql =
        g_strdup_printf("SELECT people FROM people WHERE area = '%s' AND year = %d", area, year);
    return world_number(&world, sql);
}

static void fails(const char *layer, const char *text, const char *why) {
    g_autofree char *before = world_dump(&world);
    GError *error = NULL;
    g_autoptr(GapLoadReport) report = world_try(&world, layer, "bad.csv", text, NULL, &error);
    assert_null(report);
    assert_error_says(error, why);
    g_autofree char *after = world_dump(&world);
    assert_string_equal(before, after);
}

/* Figures of a former unit go to the new ones by their shares, to the last person. */
static void sums_are_kept(void **state) {
    (void)state;
    static const struct {
        const char *changes;
        int figure; // of O1; O2 has 1000
        int a1, a2, b1;
    } cases[] = {
        {"O1,A1,1,2020-01-01,\n", 7, 7, -1, -1},
        {"O1,A1,0.5,2020-01-01,\nO1,A2,0.5,2020-01-01,\n", 7, 4, 3, -1},
        {"O1,A1,0.333,2020-01-01,\nO1,A2,0.333,2020-01-01,\nO1,B1,0.334,2020-01-01,\n", 100, 33, 33,
         34},
        {"O1,A1,0.3333333,2020-01-01,\nO1,A2,0.3333333,2020-01-01,\nO1,B1,0.3333333,2020-01-01,\n",
         1, 1, 0, 0},
        {"O1,A1,0.5,2020-01-01,\nO1,A2,0.5,2020-01-01,\nO2,A2,1,2020-01-01,\n", 7, 4, 1003, -1},
        {"O1,A1,0.9,2020-01-01,\nO1,A2,0.1,2020-01-01,\n", 0, 0, 0, -1},
        // A chain: half of O1 went to M, and M became A2 and B1.
        {"O1,A1,0.5,2020-01-01,\nO1,M,0.5,2020-01-01,\nM,A2,0.2,2024-01-01,\nM,B1,0.8,2024-01-01,"
         "\n",
         100, 50, 10, 40},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *changes = g_strconcat(CHANGES, cases[i].changes, NULL);
        world_load(&world, "changes", "ch.csv", changes);
        const bool two = strstr(changes, "O2,") != NULL;
        g_autofree char *people =
            g_strdup_printf(PEOPLE "O1,2015,%d,published\n%s", cases[i].figure,
                            two ? "O2,2015,1000,published\n" : "");
        world_load(&world, "people", "p.csv", people);
        assert_near(people_of("A1", 2015), cases[i].a1, 0);
        assert_near(people_of("A2", 2015), cases[i].a2, 0);
        assert_near(people_of("B1", 2015), cases[i].b1, 0);
        assert_near(world_number(&world, "SELECT sum(people) FROM people"),
                    cases[i].figure + (two ? 1000 : 0), 0);
        // As given, nothing lost.
        assert_near(world_number(&world, "SELECT amount FROM former_figure WHERE area = 'O1'"),
                    cases[i].figure, 0);
        world_check(&world);
        assert_true(gap_unload(world.store, "people/p", NULL));
        assert_near(world_number(&world, "SELECT count(*) FROM people"), 0, 0);
        assert_true(gap_unload(world.store, "changes/ch", NULL));
    }
}

static void a_sum_of_whole_units_is_no_estimate(void **state) {
    (void)state;
    world_load(&world, "changes", "ch.csv",
               CHANGES "O1,A1,1,2020-01-01,\nO2,A1,1,2020-01-01,\nO3,A2,0.4,2020-01-01,\n"
                       "O3,B1,0.6,2020-01-01,\n");
    world_load(&world, "crime", "c.csv",
               CRIME "O1,2015,theft,10,8,15,published\nO2,2015,theft,5,,,published\n"
                     "O3,2015,theft,5,5,6,press\nO3,2016,theft,0,0,1,press\n");
    static const struct {
        const char *area;
        int year, count, low, high;
        const char *basis, *citation;
    } want[] = {
        {"A1", 2015, 15, 13, 20, "reconstructed", "from former units O1 (1), O2 (1)"},
        {"A2", 2015, 2, 2, 2, "estimated", "from former units O3 (0.4)"},
        {"B1", 2015, 3, 3, 4, "estimated", "from former units O3 (0.6)"},
        {"A2", 2016, 0, 0, 0, "estimated", "from former units O3 (0.4)"},
        {"B1", 2016, 0, 0, 1, "estimated", "from former units O3 (0.6)"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        g_autofree char *sql = g_strdup_printf(
            "SELECT count || ' ' || count_low || ' ' || count_high || ' ' || basis || ' ' ||"
            " citation || ' ' || source FROM crime WHERE area = '%s' AND year = %d",
            want[i].area, want[i].year);
        g_autofree char *got = world_text(&world, sql);
        g_autofree char *line =
            g_strdup_printf("%d %d %d %s %s changes/ch", want[i].count, want[i].low, want[i].high,
                            want[i].basis, want[i].citation);
        assert_string_equal(got, line);
    }
    world_check(&world);
}

/* One old unit without a figure: none for the new one, and the others' stays visible. */
static void what_cannot_be_given_is_kept(void **state) {
    (void)state;
    world_load(&world, "changes", "ch.csv",
               CHANGES "O1,A1,0.5,2020-01-01,\nO1,M,0.5,2020-01-01,\nO2,A1,1,2020-01-01,\n"
                       "O3,M,1,2020-01-01,\nM,B1,0.5,2022-01-01,\nM,A2,0.5,2022-01-01,\n");
    world_load(&world, "people", "p.csv", PEOPLE "O1,2015,101,published\n");
    assert_near(world_number(&world, "SELECT count(*) FROM people"), 0, 0);
    static const char rest[] = "SELECT group_concat(area || ' ' || item || ' ' || year || ' '"
                               " || CAST(amount AS INTEGER), ';') FROM (SELECT * FROM unallocated"
                               " WHERE layer = 'changes' ORDER BY area)";
    g_autofree char *kept = world_text(&world, rest);
    assert_string_equal(kept, "A1 people 2015 51;A2 people 2015 50"); // of M, at its first area
    g_autoptr(GapTable) left = gap_join_leftovers(world.store, NULL);
    bool told = false;
    for (size_t r = 0; r < gap_table_rows(left); r++)
        told |= strstr(gap_table_text(left, r, 1), "former units that reach no new one") != NULL;
    assert_true(told);
    world_load(&world, "people", "q.csv", PEOPLE "O2,2015,9,published\nO3,2015,0,published\n");
    g_autofree char *none = world_text(&world, rest);
    assert_null(none);
    assert_near(people_of("A1", 2015), 60, 0);
    assert_near(people_of("A2", 2015) + people_of("B1", 2015), 50, 0);
    world_check(&world);
}

static void a_figure_of_its_own_counts(void **state) {
    (void)state;
    world_load(&world, "changes", "ch.csv",
               CHANGES "O1,M,1,2020-01-01,\nM,A1,1,2022-01-01,\nO2,A2,1,2020-01-01,\n");
    world_load(&world, "people", "p.csv",
               PEOPLE "O1,2015,100,published\nO2,2015,50,published\nA2,2015,70,published\n");
    assert_near(people_of("A1", 2015), 100, 0);
    assert_near(people_of("A2", 2015), 70, 0);
    assert_near(world_number(&world, "SELECT amount FROM derived_part WHERE NOT counts"), 50, 0);
    // One for the unit in the middle stops what comes from before it.
    world_load(&world, "people", "m.csv", PEOPLE "M,2015,120,published\n");
    assert_near(people_of("A1", 2015), 120, 0);
    world_load(&world, "people", "m.csv", PEOPLE "M,2016,120,published\nA1,2015,1,published\n");
    assert_near(people_of("A1", 2015), 1, 0);
    assert_near(people_of("A1", 2016), 120, 0);
    world_check(&world);
}

/* Figures before or after changes, areas of old units before or after: the same store. */
static void order_does_not_matter(void **state) {
    (void)state;
    static const char old_areas[] = "code,level,parent,name_en,boundary_quality,valid_to,geom\n"
                                    "O1,municipality,XX-A,One,official,2019-12-31," BOX_A1 "\n";
    static const struct {
        const char *layer, *file, *text;
    } loads[] = {
        {"boundaries", "old.csv", old_areas},
        {"changes", "ch.csv", CHANGES "O1,A1,0.7,2020-01-01,\nO1,A2,0.3,2020-01-01,\n"},
        {"people", "p.csv", PEOPLE "O1,2015,99,published\n"},
        {"crime", "c.csv", CRIME "O1,2015,theft,11,10,12,published\nA1,2016,theft,3,,,published\n"},
    };
    static const int orders[][4] = {{0, 1, 2, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {0, 2, 1, 3}};
    g_autofree char *first = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        World other = world_new(true);
        for (size_t l = 0; l < 4; l++) {
            const int at = orders[i][l];
            world_load(&other, loads[at].layer, loads[at].file, loads[at].text);
        }
        world_check(&other);
        // Paths are those of the folder.
        world_run(&other, "UPDATE source SET path = name, made_from = ''");
        g_autofree char *dump = world_dump(&other);
        if (first)
            assert_string_equal(dump, first);
        else
            first = g_strdup(dump);
        world_close(&other);
    }
}

/* A former unit that becomes an area takes its figures along, and back. */
static void figures_follow_their_areas(void **state) {
    (void)state;
    world_load(&world, "changes", "ch.csv", CHANGES "O1,A1,1,2020-01-01,\n");
    world_load(&world, "people", "p.csv", PEOPLE "O1,2015,99,published\n");
    world_load(&world, "boundaries", "old.csv",
               "code,level,parent,name_en,boundary_quality,valid_to,geom\n"
               "O1,municipality,XX-A,One,official,2019-12-31," BOX_A1 "\n");
    assert_near(people_of("O1", 2015), 99, 0);
    assert_near(people_of("A1", 2015), 99, 0);
    assert_near(world_number(&world, "SELECT count(*) FROM former_figure"), 0, 0);
    assert_true(gap_unload(world.store, "boundaries/old", NULL));
    assert_near(people_of("O1", 2015), -1, 0);
    assert_near(people_of("A1", 2015), 99, 0);
    assert_near(world_number(&world, "SELECT count(*) FROM former_figure"), 1, 0);
}

static void bad_changes_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *rows, *why;
    } cases[] = {
        {"O1,A1,0.5,2020-01-01,\nO1,A2,0.4,2020-01-01,\n", "'O1' add up to 0.9, not to 1"},
        {"O1,A1,0.6,2020-01-01,\nO1,A2,0.41,2020-01-01,\n", "'O1' add up to 1.01, not to 1"},
        {"O1,A1,0.999998,2020-01-01,\n", "add up to 0.999998"},
        {"O1,O2,1,2020-01-01,\nO2,O1,1,2020-01-01,\n", "go in a circle, O1 -> O2 -> O1"},
        {"O0,O1,1,2020-01-01,\nO1,O2,0.5,2020-01-01,\nO1,A1,0.5,2020-01-01,\nO2,O3,1,2020-01-01,\n"
         "O3,O1,1,2020-01-01,\n",
         "O1 -> O2 -> O3 -> O1"},
        {"A1,A1,1,2020-01-01,\n", "field new, value 'A1': the old unit itself"},
        {"O1,A1,0,2020-01-01,\n", "field share, value '0': nothing goes there"},
        {"O1,A1,-1,2020-01-01,\n", "field share, value '-1'"},
        {"O1,A1,1.5,2020-01-01,\n", "field share, value '1.5'"},
        {"O1,A1,1,yesterday,\n", "field on, value 'yesterday'"},
        {"O1,A9,1,2020-01-01,\n", "row 1: the new unit 'A9' is no area"},
        {",A1,1,2020-01-01,\n", "field old"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(CHANGES, cases[i].rows, NULL);
        fails("changes", text, cases[i].why);
    }
    world_load(&world, "changes", "ch.csv", CHANGES "O1,A1,0.9999995,2020-01-01,\n");
    g_autoptr(GapLoadReport) twice =
        world_try(&world, "changes", "other.csv",
                  CHANGES "O1,A1,1,2020-01-01,\nO2,A1,1,2020-01-01,\n", NULL, NULL);
    assert_int_equal(twice->refused, 1); // it stands in ch already
}

static void unknown_units_are_told(void **state) {
    (void)state;
    fails("people", PEOPLE "O1,2015,5,published\n",
          "value 'O1': no area has this code or name; see 'gapmap export municipalities -o "
          "FILE.csv'; a former unit is known once 'gapmap load changes FILE'");
    world_load(&world, "changes", "ch.csv",
               CHANGES "O1,A1,1,2020-01-01,Ак-Суу\nO2,A1,1,2020-01-01,Middle\n"
                       "O3,A1,1,2020-01-01,Twin\nO4,A1,1,2020-01-01,Twin\n");
    fails("people", PEOPLE "Middle,2015,5,published\n",
          "several bear this name: A2 Middle (municipality, Osh); O2 Middle (municipality, Osh)");
    fails("people", PEOPLE "Twin,2015,5,published\n", "several bear this name: O3 Twin");
    fails("plans", "area,status\nO1,none\n", "value 'O1': no area has this code or name");
    world_load(&world, "people", "p.csv", PEOPLE "АК-СУУ,2015,5,published\nA2,2015,5,published\n");
    assert_near(world_number(&world, "SELECT amount FROM former_figure WHERE area = 'O1'"), 5, 0);
    // Whoever needs the changes holds them.
    GError *error = NULL;
    assert_false(gap_unload(world.store, "changes/ch", &error));
    assert_error_says(error, "figures of O1 of people/p need the changes that name this unit");
    assert_false(gap_unload(world.store, "boundaries/municipalities", &error));
    assert_error_says(error, "the new unit 'A1' is no area");
}

/* A row refused since nobody knew its unit is taken once the changes are there. */
static void refused_rows_are_looked_at_again(void **state) {
    (void)state;
    static const char text[] = PEOPLE "A1,2015,5,published\nO1,2016,7,published\n";
    g_autoptr(GapLoadReport) before = world_try(&world, "people", "p.csv", text, NULL, NULL);
    assert_int_equal(before->refused, 1);
    g_autoptr(GapLoadReport) same = world_try(&world, "people", "p.csv", text, NULL, NULL);
    assert_true(same->unchanged);
    g_usleep(2000); // loads are told apart by the millisecond
    world_load(&world, "changes", "ch.csv", CHANGES "O1,A1,1,2020-01-01,\n");
    g_autoptr(GapLoadReport) after = world_try(&world, "people", "p.csv", text, NULL, NULL);
    assert_false(after->unchanged);
    assert_int_equal(after->refused, 0);
    assert_near(people_of("A1", 2016), 7, 0);
}

static void explain_shows_the_shares(void **state) {
    (void)state;
    world_load(&world, "changes", "ch.csv",
               CHANGES "O1,M,1,2020-01-01,Old One\nM,A1,0.5,2022-01-01,\nM,A2,0.5,2022-01-01,\n");
    world_load(&world, "people", "p.csv", PEOPLE "O1,2015,9,published\n");
    for (size_t part = 0; part < gap_explain_parts(); part++) {
        if (!strstr(gap_explain_title(part), "came from former units"))
            continue;
        g_autoptr(GapTable) table = gap_explain_part(world.store, part, "A1", NULL, NULL);
        assert_int_equal(gap_table_rows(table), 2);
        g_autoptr(GString) got = g_string_new(NULL);
        for (size_t r = 0; r < 2; r++)
            for (size_t c = 0; c < gap_table_columns(table); c++) {
                g_autofree char *cell = gap_table_cell_string(table, r, c);
                g_string_append_printf(got, "%s ", cell ? cell : "-");
            }
        assert_string_equal(got->str, "people people 2015 A1 M - 9 0.5 5 counts "
                                      "people people 2015 M O1 Old One 9 1 9 counts ");
        return;
    }
    fail_msg("nothing explains derived figures");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_world, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(sums_are_kept),
        TEST(a_sum_of_whole_units_is_no_estimate),
        TEST(what_cannot_be_given_is_kept),
        TEST(a_figure_of_its_own_counts),
        TEST(order_does_not_matter),
        TEST(figures_follow_their_areas),
        TEST(bad_changes_are_refused),
        TEST(unknown_units_are_told),
        TEST(refused_rows_are_looked_at_again),
        TEST(explain_shows_the_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
