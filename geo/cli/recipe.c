#include "geo/cli/recipe.h"

#include "geo/base/error.h"
#include "geo/cli/scan.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

enum { LONGEST = 1 << 20 };

/** What reading a recipe needs at hand. */
typedef struct {
    GapContext *context;
    GapRecipe *recipe;
    GapScan *scan;
    GKeyFile *file;
    char *folder;
} Reader;

static void step_free(gpointer data) {
    GapStep *step = data;
    gap_call_free(step->call);
    g_free(step->section);
    g_free(step->label);
    g_free(step);
}

void gap_recipe_free(GapRecipe *recipe) {
    if (!recipe)
        return;
    g_ptr_array_free(recipe->steps, TRUE);
    g_free(recipe->path);
    g_free(recipe->title);
    g_free(recipe->store);
    g_free(recipe);
}

/** Puts "PATH, line N: [SECTION] KEY: " before the error. Answers false. */
static bool at(const Reader *r, const char *section, const char *key, GError **error) {
    g_autofree char *place = gap_scan_place(r->scan, section, key);
    g_autofree char *squeezed = gap_scan_squeeze(section), *shown = gap_printable(squeezed, 60);
    g_autofree char *name = key ? gap_printable(key, 60) : NULL;
    g_prefix_error(error, "%s: [%s]%s%s: ", place, shown, name ? " " : "", name ? name : "");
    return false;
}

/** NULL where the value has an escape that GKeyFile does not know. */
static char *value_of(const Reader *r, const char *section, const char *key, GError **error) {
    g_autoptr(GError) why = NULL;
    g_autofree char *value = g_key_file_get_string(r->file, section, key, &why);
    if (value && !why) // GLib answers what it could read even beside an error
        return g_strchomp(g_steal_pointer(&value));
    gap_fail(error, GAP_ERROR_USAGE, "%s", why->message);
    at(r, section, key, error);
    return NULL;
}

static char *seen_from(const char *folder, const char *path) {
    return g_path_is_absolute(path) || strcmp(folder, ".") == 0
               ? g_strdup(path)
               : g_build_filename(folder, path, NULL);
}

/** Each of several paths. */
static char *all_seen_from(const char *folder, const char *paths) {
    g_auto(GStrv) words = g_strsplit(paths, ",", -1);
    for (char **word = words; *word; word++) {
        g_autofree char *own = *word;
        *word = seen_from(folder, g_strstrip(own));
    }
    return g_strjoinv(",", words);
}

/** Gives the call the value of an option; paths that are read are seen from the recipe. */
static bool set_value(const Reader *r, GapCall *call, const GapOption *option, const char *value,
                      GError **error) {
    if (!gap_option_check(option, value, error))
        return false;
    bool input = option->kind == GAP_OPTION_PATH && strcmp(option->name, "output") != 0 &&
                 strcmp(option->name, "store") != 0;
    g_hash_table_replace(call->values, (char *)option->name,
                         option->kind == GAP_OPTION_PATHS ? all_seen_from(r->folder, value)
                         : input                          ? seen_from(r->folder, value)
                                                          : g_strdup(value));
    return true;
}

/* ---- [recipe] ---- */

static bool is_own_key(const char *key) {
    return strcmp(key, "title") == 0 || strcmp(key, "description") == 0 ||
           strcmp(key, "store") == 0 || g_str_has_prefix(key, "title[") ||
           g_str_has_prefix(key, "description[");
}

static const GapOption *own_option(const GapCommand *command, const char *name) {
    for (const GapOption *o = command->options; o && o->name; o++)
        if (strcmp(o->name, name) == 0)
            return o;
    return NULL;
}

/** A default is judged by the commands that have the option: one at least takes it. Sections that
 *  do not are found when they are read. */
static bool check_default(const Reader *r, const char *key, const char *value, GError **error) {
    static const char *const own[] = {"title", "description", "store"};
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        g_ptr_array_add(words, (char *)own[i]);
    g_autoptr(GError) why = NULL;
    for (guint i = 0; i < r->context->commands->len; i++) {
        const GapCommand *command = r->context->commands->pdata[i];
        const GapOption *option = command ? own_option(command, key) : NULL;
        if (option && gap_option_check(option, value, why ? NULL : &why))
            return true;
        if (command)
            gap_option_names(command->options, words);
    }
    if (why)
        return gap_fail(error, GAP_ERROR_USAGE, "%s", why->message);
    g_ptr_array_add(words, NULL);
    g_autofree char *hint = gap_did_you_mean(key, words, "");
    return gap_fail(error, GAP_ERROR_USAGE, "no command has this option%s", hint);
}

static bool take_own(GapRecipe *recipe, const char *key, const char *value, GError **error) {
    if (strcmp(key, "title") == 0)
        recipe->title = g_strdup(value);
    if (strcmp(key, "store") != 0)
        return true;
    recipe->store = g_strdup(value);
    return *value || gap_fail(error, GAP_ERROR_USAGE, "the value is empty");
}

static bool read_head(const Reader *r, GError **error) {
    g_auto(GStrv) keys = g_key_file_get_keys(r->file, "recipe", NULL, NULL);
    for (char **key = keys; key && *key; key++) {
        g_autofree char *value = value_of(r, "recipe", *key, error);
        if (!value)
            return false;
        if (!(is_own_key(*key) ? take_own(r->recipe, *key, value, error)
                               : check_default(r, *key, value, error)))
            return at(r, "recipe", *key, error);
    }
    return true;
}

static bool take_defaults(const Reader *r, GapCall *call, GError **error) {
    for (const GapOption *o = call->command->options; o && o->name; o++) {
        if (is_own_key(o->name) || !g_key_file_has_key(r->file, "recipe", o->name, NULL))
            continue;
        g_autofree char *value = value_of(r, "recipe", o->name, error);
        if (!value)
            return false;
        if (!set_value(r, call, o, value, error)) {
            g_prefix_error(error, "[%s] takes it otherwise: ", call->command->name);
            return at(r, "recipe", o->name, error);
        }
    }
    return true;
}

/* ---- the sections that are steps ---- */

/** Where the label of a header begins: at the first colon with a space (or nothing) beside it, so
 *  that a colon inside a word belongs to the word. */
static const char *find_label(const char *header) {
    for (const char *p = header; *p; p++)
        if (*p == ':' && (p == header || p[-1] == ' ' || p[1] == ' ' || !p[1]))
            return p;
    return NULL;
}

/** The command and the arguments that a header names. */
static GapCall *read_header(const Reader *r, const char *header, GError **error) {
    g_auto(GStrv) words = NULL;
    g_autoptr(GError) why = NULL;
    if (!g_shell_parse_argv(header, NULL, &words, &why)) {
        gap_fail(error, GAP_ERROR_USAGE, "%s", *header ? why->message : "it names no command");
        return NULL;
    }
    const GapCommand *command = gap_command_find(r->context, words[0], error);
    if (!command)
        return NULL;
    if (command == &GAP_CMD_RUN) {
        gap_fail(error, GAP_ERROR_USAGE, "a recipe cannot run recipes");
        return NULL;
    }
    g_autoptr(GapCall) call = gap_call_new(r->context, command);
    for (char **word = words + 1; *word; word++) {
        if (**word == '-') {
            gap_fail(error, GAP_ERROR_USAGE, "options are keys below the header: OPTION = VALUE");
            return NULL;
        }
        g_ptr_array_add(call->arguments, g_strdup(*word));
    }
    return g_steal_pointer(&call);
}

static void add_files(const Reader *r, GapCall *call, const char *value) {
    g_auto(GStrv) files = g_strsplit(value, ";", -1);
    for (char **file = files; *file; file++)
        if (*g_strstrip(*file))
            g_ptr_array_add(call->arguments, seen_from(r->folder, *file));
}

/** The option of a key, or of a key by language: *title[ky]* is that of *--title-ky*. */
static const GapOption *option_of_key(const GapCommand *command, const char *key) {
    const char *open = strchr(key, '['), *close = open ? strchr(open, ']') : NULL;
    if (strcmp(key, "store") == 0)
        return gap_option_find(command, key);
    if (!close || close[1])
        return own_option(command, key);
    g_autofree char *name =
        g_strdup_printf("%.*s-%.*s", (int)(open - key), key, (int)(close - open - 1), open + 1);
    return own_option(command, name);
}

static bool take_key(const Reader *r, GapCall *call, const char *key, const char *value,
                     GError **error) {
    const GapCommand *command = call->command;
    const GapOption *option = option_of_key(command, key);
    if (option)
        return set_value(r, call, option, value, error);
    if (strcmp(key, "files") == 0) {
        add_files(r, call, value);
        return true;
    }
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    gap_option_names(command->options, words);
    g_ptr_array_add(words, (char *)"files");
    g_ptr_array_add(words, (char *)"store");
    g_ptr_array_add(words, NULL);
    g_autofree char *hint = gap_did_you_mean(key, words, "");
    return gap_fail(error, GAP_ERROR_USAGE, "%s has no such option%s", command->name, hint);
}

static bool take_keys(const Reader *r, GapCall *call, const char *section, GError **error) {
    g_auto(GStrv) keys = g_key_file_get_keys(r->file, section, NULL, NULL);
    for (char **key = keys; key && *key; key++) {
        g_autofree char *value = value_of(r, section, *key, error);
        if (!value)
            return false;
        if (!take_key(r, call, *key, value, error))
            return at(r, section, *key, error);
    }
    return true;
}

static bool read_step(const Reader *r, const char *section, GError **error) {
    g_autofree char *squeezed = gap_scan_squeeze(section);
    const char *label = find_label(squeezed);
    g_autofree char *header =
        label ? g_strndup(squeezed, (size_t)(label - squeezed)) : g_strdup(squeezed);
    g_autoptr(GapCall) call = read_header(r, g_strstrip(header), error);
    if (!call)
        return at(r, section, NULL, error);
    if (!take_defaults(r, call, error) || !take_keys(r, call, section, error))
        return false;
    if (!gap_call_check_arguments(call, error))
        return at(r, section, NULL, error);
    GapStep *step = g_new0(GapStep, 1);
    step->section = g_steal_pointer(&squeezed);
    step->label = label && label[1] ? g_strdup(label + 1 + strspn(label + 1, " ")) : NULL;
    step->call = g_steal_pointer(&call);
    g_ptr_array_add(r->recipe->steps, step);
    return true;
}

static bool read_sections(const Reader *r, GError **error) {
    g_auto(GStrv) sections = g_key_file_get_groups(r->file, NULL);
    for (char **section = sections; *section; section++) {
        g_autofree char *name = gap_scan_squeeze(*section);
        bool head = strcmp(name, "recipe") == 0;
        if (head && section != sections) {
            gap_fail(error, GAP_ERROR_USAGE, "it must be the first section");
            return at(r, name, NULL, error);
        }
        if (!(head ? read_head(r, error) : read_step(r, *section, error)))
            return false;
    }
    return r->recipe->steps->len ||
           gap_fail(error, GAP_ERROR_USAGE, "%s: a recipe needs a section that names a command",
                    r->recipe->path);
}

/* ---- the file ---- */

static void reader_clear(Reader *r) {
    gap_scan_free(r->scan);
    g_clear_pointer(&r->file, g_key_file_free);
    g_free(r->folder);
    gap_recipe_free(r->recipe);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reader, reader_clear)

static bool check_text(const char *path, const char *text, size_t length, GError **error) {
    const char *bad;
    if (length > LONGEST)
        return gap_fail(error, GAP_ERROR_USAGE, "%s is over 1 MiB: that is no recipe", path);
    if (g_utf8_validate(text, (gssize)length, &bad))
        return true;
    int line = 1;
    for (const char *p = text; p < bad; p++)
        line += *p == '\n';
    return gap_fail(error, GAP_ERROR_USAGE, "%s, line %d: not UTF-8; save the file as UTF-8", path,
                    line);
}

GapRecipe *gap_recipe_parse(GapContext *context, const char *path, const char *text, size_t length,
                            GError **error) {
    if (!check_text(path, text, length, error))
        return NULL;
    // Some editors begin a file with a byte order mark, which GKeyFile does not know.
    size_t mark = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    g_autofree char *body = g_strndup(text + mark, length - mark);
    g_auto(Reader) r = {.context = context,
                        .recipe = g_new0(GapRecipe, 1),
                        .scan = gap_scan(path, body, error),
                        .file = g_key_file_new(),
                        .folder = g_path_get_dirname(path)};
    r.recipe->path = g_strdup(path);
    r.recipe->steps = g_ptr_array_new_with_free_func(step_free);
    if (!r.scan)
        return NULL;
    g_autoptr(GError) why = NULL;
    if (!g_key_file_load_from_data(r.file, body, (gsize)-1, G_KEY_FILE_KEEP_TRANSLATIONS, &why)) {
        gap_fail(error, GAP_ERROR_USAGE, "%s: %s", path, why->message);
        return NULL;
    }
    return read_sections(&r, error) ? g_steal_pointer(&r.recipe) : NULL;
}

GapRecipe *gap_recipe_read(GapContext *context, const char *path, GError **error) {
    g_autofree char *shown = gap_printable(path, 200), *text = NULL;
    GStatBuf about;
    if (g_stat(path, &about) != 0) {
        gap_fail(error, GAP_ERROR_USAGE, "%s: %s", shown, g_strerror(errno));
        return NULL;
    }
    if (!S_ISREG(about.st_mode)) {
        gap_fail(error, GAP_ERROR_USAGE, "%s is no regular file", shown);
        return NULL;
    }
    if (about.st_size > LONGEST) {
        check_text(shown, "", LONGEST + 1, error);
        return NULL;
    }
    gsize length = 0;
    return g_file_get_contents(path, &text, &length, error)
               ? gap_recipe_parse(context, path, text, length, error)
               : NULL;
}
