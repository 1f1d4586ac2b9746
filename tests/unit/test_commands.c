// The tables of all commands: sound in themselves, and told in the manual.
#include "tests/check.h"

#include "geo/cli/internal.h"
#include "layers/commands.h"
#include "styles/commands.h"

static const GapProgram program = {.name = "gapmap",
                                   .version = "1",
                                   .summary = "is tested",
                                   .commands = {gap_layers_commands, gap_styles_commands}};

typedef void (*OptionCheck)(const GapCommand *command, const GapOption *option, void *user);

static void each_option(const GapContext *context, OptionCheck check, void *user) {
    for (guint i = 0; i < context->commands->len; i++) {
        const GapCommand *command = context->commands->pdata[i];
        for (const GapOption *o = command ? command->options : NULL; o && o->name; o++)
            check(command, o, user);
    }
}

static void check_option(const GapCommand *command, const GapOption *option, void *user) {
    (void)user;
    g_autoptr(GError) error = NULL;
    const bool flag = option->kind == GAP_OPTION_FLAG;
    const bool chosen = option->kind == GAP_OPTION_CHOICE || option->kind == GAP_OPTION_CHOICES;
    const char *wrong = NULL;
    if (!g_regex_match_simple("^[a-z][a-z0-9-]*$", option->name, 0, 0))
        wrong = "a name of small letters";
    else if (g_strv_contains((const char *[]){"files", "arguments", NULL}, option->name))
        wrong = "no name that recipes use otherwise";
    else if (flag != !option->value || (flag && option->initial))
        wrong = "a value where it is no flag, and none where it is";
    else if (chosen && (!option->choices || !option->choices[0]))
        wrong = "choices";
    else if (option->initial && !gap_option_check(option, option->initial, &error))
        wrong = error->message;
    else if (!option->help || !*option->help || g_str_has_suffix(option->help, "."))
        wrong = "help without a full stop";
    for (const GapOption *c = GAP_COMMON_OPTIONS; c->name && !wrong; c++)
        if (strcmp(c->name, option->name) == 0 || (c->letter && c->letter == option->letter))
            wrong = "another name than the common options";
    for (const GapOption *o = command->options; o < option && !wrong; o++)
        if (strcmp(o->name, option->name) == 0 || (o->letter && o->letter == option->letter))
            wrong = "a name of its own";
    if (wrong)
        fail_msg("gapmap %s --%s needs: %s", command->name, option->name, wrong);
}

static void tables_are_sound(void **state) {
    (void)state;
    g_autoptr(GapContext) context = gap_context_new(&program);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    each_option(context, check_option, NULL);
    for (guint i = 0; i < context->commands->len; i++) {
        const GapCommand *command = context->commands->pdata[i];
        if (!command)
            continue;
        if (!g_hash_table_add(names, (char *)command->name))
            fail_msg("two commands are called %s", command->name);
        assert_non_null(command->run);
        assert_true(command->summary && *command->summary);
        assert_true(command->min_arguments >= 0);
        assert_true(command->max_arguments < 0 || command->max_arguments >= command->min_arguments);
        const bool named = command->arguments && *command->arguments;
        if (named != (command->max_arguments != 0))
            fail_msg("usage of %s names other arguments than it takes", command->name);
    }
}

/** Adds the pages below `folder` to `pages`: their first line to their text. */
static void read_pages(const char *folder, GHashTable *pages) {
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            read_pages(path, pages);
        else if (g_str_has_suffix(name, ".scd") && g_file_get_contents(path, &text, NULL, NULL)) {
            char *title = g_strndup(text, strcspn(text, " \n"));
            g_hash_table_insert(pages, title, g_steal_pointer(&text));
        }
    }
}

typedef struct {
    GHashTable *pages;
    GString *missing;
} Manual;

static const char *page_of(const Manual *manual, const GapCommand *command) {
    g_autofree char *title = g_strdup_printf("gapmap-%s(1)", command->name);
    return g_hash_table_lookup(manual->pages, title);
}

static void find_option(const GapCommand *command, const GapOption *option, void *user) {
    const Manual *manual = user;
    const char *page = page_of(manual, command);
    g_autofree char *written = g_strdup_printf("*--%s*", option->name);
    if (page && !strstr(page, written))
        g_string_append_printf(manual->missing, " gapmap-%s: %s;", command->name, written);
    g_autofree char *letter = g_strdup_printf("*-%c*", option->letter);
    if (page && option->letter && !strstr(page, letter))
        g_string_append_printf(manual->missing, " gapmap-%s: %s;", command->name, letter);
}

static void the_manual_tells_all(void **state) {
    (void)state;
    g_autoptr(GapContext) context = gap_context_new(&program);
    g_autoptr(GHashTable) pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    static const char *const floors[] = {"geo", "layers", "styles"};
    for (size_t i = 0; i < G_N_ELEMENTS(floors); i++) {
        g_autofree char *folder = g_build_filename(GAP_SOURCE, floors[i], NULL);
        read_pages(folder, pages);
    }
    g_autoptr(GString) missing = g_string_new(NULL);
    Manual manual = {pages, missing};
    for (guint i = 0; i < context->commands->len; i++) {
        const GapCommand *command = context->commands->pdata[i];
        if (command && !page_of(&manual, command))
            g_string_append_printf(missing, " a page gapmap-%s(1);", command->name);
    }
    each_option(context, find_option, &manual);
    if (missing->len)
        fail_msg("the manual lacks%s", missing->str);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_sound),
        cmocka_unit_test(the_manual_tells_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
