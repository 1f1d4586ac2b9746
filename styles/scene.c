#include "styles/scene.h"

#include <jansson.h>
#include <math.h>

static void item_clear(gpointer data) {
    GapItem *item = data;
    g_free(item->id);
    gap_geometry_free(item->path);
    g_free(item->text);
    g_free(item->along);
    g_clear_pointer(&item->pixels, g_bytes_unref);
}

static void left_out_clear(gpointer data) {
    GapLeftOut *left = data;
    g_free(left->id);
    g_free(left->text);
}

GapScene *gap_scene_new(double width, double height) {
    GapScene *scene = g_new0(GapScene, 1);
    scene->width = width;
    scene->height = height;
    scene->point = 0.5;
    scene->items = g_array_new(FALSE, FALSE, sizeof(GapItem));
    g_array_set_clear_func(scene->items, item_clear);
    scene->frames = g_array_new(FALSE, FALSE, sizeof(GapSceneFrame));
    scene->left_out = g_array_new(FALSE, FALSE, sizeof(GapLeftOut));
    g_array_set_clear_func(scene->left_out, left_out_clear);
    scene->links = g_array_new(FALSE, FALSE, sizeof(GapSceneLink));
    return scene;
}

void gap_scene_free(GapScene *scene) {
    if (!scene)
        return;
    g_array_unref(scene->items);
    g_array_unref(scene->frames);
    g_array_unref(scene->left_out);
    g_array_unref(scene->links);
    g_free(scene->title);
    g_free(scene->description);
    g_free(scene->source);
    g_free(scene->made_from);
    g_free(scene->day);
    g_free(scene->ground.crs);
    g_free(scene);
}

GapItem *gap_scene_add(GapScene *scene, GapItem item) {
    item.id = g_strdup(item.id);
    item.built = scene->building;
    if (item.path)
        item.box = gap_geometry_box(item.path);
    else if (item.kind == GAP_ITEM_CIRCLE)
        item.box = (GapBox){item.x - item.r, item.y - item.r, item.x + item.r, item.y + item.r};
    g_array_append_val(scene->items, item);
    return &g_array_index(scene->items, GapItem, scene->items->len - 1);
}

unsigned gap_scene_add_frame(GapScene *scene, const char *name, GapBox box) {
    GapSceneFrame frame = {name, box};
    g_array_append_val(scene->frames, frame);
    return scene->frames->len;
}

/** One part of one ring of n points. */
static GapGeometry *ring(GapShapeKind kind, const double *xy, size_t n, bool close) {
    GapGeometry *g = g_new0(GapGeometry, 1);
    size_t points = n + (close ? 1 : 0);
    *g = (GapGeometry){kind,
                       1,
                       1,
                       (uint32_t)points,
                       g_new0(uint32_t, 2),
                       g_new0(uint32_t, 2),
                       g_new(double, 2 * points)};
    g->part[1] = 1;
    g->ring[1] = (uint32_t)points;
    for (size_t i = 0; i < points; i++) {
        g->xy[2 * i] = xy[2 * (i % n)];
        g->xy[2 * i + 1] = xy[2 * (i % n) + 1];
    }
    return g;
}

GapItem *gap_scene_polygon(GapScene *scene, const char *role, const char *id, const double *xy,
                           size_t n) {
    return gap_scene_add(scene, (GapItem){GAP_ITEM_PATH, role, (char *)id,
                                          .path = ring(GAP_SHAPE_POLYGON, xy, n, true)});
}

GapItem *gap_scene_rect(GapScene *scene, const char *role, const char *id, GapBox b, GapColour fill,
                        GapColour stroke, double width) {
    double xy[] = {b.min_x, b.min_y, b.max_x, b.min_y, b.max_x, b.max_y, b.min_x, b.max_y};
    GapItem *item = gap_scene_polygon(scene, role, id, xy, 4);
    item->fill = fill;
    item->stroke = stroke;
    item->width = width;
    return item;
}

GapItem *gap_scene_line(GapScene *scene, const char *role, const char *id, double x1, double y1,
                        double x2, double y2, GapColour stroke, double width) {
    double xy[] = {x1, y1, x2, y2};
    return gap_scene_add(scene,
                         (GapItem){GAP_ITEM_PATH, role, (char *)id, .stroke = stroke,
                                   .width = width, .path = ring(GAP_SHAPE_LINE, xy, 2, false)});
}

/** The box of a rectangle that is turned about its middle. */
static GapBox box_of_place(const GapTextPlace *p) {
    double c = fabs(cos(p->angle)), s = fabs(sin(p->angle));
    double w = (p->width * c + p->height * s) / 2, h = (p->width * s + p->height * c) / 2;
    return (GapBox){p->x - w, p->y - h, p->x + w, p->y + h};
}

GArray *gap_scene_text_boxes(const GapItem *item) {
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(GapBox));
    for (guint i = 0; i < item->n_along; i++) {
        GapBox box = box_of_place(&item->along[i]);
        g_array_append_val(boxes, box);
    }
    if (!item->along)
        g_array_append_val(boxes, item->box);
    return boxes;
}

static json_t *tenths(double value) {
    double rounded = round(value * 10) / 10;
    return json_real(rounded == 0 ? 0 : rounded);
}

static void put_box(json_t *json, GapBox b) {
    json_object_set_new(
        json, "box",
        json_pack("[oooo]", tenths(b.min_x), tenths(b.min_y), tenths(b.max_x), tenths(b.max_y)));
}

static void put_colour(json_t *json, const char *key, GapColour c) {
    if (c.a <= 0)
        return;
    g_autofree char *text =
        g_strdup_printf("#%02x%02x%02x%02x", (int)lround(c.r * 255), (int)lround(c.g * 255),
                        (int)lround(c.b * 255), (int)lround(c.a * 255));
    json_object_set_new(json, key, json_string(text));
}

/** Middle and degrees of each cluster. */
static json_t *along_json(const GapItem *item) {
    json_t *json = json_array();
    for (guint i = 0; i < item->n_along; i++) {
        const GapTextPlace *p = &item->along[i];
        json_array_append_new(
            json, json_pack("[ooo]", tenths(p->x), tenths(p->y), tenths(p->angle * 180 / G_PI)));
    }
    return json;
}

static json_t *item_json(const GapItem *item) {
    static const char *const kinds[] = {"path", "circle", "text", "image"};
    json_t *json = json_pack("{s:s, s:s, s:s, s:i}", "kind", kinds[item->kind], "role", item->role,
                             "id", item->id ? item->id : "", "frame", (int)item->frame);
    put_box(json, item->box);
    put_colour(json, "fill", item->fill);
    if (item->width > 0)
        put_colour(json, "stroke", item->stroke);
    if (item->hatch)
        json_object_set_new(json, "hatch", json_integer(item->hatch));
    if (item->cap)
        json_object_set_new(json, "cap", json_integer(item->cap));
    if (item->join)
        json_object_set_new(json, "join", json_integer(item->join));
    if (item->path)
        json_object_set_new(json, "points", json_integer(item->path->n_points));
    if (item->text) {
        json_object_set_new(json, "text", json_string(item->text));
        json_object_set_new(json, "size", tenths(item->look.size));
        put_colour(json, "colour", item->look.colour);
    }
    if (item->along)
        json_object_set_new(json, "along", along_json(item));
    return json;
}

/** One line an item, so that a difference shows the item. */
static void put_line(GString *text, json_t *json, bool last) {
    char *line = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(8));
    g_string_append_printf(text, "  %s%s\n", line, last ? "" : ",");
    free(line);
    json_decref(json);
}

static void put_left_out(GString *text, const GapScene *scene) {
    g_string_append(text, " \"left_out\": [\n");
    for (guint i = 0; i < scene->left_out->len; i++) {
        const GapLeftOut *left = &g_array_index(scene->left_out, GapLeftOut, i);
        put_line(text,
                 json_pack("{s:s, s:i, s:s}", "id", left->id, "frame", (int)left->frame, "text",
                           left->text),
                 i + 1 == scene->left_out->len);
    }
    g_string_append(text, " ],\n");
}

char *gap_scene_to_json(const GapScene *scene) {
    GString *text = g_string_new("{\n");
    json_t *head =
        json_pack("{s:o, s:o, s:s, s:i, s:i}", "width", tenths(scene->width), "height",
                  tenths(scene->height), "title", scene->title ? scene->title : "", "labels_placed",
                  (int)scene->labels_placed, "labels_left_out", (int)scene->left_out->len);
    g_string_append(text, " \"page\":\n");
    put_line(text, head, false);
    put_left_out(text, scene);
    g_string_append(text, " \"frames\": [\n");
    for (guint i = 0; i < scene->frames->len; i++) {
        const GapSceneFrame *frame = &g_array_index(scene->frames, GapSceneFrame, i);
        json_t *json = json_pack("{s:s}", "name", frame->name);
        put_box(json, frame->box);
        put_line(text, json, i + 1 == scene->frames->len);
    }
    g_string_append(text, " ],\n \"items\": [\n");
    for (guint i = 0; i < scene->items->len; i++)
        put_line(text, item_json(&g_array_index(scene->items, GapItem, i)),
                 i + 1 == scene->items->len);
    g_string_append(text, " ]\n}\n");
    return g_string_free(text, FALSE);
}
