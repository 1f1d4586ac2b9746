/* Least travel time where the answer is known: planes, cones, passes, gates, bridges, limits. */
#include "tests/check.h"

#include "geo/base/error.h"
#include "geo/travel/travel.h"

enum { OPEN, SHUT, ROAD };
static const GapTravelClass classes[] = {
    {GAP_MODE_WALK, 5, 0}, {GAP_MODE_CLOSED, 0, 0}, {GAP_MODE_VEHICLE, 60, 0}};

typedef struct {
    GapGround ground;
    GapSurfaceOptions options;
    GapTravelOptions search;
    float *elevation;
    uint8_t *class;
    GapSurface *surface;
    GapTravel *travel;
} Case;

/* Level open ground of 100 m cells. */
static Case plain(size_t cols, size_t rows) {
    Case made = {.ground = {.cols = cols, .rows = rows, .dx = 100, .dy = 100},
                 .options = GAP_SURFACE_OPTIONS_INIT,
                 .search = GAP_TRAVEL_OPTIONS_INIT,
                 .elevation = g_new0(float, cols *rows),
                 .class = g_new0(uint8_t, cols * rows)};
    made.ground.elevation_m = made.elevation;
    made.ground.classes = made.class;
    made.ground.table = classes;
    made.ground.n_classes = G_N_ELEMENTS(classes);
    return made;
}

static size_t at(const Case *made, size_t col, size_t row) {
    return row * made->ground.cols + col;
}

/* From one source; may be asked again after a change. */
static void run_from(Case *made, size_t cell, double turnout_min) {
    GError *error = NULL;
    g_clear_pointer(&made->travel, gap_travel_free);
    g_clear_pointer(&made->surface, gap_surface_free);
    made->surface = gap_surface_new(&made->ground, &made->options, &error);
    assert_no_error(error);
    const GapTravelSource source = {cell, turnout_min};
    made->travel = gap_travel_new(made->surface, &source, 1, &made->search, NULL, &error);
    assert_no_error(error);
}

static double minutes(const Case *made, size_t col, size_t row) {
    return gap_travel_minutes_at(made->travel, at(made, col, row));
}

static void done(Case *made) {
    gap_travel_free(made->travel);
    gap_surface_free(made->surface);
    g_free(made->elevation);
    g_free(made->class);
}

static const double LEVEL_MIN = 1.2; // 100 m at 5 km/h

/* The longest way round, over all directions, is that of the polygon that the moves make. */
static void plane_is_a_polygon(void **state) {
    (void)state;
    static const struct {
        int neighbours;
        double worst; // the direction halfway between two moves
    } rows[] = {{8, 0.08239}, {16, 0.02748}, {32, 0.01308}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        enum { SIDE = 401 };
        Case made = plain(SIDE, SIDE);
        made.options.neighbours = rows[i].neighbours;
        run_from(&made, at(&made, 0, 0), 0);
        double worst = 0;
        for (size_t row = 0; row < SIDE; row++)
            for (size_t col = 0; col < SIDE; col++) {
                const double straight = LEVEL_MIN * hypot((double)col, (double)row);
                const double got = minutes(&made, col, row);
                assert_true(got >= straight * (1 - 1e-7));
                if (row + col > 0)
                    worst = MAX(worst, got / straight - 1);
            }
        assert_near(worst, rows[i].worst, 2e-5);
        done(&made);
    }
}

/* Straight up and down a cone along rows, columns and diagonals, by the formula. */
static void cone(void **state) {
    (void)state;
    enum { SIDE = 81, TOP = 40 };
    const double rise = 0.1;
    Case made = plain(SIDE, SIDE);
    for (size_t row = 0; row < SIDE; row++)
        for (size_t col = 0; col < SIDE; col++)
            made.elevation[at(&made, col, row)] =
                (float)(3000 - rise * 100 * hypot((double)col - TOP, (double)row - TOP));
    const GapWalk walk = GAP_WALK_INIT;
    for (int inwards = 0; inwards < 2; inwards++) {
        made.search.inwards = inwards;
        run_from(&made, at(&made, TOP, TOP), 0);
        const double factor =
            sqrt(1 + rise * rise) * exp(3.5 * fabs((inwards ? rise : -rise) + 0.05)) * exp(-0.175);
        assert_near(
            gap_pace_factor(GAP_MODE_WALK, &walk, GAP_LENGTH_SURFACE, inwards ? rise : -rise),
            factor, 1e-12);
        for (size_t away = 1; away <= TOP; away++) {
            const double want = LEVEL_MIN * (double)away * factor;
            assert_near(minutes(&made, TOP + away, TOP), want, 2e-5 * want);
            assert_near(minutes(&made, TOP, TOP - away), want, 2e-5 * want);
            assert_near(minutes(&made, TOP - away, TOP + away), want * G_SQRT2, 3e-5 * want);
        }
    }
    done(&made);
}

static bool path_meets(const Case *made, size_t to, size_t cell) {
    GError *error = NULL;
    g_autoptr(GapTravelPath) path = gap_travel_path(made->travel, to, &error);
    assert_no_error(error);
    bool met = false;
    for (guint i = 0; i < path->cells->len; i++)
        met |= g_array_index(path->cells, size_t, i) == cell;
    return met;
}

static void ridge_with_one_pass(void **state) {
    (void)state;
    Case made = plain(41, 61);
    for (size_t row = 0; row < 61; row++)
        for (size_t col = 18; col <= 22; col++)
            made.elevation[at(&made, col, row)] =
                row == 50 ? 0 : 400 - 150 * fabsf((float)col - 20);
    run_from(&made, at(&made, 0, 30), 0);
    assert_true(path_meets(&made, at(&made, 40, 30), at(&made, 20, 50)));
    const double through = minutes(&made, 40, 30);
    assert_true(through > LEVEL_MIN * 2 * hypot(20, 20) && through < LEVEL_MIN * 2 * 29.1);
    done(&made);
}

/* A wall of one cell: no way but by the gate, whatever the moves; none when it is shut. */
static void wall_with_one_gate(void **state) {
    (void)state;
    static const int neighbours[] = {8, 16, 32};
    for (size_t i = 0; i < G_N_ELEMENTS(neighbours); i++) {
        Case made = plain(31, 31);
        made.options.neighbours = neighbours[i];
        for (size_t row = 0; row < 31; row++)
            made.class[at(&made, 15, row)] = row == 30 ? OPEN : SHUT;
        run_from(&made, at(&made, 15, 30), 0);
        const double half = minutes(&made, 0, 0), other = minutes(&made, 30, 0);
        assert_near(half, other, 1e-9);
        run_from(&made, at(&made, 0, 0), 0);
        assert_near(minutes(&made, 30, 0), half + other, 1e-4);
        assert_true(path_meets(&made, at(&made, 30, 0), at(&made, 15, 30)));
        made.class[at(&made, 15, 30)] = SHUT;
        run_from(&made, at(&made, 0, 0), 0);
        assert_true(isnan(minutes(&made, 30, 0)) && isnan(minutes(&made, 15, 5)));
        assert_int_equal(gap_travel_reached(made.travel), 15 * 31);
        done(&made);
    }
}

/* A wall whose cells touch by corners only does not leak; a road of such cells leads through. */
static void corners(void **state) {
    (void)state;
    static const int neighbours[] = {8, 16, 32};
    for (size_t i = 0; i < G_N_ELEMENTS(neighbours); i++) {
        enum { SIDE = 21 };
        Case made = plain(SIDE, SIDE);
        made.options.neighbours = neighbours[i];
        for (size_t k = 0; k < SIDE; k++)
            made.class[at(&made, k, SIDE - 1 - k)] = SHUT;
        run_from(&made, at(&made, 0, 0), 0);
        assert_true(isnan(minutes(&made, SIDE - 1, SIDE - 1)));
        assert_int_equal(gap_travel_reached(made.travel), SIDE * (SIDE - 1) / 2);
        memset(made.class, SHUT, SIDE * SIDE);
        for (size_t k = 0; k < SIDE; k++)
            made.class[at(&made, k, k)] = ROAD;
        run_from(&made, at(&made, 0, 0), 0);
        assert_true(isnan(minutes(&made, 1, 1))); // both cells beside the corner are shut
        for (size_t k = 0; k + 1 < SIDE; k++)
            made.class[at(&made, k + 1, k)] = ROAD;
        run_from(&made, at(&made, 0, 0), 0);
        assert_near(minutes(&made, SIDE - 1, SIDE - 1), 20 * 0.1 * G_SQRT2, 2e-5);
        done(&made);
    }
}

static void slope_of_one_way(void **state) {
    (void)state;
    Case made = plain(11, 1);
    for (size_t col = 0; col < 11; col++)
        made.elevation[col] = 20 * (float)col;
    run_from(&made, 0, 0);
    const double up = minutes(&made, 10, 0);
    run_from(&made, 10, 0);
    const double down = minutes(&made, 0, 0);
    assert_true(up > 1.3 * down);
    made.search.inwards = true;
    assert_true(minutes(&made, 0, 0) == down);
    run_from(&made, 10, 0);
    assert_near(minutes(&made, 0, 0), up, 1e-9);
    done(&made);
}

/* Over the bridge by car, to and from it on foot; the path says so in the order of travel. */
static void river_with_one_bridge(void **state) {
    (void)state;
    Case made = plain(21, 21);
    for (size_t col = 0; col < 21; col++)
        for (size_t row = 9; row <= 11; row++)
            made.class[at(&made, col, row)] = col == 3 ? ROAD : SHUT;
    run_from(&made, at(&made, 3, 0), 7);
    GError *error = NULL;
    g_autoptr(GapTravelPath) path = gap_travel_path(made.travel, at(&made, 3, 20), &error);
    assert_no_error(error);
    static const struct {
        uint8_t class;
        double length_m, minutes;
    } want[] = {{OPEN, 850, 10.2}, {ROAD, 300, 0.3}, {OPEN, 850, 10.2}};
    assert_int_equal(path->parts->len, G_N_ELEMENTS(want));
    for (guint i = 0; i < path->parts->len; i++) {
        const GapTravelPart *part = &g_array_index(path->parts, GapTravelPart, i);
        assert_int_equal(part->class, want[i].class);
        assert_near(part->length_m, want[i].length_m, 1e-6);
        assert_near(part->minutes, want[i].minutes, 1e-9);
    }
    assert_near(path->minutes, 27.7, 1e-9);
    assert_near(path->turnout_min, 7, 0);
    assert_int_equal(g_array_index(path->cells, size_t, 0), at(&made, 3, 0));
    assert_true(isnan(minutes(&made, 10, 10)));
    assert_null(gap_travel_path(made.travel, at(&made, 10, 10), &error));
    assert_error_says(error, "not reached");
    done(&made);
}

/* A path that takes exactly the limit counts, one that takes a hair more does not. */
static void limits_are_inclusive(void **state) {
    (void)state;
    static const struct {
        double kmh, cell_m, turnout_min, limit_min;
        size_t reach; // cells along a row
    } rows[] = {
        {5, 100, 0, 120, 100},   {5, 100, 0, 119.9999, 99}, {5, 100, 0, 12, 10},
        {5, 100, 0, 11.999, 9},  {3, 100, 0, 60, 30},       {6, 250, 10, 60, 20},
        {7, 70, 0, 6, 10},       {4.8, 100, 0, 12.5, 10},   {40, 250, 0, 3.75, 10},
        {5, 30, 0.3, 36.3, 100}, {5, 30, 0.4, 36.3, 99},    {4, 100, 1.5, 1.5, 0},
        {6, 100, 0, 0.1, 0},     {6, 10, 0, 0.1, 1},        {60, 100, 5, 15, 100},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        Case made = plain(130, 3);
        const GapTravelClass walk = {GAP_MODE_WALK, rows[i].kmh, 0};
        made.ground.table = &walk;
        made.ground.n_classes = 1;
        made.ground.dx = made.ground.dy = rows[i].cell_m;
        made.search.limit_min = rows[i].limit_min;
        run_from(&made, at(&made, 0, 1), rows[i].turnout_min);
        size_t reach = 0;
        while (!isnan(minutes(&made, reach + 1, 1)))
            reach++;
        if (reach != rows[i].reach)
            fail_msg("row %zu: %zu cells, not %zu", i, reach, rows[i].reach);
        GError *error = NULL;
        g_autoptr(GapGrid) grid = gap_travel_minutes(made.travel, &error);
        assert_no_error(error);
        assert_true(grid->cells[at(&made, reach, 1)] <= (float)rows[i].limit_min);
        assert_true(isnan(grid->cells[at(&made, reach + 1, 1)]));
        done(&made);
    }
}

/* A source that turns out after the limit reaches nothing, not even its own cell. */
static void late_turnout(void **state) {
    (void)state;
    Case made = plain(5, 5);
    made.search.limit_min = 10;
    run_from(&made, 12, 10.001);
    assert_int_equal(gap_travel_reached(made.travel), 0);
    done(&made);
}

static void nearest_source_is_allotted(void **state) {
    (void)state;
    Case made = plain(30, 1);
    GError *error = NULL;
    // The first is late; the last two share a cell, where the quicker counts.
    const GapTravelSource sources[] = {{0, 12}, {29, 5}, {29, 0}, {29, 0}};
    made.surface = gap_surface_new(&made.ground, &made.options, &error);
    made.travel = gap_travel_new(made.surface, sources, 4, &made.search, NULL, &error);
    assert_no_error(error);
    g_autofree uint8_t *links = gap_travel_backlinks(made.travel, &error);
    g_autofree int32_t *source = gap_travel_allocation(made.travel, links, &error);
    // 12 + 1.2 c < 1.2 (29 - c) up to c = 9
    for (size_t col = 0; col < 30; col++)
        assert_int_equal(source[col], col <= 9 ? 0 : 2);
    assert_near(minutes(&made, 9, 0), 12 + 9 * LEVEL_MIN, 1e-9);
    int cols, rows;
    gap_travel_move(links[9], &cols, &rows);
    assert_int_equal(cols, -1);
    assert_int_equal(rows, 0);
    assert_int_equal(links[0], 0);
    done(&made);
}

/* A knight's move pays a quarter of its length in each of the four cells it crosses. */
static void knight_pays_all_cells(void **state) {
    (void)state;
    Case made = plain(3, 2);
    const float friction[] = {0.01f, 0.011f, 0.09f, 0.09f, 0.012f, 0.01f};
    made.ground.friction_min_per_m = friction;
    run_from(&made, 0, 0);
    assert_near(minutes(&made, 2, 1), 100 * sqrt(5) * (0.01 + 0.011 + 0.012 + 0.01) / 4, 1e-5);
    const float walled[] = {0.01f, NAN, 0.09f, 0.09f, 0.012f, 0.01f};
    made.ground.friction_min_per_m = walled;
    run_from(&made, 0, 0);
    // Around: diagonally (one cell beside the corner is open), then along.
    assert_near(minutes(&made, 2, 1), 100 * G_SQRT2 * 0.011 + 100 * 0.011, 1e-5);
    done(&made);
}

/* Cells twice as high as wide; slopes and lengths by direction. */
static void cells_not_square(void **state) {
    (void)state;
    Case made = plain(9, 9);
    made.ground.dy = 200;
    for (size_t i = 0; i < 81; i++)
        made.elevation[i] = 10 * (float)(i / 9);
    made.options.length = GAP_LENGTH_MAP;
    made.options.walk.kind = GAP_WALK_LANGMUIR;
    run_from(&made, 0, 0);
    assert_near(minutes(&made, 5, 0), 5 * 72. / 60, 1e-6);
    assert_near(minutes(&made, 0, 5), 5 * (200 * 0.72 + 6 * 10) / 60, 1e-5);
    assert_near(minutes(&made, 1, 1), (hypot(100, 200) * 0.72 + 60) / 60, 1e-5);
    assert_near(minutes(&made, 2, 1), (hypot(200, 200) * 0.72 + 60) / 60, 1e-5);
    done(&made);
}

static void unknown_ground(void **state) {
    (void)state;
    Case made = plain(5, 1);
    for (size_t col = 0; col < 5; col++)
        made.elevation[col] = col == 2 ? NAN : 100 * (float)col;
    made.options.walk.kind = GAP_WALK_NONE;
    made.options.length = GAP_LENGTH_MAP;
    run_from(&made, 0, 0);
    assert_near(minutes(&made, 4, 0), 4 * LEVEL_MIN, 1e-9);
    made.options.unknown_closed = true;
    run_from(&made, 0, 0);
    assert_true(isnan(minutes(&made, 2, 0)) && isnan(minutes(&made, 4, 0)));
    done(&made);
}

/* Values read off the formulas by hand. */
static void paces(void **state) {
    (void)state;
    const GapWalk tobler = GAP_WALK_INIT, none = {.kind = GAP_WALK_NONE};
    GapWalk langmuir = GAP_WALK_INIT;
    langmuir.kind = GAP_WALK_LANGMUIR;
    const struct {
        GapMode mode;
        const GapWalk *walk;
        GapLength length;
        double slope, factor;
    } rows[] = {
        {GAP_MODE_WALK, &tobler, GAP_LENGTH_MAP, 0, 1},
        {GAP_MODE_WALK, &tobler, GAP_LENGTH_MAP, -0.05, 0.839457},
        {GAP_MODE_WALK, &tobler, GAP_LENGTH_MAP, -0.1, 1},
        {GAP_MODE_WALK, &tobler, GAP_LENGTH_MAP, 0.2, 2.013753},
        {GAP_MODE_WALK, &tobler, GAP_LENGTH_SURFACE, 0.2, 2.053633},
        {GAP_MODE_WALK, &tobler, GAP_LENGTH_MAP, 100, 1e6},
        {GAP_MODE_WALK, &langmuir, GAP_LENGTH_MAP, 0.1, 1 + 0.6 / 0.72},
        {GAP_MODE_WALK, &langmuir, GAP_LENGTH_MAP, -0.1, 1 - 0.19998 / 0.72},
        {GAP_MODE_WALK, &langmuir, GAP_LENGTH_MAP, -0.3, 1 + 0.59994 / 0.72},
        {GAP_MODE_WALK, &none, GAP_LENGTH_MAP, 0.3, 1},
        {GAP_MODE_VEHICLE, &tobler, GAP_LENGTH_MAP, 0.3, 1},
        {GAP_MODE_VEHICLE, &tobler, GAP_LENGTH_SURFACE, 0.75, 1.25},
        {GAP_MODE_BICYCLE, &tobler, GAP_LENGTH_MAP, 0, 1},
        {GAP_MODE_BICYCLE, &tobler, GAP_LENGTH_MAP, -0.2, 0.5},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_near(gap_pace_factor(rows[i].mode, rows[i].walk, rows[i].length, rows[i].slope),
                    rows[i].factor, 1e-6);
    // Uphill a rider keeps the power: at 2 % 90 kg need 26.5 W at 1.5 m/s more.
    const double level = 15 / 3.6;
    const double v = level / gap_pace_factor(GAP_MODE_BICYCLE, &tobler, GAP_LENGTH_MAP, 0.0203125);
    assert_near(v * (90 * 9.81 * 0.0303125 + 0.3 * v * v),
                level * (90 * 9.81 * 0.01 + 0.3 * level * level), 1e-6);
    for (double s = -1; s < 1; s += 0.01)
        assert_true(gap_pace_factor(GAP_MODE_BICYCLE, &tobler, GAP_LENGTH_MAP, s) <=
                    15 / 4. * exp(3.5 * (fabs(s + 0.05) - 0.05)) * 1.0001);
}

static void bad_ground_is_refused(void **state) {
    (void)state;
    const GapTravelClass slow = {GAP_MODE_WALK, 0, 0}, back = {GAP_MODE_VEHICLE, -5, 0};
    const GapTravelClass none = {GAP_MODE_WALK, NAN, 0}, odd = {(GapMode)9, 5, 0};
    const GapTravelClass rough = {GAP_MODE_WALK, 5, -1};
    uint8_t unknown[] = {0, 0, 0, 7};
    float peak[] = {0, 0, INFINITY, 0}, free_ride[] = {1, 1, 0, 1}, negative[] = {1, -1, 1, 1};
    const GapGround good = {
        .cols = 2, .rows = 2, .dx = 30, .dy = 30, .table = classes, .n_classes = 3};
    GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT, seven = options, walk = options;
    seven.neighbours = 7;
    walk.walk.kind = GAP_WALK_LANGMUIR;
    walk.walk.c = 5; // down to -0.2125 faster than nothing
    struct {
        GapGround ground;
        const GapSurfaceOptions *options;
        const char *says;
    } rows[] = {
        {good, &seven, "8, 16 or 32"},       {good, &walk, "no time"},
        {good, &options, "speed of 0"},      {good, &options, "-5 km/h"},
        {good, &options, "nan km/h"},        {good, &options, "mode"},
        {good, &options, "friction of -1"},  {good, &options, "column 2, row 2"},
        {good, &options, "column 1, row 2"}, {good, &options, "column 1, row 2"},
        {good, &options, "column 2, row 1"}, {good, &options, "metres"},
        {good, &options, "positive"},        {good, &options, "0 classes"},
    };
    rows[2].ground.table = &slow, rows[3].ground.table = &back, rows[4].ground.table = &none;
    rows[5].ground.table = &odd, rows[6].ground.table = &rough;
    for (size_t i = 2; i <= 6; i++)
        rows[i].ground.n_classes = 1;
    rows[7].ground.classes = unknown;
    rows[8].ground.elevation_m = peak;
    rows[9].ground.friction_min_per_m = free_ride;
    rows[10].ground.friction_min_per_m = negative;
    rows[11].ground.dx = NAN;
    rows[12].ground.rows = 0;
    rows[13].ground.n_classes = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        GError *error = NULL;
        assert_null(gap_surface_new(&rows[i].ground, rows[i].options, &error));
        assert_error_says(error, rows[i].says);
    }
}

/* Ten billion cells: refused before anything is made, with a size that passes. */
static void too_many_cells(void **state) {
    (void)state;
    GError *error = NULL;
    assert_false(gap_surface_fits(1e6, 1e6, 10, 10, &error));
    assert_true(g_error_matches(error, GAP_ERROR, GAP_ERROR_USAGE));
    const char *fits = strstr(error->message, "cells of ");
    double size = 0;
    for (; fits; fits = strstr(fits + 1, "cells of "))
        size = g_ascii_strtod(fits + strlen("cells of "), NULL);
    assert_true(size > 30 && size < 1000);
    g_clear_error(&error);
    assert_true(gap_surface_fits(1e6, 1e6, size, size, &error));
    const GapGround huge = {
        .cols = 100000, .rows = 100000, .dx = 10, .dy = 10, .table = classes, .n_classes = 1};
    const GapSurfaceOptions options = GAP_SURFACE_OPTIONS_INIT;
    assert_null(gap_surface_new(&huge, &options, &error));
    assert_error_says(error, "would fit");
}

static void bad_searches_are_refused(void **state) {
    (void)state;
    Case made = plain(4, 4);
    made.class[5] = SHUT;
    GError *error = NULL;
    made.surface = gap_surface_new(&made.ground, &made.options, &error);
    static const struct {
        GapTravelSource source;
        double limit;
        const char *says;
    } rows[] = {{{5, 0}, 60, "column 2, row 2"}, {{16, 0}, 60, "outside"}, {{0, -1}, 60, "-1 min"},
                {{0, NAN}, 60, "nan min"},       {{0, 0}, 0, "limit"},     {{0, 0}, -5, "limit"},
                {{0, 0}, NAN, "limit"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const GapTravelOptions search = {rows[i].limit, false};
        assert_null(gap_travel_new(made.surface, &rows[i].source, 1, &search, NULL, &error));
        assert_error_says(error, rows[i].says);
        const size_t target = 0;
        assert_null(gap_travel_many(made.surface, &rows[i].source, 1, &target, 1, &search, 1, NULL,
                                    &error));
        assert_error_says(error, rows[i].says);
    }
    const GapTravelSource source = {0, 0};
    const size_t outside = 16;
    assert_null(
        gap_travel_many(made.surface, &source, 1, &outside, 1, &made.search, 1, NULL, &error));
    assert_error_says(error, "target 1");
    g_autoptr(GapTravel) nowhere =
        gap_travel_new(made.surface, NULL, 0, &made.search, NULL, &error);
    assert_no_error(error);
    assert_int_equal(gap_travel_reached(nowhere), 0);
    done(&made);
}

static bool stop(void *user, double share, const char *what) {
    (void)what;
    assert_true(share >= 0 && share <= 1);
    return ++*(int *)user < 3;
}

static void stops_on_request(void **state) {
    (void)state;
    Case made = plain(600, 600);
    int calls = 0;
    const GapProgress progress = {stop, &calls};
    GError *error = NULL;
    made.surface = gap_surface_new(&made.ground, &made.options, &error);
    const GapTravelSource sources[] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
    assert_null(gap_travel_new(made.surface, sources, 1, &made.search, &progress, &error));
    assert_error_says(error, "stopped");
    calls = 0;
    const size_t target = 7;
    assert_null(
        gap_travel_many(made.surface, sources, 4, &target, 1, &made.search, 2, &progress, &error));
    assert_error_says(error, "stopped");
    done(&made);
}

static void snaps_to_open_ground(void **state) {
    (void)state;
    Case made = plain(9, 9);
    memset(made.class, SHUT, 81);
    made.class[at(&made, 6, 4)] = OPEN;
    made.class[at(&made, 4, 7)] = OPEN;
    GError *error = NULL;
    made.surface = gap_surface_new(&made.ground, &made.options, &error);
    size_t cell = 0;
    double away = 0;
    assert_true(gap_surface_snap(made.surface, 4, 4, 200, &cell, &away));
    assert_int_equal(cell, at(&made, 6, 4));
    assert_near(away, 200, 0);
    assert_false(gap_surface_snap(made.surface, 4, 4, 199.9, &cell, &away));
    assert_true(gap_surface_snap(made.surface, -3, 20, 1e9, &cell, &away));
    assert_int_equal(cell, at(&made, 4, 7));
    assert_true(gap_surface_snap(made.surface, G_MAXINT64, G_MININT64, 1e300, &cell, &away));
    assert_false(gap_surface_snap(made.surface, G_MAXINT64, G_MININT64, 1e9, &cell, &away));
    assert_false(gap_surface_snap(made.surface, 6, 4, NAN, &cell, &away));
    done(&made);
}

/* Without a limit a day's walk is found, and what lies beyond 59 h too, in coarser ticks. */
static void far_without_limit(void **state) {
    (void)state;
    Case made = plain(4000, 1);
    const GapTravelClass crawl = {GAP_MODE_WALK, 1, 0};
    made.ground.table = &crawl;
    made.ground.n_classes = 1;
    run_from(&made, 0, 0);
    assert_near(gap_travel_tick_s(made.travel), 1e-3, 0);
    assert_near(minutes(&made, 3999, 0), 3999 * 6, 1e-6);
    run_from(&made, 2000, 0);
    assert_near(gap_travel_tick_s(made.travel), 1e-3, 0);
    made.ground.cols = 500;
    run_from(&made, 0, 0);
    assert_near(gap_travel_tick_s(made.travel), 1e-4, 0);
    assert_near(minutes(&made, 499, 0), 499 * 6, 1e-6);
    done(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plane_is_a_polygon),
        cmocka_unit_test(cone),
        cmocka_unit_test(ridge_with_one_pass),
        cmocka_unit_test(wall_with_one_gate),
        cmocka_unit_test(corners),
        cmocka_unit_test(slope_of_one_way),
        cmocka_unit_test(river_with_one_bridge),
        cmocka_unit_test(limits_are_inclusive),
        cmocka_unit_test(late_turnout),
        cmocka_unit_test(nearest_source_is_allotted),
        cmocka_unit_test(knight_pays_all_cells),
        cmocka_unit_test(cells_not_square),
        cmocka_unit_test(unknown_ground),
        cmocka_unit_test(paces),
        cmocka_unit_test(bad_ground_is_refused),
        cmocka_unit_test(too_many_cells),
        cmocka_unit_test(bad_searches_are_refused),
        cmocka_unit_test(stops_on_request),
        cmocka_unit_test(snaps_to_open_ground),
        cmocka_unit_test(far_without_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
