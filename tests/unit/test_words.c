#include "tests/check.h"

#include "geo/text/message.h"
#include "geo/text/words.h"

#include <math.h>

#define LIST                                                                                             \
    "[coverage]\n"                                                                                       \
    "title[ky]=Жетүү\ntitle[ru]=Охват\ntitle[en]=Coverage\n"                                   \
    "within[ky]={r} ичинде\nwithin[ru]=в пределах {r}\nwithin[en]=within {r} of {what}\n" \
    "[gaps]\n"                                                                                           \
    "title[ky]=Боштук\ntitle[ru]=Пробел\ntitle[en]=Gap\n"

static void words_are_got(void **state) {
    (void)state;
    g_autoptr(GapWords) words = gap_words_parse(LIST, -1, NULL);
    assert_non_null(words);
    assert_string_equal(gap_words_get(words, "coverage", "title", "ru"), "Охват");
    assert_string_equal(gap_words_get(words, "gaps", "title", "ky"), "Боштук");
    assert_null(gap_words_get(words, "coverage", "title", "de"));
    assert_null(gap_words_get(words, "coverage", "nothing", "en"));
    assert_null(gap_words_get(words, "nowhere", "title", "en"));
    assert_null(gap_words_get(words, "", "", ""));
}

static void places_are_filled_once(void **state) {
    (void)state;
    g_autoptr(GapWords) words = gap_words_parse(LIST, -1, NULL);
    static const struct {
        const char *r, *what, *text;
    } cases[] = {
        {"5 km", "a point", "within 5 km of a point"},
        {"{what}", "x", "within {what} of x"},
        {"", "", "within  of "},
        {"5 km", NULL, "within 5 km of {what}"},
        {"%s%n", "x", "within %s%n of x"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GHashTable) values = gap_message_values_new();
        gap_message_set(values, "r", g_strdup(cases[i].r), NAN);
        if (cases[i].what)
            gap_message_set(values, "what", g_strdup(cases[i].what), NAN);
        g_autofree char *text = gap_words_say(words, "coverage", "within", "en", values);
        assert_string_equal(text, cases[i].text);
    }
}

static void a_missing_word_is_seen(void **state) {
    (void)state;
    g_autoptr(GapWords) words = gap_words_parse(LIST, -1, NULL);
    g_autoptr(GHashTable) values = gap_message_values_new();
    g_autofree char *text = gap_words_say(words, "coverage", "legend", "en", values);
    assert_string_equal(text, "⟨legend⟩");
}

static void bad_lists_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *data, *says;
    } cases[] = {
        {"[g]\na[ky]=1\na[ru]=2\n", "[g] a has no word in 'en'"},
        {"[g]\na[ky]=1\na[ru]= \na[en]=3\n", "[g] a has no word in 'ru'"},
        {"[g]\na=1\n", "[g] a names no language"},
        {"[g]\na[ky]=1\na[ru]=2\na[en]=3\na[kg]=4\n", "language 'kg' is none of ky, ru, en"},
        {"a[ky]=1\n", "group"},
        {"[g]\nnonsense\n", "nonsense"},
        {"[g]\na[ky]=1\na[ru]={x\na[en]=3\n", "[g] a[ru]: a '{' that is not closed"},
        {"[g]\na[ky]=\xff\na[ru]=2\na[en]=3\n", "no word in 'ky'"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapWords) words = gap_words_parse(cases[i].data, -1, &error);
        assert_null(words);
        assert_error_says(error, cases[i].says);
        assert_null(gap_words_parse(cases[i].data, -1, NULL));
    }
}

static void size_is_bounded_and_empty_is_fine(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *hostile = g_strnfill(2 << 20, '#');
    assert_null(gap_words_parse(hostile, -1, &error));
    assert_error_says(error, "2097152 bytes");

    g_autoptr(GapWords) empty = gap_words_parse("", 0, &error);
    assert_no_error(error);
    assert_null(gap_words_get(empty, "g", "k", "en"));
    /* Not a byte beyond the length is read. */
    g_autoptr(GapWords) part = gap_words_parse("[g]\n!", 4, &error);
    assert_no_error(error);
    gap_words_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_got),
        cmocka_unit_test(places_are_filled_once),
        cmocka_unit_test(a_missing_word_is_seen),
        cmocka_unit_test(bad_lists_are_refused),
        cmocka_unit_test(size_is_bounded_and_empty_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
