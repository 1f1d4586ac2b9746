#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/internal.h"
#include "geo/text/text.h"

#include <string.h>

const GapOption GAP_COMMON_OPTIONS[] = {
    {"store", 0, GAP_OPTION_PATH, "FILE", "the store; initially the only *.gapmap in the folder"},
    {"quiet", 'q', GAP_OPTION_FLAG, NULL, "print results and errors only"},
    {"json", 0, GAP_OPTION_FLAG, NULL, "print JSON for machines"},
    {"help", 'h', GAP_OPTION_FLAG, NULL, "explain the command"},
    {NULL},
};

char *gap_did_you_mean(const char *word, const GPtrArray *words, const char *before) {
    const char *nearest = gap_text_nearest(word, (const char *const *)words->pdata);
    return nearest ? g_strdup_printf("; did you mean %s%s?", before, nearest) : g_strdup("");
}

const GapCommand *gap_command_find(const GapContext *context, const char *name, GError **error) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < context->commands->len; i++) {
        const GapCommand *command = context->commands->pdata[i];
        if (command && strcmp(command->name, name) == 0)
            return command;
        if (command)
            g_ptr_array_add(names, (char *)command->name);
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *shown = gap_printable(name, 60), *hint = gap_did_you_mean(name, names, "");
    gap_fail(error, GAP_ERROR_USAGE, "there is no command '%s'%s", shown, hint);
    return NULL;
}

static const GapOption *find_name(const GapOption *options, const char *name) {
    for (; options && options->name; options++)
        if (strcmp(options->name, name) == 0)
            return options;
    return NULL;
}

const GapOption *gap_option_find(const GapCommand *command, const char *name) {
    const GapOption *own = find_name(command->options, name);
    return own ? own : find_name(GAP_COMMON_OPTIONS, name);
}

static const GapOption *find_letter(const GapCommand *command, char letter) {
    for (const GapOption *o = command->options; o && o->name; o++)
        if (o->letter && o->letter == letter)
            return o;
    for (const GapOption *o = GAP_COMMON_OPTIONS; o->name; o++)
        if (o->letter && o->letter == letter)
            return o;
    return NULL;
}

void gap_option_names(const GapOption *options, GPtrArray *words) {
    for (; options && options->name; options++)
        g_ptr_array_add(words, (char *)options->name);
}

/* ---- values ---- */

static bool check_choice(const GapOption *option, const char *word, GError **error) {
    if (g_strv_contains(option->choices, word))
        return true;
    g_autofree char *all = g_strjoinv(", ", (char **)option->choices);
    g_autofree char *shown = gap_printable(word, 60);
    const char *nearest = gap_text_nearest(word, option->choices);
    return gap_fail(error, GAP_ERROR_USAGE, "'%s' is not one of %s%s%s%s", shown, all,
                    nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

/** Splits at commas, trims, and judges every part, of which there must be one. */
static bool check_choices(const GapOption *option, const char *value, GError **error) {
    g_auto(GStrv) parts = g_strsplit(value, ",", -1);
    bool good = true;
    for (char **part = parts; good && *part; part++)
        good = check_choice(option, g_strstrip(*part), error);
    return good && (parts[0] || check_choice(option, "", error));
}

/* Lengths or times, all alike, and none of them 0. */
static bool check_limits(const char *text, GError **error) {
    bool minutes;
    g_autoptr(GArray) limits = gap_parse_limits(text, &minutes, error);
    return limits != NULL;
}

static bool check_int(const char *value, GError **error) {
    if (g_ascii_string_to_signed(value, 10, G_MININT64, G_MAXINT64, NULL, NULL))
        return true;
    g_autofree char *shown = gap_printable(value, 60);
    return gap_fail(error, GAP_ERROR_USAGE, "'%s' is not a whole number: write digits only, 500",
                    shown);
}

static bool check_flag(const char *value, GError **error) {
    if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
        return true;
    g_autofree char *shown = gap_printable(value, 60);
    return gap_fail(error, GAP_ERROR_USAGE, "'%s' is neither true nor false", shown);
}

static bool check_text(const GapOption *option, const char *value, GError **error) {
    if (!*value)
        return gap_fail(error, GAP_ERROR_USAGE, "the value is empty");
    // A path is whatever the file system takes.
    bool path = option->kind == GAP_OPTION_PATH || option->kind == GAP_OPTION_PATHS;
    if (path || g_utf8_validate(value, -1, NULL))
        return true;
    g_autofree char *shown = gap_printable(value, 60);
    return gap_fail(error, GAP_ERROR_USAGE, "'%s' is not UTF-8", shown);
}

static bool check_kind(const GapOption *option, const char *value, GError **error) {
    double number, metres;
    int first, last;
    GDate date;
    switch (option->kind) {
    case GAP_OPTION_FLAG:
        return check_flag(value, error);
    case GAP_OPTION_INT:
        return check_int(value, error);
    case GAP_OPTION_NUMBER:
        return gap_parse_number(value, &number, error);
    case GAP_OPTION_LENGTH:
        return gap_parse_length_m(value, &metres, error);
    case GAP_OPTION_LIMITS:
        return check_limits(value, error);
    case GAP_OPTION_DATE:
        return gap_parse_date(value, &date, error);
    case GAP_OPTION_YEARS:
        return gap_parse_years(value, &first, &last, error);
    case GAP_OPTION_CHOICE:
        return check_choice(option, value, error);
    case GAP_OPTION_CHOICES:
        return check_choices(option, value, error);
    case GAP_OPTION_TEXT:
    case GAP_OPTION_PATH:
    case GAP_OPTION_PATHS:
        return check_text(option, value, error);
    }
    g_assert_not_reached();
}

bool gap_option_check(const GapOption *option, const char *value, GError **error) {
    g_autoptr(GError) why = NULL;
    return check_kind(option, value, &why) || gap_fail(error, GAP_ERROR_USAGE, "%s", why->message);
}

/* ---- the words of a command line ---- */

static bool set_option(GapCall *call, const GapOption *option, const char *value, GError **error) {
    const char *before = g_hash_table_lookup(call->values, option->name);
    if (before && option->kind != GAP_OPTION_FLAG)
        return gap_fail(error, GAP_ERROR_USAGE, "--%s stands twice; give it once", option->name);
    if (!gap_option_check(option, value, error)) {
        g_prefix_error(error, "--%s: ", option->name);
        return false;
    }
    g_hash_table_insert(call->values, (char *)option->name, g_strdup(value));
    return true;
}

static bool unknown_option(const GapCommand *command, const char *word, GError **error) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    gap_option_names(command->options, names);
    gap_option_names(GAP_COMMON_OPTIONS, names);
    g_ptr_array_add(names, NULL);
    g_autofree char *shown = gap_printable(word, 60);
    g_autofree char *hint = word[1] == '-' ? gap_did_you_mean(word + 2, names, "--") : g_strdup("");
    return gap_fail(error, GAP_ERROR_USAGE, "there is no option %s%s", shown, hint);
}

/** Takes the option that `argv[0]` names and its value; answers how many words it took, 0 on
 *  error. */
static int take_option(GapCall *call, int argc, char **argv, GError **error) {
    const char *word = argv[0], *value = NULL;
    const GapOption *option;
    if (word[1] == '-') {
        const char *equals = strchr(word, '=');
        g_autofree char *name =
            g_strndup(word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2));
        option = gap_option_find(call->command, name);
        if (!option) {
            g_autofree char *shown = g_strconcat("--", name, NULL);
            return unknown_option(call->command, shown, error);
        }
        value = equals ? equals + 1 : NULL;
    } else {
        option = find_letter(call->command, word[1]);
        if (!option)
            return unknown_option(call->command, word, error);
        value = word[2] ? word + 2 : NULL;
    }
    if (option->kind == GAP_OPTION_FLAG)
        return value ? gap_fail(error, GAP_ERROR_USAGE, "--%s takes no value", option->name)
                     : set_option(call, option, "true", error);
    if (value)
        return set_option(call, option, value, error);
    // A forgotten value must not swallow the option behind it.
    if (argc < 2 || g_str_has_prefix(argv[1], "--"))
        return gap_fail(error, GAP_ERROR_USAGE, "--%s needs a value: --%s %s", option->name,
                        option->name, option->value);
    return set_option(call, option, argv[1], error) ? 2 : 0;
}

bool gap_call_check_arguments(const GapCall *call, GError **error) {
    const GapCommand *command = call->command;
    int n = (int)call->arguments->len;
    const char *usage = command->arguments ? command->arguments : "";
    if (n < command->min_arguments)
        return gap_fail(error, GAP_ERROR_USAGE, "%s: write gapmap %s %s",
                        n ? "an argument is missing" : "its arguments are missing", command->name,
                        usage);
    if (command->max_arguments < 0 || n <= command->max_arguments)
        return true;
    g_autofree char *extra = gap_printable(call->arguments->pdata[command->max_arguments], 60);
    return gap_fail(error, GAP_ERROR_USAGE, "'%s' is one argument too many: write gapmap %s%s%s",
                    extra, command->name, *usage ? " " : "", usage);
}

static bool asks_help(int argc, char **argv) {
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

GapCall *gap_call_parse(GapContext *context, const GapCommand *command, int argc, char **argv,
                        GError **error) {
    g_autoptr(GapCall) call = gap_call_new(context, command);
    if (asks_help(argc, argv)) {
        g_hash_table_insert(call->values, (char *)"help", g_strdup("true"));
        return g_steal_pointer(&call);
    }
    bool words_only = false;
    for (int i = 0, taken; i < argc; i += taken) {
        taken = 1;
        if (words_only || argv[i][0] != '-' || !argv[i][1])
            g_ptr_array_add(call->arguments, g_strdup(argv[i]));
        else if (strcmp(argv[i], "--") == 0)
            words_only = true;
        else if (!(taken = take_option(call, argc - i, argv + i, error)))
            return NULL;
    }
    return gap_call_check_arguments(call, error) ? g_steal_pointer(&call) : NULL;
}

/* ---- and back ---- */

static void append_word(GString *line, const char *word) {
    bool plain = *word && !word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_-+=./,:@%")];
    g_autofree char *quoted = plain ? NULL : g_shell_quote(word);
    g_string_append_printf(line, " %s", plain ? word : quoted);
}

static void append_options(GString *line, const GapCall *call, const GapOption *options) {
    for (; options && options->name; options++) {
        const char *value = g_hash_table_lookup(call->values, options->name);
        if (!value || (options->kind == GAP_OPTION_FLAG && strcmp(value, "true") != 0))
            continue;
        g_string_append_printf(line, " --%s", options->name);
        if (options->kind != GAP_OPTION_FLAG)
            append_word(line, value);
    }
}

char *gap_call_line(const GapCall *call) {
    GString *line = g_string_new(call->context->program->name);
    append_word(line, call->command->name);
    append_options(line, call, call->command->options);
    if (!g_hash_table_contains(call->values, "store") && call->context->store_path) {
        g_string_append(line, " --store");
        append_word(line, call->context->store_path);
    }
    append_options(line, call, GAP_COMMON_OPTIONS);
    bool dashed = false;
    for (guint i = 0; i < call->arguments->len; i++)
        dashed = dashed || *(const char *)call->arguments->pdata[i] == '-';
    g_string_append(line, dashed ? " --" : "");
    for (guint i = 0; i < call->arguments->len; i++)
        append_word(line, call->arguments->pdata[i]);
    return g_string_free(line, FALSE);
}
