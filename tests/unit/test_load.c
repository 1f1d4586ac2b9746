#include "tests/world_fixture.h"

#include "geo/base/error.h"
#include "layers/areas.h"
#include "layers/export.h"
#include "layers/layers.h"

#define POINT_HEADER  "code,kind,status,precision,lon,lat\n"
#define POINT_GOOD    "P1,station,open,exact,70.1,40.1\n"
#define PEOPLE_HEADER "area,year,people,basis\n"
#define PEOPLE_GOOD   "XX-B,2015,1000,published\n"
#define CRIME_HEADER  "area,year,offence,count,count_low,count_high,basis\n"
#define CRIME_GOOD    "XX-B,2017,all_registered,10,,,published\n"

/* ---- files that cannot be used at all */

static void files_that_are_no_such_layer(void **state) {
    (void)state;
    static const struct {
        const char *layer, *text, *says;
        GapLoadOptions options;
    } cases[] = {
        {"people", "", "x.csv: ", {NULL}},
        {"people",
         PEOPLE_HEADER,
         "x.csv: has no rows; figures of people need at least one",
         {NULL}},
        {"people",
         "aera,year,people,basis\nXX-B,2015,1,published\n",
         "x.csv: no column 'area' (code or name of a loaded area); did you mean 'aera'? It has: "
         "aera, year, people, basis. Say which with --columns \"area=COLUMN\"",
         {NULL}},
        {"people",
         "a,b\n1,2\n",
         "x.csv: no column 'area' (code or name of a loaded area); it has: "
         "a, b. Say which",
         {NULL}},
        {"people",
         "area,year,people,basis\nXX-B,2015,\xff,published\n",
         "x.csv, row 1, field people",
         {NULL}},
        {"people",
         PEOPLE_HEADER PEOPLE_GOOD,
         "--columns: people has no field 'peopel'; did you "
         "mean 'people'?",
         {.columns = "peopel=people"}},
        {"people",
         PEOPLE_HEADER PEOPLE_GOOD,
         "no column 'inhabitants' for field 'people'; it has:",
         {.columns = "people=inhabitants"}},
        {"people",
         PEOPLE_HEADER PEOPLE_GOOD,
         "--set: 'basis' is not FIELD=VALUE",
         {.set = "basis"}},
        {"people",
         PEOPLE_HEADER PEOPLE_GOOD,
         "--set: people has no field 'bais'; did you mean "
         "'basis'?",
         {.set = "bais=press"}},
        {"people",
         PEOPLE_HEADER "XX-B,2015,-1,published\n",
         "x.csv, row 1, field people, value '-1': negative; leave it empty where it is not known "
         "(1 of 1 rows refused; nothing was loaded)",
         {NULL}},
        {"people",
         PEOPLE_HEADER PEOPLE_GOOD "XX-A,2015,x,published\n",
         "x.csv, row 2, field people, value 'x': not known ('x'); people is required",
         {.strict = true}},
    };
    g_autofree char *before = world_dump(&world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report =
            world_try(&world, cases[i].layer, "x.csv", cases[i].text, &cases[i].options, &error);
        if (report)
            fail_msg("taken: %s", cases[i].text);
        assert_error_says(error, cases[i].says);
    }
    g_autoptr(GError) error = NULL;
    const GapLoadOptions plain = {NULL};
    g_autofree char *path = world_path(&world, "missing.csv");
    assert_null(gap_load(world.store, gap_layer_kind("people"), path, &plain, &error));
    assert_error_says(error, "missing.csv: ");
    g_autofree char *after = world_dump(&world);
    assert_string_equal(before, after);
}

/* ---- rows that are refused, one at a time beside one that is good */

static const struct {
    const char *layer, *header, *good, *bad, *field, *value, *says;
} REFUSED[] = {
#define PEOPLE(bad, field, value, says)                                                            \
    { "people", PEOPLE_HEADER, PEOPLE_GOOD, bad, field, value, says }
    PEOPLE("XX-A,2015,many,published", "people", "many",
           "not a number; write digits alone, such as 1234.5"),
    PEOPLE("XX-A,2015,\"1,000\",published", "people", "1,000",
           "could be 1000 or 1; say with --decimal"),
    PEOPLE("XX-A,2015,nan,published", "people", "nan", "not a number"),
    PEOPLE("XX-A,2015,-5,published", "people", "-5", "negative; leave it empty"),
    PEOPLE("XX-A,2015,1.5,published", "people", "1.5", "not a whole number"),
    PEOPLE("XX-A,2015,1e30,published", "people", "1e30", "not within 0 to 1000000000"),
    PEOPLE("XX-A,2015,,published", "people", NULL, "empty; people is required"),
    PEOPLE("XX-A,15,5,published", "year", "15", "not within 1900 to 2200"),
    PEOPLE("XX-A,2015,5,publishd", "basis", "publishd", "did you mean 'published'? Known: "),
    PEOPLE("XX-A,2015,5,qqqqqqq", "basis", "qqqqqqq", "not one of published, reconstructed"),
    PEOPLE(",2015,5,published", "area", NULL, "empty; area is required"),
    PEOPLE("Nowhere,2015,5,published", "area", "Nowhere",
           "no area has this code or name; see 'gapmap export municipalities"),
    // "Osh" is a province and a town in it, as in life.
    PEOPLE("Osh,2015,5,published", "area", "Osh",
           "several bear this name: XX-A Osh (province, XX); A1 Osh (municipality, Osh)"),
    PEOPLE("XX-B,2015,7,published", "area,year", "XX-B|2015", "stands already in row 1"),
    PEOPLE("East,2015,7,published", "area,year", "XX-B|2015", "stands already in row 1"),
#define CRIME(bad, field, value, says)                                                             \
    { "crime", CRIME_HEADER, CRIME_GOOD, bad, field, value, says }
    CRIME("XX-A,2017,theft,x,,,published", "count", "x", "not known ('x'); count is required"),
    CRIME("XX-A,2017,theft,5,6,,published", "count_low", "6", "greater than count, 5"),
    CRIME("XX-A,2017,theft,5,,4,published", "count", "5", "greater than count_high, 4"),
#define POINT(bad, field, value, says)                                                             \
    {                                                                                              \
        "police_points", "code,kind,status,opened,closed_on,precision,lon,lat\n",                  \
            "P1,station,open,,,exact,70.1,40.1\n", bad, field, value, says                         \
    }
    POINT("P2,staton,open,,,exact,70,40", "kind", "staton", "did you mean 'station'?"),
    POINT("P2,station,open,31.12.17,,exact,70,40", "opened", "31.12.17",
          "a year of two digits; write YYYY-MM-DD"),
    POINT("P2,station,open,2017-02-29,,exact,70,40", "opened", "2017-02-29", "not a date"),
    POINT("P2,station,closed,2017-01-02,2017-01-01,exact,70,40", "opened", "2017-01-02",
          "greater than closed_on, 2017-01-01"),
    POINT("P2,station,open,,,exact,40,70", "geometry", "40.00000 70.00000",
          "longitude and latitude seem to be swapped"),
    POINT("P2,station,open,,,exact,73,40", "geometry", "73.00000 40.00000",
          "outside the country; check the coordinates (longitude, latitude)"),
    POINT("P2,station,open,,,exact,70,91", "lat", "91", "not within -90 to 90"),
    POINT("P2,station,open,,,exact,east,40", "lon", "east", "not an angle"),
    POINT("P2,station,open,,,exact,,40", "lon", NULL, "empty; lon is required"),
    POINT("P1,station,open,,,exact,70,40", "code", "P1", "stands already in row 1"),
    POINT(",station,open,,,exact,70,40", "code", NULL, "empty; code is required"),
#define AREA(bad, field, value, says)                                                              \
    {                                                                                              \
        "boundaries", AREA_HEADER, "C1,municipality,XX-B,,C,official," BOX_B "\n", bad, field,     \
            value, says                                                                            \
    }
    AREA("A1,municipality,XX-B,,D,official," BOX_B, "code", "A1",
         "stands already in source boundaries/municipalities; unload that first"),
    AREA("XX,municipality,XX-B,,D,official," BOX_B, "code", "XX",
         "stands already in source boundaries/provinces"),
    AREA("C1,municipality,XX-B,,D,official," BOX_B, "code", "C1", "stands already in row 1"),
    AREA("C2,municipality,C2,,D,official," BOX_B, "parent", "C2", "an area is no part of itself"),
    AREA("C2,town,XX-B,,D,official," BOX_B, "level", "town", "not one of province, district"),
    AREA("C2,municipality,XX-B,,D,official,POINT(71 40)", "geometry", "point",
         "boundaries need polygons; give a layer of polygons"),
    AREA("C2,municipality,XX-B,,D,official,", "geometry", NULL, "has no geometry"),
#define PLAN(bad, field, value, says)                                                              \
    {                                                                                              \
        "plans", "area,status,valid_from,valid_to,local_share\n", "A1,none,,,\n", bad, field,      \
            value, says                                                                            \
    }
    PLAN("A1,endorsed,2017-12-31,2016-01-01,", "valid_from", "2017-12-31",
         "greater than valid_to, 2016-01-01"),
    PLAN("A1,endorsed,,,50", "local_share", "50", "not within 0 to 1"),
    PLAN("A1,endorst,,,", "status", "endorst", "did you mean 'endorsed'?"),
    {"claims", "claim,areas,measure,offence,year,low,high\n", "c,XX-A,share,all,,1,\n",
     "d,XX-A,share,all,,,", "low", NULL, "empty, and so is high; one of them is required"},
    {"claims", "claim,areas,measure,offence,year,low,high\n", "c,XX-A,share,all,,1,\n",
     "d,XX-A,share,all,,3,2", "low", "3", "greater than high, 2"},
};

static void refused_rows_are_named_and_kept_on_record(void **state) {
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        g_autofree char *text =
            g_strconcat(REFUSED[i].header, REFUSED[i].good, REFUSED[i].bad, "\n", NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report =
            world_try(&world, REFUSED[i].layer, "x.csv", text, NULL, &error);
        assert_no_error(error);
        if (report->refused != 1 || report->kept != 1)
            fail_msg("kept %d, refused %d: %s", (int)report->kept, (int)report->refused, text);
        assert_int_equal(report->read, report->kept + report->refused);
        const GapRefusal *refusal = g_ptr_array_index(report->refusals, 0);
        if (refusal->row != 2 || g_strcmp0(refusal->field, REFUSED[i].field) ||
            g_strcmp0(refusal->value, REFUSED[i].value) ||
            !strstr(refusal->reason, REFUSED[i].says))
            fail_msg("row %d, field %s, value '%s': %s; for %s", (int)refusal->row, refusal->field,
                     refusal->value, refusal->reason, REFUSED[i].bad);
        assert_true(world_number(&world, "SELECT count(*) FROM refused WHERE row = 2") == 1);
        world_check(&world);
        g_autofree char *id = g_strdup_printf("%s/x", REFUSED[i].layer);
        gap_unload(world.store, id, &error);
        assert_no_error(error);
        assert_true(world_number(&world, "SELECT count(*) FROM refused") == 0);
    }
}

static void codes_of_other_sources_are_refused(void **state) {
    (void)state;
    world_load(&world, "police_points", "a.csv", POINT_HEADER POINT_GOOD);
    world_load(&world, "people", "p.csv", PEOPLE_HEADER PEOPLE_GOOD);
    g_autoptr(GError) error = NULL;
    assert_null(world_try(&world, "police_points", "b.csv", POINT_HEADER POINT_GOOD, NULL, &error));
    assert_error_says(error, "b.csv, row 1, field code, value 'P1': stands already in source "
                             "police_points/a; unload that first");
    assert_null(world_try(&world, "people", "q.csv", PEOPLE_HEADER PEOPLE_GOOD, NULL, &error));
    assert_error_says(error, "stands already in source people/p");
}

/* A point layer takes points from any format, and nothing else. */
static void geometry_must_fit_the_layer(void **state) {
    (void)state;
#define FEATURE(geometry)                                                                          \
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"         \
    "\"code\":\"P1\",\"kind\":\"point\",\"status\":\"open\",\"precision\":\"exact\"},"             \
    "\"geometry\":" geometry "}]}"
    static const struct {
        const char *text, *says; // NULL: taken
    } cases[] = {
        {FEATURE("{\"type\":\"Point\",\"coordinates\":[70.5,40.5]}"), NULL},
        {FEATURE("{\"type\":\"MultiPoint\",\"coordinates\":[[70.5,40.5]]}"), NULL},
        {FEATURE("{\"type\":\"MultiPoint\",\"coordinates\":[[70.5,40.5],[70.6,40.5]]}"),
         "x.geojson, row 1, field geometry, value '2 points': police points need one point each"},
        {FEATURE("{\"type\":\"LineString\",\"coordinates\":[[70.5,40.5],[70.6,40.5]]}"),
         "value 'line': police points need one point each; give a layer of points"},
        {FEATURE("{\"type\":\"Polygon\",\"coordinates\":[[[70,40],[71,40],[71,41],[70,40]]]}"),
         NULL}, // its inner point
        {FEATURE("null"), "field geometry: has no geometry"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report =
            world_try(&world, "police_points", "x.geojson", cases[i].text, NULL, &error);
        if (cases[i].says)
            assert_error_says(error, cases[i].says);
        else
            assert_no_error(error);
    }
}

/* ---- sources: replaced, unchanged, taken out */

static void a_source_replaces_its_own_rows_and_no_other(void **state) {
    (void)state;
    world_load(&world, "police_points", "a.csv", POINT_HEADER POINT_GOOD);
    world_load(&world, "police_points", "b.csv", POINT_HEADER "P2,point,open,exact,71.5,40.5\n");
    world_load(&world, "police_points", "a.csv",
               POINT_HEADER "P3,point,open,exact,70.7,40.5\nP4,point,open,exact,70.8,40.5\n");
    g_autofree char *codes = world_text(
        &world, "SELECT group_concat(code) FROM (SELECT code FROM police_point ORDER BY code)");
    assert_string_equal(codes, "P2,P3,P4");
    g_autofree char *before = world_dump(&world);
    // A load that fails leaves what was there.
    g_autoptr(GError) error = NULL;
    assert_null(world_try(&world, "police_points", "a.csv",
                          POINT_HEADER "P2,point,open,exact,70.7,40.5\n", NULL, &error));
    g_autofree char *after = world_dump(&world);
    assert_string_equal(before, after);
}

static void titles_are_kept_by_language(void **state) {
    (void)state;
    GError *error = NULL;
    GapLoadOptions options = {.title = "press",
                              .title_ky = "басма сөз",
                              .title_ru = "пресса",
                              .licence = "CC0",
                              .vintage = "2017"};
    static const char *const facts[][2] = {{"sources", "press (CC0, 2017)"},
                                           {"sources_ky", "басма сөз (CC0, 2017)"},
                                           {"sources_ru", "пресса (CC0, 2017)"},
                                           {"sources_en", "press (CC0, 2017)"}};
    for (int round = 0; round < 3; round++) {
        // Titles alone change; then only one language has any.
        if (round == 1)
            options.title_ru = "газеты";
        if (round == 2)
            options.title = options.title_ky = NULL;
        g_autoptr(GapLoadReport) report =
            world_try(&world, "police_points", "a.csv", POINT_HEADER POINT_GOOD, &options, &error);
        assert_no_error(error);
        assert_false(report->unchanged);
        g_autoptr(GHashTable) known = gap_layer_facts(world.store, NULL, &error);
        assert_no_error(error);
        for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
            const char *want =
                round == 2 || (round == 1 && i == 2) ? "газеты (CC0, 2017)" : facts[i][1];
            const char *got = g_hash_table_lookup(known, facts[i][0]);
            assert_non_null(strstr(got, want));
        }
    }
    g_autoptr(GapLoadReport) again =
        world_try(&world, "police_points", "a.csv", POINT_HEADER POINT_GOOD, &options, &error);
    assert_true(again->unchanged);
    g_autoptr(GapTable) sources = gap_layer_table(world.store, "sources", NULL, &error);
    size_t row = gap_table_rows(sources) - 1;
    int at = gap_table_find(sources, "title_ru");
    assert_string_equal(gap_table_text(sources, row, (size_t)at), "газеты");
}

static void loading_again_changes_nothing(void **state) {
    (void)state;
    const char *text = PEOPLE_HEADER PEOPLE_GOOD "XX-A,2015,x,published\n";
    for (int i = 0; i < 2; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report = world_try(&world, "people", "p.csv", text, NULL, &error);
        assert_no_error(error);
        assert_int_equal(report->unchanged, i == 1);
        assert_int_equal(report->read, 2);
        assert_int_equal(report->kept, 1);
        assert_int_equal(report->refused, 1);
    }
    const GapLoadOptions other = {.vintage = "2015"};
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLoadReport) report = world_try(&world, "people", "p.csv", text, &other, &error);
    assert_false(report->unchanged);
    // Other boundaries judge rows otherwise.
    world_load(&world, "boundaries", "more.csv",
               AREA_HEADER "D,district,XX-A,,D,official," BOX_A1 "\n");
    g_autoptr(GapLoadReport) again = world_try(&world, "people", "p.csv", text, &other, &error);
    assert_false(again->unchanged);
}

static void unloading_says_what_stands_in_the_way(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    world_load(&world, "people", "p.csv", PEOPLE_HEADER "A1,2015,10,published\n");
    world_load(&world, "police_points", "a.csv", POINT_HEADER POINT_GOOD);
    g_autofree char *before = world_dump(&world);
    static const struct {
        const char *name;
        int code;
        const char *says;
    } cases[] = {
        {"nothing", GAP_ERROR_USAGE,
         "no source 'nothing'; loaded: boundaries/municipalities, boundaries/provinces, "
         "people/p, police_points/a"},
        {"boundaries/municipalities", GAP_ERROR_INPUT,
         "rows of 'people' need rows of 'area' that would be gone: load or unload those first; "
         "nothing was changed"},
        {"provinces", GAP_ERROR_INPUT,
         "area A1: its parent XX-A is not there; load from the level "
         "above down, unload from below up; nothing was changed"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_false(gap_unload(world.store, cases[i].name, &error));
        assert_int_equal(error->code, cases[i].code);
        assert_error_says(error, cases[i].says);
        g_autofree char *after = world_dump(&world);
        assert_string_equal(before, after);
    }
    // Points are joined again: they do not hold areas.
    gap_unload(world.store, "p", &error);
    assert_no_error(error);
    gap_unload(world.store, "municipalities", &error);
    assert_no_error(error);
    g_autofree char *area = world_text(&world, "SELECT area FROM police_point");
    assert_string_equal(area, "XX-A");
    world_check(&world);
}

/* Boundaries change: results of areas that are gone go with them, others stay. */
static void results_of_areas_that_are_gone_go_with_them(void **state) {
    (void)state;
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('XX-B', 2015, 10)");
    world_run(&world, "INSERT INTO demand (area, people, basis) VALUES ('B1', 10, 'unplaced')");
    world_load(&world, "boundaries", "provinces.csv", PROVINCES "\n");
    assert_true(world_number(&world, "SELECT count(*) FROM demand") == 1);
    world_load(&world, "boundaries", "municipalities.csv",
               AREA_HEADER "A1,municipality,XX-A,,Osh,official," BOX_A1 "\n");
    assert_true(world_number(&world, "SELECT count(*) FROM demand") == 0);
    assert_true(world_number(&world, "SELECT count(*) FROM demand_model") == 0);
    world_check(&world);
}

static void a_country_has_the_names_that_were_given(void **state) {
    (void)state;
    const GapLoadOptions named = {.country = "XX; Икс; ; The X"};
    const GapLoadOptions wrong = {.country = "YY; a; b; c"};
    g_autoptr(GError) error = NULL;
    assert_null(world_try(&world, "boundaries", "provinces.csv", PROVINCES, &wrong, &error));
    assert_error_says(error, "--country: no province loaded has the parent 'YY'");
    g_autoptr(GapLoadReport) report =
        world_try(&world, "boundaries", "provinces.csv", PROVINCES, &named, &error);
    assert_no_error(error);
    static const char *const names =
        "SELECT name_ky || coalesce(name_ru, '-') || name_en FROM area WHERE code = 'XX'";
    g_autofree char *name = world_text(&world, names);
    assert_string_equal(name, "Икс-The X");
    g_autofree char *found =
        world_text(&world, "SELECT group_concat(name) FROM area_name WHERE area = 'XX'");
    assert_non_null(strstr(found, "The X"));
    // Without them again it has none.
    world_load(&world, "boundaries", "provinces.csv", PROVINCES);
    assert_true(world_number(&world, "SELECT count(*) FROM area_name WHERE area = 'XX'") == 0);
    g_autofree char *none = world_text(&world, names);
    assert_null(none);
}

/* ---- what belongs together may come from several files */

static void the_rest_of_a_total_does_not_depend_on_the_order(void **state) {
    (void)state;
    static const char *const whole = CRIME_HEADER "XX,2017,homicide,12,,,published\n";
    static const char *const parts =
        CRIME_HEADER "XX-A,2017,homicide,5,,,published\nXX-B,2017,homicide,6,,,published\n";
    g_autofree char *first = NULL;
    for (int i = 0; i < 2; i++) {
        world_load(&world, "crime", i ? "whole.csv" : "parts.csv", i ? whole : parts);
        world_load(&world, "crime", i ? "parts.csv" : "whole.csv", i ? parts : whole);
        world_check(&world);
        assert_true(world_number(&world, "SELECT amount FROM unallocated") == 1);
        g_autofree char *dump = world_dump(&world);
        g_autofree char *list =
            world_text(&world, "SELECT group_concat(area || item || year || source) FROM "
                               "unallocated");
        assert_string_equal(list, "XXhomicide2017crime/whole");
        if (i == 0) {
            gap_unload(world.store, "crime/parts", NULL);
            assert_true(world_number(&world, "SELECT count(*) FROM unallocated") == 0);
            gap_unload(world.store, "crime/whole", NULL);
        }
        g_free(first);
        first = g_steal_pointer(&dump);
    }
}

static void a_country_may_come_in_several_files(void **state) {
    (void)state;
    static const char *const west = AREA_HEADER "XX-A,province,XX,01,Osh,official," BOX_A "\n";
    static const char *const east = AREA_HEADER "XX-B,province,XX,02,East,official," BOX_B "\n";
    g_autofree char *first = NULL;
    for (int i = 0; i < 2; i++) {
        World two = world_empty();
        g_autofree char *folder = g_steal_pointer(&two.folder);
        g_autofree char *home = g_get_current_dir();
        assert_int_equal(g_chdir(folder), 0);
        two.folder = g_strdup(".");
        world_open(&two);
        world_load(&two, "boundaries", i ? "east.csv" : "west.csv", i ? east : west);
        world_load(&two, "boundaries", i ? "west.csv" : "east.csv", i ? west : east);
        world_load(&two, "boundaries", "municipalities.csv", MUNICIPALITIES);
        world_load(&two, "police_points", "p.csv",
                   POINT_HEADER "P,point,open,exact,71.5,40.5\n"
                                "Q,point,open,exact,70.5,40.5\n");
        world_check(&two);
        assert_near(world_number(&two, "SELECT sum(area_km2 * (level = 'province')) /"
                                       " sum(area_km2 * (level = 'country')) FROM area"),
                    1, 1e-9);
        char *dump = world_dump(&two);
        assert_int_equal(g_chdir(home), 0);
        g_free(two.folder);
        two.folder = g_steal_pointer(&folder);
        world_close(&two);
        if (first && !g_str_equal(first, dump))
            fail_msg("another order, another store:\n%s\n%s", first, dump);
        g_free(first);
        first = dump;
    }
}

/* ---- text is data, whatever it says */

static void hostile_text_is_stored_and_exported_unharmed(void **state) {
    (void)state;
    g_autofree char *huge = g_strnfill(10000, 'x');
    const char *const names[] = {"'); DROP TABLE place; --",    "<script>alert(\"1\")</script>",
                                 "\"quoted\" and 'single'",     "=cmd|' /C calc'!A0",
                                 "Ысык-Көл \xe2\x80\xae elbat", huge};
    g_autoptr(GString) text = g_string_new("code,name_en,lon,lat\n");
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_auto(GStrv) parts = g_strsplit(names[i], "\"", -1);
        g_autofree char *escaped = g_strjoinv("\"\"", parts);
        g_string_append_printf(text, "p%zu,\"%s\",70.5,40.5\n", i, escaped);
    }
    g_string_append_printf(text, "long,%sx,70.5,40.5\n", huge);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLoadReport) report =
        world_try(&world, "places", "places.csv", text->str, NULL, &error);
    assert_no_error(error);
    assert_int_equal(report->kept, G_N_ELEMENTS(names));
    assert_string_equal(((GapRefusal *)report->refusals->pdata[0])->reason,
                        "longer than 10000 bytes");
    // Out and in again, as each format.
    static const char *const files[] = {"out.csv", "out.geojson", "out.gpkg"};
    for (size_t f = 0; f < G_N_ELEMENTS(files); f++) {
        g_autofree char *path = world_path(&world, files[f]);
        char *layers[] = {"places", NULL};
        gap_export(world.store, layers, NULL, path, &error);
        assert_no_error(error);
        World back = world_new(true);
        static const GapLoadOptions plain;
        g_autoptr(GapLoadReport) taken =
            gap_load(back.store, gap_layer_kind("places"), path, &plain, &error);
        assert_no_error(error);
        assert_int_equal(taken->kept, G_N_ELEMENTS(names));
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
            g_autofree char *sql =
                g_strdup_printf("SELECT name_en FROM place WHERE code = 'p%zu'", i);
            g_autofree char *name = world_text(&back, sql);
            assert_string_equal(name, names[i]);
        }
        world_close(&back);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_world, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(files_that_are_no_such_layer),
        TEST(refused_rows_are_named_and_kept_on_record),
        TEST(codes_of_other_sources_are_refused),
        TEST(titles_are_kept_by_language),
        TEST(geometry_must_fit_the_layer),
        TEST(a_source_replaces_its_own_rows_and_no_other),
        TEST(loading_again_changes_nothing),
        TEST(unloading_says_what_stands_in_the_way),
        TEST(the_rest_of_a_total_does_not_depend_on_the_order),
        TEST(a_country_may_come_in_several_files),
        TEST(results_of_areas_that_are_gone_go_with_them),
        TEST(a_country_has_the_names_that_were_given),
        TEST(hostile_text_is_stored_and_exported_unharmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
