// What every page must say: who says so, in which unit, in words and names of its language.
#include "styles/lint/internal.h"

#include <string.h>

static const GapBox nowhere = {0, 0, 0, 0};

/** The word of the theme's group, else the common one, for this page; NULL: none. */
static const char *word(const GapLint *lint, const char *group, const char *key) {
    const GapLintPage *page = lint->page;
    const char *found = group ? gap_words_get(page->data->words, group, key, page->lang) : NULL;
    return found ? found : gap_words_get(page->data->words, "common", key, page->lang);
}

static const char *group_of(const GapLint *lint) {
    const char *group = json_string_value(json_object_get(lint->page->style->page, "words"));
    return group ? group : lint->page->style->name;
}

static const GapItem *text_of_role(const GapLint *lint, const char *role) {
    for (guint i = 0; i < lint->page->scene->items->len; i++)
        if (gap_lint_item(lint, i)->text && g_str_equal(gap_lint_item(lint, i)->role, role))
            return gap_lint_item(lint, i);
    return NULL;
}

/* ---- source ---- */

/** Whether the text has the word up to where its first fact stands. */
static bool says(const char *text, const char *phrase) {
    const char *fact = phrase ? strchr(phrase, '{') : NULL;
    g_autofree char *head = fact ? g_strndup(phrase, (gsize)(fact - phrase)) : g_strdup(phrase);
    return head && strstr(text, head);
}

void gap_lint_source(GapLint *lint) {
    const GapItem *notes = text_of_role(lint, "source");
    const char *text = notes ? notes->text : "";
    GapBox box = notes ? notes->box : nowhere;
    const char *sources = g_hash_table_lookup(lint->page->data->facts, "sources");
    if (!says(text, word(lint, group_of(lint), "source_line")) || !sources || !*sources)
        gap_lint_tell(lint, box, g_strdup("source line"), g_strdup("missing"), g_strdup("sources"));
    if (!says(text, word(lint, group_of(lint), "disclaimer")))
        gap_lint_tell(lint, box, g_strdup("sentence on boundaries"), g_strdup("missing"),
                      g_strdup("that they imply no endorsement"));
}

/* ---- unit ---- */

/** Keys of the group `units`; each word lists how texts may say the unit, by '|'. */
static const char *const units[] = {"people", "crime",  "money", "areas",
                                    "sites",  "length", "time",  NULL};

static bool has_unit(const GapLint *lint, const char *text) {
    g_autofree char *folded = g_utf8_casefold(text, -1);
    if (strchr(folded, '%'))
        return true;
    for (size_t i = 0; units[i]; i++) {
        const char *list = word(lint, "units", units[i]);
        g_auto(GStrv) stems = g_strsplit(list ? list : "", "|", -1);
        for (char **stem = stems; *stem; stem++) {
            g_autofree char *part = g_utf8_casefold(*stem, -1);
            if (*part && strstr(folded, part))
                return true;
        }
    }
    return false;
}

/** Titles of all blocks of the panel: where one stands, a block begins. */
static GHashTable *block_titles(const GapLint *lint) {
    static const char *const members[] = {"title", "title_budget"};
    const json_t *block;
    GHashTable *titles = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; (block = gap_lint_block(lint->page, i)); i++) {
        for (size_t k = 0; k < G_N_ELEMENTS(members); k++) {
            const char *title = json_string_value(json_object_get(block, members[k]));
            if (title)
                g_hash_table_insert(titles, (gpointer)title, (gpointer)block);
        }
    }
    return titles;
}

/** Blocks that show no amounts, or say them in words of their own. */
static bool shows_amounts(const json_t *block) {
    static const char *const without[] = {"figures", "categories", "keys", "symbols", "bar", NULL};
    const char *kind = json_string_value(json_object_get(block, "kind"));
    return kind && !g_strv_contains(without, kind);
}

/** The text that opens the block of a title: the first of that id. */
static bool opens_block(const GapLint *lint, guint at) {
    for (guint i = 0; i < at; i++)
        if (g_strcmp0(gap_lint_item(lint, i)->id, gap_lint_item(lint, at)->id) == 0)
            return false;
    return true;
}

/** All that the block says which item number `from` opens. */
static char *block_text(const GapLint *lint, guint from, GHashTable *titles) {
    const char *own = gap_lint_item(lint, from)->id;
    GString *text = g_string_new(gap_lint_item(lint, from)->text);
    for (guint i = from + 1; i < lint->page->scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        if (item->id && !g_str_equal(item->id, own) && g_hash_table_contains(titles, item->id))
            break;
        if (item->text)
            g_string_append_printf(text, "\n%s", item->text);
    }
    return g_string_free(text, FALSE);
}

void gap_lint_unit(GapLint *lint) {
    g_autoptr(GHashTable) titles = block_titles(lint);
    for (guint i = 0; i < lint->page->scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        const json_t *block = item->text && item->id ? g_hash_table_lookup(titles, item->id) : NULL;
        if (!block || !shows_amounts(block) || !opens_block(lint, i))
            continue;
        g_autofree char *text = block_text(lint, i, titles);
        if (!has_unit(lint, text))
            gap_lint_tell(lint, item->box, gap_lint_text_name(item), g_strdup("no unit"),
                          g_strdup("a word of the group units, or %"));
    }
}

/* ---- word ---- */

static void want_word(GapLint *lint, const char *group, const char *key) {
    if (group && key && !gap_words_get(lint->page->data->words, group, key, lint->page->lang))
        gap_lint_tell(lint, nowhere, g_strdup_printf("[%s] %s", group, key), g_strdup("no word"),
                      g_strdup_printf("one in %s", lint->page->lang));
}

/** Words that a page would write by their key, which may look like a word. */
static void want_words_of(GapLint *lint, const json_t *block) {
    const char *group = json_string_value(json_object_get(block, "words"));
    const char *id = json_string_value(json_object_get(block, "layer"));
    const GapStyleLayer *layer = id ? gap_style_layer(lint->page->style, id) : NULL;
    for (unsigned i = 0; layer && group && i < layer->bar.n; i++)
        want_word(lint, group, layer->bar.word[i]);
    GapExpr *match =
        layer && g_strcmp0(json_string_value(json_object_get(block, "kind")), "categories") == 0
            ? gap_expr_find(layer->props[layer->type == GAP_LAYER_CIRCLE ? GAP_PROP_CIRCLE_COLOR
                                                                         : GAP_PROP_FILL_COLOR],
                            "match")
            : NULL;
    GapContext none = {0};
    for (size_t i = 1; match && i + 1 < gap_expr_size(match); i += 2)
        want_word(lint, group, gap_expr_string(gap_expr_argument(match, i), &none));
}

void gap_lint_word(GapLint *lint) {
    const json_t *block, *insets = json_object_get(lint->page->style->page, "insets");
    for (guint i = 0; i < lint->page->scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        if (item->text && (strstr(item->text, "⟨") || strchr(item->text, '{')))
            gap_lint_tell(lint, item->box, gap_lint_text_name(item), g_strdup("a hole"),
                          g_strdup_printf("a word in %s", lint->page->lang));
    }
    for (size_t i = 0; (block = gap_lint_block(lint->page, i)); i++)
        want_words_of(lint, block);
    for (size_t i = 0; i < json_array_size(insets); i++)
        want_word(lint, "insets",
                  json_string_value(json_object_get(json_array_get(insets, i), "title")));
}
