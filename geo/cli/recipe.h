/** Recipes: INI files whose sections are commands with their options. gapmap-recipe(5) is the
 *  whole contract; what matters here:
 *
 *  - [recipe], if there, stands first: title, description, store, and values of options for every
 *    later section whose command has them;
 *  - the words of a header are read as a shell reads them: command, then arguments; what stands
 *    behind a colon that has a space beside it is a label;
 *  - paths of options and of the key `files` are seen from the folder of the recipe; the store,
 *    what an option named `output` says and the arguments of a header from where the user stands;
 *  - everything is judged before the first step runs. Errors name the file and the line.
 */
#ifndef GAP_CLI_RECIPE_H
#define GAP_CLI_RECIPE_H

#include "geo/cli/internal.h"

typedef struct {
    char *section; /**< as written, spaces made one: "load crime : 2007-2018" */
    char *label;   /**< "2007-2018", or NULL */
    GapCall *call;
} GapStep;

typedef struct {
    char *path;
    char *title, *store; /**< or NULL */
    GPtrArray *steps;    /**< GapStep */
} GapRecipe;

void gap_recipe_free(GapRecipe *recipe); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapRecipe, gap_recipe_free)

/** Reads a file of at most 1 MiB. Returns: (transfer full). */
GapRecipe *gap_recipe_read(GapContext *context, const char *path, GError **error);
/** `path` names the text in errors and gives the folder. O(length). Returns: (transfer full). */
GapRecipe *gap_recipe_parse(GapContext *context, const char *path, const char *text, size_t length,
                            GError **error);

#endif
