#include "layers/travel/elevation.h"

#include <math.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/raster_onto.h"
#include "layers/layers.h"
#include "layers/travel/cover.h"

static const double FOOT = 0.3048, LOWEST = -500, HIGHEST = 8900;

enum { ENOUGH = 5 }; // places to judge by

/* Metres of one of the unit, 0 where it is not known. */
static double unit_m(const char *unit) {
    static const struct {
        const char *name;
        double m;
    } units[] = {{"m", 1},
                 {"metre", 1},
                 {"meter", 1},
                 {"metres", 1},
                 {"meters", 1},
                 {"ft", 0.3048},
                 {"foot", 0.3048},
                 {"feet", 0.3048},
                 {"us-ft", 1200.0 / 3937},
                 {"ftus", 1200.0 / 3937},
                 {"us survey foot", 1200.0 / 3937}};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (g_ascii_strcasecmp(unit, units[i].name) == 0)
            return units[i].m;
    return 0;
}

static bool convert(GapTravelGround *g, const char *path, const char *said, const char *unit,
                    GError **error) {
    const char *own = unit ? unit : said;
    const double m = own ? unit_m(own) : 1;
    GapGrid *grid = g->elevation;
    if (m == 0)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: its heights are in '%s', which is not known: say 'm' or 'ft', or "
                        "convert them",
                        path, own);
    if (m == 1)
        return true;
    for (size_t i = 0; i < grid->cols * grid->rows; i++)
        grid->cells[i] = (float)(grid->cells[i] * m);
    gap_note(g->notes, "%s: heights in %s turned into metres", path, own);
    return true;
}

static bool check_range(const GapTravelGround *g, const char *path, GError **error) {
    float low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < g->elevation->cols * g->elevation->rows; i++) {
        low = fminf(low, g->elevation->cells[i]);
        high = fmaxf(high, g->elevation->cells[i]);
    }
    if (low >= LOWEST && high <= HIGHEST)
        return true;
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: heights from %g to %g m, and no ground lies below %g or above %g m: %s",
                    path, low, high, LOWEST, HIGHEST,
                    low < LOWEST             ? "state in the file which value stands for no data"
                    : high * FOOT <= HIGHEST ? "if these are feet, say so (unit ft)"
                                             : "check that this is elevation, and its scale");
}

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of raster over known height, at the places of the store; NaN where there are few. */
static double ratio_to_places(const GapTravelGround *g, GapStore *store, GError **error) {
    static const GapStatement READ = {"travel.heights",
                                      "SELECT elevation_m, ST_X(geom), ST_Y(geom) FROM place"
                                      " WHERE elevation_m > 200 ORDER BY code LIMIT 2000"};
    g_autoptr(GapTable) rows = gap_store_select(store, &READ, error, "");
    g_autoptr(GArray) ratios = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t r = 0; rows && r < gap_table_rows(rows); r++) {
        double xy[] = {gap_table_real(rows, r, 1), gap_table_real(rows, r, 2)};
        if (!gap_projection_forward(g->plane, xy, 1, NULL))
            continue;
        const double ratio =
            gap_grid_sample(g->elevation, xy[0], xy[1]) / gap_table_real(rows, r, 0);
        if (!isnan(ratio))
            g_array_append_val(ratios, ratio);
    }
    if (ratios->len < ENOUGH)
        return NAN;
    g_array_sort(ratios, by_value);
    return g_array_index(ratios, double, ratios->len / 2);
}

static bool check_places(const GapTravelGround *g, GapStore *store, const char *path,
                         GError **error) {
    g_autoptr(GError) why = NULL;
    const double ratio = ratio_to_places(g, store, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (ratio > 2.8 && ratio < 3.8)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: at the places of the store it is %.1f times as high as they are: "
                        "these seem to be feet; say so (unit ft)",
                        path, ratio);
    if (ratio < 0.7 || ratio > 1.4)
        gap_note(g->notes,
                 "%s: at the places of the store it is %.2f times as high as they are; "
                 "check its unit and coordinates",
                 path, ratio);
    return true;
}

static bool from_file(GapTravelGround *g, GapStore *store, const char *path, const char *unit,
                      GError **error) {
    g_auto(GapRasterInfo) info = {0};
    if (!gap_raster_info(path, &info, error))
        return false;
    g->elevation =
        gap_raster_onto(path, &g->frame, g->definition, GAP_WARP_BILINEAR, g->notes, error);
    return g->elevation && convert(g, path, info.unit, unit, error) &&
           check_range(g, path, error) && check_places(g, store, path, error);
}

bool gap_elevation_find(GapTravelGround *g, GapStore *store, const char *path, const char *unit,
                        GError **error) {
    if (path)
        return from_file(g, store, path, unit, error);
    g_autoptr(GError) why = NULL;
    g_autoptr(GapGrid) terrain = gap_layer_terrain(store, &why);
    if (terrain) {
        g->elevation =
            gap_raster_grid_onto(terrain, &g->frame, g->definition, "the terrain", g->notes, error);
        return g->elevation && check_range(g, "the terrain", error);
    }
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    gap_note(g->notes, "no terrain is loaded or given: the ground counts as level");
    return true;
}
