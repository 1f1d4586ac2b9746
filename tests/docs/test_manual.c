/* The manual and the tables of commands say the same: every command has a page beside it, every
 * option stands in its page, and no page names an option that does not exist. */
#include "tests/check.h"

#include "geo/cli/internal.h"
#include "layers/commands.h"
#include "styles/commands.h"

static const GapCommand *const cli_commands[] = {&GAP_CMD_RUN, &GAP_CMD_DOCTOR, &GAP_CMD_HELP,
                                                 &GAP_CMD_COMPLETION, NULL};

static const struct {
    const char *folder;
    const GapCommand *const *commands;
} floors[] = {
    {"geo/cli", cli_commands}, {"layers", gap_layers_commands}, {"styles", gap_styles_commands}};

/** All complaints are printed before the test fails, so that one run shows the whole list. */
static unsigned complaints;

static void complain(const char *format, ...) G_GNUC_PRINTF(1, 2);
static void complain(const char *format, ...) {
    va_list values;
    va_start(values, format);
    g_autofree char *text = g_strdup_vprintf(format, values);
    va_end(values);
    print_error("%s\n", text);
    complaints++;
}

/** NULL where there is none. */
static char *read_page(const char *folder, const GapCommand *command) {
    g_autofree char *path = g_strdup_printf("%s/%s/cmd_%s.scd", GAP_SOURCE, folder, command->name);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static bool has_option(const GapOption *option, const char *name) {
    for (; option && option->name; option++)
        if (g_str_equal(option->name, name))
            return true;
    return false;
}

static bool is_known(const char *name) {
    for (size_t f = 0; f < G_N_ELEMENTS(floors); f++)
        for (size_t i = 0; floors[f].commands[i]; i++)
            if (has_option(floors[f].commands[i]->options, name))
                return true;
    /* These two stand alone, without a command. */
    return has_option(GAP_COMMON_OPTIONS, name) || g_str_equal(name, "version") ||
           g_str_equal(name, "help");
}

static void check_page(const GapCommand *command, const char *page) {
    g_autofree char *title = g_strdup_printf("gapmap-%s(1)", command->name);
    if (!g_str_has_prefix(page, title))
        complain("the page of gapmap %s does not start with %s", command->name, title);
    g_autoptr(GHashTable) named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GRegex) pattern = g_regex_new("--([a-z][a-z-]*[a-z])", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(pattern, page, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        char *name = g_match_info_fetch(match, 1);
        if (!is_known(name))
            complain("the page of gapmap %s names --%s, which is no option", command->name, name);
        g_hash_table_add(named, name);
    }
    for (const GapOption *option = command->options; option && option->name; option++)
        if (!g_hash_table_contains(named, option->name))
            complain("the page of gapmap %s lacks --%s", command->name, option->name);
}

static void pages_and_tables_agree(void **state) {
    (void)state;
    for (size_t f = 0; f < G_N_ELEMENTS(floors); f++)
        for (size_t i = 0; floors[f].commands[i]; i++) {
            const GapCommand *command = floors[f].commands[i];
            g_autofree char *page = read_page(floors[f].folder, command);
            if (page)
                check_page(command, page);
            else
                complain("there is no %s/cmd_%s.scd", floors[f].folder, command->name);
        }
    assert_int_equal(complaints, 0);
}

/** Help says each thing once, in one line, as the header asks. */
static void tables_are_in_order(void **state) {
    (void)state;
    for (size_t f = 0; f < G_N_ELEMENTS(floors); f++)
        for (size_t i = 0; floors[f].commands[i]; i++) {
            const GapCommand *command = floors[f].commands[i];
            assert_non_null(command->run);
            assert_true(command->min_arguments >= 0);
            assert_false(g_str_has_suffix(command->summary, "."));
            for (const GapOption *o = command->options; o && o->name; o++) {
                assert_null(strchr(o->help, '\n'));
                assert_false(g_str_has_suffix(o->help, "."));
                assert_true((o->kind == GAP_OPTION_FLAG) == !o->value);
                assert_true((o->kind == GAP_OPTION_CHOICE || o->kind == GAP_OPTION_CHOICES) ==
                            !!o->choices);
                assert_false(has_option(GAP_COMMON_OPTIONS, o->name));
            }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_and_tables_agree),
        cmocka_unit_test(tables_are_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
