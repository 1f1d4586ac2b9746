/** Geometry as flat arrays of coordinates, and its way from and to WKB.
 *
 *  Parts hold rings, rings hold points: ring r of part p has
 *  part[p] <= r < part[p + 1], and point i of ring r has ring[r] <= i < ring[r + 1].
 *  A point part has one ring of one point, a line part one ring. The first ring of a polygon part
 *  is its shell, the others its holes; rings are closed (first point repeated).
 */
#ifndef GAP_SHAPE_GEOMETRY_H
#define GAP_SHAPE_GEOMETRY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum { GAP_SHAPE_POINT = 1, GAP_SHAPE_LINE = 2, GAP_SHAPE_POLYGON = 3 } GapShapeKind;

typedef struct {
    GapShapeKind kind;
    uint32_t n_parts, n_rings, n_points;
    uint32_t *part; /**< n_parts + 1 ring numbers */
    uint32_t *ring; /**< n_rings + 1 point numbers */
    double *xy;     /**< 2 * n_points */
} GapGeometry;

/** West, south, east, north. Empty where min > max. */
typedef struct {
    double min_x, min_y, max_x, max_y;
} GapBox;

#define GAP_BOX_EMPTY ((GapBox){G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE})

/** Reads (multi)point, (multi)line and (multi)polygon, 2D or with Z and M, which are dropped.
 *  Other types, truncated blobs, coordinates that are not finite, lines of one point, rings that
 * are open or have fewer than four points and empty geometries are errors. ISO and EWKB types,
 * either byte order. Time and memory: O(bytes). Returns: (transfer full). */
GapGeometry *gap_geometry_from_wkb(GBytes *wkb, GError **error);
/** Little-endian WKB; a Multi type where there is not exactly one part. Returns: (transfer full).
 */
GBytes *gap_geometry_to_wkb(const GapGeometry *geometry);
/** The same, a Multi type whatever the number of parts. Returns: (transfer full). */
GBytes *gap_geometry_to_multi_wkb(const GapGeometry *geometry);
/** Part p alone, as single WKB. Returns: (transfer full). */
GBytes *gap_geometry_part_to_wkb(const GapGeometry *geometry, uint32_t p);
GapGeometry *gap_geometry_copy(const GapGeometry *geometry);
void gap_geometry_free(GapGeometry *geometry); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapGeometry, gap_geometry_free)

GapBox gap_geometry_box(const GapGeometry *geometry);
/** Turns rings the way of RFC 7946 and KML: shells counter-clockwise, holes clockwise. In place. */
void gap_geometry_orient(GapGeometry *geometry);
/** The widest step in x from one point of a line or ring to the next; in degrees more than 180 is
 *  one across the antimeridian. */
double gap_geometry_widest_step(const GapGeometry *geometry);
void gap_box_add(GapBox *box, GapBox other);
bool gap_box_overlaps(GapBox a, GapBox b);

/** A point as WKB. Returns: (transfer full). */
GBytes *gap_wkb_point(double x, double y);
/** Reads the only point of a point geometry; false where it is another type, damaged or not finite.
 *  Without an allocation where it is no Multi type. */
bool gap_wkb_read_point(GBytes *wkb, double *x, double *y);
/** Whether this is well-formed WKB of a line, a polygon or a Multi type with nothing in it, which
 *  is what an overlay answers where nothing is left. */
bool gap_wkb_is_empty(GBytes *wkb);
/** The kind that the first bytes name, and whether it is a Multi type (NULL allowed); false where
 *  they name none of ours. */
bool gap_wkb_kind(GBytes *wkb, GapShapeKind *kind, bool *multi);

#endif
