/** Tables on a terminal, or as JSON for machines. */
#ifndef GAP_CLI_LISTING_H
#define GAP_CLI_LISTING_H

#include "geo/cli/command.h"

/** Prints a table: columns aligned under their titles (numbers to the right, at most 64 characters
 *  a cell, shares as percent, nulls as "–"); with --json an array of objects, whole and exact. A
 *  column without a value in any row is left out of the text. Does nothing with --quiet. */
void gap_call_list(GapCall *call, const GapTable *table);

/** A table as a JSON array of objects, nulls kept. Returns: (transfer full). */
char *gap_table_to_json(const GapTable *table);

#endif
