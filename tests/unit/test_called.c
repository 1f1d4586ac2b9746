// How areas and places are called on a day.
#include "tests/world.h"

#include "layers/called.h"
#include "layers/layers.h"

static World world;

static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_load(&world, "places", "places.csv",
               "code,name_en,name_ru,name_ky,lon,lat\n"
               "p1,Razzakov,Раззаков,Раззаков,70.7,40.5\np2,Bishkek,Бишкек,Бишкек,71.5,40.5\n"
               "p3,Mailuu-Suu,Майлуу-Суу,Майлуу-Суу,70.8,40.6\n");
    world_load(&world, "names", "names.csv",
               "name,code,level,language,until,since,status\n"
               "Isfana,p1,place,en,2022,,\nИсфана,p1,place,ru,2022,,\n"
               "Frunze,p2,place,en,1991-02-05,1926,\nPishpek,p2,place,en,1926-05-12,,\n"
               "Mayli-Say,p3,place,en,,,customary\nNew Mailuu,p3,place,en,,2030-01-01,official\n"
               "Another,p3,place,en,,,\nOld Unit,A1,,en,2000,,\n");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_close(&world);
    return 0;
}

/** The name of the row `code` of a layer on a day. Returns: (transfer full). */
static char *called(const char *layer, const char *code, const char *lang, const char *day,
                    bool customary) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) table = gap_layer_table(world.store, layer, NULL, &error);
    assert_no_error(error);
    g_autoptr(GHashTable) names = gap_called_on(world.store, day, customary, &error);
    assert_no_error(error);
    gap_called_apply(names, table);
    g_autofree char *column = g_strconcat("name_", lang, NULL);
    for (size_t row = 0; row < gap_table_rows(table); row++)
        if (g_str_equal(gap_table_text(table, row, (size_t)gap_table_find(table, "code")), code))
            return g_strdup(gap_table_text(table, row, (size_t)gap_table_find(table, column)));
    fail_msg("no %s in %s", code, layer);
    return NULL;
}

static void places_carry_the_name_of_the_day(void **state) {
    (void)state;
    static const struct {
        const char *layer, *code, *lang, *day;
        bool customary;
        const char *name;
    } cases[] = {
        {"places", "p1", "en", "2017-12-31", false, "Isfana"},
        {"places", "p1", "ru", "2022-12-31", false, "Исфана"},
        {"places", "p1", "en", "2023-01-01", false, "Razzakov"},
        {"places", "p1", "ky", "2017-12-31", false, "Раззаков"}, // no former name in Kyrgyz
        {"places", "p2", "en", "1991-02-05", false, "Frunze"},
        {"places", "p2", "en", "1991-02-06", false, "Bishkek"},
        {"places", "p2", "en", "1926-05-12", false, "Pishpek"},
        {"places", "p2", "en", "1926-05-13", false, "Frunze"},
        {"places", "p2", "en", "1900-01-01", false, "Pishpek"},
        {"places", "p2", "en", NULL, false, "Bishkek"},
        {"places", "p3", "en", "2017-12-31", false, "Mailuu-Suu"},
        {"places", "p3", "en", "2029-12-31", false, "Mailuu-Suu"},
        {"places", "p3", "en", "2030-01-01", false, "New Mailuu"},
        {"places", "p3", "en", "2017-12-31", true, "Mayli-Say"},
        {"places", "p3", "en", "2031-12-31", true, "Mayli-Say"},
        {"places", "p1", "en", "2017-12-31", true, "Isfana"},
        {"municipalities", "A1", "en", "2000-12-31", false, "Old Unit"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name =
            called(cases[i].layer, cases[i].code, cases[i].lang, cases[i].day, cases[i].customary);
        if (g_strcmp0(name, cases[i].name) != 0)
            fail_msg("%s on %s: %s, not %s", cases[i].code, cases[i].day, name, cases[i].name);
    }
}

static void a_site_is_called_as_its_place_or_municipality(void **state) {
    (void)state;
    g_autoptr(GHashTable) names = gap_called_on(world.store, "1999-01-01", false, NULL);
    g_autoptr(GapTable) sites = gap_table_new("sites");
    static const char *const columns[] = {"code", "area", "name_en"};
    static const char *const rows[][3] = {
        {"cell:1", "A1", "Cell"}, {"p1", "A1", "Place"}, {"A1", "A1", "Stranger"}};
    static const char *const want[] = {"Old Unit", "Isfana", "Stranger"};
    for (size_t c = 0; c < 3; c++)
        gap_table_add_column(sites, &(GapColumnSpec){columns[c], GAP_TYPE_TEXT});
    for (size_t r = 0; r < 3; r++) {
        gap_table_add_row(sites);
        for (size_t c = 0; c < 3; c++)
            gap_table_set_text(sites, r, c, rows[r][c]);
    }
    gap_called_apply(names, sites);
    for (size_t r = 0; r < 3; r++)
        assert_string_equal(gap_table_text(sites, r, 2), want[r]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_carry_the_name_of_the_day),
        cmocka_unit_test(a_site_is_called_as_its_place_or_municipality),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
