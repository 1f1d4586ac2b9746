#include "geo/base/error.h"
#include "geo/files/raster_write.h"
#include "styles/canvas_draw.h"

bool gap_canvas_write_tiff(const GapScene *scene, GapFonts *fonts, double scale, const char *path,
                           GError **error) {
    const GapGeoreference *ground = &scene->ground;
    if (!ground->frame)
        return gap_fail(error, GAP_ERROR_FAILED, "%s: the page has no map", path);
    cairo_surface_t *surface = gap_canvas_image(scene, fonts, scale, ground->frame, error);
    if (!surface)
        return false;
    double pixel_m = ground->pixel_m / scale;
    GapFrame frame = {(size_t)cairo_image_surface_get_width(surface),
                      (size_t)cairo_image_surface_get_height(surface),
                      ground->west_m,
                      ground->north_m,
                      pixel_m,
                      pixel_m};
    const GapRasterItem items[] = {{"TIFFTAG_DOCUMENTNAME", scene->title},
                                   {"TIFFTAG_IMAGEDESCRIPTION", scene->description},
                                   {"TIFFTAG_SOFTWARE", "gapmap " GAP_VERSION},
                                   {"source", scene->source},
                                   {"made_from", scene->made_from}};
    const GapRasterWrite say = {.items = items, .n_items = G_N_ELEMENTS(items)};
    // Rows of four-byte pixels follow each other without gaps.
    bool good = gap_raster_write_picture(
        &frame, (const uint32_t *)(void *)cairo_image_surface_get_data(surface), ground->crs, &say,
        path, error);
    cairo_surface_destroy(surface);
    return good;
}
