/* Geometry of rows: what is taken as it is, repaired, turned into another kind, or refused. */
#include "tests/world_fixture.h"

#include "geo/shape/geodesic.h"

#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define ROW(properties, type, coordinates)                                                         \
    "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":{\"type\":\"" type         \
    "\",\"coordinates\":" coordinates "}}"
#define POINT(code)                                                                                \
    "\"code\":\"" code "\",\"kind\":\"point\",\"status\":\"open\",\"precision\":\"exact\""
#define AREA(code)                                                                                 \
    "\"code\":\"" code "\",\"level\":\"district\",\"parent\":\"XX-A\",\"boundary_quality\":"       \
    "\"official\""

typedef struct {
    const char *layer, *properties, *type, *coordinates;
    const char *refused; // NULL: taken
    const char *noted;   // NULL: without a note
    const char *stored;  // what SQL answers, or NULL
} Case;

static void judge(const Case *c) {
    g_autofree char *text =
        g_strdup_printf(COLLECTION(ROW("%s", "%s", "%s")), c->properties, c->type, c->coordinates);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLoadReport) report = world_try(&world, c->layer, "x.geojson", text, NULL, &error);
    if (c->refused) {
        if (!error)
            fail_msg("%s %s was taken", c->type, c->coordinates);
        assert_error_says(error, c->refused);
        return;
    }
    assert_no_error(error);
    g_autofree char *notes = g_strdup("");
    for (guint i = 0; i < report->notes->len; i++) {
        char *joined = g_strconcat(notes, g_ptr_array_index(report->notes, i), "\n", NULL);
        g_free(notes);
        notes = joined;
    }
    if (c->noted ? !strstr(notes, c->noted) : strstr(notes, "row 1") != NULL)
        fail_msg("%s %s is noted as '%s'", c->type, c->coordinates, notes);
    if (c->stored) {
        const bool point = g_str_equal(c->layer, "police_points");
        g_autofree char *stored =
            world_text(&world, point ? "SELECT round(X(geom), 2) || ' ' || round(Y(geom), 2)"
                                       " FROM police_point WHERE code = 'P1'"
                                     : "SELECT ST_NumGeometries(geom) || ' ' ||"
                                       " round(ST_Area(geom), 4) FROM area WHERE code = 'D1'");
        assert_string_equal(stored, c->stored);
    }
    GError *gone = NULL;
    g_autofree char *source = g_strconcat(c->layer, "/x", NULL);
    gap_unload(world.store, source, &gone);
    assert_no_error(gone);
}

#define P "police_points", POINT("P1")
#define A "boundaries", AREA("D1")

static void points_are_judged(void **state) {
    (void)state;
    static const Case cases[] = {
        {P, "Point", "[70.5,40.5]", .stored = "70.5 40.5"},
        {P, "Point", "[70.5,40.5,3000]", .stored = "70.5 40.5"},
        {P, "MultiPoint", "[[70.5,40.5]]", .stored = "70.5 40.5"},
        {P, "MultiPoint", "[[70.5,40.5],[70.6,40.5]]",
         "value '2 points': police points need one point each; give every point a row of its own"},
        {P, "Point", "[40.5,70.5]",
         "latitude (or northing) stands before longitude (or easting) in all rows: add --swap"},
        {P, "Point", "[80.5,40.5]", "outside the country; check the coordinates"},
        {P, "Point", "[0,0]",
         "value '0.00000 0.00000': 0 0 is what programs write where the place"},
        {P, "LineString", "[[70,40],[71,40],[71,41],[70,40]]",
         "value 'line': police points need one point each"},
        {P, "Polygon", "[[[70.2,40.2],[70.4,40.2],[70.4,40.4],[70.2,40.4],[70.2,40.2]]]",
         .noted =
             "1 rows have a polygon where a point is wanted: taken is the point inside that is "
             "farthest from the border (row 1)",
         .stored = "70.3 40.3"},
        // two parts: in the larger one, and out of its hole
        {P, "MultiPolygon",
         "[[[[70.1,40.1],[70.11,40.1],[70.11,40.11],[70.1,40.1]]],"
         "[[[70.2,40.2],[70.4,40.2],[70.4,40.4],[70.2,40.4],[70.2,40.2]]]]",
         .noted = "(row 1)", .stored = "70.3 40.3"},
        {P, "Polygon", "[[[75,40.2],[75.4,40.2],[75.4,40.4],[75,40.2]]]", "outside the country"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        judge(&cases[i]);
}

static void polygons_are_judged(void **state) {
    (void)state;
    static const Case cases[] = {
        {A, "Polygon", "[[[70,40],[71,40],[71,41],[70,41],[70,40]]]", .stored = "1 1.0"},
        {A, "Polygon", "[[[70,40,9],[71,40,9],[71,41,9],[70,41,9],[70,40,9]]]", .stored = "1 1.0"},
        // a hole, and an enclave in it that is a part of its own
        {A, "MultiPolygon",
         "[[[[70,40],[71,40],[71,41],[70,41],[70,40]],"
         "[[70.2,40.2],[70.2,40.8],[70.8,40.8],[70.8,40.2],[70.2,40.2]]],"
         "[[[70.4,40.4],[70.6,40.4],[70.6,40.6],[70.4,40.6],[70.4,40.4]]]]",
         .stored = "2 0.68"},
        {A, "Polygon", "[[[70,40],[71,41],[71,40],[70,41],[70,40]]]",
         .noted = "row 1: outline made valid, area ", .stored = "2 0.5"},
        {A, "Polygon", "[[[70,40],[70.5,40.5],[71,41],[70,40]]]", "covers no ground"},
        {A, "Polygon", "[[[70,40],[71,41]]]", "fewer than four points"},
        {A, "LineString", "[[70,40],[71,40],[71,41],[70,40]]",
         "value 'line': boundaries need polygons; a closed line is none yet"},
        {A, "LineString", "[[70,40],[71,40]]",
         "boundaries need polygons; give a layer of polygons"},
        {A, "Point", "[70,40]", "value 'point': boundaries need polygons"},
        {A, "Polygon", "[[[40.2,70.2],[40.8,70.2],[40.8,70.8],[40.2,70.2]]]",
         "latitude (or northing) stands before longitude (or easting) in all rows: add --swap"},
        {A, "Polygon", "[[[179,40],[-179,40],[-179,41],[179,41],[179,40]]]",
         "crosses the antimeridian"},
        // a neighbour may lie where it likes
        {A, "Polygon", "[[[60,35],[62,35],[62,37],[60,35]]]", .stored = "1 2.0"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        judge(&cases[i]);
}

/* From a CSV, where no reader has looked at the coordinates. */
static void wkt_is_judged_too(void **state) {
    (void)state;
    static const struct {
        const char *wkt, *says;
    } cases[] = {
        {"POLYGON((179 40,-179 40,-179 41,179 41,179 40))", "crosses the antimeridian"},
        {"POLYGON((400 40,401 40,401 41,400 40))",
         "states no coordinate system, and none of those tried"},
        {"POLYGON((70 40,71 41))", "fewer than four points"},
        {"POLYGON((70 40,nan 40,71 41,70 40))", "geom"},
        {"POLYGON EMPTY", "geom"},
        {"GEOMETRYCOLLECTION(POINT(70 40))", "geometry"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf(AREA_HEADER "D1,district,XX-A,1,One,official,\"%s\"\n", cases[i].wkt);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report =
            world_try(&world, "boundaries", "w.csv", text, NULL, &error);
        if (!error)
            fail_msg("%s was taken", cases[i].wkt);
        assert_error_says(error, cases[i].says);
    }
}

static void two_rows_of_one_area_are_told_to_be_dissolved(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLoadReport) report =
        world_try(&world, "boundaries", "two.csv",
                  AREA_HEADER "D1,district,XX-A,1,One,official," BOX_A1 "\n"
                              "D1,district,XX-A,1,One,official," BOX_A2 "\n",
                  NULL, &error);
    assert_no_error(error);
    assert_int_equal(report->refused, 1);
    const GapRefusal *refusal = g_ptr_array_index(report->refusals, 0);
    assert_non_null(strstr(refusal->reason, "stands already in row 1; if both are parts of one "
                                            "area, dissolve them into one row first"));
}

static void many_inner_points_are_one_note(void **state) {
    (void)state;
    g_autoptr(GString) text = g_string_new("code,kind,status,precision,geom\n");
    for (int i = 0; i < 8; i++)
        g_string_append_printf(text,
                               "P%d,point,open,exact,\"POLYGON((70.%d 40.1,70.%d5 40.1,70.%d5 40.2,"
                               "70.%d 40.1))\"\n",
                               i, i + 1, i + 1, i + 1, i + 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLoadReport) report =
        world_try(&world, "police_points", "n.csv", text->str, NULL, &error);
    assert_no_error(error);
    const char *note = g_ptr_array_index(report->notes, report->notes->len - 1);
    assert_non_null(strstr(note, "8 rows have a polygon"));
    assert_non_null(strstr(note, "(row 1, 2, 3, 4, 5, ...)"));
}

/* Lines: what has no length goes. */
static void lines_are_repaired(void **state) {
    (void)state;
    static const struct {
        const char *wkt, *refused, *noted;
    } cases[] = {
        {"LINESTRING(70 40,71 40,70.5 40.5,70.5 39.5)", NULL, NULL},
        {"LINESTRING(70 40,70 40)", "cannot be made valid", NULL},
        {"MULTILINESTRING((70 40,71 40),(70 40,70 40))", NULL, "2 parts before, 1 after"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("name_en,geom\nR,\"%s\"\n", cases[i].wkt);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report = world_try(&world, "rivers", "r.csv", text, NULL, &error);
        if (cases[i].refused) {
            assert_error_says(error, cases[i].refused);
            continue;
        }
        assert_no_error(error);
        const char *last =
            report->notes->len ? g_ptr_array_index(report->notes, report->notes->len - 1) : "";
        if (cases[i].noted && !strstr(last, cases[i].noted))
            fail_msg("%s: '%s'", cases[i].wkt, last);
    }
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up_world, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(points_are_judged),
        TEST(polygons_are_judged),
        TEST(wkt_is_judged_too),
        TEST(two_rows_of_one_area_are_told_to_be_dissolved),
        TEST(many_inner_points_are_one_note),
        TEST(lines_are_repaired),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
