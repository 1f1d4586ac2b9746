/** Days as offices write them: 2017-12-31, 31.12.2017, 31/12/2017, "31 декабря 2017 г.". */
#ifndef GAP_TEXT_DATE_H
#define GAP_TEXT_DATE_H

#include <glib.h>
#include <stdbool.h>

/** What stands first in 03/04/2017. OPEN: not known; such a day is refused where both would do. */
typedef enum { GAP_DAY_OPEN, GAP_DAY_FIRST, GAP_MONTH_FIRST } GapDayOrder;

/** Counts [GAP_DAY_FIRST] and [GAP_MONTH_FIRST] of cells with strokes that can be read one way. */
typedef struct {
    size_t seen[3];
} GapDateEvidence;

void gap_date_evidence_add(GapDateEvidence *evidence, const char *text);
/** The order that all such cells have, else OPEN. */
GapDayOrder gap_date_evidence_weigh(const GapDateEvidence *evidence);

/** Reads a day of the calendar: ISO, also with a time behind it, which is dropped; day.month.year,
 *  strokes by `order`, month names in English, Russian and Kyrgyz. False with `reason` (transfer
 *  full) for years of two digits, a year alone, the day count of a spreadsheet, and all else. */
bool gap_date_read(const char *text, GapDayOrder order, GDate *date, char **reason);

#endif
