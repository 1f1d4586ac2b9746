#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "geo/base/error.h"
#include "styles/lint/palettes.h"

/** A bundled theme with some of its text replaced. */
static GapStyle *theme_with(const char *name, const char *const *swaps) {
    GError *error = NULL;
    g_autoptr(GapStyle) shipped = gap_style_bundled(name, &error);
    assert_no_error(error);
    char *text = json_dumps(shipped->document, JSON_COMPACT);
    g_autoptr(GString) changed = g_string_new(text);
    free(text);
    for (size_t i = 0; swaps && swaps[i]; i += 2)
        if (!g_string_replace(changed, swaps[i], swaps[i + 1], 0))
            fail_msg("theme %s has no %s to change", name, swaps[i]);
    GapStyle *style = gap_style_parse(changed->str, changed->len, name, &error);
    assert_no_error(error);
    return style;
}

/** The shipped words with one line of them replaced. */
static GapWords *words_with(const char *line, const char *instead) {
    GError *error = NULL;
    char *text = NULL;
    g_assert_true(g_file_get_contents(GAP_SOURCE "/styles/words/maps.ini", &text, NULL, NULL));
    g_autoptr(GString) changed = g_string_new(text);
    g_free(text);
    if (line && !g_string_replace(changed, line, instead, 0))
        fail_msg("no word %s to change", line);
    GapWords *words = gap_words_parse(changed->str, -1, &error);
    assert_no_error(error);
    return words;
}

typedef void (*Spoil)(GapScene *scene);

/** How many findings of a rule a theme has, after what was done to it, its words and its scene. */
static unsigned count(Country *c, const GapStyle *shipped, const char *lang, Spoil spoil,
                      const char *rule) {
    GError *error = NULL;
    GapStyle *style = (GapStyle *)shipped;
    g_autoptr(GapScene) scene =
        gap_map_scene(style, &c->data, &(GapMapPage){lang, NULL, NULL}, fonts, &error);
    assert_no_error(error);
    if (spoil)
        spoil(scene);
    GapLintPage page = {style, &c->data, lang, gap_layout_by_name(NULL), scene, fonts};
    g_autoptr(GArray) findings = gap_lint(&page, &error);
    assert_no_error(error);
    unsigned n = 0;
    for (guint i = 0; i < findings->len; i++) {
        const GapFinding *f = &g_array_index(findings, GapFinding, i);
        assert_true(f->what && *f->what && f->measured && *f->measured && f->wanted && *f->wanted);
        n += g_str_equal(f->rule, rule);
        if (g_getenv("LINT_SHOW")) // which ones, for who mends a theme
            print_message("%s: %s, %s, %s\n", f->rule, f->what, f->measured, f->wanted);
    }
    return n;
}

/* ---- what is done to scenes ---- */

static GapItem *text_item(GapScene *scene, const char *role, unsigned number) {
    for (guint i = 0; i < scene->items->len; i++) {
        GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->text && g_str_equal(item->role, role) && !number--)
            return item;
    }
    fail_msg("the scene has no text of role %s", role);
    return NULL;
}

static void move(GapItem *item, double x, double y) {
    item->box.max_x += x - item->box.min_x;
    item->box.max_y += y - item->box.min_y;
    item->box.min_x = item->x = x;
    item->box.min_y = item->y = y;
}

static void legend_on_legend(GapScene *scene) {
    GapItem *one = text_item(scene, "legend", 1);
    move(text_item(scene, "legend", 2), one->x + 1, one->y + 1);
}

static void label_on_scale(GapScene *scene) {
    GapBox bar = text_item(scene, "scale", 0)->box;
    move(text_item(scene, "label", 0), bar.min_x, bar.min_y);
}

static void legend_in_notes(GapScene *scene) {
    GapItem *notes = text_item(scene, "source", 0), *legend = text_item(scene, "legend", 0);
    move(legend, legend->x, notes->y + 2);
}

static void title_off_page(GapScene *scene) {
    move(text_item(scene, "title", 0), scene->width - 40, 20);
}

static void label_over_edge(GapScene *scene) {
    GapItem *label = text_item(scene, "label", 0);
    GapBox frame = g_array_index(scene->frames, GapSceneFrame, label->frame - 1).box;
    move(label, frame.max_x - 5, 500);
}

static void shortened(GapScene *scene) {
    text_item(scene, "subtitle", 0)->look.limit = 100;
}

static void too_long_a_word(GapScene *scene) {
    text_item(scene, "legend", 1)->look.wrap = 5;
}

static void too_long_a_title(GapScene *scene) {
    text_item(scene, "title", 0)->look.wrap = 150;
}

static void replace_text(GapItem *item, const char *text) {
    g_free(item->text);
    item->text = g_strdup(text);
}

static void sources_dropped(GapScene *scene) {
    replace_text(text_item(scene, "source", 0), "Sources: one; … Boundaries");
}

static void no_disclaimer(GapScene *scene) {
    replace_text(text_item(scene, "source", 0), "Sources: one.");
}

static void no_sources(GapScene *scene) {
    replace_text(text_item(scene, "source", 0),
                 "Boundaries and names shown do not imply official endorsement.");
}

/* ---- a way to break each rule ---- */

static const struct {
    const char *rule, *theme;
    const char *swaps[7]; /**< in the theme: this by that, ... */
    const char *word[2];  /**< a line of the words by another */
    Spoil spoil;
} broken[] = {
    {"overlap", "coverage", .spoil = legend_on_legend},
    {"cover", "coverage", .spoil = label_on_scale},
    {"cover", "coverage", .spoil = legend_in_notes},
    {"cut", "coverage", .spoil = title_off_page},
    {"cut", "coverage", .spoil = label_over_edge},
    {"cut", "coverage", .spoil = shortened},
    {"cut", "coverage", .spoil = too_long_a_word},
    {"cut", "coverage", .spoil = too_long_a_title},
    {"cut", "coverage", .spoil = sources_dropped},
    {"size", "coverage", {"\"text-size\":20", "\"text-size\":17.5"}},
    {"contrast", "coverage", {"\"#222222\"", "\"#8A8A8A\""}},
    {"contrast", "sites", {"\"icon-color\":\"#B3261E\"", "\"icon-color\":\"#F08A80\""}},
    {"classes", "coverage", {"#A1DAB4", "#F4FFC4"}},
    {"classes", "gaps", {"#E69F00", "#D0650A"}}, // a hatch is no excuse for colours alike
    // classes of two labels of a square that are no neighbours in it, the second pair to deutan
    // eyes
    {"classes", "gap-and-plan", {"#98D1C9", "#E0C4E8"}},
    {"colour-blind", "gap-and-plan", {"#98D1C9", "#8AD5D5", "#DEBEE7", "#DFB0D6"}},
    {"projector", "gap-and-plan", {"#384891", "#7A5098"}},
    {"grey-ramp", "gap-and-plan", {"#4F97BA", "#C0D0FF"}},
    {"no-data",
     "gap-and-plan",
     {"\"#FFFFFF\",[\"match\"", "\"#384891\",[\"match\"", "\"hatch-up\"", "\"\""}},
    {"colour-blind", "crime-and-plans", {"#1B7837", "#8B4513", "#A6DBA0", "#3D6B1F"}},
    {"projector", "travel", {"#083D3B", "#06100F", "#1F6A59", "#103430"}},
    {"grey-ramp", "coverage", {"#FFFFCC", "#3060A0"}},
    {"grey-ramp", "travel", {"#083D3B", "#0000FF", "#1F6A59", "#00FFFF", "#B2C655", "#FF0000"}},
    {"grey-categories", "gaps", {"\"hatch-cross\"", "\"dots\""}},
    {"grey-categories", "difference", {"#23679C", "#2C7FB8"}},
    {"no-data",
     "coverage",
     {"\"#FFFFFF\",[\"step\"", "\"#FFFFBB\",[\"step\"", "\"hatch-up\"", "\"\""}},
    {"source", "coverage", .spoil = no_disclaimer},
    {"source", "coverage", .spoil = no_sources},
    {"unit", "coverage",
     .word = {"legend_people[en]=People of the municipality", "legend_people[en]=Size"}},
    {"word", "gaps", {"\"words\":\"ladder\"", "\"words\":\"lader\""}},
    {"word", "coverage", {"inset_chuy", "inset_chui"}},
    {"word", "crime-and-plans", {"\"words\":\"plans\"", "\"words\":\"plants\""}},
};

static void each_rule_finds_what_breaks_it(void **state) {
    (void)state;
    Country c = country_small();
    country_outline(&c);
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
        country_mode(&c, g_str_equal(broken[i].theme, "travel"));
        g_autoptr(GapStyle) shipped = theme_with(broken[i].theme, NULL);
        g_autoptr(GapStyle) changed = theme_with(broken[i].theme, broken[i].swaps);
        unsigned before = count(&c, shipped, "en", NULL, broken[i].rule);
        g_autoptr(GapWords) words = words_with(broken[i].word[0], broken[i].word[1]);
        c.data.words = words;
        unsigned after = count(&c, changed, "en", broken[i].spoil, broken[i].rule);
        c.data.words = c.words;
        if (before || !after)
            fail_msg("case %zu, %s of %s: %u findings as shipped, %u after", i, broken[i].rule,
                     broken[i].theme, before, after);
    }
    country_free(&c);
}

/** Rules hold on pages in two languages, too. */
static void two_languages_are_held_to_the_rules(void **state) {
    (void)state;
    Country c = country_bundled();
    g_autoptr(GapStyle) style = theme_with("gaps", NULL);
    assert_int_equal(count(&c, style, "ky+ru", NULL, "source"), 0);
    assert_int_equal(count(&c, style, "ky+ru", NULL, "cover"), 0);
    country_free(&c);
}

/** Names in English only: findings in Kyrgyz, none where the mark stands or the name is known. */
static void names_of_another_language_are_found(void **state) {
    (void)state;
    Country c = country_small();
    country_outline(&c);
    GapTable *m = country_table(&c, "municipalities");
    g_autoptr(GapStyle) style = theme_with("coverage", NULL);
    put_text(m, 1, "name_ky", "Эки");
    assert_int_equal(count(&c, style, "en", NULL, "name"), 0);
    g_autoptr(GapScene) scene =
        gap_map_scene(style, &c.data, &(GapMapPage){"ky", NULL, NULL}, fonts, NULL);
    GapLintPage page = {style, &c.data, "ky", gap_layout_by_name(NULL), scene, fonts};
    for (guint i = 0; i < scene->items->len; i++) {
        GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->text && strstr(item->text, "Alpha 1"))
            replace_text(item, "Alpha 1");
        if (g_str_equal(item->role, "source"))
            replace_text(item, "no word of marks");
        if (item->text && strstr(item->text, "Mere"))
            replace_text(item, "Mere†");
    }
    g_autoptr(GArray) findings = gap_lint(&page, NULL);
    bool unmarked = false, unexplained = false;
    for (guint i = 0; i < findings->len; i++) {
        const GapFinding *f = &g_array_index(findings, GapFinding, i);
        bool name = g_str_equal(f->rule, "name");
        unmarked |= name && strstr(f->what, "'Alpha 1'");
        unexplained |= name && strstr(f->measured, "not explained");
        if (name && strstr(f->measured, "not explained"))
            continue;
        if (name && (strstr(f->what, "Эки") || strstr(f->what, "Mere")))
            fail_msg("%s is no finding", f->what);
    }
    assert_true(unmarked);
    assert_true(unexplained);
    country_free(&c);
}

/** Where labels have classes of their own, those of all labels are there to be compared. */
static void a_square_has_the_classes_of_all_labels(void **state) {
    (void)state;
    g_autoptr(GapStyle) style = theme_with("gap-and-plan", NULL);
    GapLintPage page = {.style = style};
    g_autoptr(GPtrArray) palettes = gap_lint_palettes(&page);
    unsigned found = 0;
    for (guint i = 0; i < palettes->len; i++) {
        const GapPalette *palette = palettes->pdata[i];
        if (!palette->square)
            continue;
        assert_false(palette->ramp);
        assert_int_equal(palette->swatches->len, 12);
        const GapSwatch *last = &g_array_index(palette->swatches, GapSwatch, 8);
        const GapSwatch *before = &g_array_index(palette->swatches, GapSwatch, 6);
        assert_string_equal(last->label, "none, class 3");
        assert_int_equal(last->row, before->row);
        assert_int_not_equal(last->row, (before - 1)->row);
        found++;
    }
    assert_int_equal(found, 2); // areas and circles
}

/** The table of rules is whole, and every rule is broken above. */
static void every_rule_has_its_reason_and_test(void **state) {
    (void)state;
    for (const GapLintRule *rule = GAP_LINT_RULES; rule->name; rule++) {
        bool tested = g_str_equal(rule->name, "name");
        for (size_t i = 0; i < G_N_ELEMENTS(broken); i++)
            tested |= g_str_equal(broken[i].rule, rule->name);
        if (!tested || !rule->check || !rule->why || !*rule->why)
            fail_msg("rule %s is not tested, or has no reason", rule->name);
    }
}

static void manual_tells_of_every_rule(void **state) {
    (void)state;
    g_autofree char *manual = NULL;
    assert_true(
        g_file_get_contents(GAP_SOURCE "/styles/lint/gapmap-lint.scd", &manual, NULL, NULL));
    for (const GapLintRule *rule = GAP_LINT_RULES; rule->name; rule++) {
        g_autofree char *entry = rule->threshold > 0
                                     ? g_strdup_printf("\n*%s* (%g", rule->name, rule->threshold)
                                     : g_strdup_printf("\n*%s*\n", rule->name);
        if (!strstr(manual, entry))
            fail_msg("gapmap-lint(7) does not have '%s'", entry);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_finds_what_breaks_it),
        cmocka_unit_test(two_languages_are_held_to_the_rules),
        cmocka_unit_test(names_of_another_language_are_found),
        cmocka_unit_test(a_square_has_the_classes_of_all_labels),
        cmocka_unit_test(every_rule_has_its_reason_and_test),
        cmocka_unit_test(manual_tells_of_every_rule),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
