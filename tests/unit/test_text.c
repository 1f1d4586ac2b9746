#include "tests/check.h"

#include "geo/text/text.h"
#include "geo/text/version.h"

#include <math.h>

static void names_fold_alike(void **state) {
    (void)state;
    static const struct {
        const char *text, *fold;
    } cases[] = {
        {"", ""},
        {"   ", ""},
        {"Ош", "ош"},
        {"Кара-Суу", "кара суу"},
        {"  Kara\t-  Suu ", "kara suu"},
        {"Kara\u2011Suu", "kara suu"},
        {"Kara\u2013Suu", "kara suu"},
        {"Kara\u2212Suu", "kara suu"},
        {"Jalal\u00a0Abad", "jalal abad"},
        {"Ton' u", "ton u"},
        {"Ton\u2019u", "ton u"},
        {"Ton\u02bcu", "ton u"},
        {"Ton\u00b4u", "ton u"},
        {"-Osh-", "osh"},
        {"CHU\u0308Y", "chüy"},     /* marks joined */
        {"ＣＨＵＹ", "chuy"},       /* full width */
        {"Stra\u00dfe", "strasse"}, /* full case folding */
        {"ЁЛКИ", "ёлки"},           /* yo stays yo */
        {"Ысык-Көл", "ысык көл"},
        {"O\u00adsh\u200b", "osh"}, /* soft hyphen, zero width space */
        {"a\nb", "a b"},
        {"\xffOsh", "\ufffdosh"}, /* broken UTF-8 */
        {"№ 5", "no 5"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *fold = gap_text_fold(cases[i].text);
        g_autofree char *again = gap_text_fold(fold);
        assert_string_equal(fold, cases[i].fold);
        assert_string_equal(again, fold);
    }
}

static void long_names_fold(void **state) {
    (void)state;
    /* U+FDFA grows eighteenfold under NFKC. */
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 10000; i++)
        g_string_append_unichar(text, 0xFDFA);
    g_autofree char *fold = gap_text_fold(text->str);
    assert_int_equal(g_utf8_strlen(fold, -1), 180000);
    g_string_free(text, TRUE);
}

static void nearest_words(void **state) {
    (void)state;
    static const char *const words[] = {"within", "as-of", "offence", "run", "kinds", "Чүй", NULL};
    static const struct {
        const char *word, *nearest;
    } cases[] = {
        {"within", "within"}, {"witihn", "within"},   {"WITHIN", "within"},
        {"as_of", "as-of"},   {"offense", "offence"}, {"rnu", "run"},
        {"ru", "run"},        {"Чуй", "Чүй"},         {"", NULL},
        {"xyz", NULL},        {"wathon", "within"},   {"wathom", NULL},
        {"r", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *nearest = gap_text_nearest(cases[i].word, words);
        if (g_strcmp0(nearest, cases[i].nearest) != 0)
            fail_msg("'%s' is nearest to '%s'", cases[i].word, nearest ? nearest : "nothing");
    }
}

static void nearest_is_bounded(void **state) {
    (void)state;
    g_autofree char *hostile = g_strnfill(1000000, 'a');
    const char *const words[] = {hostile, "osh", NULL}, *const none[] = {NULL};
    assert_null(gap_text_nearest(hostile, words));
    assert_null(gap_text_nearest("osh", none));
    assert_string_equal(gap_text_nearest("osh", words), "osh");
}

static void numbers(void **state) {
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *en, *ru;
    } cases[] = {
        {1234567.891, 1, "1,234,567.9", "1\u202f234\u202f567,9"},
        {0, 0, "0", "0"},
        {7, 0, "7", "7"},
        {999, 0, "999", "999"},
        {1000, 0, "1,000", "1\u202f000"},
        {999.96, 1, "1,000.0", "1\u202f000,0"},
        {100000, 2, "100,000.00", "100\u202f000,00"},
        {-1234.5, 1, "\u22121,234.5", "\u22121\u202f234,5"},
        {-0.04, 1, "0.0", "0,0"},
        {-0.0, 0, "0", "0"},
        {-0.06, 1, "\u22120.1", "\u22120,1"},
        {0.5, 3, "0.500", "0,500"},
        {5, -3, "5", "5"},
        {1, 99, "1.00000000000000000", "1,00000000000000000"},
        {999999999999999, 0, "999,999,999,999,999", "999\u202f999\u202f999\u202f999\u202f999"},
        {1e15, 2, "1×10¹⁵", "1×10¹⁵"},
        {-1234567e300, 0, "\u22121.235×10³⁰⁶", "\u22121,235×10³⁰⁶"},
        {G_MAXDOUBLE, 9, "1.798×10³⁰⁸", "1,798×10³⁰⁸"},
        {NAN, 2, "\u2013", "\u2013"},
        {-INFINITY, 0, "\u2212\u221e", "\u2212\u221e"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *en = gap_format_number(cases[i].value, cases[i].decimals, "en");
        g_autofree char *ru = gap_format_number(cases[i].value, cases[i].decimals, "ru");
        g_autofree char *ky = gap_format_number(cases[i].value, cases[i].decimals, "ky");
        assert_string_equal(en, cases[i].en);
        assert_string_equal(ru, cases[i].ru);
        assert_string_equal(ky, cases[i].ru);
    }
}

static void percents(void **state) {
    (void)state;
    static const struct {
        double share;
        int decimals;
        const char *lang, *text;
    } cases[] = {
        {0.42, 0, "en", "42%"}, {0.42, 0, "ru", "42\u202f%"}, {0.4237, 1, "ky", "42,4\u202f%"},
        {1, 0, "en", "100%"},   {-0.05, 0, "en", "\u22125%"}, {NAN, 0, "ru", "\u2013"},
        {0.5, 0, NULL, "50%"},  {0.5, 0, "de", "50%"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            gap_format_percent(cases[i].share, cases[i].decimals, cases[i].lang);
        assert_string_equal(text, cases[i].text);
    }
}

/** Something is not said to be nothing, nor all but a few to be all. */
static void shares(void **state) {
    (void)state;
    static const struct {
        double share;
        const char *lang, *text;
    } cases[] = {
        {0, "en", "0%"},           {0.0004, "en", "< 0.1%"},  {0.0005, "en", "< 0.1%"},
        {0.0049, "en", "0.5%"},    {0.005, "en", "0.5%"},     {0.0012, "ru", "0,1\u202f%"},
        {0.42, "ky", "42\u202f%"}, {0.994, "en", "99%"},      {0.995, "en", "99.5%"},
        {0.998, "en", "99.8%"},    {0.9999, "en", "> 99.9%"}, {1, "en", "100%"},
        {NAN, "en", "\u2013"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = gap_format_share(cases[i].share, cases[i].lang);
        assert_string_equal(text, cases[i].text);
    }
}

static void dates(void **state) {
    (void)state;
    static const char *const ky[] = {"январы",   "февралы", "марты",  "апрели",
                                     "майы",     "июну",    "июлу",   "августу",
                                     "сентябры", "октябры", "ноябры", "декабры"};
    for (int month = 1; month <= 12; month++) {
        g_autofree char *iso = g_strdup_printf("2017-%02d-05", month);
        g_autofree char *want = g_strdup_printf("2017-жылдын 5-%s", ky[month - 1]);
        g_autofree char *text = gap_format_date(iso, "ky");
        assert_string_equal(text, want);
    }
    static const struct {
        const char *iso, *lang, *text;
    } cases[] = {
        {"2017-12-31", "en", "31 December 2017"},
        {"2017-12-31", "ru", "31 декабря 2017 г."},
        {"2017-12-31", "ky", "2017-жылдын 31-декабры"},
        {"2016-02-29", "en", "29 February 2016"},
        {"2017-02-29", "en", "2017-02-29"},
        {"2017", "ru", "2017"},
        {"", "ky", ""},
        {"2017-12-31x", "en", "2017-12-31x"},
        {"31.12.2017", "en", "31.12.2017"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = gap_format_date(cases[i].iso, cases[i].lang);
        assert_string_equal(text, cases[i].text);
    }
}

static void version(void **state) {
    (void)state;
    assert_true(g_str_has_prefix(gap_text_version(), "ICU "));
    assert_true(g_ascii_strtod(gap_text_version() + 4, NULL) >= 72);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_fold_alike), cmocka_unit_test(long_names_fold),
        cmocka_unit_test(nearest_words),    cmocka_unit_test(nearest_is_bounded),
        cmocka_unit_test(numbers),          cmocka_unit_test(percents),
        cmocka_unit_test(shares),           cmocka_unit_test(dates),
        cmocka_unit_test(version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
