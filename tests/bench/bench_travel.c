/* Least travel time over made relief: waves of 1,500 m with noise, as the scripts of the peers make
 * them.
 *   bench_travel sweep COLS ROWS CELL_M NEIGHBOURS SOURCES tobler|langmuir THREADS [LIMIT_MIN]
 *   bench_travel many COLS ROWS CELL_M ORIGINS TARGETS LIMIT_MIN THREADS
 *   bench_travel loop THREADS
 * prints seconds by the clock and of the processor and the peak of memory on one line; `loop` those
 * of a loop that all threads go through and that waits for nothing. */
#include "geo/travel/travel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
    GapGround ground;
    float *elevation;
    uint8_t *classes;
} World;

static void make_relief(World *world, size_t cols, size_t rows, double cell_m) {
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    world->elevation = g_new(float, cols *rows);
    world->ground = (GapGround){cols, rows, cell_m, cell_m, world->elevation};
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < cols; c++)
            world->elevation[r * cols + c] =
                (float)(2500 +
                        1500 * sin(16 * G_PI * (double)c / (double)cols) *
                            sin(16 * G_PI * (double)r / (double)rows) +
                        g_rand_double_range(rand, -30, 30));
}

/* Roads every 8 cells both ways. */
static void make_roads(World *world) {
    const size_t cols = world->ground.cols;
    world->classes = g_new0(uint8_t, cols * world->ground.rows);
    for (size_t i = 0; i < cols * world->ground.rows; i++)
        world->classes[i] = i % cols % 8 == 0 || i / cols % 8 == 0;
    world->ground.classes = world->classes;
}

static void free_world(World *world) {
    g_free(world->elevation);
    g_free(world->classes);
}

static size_t *random_cells(const World *world, size_t n, guint32 seed) {
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    size_t *cells = g_new(size_t, n);
    for (size_t i = 0; i < n; i++)
        cells[i] =
            (size_t)g_rand_int_range(rand, 0, (gint32)world->ground.rows) * world->ground.cols +
            (size_t)g_rand_int_range(rand, 0, (gint32)world->ground.cols);
    return cells;
}

static GapTravelSource *random_sources(const World *world, size_t n, guint32 seed) {
    g_autofree size_t *cells = random_cells(world, n, seed);
    GapTravelSource *sources = g_new0(GapTravelSource, n);
    for (size_t i = 0; i < n; i++)
        sources[i].cell = cells[i];
    return sources;
}

static double peak_mib(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static double processor_s(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int fail(GError *error) {
    fprintf(stderr, "%s\n", error->message);
    return 1;
}

static int sweep(char **argv) {
    World world = {0};
    const size_t n_sources = strtoul(argv[6], NULL, 10);
    make_relief(&world, strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10), atof(argv[4]));
    const GapTravelClass walk = {GAP_MODE_WALK, 5, 0};
    world.ground.table = &walk;
    world.ground.n_classes = 1;
    GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT;
    options.neighbours = atoi(argv[5]);
    if (!strcmp(argv[7], "langmuir")) {
        options.walk.kind = GAP_WALK_LANGMUIR;
        options.length = GAP_LENGTH_MAP;
    }
    GapTravelOptions search = GAP_TRAVEL_OPTIONS_INIT;
    search.threads = (unsigned)atoi(argv[8]);
    search.limit_min = argv[9] ? atof(argv[9]) : INFINITY;
    g_autofree GapTravelSource *sources = random_sources(&world, n_sources, 3);
    GError *error = NULL;
    const double before = processor_s();
    const gint64 start = g_get_monotonic_time();
    g_autoptr(GapSurface) surface = gap_surface_new(&world.ground, &options, &error);
    const gint64 built = g_get_monotonic_time();
    g_autoptr(GapTravel) travel =
        surface ? gap_travel_new(surface, sources, n_sources, &search, NULL, &error) : NULL;
    const gint64 searched = g_get_monotonic_time();
    g_autoptr(GapGrid) minutes = travel ? gap_travel_minutes(travel, &error) : NULL;
    if (!minutes)
        return fail(error);
    const double seconds = (double)(g_get_monotonic_time() - start) / 1e6;
    const double busy = processor_s() - before;
    const double cells = (double)(world.ground.cols * world.ground.rows);
    double sum = 0;
    for (size_t i = 0; i < world.ground.cols * world.ground.rows; i++)
        sum += isnan(minutes->cells[i]) ? 0 : (double)minutes->cells[i];
    printf("%.2f s, processor %.2f s (surface %.2f, search %.2f), %.0f cells, %.0f ns a cell, %.1f "
           "bytes a cell at most, reached %zu, mean %.3f min\n",
           seconds, busy, (double)(built - start) / 1e6, (double)(searched - built) / 1e6, cells,
           busy / cells * 1e9, peak_mib() * 1048576 / cells, gap_travel_reached(travel),
           sum / (double)gap_travel_reached(travel));
    free_world(&world);
    return 0;
}

static int many(char **argv) {
    World world = {0};
    const size_t n_origins = strtoul(argv[5], NULL, 10), n_targets = strtoul(argv[6], NULL, 10);
    make_relief(&world, strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10), atof(argv[4]));
    make_roads(&world);
    const GapTravelClass table[] = {{GAP_MODE_WALK, 5, 0}, {GAP_MODE_VEHICLE, 40, 0}};
    world.ground.table = table;
    world.ground.n_classes = G_N_ELEMENTS(table);
    const GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT;
    const GapTravelOptions search = {.limit_min = atof(argv[7])};
    g_autofree GapTravelSource *origins = random_sources(&world, n_origins, 3);
    g_autofree size_t *targets = random_cells(&world, n_targets, 5);
    GError *error = NULL;
    const gint64 start = g_get_monotonic_time();
    g_autoptr(GapSurface) surface = gap_surface_new(&world.ground, &options, &error);
    g_autoptr(GArray) pairs = surface
                                  ? gap_travel_many(surface, origins, n_origins, targets, n_targets,
                                                    &search, (unsigned)atoi(argv[8]), NULL, &error)
                                  : NULL;
    if (!pairs)
        return fail(error);
    const double seconds = (double)(g_get_monotonic_time() - start) / 1e6;
    g_autoptr(GapTravel) one = gap_travel_new(surface, origins, 1, &search, NULL, &error);
    printf("%.2f s, %u pairs, %zu cells reached by the first origin, %.0f MiB at most\n", seconds,
           pairs->len, gap_travel_reached(one), peak_mib());
    free_world(&world);
    return 0;
}

static gpointer go_round(gpointer data) {
    double x = 1;
    for (int i = 0; i < 300000000; i++)
        x = x * 0.999 + 1;
    *(double *)data = x;
    return NULL;
}

static int loop(int threads) {
    double *end = g_new(double, threads);
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    const gint64 start = g_get_monotonic_time();
    for (int i = 1; i < threads; i++)
        g_ptr_array_add(others, g_thread_new("loop", go_round, &end[i]));
    go_round(&end[0]);
    for (guint i = 0; i < others->len; i++)
        g_thread_join(others->pdata[i]);
    printf("%.2f s, processor %.2f s (%.0f)\n", (double)(g_get_monotonic_time() - start) / 1e6,
           processor_s(), end[0]);
    g_free(end);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && !strcmp(argv[1], "loop"))
        return loop(CLAMP(atoi(argv[2]), 1, 64));
    if ((argc == 9 || argc == 10) && !strcmp(argv[1], "sweep"))
        return sweep(argv);
    if (argc == 9 && !strcmp(argv[1], "many"))
        return many(argv);
    fputs("how to call it stands at the top of bench_travel.c\n", stderr);
    return 2;
}
