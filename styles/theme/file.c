// A theme of the user's own, as a file.
#include "geo/base/error.h"
#include "styles/style.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

char *gap_style_read(const char *path, GError **error) {
    g_autofree char *shown = gap_printable(path, 200), *text = NULL;
    GStatBuf about;
    gsize length;
    const char *why = g_stat(path, &about) != 0 ? g_strerror(errno)
                      : !S_ISREG(about.st_mode) ? "it is no regular file"
                      : about.st_size > GAP_STYLE_BYTES_MAX
                          ? "it is larger than 1 MiB, which no style is"
                          : NULL;
    if (why)
        gap_fail(error, GAP_ERROR_INPUT, "%s: %s", shown, why);
    if (why || !g_file_get_contents(path, &text, &length, error))
        return NULL;
    if (strlen(text) == length)
        return g_steal_pointer(&text);
    gap_fail(error, GAP_ERROR_INPUT, "%s: a zero byte does not belong in a style", shown);
    return NULL;
}

char **gap_style_logos(const GapStyle *style) {
    const json_t *logos = json_object_get(style->page, "logos");
    g_autofree char *folder = g_path_get_dirname(style->file);
    GStrvBuilder *paths = g_strv_builder_new();
    for (size_t i = 0; i < json_array_size(logos); i++) {
        const char *path = json_string_value(json_array_get(logos, i));
        g_autofree char *seen =
            g_path_is_absolute(path) ? g_strdup(path) : g_build_filename(folder, path, NULL);
        g_strv_builder_add(paths, seen);
    }
    char **all = g_strv_builder_end(paths);
    g_strv_builder_unref(paths);
    if (!*all)
        g_clear_pointer(&all, g_strfreev);
    return all;
}
