/** Numbers of spreadsheets as text: plain ones as they are shown, dates as ISO 8601. Internal to
 *  geo/files. */
#ifndef GAP_FILES_EXCEL_DATE_H
#define GAP_FILES_EXCEL_DATE_H

#include <glib.h>
#include <stdbool.h>

typedef enum { GAP_EXCEL_NUMBER, GAP_EXCEL_DATE, GAP_EXCEL_TIME } GapExcelDate;

/** What a cell of that format shows: the built-in formats of ECMA-376 part 1, 18.8.30, or an own
 *  `code` (NULL: none), which shows a date where it has y or d, a time where it has h or s, outside
 *  of quotes and brackets. */
GapExcelDate gap_excel_date_kind(int format, const char *code);

/** `text` is the number as the file has it. Numbers come with 15 digits, as spreadsheets show them,
 *  and without exponent below 1e15; dates, days since 1899-12-30 (before March 1900 since
 *  1899-12-31: 1900 counts as a leap year there) or since 1904-01-01, as 2017-12-31, with a time as
 *  2017-12-31T12:30:00, times alone as 12:30:00. Returns: (transfer full). */
char *gap_excel_number(const char *text, GapExcelDate kind, bool since_1904);

#endif
