/** Kinds of site that a place may be built as: a station, a shared roof, a mobile group.
 *
 *  A file of any format of geo/files/reader.h, a row a kind, with these columns:
 *
 *    kind      its name; each once
 *    cost      money to build it (also cost_usd, price); empty: not known
 *    running   money a year (also running_cost); empty: not known
 *    officers  posts (also posts); empty: not known
 *    reach_m   metres within which it serves (also patrol_radius_m), in place of the limit that is
 *              asked for, as a mobile group serves its patrol area; empty: that limit
 *
 *  A name that is empty or stands twice, and a figure that is negative or none, is an error that
 *  names file, row, field and value. */
#ifndef GAP_LAYERS_SITES_KINDS_H
#define GAP_LAYERS_SITES_KINDS_H

#include <glib.h>

typedef struct {
    char *name;
    double cost, running, officers, reach_m; /**< NaN: not said */
} GapSiteKind;

/** In the order of the file, at least one. Returns: (transfer full), of GapSiteKind. */
GArray *gap_site_kinds_read(const char *file, GError **error);

#endif
