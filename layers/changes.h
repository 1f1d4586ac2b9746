/** Changes of areas: how figures of units that are no more reach those that took their place.
 *
 *  A row of `changes` says which share of the figures of an old unit goes to a new one; the shares
 *  of an old unit add up to 1. The rule, for each year and offence (and for people):
 *  - the figure of a unit is the one given for it; where there is none, and every old unit that
 * goes into it has a figure, their parts added up: a derived figure;
 *  - a figure goes on to the new units by its shares, in whole numbers that add up to it (largest
 *    remainder), and on from there where those have changed in their turn;
 *  - where an old unit has no figure, the new one that it goes into has none either, and what the
 *    others would have given it is kept as `unallocated` (layer changes): nothing is lost;
 *  - where the new unit has a figure of its own, that counts, and the derived one stands beside it.
 *  Lower and upper ends are shared alike, and held to their figure's side of it.
 *  Old units need be no areas of the store: their figures are kept as given in `former_figure`.
 */
#ifndef GAP_LAYERS_CHANGES_H
#define GAP_LAYERS_CHANGES_H

#include "geo/store/store.h"

/** The sources of derived rows of people and crime, as a GLOB of SQL. */
#define GAP_DERIVED "changes/*"

/** Makes derived figures anew, moves figures of units that have become areas or are none any
 * longer, and keeps what parts of a total do not add up to; part of every load and unload that
 * changes figures, changes or areas. Shares that do not add up, circles, and units that nothing is
 * known of are errors that name them. O(figures x changes). */
bool gap_figures_settle(GapStore *store, GError **error);

#endif
