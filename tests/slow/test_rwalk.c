/* Against GRASS r.walk and r.cost on the same raster and parameters: 8 and 16 neighbours agree
 * within 1e-4, also on cells that are not square and around barriers. Where ours differ, at corners
 * of closed cells, the difference is shown. Skipped where GRASS is not installed (grass-core). */
#include "tests/check.h"

#include <glib/gstdio.h>
#include <stdio.h>

#include "geo/travel/travel.h"

enum { COLS = 240, ROWS = 180, CELLS = COLS * ROWS, CLASSES = 5, SHUT = 4 };
static const double DX = 100, DY = 80;
static const double friction_s_per_m[CLASSES] = {0, 0.25, 0.5, 2, 0};

typedef struct {
    char *folder;
    float elevation[CELLS], friction[CELLS]; // seconds a metre beside walking, NaN where closed
    uint8_t class[CELLS];
} World;

static size_t at(size_t col, size_t row) {
    return row * COLS + col;
}

static void save(const World *world, const char *name, const void *data, size_t size) {
    g_autofree char *path = g_build_filename(world->folder, name, NULL);
    g_assert_true(g_file_set_contents(path, data, (gssize)size, NULL));
}

/* Runs commands in a location of metres whose rasters are dem and fric; false without GRASS. */
static bool grass(const World *world, const char *commands) {
    g_autofree char *script = g_strdup_printf(
        "set -e\ncd '%s'\n"
        "g.region n=%g s=0 w=0 e=%g rows=%d cols=%d --q\n"
        "r.in.bin -f input=dem.bin output=dem bytes=4 north=%g south=0 west=0 east=%g rows=%d "
        "cols=%d --o --q\n"
        "r.in.bin -f input=fric.bin output=fric bytes=4 north=%g south=0 west=0 east=%g rows=%d "
        "cols=%d anull=-9999 --o --q\n%s",
        world->folder, ROWS * DY, COLS * DX, ROWS, COLS, ROWS * DY, COLS * DX, ROWS, COLS,
        ROWS * DY, COLS * DX, ROWS, COLS, commands);
    save(world, "script.sh", script, strlen(script));
    g_autofree char *path = g_build_filename(world->folder, "script.sh", NULL);
    g_autofree char *location = g_build_filename(world->folder, "loc", NULL);
    const char *fresh[] = {"grass",  "--text", "-c", "EPSG:32643", location,
                           "--exec", "sh",     path, NULL};
    const char *again[] = {"grass", "--text", NULL, "--exec", "sh", path, NULL};
    g_autofree char *mapset = g_build_filename(location, "PERMANENT", NULL);
    again[2] = mapset;
    g_autofree char *said = NULL;
    int status = 1;
    const bool there = g_file_test(mapset, G_FILE_TEST_IS_DIR);
    if (!g_spawn_sync(NULL, (char **)(there ? again : fresh), NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said,
                      &status, NULL))
        return false;
    if (status != 0)
        fail_msg("grass: %s", said);
    return true;
}

/* Relief of 600 m with noise, patches of classes, walls two cells thick with a gate each. */
static void make(World *world) {
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    for (size_t i = 0; i < CELLS; i++) {
        const size_t col = i % COLS, row = i / COLS;
        world->elevation[i] = (float)(2000 + 300 * sin((double)col / 13) * cos((double)row / 17) +
                                      g_rand_double_range(rand, -15, 15));
        const bool wall =
            (col % 60 / 2 == 15 && row % 90 > 6) || (row % 60 / 2 == 20 && col % 80 > 5);
        world->class[i] = wall ? SHUT : (uint8_t)((col / 11 + row / 7 * 3) % SHUT);
        world->friction[i] =
            world->class[i] == SHUT ? -9999 : (float)friction_s_per_m[world->class[i]];
    }
    save(world, "dem.bin", world->elevation, sizeof world->elevation);
    save(world, "fric.bin", world->friction, sizeof world->friction);
}

static double *answer(const World *world, const char *name) {
    g_autofree char *path = g_build_filename(world->folder, name, NULL);
    char *data = NULL;
    gsize size = 0;
    g_assert_true(g_file_get_contents(path, &data, &size, NULL));
    assert_int_equal(size, CELLS * sizeof(double));
    return (double *)(void *)data;
}

static GapTravel *ours(const GapGround *ground, int neighbours, GapSurface **surface) {
    GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT;
    options.neighbours = neighbours;
    options.length = GAP_LENGTH_MAP;
    options.walk.kind = GAP_WALK_LANGMUIR;
    const GapTravelSource sources[] = {{at(10, 10), 0}, {at(200, 150), 0}};
    const GapTravelOptions search = {600, false};
    GError *error = NULL;
    *surface = gap_surface_new(ground, &options, &error);
    assert_no_error(error);
    GapTravel *travel = gap_travel_new(*surface, sources, 2, &search, NULL, &error);
    assert_no_error(error);
    return travel;
}

static void compare(const World *world, const GapGround *ground, int neighbours,
                    const char *theirs_in, double minutes) {
    g_autoptr(GapSurface) surface = NULL;
    g_autoptr(GapTravel) travel = ours(ground, neighbours, &surface);
    g_autofree double *theirs = answer(world, theirs_in);
    double worst = 0;
    size_t reached = 0;
    for (size_t i = 0; i < CELLS; i++) {
        const double got = gap_travel_minutes_at(travel, i), want = theirs[i] * minutes;
        if (isnan(got) != (theirs[i] < 0))
            fail_msg("%s, cell %zu: %g, by GRASS %g", theirs_in, i, got, want);
        if (isnan(got) || want == 0)
            continue;
        worst = MAX(worst, fabs(got / want - 1));
        reached++;
    }
    print_message("%s: %zu cells, at most %.2g apart\n", theirs_in, reached, worst);
    assert_true(worst <= 1e-4);
    assert_true(reached > CELLS / 2);
}

#define POINTS   "start_coordinates=1050,13560,20050,2360"
#define TO(name) "r.out.bin input=" name " output=" name ".bin bytes=8 null=-1 --o --q\n"

static void agrees_with_grass(void **state) {
    World *world = *state;
    make(world);
    if (!grass(world, "r.walk elevation=dem friction=fric output=walk8 " POINTS " --o --q\n"
                      "r.walk -k elevation=dem friction=fric output=walk16 " POINTS " --o --q\n"
                      "r.mapcalc 'cost = 0.5 + fric' --o --q\n"
                      "r.cost input=cost output=cost8 " POINTS " --o --q\n"
                      "r.cost -k input=cost output=cost16 " POINTS " --o --q\n" TO("walk8")
                          TO("walk16") TO("cost8") TO("cost16"))) {
        print_message("SKIPPED: GRASS is not installed (package grass-core)\n");
        skip();
    }
    GapTravelClass table[CLASSES];
    for (size_t i = 0; i < CLASSES; i++)
        table[i] =
            (GapTravelClass){i == SHUT ? GAP_MODE_CLOSED : GAP_MODE_WALK, 5, friction_s_per_m[i]};
    const GapGround walk = {.cols = COLS,
                            .rows = ROWS,
                            .dx = DX,
                            .dy = DY,
                            .elevation_m = world->elevation,
                            .classes = world->class,
                            .table = table,
                            .n_classes = CLASSES};
    compare(world, &walk, 8, "walk8.bin", 1 / 60.);
    compare(world, &walk, 16, "walk16.bin", 1 / 60.);
    // r.cost counts cost a col: minutes a metre are cost / DX.
    g_autofree float *friction = g_new(float, CELLS);
    for (size_t i = 0; i < CELLS; i++)
        friction[i] =
            world->class[i] == SHUT ? NAN : (float)((0.5 + (double)world->friction[i]) / DX);
    const GapGround cost = {
        .cols = COLS, .rows = ROWS, .dx = DX, .dy = DY, .friction_min_per_m = friction};
    compare(world, &cost, 8, "cost8.bin", 1);
    compare(world, &cost, 16, "cost16.bin", 1);
}

/* A wall of cells that touch by corners: r.walk steps through it, ours does not. */
static void differs_at_corners(void **state) {
    World *world = *state;
    for (size_t i = 0; i < CELLS; i++) {
        const size_t col = i % COLS, row = i / COLS;
        world->class[i] = col == row + 30 ? SHUT : 0;
        world->friction[i] = world->class[i] == SHUT ? -9999 : 0;
        world->elevation[i] = 0;
    }
    save(world, "dem.bin", world->elevation, sizeof world->elevation);
    save(world, "fric.bin", world->friction, sizeof world->friction);
    if (!grass(world, "r.walk elevation=dem friction=fric output=leak start_coordinates=1050,13560 "
                      "--o --q\n" TO("leak")))
        skip();
    const GapTravelClass table[CLASSES] = {{GAP_MODE_WALK, 5, 0}};
    const GapGround ground = {.cols = COLS,
                              .rows = ROWS,
                              .dx = DX,
                              .dy = DY,
                              .classes = world->class,
                              .table = table,
                              .n_classes = CLASSES};
    GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT;
    options.neighbours = 8;
    const GapTravelSource source = {at(10, 10), 0};
    const GapTravelOptions search = {600, false};
    GError *error = NULL;
    g_autoptr(GapSurface) surface = gap_surface_new(&ground, &options, &error);
    assert_no_error(error);
    g_autoptr(GapTravel) travel = gap_travel_new(surface, &source, 1, &search, NULL, &error);
    assert_no_error(error);
    g_autofree double *theirs = answer(world, "leak.bin");
    size_t beyond = 0, leaked = 0;
    for (size_t i = 0; i < CELLS; i++)
        if (i % COLS > i / COLS + 30) {
            beyond++;
            leaked += theirs[i] >= 0;
            assert_true(isnan(gap_travel_minutes_at(travel, i)));
        }
    print_message("behind a wall of corners: r.walk reaches %zu of %zu cells, ours none\n", leaked,
                  beyond);
    assert_int_equal(leaked, beyond);
}

static int set_up(void **state) {
    World *world = g_new0(World, 1);
    world->folder = g_dir_make_tmp("gapmap-rwalk-XXXXXX", NULL);
    *state = world;
    return world->folder ? 0 : -1;
}

static int take_down(void **state) {
    World *world = *state;
    const char *remove[] = {"rm", "-rf", world->folder, NULL};
    g_spawn_sync(NULL, (char **)remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                 NULL);
    g_free(world->folder);
    g_free(world);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_grass),
                                       cmocka_unit_test(differs_at_corners)};
    return cmocka_run_group_tests(tests, set_up, take_down);
}
