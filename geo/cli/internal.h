/** What the files of this room share. */
#ifndef GAP_CLI_INTERNAL_H
#define GAP_CLI_INTERNAL_H

#include "geo/cli/command.h"

/** What all calls of one start of the program share. */
typedef struct {
    const GapProgram *program;
    GPtrArray *commands; /**< const GapCommand *, in the order of help; a NULL row between groups */
    char *store_path;    /**< of the command line, else of the recipe; NULL: look in the folder */
    GapStore *store;
    char *open_path; /**< of `store` */
    GapStoreMode open_mode;
    FILE *out;
    bool quiet, json;
    const char *section; /**< of the recipe, while its step runs; or NULL */
    GPtrArray *made;     /**< paths */
} GapContext;

GapContext *gap_context_new(const GapProgram *program);
void gap_context_free(GapContext *context); /**< NULL-safe; closes the store */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapContext, gap_context_free)

struct GapCall {
    GapContext *context;
    const GapCommand *command;
    GPtrArray *arguments; /**< strings */
    GHashTable *values;   /**< option name (of the table) to the text given */
    bool unchanged;
};

GapCall *gap_call_new(GapContext *context, const GapCommand *command);
void gap_call_free(GapCall *call); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapCall, gap_call_free)

/* ---- parse.c ---- */

/** The options of every command, after which comes a NULL name. */
extern const GapOption GAP_COMMON_OPTIONS[];

/** The command of that name, or an error with the nearest right word. */
const GapCommand *gap_command_find(const GapContext *context, const char *name, GError **error);
/** The option of that name, of the command or common; or NULL. */
const GapOption *gap_option_find(const GapCommand *command, const char *name);
/** Adds the names of a table of options to `words`. */
void gap_option_names(const GapOption *options, GPtrArray *words);
/** "; did you mean X?" or "". `words` is NULL-terminated. Returns: (transfer full). */
char *gap_did_you_mean(const char *word, const GPtrArray *words, const char *before);
/** Judges `value` by the kind of `option`. The error says what the value is not and how it is
 *  written, but not which option. */
bool gap_option_check(const GapOption *option, const char *value, GError **error);
/** Whether the call has as many arguments as its command takes. */
bool gap_call_check_arguments(const GapCall *call, GError **error);
/** The words behind the command. Where `--help` is among them nothing else is judged.
 *  Returns: (transfer full). */
GapCall *gap_call_parse(GapContext *context, const GapCommand *command, int argc, char **argv,
                        GError **error);
/** The call as a line for a shell. Returns: (transfer full). */
char *gap_call_line(const GapCall *call);

/* ---- call.c ---- */

/** Runs the command; an error is left to the caller. Answers an exit code, never -1. */
int gap_call_run(GapCall *call, GError **error);
int gap_exit_code(const GError *error);

/* ---- help.c ---- */

void gap_help_overview(const GapContext *context, FILE *out);
void gap_help_command(const GapContext *context, const GapCommand *command, FILE *out);

/* ---- the commands of this room ---- */

extern const GapCommand GAP_CMD_RUN, GAP_CMD_DOCTOR, GAP_CMD_HELP, GAP_CMD_COMPLETION;

#endif
