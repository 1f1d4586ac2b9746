#include "styles/shades.h"

#include "geo/files/raster.h"

#include <math.h>
#include <string.h>

enum { KEPT = 32 }; // six layouts with two insets each, and some; about a megabyte each

typedef struct {
    char *definition;
    GapBox box;
    double cell_m;
    GapGrid *grid;
} Shade;

struct GapShades {
    GMutex lock;
    Shade kept[KEPT];
    guint n; /**< that were ever kept: the next takes the place of the oldest */
};

GapShades *gap_shades_new(void) {
    GapShades *shades = g_new0(GapShades, 1);
    g_mutex_init(&shades->lock);
    return shades;
}

static void clear(Shade *shade) {
    g_clear_pointer(&shade->definition, g_free);
    g_clear_pointer(&shade->grid, gap_grid_free);
}

void gap_shades_free(GapShades *shades) {
    if (!shades)
        return;
    for (guint i = 0; i < KEPT; i++)
        clear(&shades->kept[i]);
    g_mutex_clear(&shades->lock);
    g_free(shades);
}

static GapGrid *copy(const GapGrid *grid) {
    GapGrid *other = gap_grid_new(grid->cols, grid->rows, NULL);
    if (!other)
        return NULL;
    float *cells = other->cells;
    *other = *grid;
    other->cells = cells;
    memcpy(cells, grid->cells, grid->cols * grid->rows * sizeof *cells);
    return other;
}

static bool is_of(const Shade *shade, const char *definition, GapBox b, double cell_m) {
    GapBox a = shade->box;
    return shade->grid && shade->cell_m == cell_m && a.min_x == b.min_x && a.min_y == b.min_y &&
           a.max_x == b.max_x && a.max_y == b.max_y && g_str_equal(shade->definition, definition);
}

static GapGrid *find(GapShades *shades, const char *definition, GapBox box, double cell_m) {
    GapGrid *found = NULL;
    g_mutex_lock(&shades->lock);
    for (guint i = 0; i < KEPT && !found; i++)
        if (is_of(&shades->kept[i], definition, box, cell_m))
            found = copy(shades->kept[i].grid);
    g_mutex_unlock(&shades->lock);
    return found;
}

static void keep(GapShades *shades, const char *definition, GapBox box, double cell_m,
                 const GapGrid *grid) {
    g_mutex_lock(&shades->lock);
    Shade *shade = &shades->kept[shades->n++ % KEPT];
    clear(shade);
    *shade = (Shade){g_strdup(definition), box, cell_m, copy(grid)};
    g_mutex_unlock(&shades->lock);
}

/** How many times heights are drawn: as they are in cells of 100 m, 2.5 times in cells of 1.2 km,
 *  which have lost the steep slopes. */
static double exaggeration(double cell_m) {
    return fmax(pow(cell_m / 100, 0.37), 1);
}

GapGrid *gap_shades_of(GapShades *shades, const GapGrid *terrain, const char *definition,
                       GapBox box, double cell_m, GError **error) {
    GapGrid *shade = shades ? find(shades, definition, box, cell_m) : NULL;
    if (shade)
        return shade;
    g_autoptr(GapGrid) metric = gap_raster_warp(terrain, definition, box, cell_m, error);
    shade = metric ? gap_raster_hillshade(metric, exaggeration(cell_m), error) : NULL;
    if (shades && shade)
        keep(shades, definition, box, cell_m, shade);
    return shade;
}
