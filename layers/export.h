/** Export: layers to files that other tools read, each with a sidecar that says what it is. */
#ifndef GAP_LAYERS_EXPORT_H
#define GAP_LAYERS_EXPORT_H

#include "geo/store/store.h"

/** Writes layers to `path` by its ending. One layer: .geojson, .fgb, .csv. Any number, those
 * without rows left out: .gpkg, .xlsx (a sheet each and one that tells what columns mean; points as
 * `lon` and `lat`), .kml. Into .fgb and .kml go layers with places only. Beside it FILE.meta.json:
 *  columns, units, parameters of the run, sources and licences. */
bool gap_export(GapStore *store, char **layers, const char *run, const char *path, GError **error);

/** The layers, by comma, whose shapes cannot go into a file of that name, or NULL where all can.
 *  Returns: (transfer full). */
char *gap_export_left_out(char **layers, const char *path);

/** The columns of a layer as a JSON Schema (draft 2020-12) of its features' properties: a contract,
 *  with a version that grows when a column changes. Returns: (transfer full), NULL with an error
 *  where there is no such layer. */
char *gap_describe_json(const char *layer, GError **error);

#endif
