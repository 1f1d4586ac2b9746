#include "styles/part/find.h"

#include "geo/base/error.h"
#include "layers/finder.h"

#include <string.h>

static const struct {
    const char *option, *level;
} by_name[] = {{"province", "province"}, {"district", "district"}, {"only", NULL}};

enum { LISTED_MAX = 20 };

/** "; there are Batken (KG-B), Chuy (KG-C)": the areas of a level, where they are few; or that
 * there are none. Returns: (transfer full). */
static char *which_there_are(const GapAreas *areas, const char *level) {
    g_autoptr(GPtrArray) codes = level ? gap_areas_of_level(areas, level) : NULL;
    if (!codes || codes->len > LISTED_MAX)
        return g_strdup("");
    GString *list = g_string_new(codes->len ? "; there are " : "; there are none in the store");
    for (guint i = 0; i < codes->len; i++)
        g_string_append_printf(list, "%s%s (%s)", i ? ", " : "",
                               gap_areas_name(areas, codes->pdata[i]), (char *)codes->pdata[i]);
    return g_string_free(list, FALSE);
}

/** The codes that the names mean on the day. Returns: (transfer full), NULL-terminated. */
static char **find_codes(GapStore *store, const char *day, const char *option, const char *level,
                         char *const *names, GError **error) {
    g_autoptr(GapAreas) areas = gap_areas_new_on(store, day, error);
    g_autoptr(GapFinder) finder = areas ? gap_finder_new(store, areas) : NULL;
    g_autoptr(GStrvBuilder) codes = g_strv_builder_new();
    for (size_t i = 0; finder && names[i]; i++) {
        GapFinderQuestion question = {.text = names[i], .level = level, .no_crosswalk = true};
        const char *bearer;
        g_autofree char *reason = NULL;
        const char *code =
            gap_finder_find(finder, GAP_GAZETTEER_AREAS, &question, &bearer, &reason);
        if (code && level && g_strcmp0(gap_areas_level(areas, code), level) != 0) {
            reason =
                g_strdup_printf("%s is no %s but a %s", code, level, gap_areas_level(areas, code));
            code = NULL;
        }
        if (!code) {
            bool several = reason && g_str_has_prefix(reason, "several"); // are listed already
            g_autofree char *list = which_there_are(areas, several ? NULL : level);
            gap_fail(error, GAP_ERROR_INPUT, "--%s '%.60s': %s%s", option, names[i], reason, list);
            return NULL;
        }
        g_strv_builder_add(codes, code);
    }
    return finder ? g_strv_builder_end(codes) : NULL;
}

static const char *const all[] = {"province", "district", "only", "bbox"};

const char *gap_part_option_given(const GapCall *call) {
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (gap_call_given(call, all[i]))
            return all[i];
    return NULL;
}

/** Which of the options is given, its name; NULL: none. An error where two are. */
static bool which(const GapCall *call, const char **option, GError **error) {
    *option = gap_part_option_given(call);
    for (size_t i = 0; *option && i < G_N_ELEMENTS(all); i++)
        if (all[i] != *option && gap_call_given(call, all[i]))
            return gap_fail(error, GAP_ERROR_USAGE, "give --%s or --%s, not both", *option, all[i]);
    return true;
}

static GapPart *part_of_names(GapCall *call, GapStore *store, GapRenderData *data,
                              const char *option, GError **error) {
    const GapMapData *map = gap_render_data_map(data);
    const char *level = NULL, *day = g_hash_table_lookup(map->facts, "as_of");
    for (size_t i = 0; i < G_N_ELEMENTS(by_name); i++)
        if (g_str_equal(by_name[i].option, option))
            level = by_name[i].level;
    g_auto(GStrv) names = gap_call_words(call, option);
    if (!names[0]) {
        gap_fail(error, GAP_ERROR_USAGE, "--%s: a name or code is wanted", option);
        return NULL;
    }
    g_auto(GStrv) codes = find_codes(store, day, option, level, names, error);
    return codes ? gap_part_of_areas(map, (const char *const *)codes, error) : NULL;
}

bool gap_part_asked(GapCall *call, GapStore *store, GapRenderData *data, GapPart **part,
                    GError **error) {
    const char *option;
    GapBox box;
    *part = NULL;
    if (!which(call, &option, error))
        return false;
    if (!option)
        return true;
    bool by_box = g_str_equal(option, "bbox");
    if (by_box && !gap_part_parse_box(gap_call_text(call, "bbox"), &box, error))
        return false;
    for (size_t i = 0; GAP_PART_LAYERS[i]; i++)
        if (!gap_render_data_need(data, GAP_PART_LAYERS[i], error))
            return false;
    bool bands = g_hash_table_contains(gap_render_data_map(data)->tables, "isochrones");
    if ((by_box || bands) && !gap_render_data_need(data, "demand", error))
        return false;
    *part = by_box ? gap_part_of_box(gap_render_data_map(data), box, error)
                   : part_of_names(call, store, data, option, error);
    return *part != NULL;
}
