/** Command and option tables: parsing, help, completion and recipes come from them.
 *
 *  A floor gives a NULL-terminated array of commands; geo/cli knows none of them by name.
 */
#ifndef GAP_CLI_COMMAND_H
#define GAP_CLI_COMMAND_H

#include "geo/base/progress.h"
#include "geo/store/store.h"

#include <stdio.h>

/** Exit codes, the same for every command. */
enum { GAP_EXIT_DONE = 0, GAP_EXIT_FAILED = 1, GAP_EXIT_USAGE = 2, GAP_EXIT_REFUSED_ROWS = 3 };

typedef enum {
    GAP_OPTION_FLAG,
    GAP_OPTION_TEXT,
    GAP_OPTION_INT,
    GAP_OPTION_NUMBER,
    GAP_OPTION_LENGTH,  /**< "5 km" */
    GAP_OPTION_LIMITS,  /**< "3 km, 5 km" or "30 min, 1 h": lengths or times, all alike */
    GAP_OPTION_DATE,    /**< YYYY-MM-DD */
    GAP_OPTION_YEARS,   /**< "2017" or "2014-2017" */
    GAP_OPTION_CHOICE,  /**< one of `choices` */
    GAP_OPTION_CHOICES, /**< several of `choices`, by comma */
    GAP_OPTION_PATH,  /**< in a recipe: seen from the recipe's folder, `data/x.csv`; see recipe.h */
    GAP_OPTION_PATHS, /**< several by comma, of files that are read */
} GapOptionKind;

typedef struct {
    const char *name; /**< "within"; NULL ends a table */
    char letter;      /**< 'o' for -o, or 0 */
    GapOptionKind kind;
    const char *value;   /**< how help names the value: "LENGTH"; NULL for a flag */
    const char *help;    /**< one line, no full stop */
    const char *initial; /**< the value where it is not given; NULL: none */
    const char *const *choices;
} GapOption;

typedef struct GapCall GapCall;

typedef struct {
    const char *name;
    const char *arguments; /**< how usage names the words after the command: "LAYER SOURCE..." */
    const char *summary;   /**< one line, no full stop */
    int min_arguments, max_arguments; /**< -1: any number */
    const GapOption *options;         /**< NULL: only the common ones */
    /** Does the work; answers an exit code, or -1 with `error` set. */
    int (*run)(GapCall *call, GError **error);
} GapCommand;

typedef struct {
    const char *name, *version, *summary;
    const GapSchema *schema;
    const GapCommand *const *commands[4]; /**< the floors' tables, NULL-terminated */
    const char *titles[4];                /**< of each table in the overview; NULL: none */
    /** What `gapmap doctor` looks at beyond the ground floor; NULL ends them. Each writes its lines
     *  through gap_doctor_line() and answers whether all is well. */
    bool (*checks[4])(FILE *out);
} GapProgram;

/** One line of the doctor, "ok" or "problem"; a problem says its remedy too. Answers `ok`. */
bool gap_doctor_line(FILE *out, bool ok, const char *format, ...) G_GNUC_PRINTF(3, 4);

/** Parses argv, runs the command, prints an error to stderr. Answers the exit code. */
int gap_program_main(const GapProgram *program, int argc, char **argv);

/* ---- what a command sees of its call ---- */

size_t gap_call_argument_count(const GapCall *call);
const char *gap_call_argument(const GapCall *call, size_t i);

/** The value as given, else the option's initial one, else NULL. Asking for a name that the
 *  command's table lacks is a programming error and aborts. */
const char *gap_call_text(const GapCall *call, const char *option);
bool gap_call_given(const GapCall *call, const char *option);
bool gap_call_flag(const GapCall *call, const char *option);
/** 0 where not given and without an initial value. */
gint64 gap_call_int(const GapCall *call, const char *option);
/** NaN where not given and without an initial value. */
double gap_call_number(const GapCall *call, const char *option);
/** Metres; NaN as above. */
double gap_call_length_m(const GapCall *call, const char *option);
/** The values (double) of a GAP_OPTION_LIMITS in the order given, metres, or minutes where
 *  `minutes` is set; empty as above. Returns: (transfer full). */
GArray *gap_call_limits(const GapCall *call, const char *option, bool *minutes);
/** False where not given and without an initial value. */
bool gap_call_years(const GapCall *call, const char *option, int *first, int *last);
/** The words of a GAP_OPTION_CHOICES, NULL-terminated; NULL where not given and without an initial
 *  value. A text option is split at its commas likewise.
 *  Returns: (transfer full). */
char **gap_call_words(const GapCall *call, const char *option);

/** The store (`--store`, else the recipe's, else the only *.gapmap in the folder), opened on first
 *  use and kept open for the whole recipe. A stronger mode than before opens it anew, so that what
 *  was read through the old one is of no further use. (transfer none). */
GapStore *gap_call_store(GapCall *call, GapStoreMode mode, GError **error);
/** Makes `path` the store of this call, as --store would. */
void gap_call_name_store(GapCall *call, const char *path);
/** Closes the store, so that a command may replace the file. */
void gap_call_close_store(GapCall *call);

/** Whether the file that `option` names, which is to be written, is another than all that the call
 *  names beside it (other options, arguments) and than its store; where it is not given, too. */
bool gap_call_spares(const GapCall *call, const char *option, GError **error);

/** The canonical text of the call: command, arguments and the values that hold, in table order;
 *  part of what "nothing changed" means. Returns: (transfer full). */
char *gap_call_fingerprint(const GapCall *call);
const GapProgram *gap_call_program(const GapCall *call);
bool gap_call_quiet(const GapCall *call);
bool gap_call_json(const GapCall *call);
/** Where results go: stdout, or below the step of a recipe. */
FILE *gap_call_out(const GapCall *call);
/** Draws a bar on stderr when that is a terminal and the work lasts over a second. */
const GapProgress *gap_call_progress(GapCall *call);
/** One line of news on stdout (nothing with --quiet or --json). */
void gap_call_say(const GapCall *call, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** On stderr, "gapmap NAME: warning: ...", also with --quiet. */
void gap_call_warn(const GapCall *call, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** Notes a file that was made, for the list at the end of a recipe. */
void gap_call_made(GapCall *call, const char *path);
/** Notes that the step found nothing to do. */
void gap_call_unchanged(GapCall *call);

#endif
