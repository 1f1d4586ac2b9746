#include "geo/files/osm.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/gdal.h"

// Which tags become columns. The driver reads it from a file, here one in memory.
static const char CONFIGURATION[] =
    "closed_ways_are_polygons=landuse,natural,leisure,building,amenity,boundary\n"
    "[points]\nosm_id=yes\nother_tags=no\n"
    "attributes=name,name:en,name:ru,name:ky,place,ele,population,barrier\n"
    "[lines]\nosm_id=yes\nother_tags=no\n"
    "attributes=name,name:en,name:ru,name:ky,highway,bridge,surface,seasonal,waterway\n"
    "[multipolygons]\nosm_id=yes\nother_tags=no\n"
    "attributes=name,name:en,name:ru,name:ky,type,natural,landuse\n"
    "computed_attributes=class\nclass_type=String\n"
    "class_sql=\"SELECT COALESCE([natural], [landuse])\"\n"
    "[multilinestrings]\nosm_id=yes\nother_tags=no\nattributes=name,type\n"
    "[other_relations]\nosm_id=yes\nother_tags=no\nattributes=name,type\n";

static const struct {
    const char *name, *of, *filter;
} LAYERS[] = {
    {"roads", "lines", "highway IS NOT NULL"},
    {"rivers", "lines", "waterway IN ('river', 'canal')"},
    {"lakes", "multipolygons", "\"natural\" = 'water'"},
    {"landcover", "multipolygons", "\"natural\" IS NOT NULL OR landuse IS NOT NULL"},
    {"points", "points", NULL},
    {"lines", "lines", NULL},
    {"multipolygons", "multipolygons", NULL},
};

static GDALDatasetH open_configured(const char *path) {
    static const char *const drivers[] = {"OSM", NULL};
    g_autofree char *name = gap_gdal_memory_name(".ini");
    g_autofree char *option = g_strconcat("CONFIG_FILE=", name, NULL);
    const char *const options[] = {option, "INTERLEAVED_READING=NO", "MAX_TMPFILE_SIZE=100", NULL};
    VSIFCloseL(VSIFileFromMemBuffer(name, (GByte *)CONFIGURATION, sizeof CONFIGURATION - 1, FALSE));
    GDALDatasetH file = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                   drivers, options, NULL);
    VSIUnlink(name);
    return file;
}

static bool pick(const GapInput *input, GDALDatasetH file, OGRLayerH *layer, GError **error) {
    const char *wanted = input->options->layer;
    for (size_t i = 0; wanted && i < G_N_ELEMENTS(LAYERS); i++) {
        if (!g_str_equal(wanted, LAYERS[i].name))
            continue;
        g_autofree char *interest = g_strconcat("SET interest_layers = ", LAYERS[i].of, NULL);
        GDALDatasetExecuteSQL(file, interest, NULL, NULL);
        *layer = GDALDatasetGetLayerByName(file, LAYERS[i].of);
        return *layer && OGR_L_SetAttributeFilter(*layer, LAYERS[i].filter) == OGRERR_NONE;
    }
    g_autofree char *shown = wanted ? gap_printable(wanted, 60) : NULL;
    return gap_fail(error, GAP_ERROR_USAGE,
                    "%s: is OpenStreetMap and %s%s%s: say by --sheet which to read of roads, "
                    "rivers, lakes, landcover, points, lines, multipolygons",
                    input->shown, shown ? "has no layer '" : "holds many things",
                    shown ? shown : "", shown ? "'" : "");
}

GDALDatasetH gap_osm_open(const GapInput *input, OGRLayerH *layer, GError **error) {
    GDALDatasetH file = open_configured(input->path);
    if (file && !pick(input, file, layer, error))
        g_clear_pointer(&file, GDALClose);
    return file;
}
