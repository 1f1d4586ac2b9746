/** Export: layers to files that other tools read, each with a sidecar that says what it is. */
#ifndef GAP_LAYERS_EXPORT_H
#define GAP_LAYERS_EXPORT_H

#include "geo/store/store.h"

/** Writes layers to `path` by its ending: .geojson and .csv take one layer, .gpkg any number (those
 *  without rows are left out). Beside it FILE.meta.json: columns, units, parameters of the run,
 *  sources and licences. */
bool gap_export(GapStore *store, char **layers, const char *run, const char *path, GError **error);

/** The columns of a layer as a JSON Schema (draft 2020-12) of its features' properties: a contract,
 *  with a version that grows when a column changes. Returns: (transfer full), NULL with an error
 *  where there is no such layer. */
char *gap_describe_json(const char *layer, GError **error);

#endif
