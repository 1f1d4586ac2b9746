// Kinds of map: two measures at once, hatches of doubt, circles by size, dots of people.
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "geo/text/text.h"
#include "styles/dots/dots.h"

static const GapMapPage english = {.lang = "en"};

static char *legend_of(const GapScene *scene) {
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < scene->items->len; i++)
        if (scene_item(scene, i)->text && g_str_equal(scene_item(scene, i)->role, "legend"))
            g_ptr_array_add(all, scene_item(scene, i)->text);
    g_ptr_array_add(all, NULL);
    return g_strjoinv("|", (char **)all->pdata);
}

/** Circles of a layer in the main frame, of one fill where `fill` is given. */
static unsigned count_circles(const GapScene *scene, const char *id, const char *fill) {
    GapColour want;
    unsigned n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        n += item->kind == GAP_ITEM_CIRCLE && item->frame == 1 && g_str_equal(item->id, id) &&
             (!fill || (gap_colour_parse(fill, &want) && fabs(item->fill.r - want.r) < 1e-6 &&
                        fabs(item->fill.g - want.g) < 1e-6 && fabs(item->fill.b - want.b) < 1e-6));
    }
    return n;
}

/* ---- two measures at once ---- */

/** The one municipality that a country of one has. */
static GapScene *scene_of_one(double coverage, const char *plan, const char *lang) {
    Country c = country_small();
    GapTable *m = country_table(&c, "municipalities");
    while (gap_table_rows(m) > 1)
        gap_table_drop_last_row(m);
    put_number(m, 0, "coverage", coverage);
    put_text(m, 0, "plan_status", plan);
    GapScene *scene = country_scene(&c, "gap-and-plan", lang, fonts);
    country_free(&c);
    return scene;
}

static void cells_have_their_colours(void **state) {
    (void)state;
    static const struct {
        double coverage;
        const char *plan, *colour, *row; /**< of the square, from the lowest class on */
    } cases[] = {
        {1, "endorsed", "#E5E7ED", "|1|–|–|endorsed|"},
        {0.5, "endorsed", "#98D1C9", "|–|1|–|endorsed|"},
        {0, "endorsed", "#3CB7B9", "|–|–|1|endorsed|"},
        {0.67, "drafted", "#A5ABE2", "|–|1|–|drafted|"}, // 0.33 beyond: the class holds its limit
        {0.68, "drafted", "#DEBEE7", "|1|–|–|drafted|"},
        {0.32, "drafted", "#4F97BA", "|–|–|1|drafted|"},
        {1, "none", "#BC66A1", "|1|–|–|none|"},
        {0.5, "none", "#8A5CA8", "|–|1|–|none|"},
        {0, "none", "#384891", "|–|–|1|none|"},
        {1, "unknown", "#F0EAD5", "|1|–|–|unknown|"},
        {0, "unknown", "#AC9F6F", "|–|–|1|unknown|"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapScene) scene = scene_of_one(cases[i].coverage, cases[i].plan, "en");
        g_autofree char *legend = legend_of(scene);
        assert_int_equal(count_circles(scene, "circles", cases[i].colour), 1);
        if (!strstr(legend, cases[i].row))
            fail_msg("case %zu: '%s' is without '%s'", i, legend, cases[i].row);
        assert_null(strstr(legend, "no data"));
        assert_non_null(strstr(legend, "0%|33%|67%|100%"));
    }
}

static void areas_without_people_are_no_cell(void **state) {
    (void)state;
    g_autoptr(GapScene) scene = scene_of_one(NAN, "none", "en");
    g_autofree char *legend = legend_of(scene);
    assert_int_equal(count_circles(scene, "circles", "#FFFFFF"), 1);
    assert_non_null(strstr(legend, "|–|–|–|none|"));
    assert_non_null(strstr(legend, "no data (1)"));
}

static void squares_want_steps_alike(void **state) {
    (void)state;
    static const struct {
        const char *colour, *says;
    } cases[] = {
        {"\"#ffffff\"", "not coloured by a match"},
        {"[\"match\",[\"get\",\"plan_status\"],\"none\",\"#000000\",\"#ffffff\"]", "wants a step"},
        {"[\"match\",[\"get\",\"plan_status\"],\"none\",[\"step\",[\"get\",\"coverage\"],"
         "\"#000000\",0.5,\"#111111\"],\"drafted\",[\"step\",[\"get\",\"coverage\"],\"#222222\","
         "0.6,\"#333333\"],\"#ffffff\"]",
         "different limits"},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(
            "{\"version\":8,\"name\":\"gap-and-plan\",\"metadata\":{\"gapmap\":{\"panel\":[{"
            "\"kind\":\"square\",\"layer\":\"c\",\"title\":\"legend_square\",\"across\":"
            "\"legend_beyond\",\"up\":\"legend_plan\",\"words\":\"plans\"}]}},\"sources\":{\"s\":{"
            "\"type\":\"geojson\",\"data\":\"gapmap:municipalities/seat\"}},\"layers\":[{\"id\":"
            "\"c\",\"type\":\"circle\",\"source\":\"s\",\"paint\":{\"circle-color\":%s}}]}",
            cases[i].colour);
        GError *error = NULL;
        g_autoptr(GapStyle) style = gap_style_parse(text, strlen(text), "mine", &error);
        assert_no_error(error);
        assert_null(gap_map_scene(style, &c.data, &english, fonts, &error));
        assert_error_says(error, cases[i].says);
    }
    country_free(&c);
}

/* ---- what is uncertain, approximate or not known ---- */

/** Items of a layer in the main frame with that hatch. */
static unsigned count_hatched(const GapScene *scene, const char *id, GapHatch hatch) {
    unsigned n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        n += item->frame == 1 && item->hatch == hatch && g_str_equal(item->id, id);
    }
    return n;
}

/** Of the twelve municipalities the first two rest on assumed points, the third is not known. */
static Country country_of_doubt(bool official) {
    Country c = country_small();
    GapTable *m = country_table(&c, "municipalities");
    for (size_t row = 0; row < gap_table_rows(m); row++) {
        put_number(m, row, "coverage", row == 2 ? NAN : 0.8);
        put_number(m, row, "coverage_exact", row < 2 ? 0.39 : row == 2 ? NAN : 0.4);
        if (!official)
            continue;
        put_text(m, row, "boundary_quality", "official");
        put_box(m, row, 70 + (double)row / 4, 40, 70.2 + (double)row / 4, 41);
    }
    return c;
}

static void what_is_uncertain_is_hatched(void **state) {
    (void)state;
    static const char *const themes[] = {"coverage", "gap-and-plan"};
    for (size_t i = 0; i < 4; i++) {
        Country c = country_of_doubt(i >= 2);
        const char *layer = i < 2 ? "circles" : "areas";
        g_autoptr(GapScene) scene = country_scene(&c, themes[i % 2], "en", fonts);
        g_autofree char *legend = legend_of(scene);
        assert_int_equal(count_hatched(scene, layer, GAP_HATCH_DOTS), 2);
        assert_int_equal(count_hatched(scene, layer, GAP_HATCH_UP), 1);
        assert_int_equal(count_hatched(scene, layer, GAP_HATCH_NONE), 9);
        assert_non_null(strstr(legend, "reach mostly assumed (2)"));
        country_free(&c);
    }
}

static void certain_maps_have_no_such_key(void **state) {
    (void)state;
    Country c = country_of_doubt(false);
    GapTable *m = country_table(&c, "municipalities");
    put_number(m, 0, "coverage_exact", 0.8);
    put_number(m, 1, "coverage_exact", NAN); // as of a store that does not know
    g_autoptr(GapScene) scene = country_scene(&c, "coverage", "en", fonts);
    g_autofree char *legend = legend_of(scene);
    assert_int_equal(count_hatched(scene, "circles", GAP_HATCH_DOTS), 0);
    assert_null(strstr(legend, "mostly assumed"));
    country_free(&c);
}

/** A hatch that cannot be seen on its ground says nothing. */
static void hatches_stand_out(void **state) {
    (void)state;
    Country c = country_of_doubt(false);
    g_autoptr(GapScene) scene = country_scene(&c, "coverage", "en", fonts);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        double a = gap_colour_luminance(item->fill), b = gap_colour_luminance(item->hatch_colour);
        if (item->hatch)
            assert_true((fmax(a, b) + 0.05) / (fmin(a, b) + 0.05) > 1.7);
    }
    assert_near(gap_colour_luminance((GapColour){1, 1, 1, 1}), 1, 1e-9);
    assert_near(gap_colour_luminance((GapColour){0.5, 0.5, 0.5, 0}), 0.2140, 1e-4);
    country_free(&c);
}

static void rates_and_borders_tell_how_sure_they_are(void **state) {
    (void)state;
    Country c = country_small();
    GapTable *p = country_table(&c, "provinces");
    g_autoptr(GapScene) before = country_scene(&c, "crime-and-plans", "en", fonts);
    put_text(p, 0, "crime_basis", "estimated");
    put_text(p, 1, "crime_basis", "press");
    put_text(p, 2, "crime_basis", "reconstructed");
    put_text(p, 3, "boundary_quality", "approximate");
    g_autoptr(GapScene) after = country_scene(&c, "crime-and-plans", "en", fonts);
    g_autofree char *old = legend_of(before), *new = legend_of(after);
    assert_int_equal(count_hatched(before, "rates", GAP_HATCH_DOTS), 0);
    assert_int_equal(count_hatched(after, "rates", GAP_HATCH_DOTS), 2);
    assert_null(strstr(old, "estimate"));
    assert_null(strstr(old, "approximate border"));
    assert_non_null(strstr(new, "rate is an estimate (2)"));
    assert_non_null(strstr(new, "approximate border"));
    assert_int_equal(count_hatched(before, "approximate-borders", GAP_HATCH_NONE), 0);
    for (guint i = 0; i < after->items->len; i++)
        if (g_str_equal(scene_item(after, i)->id, "approximate-borders"))
            assert_true(scene_item(after, i)->dash[0] > 0);
    country_free(&c);
}

/* ---- circles by size ---- */

/** The map of gaps, with people beyond reach in the first municipalities and none in the others. */
static GapScene *scene_of_sizes(const double *people, size_t n) {
    Country c = country_small();
    GapTable *m = country_table(&c, "municipalities");
    for (size_t row = 0; row < gap_table_rows(m); row++)
        put_number(m, row, "people_beyond", row < n ? people[row] : 0);
    GapScene *scene = country_scene(&c, "gaps", "en", fonts);
    country_free(&c);
    return scene;
}

/** Radii in the main frame, the largest first (the order of drawing). */
static size_t radii_of(const GapScene *scene, double *r) {
    size_t n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->kind == GAP_ITEM_CIRCLE && item->frame == 1 && g_str_equal(item->id, "circles"))
            r[n++] = item->r;
    }
    return n;
}

static void circles_are_areas_whatever_the_range(void **state) {
    (void)state;
    static const struct {
        double people[3];
        size_t n;
        double largest; /**< radius */
        const char *legend;
    } cases[] = {
        {{240000, 90000, 3000}, 3, 41.15, "People beyond reach|200,000|50,000|10,000|"},
        {{100000, 90000, 50}, 3, 26.563, "People beyond reach|200,000|50,000|10,000|"},
        {{580186, 250000, 10000}, 3, 42, "People beyond reach|200,000|50,000|10,000|"},
        {{300, 120, 7}, 3, 42, "People beyond reach|200|20|police"},
        {{5000, 5000, 5000}, 3, 42, "People beyond reach|5,000|police"},
        {{7000}, 1, 42, "People beyond reach|7,000|police"},
        {{7e9, 1e9, 5e8}, 3, 42, "People beyond reach|5,000,000,000|1,000,000,000|police"},
        {{0.3, 0.15, 0.15}, 3, 42, "People beyond reach|0.2|police"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double r[12];
        g_autoptr(GapScene) scene = scene_of_sizes(cases[i].people, cases[i].n);
        g_autofree char *legend = legend_of(scene);
        assert_int_equal(radii_of(scene, r), cases[i].n);
        assert_near(r[0], cases[i].largest, 0.01);
        for (size_t k = 1; k < cases[i].n; k++)
            assert_near(r[k] * r[k] / (r[0] * r[0]), cases[i].people[k] / cases[i].people[0], 1e-6);
        if (!strstr(legend, cases[i].legend))
            fail_msg("case %zu: '%s' is without '%s'", i, legend, cases[i].legend);
    }
}

static void no_circles_have_no_legend(void **state) {
    (void)state;
    g_autoptr(GapScene) scene = scene_of_sizes(NULL, 0);
    g_autofree char *legend = legend_of(scene);
    assert_null(strstr(legend, "People beyond reach"));
}

/** The samples are drawn on the scale of the map, and circles that get no smaller say so. */
static void samples_are_as_large_as_circles(void **state) {
    (void)state;
    Country c = country_small();
    GapTable *m = country_table(&c, "municipalities");
    static const double people[] = {500000, 100000, 30000, 300};
    for (size_t row = 0; row < gap_table_rows(m); row++)
        put_number(m, row, "people", people[row % 4]);
    g_autoptr(GapScene) scene = country_scene(&c, "coverage", "en", fonts);
    g_autofree char *legend = legend_of(scene);
    assert_non_null(strstr(legend, "|500,000|100,000|up to 30,000|"));
    for (size_t i = 0; i < 3; i++) {
        double r = 0.048 * sqrt(people[i]);
        unsigned samples = 0, circles = 0;
        for (guint k = 0; k < scene->items->len; k++) {
            const GapItem *item = scene_item(scene, k);
            if (item->kind != GAP_ITEM_CIRCLE || fabs(item->r - r) > 1e-3)
                continue;
            samples += g_str_equal(item->role, "legend");
            circles += item->frame == 1;
        }
        assert_int_equal(samples, 1);
        assert_int_equal(circles, i < 2 ? 3 : 6); // those of 300 are as those of 30,000
    }
    country_free(&c);
}

/* ---- symbols by kind ---- */

/** Each kind that is drawn has a line, with the colour that its points have, and no other has. */
static void symbols_have_the_colours_of_their_kind(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_small(); // an exact station and an assumed district department
    g_autoptr(GapStyle) bundled = gap_style_bundled("coverage", NULL);
    g_autofree char *text = json_dumps(bundled->document, JSON_COMPACT);
    g_auto(GStrv) parts = g_strsplit(text, "\"icon-color\":\"#B3261E\"", 2);
    g_autofree char *mine =
        g_strconcat(parts[0],
                    "\"icon-color\":[\"match\",[\"get\",\"kind\"],\"station\",\"#00ff00\","
                    "\"district_department\",\"#0000ff\",\"#ff0000\"]",
                    parts[1], NULL);
    g_autoptr(GapStyle) style = gap_style_parse(mine, strlen(mine), "mine", &error);
    assert_no_error(error);
    g_autoptr(GapScene) scene = gap_map_scene(style, &c.data, &english, fonts, &error);
    assert_no_error(error);
    unsigned green = 0, blue = 0, red = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (!g_str_equal(item->role, "legend") || !g_str_equal(item->id, "points") || item->text)
            continue;
        for (int k = 0; k < 2; k++) {
            GapColour p = k ? item->fill : item->stroke;
            green += p.a > 0 && p.g == 1 && p.r == 0;
            blue += p.a > 0 && p.b == 1 && p.r == 0;
            red += p.a > 0 && p.r == 1 && p.g == 0;
        }
    }
    assert_true(green == 1 && blue == 1 && red == 0);
    g_autofree char *legend = legend_of(scene);
    assert_non_null(strstr(legend, "Police points|police station|district department, assumed"));
    assert_null(strstr(legend, "shared roof"));
    country_free(&c);
}

/* ---- dots ---- */

static double sum_of(const GapTable *t, const char *province, int covered) {
    double sum = 0;
    for (size_t row = 0; row < gap_table_rows(t); row++) {
        const char *own = gap_cell_text(t, row, "province");
        if (!own) // of the demand: areas are called "Alpha 2"
            own = gap_cell_text(t, row, "area");
        if (g_str_has_prefix(own, province) && gap_cell_number(t, row, "covered") == covered)
            sum += gap_cell_number(t, row, "people");
    }
    return sum;
}

/** A country whose municipalities are thirds of their provinces, with a lake in the first and
 *  people on a grid of 1/20 degree. */
static Country country_of_cells(void) {
    Country c = country_small();
    GapTable *m = country_table(&c, "municipalities"), *d = country_table(&c, "demand");
    while (gap_table_rows(d))
        gap_table_drop_last_row(d);
    for (size_t row = 0; row < gap_table_rows(m); row++) {
        double w = 70 + 2 * (double)(row / 3 % 2) + (double)(row % 3) * 2 / 3,
               s = 40 + (double)(row / 6);
        const char *code = gap_cell_text(m, row, "code");
        put_box(m, row, w, s, w + 2.0 / 3, s + 1);
        for (int k = 0; k < 12 * 20; k++)
            put_people(&c, code, 100 + (double)(k * 37 % 113) + (k == 50 ? 90000 : 0), k % 7 < 3,
                       w + 0.05 * (k % 12) + 0.05, s + 0.05 * (k / 12) + 0.02);
    }
    put_box(country_table(&c, "lakes"), 0, 70.2, 40.2, 70.5, 40.5);
    return c;
}

static GapTable *dots_of(Country *c, double people) {
    GError *error = NULL;
    GapDotsGround ground = {country_table(c, "demand"), country_table(c, "municipalities"),
                            country_table(c, "lakes")};
    GapTable *dots = gap_dots_table(&ground, people, &error);
    assert_no_error(error);
    return dots;
}

static void dots_add_up_to_the_people(void **state) {
    (void)state;
    static const char *const provinces[] = {"Alpha", "Beta", "Gamma", "Delta"};
    static const double people[] = {1, 77, 500, 1000, 50000, 1e6, 1e9};
    Country c = country_of_cells();
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
        g_autoptr(GapTable) dots = dots_of(&c, people[i]);
        for (size_t p = 0; p < G_N_ELEMENTS(provinces); p++)
            for (int covered = 0; covered < 2; covered++) {
                double real = sum_of(country_table(&c, "demand"), provinces[p], covered);
                double drawn = sum_of(dots, provinces[p], covered);
                assert_true(real > 0 && fabs(real - drawn) <= people[i] / 2 + 1e-6);
            }
    }
    country_free(&c);
}

static void dots_stand_at_home_on_dry_ground(void **state) {
    (void)state;
    Country c = country_of_cells();
    GapTable *m = country_table(&c, "municipalities");
    g_autoptr(GapTable) dots = dots_of(&c, 500), again = dots_of(&c, 500);
    g_autoptr(GHashTable) places = g_hash_table_new(g_bytes_hash, g_bytes_equal);
    unsigned wet = 0;
    assert_int_equal(gap_table_rows(dots), gap_table_rows(again));
    for (size_t row = 0; row < gap_table_rows(dots); row++) {
        double lon, lat;
        GBytes *wkb = gap_table_geometry(dots, row);
        assert_true(g_bytes_equal(wkb, gap_table_geometry(again, row)));
        g_hash_table_add(places, wkb);
        assert_true(gap_wkb_read_point(wkb, &lon, &lat));
        for (size_t k = 0; k < gap_table_rows(m); k++)
            if (g_str_equal(gap_cell_text(m, k, "code"), gap_cell_text(dots, row, "area"))) {
                g_autoptr(GapGeometry) g = gap_geometry_from_wkb(gap_table_geometry(m, k), NULL);
                GapBox box = gap_geometry_box(g);
                assert_true(lon >= box.min_x && lon <= box.max_x && lat >= box.min_y &&
                            lat <= box.max_y);
            }
        wet += lon > 70.25 && lon < 70.45 && lat > 40.25 && lat < 40.45;
    }
    // Rows that lie in the middle of the lake have no other place than their own.
    double own = 0;
    GapTable *d = country_table(&c, "demand");
    for (size_t row = 0; row < gap_table_rows(d); row++) {
        double lon, lat;
        gap_wkb_read_point(gap_table_geometry(d, row), &lon, &lat);
        if (lon > 70.2 && lon < 70.5 && lat > 40.2 && lat < 40.5)
            own += gap_cell_number(d, row, "people");
    }
    assert_true(wet <= own / 500 + 3);
    assert_true(g_hash_table_size(places) > gap_table_rows(dots) * 97 / 100);
    country_free(&c);
}

/** Where the demand is no lattice a dot stands as near its settlement as its people need. */
static void dots_stand_around_settlements(void **state) {
    (void)state;
    static const double places[][3] = {
        {70.5, 40.5, 9000}, {70.83, 40.61, 400}, {71.9, 40.2, 2500}, {72.41, 40.77, 60}};
    Country c = country_new();
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        put_people(&c, "A", places[i][2], true, places[i][0], places[i][1]);
    g_autoptr(GapTable) dots = dots_of(&c, 20);
    unsigned found[4] = {0};
    for (size_t row = 0; row < gap_table_rows(dots); row++) {
        double lon, lat;
        assert_true(gap_wkb_read_point(gap_table_geometry(dots, row), &lon, &lat));
        for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
            double radius_km = sqrt(places[i][2] / 2500 / G_PI);
            found[i] += hypot((lon - places[i][0]) * 111.32 * cos(places[i][1] * G_PI / 180),
                              (lat - places[i][1]) * 111.32) <= radius_km + 1e-6;
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        assert_int_equal(found[i], places[i][2] / 20);
    country_free(&c);
}

static void dots_are_as_many_as_suit_a_page(void **state) {
    (void)state;
    static const double cases[][2] = {{0, 10},      {60000, 10},     {60001, 20},
                                      {120001, 50}, {5885500, 1000}, {7e9, 2e6}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapTable) t = gap_table_new("demand");
        put_number(t, gap_table_add_row(t), "people", cases[i][0]);
        assert_near(gap_dots_people(t), cases[i][1], 0);
    }
}

static void maps_of_dots_say_what_a_dot_is(void **state) {
    (void)state;
    Country c = country_of_cells();
    g_autoptr(GapScene) scene = country_scene(&c, "people", "en", fonts);
    g_autofree char *legend = legend_of(scene);
    unsigned within = count_circles(scene, "dots", "#0B3C7D"),
             beyond = count_circles(scene, "dots", "#EE6C1B");
    g_autofree char *a = gap_format_number(within, 0, "en"),
                    *b = gap_format_number(beyond, 0, "en");
    g_autofree char *want = g_strdup_printf("Dots of 500 people each|within reach (%s)|"
                                            "beyond reach (%s)",
                                            a, b);
    assert_true(within > 100 && beyond > 100);
    assert_int_equal(within + beyond, count_circles(scene, "dots", NULL));
    if (!strstr(legend, want))
        fail_msg("'%s' is without '%s'", legend, want);
    country_free(&c);
}

static void wrong_dots_are_told(void **state) {
    (void)state;
    static const char *const wrong[] = {"demand/dot",     "demand/dots/",    "demand/dots/0",
                                        "demand/dots/x",  "demand/dots/nan", "demand/dots/-5",
                                        "demand/dots/5x", "places/dots",     "demand/dots/1e99"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        GError *error = NULL;
        g_autofree char *text = g_strdup_printf(
            "{\"version\":8,\"name\":\"x\",\"metadata\":{\"gapmap\":{}},\"sources\":{\"s\":{"
            "\"type\":\"geojson\",\"data\":\"gapmap:%s\"}},\"layers\":[]}",
            wrong[i]);
        assert_null(gap_style_parse(text, strlen(text), "mine", &error));
        assert_error_says(error, "sources.s.data: after the slash");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_have_their_colours),
        cmocka_unit_test(areas_without_people_are_no_cell),
        cmocka_unit_test(squares_want_steps_alike),
        cmocka_unit_test(what_is_uncertain_is_hatched),
        cmocka_unit_test(certain_maps_have_no_such_key),
        cmocka_unit_test(hatches_stand_out),
        cmocka_unit_test(rates_and_borders_tell_how_sure_they_are),
        cmocka_unit_test(circles_are_areas_whatever_the_range),
        cmocka_unit_test(no_circles_have_no_legend),
        cmocka_unit_test(samples_are_as_large_as_circles),
        cmocka_unit_test(symbols_have_the_colours_of_their_kind),
        cmocka_unit_test(dots_add_up_to_the_people),
        cmocka_unit_test(dots_stand_at_home_on_dry_ground),
        cmocka_unit_test(dots_stand_around_settlements),
        cmocka_unit_test(dots_are_as_many_as_suit_a_page),
        cmocka_unit_test(maps_of_dots_say_what_a_dot_is),
        cmocka_unit_test(wrong_dots_are_told),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
