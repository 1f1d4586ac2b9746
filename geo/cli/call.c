#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/internal.h"
#include "geo/cli/terminal.h"
#include "geo/files/atomic.h"

#include <math.h>
#include <string.h>

GapContext *gap_context_new(const GapProgram *program) {
    static const GapCommand *const own[] = {&GAP_CMD_RUN, &GAP_CMD_DOCTOR, &GAP_CMD_HELP,
                                            &GAP_CMD_COMPLETION};
    GapContext *context = g_new0(GapContext, 1);
    context->program = program;
    context->commands = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(program->commands) && program->commands[i]; i++) {
        for (const GapCommand *const *c = program->commands[i]; *c; c++)
            g_ptr_array_add(context->commands, (void *)*c);
        g_ptr_array_add(context->commands, NULL);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        g_ptr_array_add(context->commands, (void *)own[i]);
    context->out = stdout;
    context->made = g_ptr_array_new_with_free_func(g_free);
    return context;
}

static void close_store(GapContext *context) {
    g_clear_pointer(&context->store, gap_store_close);
    g_clear_pointer(&context->open_path, g_free);
}

void gap_context_free(GapContext *context) {
    if (!context)
        return;
    close_store(context);
    g_ptr_array_free(context->commands, TRUE);
    g_ptr_array_free(context->made, TRUE);
    g_free(context->store_path);
    g_free(context);
}

GapCall *gap_call_new(GapContext *context, const GapCommand *command) {
    GapCall *call = g_new0(GapCall, 1);
    call->context = context;
    call->command = command;
    call->arguments = g_ptr_array_new_with_free_func(g_free);
    call->values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    return call;
}

void gap_call_free(GapCall *call) {
    if (!call)
        return;
    g_ptr_array_free(call->arguments, TRUE);
    g_hash_table_destroy(call->values);
    g_free(call);
}

int gap_exit_code(const GError *error) {
    return g_error_matches(error, GAP_ERROR, GAP_ERROR_USAGE) ? GAP_EXIT_USAGE : GAP_EXIT_FAILED;
}

int gap_call_run(GapCall *call, GError **error) {
    g_autoptr(GError) failure = NULL;
    const char *section = call->context->section;
    gap_terminal_begin(section ? section : call->command->name, !gap_call_quiet(call));
    int code = call->command->run(call, &failure);
    gap_terminal_clear();
    if (!failure && code >= 0)
        return code;
    if (!failure)
        gap_fail(&failure, GAP_ERROR_FAILED, "it failed without saying why");
    code = gap_exit_code(failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return code;
}

/* ---- what was given ---- */

size_t gap_call_argument_count(const GapCall *call) {
    return call->arguments->len;
}

const char *gap_call_argument(const GapCall *call, size_t i) {
    return i < call->arguments->len ? call->arguments->pdata[i] : NULL;
}

static const GapOption *option_of(const GapCall *call, const char *name) {
    const GapOption *option = gap_option_find(call->command, name);
    if (!option)
        g_error("the table of %s has no option %s", call->command->name, name);
    return option;
}

const char *gap_call_text(const GapCall *call, const char *option) {
    const char *given = g_hash_table_lookup(call->values, option);
    const GapOption *known = option_of(call, option);
    return given ? given : known->initial;
}

bool gap_call_given(const GapCall *call, const char *option) {
    option_of(call, option);
    return g_hash_table_contains(call->values, option);
}

/** A value that the parser judged; one that does not read stands in a command's table. */
static const char *judged(const GapCall *call, const char *option, GapOptionKind kind) {
    g_autoptr(GError) error = NULL;
    const GapOption *known = option_of(call, option);
    const char *text = gap_call_text(call, option);
    if (known->kind != kind || (text && !gap_option_check(known, text, &error)))
        g_error("the table of %s has --%s otherwise: %s", call->command->name, option,
                error ? error->message : "another kind");
    return text;
}

bool gap_call_flag(const GapCall *call, const char *option) {
    return g_strcmp0(judged(call, option, GAP_OPTION_FLAG), "true") == 0;
}

gint64 gap_call_int(const GapCall *call, const char *option) {
    const char *text = judged(call, option, GAP_OPTION_INT);
    return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

double gap_call_number(const GapCall *call, const char *option) {
    double number = NAN;
    const char *text = judged(call, option, GAP_OPTION_NUMBER);
    return text && gap_parse_number(text, &number, NULL) ? number : NAN;
}

double gap_call_length_m(const GapCall *call, const char *option) {
    double metres = NAN;
    const char *text = judged(call, option, GAP_OPTION_LENGTH);
    return text && gap_parse_length_m(text, &metres, NULL) ? metres : NAN;
}

GArray *gap_call_limits(const GapCall *call, const char *option, bool *minutes) {
    const char *text = judged(call, option, GAP_OPTION_LIMITS);
    *minutes = false;
    return text ? gap_parse_limits(text, minutes, NULL) : g_array_new(FALSE, FALSE, sizeof(double));
}

bool gap_call_years(const GapCall *call, const char *option, int *first, int *last) {
    const char *text = judged(call, option, GAP_OPTION_YEARS);
    return text && gap_parse_years(text, first, last, NULL);
}

char **gap_call_words(const GapCall *call, const char *option) {
    const char *text = gap_call_text(call, option);
    if (!text)
        return NULL;
    char **words = g_strsplit(text, ",", -1);
    for (char **word = words; *word; word++)
        g_strstrip(*word);
    return words;
}

char *gap_call_fingerprint(const GapCall *call) {
    GString *text = g_string_new(call->command->name);
    for (guint i = 0; i < call->arguments->len; i++)
        g_string_append_printf(text, "\n%s", (char *)call->arguments->pdata[i]);
    for (const GapOption *o = call->command->options; o && o->name; o++) {
        const char *value = gap_call_text(call, o->name);
        g_string_append_printf(text, "\n--%s=%s", o->name, value ? value : "");
    }
    return g_string_free(text, FALSE);
}

/* ---- the store ---- */

static int by_name(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** The only *.gapmap of the folder. Hidden ones are being written. */
static char *find_store(GError **error) {
    g_autoptr(GDir) folder = g_dir_open(".", 0, error);
    if (!folder)
        return NULL;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder));)
        if (*name != '.' && g_str_has_suffix(name, ".gapmap"))
            g_ptr_array_add(found, g_strdup(name));
    if (found->len == 1)
        return g_ptr_array_steal_index(found, 0);
    if (!found->len) {
        gap_fail(error, GAP_ERROR_MISSING,
                 "there is no store (*.gapmap) in this folder: name one with --store FILE, or make "
                 "one with gapmap init FILE");
        return NULL;
    }
    g_ptr_array_sort(found, by_name);
    if (found->len > 5)
        g_ptr_array_set_size(found, 5);
    g_ptr_array_add(found, NULL);
    g_autofree char *names = g_strjoinv(", ", (char **)found->pdata);
    gap_fail(error, GAP_ERROR_USAGE,
             "this folder has several stores (%s): name one with --store FILE", names);
    return NULL;
}

GapStore *gap_call_store(GapCall *call, GapStoreMode mode, GError **error) {
    GapContext *context = call->context;
    const char *named = gap_call_text(call, "store");
    g_autofree char *path = g_strdup(named ? named : context->store_path);
    if (!path && !(path = context->store ? g_strdup(context->open_path) : find_store(error)))
        return NULL;
    bool enough = mode == GAP_STORE_READ || context->open_mode != GAP_STORE_READ;
    if (context->store && enough && strcmp(path, context->open_path) == 0)
        return context->store;
    close_store(context);
    context->store = gap_store_open(path, mode, context->program->schema, error);
    context->open_mode = mode;
    if (context->store)
        context->open_path = g_steal_pointer(&path);
    return context->store;
}

void gap_call_name_store(GapCall *call, const char *path) {
    g_hash_table_insert(call->values, (char *)option_of(call, "store")->name, g_strdup(path));
}

void gap_call_close_store(GapCall *call) {
    close_store(call->context);
}

static bool fail_read_too(const char *option, const char *path, GError **error) {
    return gap_fail(error, GAP_ERROR_USAGE,
                    "--%s: %s is also read or written otherwise: give it a name of its own", option,
                    path);
}

bool gap_call_spares(const GapCall *call, const char *option, GError **error) {
    const char *path = gap_call_text(call, option);
    const GapContext *context = call->context;
    const char *store = gap_call_text(call, "store");
    if (!path)
        return true;
    for (const GapOption *other = call->command->options; other->name; other++) {
        const char *named =
            other->kind == GAP_OPTION_PATH ? gap_call_text(call, other->name) : NULL;
        if (named && !g_str_equal(other->name, option) && gap_file_is_same(path, named))
            return fail_read_too(option, path, error);
    }
    for (guint i = 0; i < call->arguments->len; i++)
        if (gap_file_is_same(path, call->arguments->pdata[i]))
            return fail_read_too(option, path, error);
    store = store ? store : context->store_path ? context->store_path : context->open_path;
    return !store || !gap_file_is_same(path, store) || fail_read_too(option, path, error);
}

/* ---- what it says ---- */

const GapProgram *gap_call_program(const GapCall *call) {
    return call->context->program;
}

bool gap_call_quiet(const GapCall *call) {
    return call->context->quiet || gap_call_flag(call, "quiet");
}

bool gap_call_json(const GapCall *call) {
    return call->context->json || gap_call_flag(call, "json");
}

FILE *gap_call_out(const GapCall *call) {
    gap_terminal_clear();
    return call->context->out;
}

const GapProgress *gap_call_progress(GapCall *call) {
    (void)call;
    return gap_terminal_progress();
}

void gap_call_say(const GapCall *call, const char *format, ...) {
    if (gap_call_quiet(call) || gap_call_json(call))
        return;
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    // News quotes names from files, and nothing in them may steer the terminal.
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_autofree char *safe = gap_printable(*line, 2000);
        fprintf(gap_call_out(call), "%s\n", safe);
    }
}

void gap_call_warn(const GapCall *call, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *safe = gap_printable(text, 2000);
    gap_terminal_clear();
    const char *section = call->context->section;
    fprintf(stderr, "%s %s: warning: %s\n", call->context->program->name,
            section ? section : call->command->name, safe);
}

void gap_call_made(GapCall *call, const char *path) {
    GPtrArray *made = call->context->made;
    if (!g_ptr_array_find_with_equal_func(made, path, g_str_equal, NULL))
        g_ptr_array_add(made, g_strdup(path));
}

void gap_call_unchanged(GapCall *call) {
    call->unchanged = true;
}
