#include "layers/travel/frame.h"

#include <math.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/raster_onto.h"
#include "geo/shape/geodesic.h"
#include "geo/shape/project.h"
#include "geo/travel/surface.h"

static const double STEPS[] = {10,  20,  25,  30,   50,   100,  125,  150,
                               200, 250, 500, 1000, 2000, 5000, 10000};
static const double MOST_CHOSEN = 30e6; // cells

enum { SIDE = 41 }; // points along an edge of the extent

static char *conformal(GapBox e) {
    const double sixth = (e.max_y - e.min_y) / 6, low = e.min_y + sixth, high = e.max_y - sixth;
    const bool level = fabs(low + high) < 0.5; // the cone would be a cylinder
    char text[4][G_ASCII_DTOSTR_BUF_SIZE];
    const double values[] = {low, high, (low + high) / 2, (e.min_x + e.max_x) / 2};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        g_ascii_formatd(text[i], sizeof text[i], "%.4f", values[i]);
    return level ? g_strdup_printf("+proj=merc +lon_0=%s +lat_ts=%s +datum=WGS84 +units=m +no_defs",
                                   text[3], text[1])
                 : g_strdup_printf("+proj=lcc +lat_1=%s +lat_2=%s +lat_0=%s +lon_0=%s +datum=WGS84 "
                                   "+units=m +no_defs",
                                   text[0], text[1], text[2], text[3]);
}

/* The box in the plane around the extent in degrees, whose sides are bent there. */
static bool box_in_plane(const GapProjection *plane, GapBox e, GapBox *box, GError **error) {
    double xy[2 * 4 * SIDE];
    for (int i = 0; i < SIDE; i++) {
        const double x = e.min_x + (e.max_x - e.min_x) * i / (SIDE - 1);
        const double y = e.min_y + (e.max_y - e.min_y) * i / (SIDE - 1);
        const double at[] = {x, e.min_y, x, e.max_y, e.min_x, y, e.max_x, y};
        memcpy(xy + 8 * (size_t)i, at, sizeof at);
    }
    if (!gap_projection_forward(plane, xy, G_N_ELEMENTS(xy) / 2, error))
        return false;
    *box = GAP_BOX_EMPTY;
    for (size_t i = 0; i < G_N_ELEMENTS(xy); i += 2)
        gap_box_add(box, (GapBox){xy[i], xy[i + 1], xy[i], xy[i + 1]});
    return true;
}

/* By how much lengths of the plane are off at most, at corners, middles of sides and in the middle:
 * a share. */
static double most_off(const GapProjection *plane, GapBox e) {
    double most = 0;
    for (int i = 0; i < 9; i++) {
        const double x = e.min_x + (e.max_x - e.min_x) * (i % 3) / 2;
        const double y = e.min_y + (e.max_y - e.min_y) * (i / 3) / 2.001; // NOLINT: the row
        const double step = 0.001, lengths[] = {
                                       gap_geodesic_distance_m(x, y, x + step, y),
                                       gap_geodesic_distance_m(x, y, x, y + step),
                                   };
        double xy[] = {x, y, x + step, y, x, y + step};
        if (!gap_projection_forward(plane, xy, 3, NULL))
            return NAN;
        for (int k = 0; k < 2; k++)
            most = fmax(most,
                        fabs(hypot(xy[2 * k + 2] - xy[0], xy[2 * k + 3] - xy[1]) / lengths[k] - 1));
    }
    return most;
}

static double choose_cell(GapBox box, double finest_m) {
    const double m2 = (box.max_x - box.min_x) * (box.max_y - box.min_y);
    size_t i = 0;
    // A raster of 92.6 m (3 seconds of arc) is one of 100 m, not of 125.
    while (i + 1 < G_N_ELEMENTS(STEPS) &&
           (STEPS[i] < 0.9 * finest_m || m2 / (STEPS[i] * STEPS[i]) > MOST_CHOSEN))
        i++;
    return STEPS[i];
}

static bool make_frame(const GapFrameOptions *o, GapBox extent, GapFrame *frame, char **definition,
                       GPtrArray *notes, GError **error) {
    GapBox box;
    g_autofree char *text = o->crs ? g_strdup(o->crs) : conformal(extent);
    g_autoptr(GapProjection) plane = gap_projection_new(text, error);
    if (!plane || !box_in_plane(plane, extent, &box, error))
        return false;
    box = (GapBox){box.min_x - o->margin_m, box.min_y - o->margin_m, box.max_x + o->margin_m,
                   box.max_y + o->margin_m};
    const double cell = o->cell_m > 0 ? o->cell_m : choose_cell(box, o->finest_m);
    const double west = floor(box.min_x / cell) * cell, north = ceil(box.max_y / cell) * cell;
    const double cols = ceil((box.max_x - west) / cell), rows = ceil((north - box.min_y) / cell);
    if (!gap_surface_fits(cols * cell, rows * cell, cell, cell, error))
        return false;
    *frame = (GapFrame){(size_t)MAX(cols, 1), (size_t)MAX(rows, 1), west, north, cell, cell};
    gap_note(
        notes, "working grid: %zu x %zu cells of %g m%s, in %s%s; lengths are true to %.2f %%",
        frame->cols, frame->rows, cell,
        o->cell_m > 0 ? ""
                      : " (the smallest of 10, 20, 25, 30, 50, 100 m ... that makes at most 30 "
                        "million cells and is not finer than what is read)",
        text, o->crs ? "" : " (conformal, chosen for the extent)", 100 * most_off(plane, extent));
    *definition = g_steal_pointer(&text);
    return true;
}

/* The grid of a raster, or its extent where its cells are no metres. */
static bool frame_like(const GapFrameOptions *o, GapFrame *frame, char **definition,
                       GPtrArray *notes, GError **error) {
    g_auto(GapRasterInfo) info = {0};
    if (!gap_raster_info(o->like, &info, error))
        return false;
    const GapFrame *f = &info.frame;
    if (!info.metric) {
        gap_note(notes,
                 "%s: its grid (%s) is not north-up in metres, so its extent is used, with a "
                 "plane and cells chosen for it",
                 o->like, info.crs);
        GapFrameOptions chosen = *o;
        chosen.finest_m = info.cell_m;
        chosen.margin_m = 0;
        return make_frame(&chosen, info.degrees, frame, definition, notes, error);
    }
    if (!gap_surface_fits((double)f->cols * f->dx, (double)f->rows * f->dy, f->dx, f->dy, error))
        return false;
    gap_note(notes, "working grid: that of %s as it is, %zu x %zu cells of %g x %g m in %s",
             o->like, f->cols, f->rows, f->dx, f->dy, info.crs);
    *frame = *f;
    *definition = g_steal_pointer(&info.definition);
    return true;
}

bool gap_travel_frame(const GapFrameOptions *o, GapFrame *frame, char **definition,
                      GPtrArray *notes, GError **error) {
    const GapBox e = o->extent;
    if (o->like)
        return frame_like(o, frame, definition, notes, error);
    if (!(o->cell_m >= 0 && isfinite(o->cell_m)))
        return gap_fail(error, GAP_ERROR_USAGE, "cells of %g m: give a size above 0", o->cell_m);
    if (!(e.min_x < e.max_x && e.min_y < e.max_y && e.min_x >= -180 && e.max_x <= 180 &&
          e.min_y > -90 && e.max_y < 90))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "an extent of %g to %g east and %g to %g north: give west, south, east and "
                        "north in degrees",
                        e.min_x, e.max_x, e.min_y, e.max_y);
    return make_frame(o, e, frame, definition, notes, error);
}
