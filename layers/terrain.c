#include "geo/base/error.h"
#include "geo/files/raster.h"
#include "layers/layers.h"
#include "layers/source.h"

#include <gio/gio.h>
#include <string.h>

// A country at 100 m is some 100 million cells; beyond that the raster belongs in a file, coarser.
#define MOST_CELLS (G_GUINT64_CONSTANT(120) * 1000 * 1000)

static const GapStatement WRITE = {
    "terrain.write", "INSERT OR REPLACE INTO terrain (source, cols, rows, west, north, dx, dy,"
                     " cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
static const GapStatement READ = {
    "terrain.read", "SELECT cols, rows, west, north, dx, dy, cells AS geom FROM terrain"
                    " ORDER BY source LIMIT 1"};

static GBytes *convert(GConverter *converter, const void *data, gsize size, GError **error) {
    g_autoptr(GInputStream) raw = g_memory_input_stream_new_from_data(data, (gssize)size, NULL);
    g_autoptr(GInputStream) in = g_converter_input_stream_new(raw, converter);
    g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable();
    const GOutputStreamSpliceFlags flags = G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET;
    if (g_output_stream_splice(out, in, flags, NULL, error) < 0)
        return NULL;
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(out));
}

static bool write_terrain(GapStore *store, const GapSource *source, const GapGrid *grid,
                          const GapLoadReport *report, GError **error) {
    g_autoptr(GZlibCompressor) deflate = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1);
    g_autoptr(GBytes) cells =
        convert(G_CONVERTER(deflate), grid->cells, grid->cols * grid->rows * sizeof(float), error);
    if (!cells || !gap_store_begin(store, error))
        return false;
    const bool ok =
        gap_store_run(store, &WRITE, error, "siiddddb", source->id, (gint64)grid->cols,
                      (gint64)grid->rows, grid->west, grid->north, grid->dx, grid->dy, cells) &&
        gap_source_write(store, source, report, error);
    return gap_source_finish(store, ok, error);
}

GapLoadReport *gap_load_terrain(GapStore *store, const char *path, const GapLoadOptions *options,
                                GError **error) {
    g_autoptr(GapSource) source = gap_source_new(store, "terrain", path, options, error);
    if (!source)
        return NULL;
    g_autoptr(GapLoadReport) report = gap_load_report_new();
    report->unchanged = gap_source_is_loaded(store, source, report);
    if (report->unchanged)
        return g_steal_pointer(&report);
    g_autoptr(GapGrid) grid = gap_raster_read(path, error);
    if (!grid)
        return NULL;
    if (grid->cols * grid->rows > MOST_CELLS) {
        gap_fail(error, GAP_ERROR_INPUT,
                 "%s: %zu x %zu cells, more than the %d million a store takes: make it coarser",
                 path, grid->cols, grid->rows, (int)(MOST_CELLS / 1000000));
        return NULL;
    }
    report->read = report->kept = 1;
    return options->dry_run || write_terrain(store, source, grid, report, error)
               ? g_steal_pointer(&report)
               : NULL;
}

static GapGrid *grid_from_row(const GapTable *row, GError **error) {
    const gint64 cols = gap_table_int(row, 0, 0), rows = gap_table_int(row, 0, 1);
    if (cols > (gint64)MOST_CELLS || rows > (gint64)MOST_CELLS / cols) {
        gap_fail(error, GAP_ERROR_INPUT, "the terrain in the store is too large: load it again");
        return NULL;
    }
    gsize size;
    const void *data = g_bytes_get_data(gap_table_geometry(row, 0), &size);
    g_autoptr(GZlibDecompressor) inflate = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
    g_autoptr(GBytes) cells = convert(G_CONVERTER(inflate), data, size, error);
    g_autoptr(GapGrid) grid = cells ? gap_grid_new((size_t)cols, (size_t)rows, error) : NULL;
    if (!grid)
        return NULL;
    const void *plain = g_bytes_get_data(cells, &size);
    if (size != grid->cols * grid->rows * sizeof(float)) {
        gap_fail(error, GAP_ERROR_INPUT, "the terrain in the store is damaged: load it again");
        return NULL;
    }
    memcpy(grid->cells, plain, size);
    grid->west = gap_table_real(row, 0, 2);
    grid->north = gap_table_real(row, 0, 3);
    grid->dx = gap_table_real(row, 0, 4);
    grid->dy = gap_table_real(row, 0, 5);
    return g_steal_pointer(&grid);
}

GapGrid *gap_layer_terrain(GapStore *store, GError **error) {
    g_autoptr(GapTable) row = gap_store_select(store, &READ, error, "");
    if (!row || gap_table_rows(row) == 0 || !gap_table_geometry(row, 0))
        return NULL;
    return grid_from_row(row, error);
}
