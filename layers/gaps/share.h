/** Sharing counts of crime down the tree of areas, so that areas add up to their parent's count.
 *
 *  A parent's count C over N people goes to its parts like this: parts with a count of their own
 *  keep it together, each by its empirical Bayes rate (Marshall 1991) times its people, scaled to
 *  their own sum K; what is left, C - K, is shared by people among the others and those people of
 *  the parent who live in none of its parts. Where K exceeds C nothing is left for them. An
 * interval keeps its proportions on the way down. O(areas^2).
 */
#ifndef GAP_LAYERS_GAPS_SHARE_H
#define GAP_LAYERS_GAPS_SHARE_H

#include <glib.h>
#include <stdbool.h>

/** One area; arrays are sorted so that a parent stands before its parts. */
typedef struct {
    gssize parent;    /**< its number, -1: none */
    double people;    /**< NaN or 0: nobody known */
    double count;     /**< its own, a year; NaN where it has none */
    double low, high; /**< interval of its own count; the count where it has none */
    /* ---- results ---- */
    double expected; /**< crimes a year; NaN where nothing above it has a count */
    double expected_low, expected_high;
    double alone; /**< of these, those of its people who live in none of its parts; all of a leaf */
    double alone_low, alone_high;
    double alone_people;
    gssize from; /**< the area whose count it came from, -1: none */
} GapShareArea;

void gap_share_counts(GapShareArea *areas, size_t n);

#endif
