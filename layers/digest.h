/** Digests: what "nothing changed" means. */
#ifndef GAP_LAYERS_DIGEST_H
#define GAP_LAYERS_DIGEST_H

#include "geo/store/store.h"

/** SHA-256 over the rows of a query (cells apart by tab, rows by newline) and, before them, the
 *  version of gapmap and `parameters`. Returns: (transfer full). */
char *gap_digest(GapStore *store, const GapStatement *query, const char *parameters,
                 GError **error);

/** Of all sources loaded. Returns: (transfer full). */
char *gap_digest_sources(GapStore *store, const char *parameters, GError **error);

#endif
