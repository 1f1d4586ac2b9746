// gapmap run: the steps of a recipe, one after another, and an account of them.
#include "geo/base/error.h"
#include "geo/cli/recipe.h"
#include "geo/cli/terminal.h"
#include "geo/text/text.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include <sys/resource.h>

enum { TITLE_WIDTH = 56 };

/** What became of one step. */
typedef struct {
    const GapStep *step;
    double seconds;
    int code;
    char *output; /**< what it printed; the size is kept, since it may be cut by a NUL */
    size_t size;
} Outcome;

static void outcome_free(gpointer data) {
    Outcome *outcome = data;
    free(outcome->output); // made by open_memstream()
    g_free(outcome);
}

/* ---- which steps ---- */

static bool is_meant(const GapStep *step, const char *word) {
    return strcmp(step->section, word) == 0 || strcmp(step->call->command->name, word) == 0 ||
           g_strcmp0(step->label, word) == 0;
}

static bool add_meant(const GapRecipe *recipe, const char *word, GHashTable *meant,
                      GError **error) {
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    bool found = false;
    for (guint i = 0; i < recipe->steps->len; i++) {
        const GapStep *step = recipe->steps->pdata[i];
        g_ptr_array_add(words, step->section);
        g_ptr_array_add(words, (char *)step->call->command->name);
        if (step->label)
            g_ptr_array_add(words, step->label);
        if (is_meant(step, word))
            found = g_hash_table_add(meant, (gpointer)step) || true;
    }
    if (found)
        return true;
    g_ptr_array_add(words, NULL);
    g_autofree char *shown = gap_printable(word, 60), *hint = gap_did_you_mean(word, words, "");
    return gap_fail(error, GAP_ERROR_USAGE, "--only: %s has no section, command or label '%s'%s",
                    recipe->path, shown, hint);
}

/** Leaves the steps that `--only` names. */
static bool choose(GapRecipe *recipe, const GapCall *call, GError **error) {
    g_auto(GStrv) words = gap_call_words(call, "only");
    if (!words)
        return true;
    g_autoptr(GHashTable) meant = g_hash_table_new(NULL, NULL);
    for (char **word = words; *word; word++)
        if (!add_meant(recipe, *word, meant, error))
            return false;
    for (guint i = recipe->steps->len; i-- > 0;)
        if (!g_hash_table_contains(meant, recipe->steps->pdata[i]))
            g_ptr_array_remove_index(recipe->steps, i);
    return true;
}

/* ---- one step ---- */

static void print_output(const Outcome *outcome) {
    for (const char *p = outcome->output, *end = p + outcome->size; p < end;) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        const char *stop = newline ? newline : end;
        printf("%s%.*s\n", stop > p ? "    " : "", (int)MIN(stop - p, G_MAXINT), p);
        p = stop + 1;
    }
}

static void print_step(const Outcome *outcome) {
    g_autofree char *title = gap_printable(outcome->step->section, TITLE_WIDTH);
    glong length = g_utf8_strlen(title, -1);
    printf("  %s ", title);
    for (glong i = length; i < TITLE_WIDTH + 2; i++)
        putchar('.');
    if (outcome->code == GAP_EXIT_FAILED || outcome->code == GAP_EXIT_USAGE)
        printf(" failed\n");
    else if (outcome->step->call->unchanged)
        printf(" unchanged\n");
    else
        printf(" %.2f s\n", outcome->seconds);
    print_output(outcome);
    fflush(stdout);
}

/** Runs a step with its output caught, which goes below its line or into the account. */
static Outcome *run_step(GapContext *context, const GapStep *step, GError **error) {
    Outcome *outcome = g_new0(Outcome, 1);
    FILE *before = context->out;
    outcome->step = step;
    context->section = step->section;
    context->out = open_memstream(&outcome->output, &outcome->size);
    if (!context->out)
        g_error("no memory for the output of a step");
    gint64 start = g_get_monotonic_time();
    outcome->code = gap_call_run(step->call, error);
    outcome->seconds = (double)(g_get_monotonic_time() - start) / 1e6;
    fclose(context->out);
    context->out = before;
    context->section = NULL;
    return outcome;
}

/** Answers the code of the run; on an error `outcomes` ends with the step that failed. */
static int run_steps(GapCall *call, const GapRecipe *recipe, GPtrArray *outcomes, GError **error) {
    int code = GAP_EXIT_DONE;
    for (guint i = 0; i < recipe->steps->len; i++) {
        const GapStep *step = recipe->steps->pdata[i];
        if (gap_terminal_interrupted()) {
            gap_fail(error, GAP_ERROR_FAILED, "stopped before [%s]", step->section);
            return GAP_EXIT_FAILED;
        }
        g_autoptr(GError) failure = NULL;
        Outcome *outcome = run_step(call->context, step, &failure);
        g_ptr_array_add(outcomes, outcome);
        if (!gap_call_quiet(call) && !gap_call_json(call))
            print_step(outcome);
        if (outcome->code == GAP_EXIT_REFUSED_ROWS)
            code = outcome->code;
        else if (outcome->code != GAP_EXIT_DONE) {
            gap_fail(error, outcome->code == GAP_EXIT_USAGE ? GAP_ERROR_USAGE : GAP_ERROR_FAILED,
                     "%s: [%s] failed: %s", recipe->path, step->section,
                     failure ? failure->message : "see what it printed");
            return outcome->code;
        }
    }
    return code;
}

/* ---- the account ---- */

/** The most memory that the program held at any time. Linux counts it in KiB. */
static gint64 peak_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (gint64)usage.ru_maxrss * 1024;
}

static double total_seconds(const GPtrArray *outcomes) {
    double sum = 0;
    for (guint i = 0; i < outcomes->len; i++)
        sum += ((const Outcome *)outcomes->pdata[i])->seconds;
    return sum;
}

static gint64 file_size(const char *path) {
    GStatBuf about;
    return g_stat(path, &about) == 0 ? (gint64)about.st_size : -1;
}

static void print_files(const GPtrArray *made) {
    if (made->len)
        printf("\nFiles:\n");
    for (guint i = 0; i < made->len; i++) {
        const char *path = made->pdata[i];
        gint64 size = file_size(path);
        g_autofree char *shown = gap_printable(path, 200);
        g_autofree char *text = g_format_size_full((guint64)MAX(size, 0), G_FORMAT_SIZE_IEC_UNITS);
        printf("  %-*s  %s\n", TITLE_WIDTH, shown, size < 0 ? "is gone" : text);
    }
}

/** Time by stage: the steps of one command together, in the order of their first. */
static void print_stages(const GPtrArray *outcomes, double total) {
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    printf("\nTime:\n");
    for (guint i = 0; i < outcomes->len; i++) {
        const GapCommand *command = ((const Outcome *)outcomes->pdata[i])->step->call->command;
        if (!g_hash_table_add(seen, (gpointer)command))
            continue;
        double sum = 0;
        unsigned steps = 0;
        for (guint j = i; j < outcomes->len; j++) {
            const Outcome *outcome = outcomes->pdata[j];
            if (outcome->step->call->command == command) {
                sum += outcome->seconds;
                steps++;
            }
        }
        printf("  %-12s %7.2f s  %3.0f %%  (%u step%s)\n", command->name, sum,
               total > 0 ? 100 * sum / total : 0, steps, steps == 1 ? "" : "s");
    }
    printf("  %-12s %7.2f s  peak memory %.0f MiB\n", "all", total,
           (double)peak_bytes() / (1 << 20));
}

/** Text that may not be UTF-8, as a path may, in JSON. */
static json_t *json_text(const char *text, size_t size) {
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)size);
    return json_string(valid);
}

static json_t *outcome_json(const Outcome *outcome) {
    g_autofree char *line = gap_call_line(outcome->step->call);
    json_t *result = json_loadb(outcome->output, outcome->size, JSON_DECODE_ANY, NULL);
    json_t *step = json_pack("{s:o, s:s, s:o, s:f, s:b, s:i}", "section",
                             json_text(outcome->step->section, strlen(outcome->step->section)),
                             "command", outcome->step->call->command->name, "line",
                             json_text(line, strlen(line)), "seconds", outcome->seconds,
                             "unchanged", outcome->step->call->unchanged, "exit", outcome->code);
    if (result)
        json_object_set_new(step, "result", result);
    else if (outcome->size)
        json_object_set_new(step, "output", json_text(outcome->output, outcome->size));
    return step;
}

static void print_json(const GapRecipe *recipe, const GPtrArray *outcomes, const GPtrArray *made,
                       int code, const GError *error) {
    json_t *steps = json_array(), *files = json_array();
    for (guint i = 0; i < outcomes->len; i++)
        json_array_append_new(steps, outcome_json(outcomes->pdata[i]));
    for (guint i = 0; i < made->len; i++) {
        const char *path = made->pdata[i];
        json_array_append_new(files, json_pack("{s:o, s:I}", "path", json_text(path, strlen(path)),
                                               "bytes", (json_int_t)file_size(path)));
    }
    json_t *all = json_pack("{s:o, s:s?, s:i, s:f, s:I, s:o, s:o}", "recipe",
                            json_text(recipe->path, strlen(recipe->path)), "title", recipe->title,
                            "exit", code, "seconds", total_seconds(outcomes), "peak_memory_bytes",
                            (json_int_t)peak_bytes(), "steps", steps, "files", files);
    if (error)
        json_object_set_new(all, "error", json_text(error->message, strlen(error->message)));
    json_dumpf(all, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(all);
}

static int run(GapCall *call, GError **error) {
    GapContext *context = call->context;
    g_autoptr(GapRecipe) recipe = gap_recipe_read(context, gap_call_argument(call, 0), error);
    if (!recipe || !choose(recipe, call, error))
        return -1;
    const char *store = gap_call_text(call, "store");
    context->store_path = g_strdup(store ? store : recipe->store);
    if (gap_call_flag(call, "dry-run")) {
        for (guint i = 0; i < recipe->steps->len; i++) {
            g_autofree char *line = gap_call_line(((GapStep *)recipe->steps->pdata[i])->call);
            puts(line);
        }
        return GAP_EXIT_DONE;
    }
    context->quiet = gap_call_quiet(call);
    context->json = gap_call_json(call);
    if (recipe->title)
        gap_call_say(call, "%s", recipe->title);
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) outcomes = g_ptr_array_new_with_free_func(outcome_free);
    int code = run_steps(call, recipe, outcomes, &failure);
    if (context->json)
        print_json(recipe, outcomes, context->made, code, failure);
    else if (!context->quiet) {
        print_files(context->made);
        print_stages(outcomes, total_seconds(outcomes));
    }
    if (!failure)
        return code;
    g_propagate_error(error, g_steal_pointer(&failure));
    return -1;
}

static const GapOption options[] = {
    {"only", 0, GAP_OPTION_TEXT, "SECTION",
     "run these steps only: headers, commands or labels, by comma"},
    {"dry-run", 0, GAP_OPTION_FLAG, NULL, "print the steps as command lines and run none"},
    {NULL},
};

const GapCommand GAP_CMD_RUN = {
    "run", "RECIPE", "run the steps of a recipe, in the order written", 1, 1, options, run};
