#include "geo/shape/version.h"

#include <geos_c.h>
#include <glib.h>
#include <proj.h>

const char *gap_shape_version(void) {
    static gsize text;
    if (g_once_init_enter(&text)) {
        // GEOSversion() also names its C interface: "3.11.1-CAPI-1.17.1".
        g_auto(GStrv) geos = g_strsplit(GEOSversion(), "-", 2);
        g_once_init_leave(&text,
                          (gsize)g_strdup_printf("PROJ %s, GEOS %s", proj_info().version, geos[0]));
    }
    return (const char *)text;
}
