#include "tests/check.h"

#include "layers/gaps/ladder.h"

#include <stdbool.h>

/* The whole table: every plan and money, just below and at the limit of people. */
static void every_step(void **state) {
    (void)state;
    static const char *const at_limit[4][3] = {
        /* money:                 unknown    no         yes */
        [GAP_PLAN_UNKNOWN] = {"unknown", "unknown", "unknown"},
        [GAP_PLAN_NONE] = {"plan", "plan", "plan"},
        [GAP_PLAN_DRAFTED] = {"plan", "plan", "plan"},
        [GAP_PLAN_ENDORSED] = {"unknown", "fund", "site"},
    };
    static const struct {
        gint64 beyond, hold_below;
        bool hold;
    } people[] = {
        {499, 500, true}, {500, 500, false}, {501, 500, false}, {0, 500, true},
        {0, 0, false},    {0, 1, true},      {1, 1, false},     {G_MAXINT64, 500, false},
    };
    for (int plan = 0; plan < 4; plan++)
        for (int money = 0; money < 3; money++)
            for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
                assert_string_equal(gap_ladder(people[i].beyond, people[i].hold_below,
                                               (GapPlanStatus)plan, (GapMoney)money),
                                    people[i].hold ? "hold" : at_limit[plan][money]);
}

static void names(void **state) {
    (void)state;
    static const char *const plans[] = {"unknown", "none", "drafted", "endorsed"};
    static const char *const money[] = {"unknown", "no", "yes"};
    for (int i = 0; i < 4; i++)
        assert_string_equal(gap_plan_status_name((GapPlanStatus)i), plans[i]);
    for (int i = 0; i < 3; i++)
        assert_string_equal(gap_money_name((GapMoney)i), money[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_step), cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
