/** Rows of CSV and TSV: RFC 4180, taken as generously as files are written. Internal to geo/files.
 *
 *  - Separated by comma, semicolon or tab: the one of which most lines have the same number; or as
 * a first line such as `sep=;` says, which spreadsheets write.
 *  - Lines end in LF, CR LF or CR. A cell in quotes may hold separators, line ends and quotes
 *    (doubled), and is kept to the last blank; blanks around others go, also before a quote.
 *  - Encoding as encoding.h finds it; UTF-16 is converted as a whole, up to 256 MiB. Zero bytes in
 *    others are an error.
 *  - At most 10 MiB a row, quotes and line ends included, and GAP_ROWS_MOST_COLUMNS cells.
 *
 *  Read from the mapped file: memory is that of the longest row. O(bytes), some 300 MB a second.
 */
#ifndef GAP_FILES_CSV_H
#define GAP_FILES_CSV_H

#include "geo/files/input.h"
#include "geo/files/rows.h"

/** Opens `input`, with notes on what was found. `*encoding` is the name of that of the cells, or
 *  NULL: it cannot be told. The string is static or belongs to the options. */
bool gap_csv_open(const GapInput *input, GapRows *rows, const char **encoding, GError **error);

#endif
