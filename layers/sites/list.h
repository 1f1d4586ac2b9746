/** Anybody's own list of sites: which candidates its rows mean. */
#ifndef GAP_LAYERS_SITES_LIST_H
#define GAP_LAYERS_SITES_LIST_H

#include "layers/finder.h"
#include "layers/sites/problem.h"

/** A candidate that is listed. */
typedef struct {
    guint32 site;
    gint64 row; /**< of the file, from 1 */
} GapListedSite;

/** Reads a list of any format of geo/files/reader.h with a column `code` (or id, candidate), `name`
 *  (or site, place, settlement), or both, of which the code goes first; where wanted `district` and
 *  `province` of a name. Either may be the id of a candidate, else it is the code or the name of a
 *  place, found however it is spelt (`finder`; NULL: only ids are known). Empty, unknown and
 * ambiguous names, a place that is no candidate, a candidate that stands twice and a list without
 * rows are errors that name file, row, field and value. Returns: (transfer full), of GapListedSite
 * in the order of the file. */
GArray *gap_sites_list_read(const char *file, const GapSitesProblem *sites, GapFinder *finder,
                            GPtrArray *notes, GError **error);

#endif
