// Maps of several: little maps with one set of classes, the difference of two runs, and arrows that
// keep off names.
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "geo/shape/overlay.h"
#include "styles/classes.h"

static const char *const langs[] = {"en", "ru", "ky"};

static const GapSceneFrame *frame(const GapScene *scene, guint number) {
    return &g_array_index(scene->frames, GapSceneFrame, number - 1);
}

static double width_of(GapBox b) {
    return b.max_x - b.min_x;
}

static double height_of(GapBox b) {
    return b.max_y - b.min_y;
}

/** Texts of a role and id, joined by '|'. */
static char *texts(const GapScene *scene, const char *role, const char *id) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->text && g_str_equal(item->role, role) && (!id || g_str_equal(item->id, id)))
            g_string_append_printf(all, "%s%s", all->len ? "|" : "", item->text);
    }
    return g_strdup(all->str);
}

/* ---- little maps ---- */

static void every_value_has_its_frame(void **state) {
    (void)state;
    Country c = country_bundled();
    for (size_t k = 0; k < G_N_ELEMENTS(langs); k++) {
        g_autoptr(GapScene) scene = country_scene(&c, "crime-years", langs[k], fonts);
        g_autofree char *years = texts(scene, "panel", "value");
        g_autofree char *missing = texts(scene, "panel", "missing");
        assert_string_equal(years, "2013|2014|2015|2016|2017|2018");
        assert_non_null(*missing ? missing : NULL); // of 2016
        assert_null(strchr(missing, '|'));
        assert_int_equal(scene->frames->len, 1 + 6);
        for (guint n = 3; n <= scene->frames->len; n++) {
            assert_near(width_of(frame(scene, n)->box), width_of(frame(scene, 2)->box), 1e-9);
            assert_near(height_of(frame(scene, n)->box), height_of(frame(scene, 2)->box), 1e-9);
            for (guint other = 2; other < n; other++)
                assert_false(gap_box_overlaps(frame(scene, n)->box, frame(scene, other)->box));
        }
    }
    country_free(&c);
}

/** The box of a layer's items in a frame, seen from the frame's left top. */
static GapBox drawn_box(const GapScene *scene, const char *id, guint number) {
    GapBox box = GAP_BOX_EMPTY, f = frame(scene, number)->box;
    for (guint i = 0; i < scene->items->len; i++)
        if (scene_item(scene, i)->frame == number && g_str_equal(scene_item(scene, i)->id, id))
            gap_box_add(&box, scene_item(scene, i)->box);
    return (GapBox){box.min_x - f.min_x, box.min_y - f.min_y, box.max_x - f.min_x,
                    box.max_y - f.min_y};
}

static void frames_have_one_scale_and_extent(void **state) {
    (void)state;
    Country c = country_bundled();
    g_autoptr(GapScene) scene = country_scene(&c, "coverage-runs", "en", fonts);
    GapBox first = drawn_box(scene, "country-border", 2),
           second = drawn_box(scene, "country-border", 3);
    assert_near(first.min_x, second.min_x, 1e-6);
    assert_near(first.min_y, second.min_y, 1e-6);
    assert_near(first.max_x, second.max_x, 1e-6);
    assert_near(first.max_y, second.max_y, 1e-6);
    g_autofree char *bars = texts(scene, "scale", NULL);
    assert_null(strchr(bars, '|')); // one bar for all
    country_free(&c);
}

/** Three maps leave a cell of four, where the legend and the scale bar stand. */
static void legend_stands_in_the_free_cell(void **state) {
    (void)state;
    Country c = country_bundled();
    put_run(&c, "20 km", 20000, 3);
    g_autoptr(GapScene) scene = country_scene(&c, "coverage-runs", "ky", fonts);
    assert_int_equal(scene->frames->len, 1 + 3);
    GapBox second = frame(scene, 3)->box, third = frame(scene, 4)->box;
    assert_true(second.max_x > 0.95 * scene->width);
    unsigned seen = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (!item->text ||
            (!g_str_equal(item->role, "legend") && !g_str_equal(item->role, "scale")))
            continue;
        seen++;
        assert_true(item->box.min_x > third.max_x && item->box.max_x <= second.max_x);
        assert_true(item->box.min_y > second.max_y && item->box.max_y <= third.max_y + 2);
    }
    assert_true(seen > 6);
    country_free(&c);
}

/** A number stands in its own circle, never on a smaller one that lies above it. */
static void numbers_stand_on_their_own_circles(void **state) {
    (void)state;
    Country c = country_bundled();
    GapTable *m = country_table(&c, "municipalities");
    for (size_t row = 0; row < 3; row++) { // the second lies upon the first, the third alone
        put_number(m, row, "seat_lon", row < 2 ? 75.5 : 77.0);
        put_number(m, row, "seat_lat", row < 2 ? 41.5 + 0.05 * (double)row : 41.8);
        put_number(m, row, "people_beyond", 250000 - 60000 * (double)row);
    }
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "en", fonts);
    unsigned numbers = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *number = scene_item(scene, i), *top = NULL;
        if (!g_str_equal(number->id, "ranks") || !number->text)
            continue;
        double x = (number->box.min_x + number->box.max_x) / 2,
               y = (number->box.min_y + number->box.max_y) / 2;
        for (guint k = 0; k < i; k++) {
            const GapItem *circle = scene_item(scene, k);
            if (circle->frame == number->frame && g_str_equal(circle->id, "circles") &&
                hypot(circle->x - x, circle->y - y) < circle->r)
                top = circle;
        }
        assert_non_null(top);
        assert_true(hypot(top->x - x, top->y - y) < 3);
        numbers++;
    }
    assert_true(numbers > 0);
    country_free(&c);
}

/** A colour stands for one class in all frames: the row's value lies within the class of the legend
 *  that has its colour. */
static void classes_are_those_of_all_frames(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_bundled();
    country_outline(&c);
    g_autoptr(GapStyle) style = gap_style_bundled("crime-years", &error);
    g_autoptr(GapScene) scene =
        gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error);
    assert_no_error(error);
    GapClass classes[GAP_CLASSES_MAX];
    GapExpr *step =
        gap_expr_find(gap_style_layer(style, "rates")->props[GAP_PROP_FILL_COLOR], "step");
    size_t n = gap_classes_read(step, classes), seen = 0;
    assert_in_range(n, 3, 5);
    const GapTable *t = country_table(&c, "crime_years");
    guint at = 0;
    for (size_t row = 0; row < gap_table_rows(t); row++) {
        double rate = gap_cell_number(t, row, "crime_rate");
        if (isnan(rate))
            continue;
        while (!g_str_equal(scene_item(scene, at)->id, "rates"))
            at++;
        const GapItem *item = scene_item(scene, at++);
        size_t k = 0;
        while (k < n && !(rate >= classes[k].from && rate < classes[k].to))
            k++;
        assert_true(k < n);
        assert_near(item->fill.r, classes[k].colour.r, 1e-9);
        assert_near(item->fill.g, classes[k].colour.g, 1e-9);
        assert_int_equal(item->frame, 2 + (guint)gap_cell_number(t, row, "year") - 2013);
        seen++;
    }
    assert_int_equal(seen, 5 * 8);
    country_free(&c);
}

static void shares_stand_above_runs(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "coverage-runs", "en", fonts);
    const GapTable *t = country_table(&c, "coverage_runs");
    double covered[2] = {0, 0}, placed[2] = {0, 0};
    for (size_t row = 0; row < gap_table_rows(t); row++) {
        int second = g_str_equal(gap_cell_text(t, row, "run"), "10 km");
        if (!isnan(gap_cell_number(t, row, "people_covered")))
            covered[second] += gap_cell_number(t, row, "people_covered");
        placed[second] += gap_cell_number(t, row, "people_placed");
    }
    g_autofree char *want = g_strdup_printf("%.0f%%|%.0f%%", 100 * covered[0] / placed[0],
                                            100 * covered[1] / placed[1]);
    g_autofree char *got = texts(scene, "panel", "figure");
    assert_string_equal(got, want);
    g_autofree char *names = texts(scene, "panel", "value");
    assert_string_equal(names, "5\u00a0km|10\u00a0km");
    country_free(&c);
}

static void runs_alike_go_by_their_labels(void **state) {
    (void)state;
    Country c = country_small();
    put_run(&c, "5 km, built only", 5000, 3);
    g_autoptr(GapScene) scene = country_scene(&c, "coverage-runs", "en", fonts);
    g_autofree char *names = texts(scene, "panel", "value");
    assert_string_equal(names, "5 km|10\u00a0km|5 km, built only");
    for (int i = 0; i < 30; i++) {
        g_autofree char *label = g_strdup_printf("run %d", i);
        put_run(&c, label, 100 * i, 3);
    }
    GError *error = NULL;
    g_autoptr(GapStyle) style = gap_style_bundled("coverage-runs", &error);
    assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "33 little maps do not fit on a page, 24 do");
    country_free(&c);
}

/* ---- the difference of two runs ---- */

static void runs_are_chosen_in_order(void **state) {
    (void)state;
    static const struct {
        const char *wanted, *says;
    } wrong[] = {
        {"5 km,11 km", "--runs: there is no run '11 km'; there are: 5 km, 10 km"},
        {"5 km, 5 km", "--runs: named twice, run '5 km'"},
        {"", "--runs: there is no run ''"},
    };
    Country c = country_small();
    const GapTable *runs = country_table(&c, "coverage_runs");
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        GError *error = NULL;
        assert_null(gap_runs_choose(runs, wrong[i].wanted, &error));
        assert_error_says(error, wrong[i].says);
    }
    GError *error = NULL;
    g_autoptr(GapTable) turned = gap_runs_choose(runs, "10 km , 5 km", &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(turned), gap_table_rows(runs));
    assert_string_equal(gap_cell_text(turned, 0, "run"), "10 km");
    g_autoptr(GapTable) one = gap_runs_choose(runs, "10 km", &error);
    assert_int_equal(gap_table_rows(one), gap_table_rows(runs) / 2);
    g_autoptr(GapTable) nothing = gap_runs_difference(one);
    assert_int_equal(gap_table_rows(nothing), 0);
    country_free(&c);
}

static double total(const GapTable *t, const char *column, const char *run) {
    double sum = 0;
    for (size_t row = 0; row < gap_table_rows(t); row++)
        if (!run || g_str_equal(gap_cell_text(t, row, "run"), run)) {
            double value = gap_cell_number(t, row, column);
            sum += isnan(value) ? 0 : value;
        }
    return sum;
}

/** What is gained less what is lost is what the second covers less what the first does. */
static void differences_add_up(void **state) {
    (void)state;
    Country c = country_bundled();
    const GapTable *runs = country_table(&c, "coverage_runs"),
                   *d = country_table(&c, "run_difference");
    double gained = total(d, "gained", NULL), lost = total(d, "lost", NULL);
    assert_true(gained > 0 && lost > 0);
    assert_near(gained - lost, total(d, "change", NULL), 1e-6);
    assert_near(gained - lost,
                total(runs, "people_covered", "10 km") - total(runs, "people_covered", "5 km"),
                1e-6);
    g_hash_table_remove(c.data.facts, "runs_shown");
    gap_runs_facts(runs, d, c.data.facts);
    assert_string_equal(g_hash_table_lookup(c.data.facts, "runs_shown"), "2");
    g_autofree char *fact = g_strdup_printf("%.0f", gained);
    assert_string_equal(g_hash_table_lookup(c.data.facts, "gained"), fact);
    GError *error = NULL;
    g_autoptr(GapTable) turned = gap_runs_choose(runs, "10 km,5 km", &error);
    g_autoptr(GapTable) back = gap_runs_difference(turned);
    assert_near(total(back, "gained", NULL), lost, 1e-6);
    for (size_t row = 0; row < gap_table_rows(d); row++) {
        double there = gap_cell_number(d, row, "difference");
        assert_true(isnan(there) ? isnan(gap_cell_number(back, row, "difference"))
                                 : there == -gap_cell_number(back, row, "difference"));
    }
    country_free(&c);
}

static void the_page_says_which_minus_which(void **state) {
    (void)state;
    static const char *const says[] = {"10\u00a0km minus 5\u00a0km", "10\u00a0км минус 5\u00a0км",
                                       "10\u00a0км минус 5\u00a0км"};
    Country c = country_small();
    for (size_t k = 0; k < G_N_ELEMENTS(langs); k++) {
        g_autoptr(GapScene) scene = country_scene(&c, "run-difference", langs[k], fonts);
        g_autofree char *subtitle = texts(scene, "subtitle", NULL);
        g_autofree char *legend = texts(scene, "legend", NULL);
        assert_non_null(strstr(subtitle, says[k]));
        assert_non_null(strstr(legend, says[k]));
    }
    country_free(&c);
}

static void what_is_missing_is_told(void **state) {
    (void)state;
    static const struct {
        const char *theme, *fact, *says;
    } cases[] = {
        {"visits", "visits", "no exchange visits are loaded; load some first: gapmap load visits"},
        {"crime-years", "years_known", "provinces have no crime figures of several years"},
        {"coverage-runs", "runs_shown", "there are no two runs of coverage"},
        {"run-difference", "second_run", "the difference is that of exactly two runs; name them"},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapStyle) style = gap_style_bundled(cases[i].theme, NULL);
        g_hash_table_remove(c.data.facts, cases[i].fact);
        assert_false(gap_map_shows(style, c.data.facts));
        assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
        assert_true(strstr(error->message, cases[i].says) != NULL);
    }
    country_free(&c);
}

/* ---- arrows ---- */

static GBytes *box_wkb(GapBox b) {
    double xy[] = {b.min_x, b.min_y, b.max_x, b.min_y, b.max_x,
                   b.max_y, b.min_x, b.max_y, b.min_x, b.min_y};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry g = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, xy};
    return gap_geometry_to_wkb(&g);
}

/** Whether an arrow's polygon and a box share ground. */
static bool meets(GapOverlay *overlay, const GapItem *arrow, GapBox box) {
    bool changed;
    g_autoptr(GBytes) raw = gap_geometry_to_wkb(arrow->path), window = box_wkb(box);
    g_autoptr(GBytes) shape = gap_overlay_make_valid(overlay, raw, &changed, NULL);
    g_autoptr(GBytes) shared = gap_overlay_intersection(overlay, shape, window, NULL);
    g_autoptr(GapGeometry) g = shared ? gap_geometry_from_wkb(shared, NULL) : NULL;
    return g && g->kind == GAP_SHAPE_POLYGON;
}

static unsigned arrows_of(const GapScene *scene, const char *what) {
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    unsigned arrows = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *arrow = scene_item(scene, i);
        if (!g_str_equal(arrow->role, "flow"))
            continue;
        arrows++;
        for (guint k = 0; k < scene->items->len; k++) {
            const GapItem *name = scene_item(scene, k);
            if (name->text && g_str_equal(name->role, "label") && name->frame == arrow->frame &&
                gap_box_overlaps(arrow->box, name->box) && meets(overlay, arrow, name->box))
                fail_msg("%s: an arrow crosses '%s'", what, name->text);
        }
    }
    return arrows;
}

static void arrows_cross_no_name(void **state) {
    (void)state;
    Country all[] = {country_small(), country_bundled()};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        for (size_t k = 0; k < G_N_ELEMENTS(langs); k++) {
            g_autoptr(GapScene) scene = country_scene(&all[i], "visits", langs[k], fonts);
            size_t flows = gap_table_rows(country_table(&all[i], "visit_flows"));
            assert_int_equal(arrows_of(scene, langs[k]), flows);
        }
        country_free(&all[i]);
    }
}

/** Random visits between all municipalities, more than anybody would draw. */
static void crowds_of_arrows_cross_no_name(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(11);
    for (int round = 0; round < 6; round++) {
        Country c = country_bundled();
        size_t n = gap_table_rows(country_table(&c, "visit_areas"));
        for (int i = 0; i < 25; i++) {
            size_t step = MAX(MIN(gap_table_rows(country_table(&c, "municipalities")), 40) / 10, 1);
            size_t from = (size_t)g_rand_int_range(rand, 0, (gint32)n),
                   to = (from + 1 + (size_t)g_rand_int_range(rand, 0, (gint32)n - 1)) % n;
            put_visit(&c, from * step, to * step, g_rand_int_range(rand, 0, 80));
        }
        g_autoptr(GapScene) scene = country_scene(&c, "visits", "ru", fonts);
        assert_in_range(arrows_of(scene, "crowd"), 25, 60);
        country_free(&c);
    }
    g_rand_free(rand);
}

/** There and back lie on both sides of the straight way. */
static void there_and_back_are_told_apart(void **state) {
    (void)state;
    Country c = country_small();
    GapTable *flows = country_table(&c, "visit_flows");
    while (gap_table_rows(flows) > 2)
        gap_table_drop_last_row(flows);
    g_autoptr(GapScene) scene = country_scene(&c, "visits", "en", fonts);
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GPtrArray) arrows = g_ptr_array_new();
    for (guint i = 0; i < scene->items->len; i++)
        if (g_str_equal(scene_item(scene, i)->role, "flow"))
            g_ptr_array_add(arrows, (gpointer)scene_item(scene, i));
    assert_int_equal(arrows->len, 2);
    const GapItem *a = arrows->pdata[0], *b = arrows->pdata[1];
    g_autoptr(GBytes) p = gap_geometry_to_wkb(a->path), q = gap_geometry_to_wkb(b->path);
    g_autoptr(GBytes) shared = gap_overlay_intersection(overlay, p, q, NULL);
    g_autoptr(GapGeometry) g = shared ? gap_geometry_from_wkb(shared, NULL) : NULL;
    double both = g && g->kind == GAP_SHAPE_POLYGON ? width_of(gap_geometry_box(g)) : 0;
    assert_true(both < 0.3 * width_of(a->box));
    country_free(&c);
}

static void arrows_want_circles(void **state) {
    (void)state;
    static const char text[] =
        "{\"version\": 8, \"name\": \"x\", \"metadata\": {\"gapmap\": {\"words\": \"visits\"}}, "
        "\"sources\": {\"f\": {\"type\": \"geojson\", \"data\": \"gapmap:visit_flows\"}}, "
        "\"layers\": [{\"id\": \"f\", \"type\": \"line\", \"source\": \"f\", \"metadata\": "
        "{\"gapmap:arrow\": true}}]}";
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GapStyle) style = gap_style_parse(text, strlen(text), "x", &error);
    assert_no_error(error);
    assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "layer 'f': gapmap:arrow wants gapmap:around");
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_has_its_frame),
        cmocka_unit_test(frames_have_one_scale_and_extent),
        cmocka_unit_test(legend_stands_in_the_free_cell),
        cmocka_unit_test(numbers_stand_on_their_own_circles),
        cmocka_unit_test(classes_are_those_of_all_frames),
        cmocka_unit_test(shares_stand_above_runs),
        cmocka_unit_test(runs_alike_go_by_their_labels),
        cmocka_unit_test(runs_are_chosen_in_order),
        cmocka_unit_test(differences_add_up),
        cmocka_unit_test(the_page_says_which_minus_which),
        cmocka_unit_test(what_is_missing_is_told),
        cmocka_unit_test(arrows_cross_no_name),
        cmocka_unit_test(crowds_of_arrows_cross_no_name),
        cmocka_unit_test(there_and_back_are_told_apart),
        cmocka_unit_test(arrows_want_circles),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
