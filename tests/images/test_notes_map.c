// The paragraph of sources and notes: credits in the page's languages, as far as there is room.
#include "styles/speech/credits.h"
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

static void credits_in_two_languages(void **state) {
    (void)state;
    static const struct {
        const char *first, *second, *want;
    } cases[] = {
        {"a (CC0)", "a (CC0)", "a (CC0)"},
        {"басма (2017)", "пресса (2017)", "басма / пресса (2017)"},
        {"басма", "пресса", "басма / пресса"},
        {"a (x) b (2017); c", "a (x) b (2017); d", "a (x) b (2017); c / d"},
        {"OSM (ODbL); басма (2017); SRTM", "OSM (ODbL); пресса (2017); SRTM",
         "OSM (ODbL); басма / пресса (2017); SRTM"},
        // What are not the same credits is not put together.
        {"a; b", "c", "a; b"},
        {"a (2017); b (2018)", "b (2018); a (2017)", "a (2017); b (2018)"},
        {"", "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gap_credits_both(cases[i].first, cases[i].second);
        assert_string_equal(got, cases[i].want);
    }
}

/** The paragraph of a page; `source`: what its file says of the sources. */
static char *notes_of(const Country *c, const char *lang, char **source) {
    GapMapPage page = {.lang = lang, .layout = gap_layout_by_name("slide")};
    g_autoptr(GapScene) scene = country_page(c, "gaps", &page, fonts);
    *source = g_strdup(scene->source);
    for (guint i = 0; i < scene->items->len; i++)
        if (g_str_equal(scene_item(scene, i)->role, "source"))
            return g_strdup(scene_item(scene, i)->text);
    return NULL;
}

static void a_page_has_the_titles_of_its_language(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"ky", "Булактар: OSM (ODbL); басма сөз. ", "OSM (ODbL); басма сөз"},
        {"ru", "Источники: OSM (ODbL); пресса. ", "OSM (ODbL); пресса"},
        {"en", "Sources: OSM (ODbL); press. ", "OSM (ODbL); press"}, // none of its own
        {"ky+ru", "Булактар: OSM (ODbL); басма сөз / пресса. ", "OSM (ODbL); басма сөз"},
        {"ru+en", "Источники: OSM (ODbL); пресса / press. ", "OSM (ODbL); пресса"},
    };
    Country c = country_small();
    put_fact(&c, "sources", "OSM (ODbL); press");
    put_fact(&c, "sources_ky", "OSM (ODbL); басма сөз");
    put_fact(&c, "sources_ru", "OSM (ODbL); пресса");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *source = NULL, *text = notes_of(&c, cases[i][0], &source);
        if (!g_str_has_prefix(text, cases[i][1]))
            fail_msg("%s: '%s'", cases[i][0], text);
        assert_string_equal(source, cases[i][2]);
    }
    country_free(&c);
}

/** Titles that both languages have no room for stand in the first, and none is left out for it. */
static void the_second_language_gives_way_first(void **state) {
    (void)state;
    g_autoptr(GString) ky = g_string_new("биринчи"), ru = g_string_new("первый");
    for (int i = 0; i < 10; i++) {
        g_string_append(ky, "; маалыматтардын узун аталыштагы башка булагы");
        g_string_append(ru, "; другой источник данных, у которого длинное название");
    }
    Country c = country_small();
    put_fact(&c, "sources_ky", ky->str);
    put_fact(&c, "sources_ru", ru->str);
    g_autofree char *source = NULL, *text = notes_of(&c, "ky+ru", &source);
    g_autofree char *want = g_strdup_printf("Булактар: %s. ", ky->str);
    if (!g_str_has_prefix(text, want))
        fail_msg("'%s'", text);
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(credits_in_two_languages),
        cmocka_unit_test(a_page_has_the_titles_of_its_language),
        cmocka_unit_test(the_second_language_gives_way_first),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
