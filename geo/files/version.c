#include "geo/files/version.h"

#include <gdal.h>
#include <glib.h>

const char *gap_files_version(void) {
    static gsize text;
    if (g_once_init_enter(&text))
        g_once_init_leave(&text,
                          (gsize)g_strconcat("GDAL ", GDALVersionInfo("RELEASE_NAME"), NULL));
    return (const char *)text;
}
