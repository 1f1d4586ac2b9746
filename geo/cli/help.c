#include "geo/cli/internal.h"

#include <string.h>

enum { WIDTH = 100 };

// A space that no line breaks at: "5 km" stays together.
#define TIED '\x01'

/** Writes `text` broken at spaces, from column `at` on, further lines indented by `indent`. */
static void put_wrapped(FILE *out, const char *text, size_t at, size_t indent) {
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++) {
        size_t length = (size_t)g_utf8_strlen(*word, -1);
        if (at > indent && at + 1 + length > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (word != words) {
            fputc(' ', out);
            at++;
        }
        fputs(g_strdelimit(*word, (char[]){TIED, '\0'}, ' '), out);
        at += length;
    }
    fputc('\n', out);
}

static void put_item(FILE *out, const char *name, size_t column, const char *text) {
    int printed = fprintf(out, "  %s", name);
    if ((size_t)printed + 2 > column) {
        fputc('\n', out);
        printed = 0;
    }
    fprintf(out, "%*s", (int)column - printed, "");
    put_wrapped(out, text, column, column);
}

void gap_help_overview(const GapContext *context, FILE *out) {
    const GapProgram *program = context->program;
    fprintf(out, "%s %s\n\nusage: %s COMMAND [OPTION...] [ARGUMENT...]\n\n", program->name,
            program->summary, program->name);
    size_t group = 0, column = 0;
    for (guint i = 0; i < context->commands->len; i++) {
        const GapCommand *command = context->commands->pdata[i];
        if (command)
            column = MAX(column, strlen(command->name) + 4);
    }
    if (program->commands[0] && program->titles[0])
        fprintf(out, "%s:\n", program->titles[0]);
    for (guint i = 0; i < context->commands->len; i++) {
        const GapCommand *command = context->commands->pdata[i];
        if (command) {
            put_item(out, command->name, column, command->summary);
            continue;
        }
        bool more = ++group < G_N_ELEMENTS(program->commands) && program->commands[group];
        const char *title = more ? program->titles[group] : "Using the program";
        fprintf(out, title ? "\n%s:\n" : "\n", title);
    }
    fprintf(out,
            "\n%s help COMMAND explains a command, man %s the whole.\n"
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with refused rows.\n",
            program->name, program->name);
}

static const char *how_written(const GapOption *option) {
    switch (option->kind) {
    case GAP_OPTION_LENGTH:
        return "such as 5 km";
    case GAP_OPTION_LIMITS:
        return "such as 3 km, 5 km or 30 min, 1 h";
    case GAP_OPTION_DATE:
        return "YYYY-MM-DD";
    case GAP_OPTION_YEARS:
        return "such as 2017 or 2014-2017";
    default:
        return NULL;
    }
}

static char *describe(const GapOption *option) {
    GString *text = g_string_new(option->help);
    if (option->choices &&
        (option->kind == GAP_OPTION_CHOICE || option->kind == GAP_OPTION_CHOICES)) {
        g_autofree char *all = g_strjoinv(", ", (char **)option->choices);
        g_string_append_printf(text, "; %s %s",
                               option->kind == GAP_OPTION_CHOICE ? "one of" : "any of", all);
    }
    if (how_written(option))
        g_string_append_printf(text, "; %s", how_written(option));
    g_autofree char *initial = g_strdup(option->initial);
    if (initial)
        g_string_append_printf(text, " (initially %s)", g_strdelimit(initial, " ", TIED));
    return g_string_free(text, FALSE);
}

static char *option_name(const GapOption *option) {
    GString *name = g_string_new(NULL);
    if (option->letter)
        g_string_append_printf(name, "-%c, ", option->letter);
    g_string_append_printf(name, "--%s", option->name);
    if (option->value)
        g_string_append_printf(name, " %s", option->value);
    return g_string_free(name, FALSE);
}

static size_t widest(const GapOption *options, size_t width) {
    for (; options && options->name; options++) {
        g_autofree char *name = option_name(options);
        width = MAX(width, strlen(name));
    }
    return width;
}

static void put_options(FILE *out, const char *title, const GapOption *options, size_t column) {
    if (options && options->name)
        fprintf(out, "\n%s:\n", title);
    for (; options && options->name; options++) {
        g_autofree char *name = option_name(options), *text = describe(options);
        put_item(out, name, column, text);
    }
}

void gap_help_command(const GapContext *context, const GapCommand *command, FILE *out) {
    const char *name = context->program->name;
    const bool words = command->arguments && *command->arguments;
    fprintf(out, "usage: %s %s [OPTION...]%s%s\n\n", name, command->name, words ? " " : "",
            words ? command->arguments : "");
    put_wrapped(out, command->summary, 0, 0);
    size_t column = MIN(widest(GAP_COMMON_OPTIONS, widest(command->options, 0)) + 4, 34);
    put_options(out, "Options", command->options, column);
    put_options(out, "Common options", GAP_COMMON_OPTIONS, column);
    fprintf(out,
            "\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 done with refused rows.\n"
            "More: man %s-%s\n",
            name, command->name);
}
