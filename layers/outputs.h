/** Files made from the store: what has not changed is not made again. */
#ifndef GAP_LAYERS_OUTPUTS_H
#define GAP_LAYERS_OUTPUTS_H

#include "geo/store/store.h"

/** An error where `path` is the store itself, by name or by what is there, or a file beside it that
 *  SQLite keeps. */
bool gap_output_spares_store(GapStore *store, const char *path, GError **error);

/** Whether `path` is as it was when it was recorded (size and time of change, to the nanosecond)
 *  and was made from the same. */
bool gap_output_fresh(GapStore *store, const char *path, const char *made_from);

/** Records a file that was just written. */
bool gap_output_record(GapStore *store, const char *path, const char *made_from, GError **error);

#endif
