// gapmap help: the tables, for people and for machines.
#include "geo/base/error.h"
#include "geo/cli/internal.h"

#include <jansson.h>
#include <string.h>

typedef struct {
    const char *name, *text;
} Topic;

static const Topic topics[] = {
    {"recipe", "A recipe is an INI file whose sections are commands with their options:\n\n"
               "  [recipe]\n"
               "  title = The whole country\n"
               "  store = out/country.gapmap\n"
               "  as-of = 2017-12-31\n\n"
               "  [load boundaries : provinces]\n"
               "  files = provinces.geojson\n\n"
               "  [coverage]\n"
               "  within = 5 km\n\n"
               "Sections run in the order written; gapmap run RECIPE --dry-run prints them as\n"
               "command lines. More: man 5 gapmap-recipe\n"},
    {"exit-codes", "0  done\n"
                   "1  failed: the machine, a file or a row stood in the way\n"
                   "2  wrong usage: the command or the recipe asks for what does not exist\n"
                   "3  done, with rows refused; gapmap says which and why\n"},
};

static const char *const kind_names[] = {
    [GAP_OPTION_FLAG] = "flag",     [GAP_OPTION_TEXT] = "text",
    [GAP_OPTION_INT] = "int",       [GAP_OPTION_NUMBER] = "number",
    [GAP_OPTION_LENGTH] = "length", [GAP_OPTION_LIMITS] = "limits",
    [GAP_OPTION_DATE] = "date",     [GAP_OPTION_YEARS] = "years",
    [GAP_OPTION_CHOICE] = "choice", [GAP_OPTION_CHOICES] = "choices",
    [GAP_OPTION_PATH] = "path",     [GAP_OPTION_PATHS] = "paths",
};

static json_t *options_json(const GapOption *options) {
    json_t *all = json_array();
    for (; options && options->name; options++) {
        json_t *option = json_pack("{s:s, s:s, s:s?, s:s, s:s?}", "name", options->name, "kind",
                                   kind_names[options->kind], "value", options->value, "help",
                                   options->help, "initial", options->initial);
        if (options->letter)
            json_object_set_new(option, "letter", json_stringn(&options->letter, 1));
        for (const char *const *c = options->choices; c && *c; c++) {
            if (c == options->choices)
                json_object_set_new(option, "choices", json_array());
            json_array_append_new(json_object_get(option, "choices"), json_string(*c));
        }
        json_array_append_new(all, option);
    }
    return all;
}

static void print_json(const GapContext *context, FILE *out) {
    json_t *commands = json_array();
    for (guint i = 0; i < context->commands->len; i++) {
        const GapCommand *command = context->commands->pdata[i];
        if (command)
            json_array_append_new(
                commands,
                json_pack("{s:s, s:s?, s:s, s:i, s:i, s:o}", "name", command->name, "arguments",
                          command->arguments, "summary", command->summary, "min_arguments",
                          command->min_arguments, "max_arguments", command->max_arguments,
                          "options", options_json(command->options)));
    }
    json_t *all = json_pack("{s:s, s:s, s:o, s:o}", "name", context->program->name, "version",
                            context->program->version, "commands", commands, "common_options",
                            options_json(GAP_COMMON_OPTIONS));
    json_dumpf(all, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(all);
}

static int run(GapCall *call, GError **error) {
    GapContext *context = call->context;
    const char *word = gap_call_argument(call, 0);
    FILE *out = gap_call_out(call);
    if (gap_call_json(call)) {
        print_json(context, out);
        return GAP_EXIT_DONE;
    }
    if (!word) {
        gap_help_overview(context, out);
        return GAP_EXIT_DONE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(topics); i++)
        if (strcmp(topics[i].name, word) == 0) {
            fputs(topics[i].text, out);
            return GAP_EXIT_DONE;
        }
    const GapCommand *command = gap_command_find(context, word, error);
    if (!command)
        return -1;
    gap_help_command(context, command, out);
    return GAP_EXIT_DONE;
}

const GapCommand GAP_CMD_HELP = {
    "help", "[COMMAND|recipe|exit-codes]", "explain a command or a topic", 0, 1, NULL, run};
