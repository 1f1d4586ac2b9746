#include "geo/files/wkt.h"

#include <gdal.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/ogr_geometry.h"

static bool begins_with_any(const char *text, const char *const *words, bool whole) {
    for (; *words; words++)
        if (whole ? !g_ascii_strcasecmp(text, *words)
                  : !g_ascii_strncasecmp(text, *words, strlen(*words)))
            return true;
    return false;
}

bool gap_wkt_is_name(const char *name) {
    static const char *const names[] = {"geom", "the_geom", "geometry", "wkt", NULL};
    return begins_with_any(name, names, true);
}

bool gap_wkt_is_text(const char *text) {
    static const char *const words[] = {"POINT",     "LINESTRING", "POLYGON",   "MULTI",
                                        "GEOMETRYC", "CURVE",      "CIRCULARS", "COMPOUND",
                                        "TIN",       "POLYHEDRAL", NULL};
    return begins_with_any(text, words, false);
}

static OGRGeometryH parse(const char *text) {
    OGRGeometryH made = NULL;
    char *rest = (char *)text;
    if (OGR_G_CreateFromWkt(&rest, NULL, &made) == OGRERR_NONE)
        return made;
    OGR_G_DestroyGeometry(made);
    return NULL;
}

bool gap_wkt_find_crs(const GapInput *input, const GPtrArray *texts, GapCrs *crs, GError **error) {
    GDALDatasetH file =
        GDALCreate(GDALGetDriverByName("Memory"), "wkt", 0, 0, 0, GDT_Unknown, NULL);
    if (!file)
        return gap_fail(error, GAP_ERROR_FAILED, "GDAL lacks its driver for memory");
    OGRLayerH layer = GDALDatasetCreateLayer(file, "wkt", NULL, wkbUnknown, NULL);
    bool made = layer != NULL;
    for (guint i = 0; made && i < texts->len; i++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetGeometryDirectly(feature, parse(g_ptr_array_index(texts, i)));
        made = OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
        OGR_F_Destroy(feature);
    }
    const bool found = made && gap_crs_find(input, layer, crs, error);
    GDALClose(file);
    return found;
}

bool gap_wkt_read(const char *text, const GapCrs *crs, GBytes **wkb, char **fault) {
    OGRGeometryH made = parse(text);
    if (made)
        *wkb = gap_ogr_geometry(made, crs, fault);
    return made != NULL;
}
