#include "tests/check.h"

#include "geo/table/table.h"

enum { NAME, PEOPLE, SHARE };

static GapTable *areas(void) {
    GapTable *table = gap_table_new("areas");
    const GapColumnSpec specs[] = {
        {"name", GAP_TYPE_TEXT, NULL, "Name"},
        {"people", GAP_TYPE_INT, "people", NULL},
        {"share", GAP_TYPE_REAL, "share", "Share within reach"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(specs); i++)
        assert_int_equal(gap_table_add_column(table, &specs[i]), i);
    return table;
}

static void columns_keep_their_specs(void **state) {
    (void)state;
    g_autoptr(GapTable) table = areas();
    char name[] = "temporary";
    gap_table_add_column(table, &(GapColumnSpec){name, GAP_TYPE_TEXT, name, name});
    name[0] = '!';
    assert_string_equal(gap_table_name(table), "areas");
    assert_int_equal(gap_table_columns(table), 4);
    assert_string_equal(gap_table_column(table, 3)->unit, "temporary");
    assert_null(gap_table_column(table, PEOPLE)->title);
    assert_int_equal(gap_table_find(table, "share"), SHARE);
    assert_int_equal(gap_table_find(table, "Share"), -1);
    assert_int_equal(gap_table_find(table, ""), -1);
}

static void new_cells_are_null(void **state) {
    (void)state;
    g_autoptr(GapTable) table = areas();
    assert_int_equal(gap_table_add_row(table), 0);
    gap_table_add_column(table, &(GapColumnSpec){"late", GAP_TYPE_INT, NULL, NULL});
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        assert_true(gap_table_is_null(table, 0, c));
        assert_null(gap_table_cell_string(table, 0, c));
    }
    assert_null(gap_table_text(table, 0, NAME));
    assert_int_equal(gap_table_int(table, 0, PEOPLE), 0);
    assert_near(gap_table_real(table, 0, PEOPLE), NAN, 0);
    assert_near(gap_table_real(table, 0, SHARE), NAN, 0);
    assert_null(gap_table_geometry(table, 0));
    assert_false(gap_table_has_geometry(table));
}

static void cells_keep_values(void **state) {
    (void)state;
    g_autoptr(GapTable) table = areas();
    size_t row = gap_table_add_row(table);
    char name[] = "Ош";
    gap_table_set_text(table, row, NAME, name);
    name[0] = '!';
    gap_table_set_int(table, row, PEOPLE, G_MININT64);
    gap_table_set_real(table, row, SHARE, -0.25);
    assert_string_equal(gap_table_text(table, row, NAME), "Ош");
    assert_true(gap_table_int(table, row, PEOPLE) == G_MININT64);
    assert_near(gap_table_real(table, row, PEOPLE), -9223372036854775808.0, 0);
    assert_near(gap_table_real(table, row, SHARE), -0.25, 0);

    gap_table_set_text(table, row, NAME, NULL);
    gap_table_set_real(table, row, SHARE, NAN);
    gap_table_set_null(table, row, PEOPLE);
    for (size_t c = 0; c < 3; c++)
        assert_true(gap_table_is_null(table, row, c));
    gap_table_set_text(table, row, NAME, ""); /* empty is not null */
    assert_false(gap_table_is_null(table, row, NAME));
}

static void a_dropped_row_leaves_nothing(void **state) {
    (void)state;
    g_autoptr(GapTable) table = areas();
    g_autoptr(GBytes) wkb = g_bytes_new_static("wkb", 3);
    for (int round = 0; round < 3; round++) {
        size_t row = gap_table_add_row(table);
        assert_int_equal(row, 0);
        for (size_t c = 0; c < 3; c++)
            assert_true(gap_table_is_null(table, row, c));
        assert_null(gap_table_geometry(table, row));
        gap_table_set_text(table, row, NAME, "x");
        gap_table_set_int(table, row, PEOPLE, 1);
        gap_table_set_real(table, row, SHARE, 1);
        gap_table_set_geometry(table, row, wkb);
        assert_true(gap_table_has_geometry(table));
        gap_table_drop_last_row(table);
        assert_int_equal(gap_table_rows(table), 0);
        assert_false(gap_table_has_geometry(table));
    }
}

static void geometry_is_shared(void **state) {
    (void)state;
    g_autoptr(GBytes) wkb = g_bytes_new("abc", 3);
    GapTable *table = areas();
    gap_table_add_row(table);
    gap_table_add_row(table);
    gap_table_set_geometry(table, 1, wkb);
    gap_table_set_geometry(table, 1, wkb); /* onto itself */
    assert_ptr_equal(gap_table_geometry(table, 1), wkb);
    assert_null(gap_table_geometry(table, 0));
    gap_table_set_geometry(table, 1, NULL);
    assert_false(gap_table_has_geometry(table));
    gap_table_set_geometry(table, 0, wkb);
    gap_table_free(table);
    assert_int_equal(g_bytes_get_size(wkb), 3);
    gap_table_free(NULL);
}

static void cells_as_text(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } reals[] = {{0.1, "0.1"}, {1, "1"}, {-2.5, "-2.5"}, {0.1 + 0.2, "0.30000000000000004"}};
    g_autoptr(GapTable) table = areas();
    size_t row = gap_table_add_row(table);
    gap_table_set_text(table, row, NAME, "a,\"b\"");
    gap_table_set_int(table, row, PEOPLE, G_MAXINT64);
    g_autofree char *name = gap_table_cell_string(table, row, NAME);
    g_autofree char *people = gap_table_cell_string(table, row, PEOPLE);
    assert_string_equal(name, "a,\"b\"");
    assert_string_equal(people, "9223372036854775807");
    for (size_t i = 0; i < G_N_ELEMENTS(reals); i++) {
        gap_table_set_real(table, row, SHARE, reals[i].value);
        g_autofree char *text = gap_table_cell_string(table, row, SHARE);
        assert_string_equal(text, reals[i].text);
        assert_near(g_ascii_strtod(text, NULL), reals[i].value, 0);
    }
}

static void many_rows(void **state) {
    (void)state;
    g_autoptr(GapTable) table = areas();
    for (gint64 i = 0; i < 100000; i++)
        gap_table_set_int(table, gap_table_add_row(table), PEOPLE, i);
    for (gint64 i = 0; i < 100000; i++)
        assert_true(gap_table_int(table, (size_t)i, PEOPLE) == i);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_keep_their_specs),
        cmocka_unit_test(new_cells_are_null),
        cmocka_unit_test(cells_keep_values),
        cmocka_unit_test(a_dropped_row_leaves_nothing),
        cmocka_unit_test(geometry_is_shared),
        cmocka_unit_test(cells_as_text),
        cmocka_unit_test(many_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
