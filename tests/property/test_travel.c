/* Random ground: the fast search answers as a heap of doubles does, bit for bit as a heap over the
 * same steps, and what it says of links, sources, paths and many origins hangs together. */
#include "tests/check.h"

#include "geo/travel/sweep.h"
#include "tests/travel_reference.h"

enum { WORLDS = 200, MOST_SOURCES = 5, CLASSES = 6 };

typedef struct {
    GapGround ground;
    GapSurfaceOptions options;
    GapTravelOptions search;
    GapTravelClass table[CLASSES];
    GapTravelSource sources[MOST_SOURCES];
    size_t n_sources;
    float *elevation, *friction;
    uint8_t *classes;
    GapSurface *surface;
} World;

/* Patches of a few cells, so that plain ground, edges and barriers all occur. */
static void make_ground(World *world, GRand *rand) {
    const size_t cols = world->ground.cols, rows = world->ground.rows;
    const double rough = g_rand_double_range(rand, 0, 60);
    const size_t patch = (size_t)g_rand_int_range(rand, 1, 30);
    const bool level = g_rand_int_range(rand, 0, 5) == 0;
    for (size_t i = 0; i < cols * rows; i++) {
        const double wave = 300 * sin((double)(i % cols) / 9) * cos((double)(i / cols) / 7);
        world->elevation[i] = (float)(level ? 800 : wave + g_rand_double_range(rand, 0, rough));
        if (g_rand_int_range(rand, 0, 200) == 0)
            world->elevation[i] = NAN;
        world->classes[i] =
            (uint8_t)((i % cols / patch * 7 + i / cols / patch * 3) * 2654435761u >> 8) % CLASSES;
        if (g_rand_int_range(rand, 0, 40) == 0)
            world->classes[i] = (uint8_t)g_rand_int_range(rand, 0, CLASSES);
        world->friction[i] =
            g_rand_int_range(rand, 0, 12) ? (float)g_rand_double_range(rand, 0.001, 0.1) : NAN;
    }
}

static void make_world(World *world, GRand *rand, bool friction) {
    static const int neighbours[] = {8, 16, 32};
    const size_t cols = (size_t)g_rand_int_range(rand, 1, 150);
    const size_t rows = (size_t)g_rand_int_range(rand, 1, 150);
    *world = (World){.ground = {.cols = cols, .rows = rows},
                     .options = GAP_SURFACE_OPTIONS_INIT,
                     .search = GAP_TRAVEL_OPTIONS_INIT,
                     .elevation = g_new(float, cols *rows),
                     .friction = g_new(float, cols *rows),
                     .classes = g_new(uint8_t, cols * rows)};
    world->ground.dx = g_rand_double_range(rand, 20, 300);
    world->ground.dy = world->ground.dx * g_rand_double_range(rand, 0.5, 2);
    world->ground.elevation_m = world->elevation;
    world->ground.classes = world->classes;
    world->ground.table = world->table;
    world->ground.n_classes = CLASSES;
    world->ground.friction_min_per_m = friction ? world->friction : NULL;
    world->options.neighbours = neighbours[g_rand_int_range(rand, 0, 3)];
    world->options.length = g_rand_boolean(rand) ? GAP_LENGTH_MAP : GAP_LENGTH_SURFACE;
    world->options.walk.kind = (GapWalkKind)g_rand_int_range(rand, 0, 3);
    world->options.unknown_closed = g_rand_boolean(rand);
    world->search.inwards = g_rand_boolean(rand);
    world->search.threads = (unsigned)g_rand_int_range(rand, 1, 4);
    if (g_rand_boolean(rand))
        world->search.limit_min = g_rand_double_range(rand, 1, 300);
    for (size_t i = 0; i < CLASSES; i++)
        world->table[i] = (GapTravelClass){(GapMode)(i % 4), g_rand_double_range(rand, 1, 60),
                                           g_rand_double_range(rand, 0, 1)};
    make_ground(world, rand);
}

static void place_sources(World *world, GRand *rand) {
    for (int tries = 0; tries < 50 && world->n_sources < MOST_SOURCES; tries++) {
        const size_t cell =
            (size_t)g_rand_int_range(rand, 0, (gint32)(world->ground.cols * world->ground.rows));
        if (gap_surface_open(world->surface, cell))
            world->sources[world->n_sources++] = (GapTravelSource){
                cell, g_rand_boolean(rand) ? 0 : g_rand_double_range(rand, 0, 20)};
    }
}

static void free_world(World *world) {
    gap_surface_free(world->surface);
    g_free(world->elevation);
    g_free(world->friction);
    g_free(world->classes);
}

static GapTravel *travel_of(const World *world, size_t n_sources) {
    GError *error = NULL;
    GapTravel *travel =
        gap_travel_new(world->surface, world->sources, n_sources, &world->search, NULL, &error);
    assert_no_error(error);
    return travel;
}

/* Doubles and formulas against ticks and tables. */
static void near_the_reference(const World *world, const GapTravel *travel) {
    const GapReference ref = {&world->ground, &world->options, world->search.inwards};
    g_autofree double *minutes =
        reference_minutes(&ref, world->sources, world->n_sources, INFINITY);
    const double limit = world->search.limit_min, tick = gap_travel_tick_s(travel) / 60;
    for (size_t i = 0; i < world->ground.cols * world->ground.rows; i++) {
        const double bound = 1e-5 * minutes[i] + 200 * tick;
        const double got = gap_travel_minutes_at(travel, i);
        if (isnan(got) && minutes[i] > limit - bound)
            continue;
        if (isnan(minutes[i]) != isnan(got) || fabs(minutes[i] - got) > bound)
            fail_msg("cell %zu: %.9g, by the reference %.9g", i, got, minutes[i]);
    }
}

/* A heap over the very steps of the search. */
static void same_as_a_heap(const World *world, GapTravel *travel) {
    const GapSurface *surface = world->surface;
    GapSweep sweep;
    GError *error = NULL;
    gap_sweep_init(&sweep, surface, &world->search, nearbyint(1 / gap_travel_tick_s(travel)),
                   &error);
    assert_no_error(error);
    g_autofree uint64_t *ticks = g_new(uint64_t, surface->cells);
    memset(ticks, 0xff, surface->cells * sizeof *ticks);
    g_autoptr(GArray) heap = g_array_new(FALSE, FALSE, sizeof(GapHeapEntry));
    for (size_t i = 0; i < world->n_sources; i++)
        heap_push(heap, nearbyint(world->sources[i].turnout_min * 60 * sweep.ticks_per_s),
                  gap_surface_index(surface, world->sources[i].cell));
    while (heap->len > 0) {
        const GapHeapEntry first = heap_pop(heap);
        if (ticks[first.cell] <= (uint64_t)first.key || first.key > sweep.limit)
            continue;
        ticks[first.cell] = (uint64_t)first.key;
        for (int k = 0; k < surface->n_steps; k++) {
            const size_t to = first.cell + (size_t)surface->step[k].to;
            if (isfinite(gap_step_s(surface, first.cell, k, world->search.inwards)))
                heap_push(heap, first.key + gap_sweep_step(&sweep, first.cell, k), to);
        }
    }
    for (size_t cell = 0; cell < surface->cols * surface->rows; cell++) {
        const uint64_t want = ticks[gap_surface_index(surface, cell)];
        const double minutes = want == UINT64_MAX ? NAN : (double)want / (60 * sweep.ticks_per_s);
        assert_near(gap_travel_minutes_at(travel, cell), minutes, 0);
    }
    gap_sweep_clear(&sweep);
}

/* Every link leads to a cell that is reached earlier, and in the end to the source allotted. */
static void links_lead_home(const World *world, const GapTravel *travel) {
    GError *error = NULL;
    g_autofree uint8_t *links = gap_travel_backlinks(travel, &error);
    assert_no_error(error);
    g_autofree int32_t *source = gap_travel_allocation(travel, links, &error);
    assert_no_error(error);
    for (size_t i = 0; i < world->ground.cols * world->ground.rows; i++) {
        const double minutes = gap_travel_minutes_at(travel, i);
        assert_int_equal(links[i] == GAP_TRAVEL_NOWHERE, isnan(minutes));
        assert_int_equal(source[i] == -1, isnan(minutes));
        if (isnan(minutes))
            continue;
        if (links[i] == 0) {
            assert_int_equal(world->sources[source[i]].cell, i);
            continue;
        }
        int cols, rows;
        gap_travel_move(links[i], &cols, &rows);
        const size_t back = i + (size_t)(rows * (gint64)world->ground.cols + cols);
        assert_true(gap_travel_minutes_at(travel, back) < minutes);
        assert_int_equal(source[back], source[i]);
    }
}

static void paths_add_up(const World *world, const GapTravel *travel, GRand *rand) {
    for (int tries = 0; tries < 10; tries++) {
        const size_t cell =
            (size_t)g_rand_int_range(rand, 0, (gint32)(world->ground.cols * world->ground.rows));
        if (isnan(gap_travel_minutes_at(travel, cell)))
            continue;
        GError *error = NULL;
        g_autoptr(GapTravelPath) path = gap_travel_path(travel, cell, &error);
        assert_no_error(error);
        double minutes = path->turnout_min;
        for (guint i = 0; i < path->parts->len; i++)
            minutes += g_array_index(path->parts, GapTravelPart, i).minutes;
        assert_near(minutes, path->minutes,
                    1e-5 * path->minutes + path->cells->len * gap_travel_tick_s(travel) / 60);
        const guint far = world->search.inwards ? 0 : path->cells->len - 1;
        assert_int_equal(g_array_index(path->cells, size_t, far), cell);
        assert_int_equal(g_array_index(path->cells, size_t, path->cells->len - 1 - far),
                         world->sources[path->source].cell);
    }
}

/* A lower limit: what it reaches the higher one does. */
static void monotone_in_the_limit(const World *world, const GapTravel *travel) {
    World nearer = *world;
    nearer.search.limit_min = 0.6 * MIN(world->search.limit_min, 100);
    g_autoptr(GapTravel) near = travel_of(&nearer, world->n_sources);
    assert_true(gap_travel_reached(near) <= gap_travel_reached(travel));
    for (size_t i = 0; i < world->ground.cols * world->ground.rows; i++)
        if (!isnan(gap_travel_minutes_at(near, i))) {
            assert_true(gap_travel_minutes_at(near, i) <= nearer.search.limit_min * (1 + 1e-9));
            assert_false(isnan(gap_travel_minutes_at(travel, i)));
        }
}

/* Fewer sources or lower speeds: never earlier, and nothing more is reached. */
static void monotone(World *world, const GapTravel *travel) {
    g_autoptr(GapTravel) fewer = travel_of(world, world->n_sources - 1);
    World slower = *world;
    for (size_t i = 0; i < CLASSES; i++)
        slower.table[i].kmh *= 0.8;
    slower.ground.table = slower.table;
    GError *error = NULL;
    slower.surface = gap_surface_new(&slower.ground, &slower.options, &error);
    assert_no_error(error);
    g_autoptr(GapTravel) slow = travel_of(&slower, world->n_sources);
    const bool same_tick = gap_travel_tick_s(slow) == gap_travel_tick_s(travel) &&
                           gap_travel_tick_s(fewer) == gap_travel_tick_s(travel);
    for (size_t i = 0; same_tick && i < world->ground.cols * world->ground.rows; i++) {
        const double minutes = gap_travel_minutes_at(travel, i);
        assert_false(gap_travel_minutes_at(fewer, i) < minutes);
        assert_false(gap_travel_minutes_at(slow, i) < minutes);
        assert_false(isnan(minutes) && (!isnan(gap_travel_minutes_at(fewer, i)) ||
                                        !isnan(gap_travel_minutes_at(slow, i))));
    }
    gap_surface_free(slower.surface);
}

static void many_are_as_one_by_one(const World *world, GRand *rand) {
    enum { TARGETS = 40 };
    size_t targets[TARGETS];
    for (size_t i = 0; i < TARGETS; i++)
        targets[i] =
            (size_t)g_rand_int_range(rand, 0, (gint32)(world->ground.cols * world->ground.rows));
    World limited = *world;
    limited.search.limit_min = MIN(world->search.limit_min, 200);
    GError *error = NULL;
    g_autoptr(GArray) pairs =
        gap_travel_many(world->surface, world->sources, world->n_sources, targets, TARGETS,
                        &limited.search, (unsigned)g_rand_int_range(rand, 1, 4), NULL, &error);
    assert_no_error(error);
    guint at = 0;
    for (uint32_t from = 0; from < world->n_sources; from++) {
        limited.sources[0] = world->sources[from];
        g_autoptr(GapTravel) one = travel_of(&limited, 1);
        for (uint32_t to = 0; to < TARGETS; to++) {
            const double minutes = gap_travel_minutes_at(one, targets[to]);
            if (isnan(minutes))
                continue;
            assert_true(at < pairs->len);
            const GapTravelPair *pair = &g_array_index(pairs, GapTravelPair, at++);
            assert_int_equal(pair->from, from);
            assert_int_equal(pair->to, to);
            assert_true(pair->minutes == (float)minutes);
        }
    }
    assert_int_equal(at, pairs->len);
}

/* There and back: the way out to a cell takes what the way in from there does. */
static void directions_mirror(const World *world, const GapTravel *travel) {
    World turned = *world;
    turned.search.inwards = !world->search.inwards;
    const size_t source = world->sources[0].cell, cell = world->sources[world->n_sources - 1].cell;
    turned.sources[0] = (GapTravelSource){cell, 0};
    World single = *world;
    single.sources[0].turnout_min = 0;
    g_autoptr(GapTravel) there = travel_of(&single, 1), back = travel_of(&turned, 1);
    assert_near(gap_travel_minutes_at(there, cell), gap_travel_minutes_at(back, source),
                1000 * gap_travel_tick_s(travel) / 60);
}

static void random_worlds_agree(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261125);
    for (int i = 0; i < WORLDS; i++) {
        World world;
        make_world(&world, rand, i % 8 == 7);
        GError *error = NULL;
        world.surface = gap_surface_new(&world.ground, &world.options, &error);
        assert_no_error(error);
        place_sources(&world, rand);
        if (world.n_sources > 0) {
            g_autoptr(GapTravel) travel = travel_of(&world, world.n_sources);
            near_the_reference(&world, travel);
            same_as_a_heap(&world, travel);
            links_lead_home(&world, travel);
            paths_add_up(&world, travel, rand);
            monotone(&world, travel);
            monotone_in_the_limit(&world, travel);
            many_are_as_one_by_one(&world, rand);
            directions_mirror(&world, travel);
        }
        free_world(&world);
    }
}

/* Large enough for several threads to meet. */
static void threads_agree(void **state) {
    (void)state;
    enum { COLS = 900, ROWS = 700 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261130);
    World world;
    make_world(&world, rand, false);
    g_free(world.elevation);
    g_free(world.friction);
    g_free(world.classes);
    world.ground.cols = COLS;
    world.ground.rows = ROWS;
    world.ground.elevation_m = world.elevation = g_new(float, COLS *ROWS);
    world.ground.classes = world.classes = g_new(uint8_t, COLS * ROWS);
    world.ground.table = world.table;
    world.friction = g_new(float, COLS *ROWS);
    world.search.limit_min = INFINITY;
    make_ground(&world, rand);
    GError *error = NULL;
    world.surface = gap_surface_new(&world.ground, &world.options, &error);
    assert_no_error(error);
    place_sources(&world, rand);
    world.search.threads = 1;
    g_autoptr(GapTravel) alone = travel_of(&world, world.n_sources);
    assert_true(gap_travel_reached(alone) > COLS * ROWS / 2);
    for (unsigned threads = 2; threads <= 4; threads++) {
        world.search.threads = threads;
        g_autoptr(GapTravel) together = travel_of(&world, world.n_sources);
        for (size_t cell = 0; cell < COLS * ROWS; cell++)
            assert_near(gap_travel_minutes_at(together, cell), gap_travel_minutes_at(alone, cell),
                        0);
    }
    same_as_a_heap(&world, alone);
    free_world(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_worlds_agree),
                                       cmocka_unit_test(threads_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
