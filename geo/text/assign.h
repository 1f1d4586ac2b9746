/** The assignment problem: rows and columns paired so that the sum of gains is greatest, each row
 *  and each column in at most one pair. */
#ifndef GAP_TEXT_ASSIGN_H
#define GAP_TEXT_ASSIGN_H

#include <glib.h>
#include <stdbool.h>

/** A pair that is allowed. */
typedef struct {
    guint32 row, column;
    double gain; /**< above 0; other pairs are as good as not listed */
} GapAssignEdge;

enum { GAP_ASSIGN_NONE = -1 };

typedef struct {
    gint32 *column; /**< of each row, GAP_ASSIGN_NONE where it stays alone */
    double *regret; /**< of each row: by how much the best sum falls when its pair is forbidden or,
                         for a row that stays alone, when that is; 0: another answer is as good */
    double gain;    /**< the sum */
} GapAssignment;

/** Shortest augmenting paths with potentials, a row at a time, over the listed pairs only (Jonker
 *  and Volgenant 1987, Computing 38, 325-340, without their start), rectangular; any row or column
 *  may stay alone. Of equal answers the one that adding rows in order leads to, always the same.
 *  Regrets are the shortest detours in the residual graph; those over `enough` (INFINITY: none)
 *  come back as `enough`.
 *  O(rows x edges x log edges), that is O(n^3 log n) where all pairs are listed; paths are short
 *  where few are. Memory O(rows + columns + edges). Fails on a row or column out of range, a gain
 *  that is not finite and above 0, a pair listed twice, and more than 2^26 edges. */
bool gap_assign(guint32 n_rows, guint32 n_columns, const GapAssignEdge *edges, gsize n_edges,
                double enough, GapAssignment *assignment, GError **error);
void gap_assignment_clear(GapAssignment *assignment); /**< NULL-safe members */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapAssignment, gap_assignment_clear)

#endif
