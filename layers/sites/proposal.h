/** What an answer to a location problem means to people: its sites in an order, and its sums. */
#ifndef GAP_LAYERS_SITES_PROPOSAL_H
#define GAP_LAYERS_SITES_PROPOSAL_H

#include "geo/table/table.h"
#include "layers/sites/problem.h"

typedef struct {
    double people;              /**< of all demand */
    double covered;             /**< covering models: within reach of enough open sites */
    double before;              /**< of these, without any new site */
    double mean_minutes, worst; /**< to the nearest (or assigned) open site, of those served */
    double cost, posts;         /**< of the new sites */
} GapSitesSums;

/** A row a new site:
 *
 *    rank          1 is the best; null with p-center, where only all together count
 *    id, province  as given
 *    cost, posts   where known
 *    adds          people: covering models, those who come within reach of enough sites by it,
 * after the sites of lesser rank; p-median, those whom no site of lesser rank reaches; with
 * capacities, those assigned to it saves         p-median: people x minutes less, of those reached
 * before serves        people to whom it is the nearest open site (or assigned); covering models:
 * of those within the limit mean_minutes, worst_minutes of those it serves
 *
 *  The order: each next is the one that adds the most to those before it and what stands (of equal
 *  ones that saves the most, then the lower number); candidates that are there already go first.
 * O(pairs + new sites^2 x demand that each reaches). `sums` may be NULL. Returns: (transfer full).
 */
GapTable *gap_sites_proposal(const GapSitesProblem *sites, const GapLocateOptions *options,
                             const GapLocateAnswer *answer, GapSitesSums *sums);

/** How far the value may be from the best, as a share of the value; NaN where it is 0 and the bound
 *  is not, or where there is none. */
double gap_sites_gap(const GapLocateAnswer *answer);
/** Minutes as the table had them: the seven digits that a pair keeps. */
double gap_sites_minutes(double minutes);

#endif
