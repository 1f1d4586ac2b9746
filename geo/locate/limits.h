/** The limits on a selection of new sites that all solvers of location problems share: number,
 *  money, posts, at least and at most so many of a group, one of a place, states.
 *
 *  A solver works with the sites that it has taken (a tally of them) and a list of those that it
 *  may still take, ascending; figures stand beside that list. Sums are kept to 1e-9 of the limit,
 *  so that a budget of 0.3 pays three times 0.1.
 *
 *  The bound: the best sum of values over all feasible selections is at most
 *      max over S in X of sum over S (value - a cost - b posts) + a budget + b posts limit
 *  for any prices a, b of 0 or more, where X keeps number, groups and places. In X the best is
 *  found by sorting: X is a generalized matroid as long as the candidates of a place are of one
 *  group; where they are not, only those of one group exclude each other in X, which still bounds.
 *  Source: Lagrangian relaxation, Geoffrion 1974; greedy on laminar families, Edmonds 1971.
 */
#ifndef GAP_LOCATE_LIMITS_H
#define GAP_LOCATE_LIMITS_H

#include "geo/locate/locate.h"

typedef struct GapLimits GapLimits;

/** What has been taken. */
typedef struct {
    gint64 n;
    double cost, posts;
    guint32 *in_group; /**< of each group */
    guint8 *in_place;  /**< of each place */
} GapTally;

/** Prices that the bound pays for. */
typedef struct {
    double money, posts;
} GapPrices;

/** Keeps `problem`, which must outlive it. Not for several threads at once: it has work space.
 *  Returns: (transfer full). */
GapLimits *gap_limits_new(const GapLocateProblem *problem, const GapLocateOptions *options);
void gap_limits_free(GapLimits *limits); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLimits, gap_limits_free)

GapTally *gap_tally_new(const GapLimits *limits); /**< of nothing */
GapTally *gap_tally_copy(const GapLimits *limits, const GapTally *tally);
void gap_tally_free(GapTally *tally); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapTally, gap_tally_free)
void gap_tally_add(const GapLimits *limits, GapTally *tally, guint32 site);
void gap_tally_remove(const GapLimits *limits, GapTally *tally, guint32 site);

/** Whether some group must have a site, so that sites of no value may be needed. */
bool gap_limits_have_least(const GapLimits *limits);

/** Whether nothing but the number of sites limits a selection. */
bool gap_limits_only_number(const GapLocateProblem *problem, const GapLocateOptions *options);

/** Whether money or posts are limited. */
bool gap_limits_have_budget(const GapLimits *limits);

/** Whether `a` may always stand in for `b` as far as limits go. */
bool gap_limits_stands_in(const GapLimits *limits, guint32 a, guint32 b);

/** Takes the forced sites and lists those that may still be taken (room for all sites; free, of no
 *  place that a forced one has). Answers their number, or -1 where the forced break a limit. */
gssize gap_limits_start(const GapLimits *limits, GapTally *tally, guint32 *may);

/** Whether `site` may be added without breaking an upper limit. O(1). */
bool gap_limits_fit(const GapLimits *limits, const GapTally *tally, guint32 site);

/** Whether the group of `site` has fewer than its least; whether it has more. */
bool gap_limits_lack(const GapLimits *limits, const GapTally *tally, guint32 site);
bool gap_limits_can_spare(const GapLimits *limits, const GapTally *tally, guint32 site);

/** Whether `in` may take the place of `out`, which the tally has. O(1); the tally ends as it was.
 */
bool gap_limits_exchange(const GapLimits *limits, GapTally *tally, guint32 out, guint32 in);

/** The share of what is left that `site` would use up, of the scarcest of number, money, posts. */
double gap_limits_use(const GapLimits *limits, const GapTally *tally, guint32 site);

/** Whether nothing is broken, upper or lower. O(groups + places). */
bool gap_limits_hold(const GapLimits *limits, const GapTally *tally);

/** Whether what is taken could be completed from `may`: exact for number, groups and places in one
 *  group; for money and posts each alone, so that true is not yet a promise. O(n log n), O(groups)
 *  where no group lacks any. */
bool gap_limits_completable(GapLimits *limits, const GapTally *tally, const guint32 *may, gsize n);

/** Whether `may[k]` fits and leaves completable what is left of `may`, less what is `chosen`. The
 *  tally ends as it was. */
bool gap_limits_keep(GapLimits *limits, GapTally *tally, const guint32 *may, gsize n,
                     const guint8 *chosen, gsize k);

/** The bound above on the sum of values of what is taken from `may` beyond the tally, at `prices`
 *  (those of absent limits must be 0); -INFINITY where X is empty. `chosen`, if not NULL, is set to
 *  1 for each of `may` in the best S, else 0. O(n), with groups O(n log n). */
double gap_limits_bound(GapLimits *limits, const GapTally *tally, const guint32 *may, gsize n,
                        const double *value, GapPrices prices, guint8 *chosen);

/** The same with the prices that make it least, or nearly: a linear program's bound. */
double gap_limits_least_bound(GapLimits *limits, const GapTally *tally, const guint32 *may, gsize n,
                              const double *value, GapPrices *prices, guint8 *chosen);

/** By how much the bound at these prices falls at least when one of `may` goes against `chosen`: is
 *  taken though it was not, or not taken though it was. Fixes sites (`reduced costs`). O(n). */
void gap_limits_swing(GapLimits *limits, const GapTally *tally, const guint32 *may, gsize n,
                      const double *value, GapPrices prices, const guint8 *chosen, double *swing);

/** A feasible selection of high value, by greedy addition of the most value for what it uses up;
 *  beyond what groups lack only values above 0. Sets `chosen`; false where it finds none (there may
 *  be one). Ties by the lower number. O(n^2). */
bool gap_limits_repair(GapLimits *limits, const GapTally *tally, const guint32 *may, gsize n,
                       const double *value, guint8 *chosen);

/** New sites that there may be beyond the tally. */
gint64 gap_limits_number_left(const GapLimits *limits, const GapTally *tally);

#endif
