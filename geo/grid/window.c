#include "geo/grid/window.h"

#include <math.h>

/* Along one line of n cells `step` apart: to[i] = lowest of from[i - half .. i + half]. */
static void line_minimum(const float *from, float *to, size_t n, size_t step, size_t half) {
    for (size_t i = 0; i < n; i++) {
        const size_t first = i > half ? i - half : 0, last = MIN(n - 1, i + half);
        float lowest = NAN;
        for (size_t k = first; k <= last; k++)
            lowest = fminf(lowest, from[k * step]); // fminf passes NaN over
        to[i * step] = lowest;
    }
}

static GapGrid *like(const GapGrid *grid, GError **error) {
    GapGrid *made = gap_grid_new(grid->cols, grid->rows, error);
    if (made) {
        made->west = grid->west;
        made->north = grid->north;
        made->dx = grid->dx;
        made->dy = grid->dy;
    }
    return made;
}

GapGrid *gap_grid_minimum(const GapGrid *grid, size_t half_cols, size_t half_rows, GError **error) {
    g_autoptr(GapGrid) rows = like(grid, error);
    g_autoptr(GapGrid) both = rows ? like(grid, error) : NULL;
    if (!both)
        return NULL;
    for (size_t r = 0; r < grid->rows; r++)
        line_minimum(grid->cells + r * grid->cols, rows->cells + r * grid->cols, grid->cols, 1,
                     half_cols);
    for (size_t c = 0; c < grid->cols; c++)
        line_minimum(rows->cells + c, both->cells + c, grid->rows, grid->cols, half_rows);
    return g_steal_pointer(&both);
}
