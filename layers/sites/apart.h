/** How far demand and sites are apart, as the run measured it: metres of geodesics, or minutes over
 *  the ground of a run by travel time (layers/coverage/field.h), in its direction. */
#ifndef GAP_LAYERS_SITES_APART_H
#define GAP_LAYERS_SITES_APART_H

#include "geo/base/progress.h"
#include "geo/store/store.h"

/** Places, in degrees. A point turns out in so many minutes; NULL: at once. */
typedef struct {
    const double *lonlat; /**< 2 * n */
    const double *turnout_min;
    gsize n;
} GapApartPlaces;

typedef struct GapApart GapApart;

/** By travel time all pairs within `limit` (NaN: as far as the run knows) are searched for at once,
 *  a search a site; distances are measured when asked for. An error where the ground of the run
 *  cannot be made again. Returns: (transfer full). */
GapApart *gap_apart_new(GapStore *store, const char *run, const GapApartPlaces *sites,
                        const GapApartPlaces *demand, double limit, const GapProgress *progress,
                        GError **error);
/** The same of tables that have longitude and latitude side by side, as far as the run knows; sites
 *  turn out in so many minutes (NULL: at once). */
GapApart *gap_apart_of(GapStore *store, const char *run, const GapTable *sites, gsize site_lon,
                       const double *turnout_min, const GapTable *demand, gsize demand_lon,
                       GError **error);
void gap_apart_free(GapApart *apart); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapApart, gap_apart_free)

bool gap_apart_is_travel(const GapApart *apart);
/** Metres or minutes of a pair; INFINITY where it takes longer than the limit. O(1), by travel time
 *  O(log sites of the demand). */
double gap_apart(const GapApart *apart, gsize site, gsize demand);
/** By travel time the sites within the limit of a demand, ascending, with their minutes. Returns
 *  their number. (transfer none). */
gsize gap_apart_near(const GapApart *apart, gsize demand, const guint32 **sites,
                     const float **minutes);

/** Longitudes (of column `lon`) and latitudes (of the next) of a table, in turn. Returns: (transfer
 *  full). */
double *gap_lonlat_of(const GapTable *table, gsize lon);

/** Whether a run is by travel time. */
bool gap_run_is_travel(GapStore *store, const char *run);

#endif
