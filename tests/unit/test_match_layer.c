#include "tests/world.h"

#include "layers/match.h"

static World world;

/* Place p1 bears the code of an area, and lies in A2; X1 went into X2, and that into A2. */
static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_load(&world, "places", "places.csv",
               "code,name_en,name_ru,name_ky,lon,lat\n"
               "A1,,Село,,70.7,40.5\np2,New Town,Новый город,Жаңы шаар,71.5,40.5\n");
    world_load(
        &world, "changes", "changes.csv",
        "old,new,share,on,old_name\nX1,X2,1,1990-01-01,Stalinsk\nX2,A2,1,2012-01-01,Leninsk\n");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_close(&world);
    return 0;
}

static GapGazetteer *gazetteer_of(const World *of) {
    GError *error = NULL;
    GapGazetteer *gazetteer = gap_gazetteer_new(of->store, GAP_GAZETTEER_ALL, &error);
    assert_no_error(error);
    return gazetteer;
}

static int find(const GapGazetteer *gazetteer, int level, const char *code) {
    size_t n;
    const GapMatchTarget *targets = gap_gazetteer_targets(gazetteer, &n);
    for (size_t i = 0; i < n; i++)
        if (targets[i].level == level && g_str_equal(gap_gazetteer_code(gazetteer, i), code))
            return (int)i;
    fail_msg("no %s at level %d", code, level);
    return -1;
}

static const GapMatchTarget *target_of(const GapGazetteer *gazetteer, int level, const char *code) {
    return &gap_gazetteer_targets(gazetteer, NULL)[find(gazetteer, level, code)];
}

static void targets_are_all_of_the_store(void **state) {
    (void)state;
    g_autoptr(GapGazetteer) gazetteer = gazetteer_of(&world);
    static const size_t want[] = {1, 2, 0, 3, 2};
    for (int level = 0; level <= GAP_GAZETTEER_PLACE; level++)
        assert_int_equal(gap_gazetteer_count(gazetteer, level), want[level]);
    const int b = find(gazetteer, GAP_GAZETTEER_PROVINCE, "XX-B"),
              a2 = find(gazetteer, GAP_GAZETTEER_MUNICIPALITY, "A2"),
              b1 = find(gazetteer, GAP_GAZETTEER_MUNICIPALITY, "B1");
    const GapMatchTarget *targets = gap_gazetteer_targets(gazetteer, NULL);
    assert_int_equal(targets[b1].parent, b);
    assert_int_equal(targets[b].parent, find(gazetteer, GAP_GAZETTEER_COUNTRY, "XX"));
    assert_int_equal(target_of(gazetteer, GAP_GAZETTEER_PLACE, "A1")->parent, a2);
    assert_int_equal(target_of(gazetteer, GAP_GAZETTEER_PLACE, "p2")->parent, b1);
    assert_near(target_of(gazetteer, GAP_GAZETTEER_PLACE, "p2")->lon, 71.5, 1e-9);
    assert_true(isnan(targets[b1].lon));
    // The country has no name: its code stands for it. A name in two languages comes once each.
    assert_string_equal(gap_gazetteer_name(gazetteer, 0), "XX");
    const GapMatchTarget *town = target_of(gazetteer, GAP_GAZETTEER_PLACE, "p2");
    assert_int_equal(town->n_names, 3);
    assert_string_equal(town->names[0].text, "New Town");
    assert_null(town->names[0].what);
    assert_string_equal(town->names[2].what, "its Russian name");
    assert_string_equal(
        gap_gazetteer_name(gazetteer, (size_t)find(gazetteer, GAP_GAZETTEER_PLACE, "A1")), "Село");
}

static bool has_name(const GapMatchTarget *target, const char *name, const char *what) {
    for (gsize i = 0; i < target->n_names; i++)
        if (g_str_equal(target->names[i].text, name))
            return g_strcmp0(target->names[i].what, what) == 0;
    return false;
}

static void former_units_are_found_as_what_they_became(void **state) {
    (void)state;
    g_autoptr(GapGazetteer) gazetteer = gazetteer_of(&world);
    const GapMatchTarget *a2 = target_of(gazetteer, GAP_GAZETTEER_MUNICIPALITY, "A2");
    assert_true(has_name(a2, "Leninsk", "the former unit (until 2011)"));
    assert_true(has_name(a2, "Stalinsk", "the former unit (until 1989)"));
    assert_false(has_name(target_of(gazetteer, GAP_GAZETTEER_MUNICIPALITY, "A1"), "Leninsk", NULL));
    // An area that has ended, and a circle of changes in a store that nobody checked.
    World other = world_new(true);
    world_run(&other, "UPDATE area SET valid_to = '2011-12-31' WHERE code = 'A1'");
    world_run(&other, "INSERT INTO area_change (old, new, share, changed_on, row, source) SELECT"
                      " 'A1', 'A2', 1, '2012-01-01', 1, id FROM source LIMIT 1");
    world_run(&other, "INSERT INTO area_change (old, new, share, changed_on, row, source) SELECT"
                      " 'A2', 'A1', 1, '2012-01-01', 2, id FROM source LIMIT 1");
    g_autoptr(GapGazetteer) changed = gazetteer_of(&other);
    assert_int_equal(gap_gazetteer_count(changed, GAP_GAZETTEER_MUNICIPALITY), 2);
    assert_true(has_name(target_of(changed, GAP_GAZETTEER_MUNICIPALITY, "A2"), "Osh",
                         "the former unit (until 2011)"));
    world_close(&other);
}

/* A table with columns name, district, province; a cell "" is null. */
static GapTable *table_of(const char *const (*rows)[3], size_t n) {
    GapTable *table = gap_table_new("names");
    static const char *const names[] = {"name", "district", "province"};
    for (int c = 0; c < 3; c++)
        gap_table_add_column(table, &(GapColumnSpec){names[c], GAP_TYPE_TEXT, NULL, NULL});
    for (size_t r = 0; r < n; r++) {
        gap_table_add_row(table);
        for (size_t c = 0; c < 3; c++)
            gap_table_set_text(table, r, c, *rows[r][c] ? rows[r][c] : NULL);
    }
    return table;
}

static const GapMatchColumns ALL = {0, 1, 2, GAP_MATCH_ANY_LEVEL, false};

static GapMatchTally match(GapTable *table, GapMatchColumns columns) {
    g_autoptr(GapGazetteer) gazetteer = gazetteer_of(&world);
    GError *error = NULL;
    GapMatchTally tally = {.first = 0};
    gap_match_table(gazetteer, table, &columns, &tally, NULL, &error);
    assert_no_error(error);
    return tally;
}

static void rows_end_as_one_of_three(void **state) {
    (void)state;
    static const struct {
        const char *cells[3];
        int level;
        const char *outcome, *code, *says, *candidates;
    } cases[] = {
        {{"East", "", ""}, -1, "matched", "XX-B", "same key", NULL},
        {{"Восточный", "", ""}, -1, "unmatched", NULL, "no place", NULL},
        {{"Osh", "", ""},
         -1,
         "ambiguous",
         NULL,
         "2 places",
         "XX-A Osh (province, XX); A1 Osh (municipality, Osh)"},
        {{"Osh", "", ""}, GAP_GAZETTEER_MUNICIPALITY, "matched", "A1", "same key", NULL},
        {{"Osh", "", "Osh"}, GAP_GAZETTEER_MUNICIPALITY, "matched", "A1", "in Osh", NULL},
        {{"Osh oblast", "", ""}, -1, "matched", "XX-A", "a province as named", NULL},
        // a district is no municipality, also where the store has no districts
        {{"Midle district", "", ""}, -1, "unmatched", NULL, "not a district", NULL},
        // nor are there districts for one to lie in
        {{"selo", "Middle", ""}, -1, "matched", "A1", "no place is known as 'Middle'", NULL},
        {{"Leninskiy", "", ""}, -1, "matched", "A2", "the former unit (until 2011)", NULL},
        {{"жаны шаар", "", "East"}, GAP_GAZETTEER_PLACE, "matched", "p2", "Kyrgyz name", NULL},
        {{"", "", ""}, -1, "unmatched", NULL, "no name", NULL},
        {{"\xff\xfe", "\xff", "\xff"}, -1, "unmatched", NULL, "no name", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapTable) table = table_of(&cases[i].cells, 1);
        GapMatchColumns columns = ALL;
        columns.level = cases[i].level;
        const GapMatchTally tally = match(table, columns);
        const char *cell[GAP_MATCH_ADDED];
        for (size_t c = 0; c < GAP_MATCH_ADDED; c++)
            cell[c] = gap_table_text(table, 0, tally.first + c);
        if (g_strcmp0(cell[0], cases[i].outcome) || g_strcmp0(cell[1], cases[i].code) ||
            !strstr(cell[4], cases[i].says) ||
            (cases[i].candidates && g_strcmp0(cell[5], cases[i].candidates)))
            fail_msg("%zu, %s: %s %s %s %s", i, cases[i].cells[0], cell[0], cell[1], cell[4],
                     cell[5]);
        assert_int_equal(tally.count[0] + tally.count[1] + tally.count[2], 1);
        if (g_str_equal(cell[0], "matched")) {
            assert_null(cell[5]);
            assert_non_null(cell[2]);
        }
    }
}

static void a_place_may_stand_on_many_rows(void **state) {
    (void)state;
    static const char *const rows[][3] = {
        {"East", "", ""}, {"Nowhere", "", ""}, {"East", "", ""}, {"Middle", "", "East"}};
    g_autoptr(GapTable) table = table_of(rows, 4);
    const GapMatchTally tally = match(table, ALL);
    assert_int_equal(tally.count[GAP_MATCH_MATCHED], 2);
    assert_string_equal(gap_table_text(table, 2, tally.first + 1), "XX-B");
    assert_non_null(strstr(gap_table_text(table, 3, tally.first + 4), "not in 'East'"));
    // once each: two that fit the same place as well leave neither sure of it
    g_autoptr(GapTable) once = table_of(rows, 3);
    GapMatchColumns columns = ALL;
    columns.unique = true;
    assert_int_equal(match(once, columns).count[GAP_MATCH_MATCHED], 0);
}

static void columns_that_are_taken_get_other_names(void **state) {
    (void)state;
    static const char *const rows[][3] = {{"East", "", ""}};
    g_autoptr(GapTable) table = table_of(rows, 1);
    static const char *const taken[] = {"CODE", "match_code", "Score"};
    for (size_t i = 0; i < G_N_ELEMENTS(taken); i++)
        gap_table_add_column(table, &(GapColumnSpec){taken[i], GAP_TYPE_INT, NULL, NULL});
    gap_table_set_int(table, 0, 3, 7);
    // A name that is a number is a name.
    GapMatchColumns columns = ALL;
    columns.district = 3;
    const GapMatchTally tally = match(table, columns);
    static const char *const want[] = {"outcome",     "match_match_code", "matched_name",
                                       "match_score", "reason",           "candidates"};
    for (size_t i = 0; i < GAP_MATCH_ADDED; i++)
        assert_string_equal(gap_table_column(table, tally.first + i)->name, want[i]);
    assert_int_equal(gap_table_int(table, 0, 3), 7);
}

static void points_count(void **state) {
    (void)state;
    static const char *const rows[][3] = {{"New Town", "", ""}, {"New Town", "", ""}};
    g_autoptr(GapTable) table = table_of(rows, 2);
    gap_table_set_geometry(table, 0, NULL);
    g_autoptr(GBytes) far = gap_wkb_point(74.0, 40.5);
    gap_table_set_geometry(table, 1, far);
    const GapMatchTally tally = match(table, ALL);
    assert_string_equal(gap_table_text(table, 0, tally.first), "matched");
    assert_string_equal(gap_table_text(table, 1, tally.first), "unmatched");
    assert_non_null(strstr(gap_table_text(table, 1, tally.first + 4), "km apart"));
}

static bool stop(void *user, double share, const char *what) {
    (void)user, (void)share, (void)what;
    return false;
}

static void what_fails_leaves_the_table(void **state) {
    (void)state;
    static const char *const rows[][3] = {{"East", "", ""}};
    g_autoptr(GapTable) table = table_of(rows, 1);
    g_autoptr(GapGazetteer) gazetteer = gazetteer_of(&world);
    const GapProgress progress = {stop, NULL};
    GapMatchTally tally;
    g_autoptr(GError) error = NULL;
    assert_false(gap_match_table(gazetteer, table, &ALL, &tally, &progress, &error));
    assert_non_null(error);
    assert_int_equal(gap_table_columns(table), 3);
    // A table without rows gets its columns; a store without places has nothing to match with.
    g_autoptr(GapTable) none = table_of(NULL, 0);
    assert_int_equal(match(none, ALL).first, 3);
    World bare = world_empty();
    world_open(&bare);
    g_clear_error(&error);
    assert_null(gap_gazetteer_new(bare.store, GAP_GAZETTEER_ALL, &error));
    assert_error_says(error, "load boundaries or places first");
    world_close(&bare);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_are_all_of_the_store),
        cmocka_unit_test(former_units_are_found_as_what_they_became),
        cmocka_unit_test(rows_end_as_one_of_three),
        cmocka_unit_test(a_place_may_stand_on_many_rows),
        cmocka_unit_test(columns_that_are_taken_get_other_names),
        cmocka_unit_test(points_count),
        cmocka_unit_test(what_fails_leaves_the_table),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
