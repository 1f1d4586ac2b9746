/** Rows at the end of a table, and in it, that are no data of their own. Internal to geo/files. */
#ifndef GAP_FILES_TOTALS_H
#define GAP_FILES_TOTALS_H

#include <glib.h>
#include <stdbool.h>

/** Whether the first cell of a row that holds anything says that the row sums up others: "Итого",
 *  "ВСЕГО:", "Всего по области", "Барды", "Жалпы саны", "Grand total", "Чуй Итог". A name that
 *  merely begins so ("Всесвятское") is none. */
bool gap_is_total(const char *text);
/** Whether the one cell of a row, its first, is a footnote: "* ...", "1) ...", "Примечание: ...",
 *  "Источник: ...", "Булагы: ...", "Source: ...". */
bool gap_is_footnote(const char *text);

#endif
