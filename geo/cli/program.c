#include "geo/base/error.h"
#include "geo/cli/internal.h"
#include "geo/cli/terminal.h"

#include <locale.h>
#include <string.h>

/** "gapmap NAME: MESSAGE" on stderr, further lines indented, nothing in it that a terminal obeys.
 */
static void print_error(const GapContext *context, const char *name, const GError *error) {
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    gap_terminal_clear();
    fflush(stdout);
    fprintf(stderr, "%s%s%s: ", context->program->name, name ? " " : "", name ? name : "");
    for (char **line = lines; *line; line++) {
        g_autofree char *safe = gap_printable(*line, 2000);
        fprintf(stderr, "%s%s\n", line == lines ? "" : "  ", safe);
    }
    if (gap_exit_code(error) == GAP_EXIT_USAGE)
        fprintf(stderr, "  see: %s help%s%s\n", context->program->name, name ? " " : "",
                name ? name : "");
}

/** Runs the command line behind the program's name. `command` is what it turned out to be. */
static int run_words(GapContext *context, int argc, char **argv, const GapCommand **command,
                     GError **error) {
    *command = gap_command_find(context, argv[0], error);
    if (!*command)
        return GAP_EXIT_USAGE;
    g_autoptr(GapCall) call = gap_call_parse(context, *command, argc - 1, argv + 1, error);
    if (!call)
        return GAP_EXIT_USAGE;
    if (gap_call_flag(call, "help")) {
        gap_help_command(context, *command, stdout);
        return GAP_EXIT_DONE;
    }
    return gap_call_run(call, error);
}

/** The options that may stand before any command. Answers -1 where `word` is none. */
static int run_alone(const GapContext *context, const char *word, GError **error) {
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        gap_help_overview(context, stdout);
    else if (strcmp(word, "--version") == 0)
        printf("%s %s\n", context->program->name, context->program->version);
    else if (word[0] == '-') {
        g_autofree char *shown = gap_printable(word, 60);
        gap_fail(error, GAP_ERROR_USAGE,
                 "there is no option %s before a command: only --help and --version; the others "
                 "stand behind it",
                 shown);
        return GAP_EXIT_USAGE;
    } else
        return -1;
    return GAP_EXIT_DONE;
}

int gap_program_main(const GapProgram *program, int argc, char **argv) {
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C"); // numbers are written with a point everywhere
    gap_terminal_listen();
    g_autoptr(GapContext) context = gap_context_new(program);
    g_autoptr(GError) error = NULL;
    const GapCommand *command = NULL;
    if (argc < 2) {
        gap_help_overview(context, stderr);
        return GAP_EXIT_USAGE;
    }
    int code = run_alone(context, argv[1], &error);
    if (code < 0)
        code = run_words(context, argc - 1, argv + 1, &command, &error);
    // A result that did not reach its file is no result, whatever the command thinks.
    if ((fflush(stdout) || ferror(stdout)) && !error) {
        gap_fail(&error, GAP_ERROR_FAILED, "the output cannot be written: is the disk full?");
        code = GAP_EXIT_FAILED;
    }
    if (error)
        print_error(context, command ? command->name : NULL, error);
    return code;
}
