/** Where a table begins: the lines that name its columns, found among titles, units and notes.
 *  Internal to geo/files.
 *
 *  - The header is the first line that fills at least half as many cells as the fullest one does,
 *    and more than one where any does. What stands above it are titles.
 *  - A line above or below belongs to it where the two complete each other: the lower has names
 *    (text or years) where the upper has none, under a merged cell or where the upper fills a
 *    column that the lower leaves empty; and the upper is no title. Names are then joined from top
 *    to bottom: "Преступления" over "2016" is "Преступления 2016".
 *  - A line of the columns' numbers (1 2 3, also А Б 1 2) below it is passed over, unless the table
 *    has whole numbers there throughout.
 *  - A column without a name over data is called by its number: "column 5".
 */
#ifndef GAP_FILES_HEADER_H
#define GAP_FILES_HEADER_H

#include <glib.h>
#include <stdbool.h>

/** A line of the sheet's beginning; what it needs of its cells is copied. */
typedef struct {
    GStrv cells; /**< UTF-8 */
    guint n;     /**< cells written in it */
    gint64 line;
    guint *spans; /**< columns that each covers; NULL: not known */
} GapHeaderLine;

void gap_header_line_clear(gpointer line); /**< a GapHeaderLine */

typedef struct {
    gint64 first, last; /**< lines of the header */
    gint64 end;         /**< the last line before the data */
    GPtrArray *names;   /**< by column, "" where there is no column; spaces made single */
    guint unnamed;      /**< how many columns are called by their number */
} GapHeader;

void gap_header_clear(GapHeader *header);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapHeader, gap_header_clear)

/** Finds the header among `lines`, of GapHeaderLine, at least one. `asked` is the last line of it,
 *  0: found. `ragged`: lines have as many cells as were written, and those behind the header's last
 *  are no columns. False where `asked` is not among the lines. O(cells). */
bool gap_header_find(const GArray *lines, gint64 asked, bool ragged, GapHeader *header);

#endif
