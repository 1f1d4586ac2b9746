/** An atlas: a page for each province or district with its map, the small map that shows where it
 *  lies and a table of its municipalities; before them an overview with an index. One PDF.
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
    const char *lang, *title;     /**< NULL: the themes' own */
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

/** What is drawn beneath the map of a page. */
typedef struct {
    GapBox room;
    double map_bottom; /**< above it, as planned */
    unsigned page, n_pages;
    GHashTable *nearest;          /**< of a table */
    const GapAtlasEntry *entries; /**< of an index */
    size_t n_entries;
} GapAtlasPage;

/** The height that a table of so many rows, or an index of so many entries, takes. */
double gap_atlas_table_height(size_t rows);
double gap_atlas_index_height(size_t entries);
/** How many rows of a table fit into a height. */
size_t gap_atlas_rows_in(double height);
/** How many entries of an index do. */
size_t gap_atlas_entries_in(double height);

/** Functions for GapMapPage.finish, told a GapAtlasPage: the municipalities of the part with most
 *  people beyond reach first, what has no room in one line; and the index with links. */
bool gap_atlas_draw_table(GapMap *map, const void *page, GError **error);
bool gap_atlas_draw_index(GapMap *map, const void *page, GError **error);

#endif
