/** The areas of a store in memory: found by code or by a point. */
#ifndef GAP_LAYERS_AREAS_H
#define GAP_LAYERS_AREAS_H

#include "geo/shape/overlay.h"
#include "geo/store/store.h"

/** SQL: whether row `a` of area is valid on a day, its first and last day included; every one is
 *  where the day is null. */
#define GAP_AREA_VALID(a, day)                                                                     \
    " coalesce(" a ".valid_from <= " day ", 1) AND coalesce(" a ".valid_to >= " day ", 1)"

typedef struct GapAreas GapAreas;

/** Reads codes and names; outlines are read when first asked for. Returns: (transfer full). */
GapAreas *gap_areas_new(GapStore *store, GError **error);
/** The same of areas valid on `day` only (YYYY-MM-DD; NULL: all). */
GapAreas *gap_areas_new_on(GapStore *store, const char *day, GError **error);
/** The day since which the areas have been those that they are on `day` (NULL: the last that there
 *  is), "" where none ever changed before. So areas of two days are the same where this is.
 *  Returns: (transfer full). */
char *gap_areas_since(GapStore *store, const char *day, GError **error);
void gap_areas_free(GapAreas *areas); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapAreas, gap_areas_free)

size_t gap_areas_count(const GapAreas *areas);

/** The code of the area that has this code, this official code, or another form of either (in a
 *  state classifier, see gap_code_canonical()); NULL where there is none. It belongs to `areas`.
 *  O(length). */
const char *gap_areas_code(const GapAreas *areas, const char *text);

/** As gap_areas_code(), else the code of a former unit: one that is no area of the store, but that
 *  its changes of areas name. */
const char *gap_areas_unit_code(const GapAreas *areas, const char *text);

/** The lowest code among the areas of `level` that cover the point; NULL where none does or on an
 *  error. Belongs to `areas`. */
const char *gap_areas_locate(GapAreas *areas, const char *level, double lon, double lat,
                             GError **error);

/** As gap_areas_locate() among municipalities, else districts, else provinces. */
const char *gap_areas_finest(GapAreas *areas, double lon, double lat, GError **error);
/** The same of `n` points (longitude and latitude in turn) into `codes`, on all processors. */
bool gap_areas_finest_many(GapAreas *areas, const double *lonlat, size_t n, const char **codes,
                           GError **error);

/** The outline of one area as WKB, or NULL where it has none. (transfer none). */
GBytes *gap_areas_outline(GapAreas *areas, const char *code, GError **error);

/** The codes of a level, ascending; the strings belong to `areas`. Returns: (transfer container).
 */
GPtrArray *gap_areas_of_level(const GapAreas *areas, const char *level);
const char *gap_areas_level(const GapAreas *areas, const char *code);
const char *gap_areas_parent(const GapAreas *areas, const char *code);
/** The province of an area (itself where it is one), or NULL. */
const char *gap_areas_province(const GapAreas *areas, const char *code);
/** The one area of level country, or NULL. */
const char *gap_areas_country(const GapAreas *areas);
/** A name to show: English, else the first known, else the code. */
const char *gap_areas_name(const GapAreas *areas, const char *code);

#endif
