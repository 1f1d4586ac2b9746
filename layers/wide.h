/** Tables with a column a year, made into tables with a row a year. */
#ifndef GAP_LAYERS_WIDE_H
#define GAP_LAYERS_WIDE_H

#include "layers/layer.h"

typedef struct GapWide GapWide;

/** Looks at the headings of `table`, a first batch, for a layer of `kind` with a required `year`
 * and another required whole number, its figure: "2016", "2017 г.", "2017-ж.", "people_2012",
 *  "Преступления 2016". `columns` and `set` as in mapping.h. NULL without an error where the table
 *  is not wide, which it never is where a column, --columns or --set gives the year or the figure.
 *  Two columns of one year are an error that names both. Returns: (transfer full). */
GapWide *gap_wide_new(const GapLayerKind *kind, const GapTable *table, const char *file,
                      const char *columns, const char *set, GError **error);
void gap_wide_free(GapWide *wide); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapWide, gap_wide_free)

/** Hands over the next batch, with the columns of the first (transfer full), once the batch before
 * it is used up. */
void gap_wide_give(GapWide *wide, GapTable *batch);

/** The next rows of that batch, some 50,000 at most; NULL where it is used up, though an empty
 * batch gives one table without rows. One row a known figure: the other columns, then `year` and
 * the figure under the name of its field. Rows keep their order, years go as the columns do;
 * geometry goes along. Figures that are not known are left out and counted. O(cells). Returns:
 * (transfer full). */
GapTable *gap_wide_take(GapWide *wide);

/** Where row `i` of the newest table came from: row of the batch, and number of the year's column
 *  among those of years (from 1: a part, as a refusal has it). */
size_t gap_wide_row(const GapWide *wide, size_t i, int *part);

/** How many figures were left out so far, not being known. */
gint64 gap_wide_left_out(const GapWide *wide);
/** Notes which columns were taken as years, and how many figures were not known. */
void gap_wide_tell(const GapWide *wide, GapLoad *load);

#endif
