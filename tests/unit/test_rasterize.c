#include "tests/check.h"

#include "geo/grid/rasterize.h"

enum { COLS = 8, ROWS = 6 };
static const GapFrame FRAME = {COLS, ROWS, 10, 26, 2, 1}; // x 10..26, y 20..26

static GapGeometry *line_of(const double *xy, uint32_t n, GapShapeKind kind) {
    GapGeometry plain = {kind, 1, 1, n, (uint32_t[]){0, 1}, (uint32_t[]){0, n}, (double *)xy};
    return gap_geometry_copy(&plain);
}

static void draw(void *user, size_t cell, uint32_t segment) {
    char *picture = user;
    assert_true(cell < COLS * ROWS);
    picture[cell] = (char)('a' + segment);
}

static void draw_run(void *user, size_t first, size_t n) {
    char *picture = user;
    assert_true(first / COLS == (first + n - 1) / COLS);
    for (size_t i = 0; i < n; i++)
        picture[first + i]++;
}

static void lines_are_drawn(void **state) {
    (void)state;
    static const struct {
        const char *what;
        uint32_t n;
        double xy[8];
        const char *picture;
    } cases[] = {
        {"along a row", 2, {11, 25.5, 17, 25.5}, "aaaa...."},
        {"against it", 2, {17, 25.5, 11, 25.5}, "aaaa...."},
        {"a point of a line", 2, {11, 25.5, 11, 25.5}, "a......."},
        {"two segments",
         3,
         {11, 25.5, 15, 25.5, 15, 24.5},
         "aab....."
         "..b....."},
        {"through corners",
         2,
         {11, 25.5, 15, 23.5},
         "aa......"
         "aaa....."
         ".aa....."},
        {"through corners, back",
         2,
         {15, 23.5, 11, 25.5},
         "aa......"
         "aaa....."
         ".aa....."},
        {"steep",
         2,
         {11, 25.9, 13, 22.2},
         "a......."
         "aa......"
         ".a......"
         ".a......"},
        {"in from the west", 2, {-1e9, 25.5, 13, 25.5}, "aa......"},
        {"through all of it", 2, {-100, 25.5, 100, 25.5}, "aaaaaaaa"},
        {"on the outer edge",
         2,
         {26, 25.5, 26, 24.5},
         ".......a"
         ".......a"},
        {"outside", 2, {27, 25.5, 30, 20}, ""},
        {"past a corner outside", 2, {9, 20.5, 12, 17}, ""},
        {"not finite", 2, {11, 25.5, INFINITY, 20}, ""},
        {"no number", 2, {NAN, 25.5, 15, 25.5}, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapGeometry) line = line_of(cases[i].xy, cases[i].n, GAP_SHAPE_LINE);
        char picture[COLS * ROWS + 1] = "", want[COLS * ROWS + 1] = "";
        memset(picture, '.', COLS * ROWS);
        memset(want, '.', COLS * ROWS);
        memcpy(want, cases[i].picture, strlen(cases[i].picture));
        gap_rasterize_lines(&FRAME, line, draw, picture);
        if (strcmp(picture, want) != 0)
            fail_msg("%s: %s, not %s", cases[i].what, picture, want);
    }
}

typedef struct {
    gint64 last[2]; // the cells before, newest first; -1: none
    size_t cells;
} Walk;

static gint64 apart(gint64 a, gint64 b) {
    return b < 0 ? G_MAXINT64 : ABS(a % 100 - b % 100) + ABS(a / 100 - b / 100);
}

/* The cell beside a corner comes between two that follow each other. */
static void follow(void *user, size_t cell, uint32_t segment) {
    (void)segment;
    Walk *walk = user;
    const gint64 at = (gint64)cell;
    assert_true(walk->cells == 0 || apart(at, walk->last[0]) <= 1 || apart(at, walk->last[1]) <= 1);
    walk->last[1] = walk->last[0];
    walk->last[0] = at;
    walk->cells++;
}

/* Lines of any direction, with corners on corners of cells, are connected by sides. */
static void lines_have_no_gap(void **state) {
    (void)state;
    const GapFrame frame = {100, 100, 0, 100, 1, 1};
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (int i = 0; i < 2000; i++) {
        double xy[40];
        for (int k = 0; k < 40; k++)
            xy[k] = i % 2 ? g_rand_double_range(rand, 0, 100) : g_rand_int_range(rand, 0, 101);
        g_autoptr(GapGeometry) line = line_of(xy, 20, GAP_SHAPE_LINE);
        Walk walk = {{-1, -1}, 0};
        gap_rasterize_lines(&frame, line, follow, &walk);
        assert_true(walk.cells >= 20);
    }
}

static void polygons_are_filled(void **state) {
    (void)state;
    static const struct {
        const char *what;
        double xy[10];
        const char *picture;
    } cases[] = {
        {"whole cells",
         {12, 25, 16, 25, 16, 23, 12, 23, 12, 25},
         "........"
         ".XX....."
         ".XX....."},
        {"no centre", {12.1, 25.9, 12.9, 25.9, 12.9, 25.6, 12.1, 25.6, 12.1, 25.9}, "........"},
        {"all and more",
         {-1e6, 1e6, 1e6, 1e6, 1e6, -1e6, -1e6, -1e6, -1e6, 1e6},
         "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"},
        {"centres on its west", {11, 26, 15, 26, 15, 25, 11, 25, 11, 26}, "XX......"},
        {"outside", {30, 26, 35, 26, 35, 25, 30, 25, 30, 26}, "........"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapGeometry) ring = line_of(cases[i].xy, 5, GAP_SHAPE_POLYGON);
        char got[COLS * ROWS + 1] = "", want[COLS * ROWS + 1] = "", picture[COLS * ROWS] = {0};
        memset(want, '.', COLS * ROWS);
        memcpy(want, cases[i].picture, strlen(cases[i].picture));
        gap_rasterize_polygon(&FRAME, ring, draw_run, picture);
        for (int k = 0; k < COLS * ROWS; k++)
            got[k] = picture[k] ? 'X' : '.';
        if (strcmp(got, want) != 0)
            fail_msg("%s: %s, not %s", cases[i].what, got, want);
    }
}

/* Neighbours share no cell and leave none out, also where centres lie on their border. */
static void neighbours_fill_the_grid(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    for (int i = 0; i < 200; i++) {
        const double x = g_rand_int_range(rand, 10, 27),
                     y = 20 + g_rand_int_range(rand, 0, 13) / 2.0;
        const double west[] = {10, 20, x, y, 10, 26, 10, 20},
                     east[] = {26, 20, 26, 26, x, y, 26, 20};
        const double north[] = {10, 26, x, y, 26, 26, 10, 26},
                     south[] = {10, 20, 26, 20, x, y, 10, 20};
        const double *const parts[] = {west, east, north, south};
        char picture[COLS * ROWS] = {0};
        for (int k = 0; k < 4; k++) {
            g_autoptr(GapGeometry) part = line_of(parts[k], 4, GAP_SHAPE_POLYGON);
            gap_rasterize_polygon(&FRAME, part, draw_run, picture);
        }
        for (int k = 0; k < COLS * ROWS; k++)
            assert_int_equal(picture[k], 1);
    }
}

static void cells_are_found(void **state) {
    (void)state;
    static const struct {
        double x, y;
        gssize cell;
    } cases[] = {{10, 26, 0},   {11.9, 25.1, 0}, {12, 25, COLS + 1}, {26, 20, COLS * ROWS - 1},
                 {9.9, 26, -1}, {10, 26.1, -1},  {27, 23, -1},       {NAN, 23, -1},
                 {1e300, 1, -1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(gap_frame_cell(&FRAME, cases[i].x, cases[i].y), cases[i].cell);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_drawn),     cmocka_unit_test(lines_have_no_gap),
        cmocka_unit_test(polygons_are_filled), cmocka_unit_test(neighbours_fill_the_grid),
        cmocka_unit_test(cells_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
