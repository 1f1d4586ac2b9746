#include "tests/check.h"
#include "tests/fonts_fixture.h"

#include "styles/labels.h"

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
    assert_int_equal(scene->labels_placed + scene->left_out->len, 20);
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
        assert_int_equal(scene->labels_placed + scene->left_out->len, 60);
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

/* ---- names led to their marks ---- */

/** A label at 200, 150 with no room beside it: something lies all around. */
static GapScene *crowded(GapLeader leader, bool shown_larger) {
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel one = point_label("Osh", 200, 150, 0);
    one.leader = leader;
    gap_labels_add(labels, &one);
    gap_labels_avoid(labels, (GapBox){165, 120, 235, 180}, 20);
    if (shown_larger)
        gap_labels_keep_areas_off(labels, (GapBox){150, 100, 250, 200}, 0);
    return place(labels);
}

static void names_are_led_where_they_may_be(void **state) {
    (void)state;
    static const struct {
        GapLeader leader;
        bool shown_larger, placed;
    } cases[] = {{GAP_LEADER_NONE, false, false},
                 {GAP_LEADER_ONCE, false, true},
                 {GAP_LEADER_ONCE, true, false},
                 {GAP_LEADER_ALWAYS, true, true}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapScene) scene = crowded(cases[i].leader, cases[i].shown_larger);
        assert_int_equal(scene->labels_placed, cases[i].placed);
        if (!cases[i].placed)
            continue;
        assert_int_equal(scene->items->len, 2); // no halo, no casing; a small mark, no dot
        const double *line = item(scene, 0)->path->xy;
        GapBox words = item(scene, 1)->box;
        assert_string_equal(item(scene, 0)->role, "leader");
        assert_near(hypot(line[0] - 200, line[1] - 150), 5, 1e-9); // the edge of the mark
        assert_true(line[2] >= words.min_x && line[2] <= words.max_x && line[3] >= words.min_y &&
                    line[3] <= words.max_y);
        assert_false(overlap(words, (GapBox){165, 120, 235, 180}));
    }
}

static void a_place_beside_is_cheaper_than_a_line(void **state) {
    (void)state;
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel one = point_label("Osh", 200, 150, 0);
    one.leader = GAP_LEADER_ALWAYS;
    gap_labels_add(labels, &one);
    gap_labels_avoid(labels, (GapBox){206, 100, 400, 200}, 5); // all but the left
    g_autoptr(GapScene) scene = place(labels);
    assert_int_equal(scene->items->len, 1);
    assert_true(item(scene, 0)->box.max_x <= 195);
}

/* ---- names broken into lines ---- */

static void wide_names_are_broken_evenly(void **state) {
    (void)state;
    GapTextLook look = {.size = 20};
    double one, w, h, line;
    gap_fonts_measure(fonts, "Токтогул суу сактагычы", &look, &one, &line);
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel label = point_label("Токтогул суу сактагычы", 100, 150, 0);
    label.max_width = 0.7 * one;
    gap_labels_add(labels, &label);
    g_autoptr(GapScene) scene = place(labels);
    GapBox b = item(scene, 0)->box;
    w = b.max_x - b.min_x;
    h = b.max_y - b.min_y;
    assert_near(h, 2 * line, 1);
    assert_true(w < 0.65 * one && w > 0.45 * one);
    assert_string_equal(item(scene, 0)->text, "Токтогул суу сактагычы");
}

static void hyphens_are_no_breaks(void **state) {
    (void)state;
    GapTextLook look = {.size = 20, .lines = 3};
    assert_int_equal(gap_fonts_lines(fonts, "Кара-Балта", &look, 20), 1);
    assert_int_equal(gap_fonts_lines(fonts, "Кара Балта", &look, 20), 2);
    assert_int_equal(gap_fonts_lines(fonts, "Ысык-Көл облусу", &look, 20), 2);
}

/** Such as an address in the title of a source. */
static void words_wider_than_the_room_are_broken(void **state) {
    (void)state;
    GapTextLook look = {.size = 18, .wrap = 300, .anywhere = true};
    double w, h, one;
    gap_fonts_measure(fonts, "Булак", &look, &w, &one);
    gap_fonts_measure(fonts, "https://example.org/an_address_without_a_place_to_break_it", &look,
                      &w, &h);
    assert_true(w <= look.wrap && h > 1.5 * one);
}

static void spaced_names_stay_whole(void **state) {
    (void)state;
    double xy[] = {20, 20, 380, 20, 380, 280, 20, 280, 20, 20};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry area = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, xy};
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel label = point_label("Казакстан", 200, 150, 0);
    GapTextLook look = label.look;
    double w, h;
    look.spacing = label.look.spacing = 3;
    label.area = &area;
    gap_labels_add(labels, &label);
    g_autoptr(GapScene) scene = place(labels);
    gap_fonts_measure(fonts, label.text, &look, &w, &h);
    assert_near(item(scene, 0)->box.max_y - item(scene, 0)->box.min_y, h, 0.5);
}

/** A strip that is as high as wide names are long, and half as wide. */
static void names_of_narrow_areas_stand_in_two_lines(void **state) {
    (void)state;
    double xy[] = {150, 20, 250, 20, 250, 280, 150, 280, 150, 20};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry area = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, xy};
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel label = point_label("Нарын облусу", 200, 150, 0);
    label.area = &area;
    gap_labels_add(labels, &label);
    g_autoptr(GapScene) scene = place(labels);
    GapBox b = item(scene, 0)->box;
    assert_true(b.min_x >= 150 && b.max_x <= 250 && b.max_y - b.min_y > 40);
}

/* ---- names along lines ---- */

enum { WAY = 40 };

/** The name of a line of WAY points. */
static GapScene *along(const char *text, const double *way) {
    GArray *xy = g_array_new(FALSE, FALSE, sizeof(double));
    uint32_t part[] = {0, 1}, ring[] = {0, WAY};
    g_array_append_vals(xy, way, 2 * WAY);
    GapGeometry line = {GAP_SHAPE_LINE, 1, 1, WAY, part, ring, (double *)(void *)xy->data};
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel label = point_label(text, way[0], way[1], 0);
    label.line = &line;
    label.max_angle = G_PI / 4;
    gap_labels_add(labels, &label);
    GapScene *scene = place(labels);
    g_array_unref(xy);
    return scene;
}

/** From one end to the other, `bend` to the left of the chord in the middle. */
static void arc(double x1, double y1, double x2, double y2, double bend, double *way) {
    for (int i = 0; i < WAY; i++) {
        double t = i / (WAY - 1.0), off = 4 * bend * t * (1 - t), d = hypot(x2 - x1, y2 - y1);
        way[2 * i] = x1 + t * (x2 - x1) + off * (y2 - y1) / d;
        way[2 * i + 1] = y1 + t * (y2 - y1) - off * (x2 - x1) / d;
    }
}

static void names_of_lines_follow_them_upright(void **state) {
    (void)state;
    static const struct {
        double from[2], to[2], bend, low, high; // degrees that the letters may have
    } cases[] = {
        {{50, 150}, {350, 150}, 0, -1, 1},     // straight on
        {{350, 150}, {50, 150}, 0, -1, 1},     // the other way: the name still reads
        {{50, 250}, {350, 50}, 0, -35, -33},   // uphill
        {{350, 250}, {50, 50}, 0, 33, 35},     // downhill, drawn from below
        {{200, 20}, {200, 280}, 0, -91, -89},  // steep: reads upwards
        {{200, 280}, {200, 20}, 0, -91, -89},  // as well
        {{60, 150}, {340, 150}, 70, -45, 45},  // over a hill
        {{60, 150}, {340, 150}, -70, -45, 45}, // through a valley
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double way[2 * WAY];
        arc(cases[i].from[0], cases[i].from[1], cases[i].to[0], cases[i].to[1], cases[i].bend, way);
        g_autoptr(GapScene) scene = along("Сары-Жаз", way);
        assert_int_equal(scene->labels_placed, 1);
        const GapItem *name = item(scene, 0);
        assert_int_equal(name->n_along, 8);
        for (guint k = 0; k < name->n_along; k++) {
            const GapTextPlace *p = &name->along[k];
            double degrees = p->angle * 180 / G_PI;
            assert_true(degrees >= cases[i].low && degrees <= cases[i].high);
            for (int n = 0; n < WAY; n++) // no point of the line lies in a letter
                assert_true(hypot(way[2 * n] - p->x, way[2 * n + 1] - p->y) > p->height / 2);
            if (!k)
                continue;
            const GapTextPlace *q = &name->along[k - 1];
            assert_near(hypot(p->x - q->x, p->y - q->y), (p->width + q->width) / 2, 0.6);
            assert_true(cases[i].bend * (p->angle - q->angle) >= -1e-9 || cases[i].bend == 0);
        }
    }
}

static void wild_lines_have_no_name(void **state) {
    (void)state;
    double way[2 * WAY];
    for (int i = 0; i < WAY; i++) { // a coil
        way[2 * i] = 200 + (10 + i) * cos(0.9 * i);
        way[2 * i + 1] = 150 + (10 + i) * sin(0.9 * i);
    }
    g_autoptr(GapScene) scene = along("Сары-Жаз", way);
    assert_int_equal(scene->labels_placed, 0);
    assert_int_equal(scene->left_out->len, 1);
    arc(50, 150, 90, 150, 0, way); // too short
    g_autoptr(GapScene) brook = along("Сары-Жаз", way);
    assert_int_equal(brook->labels_placed, 0);
}

/** Letters and their marks stay together, as pango has it. */
static void letters_keep_their_marks(void **state) {
    (void)state;
    static const struct {
        const char *text;
        guint clusters;
    } cases[] = {{"Өзгөн", 5}, {"И\u0306й", 2}, {"Е\u0308", 1}, {"Көл-Суу", 7}, {"", 0}};
    GapTextLook look = {.size = 20, .italic = true, .spacing = 2};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double height, w, h, sum = 0;
        g_autoptr(GArray) clusters = gap_fonts_clusters(fonts, cases[i].text, &look, &height);
        assert_int_equal(clusters->len, cases[i].clusters);
        for (guint k = 0; k < clusters->len; k++)
            sum += g_array_index(clusters, GapGlyphCluster, k).width;
        gap_fonts_measure(fonts, cases[i].text, &look, &w, &h);
        assert_near(sum, w, 0.1);
    }
}

/** Rows of one river, one after the other: one name. */
static void one_name_for_a_river_of_many_rows(void **state) {
    (void)state;
    double xy[] = {20, 150, 100, 150, 100, 150, 180, 150, 180, 150, 260, 150};
    uint32_t part[] = {0, 1}, ring[] = {0, 2};
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    for (size_t i = 0; i < 3; i++) {
        GapGeometry line = {GAP_SHAPE_LINE, 1, 1, 2, part, ring, xy + 4 * i};
        GapLabel label = point_label("Чү", xy[4 * i], 150, 0);
        label.line = &line;
        label.max_angle = 1;
        gap_labels_add(labels, &label);
    }
    g_autoptr(GapScene) scene = place(labels);
    assert_int_equal(scene->labels_placed, 1);
    assert_int_equal(scene->left_out->len, 0);
}

static void parts_that_meet_are_one_line(void **state) {
    (void)state;
    double xy[] = {200, 150, 140, 150, 200, 150, 260, 150, 140, 150, 90, 150};
    uint32_t part[] = {0, 1, 2, 3}, ring[] = {0, 2, 4, 6};
    GapGeometry line = {GAP_SHAPE_LINE, 3, 3, 6, part, ring, xy};
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabel label = point_label("Сары-Жаз", 0, 0, 0);
    label.line = &line;
    label.max_angle = 1;
    gap_labels_add(labels, &label);
    g_autoptr(GapScene) scene = place(labels);
    assert_int_equal(scene->labels_placed, 1); // no part alone is long enough
}

/* ---- the report ---- */

static void what_is_left_out_is_told(void **state) {
    (void)state;
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    g_autoptr(GapScene) scene = gap_scene_new(400, 300);
    static const char *const names[] = {"Osh", "Two\nlines", "Naryn", "Naryn", "Talas", "a", "b"};
    gap_scene_text(scene, fonts, "label", "l", "Talas", &(GapTextLook){.size = 20}, 0, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        GapLabel one = point_label(names[i], 200, 150, (double)i);
        one.id = i < 5 ? "l" : "other";
        one.centred = true;
        gap_labels_add(labels, &one);
    }
    gap_labels_place(labels, scene, fonts, frame, 0);
    g_autofree char *said = gap_labels_report(scene), *json = gap_scene_to_json(scene);
    assert_string_equal(said, "1 labels, 4 left out: l 2 (Two lines, Naryn), other 2 (a, b); 2 "
                              "stand in one frame and not in another");
    assert_non_null(strstr(json, "\"labels_left_out\":6"));
    assert_non_null(strstr(json, "{\"id\":\"other\",\"frame\":0,\"text\":\"a\"},\n"));
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
        cmocka_unit_test(names_are_led_where_they_may_be),
        cmocka_unit_test(a_place_beside_is_cheaper_than_a_line),
        cmocka_unit_test(wide_names_are_broken_evenly),
        cmocka_unit_test(hyphens_are_no_breaks),
        cmocka_unit_test(words_wider_than_the_room_are_broken),
        cmocka_unit_test(spaced_names_stay_whole),
        cmocka_unit_test(names_of_narrow_areas_stand_in_two_lines),
        cmocka_unit_test(names_of_lines_follow_them_upright),
        cmocka_unit_test(wild_lines_have_no_name),
        cmocka_unit_test(letters_keep_their_marks),
        cmocka_unit_test(one_name_for_a_river_of_many_rows),
        cmocka_unit_test(parts_that_meet_are_one_line),
        cmocka_unit_test(what_is_left_out_is_told),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
