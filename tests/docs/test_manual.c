/* The manual names nothing that does not exist: every --option it speaks of is one of a command,
 * every page that it refers to is there. That it lacks nothing is tested with the tables. */
#include "tests/check.h"

#include "geo/cli/internal.h"
#include "layers/commands.h"
#include "styles/commands.h"

static const GapCommand *const cli_commands[] = {&GAP_CMD_RUN, &GAP_CMD_DOCTOR, &GAP_CMD_HELP,
                                                 &GAP_CMD_COMPLETION, NULL};

/** Adds the names of `option` and those after it. */
static void add_options(GHashTable *names, const GapOption *option) {
    for (; option && option->name; option++)
        g_hash_table_add(names, g_strdup(option->name));
}

static GHashTable *known_options(void) {
    const GapCommand *const *floors[] = {cli_commands, gap_layers_commands, gap_styles_commands};
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t f = 0; f < G_N_ELEMENTS(floors); f++)
        for (size_t i = 0; floors[f][i]; i++)
            add_options(names, floors[f][i]->options);
    add_options(names, GAP_COMMON_OPTIONS);
    /* These two stand alone, without a command. */
    g_hash_table_add(names, g_strdup("help"));
    g_hash_table_add(names, g_strdup("version"));
    return names;
}

/** Adds the pages below `folder`: title "gapmap-run(1)" to text. */
static void add_pages(GHashTable *pages, const char *folder) {
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            add_pages(pages, path);
        else if (g_str_has_suffix(name, ".scd") && g_file_get_contents(path, &text, NULL, NULL)) {
            char *title = g_strndup(text, strcspn(text, " \n"));
            g_auto(GStrv) parts = g_strsplit(text, "*", -1); /* bold hides no name */
            g_hash_table_insert(pages, title, g_strjoinv(NULL, parts));
        }
    }
}

static GHashTable *all_pages(void) {
    GHashTable *pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    add_pages(pages, GAP_SOURCE "/geo");
    add_pages(pages, GAP_SOURCE "/layers");
    add_pages(pages, GAP_SOURCE "/styles");
    assert_true(g_hash_table_size(pages) > 0);
    return pages;
}

/** Prints each match of the first group of `pattern` in any page that `known` lacks; how many. */
static int unknown_words(GHashTable *pages, const char *pattern, GHashTable *known) {
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    GHashTableIter each;
    gpointer title, text;
    int unknown = 0;
    g_hash_table_iter_init(&each, pages);
    while (g_hash_table_iter_next(&each, &title, &text)) {
        g_autoptr(GMatchInfo) match = NULL;
        for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match);
             g_match_info_next(match, NULL)) {
            g_autofree char *word = g_match_info_fetch(match, 1);
            if (g_hash_table_contains(known, word))
                continue;
            print_error("%s speaks of %s, which does not exist\n", (char *)title, word);
            unknown++;
        }
    }
    return unknown;
}

static void options_exist(void **state) {
    (void)state;
    g_autoptr(GHashTable) pages = all_pages();
    g_autoptr(GHashTable) options = known_options();
    assert_int_equal(unknown_words(pages, "(?<![a-z-])--([a-z][a-z0-9-]*[a-z0-9])", options), 0);
}

static void pages_exist(void **state) {
    (void)state;
    g_autoptr(GHashTable) pages = all_pages();
    assert_int_equal(unknown_words(pages, "(gapmap(?:-[a-z-]+)?\\([1-8]\\))", pages), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(options_exist),
                                       cmocka_unit_test(pages_exist)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
