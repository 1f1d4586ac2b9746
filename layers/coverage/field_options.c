#include "layers/coverage/field.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"

#include <jansson.h>
#include <string.h>

typedef struct {
    const char *name;
    size_t offset; // of a const char * in GapTravelGroundOptions
    bool file;
} TextOption;

static const TextOption TEXTS[] = {
    {"elevation", offsetof(GapTravelGroundOptions, elevation), true},
    {"landcover", offsetof(GapTravelGroundOptions, landcover), true},
    {"friction", offsetof(GapTravelGroundOptions, friction), true},
    {"like", offsetof(GapTravelGroundOptions, like), true},
    {"speeds", offsetof(GapTravelGroundOptions, speeds), true},
    {"elevation_unit", offsetof(GapTravelGroundOptions, elevation_unit), false},
    {"crs", offsetof(GapTravelGroundOptions, crs), false},
    {"scenario", offsetof(GapTravelGroundOptions, scenario), false},
};

static const char **text_at(GapTravelGroundOptions *ground, const TextOption *option) {
    return (const char **)((char *)ground + option->offset);
}

/* Seen from the folder of the store: both may move together. Returns: (transfer full). */
static char *seen_from(const char *store, const char *path) {
    g_autofree char *from = g_canonicalize_filename(store, NULL),
                    *to = g_canonicalize_filename(path, NULL);
    size_t common = 0;
    for (size_t i = 0; from[i] && from[i] == to[i]; i++)
        if (from[i] == G_DIR_SEPARATOR)
            common = i + 1;
    g_autoptr(GString) seen = g_string_new(NULL);
    for (const char *c = from + common; (c = strchr(c, G_DIR_SEPARATOR)); c++)
        g_string_append(seen, "../");
    g_string_append(seen, to + common);
    return g_string_free(g_steal_pointer(&seen), FALSE);
}

static bool pack_texts(const GapTravelFieldOptions *options, const char *store, json_t *out,
                       GError **error) {
    GapTravelGroundOptions ground = options->ground;
    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        const char *text = *text_at(&ground, &TEXTS[i]);
        if (!text)
            continue;
        if (!TEXTS[i].file) {
            json_object_set_new(out, TEXTS[i].name, json_string(text));
            continue;
        }
        if (!g_utf8_validate(text, -1, NULL))
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: the name of the file is not UTF-8",
                            TEXTS[i].name);
        g_autofree char *sha256 = gap_file_sha256(text, error);
        if (!sha256)
            return false;
        g_autofree char *seen = seen_from(store, text);
        json_object_set_new(
            out, TEXTS[i].name,
            json_pack("{s:s, s:s, s:s}", "path", text, "seen", seen, "sha256", sha256));
    }
    return true;
}

char *gap_travel_field_options_json(const GapTravelFieldOptions *options, const char *store,
                                    GError **error) {
    const GapTravelGroundOptions *g = &options->ground;
    const GapSurfaceOptions *s = &options->surface;
    const GapWalk *w = &s->walk;
    json_t *out = json_pack(
        "{s:f, s:[f,f,f,f], s:i, s:i, s:b, s:i, s:i, s:b, s:b, s:f, s:[i,f,f,f,f,f,f]}", "cell_m",
        g->cell_m, "extent", g->extent.min_x, g->extent.min_y, g->extent.max_x, g->extent.max_y,
        "month", g->month, "bridges", (int)g->bridges, "rivers_pass", (int)g->rivers_pass,
        "neighbours", s->neighbours, "length", (int)s->length, "unknown_closed",
        (int)s->unknown_closed, "inwards", (int)options->inwards, "snap_m", options->snap_m, "walk",
        (int)w->kind, w->a, w->b, w->c, w->d, w->lambda, w->slope_factor);
    char *text = pack_texts(options, store, out, error)
                     ? json_dumps(out, JSON_COMPACT | JSON_SORT_KEYS)
                     : NULL;
    json_decref(out);
    return text;
}

/* Where it lies seen from the store, else where it was given. Returns: (transfer full), its path;
 * NULL with an error. */
static char *read_file(const json_t *file, const char *name, const char *store, GError **error) {
    const char *sha256 = json_string_value(json_object_get(file, "sha256")),
               *given = json_string_value(json_object_get(file, "path")),
               *seen = json_string_value(json_object_get(file, "seen"));
    if (!seen || !given || !sha256) {
        gap_fail(error, GAP_ERROR_INPUT, "the run does not say of which file its %s was", name);
        return NULL;
    }
    g_autofree char *from = g_canonicalize_filename(store, NULL),
                    *folder = g_path_get_dirname(from);
    g_autofree char *beside = g_canonicalize_filename(seen, folder);
    g_autofree char *path =
        g_file_test(beside, G_FILE_TEST_EXISTS) ? g_strdup(beside) : g_strdup(given);
    g_autofree char *now = gap_file_sha256(path, error);
    if (now && g_str_equal(now, sha256))
        return g_steal_pointer(&path);
    if (now)
        gap_fail(error, GAP_ERROR_INPUT,
                 "%s: is not the file that the run was made from: 'gapmap coverage' makes it anew",
                 path);
    return NULL;
}

static bool read_texts(const json_t *in, const char *store, GapTravelFieldOptions *options,
                       GPtrArray *owned, GError **error) {
    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        const json_t *value = json_object_get(in, TEXTS[i].name);
        if (!value)
            continue;
        char *text = TEXTS[i].file ? read_file(value, TEXTS[i].name, store, error)
                                   : g_strdup(json_string_value(value));
        if (!text && TEXTS[i].file)
            return false;
        g_ptr_array_add(owned, text);
        *text_at(&options->ground, &TEXTS[i]) = text;
    }
    return true;
}

bool gap_travel_field_options_read(const char *json, const char *store,
                                   GapTravelFieldOptions *options, GPtrArray *owned,
                                   GError **error) {
    GapTravelGroundOptions *g = &options->ground;
    GapSurfaceOptions *s = &options->surface;
    GapWalk *w = &s->walk;
    int bridges, rivers_pass, length, unknown_closed, inwards, walk;
    json_t *in = json_loads(json, 0, NULL);
    *options = (GapTravelFieldOptions)GAP_TRAVEL_FIELD_OPTIONS_INIT;
    bool ok = in && json_unpack(in,
                                "{s:F, s:[F,F,F,F], s:i, s:i, s:b, s:i, s:i, s:b, s:b, s:F, "
                                "s:[i,F,F,F,F,F,F]}",
                                "cell_m", &g->cell_m, "extent", &g->extent.min_x, &g->extent.min_y,
                                &g->extent.max_x, &g->extent.max_y, "month", &g->month, "bridges",
                                &bridges, "rivers_pass", &rivers_pass, "neighbours", &s->neighbours,
                                "length", &length, "unknown_closed", &unknown_closed, "inwards",
                                &inwards, "snap_m", &options->snap_m, "walk", &walk, &w->a, &w->b,
                                &w->c, &w->d, &w->lambda, &w->slope_factor) == 0;
    if (!ok)
        gap_fail(error, GAP_ERROR_INPUT,
                 "what the store says of the run's ground is damaged: "
                 "'gapmap coverage' makes it anew");
    ok = ok && read_texts(in, store, options, owned, error);
    json_decref(in);
    if (!ok)
        return false;
    g->bridges = (GapBridges)bridges;
    g->rivers_pass = rivers_pass;
    s->length = (GapLength)length;
    s->unknown_closed = unknown_closed;
    options->inwards = inwards;
    w->kind = (GapWalkKind)walk;
    return true;
}
