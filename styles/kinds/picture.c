#include "styles/kinds/picture.h"

#include "geo/base/error.h"
#include "geo/files/image.h"

#include <math.h>

static const double pixels_most = 6e6;

/** What becomes of a colour. */
typedef struct {
    double opacity;
    double spin[3]; /**< how much of each part the next ones give */
    double grey;    /**< share of the way to grey; below 0 away from it */
    double contrast;
    double low, high; /**< brightness of black and of white */
} Tone;

static Tone tone_of(const GapStyleLayer *l, const GapContext *c) {
    double angle = gap_layer_number(l, GAP_PROP_RASTER_HUE_ROTATE, c) * G_PI / 180;
    double saturation = gap_layer_number(l, GAP_PROP_RASTER_SATURATION, c);
    double contrast = gap_layer_number(l, GAP_PROP_RASTER_CONTRAST, c);
    double s = sqrt(3) * sin(angle), cosine = cos(angle);
    return (Tone){.opacity = gap_layer_number(l, GAP_PROP_RASTER_OPACITY, c),
                  .spin = {(2 * cosine + 1) / 3, (1 - s - cosine) / 3, (1 + s - cosine) / 3},
                  .grey = saturation > 0 ? 1 - 1 / (1.001 - saturation) : -saturation,
                  .contrast = contrast > 0 ? 1 / fmax(1 - contrast, 1e-3) : 1 + contrast,
                  .low = gap_layer_number(l, GAP_PROP_RASTER_BRIGHTNESS_MIN, c),
                  .high = gap_layer_number(l, GAP_PROP_RASTER_BRIGHTNESS_MAX, c)};
}

/** A pixel as the scene has it. */
static guint32 toned(const Tone *t, const guint8 *rgba) {
    double part[3], mean = (rgba[0] + rgba[1] + rgba[2]) / 765.0,
                    alpha = rgba[3] / 255.0 * t->opacity;
    guint32 pixel = (guint32)lround(alpha * 255) << 24;
    for (size_t i = 0; i < 3; i++) {
        part[i] = (rgba[0] * t->spin[(3 - i) % 3] + rgba[1] * t->spin[(4 - i) % 3] +
                   rgba[2] * t->spin[(5 - i) % 3]) /
                  255;
        part[i] += (mean - part[i]) * t->grey;
        part[i] = (part[i] - 0.5) * t->contrast + 0.5;
        part[i] = CLAMP(t->low + (t->high - t->low) * part[i], 0, 1);
        pixel |= (guint32)lround(part[i] * alpha * 255) << (16 - 8 * i);
    }
    return pixel;
}

static guint32 *toned_pixels(const Tone *tone, const GapImage *image) {
    size_t n = image->cols * image->rows;
    guint32 *pixels = g_new(guint32, n);
    for (size_t i = 0; i < n; i++)
        pixels[i] = toned(tone, image->rgba + 4 * i);
    return pixels;
}

/** The part of the picture's box that the view shows, from a corner of its cells on. */
static bool shown_box(const GapView *v, GapBox picture, double cell, GapBox *box) {
    GapBox all = {v->west_m, v->north_m - (v->frame.max_y - v->frame.min_y) / v->scale,
                  v->west_m + (v->frame.max_x - v->frame.min_x) / v->scale, v->north_m};
    *box = (GapBox){fmax(all.min_x, picture.min_x - cell), fmax(all.min_y, picture.min_y - cell),
                    fmin(all.max_x, picture.max_x + cell), fmin(all.max_y, picture.max_y + cell)};
    box->min_x = all.min_x + floor((box->min_x - all.min_x) / cell) * cell;
    box->max_y = all.max_y - floor((all.max_y - box->max_y) / cell) * cell;
    return box->min_x < box->max_x && box->min_y < box->max_y;
}

/** Length of a cell, metres: half a page pixel, or what keeps the view within pixels_most; between
 *  pixels a cell is as long as one of the picture, to a whole page pixel. */
static double cell_m(const GapView *v, const GapImage *image, GapBox picture, bool smooth) {
    double page = 1 / v->scale,
           area = (v->frame.max_x - v->frame.min_x) * (v->frame.max_y - v->frame.min_y);
    double finest = page * fmax(0.5, sqrt(area / pixels_most));
    double own = fmin((picture.max_x - picture.min_x) / (double)image->cols,
                      (picture.max_y - picture.min_y) / (double)image->rows);
    return smooth ? CLAMP(own, finest, fmax(page, finest)) : finest;
}

static bool draw(GapMap *map, const GapView *v, const GapStyleLayer *layer, const GapImage *image,
                 GError **error) {
    GapContext c = gap_map_context(map, NULL, 0);
    const char *plane = gap_projection_definition(map->plane);
    bool smooth = gap_layer_name(layer, GAP_PROP_RASTER_RESAMPLING, &c) == 0;
    GapBox picture, box;
    if (!gap_image_box(image, plane, &picture, error))
        return false;
    double cell = cell_m(v, image, picture, smooth);
    if (!shown_box(v, picture, cell, &box))
        return true;
    g_autoptr(GapImage) warped = gap_image_warp(image, plane, box, cell, smooth, error);
    if (!warped)
        return false;
    Tone tone = tone_of(layer, &c);
    GapBox place;
    gap_view_point(v, box.min_x, box.max_y, &place.min_x, &place.min_y);
    place.max_x = place.min_x + (double)warped->cols * cell * v->scale;
    place.max_y = place.min_y + (double)warped->rows * cell * v->scale;
    guint32 *pixels = toned_pixels(&tone, warped);
    gap_scene_add(map->scene,
                  (GapItem){GAP_ITEM_IMAGE, "map", layer->id, v->number, .box = place,
                            .pixels = g_bytes_new_take(pixels, warped->cols * warped->rows * 4),
                            .cols = (unsigned)warped->cols, .rows = (unsigned)warped->rows});
    return true;
}

bool gap_picture_draw(GapMap *map, const GapView *view, const GapStyleLayer *layer,
                      GError **error) {
    const GapStyleSource *source = gap_style_source(map->style, layer->source);
    GHashTable *pictures = map->data->pictures;
    GapImage *image = pictures ? g_hash_table_lookup(pictures, source->picture) : NULL;
    if (!image)
        return gap_fail(error, GAP_ERROR_MISSING, "sources.%s: the picture was not read",
                        source->id);
    GapImage placed = *image;
    if (gap_image_place(&placed, source->corners, error) && draw(map, view, layer, &placed, error))
        return true;
    g_prefix_error(error, "sources.%s: ", source->id);
    return false;
}
