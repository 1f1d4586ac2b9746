/** Two proposals of the store beside each other: whom one covers and the other does not. */
#ifndef GAP_LAYERS_SITES_COMPARE_H
#define GAP_LAYERS_SITES_COMPARE_H

#include "geo/store/store.h"

/** SQL: of the comparison made last whose second proposal is of run ?1, an area a row: area, people
 *  whom `only_first` or `only_second` covers, or whom `both` cover and one newly; no row of nobody.
 *  Covered is whoever a proposal does not leave beyond reach, whether new sites or what stands do.
 */
#define GAP_SITES_COMPARED                                                                         \
    "SELECT area, sum(people * (a AND NOT b)) AS only_first,"                                      \
    " sum(people * (b AND NOT a)) AS only_second,"                                                 \
    " sum(people * (a AND b AND (new_a OR new_b))) AS both_new FROM"                               \
    " (SELECT d.area, d.people, sa.demand IS NOT NULL AS new_a, sb.demand IS NOT NULL AS new_b,"   \
    "  la.demand IS NULL AS a, lb.demand IS NULL AS b FROM site_comparison c"                      \
    "  JOIN demand d ON d.geom IS NOT NULL AND d.basis <> 'unplaced'"                              \
    "  LEFT JOIN site_left la ON la.proposal = c.first AND la.demand = d.id"                       \
    "  LEFT JOIN site_left lb ON lb.proposal = c.second AND lb.demand = d.id"                      \
    "  LEFT JOIN site_demand sa ON sa.proposal = c.first AND sa.demand = d.id"                     \
    "  LEFT JOIN site_demand sb ON sb.proposal = c.second AND sb.demand = d.id"                    \
    "  WHERE c.id = (SELECT max(o.id) FROM site_comparison o"                                      \
    "   JOIN site_run p ON p.label = o.second WHERE p.run = ?1))"                                  \
    " GROUP BY area HAVING only_first + only_second + both_new > 0"

enum {
    GAP_COMPARED_AREA,
    GAP_COMPARED_NAME,
    GAP_COMPARED_PROVINCE,
    GAP_COMPARED_FIRST,
    GAP_COMPARED_SECOND,
    GAP_COMPARED_BOTH,
    GAP_COMPARED_DIFFERENCE
};

typedef struct {
    GapTable *proposals; /**< two rows: label, run, mode, model, weight, within (metres, or
                              minutes, by the mode), value, sites, covered_before, covered */
    GapTable *areas;     /**< columns as above, the greatest difference (second less first) first */
    GapTable *sites;     /**< code, name, area_name, province, rank and people added in each (null:
                              not in it); by the first's rank, then the second's */
    double only_first, only_second, both; /**< people */
} GapSitesCompared;

/** Compares the proposals of two labels and notes that for the layer site_difference. A label that
 * is none, or both the same, is an error that names those there are. O(demand log demand). Returns:
 *  (transfer full). */
GapSitesCompared *gap_sites_compare(GapStore *store, const char *first, const char *second,
                                    GError **error);
void gap_sites_compared_free(GapSitesCompared *compared); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSitesCompared, gap_sites_compared_free)

#endif
