// Words that a theme asks for: each must be in its group or among the common ones.
#include "geo/base/error.h"
#include "styles/theme/values.h"

static bool check_word(const GapMap *map, const char *key, const char *path, GError **error) {
    g_autofree char *words = gap_map_say_first(map, key);
    if (!g_str_has_prefix(words, "⟨"))
        return true;
    g_autofree char *shown = gap_printable(key, 60), *group = gap_printable(map->group, 60);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: there is no word '%s' in the group '%s'; the group is that of "
                    "metadata.gapmap.words, else the name of the style",
                    path, shown, group);
}

/** Members of blocks that are words, in whatever lies in them. */
static bool check_blocks(const GapMap *map, const json_t *json, const char *path, GError **error) {
    static const char *const worded[] = {"title", "title_budget", "word", NULL};
    const char *key;
    json_t *value;
    size_t i;
    json_array_foreach((json_t *)json, i, value) {
        g_autofree char *at = g_strdup_printf("%s[%zu]", path, i);
        if (!check_blocks(map, value, at, error))
            return false;
    }
    json_object_foreach((json_t *)json, key, value) {
        g_autofree char *at = g_strdup_printf("%s.%.60s", path, key);
        bool word = json_is_string(value) && g_strv_contains(worded, key);
        if (word ? !check_word(map, json_string_value(value), at, error)
                 : !check_blocks(map, value, at, error))
            return false;
    }
    return true;
}

bool gap_theme_words_check(const GapMap *map, bool titled, GError **error) {
    const json_t *page = map->style->page, *notes = json_object_get(page, "notes");
    if (!titled && !check_word(map, "title", "title", error))
        return false;
    for (size_t i = 0; i < json_array_size(notes); i++)
        if (!check_word(map, json_string_value(json_array_get(notes, i)), "metadata.gapmap.notes",
                        error))
            return false;
    return check_word(map, "subtitle", "subtitle", error) &&
           check_blocks(map, json_object_get(page, "panel"), "metadata.gapmap.panel", error) &&
           check_blocks(map, json_object_get(page, "infographic"), "metadata.gapmap.infographic",
                        error);
}
