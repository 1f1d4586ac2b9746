#include "tests/world_fixture.h"

#include "layers/crosswalk.h"

#define PEOPLE "area,year,people,basis\n"

static bool says(const GapLoadReport *report, const char *part) {
    for (guint i = 0; i < report->notes->len; i++)
        if (strstr(report->notes->pdata[i], part))
            return true;
    return false;
}

static GapLoadReport *load(const char *layer, const char *text, const char *crosswalk,
                           const char *where, GError **error) {
    g_autofree char *path = crosswalk ? world_file(&world, "walk.csv", crosswalk, -1) : NULL;
    const GapLoadOptions options = {.crosswalk = path, .where = where};
    return world_try(&world, layer, "x.csv", text, &options, error);
}

static void values_mean_something_else(void **state) {
    (void)state;
    static const struct {
        const char *layer, *text, *crosswalk, *sql, *want, *note;
    } cases[] = {
        // a name that two areas bear, folded; rows that meet nothing are told
        {"people", PEOPLE "osh  Town,2015,7,published\n", "from,to\nOsh town,A1\nSomewhere,A2\n",
         "SELECT area FROM people", "A1",
         "walk.csv: 1 values replaced; 1 of its 2 rows name nothing here: 'Somewhere'"},
        // several areas in one cell, each by its own
        {"claims", "claim,areas,measure,offence,low\nc,west; XX-B,count,all,1\n",
         "from,to,remark\nwest,XX-A,ours\n", "SELECT areas FROM claim", "XX-A;XX-B",
         "walk.csv: 1 values replaced, every row of it used"},
        // one field only, and no field that names no area
        {"people", PEOPLE "A1,2015,7,official\n",
         "field,from,to\nbasis,official,published\nbasis,A1,B1\n,7,8\n",
         "SELECT area || people || basis FROM people", "A17published", "2 of its 3 rows"},
        // nothing is looked up twice
        {"people", PEOPLE "A1,2015,7,published\n", "from,to\nA1,A2\nA2,B1\n",
         "SELECT area FROM people", "A2", "1 of its 2 rows name nothing here: 'A2'"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report =
            load(cases[i].layer, cases[i].text, cases[i].crosswalk, NULL, &error);
        assert_no_error(error);
        assert_int_equal(report->refused, 0);
        g_autofree char *got = world_text(&world, cases[i].sql);
        assert_string_equal(got, cases[i].want);
        if (!says(report, cases[i].note))
            fail_msg("case %zu: no note says %s", i, cases[i].note);
    }
}

static void codes_and_parents_of_boundaries(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLoadReport) report =
        load("boundaries", AREA_HEADER "17,district,9,,,official," BOX_A1 "\n",
             "from,to\n17,D1\n9,XX-A\n", NULL, &error);
    assert_no_error(error);
    assert_true(world_number(&world, "SELECT count(*) FROM area WHERE code = 'D1' AND"
                                     " parent = 'XX-A' AND level = 'district'") == 1);
}

static void a_changed_crosswalk_loads_anew(void **state) {
    (void)state;
    static const char *const to[] = {"A1", "A1", "A2"};
    for (int i = 0; i < 3; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *walk = g_strdup_printf("from,to\nhere,%s\n", to[i]);
        g_autoptr(GapLoadReport) report =
            load("people", PEOPLE "here,2015,7,published\n", walk, NULL, &error);
        assert_no_error(error);
        assert_int_equal(report->unchanged, i == 1);
        g_autofree char *got = world_text(&world, "SELECT area FROM people");
        assert_string_equal(got, to[i]);
    }
}

static void crosswalks_that_cannot_be_used(void **state) {
    (void)state;
    static const struct {
        const char *crosswalk, *says;
    } cases[] = {
        {"old,new\na,b\n", "walk.csv: a crosswalk needs the columns 'from' and 'to'"},
        {"from,to\na,A1\nb,A2\nA,A2\n",
         "walk.csv, row 3, field from, value 'A': means 'A2' here and 'A1' in row 1"},
        {"from,to\n,A1\n", "walk.csv, row 1, field from"},
        {"field,from,to\npoeple,a,A1\n",
         "walk.csv, row 1, field field, value 'poeple': figures of people have no such field"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(
            load("people", PEOPLE "A1,2015,7,published\n", cases[i].crosswalk, NULL, &error));
        assert_error_says(error, cases[i].says);
    }
    const GapLoadOptions options = {.crosswalk = "no/walk.csv"};
    g_autoptr(GError) error = NULL;
    assert_null(
        world_try(&world, "people", "x.csv", PEOPLE "A1,2015,7,published\n", &options, &error));
    assert_error_says(error, "walk.csv");
}

#define LEVELS                                                                                     \
    "area,year,people,basis,kind,Level of it\nA1,2015,7,published,ok,Low\nA2,2015,7,published,ok," \
    "high\nXX-A,2015,,published,bad,low\nB1,2015,7,published,ok,\n"

static void rows_that_count(void **state) {
    (void)state;
    static const struct {
        const char *where;
        gint64 kept, refused, left_out;
        const char *says; // an error where none is kept
    } cases[] = {
        {"level of IT=low", 1, 1, 2, "2 rows left out: not level of IT=low (--where)"},
        {"Level of it = LOW; kind=ok", 1, 0, 3, "3 rows left out"},
        {"kind=ok;Level of it=low;Level of it=high", 2, 0, 2, "2 rows left out"},
        {"Level of it=", 1, 0, 3, "3 rows left out"},
        {"kind=none", 0, 0, 0, "x.csv: has no rows where kind=none; figures of people need"},
        {"sort=ok", 0, 0, 0,
         "--where: %s has no column 'sort'; it has: area, year, people, basis, kind, Level of it"},
        {"kind", 0, 0, 0, "--where: 'kind' is not COLUMN=VALUE"},
        {"=ok", 0, 0, 0, "--where: '=ok' is not COLUMN=VALUE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report = load("people", LEVELS, NULL, cases[i].where, &error);
        if (!cases[i].kept) {
            g_autofree char *path = world_path(&world, "x.csv");
            g_auto(GStrv) parts = g_strsplit(cases[i].says, "%s", 2);
            g_autofree char *want = g_strjoinv(path, parts);
            assert_null(report);
            assert_error_says(error, want);
            continue;
        }
        assert_no_error(error);
        assert_int_equal(report->kept, cases[i].kept);
        assert_int_equal(report->refused, cases[i].refused);
        assert_int_equal(report->left_out, cases[i].left_out);
        assert_true(says(report, cases[i].says));
        world_check(&world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_mean_something_else, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(codes_and_parents_of_boundaries, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_crosswalk_loads_anew, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(crosswalks_that_cannot_be_used, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_count, set_up_world, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
