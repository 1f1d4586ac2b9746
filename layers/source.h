/** The record of where rows come from. */
#ifndef GAP_LAYERS_SOURCE_H
#define GAP_LAYERS_SOURCE_H

#include "layers/load.h"

typedef struct {
    char *id, *layer, *name, *path, *sha256, *made_from;
    const GapLoadOptions *options;
} GapSource;

/** Hashes the file; `made_from` covers it, the options, the version of gapmap and the boundaries
 *  that rows are judged by. Returns: (transfer full). */
GapSource *gap_source_new(GapStore *store, const char *layer, const char *path,
                          const GapLoadOptions *options, GError **error);
void gap_source_free(GapSource *source); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSource, gap_source_free)

/** The id of the source that `text` names: its id, or a name that only one bears; an error that
 * lists those loaded otherwise. Returns: (transfer full). */
char *gap_source_find(GapStore *store, const char *text, GError **error);

/** Whether exactly this is loaded already; fills counts and refusals of `report` from the record.
 */
bool gap_source_is_loaded(GapStore *store, const GapSource *source, GapLoadReport *report);

/** Takes the refused rows of an earlier load away; before the first gap_source_refuse(). */
bool gap_source_clear_refused(GapStore *store, const GapSource *source, GError **error);
/** Puts refused rows (GapRefusal) on record. */
bool gap_source_refuse(GapStore *store, const GapSource *source, const GPtrArray *refusals,
                       GError **error);

/** Writes or replaces the record. */
bool gap_source_write(GapStore *store, const GapSource *source, const GapLoadReport *report,
                      GError **error);

/** Ends the transaction of a load: commits where `ok` and every reference holds, else rolls back; a
 *  reference that broke is named with its table and row. Answers whether it was committed. */
bool gap_source_finish(GapStore *store, bool ok, GError **error);

GapLoadReport *gap_load_report_new(void);
/** A refused row; the texts are copied, but `reason` is taken over.
 *  Returns: (transfer full). */
GapRefusal *gap_refusal_new(gint64 row, int part, const char *field, const char *value,
                            char *reason);
void gap_refusal_free(gpointer refusal);

#endif
