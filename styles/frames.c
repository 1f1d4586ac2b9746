// The frames of a page: the main map, the insets, where they lie.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/inset.h"
#include "styles/labels.h"
#include "styles/page.h"
#include "styles/page/graticule.h"
#include "styles/page/scale_bar.h"
#include "styles/part/part.h"

#include <math.h>

static const double country_pad = 16, inset_gap = 12;
enum { INSETS_MAX = 3 };

typedef struct {
    GapView view;
    const char *title;
} Inset;

/* ---- views ---- */

/** The box at the top of the frame, so that the room below is left for insets. */
static GapView view_of(GapBox map_frame, GapBox e) {
    double w = map_frame.max_x - map_frame.min_x - 2 * country_pad;
    double h = map_frame.max_y - map_frame.min_y - 2 * country_pad;
    double scale = MIN(w / (e.max_x - e.min_x), h / (e.max_y - e.min_y));
    double spare = (w - (e.max_x - e.min_x) * scale) / 2;
    return (GapView){
        map_frame, 0, scale, e.min_x - (country_pad + spare) / scale, e.max_y + country_pad / scale,
        false};
}

static double width(GapBox b) {
    return b.max_x - b.min_x;
}

static double height(GapBox b) {
    return b.max_y - b.min_y;
}

/** What the main map shows: the part that the page is of; else the rows of the source that
 * metadata.gapmap.extent names, with some ground around them; the country where there are none, or
 * they stretch over most of it. */
static bool main_extent(GapMap *map, GapBox *e, GError **error) {
    if (map->data->part) {
        bool found = gap_part_extent(map, e, error);
        double pad = found ? 0.03 * MAX(width(*e), height(*e)) : 0;
        *e = (GapBox){e->min_x - pad, e->min_y - pad, e->max_x + pad, e->max_y + pad};
        return found;
    }
    const char *id = json_string_value(json_object_get(map->style->page, "extent"));
    const GapRows *rows = id ? gap_map_rows(map, id, error) : NULL;
    *e = GAP_BOX_EMPTY;
    for (guint i = 0; rows && i < rows->shapes->len; i++)
        if (rows->shapes->pdata[i])
            gap_box_add(e, gap_geometry_box(rows->shapes->pdata[i]));
    double pad = 0.06 * MAX(width(*e), height(*e)), most = 0.6;
    bool part =
        pad > 0 && width(*e) < most * width(map->extent) && height(*e) < most * height(map->extent);
    *e = part ? (GapBox){e->min_x - pad, e->min_y - pad, e->max_x + pad, e->max_y + pad}
              : map->extent;
    return !id || rows;
}

/** MapLibre's zoom, 512-pixel tiles: 78271.517 m a pixel at zoom 0 on the equator. */
static double zoom_of(GapMap *map, const GapView *v) {
    double xy[2] = {(map->extent.min_x + map->extent.max_x) / 2,
                    (map->extent.min_y + map->extent.max_y) / 2};
    gap_projection_inverse(map->plane, xy, 1, NULL);
    return log2(78271.517 * cos(xy[1] * G_PI / 180) * v->scale);
}

/** Puts the frame of the ground `box` (metres) left of `right`, on the map's lower edge. */
static void place_inset(const GapMap *map, Inset *inset, GapBox box, double pixels, double right) {
    double scale = pixels / width(box), bottom = map->layout->map.max_y - inset_gap;
    inset->view = (GapView){{right - pixels, bottom - height(box) * scale, right, bottom},
                            0,
                            scale,
                            box.min_x,
                            box.max_y,
                            true};
}

static bool check_width(double width, GError **error) {
    return (width >= 100 && width <= 800) ||
           gap_fail(error, GAP_ERROR_INPUT, "metadata.gapmap.insets: a width is 100 to 800");
}

/** An inset whose ground is given in degrees. */
static bool read_box(GapMap *map, const json_t *json, double right, Inset *inset, GError **error) {
    double w, s, e, n, pixels;
    json_error_t wrong;
    if (json_unpack_ex((json_t *)json, &wrong, JSON_STRICT, "{s:[F,F,F,F], s:s, s:F}", "box", &w,
                       &s, &e, &n, "title", &inset->title, "width", &pixels))
        return gap_fail(error, GAP_ERROR_INPUT, "metadata.gapmap.insets: %s", wrong.text);
    double xy[] = {w, s, e, s, e, n, w, n};
    GapBox box = GAP_BOX_EMPTY;
    if (!gap_projection_forward(map->plane, xy, 4, error))
        return false;
    for (size_t i = 0; i < 4; i++)
        gap_box_add(&box, (GapBox){xy[2 * i], xy[2 * i + 1], xy[2 * i], xy[2 * i + 1]});
    if (!(w < e && s < n))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "metadata.gapmap.insets: a box is west, south, east, north");
    place_inset(map, inset, box, pixels, right);
    return check_width(pixels, error);
}

/** An inset where rows of a source lie close together; `*found`: whether any do. */
static bool read_around(GapMap *map, const json_t *json, double right, Inset *insets, size_t n,
                        bool *found, GError **error) {
    const char *id;
    double km, pixels;
    json_error_t wrong;
    if (json_unpack_ex((json_t *)json, &wrong, JSON_STRICT, "{s:s, s:F, s:F}", "around", &id, "km",
                       &km, "width", &pixels))
        return gap_fail(error, GAP_ERROR_INPUT, "metadata.gapmap.insets: %s", wrong.text);
    if (!(km >= 1 && km <= 1000))
        return gap_fail(error, GAP_ERROR_INPUT, "metadata.gapmap.insets: km is 1 to 1000");
    GapBox shown[INSETS_MAX], box;
    for (size_t k = 0; k < n; k++) {
        const GapView *v = &insets[k].view;
        shown[k] = (GapBox){v->west_m, v->north_m - height(v->frame) / v->scale,
                            v->west_m + width(v->frame) / v->scale, v->north_m};
    }
    const GapInsetWant want = {km * 1000, km * 750, shown, n};
    GError *why = NULL;
    *found = gap_inset_around(map, id, &want, &box, &insets[n].title, &why);
    if (why) {
        g_propagate_error(error, why);
        return false;
    }
    if (*found)
        place_inset(map, &insets[n], box, pixels, right);
    return check_width(pixels, error);
}

/* ---- what lies on a map besides its layers ---- */

static bool draw_inset(GapMap *map, const Inset *inset, GError **error) {
    GapBox frame = inset->view.frame;
    const char *word = gap_map_word(map, "insets", inset->title);
    GapTextLook look = {.size = 18, .bold = true, .colour = GAP_INK};
    *(map->other ? &look.wrap : &look.limit) = width(frame) - 16; // two languages, two lines
    g_autofree char *text =
        map->other ? gap_fonts_between_things(map->fonts, word, " / ", &look) : g_strdup(word);
    double w, h;
    gap_fonts_measure(map->fonts, text, &look, &w, &h);
    GapBox title = {frame.min_x, frame.min_y, frame.min_x + w + 16, frame.min_y + h + 4};
    gap_labels_avoid(map->labels, title, INFINITY);
    if (!gap_map_draw(map, &inset->view, error))
        return false;
    GapScaleBar bar = gap_scale_bar(map, &inset->view, title);
    gap_labels_avoid(map->labels, bar.box, INFINITY);
    gap_labels_place(map->labels, map->scene, map->fonts, frame, inset->view.number);
    gap_scene_rect(map->scene, "inset", "inset", title, (GapColour){1, 1, 1, 0.88}, (GapColour){0},
                   0);
    gap_scene_text(map->scene, map->fonts, "inset", "inset", text, &look, frame.min_x + 8,
                   frame.min_y + 2);
    gap_scene_rect(map->scene, "inset", "inset", frame, (GapColour){0}, GAP_GREY, 2);
    gap_scale_bar_draw(map, &bar);
    return true;
}

/** Where the inset lies on the main map: a thin frame. Returns: its box. */
static GapBox mark_inset(GapMap *map, const GapView *main_view, const Inset *inset) {
    const GapView *v = &inset->view;
    double x1, y1, w = (v->frame.max_x - v->frame.min_x) / v->scale * main_view->scale;
    double h = (v->frame.max_y - v->frame.min_y) / v->scale * main_view->scale;
    gap_view_point(main_view, v->west_m, v->north_m, &x1, &y1);
    GapBox box = {x1, y1, x1 + w, y1 + h};
    gap_scene_rect(map->scene, "inset", "inset", box, (GapColour){0}, GAP_GREY, 1.4)->frame =
        main_view->number;
    return box;
}

/** Whether the inset shows a part of what the main map shows, and that larger. */
static bool inset_helps(const GapView *main_view, const GapView *v) {
    double x, y, w = width(v->frame) / v->scale, h = height(v->frame) / v->scale;
    gap_view_point(main_view, v->west_m + w / 2, v->north_m - h / 2, &x, &y);
    GapBox f = main_view->frame;
    return v->scale > 1.2 * main_view->scale && x > f.min_x && x < f.max_x && y > f.min_y &&
           y < f.max_y;
}

/** Where the first inset ends: beside the locator, where that stands in the corner. */
static double inset_right(const GapMap *map) {
    GapBox f = map->layout->map;
    bool corner = map->data->part && map->locator.max_y > f.max_y - 2 * inset_gap;
    return (corner ? map->locator.min_x : f.max_x) - inset_gap;
}

/** Themes give insets the width that suits a slide: on a smaller map they are smaller, and where
 *  the country leaves room below it they fill that. */
static void fit_insets(GapMap *map, const GapView *view, Inset *insets, size_t n) {
    GapBox frame = view->frame;
    double x, bottom, widths = 0, highest = 1, most = 1.6, scale_bar = 330;
    gap_view_point(view, map->extent.min_x, map->extent.min_y, &x, &bottom);
    for (size_t i = 0; i < n; i++) {
        widths += width(insets[i].view.frame) + inset_gap;
        highest = MAX(highest, height(insets[i].view.frame));
    }
    double larger = MIN((width(frame) - scale_bar) / MAX(widths, 1),
                        (frame.max_y - bottom - 2 * inset_gap) / highest);
    double times = gap_layout_symbols(map->layout), right = inset_right(map);
    if (!map->data->part) // which a larger one might hide
        times = MAX(times, MIN(larger, most));
    for (size_t i = 0; i < n; i++) {
        GapView v = insets[i].view;
        GapBox box = {v.west_m, v.north_m - height(v.frame) / v.scale,
                      v.west_m + width(v.frame) / v.scale, v.north_m};
        place_inset(map, &insets[i], box, width(v.frame) * times, right);
        gap_labels_avoid(map->labels, insets[i].view.frame, INFINITY);
        right = insets[i].view.frame.min_x - inset_gap;
    }
}

/** Reads the insets that help beside `view`. Returns false with an error. */
static bool read_insets(GapMap *map, const GapView *view, Inset *insets, size_t *n,
                        GError **error) {
    const json_t *list = json_object_get(map->style->page, "insets");
    double right = inset_right(map);
    *n = 0;
    for (size_t i = 0; i < json_array_size(list) && *n < INSETS_MAX; i++) {
        Inset *inset = &insets[*n];
        const json_t *json = json_array_get(list, i);
        bool found = true;
        if (json_object_get(json, "around")
                ? !read_around(map, json, right, insets, *n, &found, error)
                : !read_box(map, json, right, inset, error))
            return false;
        if (!found || !inset_helps(view, &inset->view) ||
            (map->data->part && gap_part_hidden_by(map, view, inset->view.frame)))
            continue;
        right = inset->view.frame.min_x - inset_gap;
        ++*n;
    }
    fit_insets(map, view, insets, *n);
    return true;
}

static bool draw_main(GapMap *map, GapView *view, const Inset *insets, size_t n, GError **error) {
    GapScaleBar bar = gap_scale_bar(map, view, GAP_BOX_EMPTY);
    GapBox at = bar.box;
    gap_labels_avoid(map->labels, at, INFINITY);
    if (gap_north_arrow_shown(map, view))
        gap_labels_avoid(map->labels, (GapBox){at.min_x, at.min_y - 90, at.min_x + 40, at.min_y},
                         INFINITY);
    view->number = gap_scene_add_frame(map->scene, "map", view->frame);
    map->scene->ground =
        (GapGeoreference){view->number, view->west_m, view->north_m, 1 / view->scale,
                          g_strdup(gap_projection_definition(map->plane))};
    if (!gap_map_draw(map, view, error) ||
        (map->graticule && !gap_graticule_draw(map, view, error)))
        return false;
    for (size_t i = 0; i < n; i++)
        gap_labels_keep_areas_off(map->labels, mark_inset(map, view, &insets[i]), 2);
    gap_labels_place(map->labels, map->scene, map->fonts, view->frame, view->number);
    gap_scale_bar_draw(map, &bar);
    gap_north_arrow_draw(map, view, at.min_x, at.min_y - 84);
    gap_scale_error_tell(map, view);
    return true;
}

/** The main view and the place of the locator, which get in each other's way. */
static GapView place_view(GapMap *map, GapBox ground) {
    GapView view = view_of(map->layout->map, ground);
    if (!gap_locator_place(map, &view) && map->data->part) {
        ground.max_x += width(map->locator) / view.scale;
        view = view_of(map->layout->map, ground);
        gap_locator_place(map, &view);
    }
    double w = width(view.frame) / view.scale, h = height(view.frame) / view.scale;
    map->shown = (GapBox){view.west_m, view.north_m - h, view.west_m + w, view.north_m};
    return view;
}

bool gap_frames_draw(GapMap *map, GError **error) {
    Inset insets[INSETS_MAX];
    size_t n;
    GapBox shown;
    if (!main_extent(map, &shown, error))
        return false;
    GapView view = place_view(map, shown);
    bool part = map->data->part || width(shown) < width(map->extent);
    map->zoom = zoom_of(map, &view);
    if (part)
        gap_labels_avoid(map->labels, map->locator, INFINITY);
    if (!read_insets(map, &view, insets, &n, error) || !draw_main(map, &view, insets, n, error) ||
        (part && !gap_locator_draw(map, &view, error)))
        return false;
    for (size_t i = 0; i < n; i++) {
        insets[i].view.number = gap_scene_add_frame(map->scene, "inset", insets[i].view.frame);
        if (!draw_inset(map, &insets[i], error))
            return false;
    }
    return true;
}
