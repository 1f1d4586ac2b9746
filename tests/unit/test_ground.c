#include "tests/world_fixture.h"

#include <gdal.h>
#include <ogr_srs_api.h>

#include "geo/travel/travel.h"
#include "layers/travel/ground.h"

static const GapTravelGroundOptions PLAIN = {.cell_m = 1000};

/* A raster in degrees over the west of the country, of one value but for one cell. */
static char *tif_of(const char *name, int epsg, const double *t, float value, const char *unit) {
    enum { COLS = 100, ROWS = 80 };
    char *path = world_path(&world, name);
    static float cells[COLS * ROWS];
    GDALDatasetH file =
        GDALCreate(GDALGetDriverByName("GTiff"), path, COLS, ROWS, 1, GDT_Float32, NULL);
    GDALRasterBandH band = GDALGetRasterBand(file, 1);
    GDALSetGeoTransform(file, (double *)t);
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(crs, epsg);
    GDALSetSpatialRef(file, crs);
    OSRDestroySpatialReference(crs);
    for (int i = 0; i < COLS * ROWS; i++)
        cells[i] = value;
    cells[COLS * 40 + 50] = -9999;
    GDALSetRasterNoDataValue(band, -9999);
    if (unit)
        GDALSetRasterUnitType(band, unit);
    assert_int_equal(
        GDALRasterIO(band, GF_Write, 0, 0, COLS, ROWS, cells, COLS, ROWS, GDT_Float32, 0, 0), 0);
    GDALClose(file);
    return path;
}

static const double WEST[] = {69.9, 0.012, 0, 41.05, 0, -0.015};
static const double ABROAD[] = {20, 0.012, 0, 50, 0, -0.015};
static const double UTM42[] = {600000, 500, 0, 4500000, 0, -800};

static GapTravelGround *ground_of(const GapTravelGroundOptions *options, GError **error) {
    return gap_travel_ground_new(world.store, options, error);
}

static char *notes_of(const GapTravelGround *ground) {
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < ground->notes->len; i++)
        g_string_append_printf(all, "%s\n", (char *)g_ptr_array_index(ground->notes, i));
    return g_string_free(all, FALSE);
}

/* The name of the class at a place; "closed". */
static const char *class_at(const GapTravelGround *ground, double lon, double lat) {
    double xy[] = {lon, lat};
    assert_true(gap_projection_forward(ground->plane, xy, 1, NULL));
    const gssize cell = gap_frame_cell(&ground->frame, xy[0], xy[1]);
    assert_true(cell >= 0);
    const GapSpeed *speed = ground->speed[ground->classes[cell]];
    return speed ? speed->name : "closed";
}

static void says(const GapTravelGround *ground, const char *part) {
    g_autofree char *notes = notes_of(ground);
    if (!strstr(notes, part))
        fail_msg("'%s' does not say '%s'", notes, part);
}

static void load_all(void) {
    world_load(&world, "roads", "roads.csv",
               "class,bridge,surface,seasonal,geom\n"
               "primary,,,,\"LINESTRING(70.1 40.5,71.9 40.5)\"\n"
               "tertiary,,gravel,,\"LINESTRING(70.3 40.1,70.3 40.9)\"\n"
               "track,,,,\"LINESTRING(70.6 40.1,70.6 40.9)\"\n"
               "track,viaduct,,,\"LINESTRING(70.8 40.1,70.8 40.9)\"\n"
               "secondary,,mud,,\"LINESTRING(71.5 40.9,72.3 40.9,72.3 40.2,71.5 40.2)\"\n"
               "tertiary,,,yes,\"LINESTRING(71.2 40.1,71.2 40.4)\"\n"
               "construction,,,,\"LINESTRING(71.3 40.1,71.3 40.4)\"\n");
    world_load(&world, "landcover", "cover.csv",
               "class,geom\nforest,\"POLYGON((70 40,71 40,71 40.4,70 40.4,70 40))\"\n"
               "Cropland,\"POLYGON((70.9 40,71.4 40,71.4 40.4,70.9 40.4,70.9 40))\"\n");
    world_load(&world, "rivers", "rivers.csv",
               "name_en,geom\nR,\"LINESTRING(69.9 40.7,72.1 40.7)\"\n");
    world_load(
        &world, "lakes", "lakes.csv",
        "name_en,geom\nL,\"POLYGON((71.6 40.3,71.8 40.3,71.8 40.6,71.6 40.6,71.6 40.3))\"\n");
    world_load(&world, "barriers", "barriers.csv",
               "kind,geom\nclosed_area,\"POLYGON((70.2 40.15,70.4 40.15,70.4 40.25,70.2 "
               "40.25,70.2 40.15))\"\n");
}

static void layers_become_classes(void **state) {
    (void)state;
    load_all();
    GError *error = NULL;
    g_autoptr(GapTravelGround) ground = ground_of(&PLAIN, &error);
    assert_no_error(error);
    static const struct {
        double lon, lat;
        const char *class;
    } cases[] = {
        {70.5, 40.2, "forest"},       {70.95, 40.2, "cropland"}, // the later row lies on top
        {71.9, 40.35, "open_ground"}, {70.5, 40.5, "primary"},   {70.3, 40.35, "tertiary"},
        {70.3, 40.7, "tertiary"},     {70.6, 40.7, "closed"},    {70.6, 40.8, "track"},
        {70.8, 40.7, "track"},        {70.45, 40.7, "closed"},   {71.7, 40.35, "closed"},
        {71.7, 40.5, "primary"},      {70.3, 40.2, "closed"},    {71.2, 40.2, "tertiary"},
        {71.3, 40.2, "cropland"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (strcmp(class_at(ground, cases[i].lon, cases[i].lat), cases[i].class) != 0)
            fail_msg("%g %g: %s", cases[i].lon, cases[i].lat,
                     class_at(ground, cases[i].lon, cases[i].lat));
    says(ground, "working grid: ");
    says(ground, "cells of 1000 m, in +proj=lcc");
    says(ground, "the ground counts as level");
    // The tertiary road and the viaduct over the river, the primary road twice over the shore.
    assert_int_equal(ground->woven.bridges, 4);
    size_t all = 0;
    for (size_t i = 0; i < 255; i++)
        all += ground->cells[i];
    assert_int_equal(all, ground->frame.cols * ground->frame.rows);
    // The search takes it.
    const GapGround view = gap_travel_ground_view(ground);
    const GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT;
    g_autoptr(GapSurface) surface = gap_surface_new(&view, &options, &error);
    assert_no_error(error);
    g_autoptr(GapTable) table = gap_travel_ground_table(ground);
    for (size_t r = 1; r < gap_table_rows(table); r++) {
        const bool gravel = g_str_equal(gap_table_text(table, r, 0), "tertiary");
        assert_true(!gravel || gap_table_real(table, r, 3) == 40);
        assert_true(strlen(gap_table_text(table, r, 5)) > 10);
    }
}

static void options_change_what_bars(void **state) {
    (void)state;
    load_all();
    static const struct {
        GapTravelGroundOptions options;
        double lon, lat;
        const char *class;
    } cases[] = {
        {{.cell_m = 1000, .bridges = GAP_BRIDGES_TAGGED}, 70.3, 40.7, "closed"},
        {{.cell_m = 1000, .bridges = GAP_BRIDGES_TAGGED}, 70.8, 40.7, "track"},
        {{.cell_m = 1000, .bridges = GAP_BRIDGES_ALL}, 70.6, 40.7, "track"},
        {{.cell_m = 1000, .rivers_pass = true}, 70.45, 40.7, "open_ground"},
        {{.cell_m = 1000, .scenario = "winter"}, 71.2, 40.2, "cropland"},
        {{.cell_m = 1000, .scenario = "summer"}, 71.2, 40.2, "tertiary"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapTravelGround) ground = ground_of(&cases[i].options, &error);
        assert_no_error(error);
        if (strcmp(class_at(ground, cases[i].lon, cases[i].lat), cases[i].class) != 0)
            fail_msg("case %zu: %s", i, class_at(ground, cases[i].lon, cases[i].lat));
    }
}

static void the_border_opens_by_month(void **state) {
    (void)state;
    load_all();
    GError *error = NULL;
    g_autoptr(GapTravelGround) closed = ground_of(&PLAIN, &error);
    assert_no_error(error);
    assert_int_equal(closed->woven.abroad, 0);
    assert_int_equal(closed->woven.shut, 2);
    world_load(&world, "crossings", "crossings.csv",
               "name,status,mode,from_month,to_month,lon,lat\nNorth,open,any,,,72,40.9\n"
               "South,open,walk,11,3,72,40.2\nOther,closed,any,,,72,40.5\n");
    static const struct {
        int month;
        size_t crossings;
    } cases[] = {{0, 2}, {1, 2}, {11, 2}, {3, 2}, {4, 1}, {7, 1}, {10, 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GapTravelGroundOptions options = {.cell_m = 1000, .month = cases[i].month};
        g_autoptr(GapTravelGround) ground = ground_of(&options, &error);
        assert_no_error(error);
        assert_int_equal(ground->woven.crossings, cases[i].crossings);
        assert_int_equal(ground->woven.shut, 2 - cases[i].crossings);
        assert_string_equal(class_at(ground, 72.15, 40.9), "secondary");
        assert_string_equal(class_at(ground, 72.15, 40.6), "closed");
    }
    g_autoptr(GapLoadReport) report =
        world_try(&world, "crossings", "bad.csv",
                  "status,mode,from_month,to_month,lon,lat\nopen,any,5,,72,40\n"
                  "ajar,any,,,72,40\nopen,boat,,,72,40\nopen,any,0,13,72,40\nopen,any,,,72,40\n",
                  NULL, &error);
    assert_no_error(error);
    assert_int_equal(report->refused, 4);
    assert_int_equal(report->kept, 1);
}

static void elevation_is_metres_or_refused(void **state) {
    (void)state;
    g_autofree char *metres = tif_of("m.tif", 4326, WEST, 2000, "m");
    g_autofree char *feet = tif_of("ft.tif", 4326, WEST, 6562, "ft");
    g_autofree char *bare = tif_of("bare.tif", 4326, WEST, 6562, NULL);
    g_autofree char *high = tif_of("high.tif", 4326, WEST, 14000, NULL);
    g_autofree char *low = tif_of("low.tif", 4326, WEST, -32768, NULL);
    g_autofree char *inches = tif_of("in.tif", 4326, WEST, 2000, "inch");
    g_autofree char *far = tif_of("far.tif", 4326, ABROAD, 2000, NULL);
    world_load(&world, "places", "places.csv",
               "code,elevation_m,lon,lat\nP1,2000,70.1,40.2\nP2,2010,70.3,40.3\nP3,1990,70.2,40.4\n"
               "P4,2000,70.2,40.6\nP5,2005,70.4,40.4\n");
    static const char *const good_says[] = {"1 of", "turned into metres", "turned into metres"};
    const char *const good[] = {metres, feet, bare};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        const GapTravelGroundOptions options = {
            .cell_m = 1000, .elevation = good[i], .elevation_unit = i == 2 ? "ft" : NULL};
        GError *error = NULL;
        g_autoptr(GapTravelGround) ground = ground_of(&options, &error);
        assert_no_error(error);
        double xy[] = {70.2, 40.5};
        assert_true(gap_projection_forward(ground->plane, xy, 1, NULL));
        assert_near(gap_grid_sample(ground->elevation, xy[0], xy[1]), 2000, 1);
        says(ground, "have no data");
        says(ground, "does not cover the country: the grid is cut to 70.00 to 71.10 east");
        says(ground, i ? good_says[i] : "bilinear");
    }
    const struct {
        const char *path, *says;
    } bad[] = {{bare, "these seem to be feet"},
               {high, "if these are feet, say so"},
               {low, "which value stands for no data"},
               {inches, "heights are in 'inch'"},
               {far, "they do not overlap"},
               {"/nowhere.tif", "no such file"}};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        const GapTravelGroundOptions options = {.cell_m = 1000, .elevation = bad[i].path};
        GError *error = NULL;
        assert_null(ground_of(&options, &error));
        assert_error_says(error, bad[i].says);
    }
}

static void rasters_of_land_cover(void **state) {
    (void)state;
    g_autofree char *known = tif_of("known.tif", 4326, WEST, 40, NULL);
    g_autofree char *strange = tif_of("strange.tif", 4326, WEST, 77, NULL);
    g_autofree char *broken = tif_of("broken.tif", 4326, WEST, 3.5, NULL);
    g_autofree char *table =
        world_file(&world, "s.csv", "class,label,speed,mode\n77,Moraine,1.5,WALKING\n", -1);
    GError *error = NULL;
    GapTravelGroundOptions options = {.cell_m = 1000, .landcover = known};
    g_autoptr(GapTravelGround) ground = ground_of(&options, &error);
    assert_no_error(error);
    assert_string_equal(class_at(ground, 70.2, 40.5), "cropland");
    assert_string_equal(class_at(ground, 71.8, 40.5), "open_ground"); // the raster ends before
    options.landcover = strange;
    assert_null(ground_of(&options, &error));
    assert_error_says(error, "1 classes of land cover have no speed: 77 (");
    options.speeds = table;
    g_autoptr(GapTravelGround) moraine = ground_of(&options, &error);
    assert_no_error(error);
    assert_string_equal(class_at(moraine, 70.2, 40.5), "77");
    options.landcover = broken;
    assert_null(ground_of(&options, &error));
    assert_error_says(error, "classes of land cover are whole numbers");
}

static void given_grids_are_used_as_they_are(void **state) {
    (void)state;
    g_autofree char *utm = tif_of("utm.tif", 32642, UTM42, 1500, NULL);
    g_autofree char *degrees = tif_of("deg.tif", 4326, WEST, 1500, NULL);
    g_autofree char *friction = tif_of("friction.tif", 32642, UTM42, 0.012f, NULL);
    g_autofree char *seconds = tif_of("seconds.tif", 32642, UTM42, 720, NULL);
    GError *error = NULL;
    GapTravelGroundOptions options = {.like = utm, .elevation = utm};
    g_autoptr(GapTravelGround) ground = ground_of(&options, &error);
    assert_no_error(error);
    assert_int_equal(ground->frame.cols, 100);
    assert_near(ground->frame.dx, 500, 0);
    assert_near(ground->frame.dy, 800, 0);
    assert_string_equal(ground->definition, "EPSG:32642");
    says(ground, "as it is, 100 x 80 cells of 500 x 800 m");
    options.like = degrees;
    options.elevation = NULL;
    g_autoptr(GapTravelGround) turned = ground_of(&options, &error);
    assert_no_error(error);
    says(turned, "is not north-up in metres");
    assert_near(turned->frame.dx, 1000, 0); // cells of 1012 m
    options = (GapTravelGroundOptions){.friction = friction};
    g_autoptr(GapTravelGround) ready = ground_of(&options, &error);
    assert_no_error(error);
    assert_true(ready->friction && !ready->classes && ready->frame.dx == 500);
    const GapGround view = gap_travel_ground_view(ready);
    const GapSurfaceOptions surface_options = GAP_SURFACE_OPTIONS_INIT;
    g_autoptr(GapSurface) surface = gap_surface_new(&view, &surface_options, &error);
    assert_no_error(error);
    options.friction = seconds;
    assert_null(ground_of(&options, &error));
    assert_error_says(error, "friction is minutes a metre");
}

static void what_cannot_be_is_refused(void **state) {
    (void)state;
    static const struct {
        GapTravelGroundOptions options;
        const char *says;
    } cases[] = {
        {{.cell_m = 1}, "would fit"}, // 19 billion cells
        {{.cell_m = 1e-9}, ""},
        {{.cell_m = -5}, "give a size above 0"},
        {{.cell_m = 1000, .extent = {5, 5, 6, 100}}, "an extent of 5 to 6 east"},
        {{.cell_m = 1000, .extent = {5, 5, 6, 6}}, "outside the country"},
        {{.cell_m = 1000, .crs = "EPSG:4326"}, "not a map projection"},
        {{.cell_m = 1000, .crs = "+proj=nonsense"}, "not a map projection"},
        {{.cell_m = 1000, .scenario = "monsoon"}, "no scenario"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        if (ground_of(&cases[i].options, &error))
            fail_msg("case %zu was taken", i);
        assert_error_says(error, cases[i].says);
    }
    world_load(
        &world, "roads", "odd.csv",
        "class,geom\nprimary,\"LINESTRING(70 40,71 41)\"\nRainbow Road,\"LINESTRING(70 40,71 "
        "40)\"\n");
    GError *error = NULL;
    assert_null(ground_of(&PLAIN, &error));
    assert_error_says(error, "roads/odd, row 2, field class: 1 classes of roads have no speed: "
                             "'Rainbow Road' (1 rows)");
    assert_true(gap_unload(world.store, "roads/odd", NULL));
    world_load(&world, "landcover", "odd.csv",
               "class,geom\nlava,\"POLYGON((70 40,71 40,71 41,70 40))\"\n");
    assert_null(ground_of(&PLAIN, &error));
    assert_error_says(error, "row 1, field class, value 'lava'");
}

static void without_a_country_one_says_where(void **state) {
    (void)state;
    World empty = world_empty();
    world_open(&empty);
    GError *error = NULL;
    assert_null(gap_travel_ground_new(empty.store, &PLAIN, &error));
    assert_error_says(error, "travel time over what?");
    const GapTravelGroundOptions options = {.extent = {70, 40, 70.5, 40.25}};
    g_autoptr(GapTravelGround) ground = gap_travel_ground_new(empty.store, &options, &error);
    assert_no_error(error);
    assert_true(ground->frame.dx == 10 && ground->frame.cols * ground->frame.rows < 30e6);
    says(ground, "nothing counts as abroad");
    says(ground, "no roads are loaded");
    says(ground, "no land cover is loaded");
    world_close(&empty);
}

static bool stop_at_roads(void *user, double share, const char *what) {
    (void)share;
    ++*(int *)user;
    return strcmp(what, "roads and barriers") != 0;
}

static void it_can_be_interrupted(void **state) {
    (void)state;
    int asked = 0;
    const GapProgress progress = {stop_at_roads, &asked};
    const GapTravelGroundOptions options = {.cell_m = 1000, .progress = &progress};
    GError *error = NULL;
    assert_null(ground_of(&options, &error));
    assert_error_says(error, "interrupted");
    assert_int_equal(asked, 3);
}

/* From a police point south of a river to people north of it: by the bridge, or not at all. */
static void the_search_finds_the_bridge(void **state) {
    (void)state;
    world_load(&world, "rivers", "rivers.csv",
               "name_en,geom\nR,\"LINESTRING(69.9 40.5,72.1 40.5)\"\n");
    world_load(&world, "roads", "road.csv",
               "class,geom\nprimary,\"LINESTRING(70.5 40.3,70.9 40.3)\"\n");
    for (int bridge = 0; bridge < 2; bridge++) {
        if (bridge)
            world_load(&world, "roads", "bridge.csv",
                       "class,geom\nprimary,\"LINESTRING(70.9 40.3,70.9 40.7)\"\n");
        GError *error = NULL;
        const GapTravelGroundOptions options = {.cell_m = 500};
        g_autoptr(GapTravelGround) ground = ground_of(&options, &error);
        assert_no_error(error);
        const GapGround view = gap_travel_ground_view(ground);
        const GapSurfaceOptions surface_options = GAP_SURFACE_OPTIONS_INIT;
        g_autoptr(GapSurface) surface = gap_surface_new(&view, &surface_options, &error);
        assert_no_error(error);
        double xy[] = {70.5, 40.3, 70.9, 40.7};
        assert_true(gap_projection_forward(ground->plane, xy, 2, NULL));
        const GapTravelSource source = {.cell =
                                            (size_t)gap_frame_cell(&ground->frame, xy[0], xy[1])};
        const GapTravelOptions travel_options = GAP_TRAVEL_OPTIONS_INIT;
        g_autoptr(GapTravel) travel =
            gap_travel_new(surface, &source, 1, &travel_options, NULL, &error);
        assert_no_error(error);
        const double minutes =
            gap_travel_minutes_at(travel, (size_t)gap_frame_cell(&ground->frame, xy[2], xy[3]));
        // 33.9 km east and 44.4 km north at 65 km/h; the grid adds at most 3 %, and its corners.
        if (bridge)
            assert_near(minutes, (33.9 + 44.4) / 65 * 60, 3);
        else
            assert_true(isnan(minutes));
    }
}

/* One basin, 100 m, with no-data around it: its own grid as it is, and the whole country, coarse.
 */
static void real_terrain(void **state) {
    (void)state;
    const char *basin = GAP_SOURCE "/../shared/data/kadamjai_dem.tif";
    const char *whole = GAP_SOURCE "/../shared/data/kgz_dem.tif";
    if (!g_file_test(basin, G_FILE_TEST_EXISTS)) {
        print_message("SKIPPED: no real terrain in ../shared/data\n");
        skip();
    }
    World empty = world_empty();
    world_open(&empty);
    GError *error = NULL;
    GapTravelGroundOptions options = {.like = basin, .elevation = basin};
    g_autoptr(GapTravelGround) own = gap_travel_ground_new(empty.store, &options, &error);
    assert_no_error(error);
    assert_int_equal(own->frame.cols, 523);
    assert_near(own->frame.dy, 100, 0);
    says(own, "have no data");
    g_autofree char *notes = notes_of(own);
    assert_null(strstr(notes, "brought to"));
    size_t known = 0;
    for (size_t i = 0; i < 523 * 468; i++)
        known += !isnan(own->elevation->cells[i]);
    assert_true(known > 10000 && known < 523 * 468);
    options = (GapTravelGroundOptions){.elevation = whole};
    g_autoptr(GapTravelGround) coarse = gap_travel_ground_new(empty.store, &options, &error);
    assert_no_error(error);
    assert_near(coarse->frame.dx, 500, 0); // cells of 414 m by 556
    // Heights of the two agree at a place in the basin.
    double xy[] = {72, 39.95};
    double there[] = {72, 39.95};
    assert_true(gap_projection_forward(own->plane, xy, 1, NULL));
    assert_true(gap_projection_forward(coarse->plane, there, 1, NULL));
    const double fine = gap_grid_sample(own->elevation, xy[0], xy[1]);
    const double rough = gap_grid_sample(coarse->elevation, there[0], there[1]);
    assert_true(isnan(fine) || fabs(fine - rough) < 300);
    world_close(&empty);
}

static int set_up(void **state) {
    (void)state;
    world = world_new(false);
    return 0;
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(layers_become_classes),
        TEST(options_change_what_bars),
        TEST(the_border_opens_by_month),
        TEST(elevation_is_metres_or_refused),
        TEST(rasters_of_land_cover),
        TEST(given_grids_are_used_as_they_are),
        TEST(what_cannot_be_is_refused),
        TEST(the_search_finds_the_bridge),
        TEST(it_can_be_interrupted),
        TEST(real_terrain),
        TEST(without_a_country_one_says_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
