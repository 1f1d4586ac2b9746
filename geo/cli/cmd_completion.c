// gapmap completion: scripts for bash and zsh, made from the same tables as everything else.
#include "geo/base/error.h"
#include "geo/cli/internal.h"

#include <string.h>

/** Calls `put` for every command. */
static void each_command(const GapContext *context, FILE *out,
                         void (*put)(FILE *out, const GapCommand *command)) {
    for (guint i = 0; i < context->commands->len; i++)
        if (context->commands->pdata[i])
            put(out, context->commands->pdata[i]);
}

/** `options` and the common ones, one after the other. */
static void each_option(const GapCommand *command, FILE *out,
                        void (*put)(FILE *out, const GapOption *option)) {
    for (const GapOption *o = command->options; o && o->name; o++)
        put(out, o);
    for (const GapOption *o = GAP_COMMON_OPTIONS; o->name; o++)
        put(out, o);
}

/* ---- bash ---- */

static void bash_name(FILE *out, const GapOption *option) {
    fprintf(out, " --%s", option->name);
}

static bool is_path(const GapOption *option) {
    return option->kind == GAP_OPTION_PATH || option->kind == GAP_OPTION_PATHS;
}

static void bash_value(FILE *out, const GapOption *option) {
    if (option->kind == GAP_OPTION_FLAG)
        return;
    fprintf(out, "            --%s", option->name);
    if (option->letter)
        fprintf(out, "|-%c", option->letter);
    if (option->choices) {
        g_autofree char *all = g_strjoinv(" ", (char **)option->choices);
        fprintf(out, ") words='%s' ;;\n", all);
    } else
        fprintf(out, ") %s ;;\n", is_path(option) ? "files=1" : "return");
}

static void bash_command(FILE *out, const GapCommand *command) {
    fprintf(out, "    %s)\n        options='", command->name);
    each_option(command, out, bash_name);
    fputs("'\n        case $before in\n", out);
    each_option(command, out, bash_value);
    fputs("        *) free=1 ;;\n        esac ;;\n", out);
}

static void bash_word(FILE *out, const GapCommand *command) {
    fprintf(out, "%s ", command->name);
}

static void put_bash(const GapContext *context, FILE *out) {
    const char *name = context->program->name;
    fprintf(out,
            "# bash completion of %s; put it into bash-completion's folder as %s\n"
            "_%s() {\n"
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
            "    local words= options= files= free=\n"
            "    COMPREPLY=()\n"
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
            "        COMPREPLY=($(compgen -W '",
            name, name, name);
    each_command(context, out, bash_word);
    fputs("--help --version' -- \"$word\"))\n"
          "        return\n"
          "    fi\n"
          "    # Bash splits at \"=\": what stands before it is the option.\n"
          "    if [ \"$word\" = = ]; then\n"
          "        word=\n"
          "    elif [ \"$before\" = = ]; then\n"
          "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
          "    fi\n"
          "    case ${COMP_WORDS[1]} in\n",
          out);
    each_command(context, out, bash_command);
    fprintf(out,
            "    *) return ;;\n"
            "    esac\n"
            "    if [ -n \"$free\" ]; then\n"
            "        case $word in -*) words=$options ;; *) files=1 ;; esac\n"
            "    fi\n"
            "    if [ -n \"$files\" ]; then\n"
            "        compopt -o filenames\n"
            "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
            "    else\n"
            "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
            "    fi\n"
            "}\n"
            "complete -F _%s %s\n",
            name, name);
}

/* ---- zsh ---- */

/** Text inside '...' and inside the [...] and :...: of _arguments. */
static void zsh_text(FILE *out, const char *text) {
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\'", out);
        else if (strchr("[]:\\", *text))
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void zsh_option(FILE *out, const GapOption *option) {
    // -o and --output are one option: where the one stands the other is not offered.
    if (option->letter)
        fprintf(out, "            '(-%c --%s)'{-%c%s,--%s%s}'[", option->letter, option->name,
                option->letter, option->value ? "+" : "", option->name, option->value ? "=" : "");
    else
        fprintf(out, "            '--%s%s[", option->name, option->value ? "=" : "");
    zsh_text(out, option->help);
    fputc(']', out);
    if (option->value) {
        fputc(':', out);
        zsh_text(out, option->value);
        fputc(':', out);
    }
    if (option->choices) {
        g_autofree char *all = g_strjoinv(" ", (char **)option->choices);
        fprintf(out, option->kind == GAP_OPTION_CHOICES ? "_values -s , choice %s" : "(%s)", all);
    } else if (is_path(option))
        fputs("_files", out);
    fputs("' \\\n", out);
}

static void zsh_command(FILE *out, const GapCommand *command) {
    fprintf(out, "    %s)\n        _arguments \\\n", command->name);
    each_option(command, out, zsh_option);
    fputs(command->max_arguments ? "            '*:argument:_files' ;;\n"
                                 : "            && return ;;\n",
          out);
}

static void zsh_word(FILE *out, const GapCommand *command) {
    fprintf(out, "        '%s:", command->name);
    zsh_text(out, command->summary);
    fputs("'\n", out);
}

static void put_zsh(const GapContext *context, FILE *out) {
    const char *name = context->program->name;
    fprintf(out, "#compdef %s\n_%s() {\n    local -a commands=(\n", name, name);
    each_command(context, out, zsh_word);
    fputs("    )\n"
          "    if (( CURRENT == 2 )); then\n"
          "        _describe command commands\n"
          "        return\n"
          "    fi\n"
          "    shift words\n"
          "    (( CURRENT-- ))\n"
          "    case $words[1] in\n",
          out);
    each_command(context, out, zsh_command);
    fprintf(out,
            "    esac\n"
            "}\n"
            "# Read as a file of its own it defines, called as a function it completes.\n"
            "if [ \"$funcstack[1]\" = _%s ]; then _%s \"$@\"; else compdef _%s %s; fi\n",
            name, name, name, name);
}

static int run(GapCall *call, GError **error) {
    static const char *const shells[] = {"bash", "zsh", NULL};
    const char *shell = gap_call_argument(call, 0);
    if (!g_strv_contains(shells, shell)) {
        g_autofree char *shown = gap_printable(shell, 60);
        gap_fail(error, GAP_ERROR_USAGE, "there is no completion for '%s': write bash or zsh",
                 shown);
        return -1;
    }
    (strcmp(shell, "bash") == 0 ? put_bash : put_zsh)(call->context, gap_call_out(call));
    return GAP_EXIT_DONE;
}

const GapCommand GAP_CMD_COMPLETION = {
    "completion", "bash|zsh", "print a completion script for a shell", 1, 1, NULL, run};
