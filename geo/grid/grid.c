#include "geo/grid/grid.h"

#include <math.h>

#include "geo/base/error.h"

static const size_t MAX_CELLS = (size_t)1 << 30; // 4 GiB

GapGrid *gap_grid_new(size_t cols, size_t rows, GError **error) {
    g_autoptr(GapGrid) grid = g_new0(GapGrid, 1);
    const bool fits = cols > 0 && rows > 0 && cols <= MAX_CELLS / rows;
    grid->cells = fits ? g_try_malloc_n(rows * cols, sizeof *grid->cells) : NULL;
    if (!grid->cells) {
        gap_fail(error, GAP_ERROR_FAILED,
                 "no memory for a grid of %zu x %zu cells: choose larger cells or a smaller extent",
                 cols, rows);
        return NULL;
    }
    grid->cols = cols;
    grid->rows = rows;
    grid->dx = grid->dy = 1;
    for (size_t i = 0; i < rows * cols; i++)
        grid->cells[i] = NAN;
    return g_steal_pointer(&grid);
}

void gap_grid_free(GapGrid *grid) {
    if (!grid)
        return;
    g_free(grid->cells);
    g_free(grid);
}

double gap_grid_sample(const GapGrid *grid, double x, double y) {
    const double col = (x - grid->west) / grid->dx - 0.5, row = (grid->north - y) / grid->dy - 0.5;
    // Written so that NaN falls out too. On the last centre the cell beyond has no weight.
    if (!(col >= 0 && row >= 0 && col <= (double)grid->cols - 1 && row <= (double)grid->rows - 1))
        return NAN;
    const size_t c0 = (size_t)col, r0 = (size_t)row;
    const size_t c1 = MIN(c0 + 1, grid->cols - 1), r1 = MIN(r0 + 1, grid->rows - 1);
    const double u = col - (double)c0, v = row - (double)r0;
    const float *top = grid->cells + r0 * grid->cols, *low = grid->cells + r1 * grid->cols;
    return (1 - v) * ((1 - u) * top[c0] + u * top[c1]) + v * ((1 - u) * low[c0] + u * low[c1]);
}
