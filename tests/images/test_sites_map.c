// The map of proposed sites: marks that are all seen, the list, the chart, insets where sites are,
// and what the page says of models, proof and rule; the map of two proposals.
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

/** All texts of a role in a frame (-1: any), joined by '|'. */
static char *texts(const GapScene *scene, const char *role, int frame) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->text && g_str_equal(item->role, role) &&
            (frame < 0 || item->frame == (unsigned)frame))
            g_string_append_printf(all, "%s%s", all->len ? "|" : "", item->text);
    }
    return g_strdup(all->str);
}

static void assert_says(const GapScene *scene, const char *role, const char *words) {
    g_autofree char *got = texts(scene, role, -1);
    if (!strstr(got, words))
        fail_msg("%s is '%s', without '%s'", role, got, words);
}

static void pages_say_what_sites_are_best_at(void **state) {
    (void)state;
    static const struct {
        const char *model, *weight, *need, *proven, *lang, *says;
    } cases[] = {
        {"covering", "people", "1", "1", "en", "10 new sites, chosen for most people within 5"},
        {"covering", "people", "1", "1", "en", "· best under these assumptions, proven · as of"},
        {"covering", "people", "1", "0", "en",
         "best found under these assumptions, gap up to 2.5%"},
        {"covering", "people", "2", "1", "en", "within 5\u00a0km of two points (straight line)"},
        {"covering", "crime", "1", "1", "ru", "максимум преступлений не далее 5\u00a0км"},
        {"set-cover", "people", "1", "1", "en", "the fewest for 95% of the people within 5"},
        {"p-median", "people", "1", "1", "ky", "орточо жол эң кыска (түз сызык боюнча)"},
        {"p-center", "crime", "1", "1", "ru", "лучшие при этих допущениях, доказано"},
    };
    Country c = country_small();
    put_fact(&c, "sites_share", "0.95");
    put_fact(&c, "sites_gap", "0.025");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        put_fact(&c, "sites_model", cases[i].model);
        put_fact(&c, "sites_weight", cases[i].weight);
        put_fact(&c, "sites_need", cases[i].need);
        put_fact(&c, "sites_proven", cases[i].proven);
        g_autoptr(GapScene) scene = country_scene(&c, "sites", cases[i].lang, fonts);
        assert_says(scene, "subtitle", cases[i].says);
    }
    country_free(&c);
}

/** No subtitle is cut, in no language, of no model, also with the longest of limits. */
static void subtitles_are_whole(void **state) {
    (void)state;
    static const char *const models[] = {"covering", "set-cover", "p-median", "p-center"};
    static const char *const langs[] = {"en", "ru", "ky"};
    Country c = country_small();
    country_mode(&c, true);
    put_fact(&c, "direction", "people-to-police");
    put_fact(&c, "sites_within_min", "90");
    for (size_t i = 0; i < 4 * 3 * 3; i++) {
        put_fact(&c, "sites_model", models[i % 4]);
        put_fact(&c, "sites_weight", i / 12 == 1 ? "crime" : "people");
        put_fact(&c, "sites_need", i / 12 == 2 && i % 4 < 2 ? "2" : "1");
        g_autoptr(GapScene) scene = country_scene(&c, "sites", langs[i / 4 % 3], fonts);
        for (guint k = 0; k < scene->items->len; k++) {
            const GapItem *item = scene_item(scene, k);
            if (!item->text || !g_str_equal(item->role, "subtitle"))
                continue;
            if (item->box.max_y > g_array_index(scene->frames, GapSceneFrame, 0).box.min_y)
                fail_msg("'%s' runs into the map", item->text);
            if (strstr(item->text, "aim_"))
                fail_msg("'%s' has no words", item->text);
        }
    }
    country_free(&c);
}

static void the_rule_is_told(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) rule = country_scene(&c, "sites", "en", fonts);
    assert_says(rule, "source", "Only places with an endorsed plan and local money are proposed.");
    put_fact(&c, "sites_any", "1");
    g_autoptr(GapScene) any = country_scene(&c, "sites", "en", fonts);
    assert_says(any, "source", "Places without a plan or local money are proposed too.");
    g_autofree char *notes = texts(any, "source", -1);
    assert_null(strstr(notes, "Only places"));
    country_free(&c);
}

static void figures_have_money_where_it_is_known(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) with = country_scene(&c, "sites", "en", fonts);
    assert_says(with, "figure", "425,471|7%|people newly within reach|3,066,178|52%|");
    assert_says(with, "figure", "1,200,000|is what the new sites cost, of it local money 600,000");
    put_fact(&c, "sites_lost", "3000");
    g_autoptr(GapScene) moved = country_scene(&c, "sites", "en", fonts);
    assert_says(moved, "figure", "3,000|0.1%|people lose theirs: some points close|");
    g_hash_table_remove(c.data.facts, "sites_lost");
    g_hash_table_remove(c.data.facts, "sites_cost");
    g_hash_table_remove(c.data.facts, "sites_local_pays");
    g_autoptr(GapScene) without = country_scene(&c, "sites", "en", fonts);
    g_autofree char *figures = texts(without, "figure", -1);
    assert_null(strstr(figures, "cost"));
    country_free(&c);
}

/** Diamonds of a frame, in order of rank. */
static size_t diamonds(const GapScene *scene, unsigned frame, const GapItem **found, size_t most) {
    size_t n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->frame == frame && g_str_equal(item->id, "sites") && item->path &&
            g_str_equal(item->role, "map") && n < most)
            found[n++] = item;
    }
    return n;
}

static double middle(const GapItem *item, bool y) {
    return y ? (item->box.min_y + item->box.max_y) / 2 : (item->box.min_x + item->box.max_x) / 2;
}

static void marks_do_not_overlap(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "sites", "en", fonts);
    for (unsigned frame = 1; frame <= scene->frames->len; frame++) {
        const GapItem *mark[16];
        size_t n = diamonds(scene, frame, mark, 16);
        g_autofree char *ranks = texts(scene, "mark", (int)frame);
        if (frame == 1) {
            assert_int_equal(n, 10);
            assert_string_equal(ranks, "1|2|3|4|5|6|7|8|9|10");
        }
        for (size_t i = 0; i < n; i++)
            for (size_t k = i + 1; k < n; k++) {
                double size = mark[i]->box.max_x - mark[i]->box.min_x;
                double apart = fabs(middle(mark[i], false) - middle(mark[k], false)) +
                               fabs(middle(mark[i], true) - middle(mark[k], true));
                if (apart < size - 0.5)
                    fail_msg("frame %u: %zu and %zu are %.1f apart", frame, i, k, apart);
            }
    }
    assert_true(scene->frames->len > 1);
    country_free(&c);
}

static double away(GapBox box, double x, double y) {
    return hypot(fmax(fmax(box.min_x - x, x - box.max_x), 0),
                 fmax(fmax(box.min_y - y, y - box.max_y), 0));
}

/** Where marks were moved apart each name stands beside its own, not by the place of all. */
static void names_go_with_their_marks(void **state) {
    (void)state;
    static const char *const names[] = {"First", "Second", "Third", "Fourth"};
    Country c = country_small();
    GapTable *t = country_table(&c, "sites");
    for (size_t row = 0; row < gap_table_rows(t); row++) {
        bool here = row < G_N_ELEMENTS(names);
        put_point(t, row, here ? 71.6 : 71 + 0.2 * (double)(row % 6), here ? 40.7 : 41.1);
        put_text(t, row, "name_en", here ? names[row] : "Far");
    }
    g_autoptr(GapStyle) style = gap_style_bundled("sites", NULL);
    json_object_set_new((json_t *)style->page, "extent",
                        json_string("sites")); // near enough for names
    g_autoptr(GapScene) scene =
        gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, NULL);
    const GapItem *mark[16];
    size_t n = diamonds(scene, 1, mark, 16), named = 0;
    assert_int_equal(n, gap_table_rows(t));
    n = G_N_ELEMENTS(names); // the first ranks
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *label = scene_item(scene, i);
        if (!label->text || !g_str_equal(label->id, "site-names") ||
            g_str_equal(label->text, "Far"))
            continue;
        size_t own = 0, nearest = 0;
        while (!g_str_equal(names[own], label->text))
            own++;
        for (size_t k = 1; k < n; k++)
            if (away(label->box, middle(mark[k], false), middle(mark[k], true)) <
                away(label->box, middle(mark[nearest], false), middle(mark[nearest], true)))
                nearest = k;
        assert_int_equal(nearest, own);
        named++;
    }
    assert_int_equal(named, n);
    country_free(&c);
}

/** An inset goes where sites are, under the name of the first; where they are far apart, none. */
static void insets_go_where_sites_are(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "sites", "en", fonts);
    assert_int_equal(scene->frames->len, 2); // all ten lie in one
    assert_says(scene, "inset", "Alpha 1");
    const GapItem *mark[16];
    assert_int_equal(diamonds(scene, 2, mark, 16), 10);
    GapTable *t = country_table(&c, "sites");
    for (size_t row = 0; row < gap_table_rows(t); row++)
        put_point(t, row, 70.4 + 0.7 * (double)(row % 5), row < 5 ? 40.3 : 41.6);
    g_autoptr(GapScene) apart = country_scene(&c, "sites", "en", fonts);
    assert_int_equal(apart->frames->len, 1);
    country_free(&c);
}

/** An inset that is wrongly described is refused, by what is wrong. */
static void wrong_insets_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *inset, *says;
    } cases[] = {
        {"{\"around\": \"sites\", \"km\": 0, \"width\": 380}", "km is 1 to 1000"},
        {"{\"around\": \"sites\", \"km\": 60, \"width\": 9}", "a width is 100 to 800"},
        {"{\"around\": \"nothing\", \"km\": 60, \"width\": 380}", "no source 'nothing'"},
        {"{\"around\": \"sites\", \"miles\": 60, \"width\": 380}", "metadata.gapmap.insets"},
        {"{\"box\": [72, 40, 71, 41], \"title\": \"x\", \"width\": 380}", "a box is west"},
    };
    Country c = country_small();
    country_outline(&c);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapStyle) style = gap_style_bundled("sites", NULL);
        json_t *list = json_object_get(style->page, "insets");
        json_array_clear(list);
        json_array_append_new(list, json_loads(cases[i].inset, 0, NULL));
        assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
        assert_error_says(error, cases[i].says);
    }
    country_free(&c);
}

static void the_list_tells_namesakes_apart(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "sites", "en", fonts);
    assert_says(scene, "ranking", "1|+172,145|Alpha 1|");
    assert_says(scene, "ranking", "Twin (Beta)");
    assert_says(scene, "ranking", "Twin (Gamma)");
    assert_says(scene, "ranking", "\u00a0km");
    assert_says(scene, "ranking", "arrow: from its centre");
    GapTable *t = country_table(&c, "sites");
    for (int i = 0; i < 3; i++)
        put_site(&c, "More", "Delta", 73, 41.5, 100);
    assert_int_equal(gap_table_rows(t), 13);
    g_autoptr(GapScene) more = country_scene(&c, "sites", "en", fonts);
    assert_says(more, "ranking", "and 4 more: +17,514");
    g_hash_table_insert(c.data.tables, g_strdup("sites"), gap_table_new("none"));
    g_autoptr(GapScene) none = country_scene(&c, "sites", "en", fonts);
    assert_says(none, "ranking", "Nothing can be built now");
    country_free(&c);
}

static void the_chart_is_of_this_proposal(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "sites", "en", fonts);
    assert_says(scene, "chart", "Number of sites, people reached|3,020,180|2,640,707|0|10");
    GapTable *t = country_table(&c, "frontier");
    for (size_t row = 0; row < gap_table_rows(t); row++)
        put_text(t, row, "proposal", "another");
    put_fact(&c, "sites_proposal", "this");
    g_autoptr(GapScene) other = country_scene(&c, "sites", "en", fonts);
    g_autofree char *none = texts(other, "chart", -1);
    assert_string_equal(none, "");
    for (size_t row = 0; row < gap_table_rows(t); row++) {
        put_text(t, row, "proposal", "this");
        put_number(t, row, "budget", 50000 * ((double)row + 1));
    }
    g_autoptr(GapScene) money = country_scene(&c, "sites", "en", fonts);
    assert_says(money, "chart", "Budget, people reached|3,020,180|2,640,707|0|500,000");
    country_free(&c);
}

static void what_there_is_not_is_not_drawn(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GapStyle) sites = gap_style_bundled("sites", NULL),
                        difference = gap_style_bundled("difference", NULL);
    put_fact(&c, "run", "5 km");
    g_hash_table_remove(c.data.facts, "sites");
    g_hash_table_remove(c.data.facts, "compared_first");
    assert_false(gap_map_shows(sites, c.data.facts));
    assert_null(gap_map_scene(sites, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "no sites are proposed on run '5 km'");
    assert_null(gap_map_scene(difference, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "no two proposals of run '5 km' were compared");
    country_free(&c);
}

static void the_difference_has_two_hues(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "difference", "en", fonts);
    unsigned n[2] = {0};
    GapColour colour[2] = {{0}};
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        bool second = g_str_equal(item->id, "second");
        if (item->frame != 1 || item->kind != GAP_ITEM_CIRCLE ||
            !(second || g_str_has_prefix(item->id, "first")))
            continue;
        n[second]++;
        colour[second] = item->fill;
    }
    assert_int_equal(n[0], 3); // of the four areas the first proposal adds to three
    assert_int_equal(n[1], 3);
    assert_true(colour[1].r > colour[0].r + 0.3 && colour[0].b > colour[1].b + 0.3);
    assert_says(scene, "figure", "95,383|2%|people within reach only with A|51,000|1%|");
    assert_says(scene, "subtitle", "A: by people · B: by crime ·");
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_say_what_sites_are_best_at),
        cmocka_unit_test(subtitles_are_whole),
        cmocka_unit_test(the_rule_is_told),
        cmocka_unit_test(figures_have_money_where_it_is_known),
        cmocka_unit_test(marks_do_not_overlap),
        cmocka_unit_test(names_go_with_their_marks),
        cmocka_unit_test(insets_go_where_sites_are),
        cmocka_unit_test(wrong_insets_are_refused),
        cmocka_unit_test(the_list_tells_namesakes_apart),
        cmocka_unit_test(the_chart_is_of_this_proposal),
        cmocka_unit_test(what_there_is_not_is_not_drawn),
        cmocka_unit_test(the_difference_has_two_hues),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
