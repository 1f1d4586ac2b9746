#include "geo/shape/geos.h"

#include "geo/base/error.h"

static void keep_message(const char *text, void *data) {
    char **message = data;
    g_free(*message);
    *message = g_strdup(text);
}

void gap_geos_init(GapGeos *geos) {
    geos->message = NULL;
    geos->handle = GEOS_init_r();
    GEOSContext_setErrorMessageHandler_r(geos->handle, keep_message, &geos->message);
    geos->reader = GEOSWKBReader_create_r(geos->handle);
    geos->writer = GEOSWKBWriter_create_r(geos->handle);
    GEOSWKBWriter_setOutputDimension_r(geos->handle, geos->writer, 2);
    GEOSWKBWriter_setByteOrder_r(geos->handle, geos->writer, GEOS_WKB_NDR);
}

void gap_geos_clear(GapGeos *geos) {
    GEOSWKBReader_destroy_r(geos->handle, geos->reader);
    GEOSWKBWriter_destroy_r(geos->handle, geos->writer);
    GEOS_finish_r(geos->handle);
    g_clear_pointer(&geos->message, g_free);
}

bool gap_geos_fail(GapGeos *geos, const char *what, GError **error) {
    g_autofree char *why = gap_printable(geos->message ? geos->message : "reason unknown", 200);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s failed (%s): check the geometry with 'gapmap check' and repair it", what,
                    why);
}

GEOSGeometry *gap_geos_read(GapGeos *geos, GBytes *wkb, GError **error) {
    if (gap_wkb_is_empty(wkb))
        return GEOSGeom_createEmptyPolygon_r(geos->handle);
    g_autoptr(GapGeometry) checked = gap_geometry_from_wkb(wkb, error);
    if (!checked)
        return NULL;
    gsize length;
    const unsigned char *data = g_bytes_get_data(wkb, &length);
    GEOSGeometry *geometry = GEOSWKBReader_read_r(geos->handle, geos->reader, data, length);
    if (!geometry)
        gap_geos_fail(geos, "reading a geometry", error);
    return geometry;
}

GBytes *gap_geos_write(GapGeos *geos, const GEOSGeometry *geometry, GError **error) {
    size_t length;
    unsigned char *data = GEOSWKBWriter_write_r(geos->handle, geos->writer, geometry, &length);
    if (!data) {
        gap_geos_fail(geos, "writing a geometry", error);
        return NULL;
    }
    GBytes *wkb = g_bytes_new(data, length);
    GEOSFree_r(geos->handle, data);
    return wkb;
}
