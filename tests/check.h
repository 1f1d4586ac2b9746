/** cmocka with what it needs before it, and the checks that most tests share. */
#ifndef GAP_TESTS_CHECK_H
#define GAP_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <math.h>
#include <string.h>

/** Fails unless `got` is within `within` of `want`; NaN is near NaN only. */
#define assert_near(got, want, within)                                                             \
    do {                                                                                           \
        double got_ = (got), want_ = (want);                                                       \
        if (isnan(got_) != isnan(want_) || fabs(got_ - want_) > (within))                          \
            fail_msg("%s is %.17g, not %.17g", #got, got_, want_);                                 \
    } while (0)

/** Fails with the message where `error` is set. */
#define assert_no_error(error)                                                                     \
    do {                                                                                           \
        if (error)                                                                                 \
            fail_msg("%s", (error)->message);                                                      \
    } while (0)

/** Fails unless `error` is set and its message has `part`; then clears it. */
#define assert_error_says(error, part)                                                             \
    do {                                                                                           \
        if (!(error))                                                                              \
            fail_msg("no error; wanted one that says '%s'", (part));                               \
        if (!strstr((error)->message, (part)))                                                     \
            fail_msg("'%s' does not say '%s'", (error)->message, (part));                          \
        g_clear_error(&(error));                                                                   \
    } while (0)

#endif
