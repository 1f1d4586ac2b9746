/** Which of several shapes each stretch of an outline or line runs along: the border that a country
 *  shares with each of its neighbours, the part of an outline that a line drawn by hand means.
 */
#ifndef GAP_SHAPE_FACING_H
#define GAP_SHAPE_FACING_H

#include "geo/shape/geometry.h"

/** Cuts the edges of `shape`, a line or polygon in degrees, between the `n` lines and polygons of
 *  `others` (NULL: none): each piece, half a kilometre or less, goes to the one whose edges are
 *  nearest to its middle, the lower number on a tie, or to none where all are farther than
 *  `limit_m` (so a stretch may reach that far round the end of what it faces). Pieces of one that
 * follow each other are one line, in the direction of `shape` and without points that it does not
 * have but where a line ends. Shared edges need not be the same to the bit. Distances are those of
 * a plane true at the middle latitude of `shape`: for shapes of some ten degrees. O((v + pieces)
 * log v). Returns: (transfer full): n + 1 GapGeometry of lines, the last of what faces none; NULL
 * where there is nothing. */
GPtrArray *gap_facing(const GapGeometry *shape, const GapGeometry *const *others, size_t n,
                      double limit_m);

/** Length of a line's parts on the ellipsoid, metres; 0 for NULL. O(points). */
double gap_facing_length_m(const GapGeometry *line);

#endif
