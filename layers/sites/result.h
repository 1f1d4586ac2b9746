/** What proposed sites of the store mean: to whom each is new, what is lost without it, and what
 *  areas that may not build yet wait for. */
#ifndef GAP_LAYERS_SITES_RESULT_H
#define GAP_LAYERS_SITES_RESULT_H

#include "layers/sites/firm.h"
#include "layers/sites/left.h"
#include "layers/sites/move.h"
#include "layers/sites/proposal.h"
#include "layers/sites/store.h"

enum {
    GAP_PROPOSED_RANK,
    GAP_PROPOSED_CODE,
    GAP_PROPOSED_NAME,
    GAP_PROPOSED_AREA,
    GAP_PROPOSED_AREA_NAME,
    GAP_PROPOSED_PROVINCE,
    GAP_PROPOSED_LADDER,
    GAP_PROPOSED_KIND,
    GAP_PROPOSED_PEOPLE,
    GAP_PROPOSED_CRIME,
    GAP_PROPOSED_LOST,
    GAP_PROPOSED_REPLACEMENT,
    GAP_PROPOSED_REPLACEMENT_LOSS,
    GAP_PROPOSED_COST,
    GAP_PROPOSED_RUNNING,
    GAP_PROPOSED_LOCAL,
    GAP_PROPOSED_OUTSIDE,
    GAP_PROPOSED_OFFICERS,
    GAP_PROPOSED_FIRM,
    GAP_PROPOSED_PREFIX_LOSS,
    GAP_PROPOSED_CHOSEN,     /**< under so many definitions (definitions.h) */
    GAP_PROPOSED_DEFINITIONS /**< of these */
};

typedef struct {
    GapTable *sites; /**< in the order of building; columns as above, with geometry */
    /** An area a row, of those that may not build: its best single site beside all that stands and
     *  is proposed, the most added first, none that adds nothing. */
    GapTable *document;             /**< a plan or local money would unlock it */
    GapTable *unknown;              /**< nothing is known of its plan or money */
    GArray *served;                 /**< of GapSitesServed, by demand */
    GArray *left;                   /**< of GapSitesLeft, by demand */
    gsize *order;                   /**< the candidate of each of `sites` */
    GapTable *moves;                /**< of those that may close (GAP_MOVE_...); NULL: none may */
    GapMoveSums move_sums;          /**< people, where some may */
    gsize n_stay;                   /**< of them, which count below as what stands */
    double people, before, covered; /**< all demand, within reach of what stands, and
                                         of the new sites */
    double crime, crime_before, crime_covered; /**< the same in crimes a year */
    double weight_before; /**< of what the model weighs, within reach of what stands */
    GArray *weight_added; /**< double, the same of each new site */
    double crime_added_low, crime_added_high; /**< what the new sites add, by the interval */
} GapSitesResult;

/** Demand that a new site is the first to cover. */
typedef struct {
    gint64 demand; /**< its id */
    gint64 rank;
    double distance_m;
} GapSitesServed;

/** Says of each proposed site in what share of perturbed runs it is chosen. */
void gap_sites_result_firm(GapSitesResult *result, const GapSitesFirm *firm);

/** Says of each the share by which it and those before it fall short of the best choice of as many
 *  (gap_sites_best_values()), in people or crimes as was weighed. */
void gap_sites_result_prefixes(GapSitesResult *result, const double *best);

/** `order` is what gap_sites_proposal() made of an answer to it. What is lost without
 *  a site and its replacement are told where `covering`, the model's value being whom it covers,
 *  and sites serve any number. `serves` (NULL: they do) is the site of each demand where they have
 *  capacities: a site covers those alone whom it serves, and one that is not chosen as many at most
 *  as it can. O(pairs + new sites x demand). Returns: (transfer full). */
GapSitesResult *gap_sites_result(const GapStoreSites *ground, const GapTable *order, bool covering,
                                 const gint32 *serves);
void gap_sites_result_free(GapSitesResult *result); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSitesResult, gap_sites_result_free)

#endif
