/** Coordinates as people write them: degrees, with minutes and seconds, one or two to a cell. */
#ifndef GAP_TEXT_COORDINATES_H
#define GAP_TEXT_COORDINATES_H

#include "geo/shape/geometry.h"

/** Which way a degree counts, as its letter says ("N", "E", "с.ш.", "в.д.", "т.к.", "ч.у."). */
typedef enum { GAP_AXIS_OPEN, GAP_AXIS_LAT, GAP_AXIS_LON } GapAxis;

/** Reads one angle: "42.87", "42,87", "4.287E1", "-71,5", "42°52'30\"", "42 52.5", "N42°52.5'",
 *  "42°52′ с.ш.". Only the last of degrees, minutes and seconds has a fraction, west and south come
 *  out negative. False with `reason` (transfer full) for all else, minutes of 60 and more, and
 *  degrees beyond 180 (latitude: 90). O(length), at most 100 bytes. */
bool gap_angle_read(const char *text, double *degrees, GapAxis *axis, char **reason);

/** Reads two of them from one cell: "42.87, 74.59", "42.87 74.59", "42,87; 74,59", "42,87 74,59",
 *  "42°52'30\"N 74°35'24\"E". Which is the latitude is told by letters, else by what lies in `box`
 *  (degrees; NULL: not known), else by what is beyond 90; else the first one is. "42,87,74,59" and
 *  "42,74" can be read in more than one way and are refused. */
bool gap_coordinates_read(const char *text, const GapBox *box, double *lon, double *lat,
                          char **reason);

#endif
