#include "styles/list/cmd_list.h"

#include "geo/base/error.h"
#include "layers/cmd.h"

/** A map, and what the store says to it. */
typedef struct {
    const GapStyle *style;
    GPtrArray *needs;  /**< in words */
    GPtrArray *layers; /**< of the store that it draws, each once */
    GPtrArray *empty;  /**< those without rows; NULL: there is no store */
    char *missing;     /**< and what to do about it; NULL: nothing */
} Entry;

static const char *title_of(const GapStyle *style, const GapWords *words, const char *lang) {
    const char *group = json_string_value(json_object_get(style->page, "words"));
    return gap_words_get(words, group ? group : style->name, "title", lang);
}

/** The country is made of its provinces, and need not be told; pictures are of no store. */
static GPtrArray *layers_of(const GapStyle *style) {
    GPtrArray *layers = g_ptr_array_new();
    for (guint i = 0; i < style->sources->len; i++) {
        const GapStyleSource *source = style->sources->pdata[i];
        if (!source->picture && !g_str_equal(source->layer, "country") &&
            !g_ptr_array_find_with_equal_func(layers, source->layer, g_str_equal, NULL))
            g_ptr_array_add(layers, source->layer);
    }
    return layers;
}

static bool is_empty(const GapMapData *data, const char *layer) {
    const GapTable *table = g_hash_table_lookup(data->tables, layer);
    return g_str_equal(layer, "terrain") ? !data->terrain : !table || !gap_table_rows(table);
}

/** Holds the map against the store. Provinces set the extent of every map. */
static bool ask_store(Entry *entry, GapRenderData *data, GError **error) {
    const GapMapData *have = gap_render_data_map(data);
    g_autoptr(GError) why = NULL;
    // Runs of maps of several add facts of their own when they are read.
    if (!gap_render_data_need_style(data, entry->style, error) ||
        !gap_render_data_need(data, "coverage_runs", error))
        return false;
    entry->empty = g_ptr_array_new();
    for (guint i = 0; i < entry->layers->len; i++)
        if (is_empty(have, entry->layers->pdata[i]))
            g_ptr_array_add(entry->empty, entry->layers->pdata[i]);
    if (is_empty(have, "provinces"))
        entry->missing = g_strdup("there are no province boundaries; load them first: gapmap load "
                                  "boundaries FILE");
    else if (!gap_map_ready(entry->style, have->facts, &why))
        entry->missing = g_strdup(why->message);
    return true;
}

static void entry_clear(Entry *entry) {
    g_clear_pointer(&entry->needs, g_ptr_array_unref);
    g_clear_pointer(&entry->layers, g_ptr_array_unref);
    g_clear_pointer(&entry->empty, g_ptr_array_unref);
    g_free(entry->missing);
}

static char *joined(GPtrArray *words) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "", (const char *)words->pdata[i]);
    return g_string_free(text, FALSE);
}

/** Lines that a person reads: what it is, what it needs, and whether it can be drawn. */
static void print_entry(FILE *out, const Entry *entry, const GapWords *words) {
    enum { NAME = 18 };
    const char *title = title_of(entry->style, words, "en");
    g_autofree char *needs = joined(entry->needs), *layers = joined(entry->layers);
    fprintf(out, "%-*s %s\n", NAME, entry->style->name, title ? title : "");
    if (*needs)
        fprintf(out, "%*s needs %s\n", NAME, "", needs);
    fprintf(out, "%*s draws %s\n", NAME, "", layers);
    if (!entry->empty)
        return;
    g_autofree char *empty = joined(entry->empty);
    if (entry->missing)
        fprintf(out, "%*s missing: %s\n", NAME, "", entry->missing);
    else
        fprintf(out, "%*s can be drawn%s%s\n", NAME, "", *empty ? "; empty: " : "", empty);
}

static json_t *titles_json(const GapStyle *style, const GapWords *words) {
    static const char *const langs[] = {"ky", "ru", "en"};
    json_t *titles = json_object();
    for (size_t i = 0; i < G_N_ELEMENTS(langs); i++)
        json_object_set_new(titles, langs[i], json_pack("s?", title_of(style, words, langs[i])));
    return titles;
}

static json_t *entry_json(const Entry *entry, const GapWords *words) {
    const json_t *mode = json_object_get(entry->style->page, "mode");
    bool known = entry->empty != NULL;
    return json_pack("{s:s, s:o, s:s?, s:o, s:o, s:o, s:s?, s:o}", "map", entry->style->name,
                     "title", titles_json(entry->style, words), "mode", json_string_value(mode),
                     "needs", gap_cmd_strings_json(entry->needs), "layers",
                     gap_cmd_strings_json(entry->layers), "can_be_drawn",
                     known ? json_boolean(!entry->missing) : json_null(), "missing", entry->missing,
                     "empty", known ? gap_cmd_strings_json(entry->empty) : json_null());
}

static json_t *layouts_json(void) {
    json_t *layouts = json_array();
    for (size_t i = 0; GAP_LAYOUTS[i]; i++) {
        const GapLayout *l = gap_layout_by_name(GAP_LAYOUTS[i]);
        json_array_append_new(layouts, json_pack("{s:s, s:i, s:i}", "name", l->name, "width",
                                                 (int)l->width, "height", (int)l->height));
    }
    return layouts;
}

static json_t *words_json(const char *const *words) {
    json_t *array = json_array();
    for (; *words; words++)
        json_array_append_new(array, json_string(*words));
    return array;
}

static void print_all(const GapRenderJob *job, const Entry *entries, const GapWords *words,
                      const char *run, const char *const *languages) {
    FILE *out = gap_call_out(job->call);
    json_t *maps = gap_call_json(job->call) ? json_array() : NULL;
    for (guint i = 0; i < job->names->len; i++)
        if (maps)
            json_array_append_new(maps, entry_json(&entries[i], words));
        else
            print_entry(out, &entries[i], words);
    if (maps) {
        gap_cmd_print_json(job->call,
                           json_pack("{s:s?, s:o, s:o, s:o}", "run", run, "maps", maps, "layouts",
                                     layouts_json(), "languages", words_json(languages)));
        return;
    }
    g_autofree char *layouts = g_strjoinv(", ", (char **)GAP_LAYOUTS);
    g_autofree char *langs = g_strjoinv(", ", (char **)languages);
    fprintf(out, "\nlayouts: %s\nlanguages: %s\n", layouts, langs);
    if (run)
        fprintf(out, "run: %s\n", run);
}

bool gap_cmd_list_maps(const GapRenderJob *job, const char *const *languages, GError **error) {
    guint n = job->names->len;
    g_autoptr(GapWords) words = gap_map_words(error);
    g_autoptr(GapRenderData) data = words && job->store ? gap_render_job_data(job, error) : NULL;
    g_autoptr(GPtrArray) styles = g_ptr_array_new_with_free_func((GDestroyNotify)gap_style_free);
    g_autofree Entry *entries = g_new0(Entry, n);
    bool good = words && (data || !job->store);
    for (guint i = 0; good && i < n; i++) {
        GapStyle *style = gap_render_job_style(job, job->names->pdata[i], error);
        good = style != NULL;
        if (!good)
            break;
        g_ptr_array_add(styles, style);
        entries[i] = (Entry){style, gap_map_needs(style), layers_of(style), NULL, NULL};
        good = !data || ask_store(&entries[i], data, error);
    }
    if (good)
        print_all(job, entries, words,
                  data ? g_hash_table_lookup(gap_render_data_map(data)->facts, "run") : NULL,
                  languages);
    for (guint i = 0; i < n; i++)
        entry_clear(&entries[i]);
    return good;
}
