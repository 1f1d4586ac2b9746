#include "styles/speech/credits.h"

#include <string.h>

const char *gap_credits(GHashTable *facts, const char *lang) {
    g_autofree char *name = g_strdup_printf("sources_%.2s", lang);
    const char *own = g_hash_table_lookup(facts, name);
    return own ? own : g_hash_table_lookup(facts, "sources");
}

/** Where licence and vintage begin, which are alike in all languages; else the end. */
static const char *detail_of(const char *credit) {
    const char *open = g_strrstr(credit, " (");
    return open && g_str_has_suffix(credit, ")") ? open : credit + strlen(credit);
}

static void add_both(GString *all, const char *first, const char *second) {
    const char *detail = detail_of(first), *other = detail_of(second);
    if (all->len)
        g_string_append(all, "; ");
    g_string_append_len(all, first, detail - first);
    if (!g_str_equal(first, second))
        g_string_append_printf(all, " / %.*s", (int)(other - second), second);
    g_string_append(all, detail);
}

char *gap_credits_both(const char *first, const char *second) {
    g_auto(GStrv) one = g_strsplit(first, "; ", -1), two = g_strsplit(second, "; ", -1);
    g_autoptr(GString) all = g_string_new(NULL);
    if (g_strv_length(one) != g_strv_length(two))
        return g_strdup(first);
    for (guint i = 0; one[i]; i++) {
        if (!g_str_equal(detail_of(one[i]), detail_of(two[i]))) // of another source
            return g_strdup(first);
        add_both(all, one[i], two[i]);
    }
    return g_strdup(all->str);
}
