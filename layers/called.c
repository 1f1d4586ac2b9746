#include "layers/called.h"

#include "geo/text/words.h"

static const GapStatement CALLED = {
    "called.on",
    "WITH n AS (SELECT bearer, code, language, name, source, row, status = 'customary' AS used,"
    "  until || CASE length(until) WHEN 4 THEN '-12-31' ELSE '' END AS last,"
    "  since || CASE length(since) WHEN 4 THEN '-01-01' ELSE '' END AS first FROM known_name)"
    " SELECT bearer, code, language, name FROM (SELECT *, row_number() OVER ("
    "   PARTITION BY bearer, code, language ORDER BY ?2 AND coalesce(used, 0) DESC,"
    "   coalesce(last, '9999'), first DESC, source, row) AS place FROM n"
    "  WHERE (?2 AND used) OR ((last >= ?1 OR (last IS NULL AND first IS NOT NULL))"
    "   AND coalesce(first <= ?1, 1))) WHERE place = 1 AND language IS NOT NULL"};

static char *key_of(const char *bearer, const char *code, const char *language) {
    return g_strjoin("\n", bearer, code, language, NULL);
}

GHashTable *gap_called_on(GapStore *store, const char *day, bool customary, GError **error) {
    g_autoptr(GapTable) names =
        gap_store_select(store, &CALLED, error, "si", day, (gint64)customary);
    if (!names)
        return NULL;
    GHashTable *called = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; i < gap_table_rows(names); i++)
        g_hash_table_insert(called,
                            key_of(gap_table_text(names, i, 0), gap_table_text(names, i, 1),
                                   gap_table_text(names, i, 2)),
                            g_strdup(gap_table_text(names, i, 3)));
    return called;
}

static const char *text_in(const GapTable *layer, size_t row, const char *column) {
    int at = gap_table_find(layer, column);
    bool text = at >= 0 && gap_table_column(layer, (size_t)at)->type == GAP_TYPE_TEXT;
    return text ? gap_table_text(layer, row, (size_t)at) : NULL;
}

/** Whose name a row bears. */
static const char *bearer_of(const GapTable *layer, size_t row, const char **code) {
    const char *name = gap_table_name(layer);
    bool site = g_str_equal(name, "sites") || g_str_equal(name, "candidates");
    *code = text_in(layer, row, "code");
    if (!site)
        return g_str_equal(name, "places") ? "place" : "area";
    if (!*code || !g_str_has_prefix(*code, "cell:"))
        return "place";
    *code = text_in(layer, row, "area");
    return "area";
}

void gap_called_apply(GHashTable *called, GapTable *layer) {
    for (const char *const *lang = GAP_LANGUAGES; *lang; lang++) {
        g_autofree char *column = g_strconcat("name_", *lang, NULL);
        int at = gap_table_find(layer, column);
        for (size_t row = 0; at >= 0 && row < gap_table_rows(layer); row++) {
            const char *code, *bearer = bearer_of(layer, row, &code);
            g_autofree char *key = code ? key_of(bearer, code, *lang) : NULL;
            const char *name = key ? g_hash_table_lookup(called, key) : NULL;
            if (name)
                gap_table_set_text(layer, row, (size_t)at, name);
        }
    }
}
