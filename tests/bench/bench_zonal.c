/** bench_zonal: sums of 26 million cells (7200 x 3600) over 500 areas of 2,000 vertices that fill
 *  most of them, five times. Prints the seconds of the median; fails where they are over the goal,
 *  or where areas and grid do not add up.
 */
#include "geo/grid/zonal.h"
#include "tests/bench/made.h"

#include <stdio.h>
#include <stdlib.h>

enum { COLS = 7200, ROWS = 3600, EDGE = 500, RUNS = 5 };

static const double GOAL_S = 1;

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void) {
    g_autoptr(GapGrid) grid = gap_grid_new(COLS, ROWS, NULL);
    GBytes *wkb[MADE_AREAS];
    GapZone zones[MADE_AREAS];
    double cells = 0, sum = 0, seconds[RUNS];
    // A margin around the areas, whose outer borders stray.
    grid->west = MADE_BOX.min_x - 0.1;
    grid->north = MADE_BOX.max_y + 0.1;
    grid->dx = (MADE_BOX.max_x - MADE_BOX.min_x + 0.2) / COLS;
    grid->dy = (MADE_BOX.max_y - MADE_BOX.min_y + 0.2) / ROWS;
    for (size_t i = 0; i < (size_t)COLS * ROWS; i++)
        grid->cells[i] = 2;
    for (int i = 0; i < MADE_AREAS; i++)
        wkb[i] = made_area(i, EDGE);
    for (int run = 0; run < RUNS; run++) {
        const gint64 start = g_get_monotonic_time();
        if (!gap_zonal_sums(grid, wkb, MADE_AREAS, zones, NULL))
            return 1;
        seconds[run] = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
    }
    for (int i = 0; i < MADE_AREAS; i++) {
        sum += zones[i].sum;
        cells += zones[i].cells;
        g_bytes_unref(wkb[i]);
    }
    qsort(seconds, RUNS, sizeof *seconds, by_value);
    printf("%d areas of %d vertices over %.1f million cells, of which they cover %.1f: %.3f s "
           "(goal %.1f s)\n",
           MADE_AREAS, 4 * EDGE, COLS * ROWS / 1e6, cells / 1e6, seconds[RUNS / 2], GOAL_S);
    return seconds[RUNS / 2] > GOAL_S || fabs(sum / 2 - cells) > 1e-6 * cells ||
           cells < 0.9 * COLS * ROWS;
}
