// Words with values: counts in three languages, and patterns that are refused.
#include "tests/check.h"

#include "geo/text/message.h"
#include "geo/text/text.h"
#include "styles/map.h"

#include <math.h>

static char *filled(const char *pattern, const char *lang, const char *text, double number) {
    g_autoptr(GHashTable) values = gap_message_values_new();
    g_autoptr(GError) error = NULL;
    gap_message_set(values, "n", g_strdup(text), number);
    gap_message_check(pattern, lang, &error);
    assert_no_error(error);
    return gap_message_fill(pattern, lang, values);
}

static void counts_agree(void **state) {
    (void)state;
    static const char ru[] = "{n, plural, one{# человек живёт} few{# человека живут} "
                             "many{# человек живут} other{# человека живут}} рядом",
                      ky[] = "{n, plural, one{# адам} other{# адам}} жакын жашайт",
                      en[] = "{n, plural, one{# person lives} other{# people live}} near";
    static const struct {
        double n;
        const char *ru, *ky, *en;
    } cases[] = {
        {0, "0 человек живут", "0 адам", "0 people live"},
        {1, "1 человек живёт", "1 адам", "1 person lives"},
        {2, "2 человека живут", "2 адам", "2 people live"},
        {5, "5 человек живут", "5 адам", "5 people live"},
        {11, "11 человек живут", "11 адам", "11 people live"},
        {21, "21 человек живёт", "21 адам", "21 people live"},
        {22, "22 человека живут", "22 адам", "22 people live"},
        {25, "25 человек живут", "25 адам", "25 people live"},
        {101, "101 человек живёт", "101 адам", "101 people live"},
        {111, "111 человек живут", "111 адам", "111 people live"},
        {1000000, "1\u202f000\u202f000 человек живут", "1\u202f000\u202f000 адам",
         "1,000,000 people live"},
        {-1, "−1 человек живёт", "−1 адам", "−1 person lives"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *const langs[] = {"ru", "ky", "en"}, *const patterns[] = {ru, ky, en};
        const char *const says[] = {cases[i].ru, cases[i].ky, cases[i].en};
        const char *const ends[] = {" рядом", " жакын жашайт", " near"};
        for (size_t l = 0; l < 3; l++) {
            g_autofree char *number = gap_format_number(cases[i].n, 0, langs[l]);
            g_autofree char *got = filled(patterns[l], langs[l], number, cases[i].n);
            g_autofree char *want = g_strconcat(says[l], ends[l], NULL);
            assert_string_equal(got, want);
        }
    }
}

static void special_values_have_a_form(void **state) {
    (void)state;
    static const char word[] = "{n, plural, =0{nobody} one{# man} other{# men {n}}}!";
    static const struct {
        double n;
        const char *text, *says;
    } cases[] = {
        {0, "0", "nobody!"},    {1, "one", "one man!"},      {1.5, "1.5", "1.5 men 1.5!"},
        {NAN, "–", "– men –!"}, {INFINITY, "∞", "∞ men ∞!"}, {3, "# {n}", "# {n} men # {n}!"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = filled(word, "en", cases[i].text, cases[i].n);
        assert_string_equal(got, cases[i].says);
    }
    g_autofree char *unknown = filled("# of {m, plural, one{#} other{#}}", "en", "1", 1);
    assert_string_equal(unknown, "# of {m, plural, one{#} other{#}}");
}

static void bad_patterns_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *lang, *pattern, *says;
    } cases[] = {
        {"en", "{n", "'{' that is not closed"},
        {"en", "n}", "'}' that nothing opened"},
        {"en", "{}", "malformed message"},
        {"en", "{a b}", "malformed message"},
        {"en", "{n, plural, one{#}}", "malformed message"},
        {"en", "{n, plural, other{#}}", "lacks the form 'one'"},
        {"en", "{n, plural, one{#} few{#} other{#}}", "has the form 'few', which the language"},
        {"ru", "{n, plural, one{#} few{#} other{#}}", "lacks the form 'many'"},
        {"ru", "{n, plural, one{#} few{#} many{#} other{{n, plural, other{}}}}", "lacks the form"},
        {"ky", "{n, plural, one{#} few{#} other{#}}", "has the form 'few'"},
        {"en", "{n, number}", "{n, number} is not supported"},
        {"en", "{n, select, a{x} other{y}}", "{n, select} is not supported"},
        {"en", "the people''s {n}", "an apostrophe before '''"},
        {"en", "'{n}'", "an apostrophe before '{'"},
        {"en", "{{{{{{{n}}}}}}}", "too deep"},
        {"de", "{n}", "no plurals of 'de'"},
        {"en", "\xff{n}", "not UTF-8"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        if (gap_message_check(cases[i].pattern, cases[i].lang, &error))
            fail_msg("taken: %s", cases[i].pattern);
        assert_error_says(error, cases[i].says);
    }
    g_autoptr(GError) error = NULL;
    assert_true(gap_message_check("the people's {n}", "en", &error));
    assert_no_error(error);
}

/** The words of the maps themselves, with the figures of a page. */
static void captions_agree_with_their_figures(void **state) {
    (void)state;
    static const struct {
        const char *group, *key, *lang, *fact;
        double n;
        const char *says;
    } cases[] = {
        {"coverage", "figure_covered", "ru", "people_covered", 1, "человек живёт не далее"},
        {"coverage", "figure_covered", "ru", "people_covered", 3022, "человека живут не далее"},
        {"coverage", "figure_covered", "ru", "people_covered", 4011, "человек живут не далее"},
        {"coverage", "figure_covered", "ky", "people_covered", 1, "адам пункттан"},
        {"coverage", "figure_covered", "en", "people_covered", 1, "person lives within"},
        {"coverage", "figure_nobody", "en", "areas_nobody", 1, "has nobody"},
        {"coverage", "figure_nobody", "ru", "areas_nobody", 21, "муниципалитет из"},
        {"gaps", "figure_crime", "ru", "crime_beyond", 104, "преступления приходится на них в год"},
        {"gaps", "figure_crime", "en", "crime_beyond", 1, "crime a year"},
        {"sites", "subtitle", "ru", "sites", 12, "12 новых пунктов:"},
        {"sites", "subtitle", "en", "sites", 1, "1 new site, "},
        {"sites", "more_sites", "ru", "count", 2, "и ещё 2 пункта:"},
        {"common", "years_apart_note", "ru", "years_apart", 21, "до 21 года."},
        {"common", "years_apart_note", "ru", "years_apart", 4, "до 4 лет."},
    };
    g_autoptr(GapWords) words = gap_map_words(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GHashTable) values = gap_message_values_new();
        gap_message_set(values, cases[i].fact, gap_format_number(cases[i].n, 0, cases[i].lang),
                        cases[i].n);
        g_autofree char *got =
            gap_words_say(words, cases[i].group, cases[i].key, cases[i].lang, values);
        if (!strstr(got, cases[i].says))
            fail_msg("'%s' does not say '%s'", got, cases[i].says);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_agree),
        cmocka_unit_test(special_values_have_a_form),
        cmocka_unit_test(bad_patterns_are_refused),
        cmocka_unit_test(captions_agree_with_their_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
