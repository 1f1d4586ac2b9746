#include <gdal.h>

#include "geo/files/features.h"
#include "geo/files/vector.h"

bool gap_vector_write_fgb(const GapTable *table, const char *path, GError **error) {
    static const char *const options[] = {"SPATIAL_INDEX=YES", NULL};
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autofree char *name = gap_gdal_memory_name(".fgb");
    g_autoptr(GError) why = NULL;
    GDALDatasetH file =
        GDALCreate(GDALGetDriverByName("FlatGeobuf"), name, 0, 0, 0, GDT_Unknown, NULL);
    const bool made = file && gap_features_write(file, table, options, &why);
    const bool ok = gap_features_save(file, made, name, path, &ear, &why);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return ok;
}
