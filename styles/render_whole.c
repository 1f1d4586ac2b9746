#include "styles/render_whole.h"

#include "geo/base/error.h"
#include "layers/layers.h"
#include "layers/outputs.h"
#include "styles/atlas/atlas.h"
#include "styles/atlas/sheet.h"
#include "styles/canvas.h"
#include "styles/part/find.h"
#include "styles/render_files.h"

#include <string.h>

GapStyle *gap_render_job_style(const GapRenderJob *job, const char *name, GError **error) {
    return job->theme ? gap_style_parse(job->theme, strlen(job->theme), job->theme_file, error)
                      : gap_style_bundled(name, error);
}

static GapStyle *style_by_name(const void *job, const char *name, GError **error) {
    return gap_render_job_style(job, name, error);
}

static GapStyle *style_by_number(const void *user, size_t number, GError **error) {
    const GapRenderJob *job = user;
    return gap_render_job_style(job, job->names->pdata[number], error);
}

char *gap_render_job_state(const GapRenderJob *job, GError **error) {
    g_autofree char *state = gap_layer_state(job->store, error);
    return state && job->logos ? g_strconcat(state, job->logos->digest, NULL)
                               : g_steal_pointer(&state);
}

/** A digest of what the file is made from: the digests with each of the styles. */
static char *made_from(const GapRenderJob *job, const char *path, GError **error) {
    g_autofree char *state = gap_render_job_state(job, error);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; state && i < job->names->len; i++) {
        g_autoptr(GapStyle) style = style_by_number(job, i, error);
        if (!style)
            return NULL;
        g_autofree char *one = gap_render_made_from(job->call, state, path, style);
        g_string_append(all, one);
    }
    return state ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, all->str, -1) : NULL;
}

GapRenderData *gap_render_job_data(const GapRenderJob *job, GError **error) {
    GapRenderData *data =
        gap_render_data_new(job->store, gap_call_text(job->call, "run"),
                            g_str_equal(gap_call_text(job->call, "names"), "customary"), error);
    if (data)
        gap_render_data_choose_runs(data, gap_call_text(job->call, "runs"));
    return data;
}

/** The tables of all styles. Returns: (transfer full). */
static GapRenderData *read_data(const GapRenderJob *job, GError **error) {
    g_autoptr(GapRenderData) data = gap_render_job_data(job, error);
    for (guint i = 0; data && i < job->names->len; i++) {
        g_autoptr(GapStyle) style = style_by_number(job, i, error);
        if (!style || !gap_render_data_need_style(data, style, error))
            return NULL;
    }
    return g_steal_pointer(&data);
}

typedef bool (*Write)(const GapRenderJob *job, GapRenderData *data, const char *path,
                      const char *lang, GError **error);

/** Makes a file unless it is as it was; data are read when the first one needs them. */
static bool make_file(const GapRenderJob *job, Write write, GapRenderData **data, const char *path,
                      const char *lang, GError **error) {
    g_autofree char *from = made_from(job, path, error);
    if (!from || !gap_output_spares_store(job->store, path, error) ||
        !gap_logos_spared(job->logos, path, error))
        return false;
    gap_call_made(job->call, path);
    if (gap_output_fresh(job->store, path, from))
        return true;
    if (!*data && !(*data = read_data(job, error)))
        return false;
    if (!write(job, *data, path, lang, error) || !gap_output_record(job->store, path, from, error))
        return false;
    gap_call_say(job->call, "%s", path);
    return true;
}

/* ---- atlas ---- */

/** The layout of the pages: a4 where none is asked for. */
static const GapLayout *atlas_layout(const GapRenderJob *job) {
    return gap_layout_by_name(gap_call_given(job->call, "layout") ? job->layouts[0] : "a4");
}

static bool write_atlas(const GapRenderJob *job, GapRenderData *data, const char *path,
                        const char *lang, GError **error) {
    static const char *const more[] = {"demand", "police_points"};
    for (size_t i = 0; GAP_PART_LAYERS[i]; i++)
        if (!gap_render_data_need(data, GAP_PART_LAYERS[i], error))
            return false;
    for (size_t i = 0; i < G_N_ELEMENTS(more); i++)
        if (!gap_render_data_need(data, more[i], error))
            return false;
    const GapAtlas atlas = {.whole = gap_render_data_map(data),
                            .level = gap_call_text(job->call, "atlas"),
                            .style = style_by_number,
                            .user = job,
                            .n_styles = job->names->len,
                            .lang = lang,
                            .title = gap_call_text(job->call, "title"),
                            .layout = atlas_layout(job),
                            .logos = job->logos};
    return gap_atlas_write(&atlas, path, gap_call_progress(job->call), error);
}

static bool check_atlas(const GapRenderJob *job, const char *output, GError **error) {
    const char *part = gap_part_option_given(job->call);
    if (part)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "an atlas draws all parts, page by page: give --atlas or --%s, not both",
                        part);
    if (gap_canvas_format(output) != GAP_FORMAT_PDF)
        return gap_fail(error, GAP_ERROR_USAGE, "%s: an atlas is one .pdf", output);
    if (job->langs[0] && job->langs[1] && !strstr(output, "{lang}"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "an atlas is in one language: give a name with {lang} for several");
    return !job->layouts[1] ||
           gap_fail(error, GAP_ERROR_USAGE, "an atlas has one layout, not several");
}

bool gap_render_atlas(const GapRenderJob *job, const char *output, GError **error) {
    g_autoptr(GapRenderData) data = NULL;
    bool good =
        check_atlas(job, output, error) && gap_render_check_scale(output, job->scales, error);
    for (size_t i = 0; good && job->langs[i]; i++) {
        const GapMapPage page = {.lang = job->langs[i], .layout = atlas_layout(job)};
        g_autofree char *path = gap_render_file_name(output, "atlas", &page, 1, 0);
        good = make_file(job, write_atlas, &data, path, job->langs[i], error);
    }
    if (good && !data)
        gap_call_unchanged(job->call);
    return good;
}

/* ---- contact sheet ---- */

static bool write_sheet(const GapRenderJob *job, GapRenderData *data, const char *path,
                        const char *lang, GError **error) {
    g_autoptr(GArray) maps = g_array_new(FALSE, FALSE, sizeof(GapSheetMap));
    g_autoptr(GapPart) part = NULL;
    unsigned each = 0;
    (void)lang;
    for (guint i = 0; i < job->names->len; i++)
        for (size_t k = 0; job->langs[k]; k++)
            for (size_t l = 0; job->layouts[l]; l++) {
                GapSheetMap map = {job->names->pdata[i],
                                   {.lang = job->langs[k],
                                    .title = gap_call_text(job->call, "title"),
                                    .layout = gap_layout_by_name(job->layouts[l]),
                                    .graticule = gap_call_flag(job->call, "graticule"),
                                    .logos = job->logos}};
                g_array_append_val(maps, map);
                each += i == 0;
            }
    if (!gap_part_asked(job->call, job->store, data, &part, error))
        return false;
    const GapContactSheet sheet = {.data = part ? &part->data : gap_render_data_map(data),
                                   .maps = (const GapSheetMap *)(void *)maps->data,
                                   .n = maps->len,
                                   .across = each > 1 ? each : 0,
                                   .style = style_by_name,
                                   .user = job,
                                   .scale = *job->scales[0] - '0'};
    return gap_contact_sheet_write(&sheet, path, gap_call_progress(job->call), error);
}

bool gap_render_sheet(const GapRenderJob *job, const char *output, GError **error) {
    GapPictureFormat format = gap_canvas_format(output);
    if (format != GAP_FORMAT_PNG && format != GAP_FORMAT_PDF)
        return gap_fail(error, GAP_ERROR_USAGE, "%s: a contact sheet is one .png or .pdf", output);
    if (job->scales[1])
        return gap_fail(error, GAP_ERROR_USAGE, "a contact sheet has one scale, not several");
    if (!gap_render_check_scale(output, job->scales, error))
        return false;
    g_autoptr(GapRenderData) data = NULL;
    bool good = make_file(job, write_sheet, &data, output, NULL, error);
    if (good && !data)
        gap_call_unchanged(job->call);
    return good;
}
