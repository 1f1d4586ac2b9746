/* What styles and odd data do to a map: properties arrive in the scene, what a column brings is
 * checked, and no number makes a page that is unsound. */
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "styles/shapes/offset.h"
#include "styles/symbol.h"

/** A style of one layer, "a". */
static GapScene *draw(const Country *c, const char *type, const char *source, const char *rest,
                      GError **error) {
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"name\": \"gaps\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"s\": "
        "{\"type\": \"geojson\", \"data\": \"gapmap:%s\"}}, \"layers\": [{\"id\": \"a\", \"type\": "
        "\"%s\", \"source\": \"s\", %s}]}",
        source, type, rest);
    g_autoptr(GapStyle) style = gap_style_parse(text, strlen(text), "t.json", error);
    const GapMapPage page = {.lang = "en"};
    return style ? gap_map_scene(style, &c->data, &page, fonts, error) : NULL;
}

/** The first item of layer "a" on the map, or NULL. */
static const GapItem *drawn(const GapScene *scene) {
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->frame == 1 && g_str_equal(item->id, "a"))
            return item;
    }
    return NULL;
}

static void what_columns_bring_is_checked(void **state) {
    (void)state;
    static const struct {
        const char *type, *source, *rest, *says;
    } cases[] = {
        {"symbol", "police_points", "\"layout\": {\"icon-image\": [\"get\", \"precision\"]}",
         "t.json: layer 'a': icon-image of row 1: 'exact' is not known here; wanted is station"},
        {"fill", "provinces", "\"paint\": {\"fill-pattern\": [\"get\", \"name\"]}",
         "t.json: layer 'a': fill-pattern of row 1 (Alpha): 'Alpha' is not known here"},
        {"fill", "provinces", "\"paint\": {\"fill-color\": [\"get\", \"name\"]}",
         "fill-color of row 1 (Alpha): 'Alpha' is not known here; wanted is a colour"},
        {"circle", "municipalities/seat",
         "\"filter\": [\"==\", [\"get\", \"ladder\"], \"fund\"], \"metadata\": {\"gapmap:hatch\": "
         "[\"coalesce\", [\"get\", \"ladder\"], \"dots\"]}",
         "gapmap:hatch of row 3 (Alpha 3): 'fund' is not known here"},
        {"fill", "nowhere", "\"paint\": {}", "sources.s: there is no layer 'nowhere'"},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        assert_null(draw(&c, cases[i].type, cases[i].source, cases[i].rest, &error));
        assert_error_says(error, cases[i].says);
    }
    country_free(&c);
}

static GapScene *draw_well(const Country *c, const char *type, const char *source,
                           const char *rest) {
    GError *error = NULL;
    GapScene *scene = draw(c, type, source, rest, &error);
    assert_no_error(error);
    return scene;
}

static void zooms_choose_layers(void **state) {
    (void)state;
    static const struct {
        const char *rest;
        bool there;
    } cases[] = {
        {"\"minzoom\": 0", true},
        {"\"minzoom\": 5, \"maxzoom\": 12", true},
        {"\"minzoom\": 12", false},
        {"\"maxzoom\": 5", false},
        {"\"layout\": {\"visibility\": \"none\"}", false},
        {"\"filter\": [\">\", [\"zoom\"], 5]", true},
        {"\"filter\": [\"in\", [\"get\", \"name\"], [\"literal\", [\"Beta\", \"Nowhere\"]]]", true},
        {"\"filter\": [\"in\", [\"get\", \"name\"], [\"literal\", [\"Nowhere\"]]]", false},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapScene) scene = draw_well(&c, "fill", "provinces", cases[i].rest);
        if ((drawn(scene) != NULL) != cases[i].there)
            fail_msg("%s: the layer is %s", cases[i].rest, cases[i].there ? "missing" : "there");
    }
    country_free(&c);
}

static void properties_arrive(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) line = draw_well(&c, "line", "provinces",
                                         "\"layout\": {\"line-cap\": \"square\", \"line-join\": "
                                         "[\"case\", true, \"bevel\", \"round\"]}");
    assert_int_equal(drawn(line)->cap, GAP_CAP_SQUARE);
    assert_int_equal(drawn(line)->join, GAP_JOIN_BEVEL);
    g_autoptr(GapScene) plain = draw_well(&c, "line", "provinces", "\"paint\": {}");
    assert_int_equal(drawn(plain)->cap, GAP_CAP_BUTT);
    assert_int_equal(drawn(plain)->join, GAP_JOIN_MITER);
    g_autoptr(GapScene) fill = draw_well(&c, "fill", "provinces",
                                         "\"paint\": {\"fill-outline-color\": \"#ff0000\", "
                                         "\"fill-opacity\": 0.5, \"fill-pattern\": \"dots\"}");
    assert_near(drawn(fill)->width, 1, 0);
    assert_near(drawn(fill)->stroke.r, 1, 0);
    assert_near(drawn(fill)->stroke.a, 0.5, 0);
    assert_int_equal(drawn(fill)->hatch, GAP_HATCH_DOTS);
    g_autoptr(GapScene) bare = draw_well(&c, "fill", "provinces", "\"paint\": {}");
    assert_near(drawn(bare)->width, 0, 0);
    g_autoptr(GapScene) name = draw_well(&c, "symbol", "lakes",
                                         "\"layout\": {\"text-field\": [\"get\", \"name\"], "
                                         "\"text-transform\": \"lowercase\", \"text-size\": 20}");
    assert_string_equal(drawn(name)->text, "mere");
    // A number that a column brings is drawn as near to it as the property allows.
    g_autoptr(GapScene) wide = draw_well(
        &c, "line", "provinces", "\"paint\": {\"line-width\": [\"-\", [\"get\", \"area_km2\"]]}");
    assert_near(drawn(wide)->width, 0, 0);
    country_free(&c);
}

static void more_properties_arrive(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) line =
        draw_well(&c, "line", "provinces",
                  "\"paint\": {\"line-width\": 2, \"line-dasharray\": [4, 1, 2, 1]}");
    const double dashes[] = {8, 2, 4, 2, 0};
    for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
        assert_near(drawn(line)->dash[i], dashes[i], 0);
    g_autoptr(GapScene) circle =
        draw_well(&c, "circle", "places",
                  "\"paint\": {\"circle-stroke-opacity\": 0.5, \"circle-stroke-width\": 1}");
    assert_near(drawn(circle)->stroke.a, 0.5, 0);
    assert_near(drawn(circle)->fill.a, 1, 0);
    g_autoptr(GapScene) ground =
        draw_well(&c, "background", "places", "\"paint\": {\"background-opacity\": 0.25}");
    assert_near(drawn(ground)->fill.a, 0.25, 0);
    g_autoptr(GapScene) icon = draw_well(&c, "symbol", "places",
                                         "\"layout\": {\"icon-image\": \"station\"}, \"paint\": "
                                         "{\"icon-opacity\": 0.5}");
    assert_near(drawn(icon)->fill.a, 0.5, 0);
    assert_near(drawn(icon)->stroke.a, 0.5, 0);
    g_autoptr(GapScene) moved = draw_well(
        &c, "symbol", "places",
        "\"layout\": {\"icon-image\": \"station\", \"icon-offset\": [10, -5], \"icon-size\": 2}");
    g_autoptr(GapScene) large = draw_well(
        &c, "symbol", "places", "\"layout\": {\"icon-image\": \"station\", \"icon-size\": 2}");
    assert_near(drawn(moved)->box.min_x - drawn(large)->box.min_x, 20, 1e-9);
    assert_near(drawn(moved)->box.min_y - drawn(large)->box.min_y, -10, 1e-9);
    country_free(&c);
}

/** The first name of layer "a", or NULL. */
static const GapItem *first_name(const GapScene *scene) {
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->kind == GAP_ITEM_TEXT && g_strcmp0(item->id, "a") == 0)
            return item;
    }
    return NULL;
}

/** Where the middle of the first place's name lies from the place, pixels. */
static void name_stands(const Country *c, const char *layout, double *dx, double *dy) {
    g_autofree char *rest = g_strdup_printf(
        "\"metadata\": {\"gapmap:first\": 1}, \"layout\": {\"text-field\": \"Name\", "
        "\"text-size\": 20%s}",
        layout);
    const char *mark = "\"metadata\": {\"gapmap:first\": 1}, \"paint\": {\"circle-radius\": 1}";
    g_autoptr(GapScene) scene = draw_well(c, "symbol", "places", rest);
    g_autoptr(GapScene) circles = draw_well(c, "circle", "places", mark);
    const GapItem *name = first_name(scene), *place = drawn(circles);
    assert_non_null(name);
    assert_non_null(place);
    *dx = (name->box.min_x + name->box.max_x) / 2 - place->x;
    *dy = (name->box.min_y + name->box.max_y) / 2 - place->y;
}

static void names_stand_where_they_are_put(void **state) {
    (void)state;
    static const struct {
        const char *layout;
        int x, y; /**< the side where the name lies; 0: in the middle */
    } cases[] = {
        {", \"text-anchor\": \"center\"", 0, 0},
        {", \"text-anchor\": \"left\"", 1, 0},
        {", \"text-anchor\": \"right\"", -1, 0},
        {", \"text-anchor\": \"top\"", 0, 1},
        {", \"text-anchor\": \"bottom-right\"", -1, -1},
        {", \"text-variable-anchor\": [\"bottom\", \"left\"]", 0, -1},
        {", \"text-variable-anchor\": [\"right\"], \"text-anchor\": \"top\"", -1, 0},
    };
    Country c = country_small();
    double x, y, far_x, far_y;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        name_stands(&c, cases[i].layout, &x, &y);
        bool good = cases[i].x ? x * cases[i].x > 5 : fabs(x) < 1;
        good &= cases[i].y ? y * cases[i].y > 5 : fabs(y) < 1;
        if (!good)
            fail_msg("%s: the name is at %g, %g", cases[i].layout, x, y);
    }
    // text-offset is in text sizes; of several sides away from the point; without one a wish.
    name_stands(&c, ", \"text-anchor\": \"top\"", &x, &y);
    name_stands(&c, ", \"text-anchor\": \"top\", \"text-offset\": [0.5, -1]", &far_x, &far_y);
    assert_near(far_x - x, 10, 1e-6);
    assert_near(far_y - y, -20, 1e-6);
    name_stands(&c, ", \"text-variable-anchor\": [\"top\"], \"text-offset\": [0, -1]", &far_x,
                &far_y);
    assert_near(far_y - y, 20, 1e-6);
    name_stands(&c, ", \"text-anchor\": \"top\", \"text-radial-offset\": 2", &far_x, &far_y);
    assert_near(far_y - y, 40, 1e-6);
    name_stands(&c, ", \"text-offset\": [0, 1.5]", &x, &y);
    assert_near(x, 0, 1e-6);
    assert_near(y, 30, 1e-6);
    country_free(&c);
}

static void lines_are_moved(void **state) {
    (void)state;
    static const struct {
        GapShapeKind kind;
        double xy[10], offset, moved[10];
    } cases[] = {
        {GAP_SHAPE_LINE,
         {0, 0, 10, 0, 10, 10, 20, 10, 20, 20},
         1,
         {0, 1, 9, 1, 9, 11, 19, 11, 19, 20}},
        {GAP_SHAPE_LINE, {0, 0, 10, 0, 10, 0, 10, 10, 10, 20}, -1, {0}},
        {GAP_SHAPE_POLYGON, {0, 0, 10, 0, 10, 10, 0, 10, 0, 0}, 2, {2, 2, 8, 2, 8, 8, 2, 8, 2, 2}},
        {GAP_SHAPE_POLYGON, {0, 0, 0, 10, 10, 10, 10, 0, 0, 0}, 2, {2, 2, 2, 8, 8, 8, 8, 2, 2, 2}},
        {GAP_SHAPE_POLYGON,
         {0, 0, 10, 0, 10, 10, 0, 10, 0, 0},
         -1,
         {-1, -1, 11, -1, 11, 11, -1, 11, -1, -1}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double xy[10];
        uint32_t part[] = {0, 1}, ring[] = {0, 5};
        memcpy(xy, cases[i].xy, sizeof xy);
        GapGeometry shape = {cases[i].kind, 1, 1, 5, part, ring, xy};
        gap_line_offset(&shape, cases[i].offset);
        for (size_t k = 0; k < 10; k++)
            if (i == 1 ? !isfinite(xy[k]) : fabs(xy[k] - cases[i].moved[k]) > 1e-9)
                fail_msg("case %zu: number %zu is %g", i, k, xy[k]);
    }
}

/** Every symbol and hatch that a style may name is drawn, each as something of its own. */
static void names_are_drawn(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GHashTable) looks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint n = 0;
    for (size_t i = 0; GAP_SYMBOLS[i]; i++, n++) {
        g_autofree char *rest =
            g_strdup_printf("\"layout\": {\"icon-image\": \"%s\"}", GAP_SYMBOLS[i]);
        g_autoptr(GapScene) scene = draw_well(&c, "symbol", "places", rest);
        assert_non_null(drawn(scene));
        g_hash_table_add(looks, gap_scene_to_json(scene));
    }
    assert_int_equal(g_hash_table_size(looks), n - 1); // point and dot are one
    g_hash_table_remove_all(looks);
    for (n = 0; GAP_HATCHES[n]; n++) {
        g_autofree char *rest =
            g_strdup_printf("\"paint\": {\"fill-pattern\": \"%s\"}", GAP_HATCHES[n]);
        g_autoptr(GapScene) scene = draw_well(&c, "fill", "provinces", rest);
        assert_int_equal(drawn(scene)->hatch, n);
    }
    country_free(&c);
}

/* ---- odd data ---- */

static void put_all(Country *c, double value) {
    static const char *const columns[] = {"people",     "coverage", "people_beyond",
                                          "crime_rate", "area_km2", "people_plan_none"};
    GapTable *tables[] = {country_table(c, "provinces"), country_table(c, "municipalities")};
    for (size_t t = 0; t < G_N_ELEMENTS(tables); t++)
        for (size_t row = 0; row < gap_table_rows(tables[t]); row++)
            for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
                put_number(tables[t], row, columns[i], value);
}

static void all_huge(Country *c) {
    put_all(c, 1e300);
}

static void all_tiny(Country *c) {
    put_all(c, 1e-300);
}

static void all_negative(Country *c) {
    put_all(c, -5);
}

static void all_zero(Country *c) {
    put_all(c, 0);
}

static void all_missing(Country *c) {
    put_all(c, NAN);
}

/** Municipality 1 becomes an official area far over the frame, 2 one without ground. */
static void over_the_frame(Country *c) {
    GapTable *m = country_table(c, "municipalities");
    put_box(m, 0, 50, 20, 100, 60);
    put_text(m, 0, "boundary_quality", "official");
    put_box(m, 1, 71, 40.5, 71, 40.5);
    put_text(m, 1, "boundary_quality", "official");
    put_police(c, "station", "exact", 120, -60);
}

static void long_names(Country *c) {
    static const char *const tables[] = {"provinces", "municipalities", "places", "lakes", "sites"};
    g_autofree char *word = g_strnfill(300, 'W');
    g_autoptr(GString) words = g_string_new(NULL);
    for (int i = 0; i < 60; i++)
        g_string_append(words, "Жалал ");
    for (size_t t = 0; t < G_N_ELEMENTS(tables); t++)
        for (size_t row = 0; row < gap_table_rows(country_table(c, tables[t])); row++)
            put_text(country_table(c, tables[t]), row, "name_en", row % 2 ? word : words->str);
}

static void no_rows(Country *c) {
    static const char *const tables[] = {"municipalities", "police_points", "crime",
                                         "places",         "roads",         "sites",
                                         "lakes",          "neighbours",    "isochrones"};
    for (size_t t = 0; t < G_N_ELEMENTS(tables); t++)
        g_hash_table_insert(c->data.tables, g_strdup(tables[t]), gap_table_new("none"));
}

static void one_area(Country *c) {
    no_rows(c);
    GapTable *p = gap_table_new("provinces"), *m = country_table(c, "municipalities");
    g_hash_table_insert(c->data.tables, g_strdup("provinces"), p);
    put_text(p, gap_table_add_row(p), "name_en", "Only");
    put_box(p, 0, 70, 40, 71, 41);
    put_number(p, 0, "crime_rate", 176);
    put_text(m, gap_table_add_row(m), "name_en", "Sole");
    put_box(m, 0, 70, 40, 71, 41);
    put_text(m, 0, "boundary_quality", "official");
    put_number(m, 0, "coverage", 0.5);
    put_number(m, 0, "people", 9000);
}

static void assert_finite(double value, const GapItem *item, const char *what) {
    if (!isfinite(value))
        fail_msg("%s: a %s of '%s' is no number", what, item->role, item->id);
}

static void assert_sound(const GapScene *scene, const char *what) {
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        const double all[] = {item->box.min_x, item->box.min_y, item->box.max_x, item->box.max_y,
                              item->x,         item->y,         item->r,         item->width,
                              item->fill.a,    item->stroke.a,  item->dash[0],   item->dash[1]};
        for (size_t k = 0; k < G_N_ELEMENTS(all); k++)
            assert_finite(all[k], item, what);
        for (uint32_t k = 0; item->path && k < 2 * item->path->n_points; k++)
            assert_finite(item->path->xy[k], item, what);
        GapBox room = {0, 0, scene->width, scene->height};
        if (item->frame)
            room = g_array_index(scene->frames, GapSceneFrame, item->frame - 1).box;
        if (item->text && (item->box.min_x < room.min_x || item->box.min_y < room.min_y ||
                           item->box.max_x > room.max_x || item->box.max_y > room.max_y))
            fail_msg("%s: %s '%.40s' is cut", what, item->role, item->text);
    }
}

static void odd_data_make_sound_maps(void **state) {
    (void)state;
    static const struct {
        const char *name;
        void (*make)(Country *c);
    } cases[] = {{"huge", all_huge},   {"tiny", all_tiny},       {"negative", all_negative},
                 {"zero", all_zero},   {"missing", all_missing}, {"over", over_the_frame},
                 {"long", long_names}, {"no rows", no_rows},     {"one area", one_area}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Country c = country_small();
        cases[i].make(&c);
        for (size_t k = 0; GAP_THEMES[k]; k++) {
            GError *error = NULL;
            unsigned cols, rows;
            g_autofree char *what = g_strjoin(" ", cases[i].name, GAP_THEMES[k], NULL);
            country_mode(&c, g_str_equal(GAP_THEMES[k], "travel"));
            g_autoptr(GapScene) scene = country_scene(&c, GAP_THEMES[k], "en", fonts);
            assert_sound(scene, what);
            g_autofree guint32 *pixels = gap_canvas_pixels(scene, fonts, 1, &cols, &rows, &error);
            assert_no_error(error);
        }
        country_free(&c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_columns_bring_is_checked),
        cmocka_unit_test(zooms_choose_layers),
        cmocka_unit_test(properties_arrive),
        cmocka_unit_test(more_properties_arrive),
        cmocka_unit_test(names_stand_where_they_are_put),
        cmocka_unit_test(lines_are_moved),
        cmocka_unit_test(names_are_drawn),
        cmocka_unit_test(odd_data_make_sound_maps),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
