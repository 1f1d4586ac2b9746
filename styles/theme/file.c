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
