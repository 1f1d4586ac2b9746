#include "layers/gaps/ladder.h"

const char *gap_plan_status_name(GapPlanStatus status) {
    static const char *const names[] = {"unknown", "none", "drafted", "endorsed"};
    return names[status];
}

const char *gap_money_name(GapMoney money) {
    static const char *const names[] = {"unknown", "no", "yes"};
    return names[money];
}

const char *gap_ladder(gint64 people_beyond, gint64 hold_below, GapPlanStatus plan,
                       GapMoney money) {
    if (people_beyond < hold_below)
        return "hold";
    if (plan == GAP_PLAN_UNKNOWN)
        return "unknown";
    if (plan != GAP_PLAN_ENDORSED)
        return "plan";
    return money == GAP_MONEY_UNKNOWN ? "unknown" : money == GAP_MONEY_NO ? "fund" : "site";
}
