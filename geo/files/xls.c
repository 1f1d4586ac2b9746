#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/book.h"
#include "geo/files/gdal.h"

static GapCells *read_layer(OGRLayerH layer) {
    GapCells *cells = gap_cells_new();
    const int n = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer));
    OGRFeatureH feature;
    for (guint row = 0; (feature = OGR_L_GetNextFeature(layer)); row++) {
        for (int i = 0; i < n; i++)
            if (OGR_F_IsFieldSetAndNotNull(feature, i))
                gap_cells_add(cells, row, (guint)i, OGR_F_GetFieldAsString(feature, i));
        OGR_F_Destroy(feature);
    }
    gap_cells_finish(cells);
    return cells;
}

static void read_layers(GDALDatasetH file, GapBook *book) {
    for (int i = 0; i < GDALDatasetGetLayerCount(file); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(file, i);
        if (gap_book_wants(book, OGR_L_GetName(layer)))
            gap_book_offer(book, OGR_L_GetName(layer), read_layer(layer));
        else
            gap_book_name(book, OGR_L_GetName(layer));
    }
}

// The names of streams stand in the file as UTF-16; those of other programs tell what it is.
static const char *other_content(const char *path) {
    static const struct {
        const char *stream, *what;
    } known[] = {
        {"EncryptedPackage", "has a password: save it without one"},
        {"WordDocument",
         "is a document of Word before 2007: save it as DOCX, or its table as XLSX"},
        {"PowerPoint Document",
         "is a presentation: copy its table into a sheet, save that as XLSX"},
    };
    g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, NULL);
    for (size_t i = 0; map && i < G_N_ELEMENTS(known); i++) {
        gsize n;
        g_autofree char *name = g_convert(known[i].stream, -1, "UTF-16LE", "UTF-8", NULL, &n, NULL);
        if (memmem(g_mapped_file_get_contents(map), g_mapped_file_get_length(map), name, n))
            return known[i].what;
    }
    return NULL;
}

bool gap_xls_read(GapBook *book, GError **error) {
    static const char *const drivers[] = {"XLS", NULL};
    const GapInput *input = book->input;
    const char *other = other_content(input->path);
    if (other)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: %s", input->shown, other);
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    CPLSetThreadLocalConfigOption("OGR_XLS_HEADERS", "DISABLE");
    CPLSetThreadLocalConfigOption("OGR_XLS_FIELD_TYPES", "STRING");
    GDALDatasetH file = GDALOpenEx(input->path, GDAL_OF_VECTOR, drivers, NULL, NULL);
    if (file)
        read_layers(file, book);
    if (file)
        GDALClose(file);
    CPLSetThreadLocalConfigOption("OGR_XLS_HEADERS", NULL);
    CPLSetThreadLocalConfigOption("OGR_XLS_FIELD_TYPES", NULL);
    return (file && !ear.failed) ||
           gap_gdal_fail(&ear, input->shown, "cannot be read as XLS",
                         "it is cut off, damaged, has a password or is older than Excel 97; open "
                         "it in a spreadsheet program and save it as XLSX",
                         error);
}
