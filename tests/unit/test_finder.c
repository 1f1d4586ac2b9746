// Cells that name areas and places, as loads find them: by code, by name however it is spelt, by
// what stands beside the name; what was found is on record, and what a person said is remembered.
#include "tests/world_fixture.h"

#include "layers/finder.h"

#define PEOPLE "area,year,people,basis\n"

static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_load(&world, "places", "p.csv",
               "code,name_en,name_ru,name_ky,other_names,lon,lat\n"
               "p1,Kyzyl-Suu,Кызыл-Суу,Кызыл-Суу,Pokrovka|Покровское;Slivkino,70.7,40.5\n"
               "p2,Middle,,,,71.3,40.5\n"
               "A1,Twin,,,,70.2,40.2\n");
    return 0;
}

static bool says(const GapLoadReport *report, const char *part) {
    for (guint i = 0; i < report->notes->len; i++)
        if (strstr(report->notes->pdata[i], part))
            return true;
    return false;
}

/* Loads what can be taken. */
static GapLoadReport *load_some(const char *layer, const char *name, const char *text) {
    GError *error = NULL;
    GapLoadReport *report = world_try(&world, layer, name, text, NULL, &error);
    assert_no_error(error);
    return report;
}

static void a_text_finds_one_area_or_says_which(void **state) {
    (void)state;
    static const struct {
        GapFinderQuestion question;
        GapGazetteerPart part;
        const char *code, *reason; // NULL: refused
    } cases[] = {
        // ---- codes
        {{"XX-A"}, GAP_GAZETTEER_AREAS, "XX-A", NULL},
        {{"01"}, GAP_GAZETTEER_AREAS, "XX-A", NULL},
        {{"p1"}, GAP_GAZETTEER_AREAS, NULL, "no area has this code or name"},
        {{"p1"}, GAP_GAZETTEER_ALL, "p1", NULL},
        {{"A2 Middle (municipality, Osh)"}, GAP_GAZETTEER_AREAS, "A2", NULL},
        {{"A2 Midway (north of Osh)"}, GAP_GAZETTEER_AREAS, NULL, "no area has this code or name"},
        {{"4.17E+13"}, GAP_GAZETTEER_AREAS, NULL, "rounded"},
        // An area goes before a place of its code, unless a place is asked for.
        {{"A1", .level = "place"}, GAP_GAZETTEER_ALL, "A1", NULL},
        // ---- names
        {{"Osh"}, GAP_GAZETTEER_AREAS, NULL, "several bear this name: XX-A Osh (province"},
        {{"Osh", .level = "province"}, GAP_GAZETTEER_AREAS, "XX-A", NULL},
        {{"osh", .level = "municipality"}, GAP_GAZETTEER_AREAS, "A1", NULL},
        {{"Ошская область"}, GAP_GAZETTEER_AREAS, "XX-A", NULL},
        {{"Osh", .province = "XX-A"}, GAP_GAZETTEER_AREAS, "A1", NULL},
        {{"Middle (Osh oblast)"}, GAP_GAZETTEER_AREAS, "A2", NULL},
        {{"Nowhere (Osh oblast)"}, GAP_GAZETTEER_AREAS, NULL, "no area has this code or name"},
        // a kind chooses and does not refuse
        {{"Middle", .kind = "district"}, GAP_GAZETTEER_AREAS, "A2", NULL},
        {{"Osh", .kind = "province"}, GAP_GAZETTEER_AREAS, "XX-A", NULL},
        {{"Osh", .province = "Osh oblast"}, GAP_GAZETTEER_AREAS, "A1", NULL},
        {{"Osh", .province = "East"},
         GAP_GAZETTEER_AREAS,
         NULL,
         "but no part of 'East'); near it: XX-A Osh (province, XX)"},
        {{"MIDDLE"}, GAP_GAZETTEER_AREAS, "A2", NULL},
        {{"Middle"}, GAP_GAZETTEER_ALL, NULL, "several"},
        {{"Middle", .level = "place"}, GAP_GAZETTEER_ALL, "p2", NULL},
        {{"Midle"}, GAP_GAZETTEER_AREAS, "A2", NULL},
        {{"Osh", .level = "district"}, GAP_GAZETTEER_AREAS, NULL, "no area at level district"},
        {{"Pokrovka"}, GAP_GAZETTEER_ALL, "p1", NULL},
        {{"Покровское"}, GAP_GAZETTEER_ALL, "p1", NULL},
        {{"Pokrovka"}, GAP_GAZETTEER_AREAS, NULL, "export municipalities"},
        {{""}, GAP_GAZETTEER_AREAS, NULL, "no area"},
        {{"Robert'); DROP TABLE area;--"}, GAP_GAZETTEER_AREAS, NULL, "no area"},
    };
    g_autoptr(GapAreas) areas = gap_areas_new(world.store, NULL);
    g_autoptr(GapFinder) finder = gap_finder_new(world.store, areas);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *reason = NULL;
        const char *bearer;
        const char *code =
            gap_finder_find(finder, cases[i].part, &cases[i].question, &bearer, &reason);
        if (g_strcmp0(code, cases[i].code))
            fail_msg("case %zu, '%s' is %s: %s", i, cases[i].question.text, code, reason);
        assert_int_equal(reason != NULL, code == NULL);
        if (reason && !strstr(reason, cases[i].reason))
            fail_msg("case %zu, '%s': '%s'", i, cases[i].question.text, reason);
    }
    double lon, lat;
    assert_true(gap_finder_point(finder, "p1", &lon, &lat));
    assert_true(lon == 70.7 && lat == 40.5);
    assert_false(gap_finder_point(finder, "B1", &lon, &lat));
}

static void a_store_without_areas_says_so(void **state) {
    (void)state;
    World bare = world_empty();
    world_open(&bare);
    g_autoptr(GapAreas) areas = gap_areas_new(bare.store, NULL);
    GapFinder *finder = gap_finder_new(bare.store, areas);
    const GapFinderQuestion question = {"Osh"};
    g_autofree char *reason = NULL;
    const char *bearer;
    assert_null(gap_finder_find(finder, GAP_GAZETTEER_AREAS, &question, &bearer, &reason));
    assert_non_null(strstr(reason, "load boundaries"));
    gap_finder_free(finder);
    world_close(&bare);
}

/* ---- in loads */

static void names_are_matched_and_on_record(void **state) {
    (void)state;
    GapLoadReport *report = load_some("people", "n.csv",
                                      "oblast,area,year,people,basis\n"
                                      "Ошская обл.,Midle,2015,5,published\n"
                                      "Ошская обл.,Midle,2016,6,published\n"
                                      "Osh,Osh,2015,7,published\n"
                                      ",B1,2015,8,published\n"
                                      "Osh,Whole,2015,9,published\n");
    assert_int_equal(report->kept, 4);
    assert_int_equal(report->refused, 1); // Whole lies in the other province
    assert_true(says(
        report, "names spelt otherwise (1): 'Midle' is A2 (same sound, spelt otherwise, in Osh"));
    gap_load_report_free(report);
    g_autofree char *record = world_text(
        &world, "SELECT group_concat(name || '|' || province || '|' || code || '|' || how || '|' ||"
                " bearer || '|' || rows, ' ') FROM (SELECT * FROM name_match ORDER BY name)");
    assert_string_equal(record, "Midle|Ошская обл.|A2|matched|area|2 Osh|Osh|A1|matched|area|1");
    assert_true(gap_unload(world.store, "people/n", NULL));
    assert_true(world_number(&world, "SELECT count(*) FROM name_match") == 0);
}

static void a_heading_says_what_it_lists(void **state) {
    (void)state;
    gap_load_report_free(
        load_some("people", "h.csv", "область,year,people,basis\nOsh,2015,5,published\n"));
    g_autofree char *code = world_text(&world, "SELECT area FROM people");
    assert_string_equal(code, "XX-A");
    // A level that is none helps to find nothing, and refuses nothing.
    gap_load_report_free(load_some("people", "v.csv",
                                   "level,area,year,people,basis\ncountry,XX,2015,9,published\n"
                                   "village,A2,2015,5,published\n"));
    assert_true(world_number(&world, "SELECT count(*) FROM people WHERE area IN ('XX', 'A2')") ==
                2);
    const GapLoadOptions set = {.set = "level=municipality"};
    GError *error = NULL;
    gap_load_report_free(
        world_try(&world, "people", "s.csv", PEOPLE "Osh,2015,5,published\n", &set, &error));
    assert_no_error(error);
    assert_true(world_number(&world, "SELECT count(*) FROM people WHERE area = 'A1'") == 1);
}

/* A crosswalk is a person's word: from then on the name is one of the area's. */
static void what_a_crosswalk_said_is_remembered(void **state) {
    (void)state;
    GError *error = NULL;
    assert_null(world_try(&world, "people", "a.csv", PEOPLE "Zentrum,2015,5,published\n",
                          &(GapLoadOptions){NULL}, &error));
    assert_non_null(error);
    g_clear_error(&error);
    g_autofree char *path = world_file(&world, "review.csv",
                                       "from,district,province,to,rows\nZentrum,,,A2,1\nOsh,,East,"
                                       "B1,1\nOsh,,Osh,A1,1\nNobody,,,,1\n",
                                       -1);
    const GapLoadOptions options = {.crosswalk = path};
    GapLoadReport *report = world_try(
        &world, "people", "a.csv",
        "province,area,year,people,basis\n,Zentrum,2015,5,published\nEast,osh,2015,6,published\n"
        "Osh,OSH,2015,7,published\n",
        &options, &error);
    assert_no_error(error);
    assert_int_equal(report->kept, 3);
    assert_true(says(report, "1 rows have no 'to' yet"));
    gap_load_report_free(report);
    g_autofree char *figures = world_text(
        &world, "SELECT group_concat(area || people) FROM (SELECT * FROM people ORDER BY area)");
    assert_string_equal(figures, "A17,A25,B16");
    // Another load, without the crosswalk.
    report = load_some("people", "b.csv", PEOPLE "Zentrum,2016,5,published\n");
    assert_int_equal(report->kept, 1);
    gap_load_report_free(report);
    assert_true(
        world_number(&world, "SELECT count(*) FROM people WHERE area = 'A2' AND year = 2016") == 1);
    // A year later it goes by the same name, and with its source the memory goes.
    assert_true(gap_unload(world.store, "people/b", NULL));
    assert_true(gap_unload(world.store, "people/a", NULL));
    assert_null(world_try(&world, "people", "b.csv", PEOPLE "Zentrum,2016,5,published\n",
                          &(GapLoadOptions){NULL}, &error));
    g_clear_error(&error);
}

/* By a field of its own, or a whole candidate: what was found is remembered all the same. */
static void a_crosswalk_tells_in_every_form(void **state) {
    (void)state;
    static const char *const walks[] = {
        "field,from,to\narea,Zentrum,A2\n",
        "from,to\nZentrum,\"A2 Middle (municipality, Osh)\"\n",
        "field,from,province,to\narea,Zentrum,,A2\n",
        "from,to\nZentrum,Midle\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(walks); i++) {
        g_autofree char *path = world_file(&world, "walk.csv", walks[i], -1);
        const GapLoadOptions options = {.crosswalk = path};
        GError *error = NULL;
        gap_load_report_free(world_try(&world, "people", "a.csv",
                                       PEOPLE "Zentrum,2015,5,published\n", &options, &error));
        assert_no_error(error);
        g_autofree char *said = world_text(
            &world, "SELECT code || bearer FROM name_match WHERE name = 'Zentrum' AND how ="
                    " 'crosswalk'");
        assert_string_equal(said, "A2area");
        assert_true(gap_unload(world.store, "people/a", NULL));
    }
}

/* An area and a place of one code: each keeps its own name. */
static void codes_alike_are_told_apart(void **state) {
    (void)state;
    gap_load_report_free(
        load_some("names", "n.csv", "name,code,level\nZwilling,Twin,\nOrt,A1,place\nGebiet,A1,\n"));
    g_autofree char *bearers = world_text(
        &world, "SELECT group_concat(name || bearer) FROM (SELECT * FROM known_name ORDER BY row)");
    assert_string_equal(bearers, "Zwillingplace,Ortplace,Gebietarea");
}

/* What a source is judged by may change under it. */
static void loads_follow_what_they_name(void **state) {
    (void)state;
    const char *points = "code,kind,status,precision,place\nP1,station,open,settlement,p1\n"
                         "P2,station,open,settlement,Late\n";
    GapLoadReport *report = load_some("police_points", "l.csv", points);
    assert_int_equal(report->refused, 1);
    gap_load_report_free(report);
    gap_load_report_free(
        load_some("places", "late.csv", "code,name_en,lon,lat\np9,Late,71.5,40.5\n"));
    report = load_some("police_points", "l.csv", points);
    assert_false(report->unchanged);
    assert_int_equal(report->refused, 0);
    gap_load_report_free(report);
    gap_load_report_free(
        load_some("places", "late.csv", "code,name_en,lon,lat\np9,Late,71.7,40.5\n"));
    report = load_some("police_points", "l.csv", points);
    assert_false(report->unchanged);
    gap_load_report_free(report);
    assert_true(world_number(&world, "SELECT X(geom) FROM police_point WHERE code = 'P2'") == 71.7);
    report = load_some("police_points", "l.csv", points);
    assert_true(report->unchanged);
    gap_load_report_free(report);
}

static void other_names_are_a_layer(void **state) {
    (void)state;
    GapLoadReport *report = load_some("names", "names.csv",
                                      "from,to,language,until,note\n"
                                      "Przhevalsk,A2,en,1992,\n"
                                      "Пржевальск,A2,ru,1992-12-31,\n"
                                      "Old Village,p1,en,,\n"
                                      "Nowhere,A9,en,,\n"
                                      "Once,A2,en,long ago,\n"
                                      "Later,A2,en,31.12.1995,\n"
                                      "Undecided,,en,,\n"
                                      "Twin,A1,en,,by area\nWhole,A2,en,,of another\n");
    assert_int_equal(report->kept, 6);
    assert_int_equal(report->refused, 2);
    assert_true(says(report, "1 names are also the own names of others, such as 'Whole' of A2, "
                             "which is that of B1"));
    assert_int_equal(report->left_out, 1);
    gap_load_report_free(report);
    g_autofree char *until =
        world_text(&world, "SELECT until FROM known_name WHERE name = 'Later'");
    assert_string_equal(until, "1995-12-31");
    g_autofree char *bearers = world_text(
        &world, "SELECT group_concat(code || bearer) FROM (SELECT * FROM known_name ORDER BY row)");
    assert_string_equal(bearers, "A2area,A2area,p1place,A2area,A1area,A2area");
    report = load_some("people", "o.csv", PEOPLE "Przhevalsk,2015,5,published\n");
    assert_int_equal(report->kept, 1);
    gap_load_report_free(report);
    g_autofree char *reason = world_text(&world, "SELECT reason FROM name_match");
    assert_string_equal(reason, "same key as its name until 1992 'Przhevalsk'");
    // The names stay when the boundaries come anew, though nothing holds these back.
    assert_true(gap_unload(world.store, "people/o", NULL));
    assert_true(gap_unload(world.store, "names/names", NULL));
    assert_true(world_number(&world, "SELECT count(*) FROM known_name") == 0);
}

/* A police list with names and no coordinates. */
static void points_stand_at_the_place_that_they_name(void **state) {
    (void)state;
    GapLoadReport *report = load_some("police_points", "l.csv",
                                      "code,kind,status,precision,село,lon,lat\n"
                                      "P1,station,open,exact,с. Кызыл суу,,\n"
                                      "P2,station,open,exact,Покровка,70.1,40.1\n"
                                      "P3,station,open,assumed,Slivkino,,\n"
                                      "P4,station,open,exact,Atlantis,,\n"
                                      "P5,station,open,exact,,,\n");
    assert_int_equal(report->kept, 3);
    assert_int_equal(report->refused, 2);
    assert_true(says(report, "2 rows without a point stand at the place that they name"));
    gap_load_report_free(report);
    g_autofree char *points = world_text(
        &world, "SELECT group_concat(code || ' ' || precision || ' ' || round(X(geom), 1) || ' ' ||"
                " area, ',') FROM (SELECT * FROM police_point ORDER BY code)");
    assert_string_equal(points, "P1 settlement 70.7 A2,P2 exact 70.1 A1,P3 assumed 70.7 A2");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_text_finds_one_area_or_says_which), TEST(a_store_without_areas_says_so),
        TEST(names_are_matched_and_on_record),     TEST(a_heading_says_what_it_lists),
        TEST(what_a_crosswalk_said_is_remembered), TEST(other_names_are_a_layer),
        TEST(a_crosswalk_tells_in_every_form),     TEST(codes_alike_are_told_apart),
        TEST(loads_follow_what_they_name),         TEST(points_stand_at_the_place_that_they_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
