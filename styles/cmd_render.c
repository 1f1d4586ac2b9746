// render: maps from the store to files: pictures, pages, and maps that lie on the ground.
#include "geo/base/error.h"
#include "layers/cmd.h"
#include "layers/outputs.h"
#include "styles/canvas.h"
#include "styles/cmd.h"
#include "styles/labels.h"
#include "styles/lint/cmd_check.h"
#include "styles/list/cmd_list.h"
#include "styles/logos/logos.h"
#include "styles/page/build.h"
#include "styles/part/find.h"
#include "styles/render.h"
#include "styles/render_data.h"
#include "styles/render_files.h"
#include "styles/render_whole.h"

#include <string.h>

static const char *const languages[] = {"en",    "ru",    "ky",    "ky+ru", "ky+en",
                                        "ru+ky", "ru+en", "en+ky", "en+ru", NULL};
static const char *const name_kinds[] = {"official", "customary", NULL};
static const char *const scales[] = {"1", "2", NULL};

static const char *const atlas_levels[] = {"province", "district", NULL};

static const GapOption options[] = {
    {"output", 'o', GAP_OPTION_PATH, "PATH",
     "a .png, .pdf, .svg or .tif file; for several a name with {map}, {lang} and {layout}, or a "
     "folder for .png",
     NULL},
    {"lang", 0, GAP_OPTION_CHOICES, "LANG",
     "languages of the page, by comma; ky+ru: both on one page", "en", languages},
    {"scale", 0, GAP_OPTION_CHOICES, "SCALE",
     "of .png and .tif, 1 or 2: a slide of 1920 x 1080, or of 3840 x 2160 as NAME@2x.png; by comma",
     "1", scales},
    {"layout", 0, GAP_OPTION_CHOICES, "LAYOUT", "of the page, by comma", "slide", GAP_LAYOUTS},
    {"names", 0, GAP_OPTION_CHOICE, "KIND",
     "names of places: the law's of the day, or the people's", "official", name_kinds},
    {"run", 0, GAP_OPTION_TEXT, "LABEL", "results to draw; by default the newest", NULL},
    {"runs", 0, GAP_OPTION_TEXT, "LABELS", "runs of maps of several, by comma; by default all",
     NULL},
    {"theme", 0, GAP_OPTION_PATH, "FILE", "a style document of your own instead of MAP", NULL},
    {"logo", 0, GAP_OPTION_PATHS, "FILE,...", "logos of the page, one to four .png by comma", NULL},
    {"graticule", 0, GAP_OPTION_FLAG, NULL, "draw meridians and parallels", NULL},
    {"build", 0, GAP_OPTION_FLAG, NULL, "a file for each step of building the map up", NULL},
    {"title", 0, GAP_OPTION_TEXT, "TEXT", "another title", NULL},
    {"check", 0, GAP_OPTION_FLAG, NULL, "draw nothing, tell what a reader could not read", NULL},
    GAP_PART_OPTIONS,
    {"atlas", 0, GAP_OPTION_CHOICE, "LEVEL", "one .pdf with a page for each province or district",
     NULL, atlas_levels},
    {"contact-sheet", 0, GAP_OPTION_FLAG, NULL, "all maps, small, on one .png or .pdf", NULL},
    {"list", 0, GAP_OPTION_FLAG, NULL,
     "list the maps, what each needs, and what the store has of it", NULL},
    {"print-theme", 0, GAP_OPTION_FLAG, NULL, "print the style document of MAP, to copy and change",
     NULL},
    {NULL}};

/** One file to be made. */
typedef struct {
    size_t map; /**< number among the maps */
    double scale;
    unsigned frame; /**< of a map that is built up; 0: the whole map */
    char *path, *made_from;
} Output;

typedef struct {
    GapCall *call;
    GapStore *store;
    char **langs, **layouts, **scales;
    GPtrArray *names;    /**< of maps, in order */
    bool all;            /**< "all" was asked for */
    char *theme;         /**< text of a theme of the user's own, or NULL */
    GapLogos *logos;     /**< or NULL */
    GArray *maps;        /**< of GapRenderMap, name by name and language by language */
    GapRenderData *data; /**< what is drawn from, once it is asked for */
    GapPart *part;       /**< of the data, that the maps are of; NULL: the whole country */
    GArray *outputs;     /**< of Output */
} Render;

/* ---- which maps, where to ---- */

static bool read_theme(Render *r, const char *path, GError **error) {
    g_autofree char *base = g_path_get_basename(path);
    char *dot = strrchr(base, '.');
    if (!(r->theme = gap_style_read(path, error)))
        return false;
    if (dot)
        *dot = '\0';
    g_ptr_array_add(r->names, g_strdup(base));
    return true;
}

static void take_all(Render *r) {
    g_ptr_array_set_size(r->names, 0);
    for (size_t i = 0; GAP_THEMES[i]; i++)
        g_ptr_array_add(r->names, g_strdup(GAP_THEMES[i]));
}

static bool choose_maps(Render *r, GError **error) {
    const char *theme = gap_call_text(r->call, "theme");
    size_t n = gap_call_argument_count(r->call);
    if (theme && n)
        return gap_fail(error, GAP_ERROR_USAGE, "give MAP or --theme FILE, not both");
    if (theme)
        return read_theme(r, theme, error);
    for (size_t i = 0; i < n; i++)
        g_ptr_array_add(r->names, g_strdup(gap_call_argument(r->call, i)));
    if (!n)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "which map? gapmap render --list names them, gapmap render all -o FOLDER "
                        "draws all");
    r->all = n == 1 && g_str_equal(r->names->pdata[0], "all");
    if (r->all)
        take_all(r);
    return true;
}

static GapRenderJob job_of(const Render *r) {
    return (GapRenderJob){r->call,   r->store, r->langs, r->layouts,
                          r->scales, r->names, r->theme, gap_call_text(r->call, "theme"),
                          r->logos};
}

/** Those of the option, else of the user's theme. */
static bool read_logos(Render *r, GError **error) {
    g_auto(GStrv) paths = gap_call_words(r->call, "logo");
    if (!paths && r->theme) {
        const GapRenderJob job = job_of(r);
        g_autoptr(GapStyle) style = gap_render_job_style(&job, r->names->pdata[0], error);
        if (!style)
            return false;
        paths = gap_style_logos(style);
    }
    return !paths || (r->logos = gap_logos_read((const char *const *)paths, error));
}

static GapRenderData *data_of(Render *r, GError **error) {
    const GapRenderJob job = job_of(r);
    return r->data ? r->data : (r->data = gap_render_job_data(&job, error));
}

static void say_lack(const Render *r, const GapStyle *style, GHashTable *facts) {
    const char *remedy;
    g_autofree char *lacks = gap_map_lacks(style, facts, &remedy);
    gap_call_say(r->call, "%s: left out, %s", style->name, lacks);
}

static bool draws_parts(const GapCall *call) {
    return gap_part_option_given(call) || gap_call_given(call, "atlas");
}

/** Of all maps, those of the run's mode and of what it has: what is left out is said. */
static bool leave_out_others(Render *r, GError **error) {
    if (!r->all)
        return true;
    GapRenderData *data = data_of(r, error);
    if (!data || !gap_render_data_need(data, "coverage_runs", error)) // which has facts of its own
        return false;
    GHashTable *facts = gap_render_data_map(data)->facts;
    for (guint i = r->names->len; i-- > 0;) {
        g_autoptr(GapStyle) style = gap_style_bundled(r->names->pdata[i], error);
        if (!style)
            return false;
        bool whole = draws_parts(r->call) && !gap_part_drawn_by(style);
        if (gap_map_shows(style, facts) && !whole)
            continue;
        const char *mode = json_string_value(json_object_get(style->page, "mode"));
        if (whole)
            gap_call_say(r->call, "%s: left out, it draws the whole country only", style->name);
        else if (mode)
            gap_call_say(r->call, "%s: left out, the run is not of mode %s", style->name, mode);
        else
            say_lack(r, style, facts);
        g_ptr_array_remove_index(r->names, i);
    }
    return true;
}

/** One page and the files of it, one for each scale and frame; without a pattern no files. */
static bool plan_page(Render *r, const char *name, const GapMapPage *page, const char *pattern,
                      const char *state, GError **error) {
    const GapRenderJob job = job_of(r);
    GapRenderMap map = {gap_render_job_style(&job, name, error), *page, NULL};
    if (!map.style)
        return false;
    g_array_append_val(r->maps, map);
    unsigned frames = gap_call_flag(r->call, "build") ? gap_build_frames(map.style) : 0;
    for (char **scale = r->scales; pattern && *scale; scale++)
        for (unsigned frame = MIN(frames, 1); frame <= frames; frame++) {
            Output o = {r->maps->len - 1, **scale - '0', frame, NULL, NULL};
            o.path = gap_render_file_name(pattern, name, page, o.scale, frame);
            o.made_from = gap_render_made_from(r->call, state, o.path, map.style);
            g_array_append_val(r->outputs, o);
        }
    return true;
}

/** Every map in every language and layout. */
static bool plan_pages(Render *r, const char *pattern, const char *state, GError **error) {
    for (guint i = 0; i < r->names->len; i++)
        for (char **lang = r->langs; *lang; lang++)
            for (char **layout = r->layouts; *layout; layout++) {
                GapMapPage page = {*lang, gap_call_text(r->call, "title"),
                                   gap_layout_by_name(*layout), gap_call_flag(r->call, "graticule"),
                                   r->logos};
                if (!plan_page(r, r->names->pdata[i], &page, pattern, state, error))
                    return false;
            }
    return true;
}

static bool plan_files(Render *r, GError **error) {
    const char *output = gap_call_text(r->call, "output");
    if (!output)
        return gap_fail(error, GAP_ERROR_USAGE, "say where to with -o PATH");
    if (!gap_render_check_scale(output, r->scales, error))
        return false;
    const GapRenderMany many = {r->names->len > 1, g_strv_length(r->langs) > 1,
                                g_strv_length(r->layouts) > 1};
    g_autofree char *pattern = gap_render_pattern(output, many, error);
    const GapRenderJob job = job_of(r);
    g_autofree char *state = pattern ? gap_render_job_state(&job, error) : NULL;
    return state && plan_pages(r, pattern, state, error);
}

/* ---- what is drawn ---- */

static const GapMapData *drawn_from(const Render *r) {
    return r->part ? &r->part->data : gap_render_data_map(r->data);
}

/** The scenes of all pages. */
static bool make_scenes(Render *r, GError **error) {
    GapRenderData *data = data_of(r, error);
    GapRenderMap *maps = (GapRenderMap *)(void *)r->maps->data;
    bool good = data != NULL;
    for (guint i = 0; good && i < r->maps->len; i++)
        good = gap_render_data_need_style(data, maps[i].style, error);
    return good && gap_part_asked(r->call, r->store, data, &r->part, error) &&
           gap_render_scenes(maps, r->maps->len, drawn_from(r), gap_call_progress(r->call), error);
}

/** Draws the files of `stale` (numbers of outputs). */
static bool draw(Render *r, GArray *stale, GError **error) {
    if (!make_scenes(r, error))
        return false;
    g_autoptr(GArray) pictures = g_array_new(FALSE, FALSE, sizeof(GapRenderPicture));
    const GapRenderMap *maps = (const GapRenderMap *)(void *)r->maps->data;
    // Large pictures first, so that no thread is left with one at the end.
    for (int scale = 2; scale >= 1; scale--)
        for (guint i = 0; i < stale->len; i++) {
            const Output *o = &g_array_index(r->outputs, Output, g_array_index(stale, guint, i));
            GapRenderPicture picture = {&maps[o->map], o->scale, o->frame, o->path};
            if (o->scale == scale)
                g_array_append_val(pictures, picture);
        }
    return gap_render_pictures((const GapRenderPicture *)(void *)pictures->data, pictures->len,
                               gap_call_progress(r->call), error);
}

/** Every page held against the rules; an exit code, or -1 with an error. */
static int check(Render *r, GError **error) {
    if (gap_call_given(r->call, "output")) {
        gap_fail(error, GAP_ERROR_USAGE, "--check draws nothing: leave -o out");
        return -1;
    }
    if (!plan_pages(r, NULL, NULL, error) || !make_scenes(r, error))
        return -1;
    return gap_cmd_check_maps(r->call, (const GapRenderMap *)(void *)r->maps->data, r->maps->len,
                              drawn_from(r), error);
}

/** What a machine is told of a file; `scene` NULL: it was made before. */
static json_t *answer_of(const Output *o, const GapScene *scene) {
    return json_pack("{s:s, s:b, s:o*}", "file", o->path, "unchanged", scene == NULL, "labels",
                     scene ? gap_labels_json(scene) : NULL);
}

/** `stale`: the numbers of the outputs that were drawn, in order. */
static void print_answer(const Render *r, const GArray *stale) {
    json_t *answer = json_array();
    for (guint i = 0, drawn = 0; i < r->outputs->len; i++) {
        const Output *o = &g_array_index(r->outputs, Output, i);
        bool is_new = drawn < stale->len && g_array_index(stale, guint, drawn) == i;
        const GapScene *scene = is_new ? g_array_index(r->maps, GapRenderMap, o->map).scene : NULL;
        drawn += is_new;
        json_array_append_new(answer, answer_of(o, scene));
    }
    gap_cmd_print_json(r->call, answer);
}

static bool make_files(Render *r, GError **error) {
    g_autoptr(GArray) stale = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < r->outputs->len; i++) {
        const Output *o = &g_array_index(r->outputs, Output, i);
        if (!gap_output_spares_store(r->store, o->path, error) ||
            !gap_logos_spared(r->logos, o->path, error))
            return false;
        if (!gap_output_fresh(r->store, o->path, o->made_from))
            g_array_append_val(stale, i);
    }
    if (stale->len && !draw(r, stale, error))
        return false;
    for (guint i = 0; i < stale->len; i++) {
        const Output *o = &g_array_index(r->outputs, Output, g_array_index(stale, guint, i));
        const GapScene *scene = g_array_index(r->maps, GapRenderMap, o->map).scene;
        if (!gap_output_record(r->store, o->path, o->made_from, error))
            return false;
        g_autofree char *labels = gap_labels_report(scene);
        gap_call_say(r->call, "%s: %s", o->path, labels);
    }
    for (guint i = 0; i < r->outputs->len; i++)
        gap_call_made(r->call, g_array_index(r->outputs, Output, i).path);
    if (!stale->len)
        gap_call_unchanged(r->call);
    if (gap_call_json(r->call))
        print_answer(r, stale);
    return true;
}

/* ---- the command ---- */

static void clear_map(gpointer data) {
    GapRenderMap *map = data;
    gap_style_free(map->style);
    gap_scene_free(map->scene);
}

static void clear_output(gpointer data) {
    Output *output = data;
    g_free(output->path);
    g_free(output->made_from);
}

/** The store that is named, or that lies there; without one the list says less. */
static bool find_store(Render *r, GError **error) {
    GError *none = NULL;
    r->store = gap_call_store(r->call, GAP_STORE_READ, &none);
    bool named = gap_call_given(r->call, "store");
    if (none && !named &&
        (g_error_matches(none, GAP_ERROR, GAP_ERROR_MISSING) ||
         g_error_matches(none, GAP_ERROR, GAP_ERROR_USAGE)))
        g_clear_error(&none);
    if (none)
        g_propagate_error(error, none);
    return none == NULL;
}

static bool list_maps(Render *r, GError **error) {
    if (!gap_call_argument_count(r->call) && !gap_call_given(r->call, "theme"))
        take_all(r);
    else if (!choose_maps(r, error))
        return false;
    if (!find_store(r, error))
        return false;
    const GapRenderJob job = job_of(r);
    return gap_cmd_list_maps(&job, languages, error);
}

static bool print_theme(GapCall *call, GError **error) {
    const char *name = gap_call_argument_count(call) == 1 ? gap_call_argument(call, 0) : NULL;
    if (!name)
        return gap_fail(error, GAP_ERROR_USAGE, "--print-theme takes the name of one map");
    g_autoptr(GBytes) text = gap_style_bundled_text(name, error);
    if (text)
        fwrite(g_bytes_get_data(text, NULL), 1, g_bytes_get_size(text), gap_call_out(call));
    return text != NULL;
}

/** Files of many maps, else a file for each. */
static bool make_all(Render *r, GError **error) {
    const GapRenderJob job = job_of(r);
    const char *output = gap_call_text(r->call, "output");
    bool atlas = gap_call_given(r->call, "atlas"), sheet = gap_call_flag(r->call, "contact-sheet");
    if (!atlas && !sheet)
        return plan_files(r, error) && make_files(r, error);
    if (atlas && sheet)
        return gap_fail(error, GAP_ERROR_USAGE, "give --atlas or --contact-sheet, not both");
    if (!output)
        return gap_fail(error, GAP_ERROR_USAGE, "say where to with -o PATH");
    return (atlas ? gap_render_atlas : gap_render_sheet)(&job, output, error);
}

static int run_render(GapCall *call, GError **error) {
    if (gap_call_flag(call, "print-theme"))
        return print_theme(call, error) ? GAP_EXIT_DONE : -1;
    Render r = {.call = call};
    r.langs = gap_call_words(call, "lang");
    r.layouts = gap_call_words(call, "layout");
    r.scales = gap_call_words(call, "scale");
    r.names = g_ptr_array_new_with_free_func(g_free);
    r.maps = g_array_new(FALSE, FALSE, sizeof(GapRenderMap));
    g_array_set_clear_func(r.maps, clear_map);
    r.outputs = g_array_new(FALSE, FALSE, sizeof(Output));
    g_array_set_clear_func(r.outputs, clear_output);
    bool only_check = gap_call_flag(call, "check");
    int code = -1;
    if (gap_call_flag(call, "list"))
        code = list_maps(&r, error) ? GAP_EXIT_DONE : -1;
    else if (choose_maps(&r, error) && read_logos(&r, error) &&
             (r.store =
                  gap_call_store(call, only_check ? GAP_STORE_READ : GAP_STORE_WRITE, error)) &&
             leave_out_others(&r, error))
        code = only_check ? check(&r, error) : make_all(&r, error) ? GAP_EXIT_DONE : -1;
    gap_part_free(r.part);
    gap_render_data_free(r.data);
    g_array_unref(r.outputs);
    g_array_unref(r.maps);
    g_ptr_array_unref(r.names);
    g_strfreev(r.langs);
    g_strfreev(r.layouts);
    g_strfreev(r.scales);
    g_free(r.theme);
    gap_logos_free(r.logos);
    return code;
}

const GapCommand gap_cmd_render = {
    .name = "render",
    .arguments = "MAP...|all",
    .summary = "draw maps as slides or pages: PNG, PDF, SVG or GeoTIFF",
    .min_arguments = 0,
    .max_arguments = -1,
    .options = options,
    .run = run_render,
};
