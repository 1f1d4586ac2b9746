#include "styles/render_files.h"

#include "geo/base/error.h"
#include "geo/files/image.h"
#include "styles/canvas.h"

#include <string.h>

bool gap_render_check_scale(const char *output, char *const *scales, GError **error) {
    GapPictureFormat format = gap_canvas_format(output);
    bool vector = format == GAP_FORMAT_PDF || format == GAP_FORMAT_SVG;
    return !vector || (scales[0] && !scales[1] && g_str_equal(scales[0], "1")) ||
           gap_fail(error, GAP_ERROR_USAGE,
                    "%s: --scale is for .png and .tif; a page of lines and letters is sharp at any "
                    "size, leave it out",
                    output);
}

char *gap_render_pattern(const char *output, GapRenderMany many, GError **error) {
    const struct {
        const char *mark;
        bool many;
    } parts[] = {{"{map}", many.maps}, {"{lang}", many.langs}, {"{layout}", many.layouts}};
    g_autoptr(GString) name = g_string_new("{map}"), missing = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].many && i)
            g_string_append_printf(name, "-%s", parts[i].mark);
        if (parts[i].many && !strstr(output, parts[i].mark))
            g_string_append_printf(missing, "%s%s", missing->len ? " and " : "", parts[i].mark);
    }
    g_string_append(name, ".png");
    if (gap_canvas_format(output) == GAP_FORMAT_NONE)
        return g_build_filename(output, name->str, NULL);
    if (!missing->len)
        return g_strdup(output);
    gap_fail(error, GAP_ERROR_USAGE,
             "several pages do not fit into one file: give a folder, or a name with %s",
             missing->str);
    return NULL;
}

char *gap_render_file_name(const char *pattern, const char *map, const GapMapPage *page,
                           double scale, unsigned frame) {
    g_autoptr(GString) path = g_string_new(pattern);
    g_autofree char *number = g_strdup_printf("%u", frame);
    if (frame && !g_string_replace(path, "{frame}", number, 0))
        g_string_insert(path, strrchr(path->str, '.') - path->str, "-{frame}");
    g_string_replace(path, "{frame}", number, 0);
    g_string_replace(path, "{map}", map, 0);
    g_string_replace(path, "{lang}", page->lang, 0);
    g_string_replace(path, "{layout}", page->layout->name, 0);
    if (scale != 1)
        g_string_insert(path, strrchr(path->str, '.') - path->str, "@2x");
    return g_strdup(path->str);
}

/** A digest of the pictures of a style; one that cannot be read is told when it is drawn.
 *  Returns: (transfer full). */
static char *pictures_digest(const GapStyle *style) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; style && i < style->sources->len; i++) {
        const GapStyleSource *source = style->sources->pdata[i];
        g_autoptr(GBytes) bytes = source->picture ? gap_image_bytes(source->picture, NULL) : NULL;
        g_autofree char *sum =
            bytes ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes) : NULL;
        g_string_append(all, sum ? sum : "");
    }
    return g_string_free(g_steal_pointer(&all), FALSE);
}

char *gap_render_made_from(const GapCall *call, const char *state, const char *path,
                           const GapStyle *style) {
    g_autofree char *fingerprint = gap_call_fingerprint(call);
    g_autofree char *words = gap_map_words_digest();
    char *document = style ? json_dumps(style->document, JSON_COMPACT) : NULL;
    // A day stands in PDFs only: other pictures are the same on every day.
    const char *epoch = g_str_has_suffix(path, ".pdf") ? g_getenv("SOURCE_DATE_EPOCH") : NULL;
    g_autofree char *pictures = pictures_digest(style);
    g_autofree char *text =
        g_strjoin("\n", GAP_VERSION, state, fingerprint, path, words, document ? document : "",
                  epoch ? epoch : "", *pictures ? pictures : NULL, NULL);
    free(document);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}
