/** Demand with the same candidates within reach merged into one row, and what is left of such rows
 *  when candidates are taken or dropped.
 *
 *  Merging loses nothing where capacities do not bind: covered together or not at all. In a plane
 *  the number of different rows grows with the square of the candidates, not with the demand
 *  (Cordeau, Furini and Ljubic 2019 solve 20 million points of demand so).
 */
#ifndef GAP_LOCATE_AGGREGATE_H
#define GAP_LOCATE_AGGREGATE_H

#include "geo/locate/locate.h"

#define GAP_NO_ROW G_MAXUINT32

/** What becomes of a candidate: 0 and above is its column. */
enum { GAP_COLUMN_OUT = -1, GAP_COLUMN_IN = -2 };

typedef struct {
    gsize n_rows, n_columns, n_pairs;
    double *weight;       /**< of each row */
    guint8 *need;         /**< of each row: open columns that it still needs, 1 or 2 */
    gsize *row_first;     /**< n_rows + 1 */
    guint32 *row_columns; /**< ascending in each row */
    gsize *column_first;  /**< n_columns + 1 */
    guint32 *column_rows; /**< ascending in each column */
    guint32 *site;        /**< of each column: the candidate's number, ascending */
    double covered;       /**< weight that needs nothing more */
    double lost;          /**< weight that too few columns reach */
} GapCover;

/** Merges the demand of weight above 0. `column` says of each candidate what becomes of it, `site`
 *  the candidate of each of `n` columns. `row_of`, if not NULL, is set to the row of each demand or
 *  GAP_NO_ROW. O(pairs) expected; memory for the different rows. Returns: (transfer full). */
GapCover *gap_cover_new(const GapLocateProblem *problem, const GapLocateOptions *options,
                        const gint32 *column, const guint32 *site, gsize n, guint32 *row_of,
                        GError **error);

/** What is left when columns of `parent` are taken or dropped. `numbers`, if not NULL, a figure for
 *  each row of the parent, are added up into `sums` (room for all rows). Returns: (transfer full).
 */
GapCover *gap_cover_reduce(const GapCover *parent, const gint32 *column, gsize n,
                           const double *numbers, double *sums, GError **error);

/** Columns from rows, after rows were changed: the arrays of columns have room. */
void gap_cover_fill_columns(GapCover *cover);

/** Takes out rows that are covered whenever another is, as if all must be covered: those with all
 *  columns of one that needs no fewer. That one gains their `u`. `row_of`, if not NULL, `n` numbers
 *  of rows, follows; GAP_NO_ROW for those taken out. */
void gap_cover_thin(GapCover *cover, double *u, guint32 *row_of, gsize n);

void gap_cover_free(GapCover *cover); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapCover, gap_cover_free)

#endif
