// Names that a table lacks in the page's language, where the page shows another one.
#include "styles/lint/internal.h"

#include <string.h>

/** What says that a name is not in the page's language. */
static const char mark[] = "†";

static const char *name_in(const GapTable *table, size_t row, const char *lang) {
    g_autofree char *column = g_strconcat("name_", lang, NULL);
    const char *name = gap_cell_text(table, row, column);
    return name && *name ? name : NULL;
}

/** A row's name in a language that the page is not in; NULL where the page's own is known, or none.
 */
static const char *foreign_name(const GapTable *table, size_t row, const char *lang) {
    const char *name = NULL;
    for (size_t i = 0; !name && GAP_LANGUAGES[i]; i++)
        if (!g_str_equal(GAP_LANGUAGES[i], lang))
            name = name_in(table, row, GAP_LANGUAGES[i]);
    return name_in(table, row, lang) ? NULL : name;
}

static bool letter_at(const char *text, const char *at) {
    return *at && g_unichar_isalnum(g_utf8_get_char(at)) && at >= text;
}

/** Whether the text has the name as words of their own, unmarked. */
static bool shows_unmarked(const char *text, const char *name) {
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name)) {
        const char *after = at + strlen(name);
        bool within =
            letter_at(text, after) || (at > text && letter_at(text, g_utf8_prev_char(at)));
        if (!within && !g_str_has_prefix(after, mark))
            return true;
    }
    return false;
}

/** All names that tables have in the page's language: what is one of them is no foreign name. */
static void collect_own(const GapTable *table, const char *lang, GHashTable *own) {
    for (size_t row = 0; row < gap_table_rows(table); row++) {
        const char *name = name_in(table, row, lang);
        if (name)
            g_hash_table_add(own, (gpointer)name);
    }
}

static void collect_foreign(const GapTable *table, const char *lang, GHashTable *own,
                            GHashTable *foreign) {
    for (size_t row = 0; row < gap_table_rows(table); row++)
        for (size_t i = 0; GAP_LANGUAGES[i]; i++) {
            bool lacks = foreign_name(table, row, lang) != NULL;
            const char *name = lacks ? name_in(table, row, GAP_LANGUAGES[i]) : NULL;
            if (name && !g_hash_table_contains(own, name))
                g_hash_table_add(foreign, (gpointer)name);
        }
}

static void tell_shown(GapLint *lint, const GapItem *item, GHashTable *foreign) {
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, foreign);
    while (item->text && g_hash_table_iter_next(&iter, &name, NULL))
        if (shows_unmarked(item->text, name)) {
            gap_lint_tell(lint, item->box, gap_lint_text_name(item),
                          g_strdup_printf("no name in %s", lint->page->lang),
                          g_strdup("one, or the mark of a name in another language"));
            return;
        }
}

/** Where names are marked the notes tell what the mark means. */
static void want_note(GapLint *lint) {
    const GapItem *marked = NULL;
    bool told = false;
    for (guint i = 0; i < lint->page->scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        bool has = item->text && strstr(item->text, mark),
             notes = g_str_equal(item->role, "source");
        told |= has && notes;
        marked = has && !notes && !marked ? item : marked;
    }
    if (marked && !told)
        gap_lint_tell(lint, marked->box, gap_lint_text_name(marked), g_strdup("mark not explained"),
                      g_strdup_printf("%s in the notes", mark));
}

void gap_lint_name(GapLint *lint) {
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) foreign = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *sources = lint->page->style->sources;
    for (int round = 0; round < 2; round++)
        for (guint i = 0; i < sources->len; i++) {
            const GapStyleSource *source = sources->pdata[i];
            const GapTable *table = g_hash_table_lookup(lint->page->data->tables, source->layer);
            if (table && !round)
                collect_own(table, lint->page->lang, own);
            else if (table)
                collect_foreign(table, lint->page->lang, own, foreign);
        }
    for (guint i = 0; i < lint->page->scene->items->len; i++)
        tell_shown(lint, gap_lint_item(lint, i), foreign);
    want_note(lint);
}
