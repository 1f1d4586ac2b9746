/** Who may be a site in the store: settlements, cells of people beyond reach, and points of a file,
 *  each by the kinds that it may be built as. */
#ifndef GAP_LAYERS_SITES_CANDIDATES_H
#define GAP_LAYERS_SITES_CANDIDATES_H

#include "geo/store/store.h"

/** Columns; the geometry is the point. What is not known is null. */
enum {
    GAP_CANDIDATE_CODE, /**< of the place; options of one place share it */
    GAP_CANDIDATE_NAME,
    GAP_CANDIDATE_AREA,
    GAP_CANDIDATE_AREA_NAME,
    GAP_CANDIDATE_PROVINCE,
    GAP_CANDIDATE_LADDER,
    GAP_CANDIDATE_LON,
    GAP_CANDIDATE_LAT,
    GAP_CANDIDATE_KIND,
    GAP_CANDIDATE_COST,
    GAP_CANDIDATE_RUNNING, /**< a year */
    GAP_CANDIDATE_OFFICERS,
    GAP_CANDIDATE_REACH, /**< metres in place of the limit */
    GAP_CANDIDATE_ID     /**< CODE, or CODE:KIND where the place has several options */
};

typedef struct {
    const char *given;   /**< file of points; NULL: none */
    const char *columns; /**< of it: "field=column; ..." where it names them otherwise; or NULL */
    const char *set;     /**< "field=value; ...": the same for every row; or NULL */
    bool places;         /**< settlements and cells too; always without a file */
    gint64 cells;        /**< of most modelled people beyond reach of each area, */
    double near_road_m;  /**< with a road as near as that; 0: anywhere */
    const char *kinds;   /**< file of kinds; NULL: none */
    const char *const *move; /**< codes of points that may close, which go first; NULL: none */
    /** Of those of which neither row nor kind says it; NaN: not known. */
    double cost, running, officers;
} GapCandidateOptions;

/** Reads them for a run, those of the store by code, then those of the file in its order; the
 *  options of a place stand together, in the order of the kinds, but for those that the file gives
 *  rows of their own.
 *
 *  Columns of the file are found as those of gapmap load, and its points likewise (geometry, lon
 *  and lat, or both in one column): code (each once, or once a kind), and where wanted name, kind
 *  (then only this one; else all of the kinds), cost, running (a year), officers. A row that cannot
 *  be used is added to `refusals` (of GapRefusal, layers/load.h): no point, outside the country or
 *  in no area of it, a code that stands already, a negative figure, a kind that is not known. None
 *  left is an error. Area, province and ladder are of where the point lies.
 *  O(rows log rows). Returns: (transfer full). */
GapTable *gap_candidates_read(GapStore *store, const char *run, const char *as_of,
                              const GapCandidateOptions *options, GPtrArray *notes,
                              GPtrArray *refusals, GError **error);

/* ---- between the files of the candidates ---- */

/** Adds the points of the file to a table of the columns above up to OFFICERS, ID left null. */
bool gap_candidates_give(GapStore *store, const char *run, const char *as_of,
                         const GapCandidateOptions *options, const GArray *kinds,
                         GapTable *candidates, GPtrArray *notes, GPtrArray *refusals,
                         GError **error);

#endif
