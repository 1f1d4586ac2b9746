#include "tests/check.h"

#include "layers/columns.h"
#include "layers/wide.h"

static GapTable *table_of(const char *const *cells, size_t columns) {
    GapTable *table = gap_table_new("t");
    for (size_t c = 0; c < columns; c++)
        gap_table_add_column(table, &(GapColumnSpec){cells[c], GAP_TYPE_TEXT});
    for (cells += columns; *cells; cells += columns) {
        const size_t row = gap_table_add_row(table);
        for (size_t c = 0; c < columns; c++)
            gap_table_set_text(table, row, c, cells[c]);
    }
    return table;
}

static void years_of_headings(void **state) {
    (void)state;
    static const struct {
        const char *heading;
        int year; // 0: none
        const char *rest;
    } cases[] = {
        {"2017", 2017, ""},
        {" 2017 ", 2017, ""},
        {"2017 г.", 2017, ""},
        {"2017г.", 2017, ""},
        {"2017-ж.", 2017, ""},
        {"2017-жыл", 2017, ""},
        {"2017 год", 2017, ""},
        {"2017 (чел.)", 2017, "чел"},
        {"Преступления 2016", 2016, "преступления"},
        {"Калктын саны 2001", 2001, "калктын саны"},
        {"Калктын саны / 2001-ж.", 2001, "калктын саны"},
        {"Население на 1 января 2017 г.", 2017, "население"},
        {"Население, 01.01.2017", 2017, "население 01 01"},
        {"на 01.01.2017", 2017, ""},
        {"people_2012", 2012, "people"},
        {"pop2012", 2012, "pop"},
        {"за 2016 год", 2016, ""},
        {"2014-2017", 0, ""},
        {"12017", 0, "12017"},
        {"1850", 0, "1850"},
        {"Район", 0, "район"},
        {"", 0, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *rest = NULL;
        const int year = gap_heading_year(cases[i].heading, &rest);
        if (year != cases[i].year || strcmp(rest, cases[i].rest) != 0)
            fail_msg("'%s' is %d, '%s'", cases[i].heading, year, rest);
    }
}

static void wide_becomes_long(void **state) {
    (void)state;
    static const char *const cells[] = {"Район",
                                        "2015 г.",
                                        "Преступления 2016",
                                        "Раскрыто 2016", //
                                        "A",
                                        "10",
                                        "11",
                                        "5", //
                                        "B",
                                        "…",
                                        "1 200",
                                        "6", //
                                        "C",
                                        "-",
                                        "н/д",
                                        "7", //
                                        "D",
                                        "<5",
                                        "0",
                                        "8",
                                        NULL};
    g_autoptr(GapTable) batch = table_of(cells, 4);
    GError *error = NULL;
    g_autoptr(GapWide) wide = gap_wide_new(&GAP_LAYER_CRIME, batch, "f", NULL, NULL, &error);
    assert_no_error(error);
    assert_non_null(wide);
    static const struct {
        const char *area, *year, *count;
        size_t row;
        int part;
    } want[] = {{"A", "2015", "10", 0, 1},
                {"A", "2016", "11", 0, 2},
                {"B", "2016", "1 200", 1, 2},
                {"D", "2015", "<5", 3, 1},
                {"D", "2016", "0", 3, 2}};
    for (int batches = 1; batches <= 2; batches++) { // a second batch starts anew
        gap_wide_give(wide, table_of(cells, 4));
        g_autoptr(GapTable) table = gap_wide_take(wide);
        assert_int_equal(gap_table_rows(table), G_N_ELEMENTS(want));
        assert_int_equal(gap_table_columns(table), 4);
        for (size_t r = 0; r < G_N_ELEMENTS(want); r++) {
            static const char *const names[] = {"Район", "year", "count"};
            const char *texts[] = {want[r].area, want[r].year, want[r].count};
            for (size_t c = 0; c < 3; c++) {
                g_autofree char *cell =
                    gap_table_cell_string(table, r, (size_t)gap_table_find(table, names[c]));
                assert_string_equal(cell, texts[c]);
            }
            int part;
            assert_int_equal(gap_wide_row(wide, r, &part), want[r].row);
            assert_int_equal(part, want[r].part);
        }
        assert_null(gap_wide_take(wide));
        assert_int_equal(gap_wide_left_out(wide), 3 * batches);
    }
    GapLoad load = {.notes = g_ptr_array_new_with_free_func(g_free)};
    gap_wide_tell(wide, &load);
    assert_string_equal(g_ptr_array_index(load.notes, 0), "2 columns are years, '2015 г.' to "
                                                          "'Преступления 2016': each gives a row "
                                                          "with year and count");
    assert_string_equal(g_ptr_array_index(load.notes, 1),
                        "6 figures of years are not known and left out; 2 rows have none");
    g_ptr_array_unref(load.notes);
}

static void typed_columns_keep_their_type(void **state) {
    (void)state;
    GapTable *batch = gap_table_new("t");
    gap_table_add_column(batch, &(GapColumnSpec){"iso_code", GAP_TYPE_TEXT});
    gap_table_add_column(batch, &(GapColumnSpec){"people_2012", GAP_TYPE_INT});
    gap_table_add_column(batch, &(GapColumnSpec){"people_2015", GAP_TYPE_INT});
    gap_table_add_row(batch);
    gap_table_set_text(batch, 0, 0, "KG-B");
    gap_table_set_int(batch, 0, 1, 448900);
    GError *error = NULL;
    g_autoptr(GapWide) wide = gap_wide_new(&GAP_LAYER_PEOPLE, batch, "f", NULL, NULL, &error);
    assert_no_error(error);
    gap_wide_give(wide, batch);
    g_autoptr(GapTable) table = gap_wide_take(wide);
    assert_int_equal(gap_table_rows(table), 1);
    assert_int_equal(gap_table_column(table, 2)->type, GAP_TYPE_INT);
    assert_int_equal(gap_table_int(table, 0, 1), 2012);
    assert_int_equal(gap_table_int(table, 0, 2), 448900);
}

/* A batch with many years does not become one table of any size. */
static void large_batches_come_in_parts(void **state) {
    (void)state;
    enum { ROWS = 60000 };
    GapTable *batch = gap_table_new("t");
    for (int c = 0; c < 3; c++)
        gap_table_add_column(
            batch, &(GapColumnSpec){(const char *[]){"2001", "area", "2002"}[c], GAP_TYPE_INT});
    GError *error = NULL;
    g_autoptr(GapWide) wide = gap_wide_new(&GAP_LAYER_PEOPLE, batch, "f", NULL, NULL, &error);
    assert_no_error(error);
    assert_null(gap_wide_take(wide));
    for (int r = 0; r < ROWS; r++) {
        gap_table_add_row(batch);
        for (size_t c = 0; c < 3; c++)
            gap_table_set_int(batch, (size_t)r, c, r);
    }
    gap_wide_give(wide, batch);
    gint64 rows = 0;
    for (GapTable *table; (table = gap_wide_take(wide));) {
        assert_in_range(gap_table_rows(table), 1, 50001);
        for (size_t r = 0; r < gap_table_rows(table); r++, rows++) {
            int part;
            assert_int_equal(gap_wide_row(wide, r, &part), rows / 2);
            assert_int_equal(part, rows % 2 + 1);
            assert_int_equal(gap_table_int(table, r, 0), rows / 2);
        }
        gap_table_free(table);
    }
    assert_int_equal(rows, 2 * ROWS);
    GapTable *empty = gap_table_new("t"); // a header and nothing below
    for (int c = 0; c < 3; c++)
        gap_table_add_column(empty, &(GapColumnSpec){"x", GAP_TYPE_INT});
    gap_wide_give(wide, empty);
    g_autoptr(GapTable) none = gap_wide_take(wide);
    assert_int_equal(gap_table_rows(none), 0);
    assert_int_equal(gap_table_columns(none), 3);
    assert_null(gap_wide_take(wide));
}

static void what_is_not_wide(void **state) {
    (void)state;
    static const struct {
        const GapLayerKind *kind;
        const char *headings[5];
        const char *columns, *set;
        const char *error; // NULL: simply not wide
    } cases[] = {
        {&GAP_LAYER_CRIME, {"area", "year", "2015", "2016"}},
        {&GAP_LAYER_CRIME, {"Район", "Год", "2015", "2016"}},
        {&GAP_LAYER_CRIME, {"Район", "count", "2016"}},
        {&GAP_LAYER_CRIME, {"Район", "2015", "2016"}, "count=2016"},
        {&GAP_LAYER_CRIME, {"Район", "2015", "2016"}, NULL, "year=2016"},
        {&GAP_LAYER_CRIME, {"Район", "Число преступлений"}},
        {&GAP_LAYER_CRIME, {"Район", "Население 2015", "Раскрыто 2016"}},
        {&GAP_LAYER_CRIME, {"Район", "2015, %", "2016, тыс."}},
        {&GAP_LAYER_CRIME, {"Район", "2014-2015"}},
        {&GAP_LAYER_CRIME, {"Район", "people_2012", "people_2015"}},
        {&GAP_LAYER_CRIME, {"Район", "2017 (чел.)"}},
        {&GAP_LAYER_PLANS, {"area", "2015", "2016"}},
        {&GAP_LAYER_CLAIMS, {"areas", "2015", "2016"}},
        {&GAP_LAYER_CRIME,
         {"Район", "2016", "Преступления 2016"},
         NULL,
         NULL,
         "'2016' and 'Преступления 2016' are both figures of 2016"},
        {&GAP_LAYER_CRIME, {"Район", "2016"}, "nonsense", NULL, "--columns"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapTable) table = gap_table_new("t");
        for (const char *const *heading = cases[i].headings; *heading; heading++)
            gap_table_add_column(table, &(GapColumnSpec){*heading, GAP_TYPE_TEXT});
        GError *error = NULL;
        g_autoptr(GapWide) wide =
            gap_wide_new(cases[i].kind, table, "f", cases[i].columns, cases[i].set, &error);
        if (wide || !error != !cases[i].error)
            fail_msg("%zu: %s %s", i, wide ? "wide" : "not", error ? error->message : "");
        if (error)
            assert_error_says(error, cases[i].error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_of_headings),
        cmocka_unit_test(wide_becomes_long),
        cmocka_unit_test(typed_columns_keep_their_type),
        cmocka_unit_test(large_batches_come_in_parts),
        cmocka_unit_test(what_is_not_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
