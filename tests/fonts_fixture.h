/** The fonts of a group of tests: cmocka_run_group_tests(tests, open_fonts, close_fonts). */
#ifndef GAP_TESTS_FONTS_FIXTURE_H
#define GAP_TESTS_FONTS_FIXTURE_H

#include "tests/check.h"

#include "styles/text.h"

static GapFonts *fonts;

static inline int open_fonts(void **state) {
    (void)state;
    return (fonts = gap_fonts_new(NULL)) ? 0 : -1;
}

static inline int close_fonts(void **state) {
    (void)state;
    gap_fonts_free(fonts);
    return 0;
}

#endif
