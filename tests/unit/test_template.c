#include "tests/check.h"

#include "layers/template.h"

/* Every field of every layer is defined in three languages, and required ones have an example. */
static void every_field_is_explained(void **state) {
    (void)state;
    for (const GapLayerKind *const *kind = GAP_LAYER_KINDS; *kind; kind++) {
        g_autoptr(GapTable) definitions = gap_template_definitions(*kind);
        g_autoptr(GapTable) example = gap_template_example(*kind);
        assert_int_equal(gap_table_rows(example), 1);
        assert_int_equal(gap_table_rows(definitions), gap_table_columns(example));
        for (size_t r = 0; r < gap_table_rows(definitions); r++) {
            const char *field = gap_table_text(definitions, r, 0);
            assert_string_equal(field, gap_table_column(example, r)->name);
            for (size_t c = 0; c < gap_table_columns(definitions); c++)
                if (gap_table_is_null(definitions, r, c))
                    fail_msg("%s, %s: no '%s'", (*kind)->name, field,
                             gap_table_column(definitions, c)->name);
            const bool required = g_str_equal(gap_table_text(definitions, r, 1), "yes");
            if (required && gap_table_is_null(example, 0, r))
                fail_msg("%s, %s: no example", (*kind)->name, field);
        }
    }
}

/* A word in the wrong alphabet is a word in the wrong language. */
static void russian_and_kyrgyz_are_cyrillic(void **state) {
    (void)state;
    for (const GapLayerKind *const *kind = GAP_LAYER_KINDS; *kind; kind++) {
        g_autoptr(GapTable) definitions = gap_template_definitions(*kind);
        for (size_t r = 0; r < gap_table_rows(definitions); r++)
            for (size_t c = 4; c < 6; c++) {
                const char *text = gap_table_text(definitions, r, c);
                bool cyrillic = false;
                for (const char *p = text; *p; p = g_utf8_next_char(p))
                    cyrillic |=
                        g_unichar_get_script(g_utf8_get_char(p)) == G_UNICODE_SCRIPT_CYRILLIC;
                if (!cyrillic)
                    fail_msg("%s: '%s'", (*kind)->name, text);
            }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_explained),
        cmocka_unit_test(russian_and_kyrgyz_are_cyrillic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
