/** What a choice of sites is worth with one of them taken out, or exchanged for another. Without
 *  capacities: with them whom a site serves is a problem of its own. Internal to layers/sites. */
#ifndef GAP_LAYERS_SITES_EXCHANGE_H
#define GAP_LAYERS_SITES_EXCHANGE_H

#include "geo/locate/locate.h"

/** COVERING: weight covered, the more the better. P_MEDIAN, P_CENTER: first the less unreached
 *  weight the better, then weight x minutes or the worst minutes of those reached. */
typedef struct {
    double unreached, value;
} GapWorth;

typedef struct GapExchange GapExchange;

/** Starts from `n` new sites beside what stands. `problem` and `options` must outlive it, models
 *  are COVERING, P_MEDIAN or P_CENTER. O(pairs). Returns: (transfer full). */
GapExchange *gap_exchange_new(const GapLocateProblem *problem, const GapLocateOptions *options,
                              const guint32 *sites, gsize n);
void gap_exchange_free(GapExchange *exchange); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapExchange, gap_exchange_free)

bool gap_exchange_is_better(const GapExchange *exchange, GapWorth a, GapWorth b);
GapWorth gap_exchange_worth(GapExchange *exchange);
/** Without the new site number `k` of those given. O(pairs). */
GapWorth gap_exchange_without(GapExchange *exchange, gsize k);

typedef struct {
    gsize out;      /**< number of the new site among those given */
    guint32 in;     /**< the candidate */
    GapWorth worth; /**< afterwards */
} GapSwap;

/** The exchange of one new site, none forced, for one candidate that may be built, which is worth
 *  the most; false where none is better by more than rounding. Money, posts and the most of each
 *  group are kept, where the choice keeps them, else it goes no further beyond; so for the least of
 *  a group. Of equal ones the first. O(sites x pairs), for P_CENTER sites x candidates x demand. */
bool gap_exchange_best(GapExchange *exchange, GapSwap *swap);
/** Makes it. */
void gap_exchange_make(GapExchange *exchange, const GapSwap *swap);

#endif
