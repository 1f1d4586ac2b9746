/** Which headings mean which field, in English, Russian and Kyrgyz: words/columns.ini, as code
 *  sees it.
 *
 *  Headings are compared without case, punctuation and what stands in brackets. One that counts in
 *  thousands, percent or per head ("Население, тыс. чел.") means no field: its figures would be
 *  taken for single people.
 */
#ifndef GAP_LAYERS_COLUMNS_H
#define GAP_LAYERS_COLUMNS_H

#include "layers/layer.h"

/** A heading as it is compared. Returns: (transfer full). */
char *gap_heading_key(const char *heading);
/** The word by which a heading says that it counts otherwise than by one, "тыс", or NULL. Belongs
 *  to the program. */
const char *gap_heading_scale(const char *heading);

/** The column of `table` that is `field` (of `kind`, or "lon", "lat", "coordinates": both in one
 * cell), by its heading; among headings of several ranks one of the first rank that there is.
 * `used` marks columns that others have. Returns the column, -1 where there is none; -2 with
 * `several`, columns of one rank by comma (transfer full), where it is not to be told. O(columns x
 * headings). */
int gap_columns_guess(const GapLayerKind *kind, const char *field, const GapTable *table,
                      const bool *used, char **several);
/** Whether this heading, alone, is one of that field. */
bool gap_columns_means(const GapLayerKind *kind, const char *field, const char *heading);

/** The year, 1900 to 2200, of a heading such as "2017 г.", "people_2012" or "Преступления, 2016": 0
 *  where there is none or several. `rest` is what else it says, plainly written, without words that
 *  only go with a year (transfer full). */
int gap_heading_year(const char *heading, char **rest);

/** The code that areas of the store may have for `code`, one of a state classifier or padded short
 *  of it ([classifier] of columns.ini): 41702215855000 and 41702215855000.0 are KG02215855000, so
 *  is 41702205 KG02205000000. Others come back in capitals, as they are. Returns: (transfer full).
 */
char *gap_code_canonical(const char *code);
/** Whether a spreadsheet has made a number of a code and rounded it: "4.17E+13". */
bool gap_code_is_rounded(const char *code);
#define GAP_CODE_ROUNDED                                                                           \
    "a spreadsheet has rounded this code; format the column as text and fill it in anew"

#endif
