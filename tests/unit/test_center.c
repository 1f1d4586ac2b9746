#include "tests/small_sites.h"

static void all_selections_tried(void **state) {
    (void)state;
    small_check(9000, 600, GAP_LOCATE_P_CENTER, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_selections_tried)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
