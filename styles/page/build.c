#include "styles/page/build.h"

#include <string.h>

/** Whether what the source holds is ground that every map has; its layers come alone. */
static bool is_ground(const GapStyleLayer *layer) {
    static const char *const ground[] = {"country",    "provinces", "lakes",   "rivers",
                                         "neighbours", "terrain",   "borders", NULL};
    return !layer->source || g_strv_contains(ground, layer->source);
}

static bool block_names(const json_t *block, const char *layer) {
    const json_t *items = json_object_get(block, "items"), *item;
    size_t i;
    if (g_strcmp0(json_string_value(json_object_get(block, "layer")), layer) == 0)
        return true;
    json_array_foreach(items, i, item) {
        if (g_strcmp0(json_string_value(json_object_get(item, "layer")), layer) == 0)
            return true;
    }
    return false;
}

static bool in_legend(const GapStyle *style, const GapStyleLayer *layer) {
    const json_t *panel = json_object_get(style->page, "panel"), *block;
    size_t i;
    json_array_foreach(panel, i, block) {
        if (block_names(block, layer->id))
            return true;
    }
    return false;
}

/** Whether two layers appear together: they show one source, or are one layer. */
static bool together(const GapStyleLayer *a, const GapStyleLayer *b) {
    return a == b || (!is_ground(a) && !is_ground(b) && g_str_equal(a->source, b->source));
}

/** The legend's layers in drawing order, the first of each source; borders are there from the
 *  beginning, however they are agreed. Returns: (transfer container).
 */
static GPtrArray *steps_of(const GapStyle *style) {
    GPtrArray *steps = g_ptr_array_new();
    for (guint i = 0; i < style->layers->len; i++) {
        GapStyleLayer *layer = style->layers->pdata[i];
        bool known = !in_legend(style, layer) || g_strcmp0(layer->source, "borders") == 0;
        for (guint k = 0; !known && k < steps->len; k++)
            known = together(layer, steps->pdata[k]);
        if (!known)
            g_ptr_array_add(steps, layer);
    }
    return steps;
}

unsigned gap_build_frames(const GapStyle *style) {
    g_autoptr(GPtrArray) steps = steps_of(style);
    return steps->len + 1;
}

static unsigned frame_in(const GPtrArray *steps, const GapStyleLayer *layer) {
    for (guint i = 0; layer && i < steps->len; i++)
        if (together(layer, steps->pdata[i]))
            return i + 2;
    return 1;
}

unsigned gap_build_frame_of(const GapStyle *style, const char *id) {
    g_autoptr(GPtrArray) steps = steps_of(style);
    return frame_in(steps, gap_style_layer(style, id));
}

GHashTable *gap_build_table(const GapStyle *style) {
    g_autoptr(GPtrArray) steps = steps_of(style);
    GHashTable *frames = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < style->layers->len; i++) {
        GapStyleLayer *layer = style->layers->pdata[i];
        g_hash_table_insert(frames, layer->id, GUINT_TO_POINTER(frame_in(steps, layer)));
    }
    return frames;
}

unsigned gap_build_frame_of_block(const GapMap *map, const json_t *block) {
    unsigned last = 0, all = 1;
    GHashTableIter layers;
    gpointer id, frame;
    g_hash_table_iter_init(&layers, map->built);
    while (g_hash_table_iter_next(&layers, &id, &frame)) {
        all = MAX(all, GPOINTER_TO_UINT(frame));
        if (block_names(block, id))
            last = MAX(last, GPOINTER_TO_UINT(frame));
    }
    return last ? last : all;
}

void gap_build_number(GapMap *map) {
    for (guint i = 0; i < map->scene->items->len; i++) {
        GapItem *item = &g_array_index(map->scene->items, GapItem, i);
        if (item->frame && item->id)
            item->built = GPOINTER_TO_UINT(g_hash_table_lookup(map->built, item->id));
    }
}

GapScene *gap_build_scene(const GapScene *scene, unsigned number) {
    GapScene *part = g_memdup2(scene, sizeof *scene);
    part->items = g_array_new(FALSE, FALSE, sizeof(GapItem)); // which frees no item
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->built <= number)
            g_array_append_vals(part->items, item, 1);
    }
    return part;
}

void gap_build_free(GapScene *part) {
    if (!part)
        return;
    g_array_unref(part->items);
    g_free(part);
}
