#include <cpl_conv.h>
#include <gdal.h>

#include "geo/base/error.h"
#include "geo/files/aliases.h"
#include "geo/files/features.h"
#include "geo/files/vector.h"

// The moment that a GeoPackage states for each layer: never the clock's.
static char *moment(const char *stamp) {
    const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
    if (!epoch || !*epoch)
        return g_strdup_printf("%sT00:00:00.000Z", stamp);
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(g_ascii_strtoll(epoch, NULL, 10));
    return time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%S.000Z")
                : g_strdup("1970-01-01T00:00:00.000Z");
}

static bool add_layer(GDALDatasetH file, const GapTable *table, const char *description,
                      GError **error) {
    g_autofree char *named = g_strconcat("DESCRIPTION=", description ? description : "", NULL);
    const char *const options[] = {"SPATIAL_INDEX=YES", "FID=fid", "GEOMETRY_NAME=geom", named,
                                   NULL};
    return gap_features_write(file, table, options, error);
}

static bool add_layers(GDALDatasetH file, GapTable *const *tables, const char *const *descriptions,
                       size_t n, GError **error) {
    bool ok = GDALDatasetStartTransaction(file, FALSE) == OGRERR_NONE;
    for (size_t i = 0; ok && i < n; i++)
        ok = add_layer(file, tables[i], descriptions ? descriptions[i] : NULL, error);
    if (ok)
        gap_aliases_write(file, tables, n);
    return ok && GDALDatasetCommitTransaction(file) == OGRERR_NONE;
}

bool gap_vector_write_gpkg(GapTable *const *tables, const char *const *descriptions, size_t n,
                           const char *stamp, const char *path, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autofree char *name = gap_gdal_memory_name(".gpkg");
    g_autofree char *now = moment(stamp);
    g_autoptr(GError) why = NULL;
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", now);
    GDALDatasetH file = GDALCreate(GDALGetDriverByName("GPKG"), name, 0, 0, 0, GDT_Unknown, NULL);
    const bool made = file && add_layers(file, tables, descriptions, n, &why);
    const bool ok = gap_features_save(file, made, name, path, &ear, &why);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return ok;
}
