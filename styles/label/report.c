// What was placed and what was not, in words.
#include "styles/labels.h"

#include <string.h>

enum { NAMED = 5 };

/** Labels of a layer that stand nowhere on the page, the most important first. */
typedef struct {
    const char *id;
    GPtrArray *texts;
} Layer;

static void layer_clear(gpointer data) {
    g_ptr_array_unref(((Layer *)data)->texts);
}

static char *key_of(const char *id, const char *text) {
    return g_strjoin("\n", id, text, NULL);
}

static GHashTable *all_shown(const GapScene *scene) {
    GHashTable *shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->text && g_str_equal(item->role, "label"))
            g_hash_table_add(shown, key_of(item->id, item->text));
    }
    return shown;
}

static Layer *layer_of(GArray *layers, const char *id) {
    for (guint i = 0; i < layers->len; i++)
        if (g_str_equal(g_array_index(layers, Layer, i).id, id))
            return &g_array_index(layers, Layer, i);
    Layer layer = {id, g_ptr_array_new()};
    g_array_append_val(layers, layer);
    return &g_array_index(layers, Layer, layers->len - 1);
}

static void say_layer(GString *out, const Layer *layer, bool first) {
    guint n = layer->texts->len;
    g_string_append_printf(out, "%s%s %u (", first ? "" : ", ", layer->id, n);
    for (guint i = 0; i < MIN(n, NAMED); i++) {
        g_autofree char *name = g_strdelimit(g_strdup(layer->texts->pdata[i]), "\n", ' ');
        g_string_append_printf(out, "%s%s", i ? ", " : "", name);
    }
    g_string_append(out, n > NAMED ? ", …)" : ")");
}

char *gap_labels_report(const GapScene *scene) {
    g_autoptr(GHashTable) seen = all_shown(scene);
    g_autoptr(GArray) layers = g_array_new(FALSE, FALSE, sizeof(Layer));
    GString *out = g_string_new(NULL);
    unsigned lost = 0, elsewhere = 0;
    g_array_set_clear_func(layers, layer_clear);
    for (guint i = 0; i < scene->left_out->len; i++) {
        const GapLeftOut *left = &g_array_index(scene->left_out, GapLeftOut, i);
        char *key = key_of(left->id, left->text);
        if (!g_hash_table_contains(seen, key)) {
            g_ptr_array_add(layer_of(layers, left->id)->texts, left->text);
            lost++;
        } else {
            elsewhere++;
        }
        g_hash_table_add(seen, key);
    }
    g_string_append_printf(out, "%u labels, %u left out", scene->labels_placed, lost);
    for (guint i = 0; i < layers->len; i++) {
        g_string_append(out, i ? "" : ": ");
        say_layer(out, &g_array_index(layers, Layer, i), i == 0);
    }
    if (elsewhere)
        g_string_append_printf(out, "; %u stand in one frame and not in another", elsewhere);
    return g_string_free(out, FALSE);
}

json_t *gap_labels_json(const GapScene *scene) {
    g_autoptr(GHashTable) shown = all_shown(scene);
    json_t *all = json_array();
    for (guint i = 0; i < scene->left_out->len; i++) {
        const GapLeftOut *left = &g_array_index(scene->left_out, GapLeftOut, i);
        g_autofree char *key = key_of(left->id, left->text);
        const char *frame = left->frame
                                ? g_array_index(scene->frames, GapSceneFrame, left->frame - 1).name
                                : "page";
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:b}", "layer", left->id, "frame",
                                             frame, "text", left->text, "elsewhere",
                                             (int)g_hash_table_contains(shown, key)));
    }
    return json_pack("{s:i, s:o}", "placed", (int)scene->labels_placed, "left_out", all);
}
