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

/** One row a known figure of a batch with the same columns: the other columns, then `year` and the
 *  figure under the name of its field, both text. Rows keep their order, years go as the columns
 *  do; geometry goes along. Figures that are not known are left out and counted; a row without any
 *  is left out as a whole. Returns: (transfer full). */
GapTable *gap_wide_long(GapWide *wide, const GapTable *batch);

/** Where row `i` of the newest gap_wide_long() came from: row of the batch, number of the year's
 *  column among those of years (from 1: a part, as a refusal has it) and its heading, which belongs
 *  to `wide`. */
size_t gap_wide_row(const GapWide *wide, size_t i, int *part, const char **heading);

/** How many figures were left out so far, not being known. */
gint64 gap_wide_left_out(const GapWide *wide);
/** Notes which columns were taken as years, and how many figures were not known. */
void gap_wide_tell(const GapWide *wide, GapLoad *load);

#endif
