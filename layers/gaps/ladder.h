/** The ladder: the next step of an area before a police point is built there.
 *
 *  hold     fewer than `hold_below` people are beyond reach
 *  unknown  nothing is known about a plan, or about its money
 *  plan     no plan is endorsed and valid
 *  fund     a plan is, but there is no local money
 *  site     eligible: a plan, and the local side pays its share
 */
#ifndef GAP_LAYERS_GAPS_LADDER_H
#define GAP_LAYERS_GAPS_LADDER_H

#include <glib.h>

typedef enum { GAP_PLAN_UNKNOWN, GAP_PLAN_NONE, GAP_PLAN_DRAFTED, GAP_PLAN_ENDORSED } GapPlanStatus;
typedef enum { GAP_MONEY_UNKNOWN, GAP_MONEY_NO, GAP_MONEY_YES } GapMoney;

const char *gap_plan_status_name(GapPlanStatus status);
const char *gap_money_name(GapMoney money);

/** One of the five words above; static. */
const char *gap_ladder(gint64 people_beyond, gint64 hold_below, GapPlanStatus plan, GapMoney money);

#endif
