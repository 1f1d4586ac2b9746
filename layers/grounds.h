/** Which figures of people count, and for which ground.
 *
 *  A province's people T are divided among its parts (the areas next below it) where these have
 *  figures, and so on down to the finest level that has some:
 *  - a part's figure is that of its year nearest to the one asked for, times T over the province's
 *    own people of that year (between two years it has: on the straight line; beyond them: the
 *    nearest), since vintages differ; K is the sum of these;
 *  - where all parts have a figure and K is within a fifth of T, they are scaled to add up to T;
 *  - where some have none, what is left, T - K, is theirs together, unless it is below zero or more
 *    than twice `town_density` a km2 of their area;
 *  - figures that do not hang together so contradict each other: they are left out, and named.
 *  Whole people, by largest remainder: a province's grounds add up to T exactly.
 *  Cost: O(areas + figures).
 */
#ifndef GAP_LAYERS_GROUNDS_H
#define GAP_LAYERS_GROUNDS_H

#include "layers/areas.h"

/** The ground of an area without that of its parts which have one of their own. */
typedef struct {
    const char *area, *name; /**< code; a name to show */
    gint64 people;
    bool figured; /**< these are people of a figure finer than a province's */
} GapGround;

typedef struct GapGrounds GapGrounds;

/** Reads the areas valid on `day` (NULL: all) and figures. Notes of what was done are added to
 * `notes`, which must live as long. Returns: (transfer full). */
GapGrounds *gap_grounds_new(GapStore *store, const char *day, int year, double town_density,
                            GPtrArray *notes, GError **error);
void gap_grounds_free(GapGrounds *grounds); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapGrounds, gap_grounds_free)

/** Divides `people` of a province, its figure of the year. The new grounds, the province's own
 *  first; they belong to `grounds`. Returns: (transfer container). */
GPtrArray *gap_grounds_divide(GapGrounds *grounds, const char *province, gint64 people);

/** The ground that area `code` lies in, NULL where its province was not divided. */
const GapGround *gap_grounds_of(const GapGrounds *grounds, const char *code);

#endif
