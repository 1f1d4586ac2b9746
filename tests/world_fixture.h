/** One world a test, for groups that set up no more than that. */
#ifndef GAP_TESTS_WORLD_FIXTURE_H
#define GAP_TESTS_WORLD_FIXTURE_H

#include "tests/world.h"

static World world;

/** With provinces and municipalities. */
static inline int set_up_world(void **state) {
    (void)state;
    world = world_new(true);
    return 0;
}

static inline int tear_down(void **state) {
    (void)state;
    world_close(&world);
    return 0;
}

#endif
