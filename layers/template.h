/** The table that a layer expects, to be filled in: its fields, an example row, and what each field
 *  means in three languages. */
#ifndef GAP_LAYERS_TEMPLATE_H
#define GAP_LAYERS_TEMPLATE_H

#include "layers/layer.h"

/** The fields of `kind` as columns of text, `lon` and `lat` or `geom` (WKT) behind them, and one
 *  row that can be loaded once its areas are. Returns: (transfer full). */
GapTable *gap_template_example(const GapLayerKind *kind);
/** One row a column of the example: field, required, values, en, ru, ky. Returns: (transfer full).
 */
GapTable *gap_template_definitions(const GapLayerKind *kind);

/** Writes both: as two sheets of `path` where that ends in .xlsx; where it ends in .csv the example
 *  there and the definitions into a file beside it, whose name is answered in `beside` (transfer
 *  full; NULL with .xlsx). Other endings are an error. */
bool gap_template_write(const GapLayerKind *kind, const char *path, char **beside, GError **error);

#endif
