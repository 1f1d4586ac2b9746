/** What changed between two states of a layer: of a source before and after it is loaded again, of
 *  two sources, or of two stores.
 *
 *  Rows are told apart by the key of their layer, where it has none by their number in the file.
 *  A row is `gone`, `added`, `moved` (its geometry lies elsewhere) or `changed` (a field is
 * another; a row may be both). Points move by the length of the geodesic, metres, outlines by the
 * area that lies in one of the two but not in both, km2; less than 1 mm or 1 m2 is no move. A field
 * that is a number is a figure; it is reported where it changed by more than a share of what it
 * was, and always where it was 0 or not known. The rows lie in temporary tables, so memory is that
 * of the differences reported. Cost: O(n log n) for n rows, and of overlaying the outlines that
 * differ.
 */
#ifndef GAP_LAYERS_DIFF_H
#define GAP_LAYERS_DIFF_H

#include "geo/store/store.h"

typedef struct {
    double changed_by; /**< share (0..) that a figure must change by more than; 0: any change */
    gint64 most;       /**< rows that are listed of each kind of difference; -1: all */
} GapDiffOptions;

typedef struct {
    gint64 added, gone, moved; /**< rows */
    gint64 fields;             /**< fields changed that are no figures */
    gint64 figures;            /**< changed by more than the share */
    gint64 figures_less;       /**< changed, but not by more than the share */
    GapTable *rows; /**< layer, key, what, field, before, after, change: the first of each kind */
} GapDiff;

GapDiff *gap_diff_new(void);
void gap_diff_free(GapDiff *diff); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapDiff, gap_diff_free)

/** "3 rows added, 1 gone, ..."; "nothing changed". Returns: (transfer full). */
char *gap_diff_summary(const GapDiff *diff, double changed_by);

typedef enum { GAP_DIFF_BEFORE, GAP_DIFF_AFTER } GapDiffSide;

/** Keeps the rows of `layer` as one side, in the place of what that side held: those of `source`
 *  (NULL: of all sources). A layer that cannot be compared has no rows. */
bool gap_diff_take(GapStore *store, GapDiffSide side, const char *layer, const char *source,
                   GError **error);
/** Adds the differences of the two sides of `store` to `diff`; the sides are empty then. */
bool gap_diff_compare(GapStore *store, const char *layer, const GapDiffOptions *options,
                      GapDiff *diff, GError **error);

/** One side of a comparison. */
typedef struct {
    GapStore *store;
    const char *source; /**< its id; NULL: the whole store */
} GapDiffOf;

/** Compares two sources of one layer, or two whole stores layer by layer. Changes neither (what is
 *  compared is copied to temporary tables). Returns: (transfer full). */
GapDiff *gap_diff(GapDiffOf before, GapDiffOf after, const GapDiffOptions *options, GError **error);

#endif
