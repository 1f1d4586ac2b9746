/** bench_isochrone: polygons of 26 million cells (7200 x 3600): the ground within 30, 60 and 120
 *  minutes of 500 places over uneven, here and there closed ground, and the ground of each place;
 *  then the minutes and the numbers of the places as files. Prints seconds, points and bytes; fails
 *  where polygons take more than the goal.
 */
#include "geo/files/raster_write.h"
#include "geo/grid/isochrone.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>

enum { COLS = 7200, ROWS = 3600, ACROSS = 25, DOWN = 20 };

static const double GOAL_S = 3;

static double seconds_since(gint64 start) {
    return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static long peak_mb(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

/* Minutes and number of the nearest of the places, which stand in a loose pattern. */
static void fill(GapGrid *grid, int32_t *owner) {
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    const size_t wide = COLS / ACROSS, high = ROWS / DOWN;
    double x[ACROSS * DOWN], y[ACROSS * DOWN];
    for (size_t i = 0; i < ACROSS * DOWN; i++) {
        x[i] = (double)(i % ACROSS * wide) + g_rand_double_range(rand, 0, (double)wide);
        y[i] = (double)(i / ACROSS * high) + g_rand_double_range(rand, 0, (double)high);
    }
    for (size_t i = 0; i < (size_t)COLS * ROWS; i++) {
        const size_t col = i % COLS, row = i / COLS, in = row / high * ACROSS + col / wide;
        double least = INFINITY;
        for (int k = 0; k < 9; k++) {
            const gint64 place = (gint64)in + (k % 3 - 1) + (gint64)(k / 3 - 1) * ACROSS;
            if (place < 0 || place >= ACROSS * DOWN)
                continue;
            const double away = hypot((double)col - x[place], (double)row - y[place]);
            if (away < least) {
                least = away;
                owner[i] = (int32_t)place;
            }
        }
        const double rough = 1 + 0.2 * sin((double)col / 3) * cos((double)row / 5);
        const bool closed = (guint32)(i * 2654435761u) >> 22 == 0; // one in a thousand
        grid->cells[i] = closed ? NAN : (float)(least * rough);
        if (closed)
            owner[i] = -1;
    }
}

static size_t points_of(GBytes *wkb) {
    g_autoptr(GapGeometry) g = wkb ? gap_geometry_from_wkb(wkb, NULL) : NULL;
    return g ? g->n_points : 0;
}

static bool write_file(const GapGrid *minutes, const int32_t *owner) {
    static const char path[] = "bench_isochrone.tif";
    const GapFrame frame = gap_grid_frame(minutes);
    const gint64 start = g_get_monotonic_time();
    const bool ok = owner ? gap_raster_write_numbers(&frame, owner, "EPSG:32643", NULL, path, NULL)
                          : gap_raster_write(minutes, "EPSG:32643", NULL, path, NULL);
    const double seconds = seconds_since(start);
    GStatBuf info;
    if (ok && g_stat(path, &info) == 0)
        printf("%s as a file: %.1f s, %.1f MB, peak %ld MB\n", owner ? "numbers" : "minutes",
               seconds, (double)info.st_size / 1e6, peak_mb());
    g_unlink(path);
    return ok;
}

int main(void) {
    static const double limits[] = {30, 60, 120};
    bool late = false;
    g_autoptr(GapGrid) grid = gap_grid_new(COLS, ROWS, NULL);
    g_autofree int32_t *owner = g_new(int32_t, (size_t)COLS * ROWS);
    fill(grid, owner);
    const GapFrame frame = gap_grid_frame(grid);
    printf("%.1f million cells, %ld MB with the owners\n", COLS * ROWS / 1e6, peak_mb());
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const gint64 start = g_get_monotonic_time();
        g_autoptr(GBytes) wkb = gap_isochrone(grid, limits[i], NULL);
        const double seconds = seconds_since(start);
        printf("within %g: %.3f s (goal %.0f s), %zu points, peak %ld MB\n", limits[i], seconds,
               GOAL_S, points_of(wkb), peak_mb());
        late |= !wkb || seconds > GOAL_S;
    }
    const gint64 start = g_get_monotonic_time();
    g_autoptr(GPtrArray) areas = gap_allocation_areas(&frame, owner, ACROSS * DOWN, NULL);
    const double seconds = seconds_since(start);
    size_t points = 0;
    for (guint i = 0; areas && i < areas->len; i++)
        points += points_of(areas->pdata[i]);
    printf("%d areas: %.3f s (goal %.0f s), %zu points, peak %ld MB\n", ACROSS * DOWN, seconds,
           GOAL_S, points, peak_mb());
    const bool written = write_file(grid, NULL) && write_file(grid, owner);
    return late || seconds > GOAL_S || points == 0 || !written;
}
