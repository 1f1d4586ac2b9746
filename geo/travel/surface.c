#include "geo/travel/internal.h"

#include <string.h>
#include <unistd.h>

#include "geo/base/error.h"

static const double MOST_CELLS = 1 << 30, BYTES_A_CELL = 20;

bool gap_surface_fits(double width_m, double height_m, double dx, double dy, GError **error) {
    const double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    const double most = MIN(MOST_CELLS, memory / BYTES_A_CELL);
    const double cells = ceil(width_m / dx) * ceil(height_m / dy);
    if (!(dx > 0 && dy > 0 && width_m > 0 && height_m > 0 && isfinite(cells)))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "a grid of %g by %g m in cells of %g by %g m is none: all four must be "
                        "positive",
                        width_m, height_m, dx, dy);
    if (cells <= most)
        return true;
    const double larger = sqrt(cells / most) * 1.01; // the last col and row may be begun only
    const double digit = pow(10, floor(log10(MAX(dx, dy) * larger)) - 1);
    return gap_fail(error, GAP_ERROR_USAGE,
                    "cells of %g by %g m over %.0f by %.0f km are %.0f million cells; travel time "
                    "takes %.0f bytes a cell and at most %.0f million fit here: cells of %g m "
                    "would fit, or a smaller extent",
                    dx, dy, width_m / 1000, height_m / 1000, cells / 1e6, BYTES_A_CELL, most / 1e6,
                    ceil(MAX(dx, dy) * larger / digit) * digit);
}

static bool check_class(const GapTravelClass *class, size_t number, GError **error) {
    if (class->mode == GAP_MODE_CLOSED)
        return true;
    if (class->mode < 0 || class->mode > GAP_MODE_VEHICLE)
        return gap_fail(error, GAP_ERROR_USAGE, "class %zu has a mode that does not exist: %d",
                        number, (int)class->mode);
    if (!(class->kmh >= 0.01 && class->kmh <= 1000))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "class %zu has a speed of %g km/h: give 0.01 to 1000, or close the class",
                        number, class->kmh);
    if (!(class->friction_s_per_m >= 0 && class->friction_s_per_m <= 1e6))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "class %zu has a friction of %g seconds a metre: give 0 or more", number,
                        class->friction_s_per_m);
    return true;
}

static bool check(const GapGround *ground, const GapSurfaceOptions *options, GError **error) {
    const int n = options->neighbours;
    if (n != 8 && n != 16 && n != 32)
        return gap_fail(error, GAP_ERROR_USAGE, "%d neighbours are not known: give 8, 16 or 32", n);
    if (!(ground->dx >= 0.01 && ground->dx <= 1e5 && ground->dy >= 0.01 && ground->dy <= 1e5))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "cells of %g by %g m: give sizes of 1 cm to 100 km in metres", ground->dx,
                        ground->dy);
    if (!gap_surface_fits((double)ground->cols * ground->dx, (double)ground->rows * ground->dy,
                          ground->dx, ground->dy, error) ||
        !gap_walk_check(&options->walk, error))
        return false;
    if (ground->friction_min_per_m)
        return true;
    if (!ground->table || ground->n_classes < 1 || ground->n_classes > CLOSED)
        return gap_fail(error, GAP_ERROR_USAGE, "%zu classes of ground: give 1 to %d",
                        ground->n_classes, CLOSED);
    for (size_t i = 0; i < ground->n_classes; i++)
        if (!check_class(&ground->table[i], i, error))
            return false;
    return true;
}

static bool bad_cell(const GapSurface *surface, size_t cell, const char *what, double value,
                     GError **error) {
    return gap_fail(error, GAP_ERROR_INPUT, "column %zu, row %zu of the grid: %s %g",
                    cell % surface->cols + 1, cell / surface->cols + 1, what, value);
}

static bool copy_friction(GapSurface *surface, const GapGround *ground, GError **error) {
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < surface->cells; i++)
        surface->z[i] = NAN;
    for (size_t cell = 0; cell < surface->cols * surface->rows; cell++) {
        const float friction = ground->friction_min_per_m[cell];
        if (isnan(friction))
            continue;
        if (!(friction > 0 && friction <= 1e6f))
            return bad_cell(surface, cell,
                            "a friction must be positive minutes a metre, or no data; here it is",
                            (double)friction, error);
        surface->z[gap_surface_index(surface, cell)] = friction * 60;
        sum += (double)friction * 60;
        n++;
    }
    surface->mean_s = n ? sum / (double)n * MIN(surface->dx, surface->dy) : 1;
    return true;
}

static bool copy_row(GapSurface *surface, const GapGround *ground, size_t row, size_t *count,
                     GError **error) {
    const size_t first = row * surface->cols, to = (row + PAD) * surface->stride + PAD;
    for (size_t col = 0; col < surface->cols; col++) {
        const float z = ground->elevation_m ? ground->elevation_m[first + col] : 0;
        const uint8_t class = ground->classes ? ground->classes[first + col] : 0;
        if (class >= surface->n_classes)
            return bad_cell(surface, first + col, "its class is not in the table of speeds:", class,
                            error);
        if (isinf(z))
            return bad_cell(surface, first + col, "an elevation cannot be", (double)z, error);
        const bool closed = surface->table[class].mode == GAP_MODE_CLOSED ||
                            (surface->options.unknown_closed && isnan(z));
        surface->z[to + col] = z;
        surface->classes[to + col] = closed ? CLOSED : class;
        count[class] += !closed;
    }
    return true;
}

static bool copy_classes(GapSurface *surface, const GapGround *ground, GError **error) {
    size_t count[CLOSED] = {0}, open = 0;
    memset(surface->classes, CLOSED, surface->cells);
    for (size_t row = 0; row < surface->rows; row++)
        if (!copy_row(surface, ground, row, count, error))
            return false;
    for (size_t i = 0; i < surface->n_classes; i++) {
        surface->mean_s += (double)count[i] * surface->slow[i] * MIN(surface->dx, surface->dy);
        open += count[i];
    }
    surface->mean_s = open ? surface->mean_s / (double)open : 1;
    return true;
}

/* A cell is plain where the square that its moves reach holds its class alone: first along rows,
 * then down. What lies in the padding is never asked. */
static void mark_plain(GapSurface *surface) {
    const size_t reach = surface->options.neighbours == 8    ? 1
                         : surface->options.neighbours == 16 ? 2
                                                             : 3;
    const size_t stride = surface->stride, around = 2 * reach + 1;
    g_autofree uint8_t *same = g_malloc0(stride * around); // rows in turn
    g_autofree uint8_t *all = g_malloc(stride);
    for (size_t row = 0; row + reach < surface->rows + 2 * PAD; row++) {
        const uint8_t *class = surface->classes + row * stride;
        uint8_t *along = same + row % around * stride;
        for (size_t col = reach; col < stride - reach; col++) {
            uint8_t differ = 0;
            for (size_t by = 1; by <= reach; by++)
                differ |= (class[col - by] ^ class[col]) | (class[col + by] ^ class[col]);
            along[col] = differ == 0;
        }
        if (row < PAD + reach)
            continue;
        const size_t middle = row - reach;
        const uint8_t *centre = surface->classes + middle * stride;
        memset(all, 1, stride);
        for (size_t r = middle - reach; r <= row; r++)
            for (size_t col = 0; col < stride; col++)
                all[col] &= same[r % around * stride + col] &
                            (surface->classes[r * stride + col] == centre[col]);
        for (size_t col = 0; col < stride; col++)
            surface->plain[(middle * stride + col) >> 3] |=
                (uint8_t)(all[col] << ((middle * stride + col) & 7));
    }
}

static void make_pace(const GapSurface *surface, GapMode mode, GapPace *pace) {
    const GapWalk *walk = &surface->options.walk;
    pace->mode = mode;
    pace->langmuir = mode == GAP_MODE_WALK && walk->kind == GAP_WALK_LANGMUIR;
    pace->surface = surface->options.length == GAP_LENGTH_SURFACE;
    pace->rate[0] = walk->b / walk->a;
    pace->rate[1] = walk->c / walk->a;
    pace->rate[2] = walk->d / walk->a;
    pace->steep_from = walk->slope_factor;
    pace->least = pace->langmuir ? 1 + MIN(0, walk->c * walk->slope_factor) / walk->a : 1;
    for (int i = 0; i <= NODES; i++) {
        const double slope = (i - NODES / 2) / (double)GAP_PACE_PER_UNIT;
        const double value = gap_pace_factor(mode, walk, surface->options.length, slope);
        if (i > 0)
            pace->node[i - 1].rise = value - pace->node[i - 1].value;
        if (i < NODES)
            pace->node[i].value = value;
        pace->least = MIN(pace->least, value);
    }
}

static void make_paces(GapSurface *surface) {
    surface->pace = g_new(GapPace, GAP_MODE_VEHICLE + 1);
    for (GapMode mode = GAP_MODE_CLOSED; mode <= GAP_MODE_VEHICLE; mode++)
        make_pace(surface, mode, &surface->pace[mode]);
    const bool langmuir = surface->options.walk.kind == GAP_WALK_LANGMUIR;
    for (size_t i = 0; i < surface->n_classes; i++) {
        const GapTravelClass *class = &surface->table[i];
        if (class->mode == GAP_MODE_CLOSED)
            continue;
        surface->slow[i] = 3.6 / class->kmh;
        if (class->mode == GAP_MODE_WALK && langmuir)
            surface->extra[i] = surface->options.walk.lambda * class->friction_s_per_m;
    }
}

/* An odd number of cache lines to a row, so that rows do not fall on the same places of a cache. */
static size_t stride_of(size_t cols) {
    return ((cols + 2 * PAD + 15) / 16 | 1) * 16;
}

static bool allocate(GapSurface *surface, GError **error) {
    const bool classes = surface->n_classes > 0;
    surface->z = g_try_malloc_n(surface->cells, sizeof *surface->z);
    surface->classes = classes ? g_try_malloc(surface->cells) : NULL;
    surface->plain = classes ? g_try_malloc0(surface->cells / 8 + 1) : NULL;
    if (surface->z && (!classes || (surface->classes && surface->plain)))
        return true;
    return gap_fail(error, GAP_ERROR_FAILED,
                    "no memory for a surface of %zu x %zu cells: choose larger cells or a smaller "
                    "extent",
                    surface->cols, surface->rows);
}

GapSurface *gap_surface_new(const GapGround *ground, const GapSurfaceOptions *options,
                            GError **error) {
    if (!check(ground, options, error))
        return NULL;
    g_autoptr(GapSurface) surface = g_new0(GapSurface, 1);
    surface->cols = ground->cols;
    surface->rows = ground->rows;
    surface->stride = stride_of(ground->cols);
    surface->cells = surface->stride * (ground->rows + 2 * PAD);
    surface->dx = ground->dx;
    surface->dy = ground->dy;
    surface->options = *options;
    gap_surface_make_steps(surface);
    if (!ground->friction_min_per_m) {
        surface->n_classes = ground->n_classes;
        memcpy(surface->table, ground->table, ground->n_classes * sizeof *ground->table);
    }
    make_paces(surface);
    if (!allocate(surface, error) ||
        !(surface->classes ? copy_classes : copy_friction)(surface, ground, error))
        return NULL;
    if (surface->classes)
        mark_plain(surface);
    return g_steal_pointer(&surface);
}

void gap_surface_free(GapSurface *surface) {
    if (!surface)
        return;
    g_free(surface->z);
    g_free(surface->classes);
    g_free(surface->plain);
    g_free(surface->pace);
    g_free(surface);
}

size_t gap_surface_cols(const GapSurface *surface) {
    return surface->cols;
}

size_t gap_surface_rows(const GapSurface *surface) {
    return surface->rows;
}

bool gap_surface_open(const GapSurface *surface, size_t cell) {
    return cell < surface->cols * surface->rows &&
           !gap_surface_closed_at(surface, gap_surface_index(surface, cell));
}

/* The first and last of `n` places within `reach` of `at`; none: last is below first. */
static void within(gint64 at, double reach, size_t n, gint64 *first, gint64 *last) {
    *first = (gint64)CLAMP(ceil((double)at - reach), 0, (double)n);
    *last = (gint64)CLAMP(floor((double)at + reach), -1, (double)n - 1);
}

bool gap_surface_snap(const GapSurface *surface, gint64 col, gint64 row, double most_m,
                      size_t *cell, double *away_m) {
    gint64 west, east, north, south;
    bool found = false;
    if (isnan(most_m))
        return false;
    within(col, most_m / surface->dx, surface->cols, &west, &east);
    within(row, most_m / surface->dy, surface->rows, &north, &south);
    *away_m = most_m;
    for (gint64 r = north; r <= south; r++)
        for (gint64 c = west; c <= east; c++) {
            const double away = hypot(((double)c - (double)col) * surface->dx,
                                      ((double)r - (double)row) * surface->dy);
            const size_t at = (size_t)r * surface->cols + (size_t)c;
            if ((found ? away < *away_m : away <= most_m) && gap_surface_open(surface, at)) {
                *cell = at;
                *away_m = away;
                found = true;
            }
        }
    return found;
}
