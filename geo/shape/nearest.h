/** The nearest of a set of points, by geodesic distance on the WGS 84 ellipsoid.
 *
 *  A look-up compares chords on the sphere, then measures exactly the few whose chord is within
 *  1.2 % of the shortest: ellipsoid and sphere differ by at most 0.56 % (Karney 2013), so the true
 *  nearest is among them. O(n) a look-up with three multiplications a point.
 */
#ifndef GAP_SHAPE_NEAREST_H
#define GAP_SHAPE_NEAREST_H

#include <glib.h>
#include <stdbool.h>

typedef struct GapNearest GapNearest;

/** Copies n pairs of longitude and latitude. Returns: (transfer full). */
GapNearest *gap_nearest_new(const double *lonlat, size_t n);
void gap_nearest_free(GapNearest *nearest); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapNearest, gap_nearest_free)

/** The number of the nearest point (the lowest on a tie) and its distance in metres; -1 where the
 *  set is empty. */
gssize gap_nearest_find(const GapNearest *nearest, double lon, double lat, double *distance_m);

/** Whether point `i` lies within `limit_m`, the limit included. */
bool gap_nearest_within(const GapNearest *nearest, size_t i, double lon, double lat,
                        double limit_m);

#endif
