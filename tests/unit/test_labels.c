#include "tests/check.h"

#include "styles/labels.h"

static GapFonts *fonts;

static int open_fonts(void **state) {
    (void)state;
    return (fonts = gap_fonts_new(NULL)) ? 0 : -1;
}

static int close_fonts(void **state) {
    (void)state;
    gap_fonts_free(fonts);
    return 0;
}

static const GapBox frame = {0, 0, 400, 300};

static GapLabel point_label(const char *text, double x, double y, double key) {
    return (GapLabel){.id = "l",
                      .text = text,
                      .look = {.size = 20, .colour = {0, 0, 0, 1}},
                      .x = x,
                      .y = y,
                      .radius = 5,
                      .sort_key = key};
}

static bool overlap(GapBox a, GapBox b) {
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

static GapScene *place(GapLabelSet *labels) {
    GapScene *scene = gap_scene_new(400, 300);
    gap_labels_place(labels, scene, fonts, frame, 0);
    return scene;
}

static const GapItem *item(const GapScene *scene, guint i) {
    return &g_array_index(scene->items, GapItem, i);
}

static void the_right_side_is_taken_first(void **state) {
    (void)state;
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel one = point_label("Osh", 200, 150, 0);
    gap_labels_add(labels, &one);
    g_autoptr(GapScene) scene = place(labels);
    assert_int_equal(scene->labels_placed, 1);
    assert_true(item(scene, 0)->box.min_x >= 205);
    assert_string_equal(item(scene, 0)->text, "Osh");
}

static void the_first_by_key_wins_and_the_rest_is_counted(void **state) {
    (void)state;
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    char names[20][8];
    for (int i = 0; i < 20; i++) {
        g_snprintf(names[i], sizeof names[i], "Name%02d", i);
        GapLabel one = point_label(names[i], 200, 150, 20 - i);
        gap_labels_add(labels, &one);
    }
    g_autoptr(GapScene) scene = place(labels);
    assert_string_equal(item(scene, 0)->text, "Name19");
    assert_true(scene->labels_placed >= 2 && scene->labels_placed <= 8);
    assert_int_equal(scene->labels_placed + scene->labels_left_out, 20);
    assert_int_equal(scene->items->len, scene->labels_placed);
}

static void higher_ranks_come_first(void **state) {
    (void)state;
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel low = point_label("Low", 200, 150, -100), high = point_label("High", 200, 150, 5);
    high.rank = 3;
    gap_labels_add(labels, &low);
    gap_labels_add(labels, &high);
    g_autoptr(GapScene) scene = place(labels);
    assert_string_equal(item(scene, 0)->text, "High");
}

static void labels_keep_clear(void **state) {
    (void)state;
    static const struct {
        GapBox box;
        double weight;
        bool placed;
    } cases[] = {{{0, 0, 400, 300}, INFINITY, false}, // nowhere to go
                 {{0, 0, 400, 300}, 0.5, true},       // a price that may be paid
                 {{205, 100, 400, 200}, INFINITY, true}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapLabelSet) labels = gap_labels_new();
        GapLabel one = point_label("Talas", 200, 150, 0);
        gap_labels_add(labels, &one);
        gap_labels_avoid(labels, cases[i].box, cases[i].weight);
        g_autoptr(GapScene) scene = place(labels);
        assert_int_equal(scene->labels_placed, cases[i].placed);
        if (cases[i].placed && isinf(cases[i].weight))
            assert_false(overlap(item(scene, 0)->box, cases[i].box));
    }
}

static void no_label_leaves_the_frame(void **state) {
    (void)state;
    static const double corners[][2] = {{0, 0}, {400, 0}, {0, 300}, {400, 300}, {-50, 150}};
    for (size_t i = 0; i < G_N_ELEMENTS(corners); i++) {
        g_autoptr(GapLabelSet) labels = gap_labels_new();
        GapLabel one = point_label("Karakol", corners[i][0], corners[i][1], 0);
        gap_labels_add(labels, &one);
        g_autoptr(GapScene) scene = place(labels);
        for (guint k = 0; k < scene->items->len; k++) {
            GapBox b = item(scene, k)->box;
            assert_true(b.min_x >= 0 && b.min_y >= 0 && b.max_x <= 400 && b.max_y <= 300);
        }
    }
}

static void areas_hold_their_labels(void **state) {
    (void)state;
    double xy[] = {20, 20, 180, 20, 180, 120, 20, 120, 20, 20};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry area = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, xy};
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel one = point_label("Naryn", 100, 70, 0);
    one.area = &area;
    gap_labels_add(labels, &one);
    gap_labels_avoid(labels, (GapBox){60, 55, 140, 85}, 5); // the best place is taken
    g_autoptr(GapScene) scene = place(labels);
    assert_int_equal(scene->labels_placed, 1);
    GapBox b = item(scene, 0)->box;
    assert_true(b.min_x >= 20 && b.min_y >= 20 && b.max_x <= 180 && b.max_y <= 120);
}

static void random_labels_never_overlap(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(7);
    for (int round = 0; round < 50; round++) {
        g_autoptr(GapLabelSet) labels = gap_labels_new();
        for (int i = 0; i < 60; i++) {
            GapLabel one =
                point_label(i % 2 ? "Ак-Талаа" : "Osh", g_rand_double_range(rand, 0, 400),
                            g_rand_double_range(rand, 0, 300), i);
            one.radius = g_rand_double_range(rand, 0, 30);
            one.centred = i % 5 == 0;
            gap_labels_add(labels, &one);
        }
        g_autoptr(GapScene) scene = place(labels);
        assert_int_equal(scene->labels_placed + scene->labels_left_out, 60);
        for (guint i = 0; i < scene->items->len; i++)
            for (guint k = i + 1; k < scene->items->len; k++)
                assert_false(overlap(item(scene, i)->box, item(scene, k)->box));
    }
    g_rand_free(rand);
}

static void bars_hang_below_their_words(void **state) {
    (void)state;
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel one = point_label("Batken", 200, 150, 0);
    one.bar = (GapLabelBar){80, 14, 2, {0.25, 0.75}, {{1, 0, 0, 1}, {0, 1, 0, 1}}};
    gap_labels_add(labels, &one);
    g_autoptr(GapScene) scene = place(labels);
    assert_int_equal(scene->items->len, 5); // casing, two parts, outline, words
    const GapItem *first = item(scene, 1), *second = item(scene, 2), *words = item(scene, 4);
    assert_near(first->box.max_x - first->box.min_x, 20, 1e-9);
    assert_near(second->box.max_x - second->box.min_x, 60, 1e-9);
    assert_true(first->box.min_y >= words->box.max_y);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_right_side_is_taken_first),
        cmocka_unit_test(the_first_by_key_wins_and_the_rest_is_counted),
        cmocka_unit_test(higher_ranks_come_first),
        cmocka_unit_test(labels_keep_clear),
        cmocka_unit_test(no_label_leaves_the_frame),
        cmocka_unit_test(areas_hold_their_labels),
        cmocka_unit_test(random_labels_never_overlap),
        cmocka_unit_test(bars_hang_below_their_words),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
