/** The police points that count on a day. */
#ifndef GAP_LAYERS_COVERAGE_POINTS_H
#define GAP_LAYERS_COVERAGE_POINTS_H

#include "geo/shape/area_index.h"
#include "geo/shape/nearest.h"
#include "geo/store/store.h"

/** The kinds of police points, NULL-terminated. */
extern const char *const GAP_POINT_KINDS[];

/** SQL: whether a row of police_point is open on a day. Closed points count until the day before
 * they closed, planned ones never. */
#define GAP_POINT_OPEN(day)                                                                        \
    " status <> 'planned' AND (opened IS NULL OR opened <= " day ")"                               \
    " AND CASE WHEN closed_on IS NULL THEN status = 'open' ELSE closed_on > " day " END"

typedef struct {
    GapTable *fixed;             /**< code, precision, lon, lat of all but mobile groups */
    GapTable *mobile;            /**< code, precision and the patrol area as geometry */
    GapNearest *nearest;         /**< of the fixed ones, same numbers */
    GapNearest *nearest_exact;   /**< of those that are not assumed */
    GArray *exact_row;           /**< their row (size_t) in `fixed` */
    GapAreaIndex *patrols;       /**< of the mobile ones, same numbers */
    GapAreaIndex *patrols_exact; /**< the same, with nothing where one is assumed */
    gint64 counted, assumed, left_out;
} GapPoints;

/** Reads them. Returns: (transfer full). */
GapPoints *gap_points_new(GapStore *store, const char *as_of, char **kinds, GError **error);
/** Those that count in a run of the store. Returns: (transfer full). */
GapPoints *gap_points_of_run(GapStore *store, const char *run, GError **error);
void gap_points_free(GapPoints *points); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapPoints, gap_points_free)

bool gap_points_is_assumed(const GapTable *table, size_t row);

/** Discs of `within_m` around the fixed points and the patrol areas, as one multipolygon within
 *  `country` (NULL: not clipped); NULL without an error where no point counts.
 *  Returns: (transfer full). */
GBytes *gap_points_reach(const GapPoints *points, double within_m, GBytes *country, GError **error);

#endif
