/** Short tables for people: runs side by side, provinces, and what was claimed of crime. */
#ifndef GAP_LAYERS_SUMMARY_H
#define GAP_LAYERS_SUMMARY_H

#include "geo/store/store.h"

/** A row a run. Returns: (transfer full). */
GapTable *gap_summary_runs(GapStore *store, GError **error);
/** What was chosen, changed and left out for a run by travel time, as sentences; and its people by
 *  time. No rows for another run. Returns: (transfer full). */
GapTable *gap_summary_notes(GapStore *store, const char *run, GError **error);
GapTable *gap_summary_bands(GapStore *store, const char *run, GError **error);
/** A row a province and one for the country, of one run. Returns: (transfer full). */
GapTable *gap_summary_provinces(GapStore *store, const char *run, GError **error);
/** A row a next step: how many municipalities stand there, and what is beyond reach in them.
 *  Returns: (transfer full). */
GapTable *gap_summary_ladder(GapStore *store, const char *run, GError **error);
/** A row a claim and year: what the figures say, and whether they bear it out.
 *  Returns: (transfer full). */
GapTable *gap_summary_claims(GapStore *store, GError **error);
/** The figures of crime that stand beside those that count. Returns: (transfer full). */
GapTable *gap_summary_statements(GapStore *store, GError **error);
/** Takes a run and its results out; an error that lists the runs where there is none such. */
bool gap_run_drop(GapStore *store, const char *run, GError **error);

#endif
