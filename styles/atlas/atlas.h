/** An atlas: a page for each province or district with its map, the small map that shows where it
 *  lies and a table of its municipalities, which goes on on pages of its own where it is long;
 *  before them an overview with an index. One PDF.
 */
#ifndef GAP_STYLES_ATLAS_ATLAS_H
#define GAP_STYLES_ATLAS_ATLAS_H

#include "geo/base/progress.h"
#include "styles/part/part.h"

typedef struct {
    const GapMapData *whole; /**< with provinces, districts, municipalities, demand and points */
    const char *level;       /**< "province" or "district" */
    GapStyle *(*style)(const void *user, size_t number, GError **error); /**< from any thread */
    const void *user;
    size_t n_styles;              /**< a page of each area with each */
    const char *lang;             /**< or two, "ky+ru" */
    const char *title;            /**< NULL: the themes' own */
    const GapLayout *layout;      /**< one with its panel beside the map */
    const struct GapLogos *logos; /**< of every page, or NULL */
} GapAtlas;

/** Writes the atlas, whole or not at all. An error where there are no areas of that level, or the
 *  layout has no room for tables. The bytes do not depend on the number of threads; some four pages
 *  are in memory at a time, beside the file. */
bool gap_atlas_write(const GapAtlas *atlas, const char *path, const GapProgress *progress,
                     GError **error);

/* ---- for the rooms of the atlas ---- */

/** Whose police point is near: by code of the municipality. */
typedef struct {
    const char *point; /**< code of the point that is the nearest for most of its people */
    double m, min;     /**< from its people to their nearest points, on average; NaN: not known */
} GapNearest;

/** Of every municipality whose people the demand tells. Returns: (transfer full). */
GHashTable *gap_atlas_nearest(const GapMapData *whole);

/** An entry of the index. */
typedef struct {
    GapPartArea area;
    unsigned page;
} GapAtlasEntry;

/** What is drawn beneath the map of a page, or on one that goes on with a table. */
typedef struct {
    GapBox room;
    double map_bottom; /**< above it, as planned */
    unsigned page, n_pages;
    GHashTable *nearest;          /**< of a table */
    size_t from, to;              /**< the rows of it that stand here, by rank */
    unsigned next;                /**< the page that goes on with it; 0: it ends here */
    const GapAtlasEntry *entries; /**< of an index */
    size_t n_entries;
} GapAtlasPage;

/** The height that a table of so many rows takes, in a head of one language or `two`. */
double gap_atlas_table_height(size_t rows, bool two);
/** How many rows of a table fit into a height; one that goes on elsewhere has one less. */
size_t gap_atlas_rows_in(double height, bool two);
/** The same of an index. */
double gap_atlas_index_height(size_t entries);
size_t gap_atlas_entries_in(double height);

/** Functions for GapMapPage.finish, told a GapAtlasPage: the municipalities of the part with most
 *  people beyond reach first, and where the rest of them stand; and the index with links. */
bool gap_atlas_draw_table(GapMap *map, const void *page, GError **error);
bool gap_atlas_draw_index(GapMap *map, const void *page, GError **error);

#endif
