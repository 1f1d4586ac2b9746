/* Which encoding a text is in, told by the text alone. */
#include "tests/check.h"

#include "geo/files/encoding.h"

static const char *const TEXTS[] = {
    "Область;Год;Число преступлений",
    "Чуйская область;2001;3 456",
    "Ош",
    "Нарын",
    "НАРЫН",
    "Талас",
    "Бишкек шаары; Чүй",
    "id,name\n1,Кант\n2,Токмок\n",
    "Ысык-Көл облусу: Ак-Суу району",
    "Итого по республике: 15 % — «всего», № 3…",
    "г. Джалал-Абад, ул. Ленина, 5",
    "село Достук",
    "отделение милиции",
};

/* Words of Kyrgyz with letters that an encoding does not have cannot be in it. */
static void what_is_written_is_found(void **state) {
    (void)state;
    static const char *const names[] = {"UTF-8",  "UTF-16LE", "UTF-16BE",
                                        "CP1251", "KOI8-R",   "CP866"};
    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
            gsize n;
            g_autofree char *bytes = g_convert(TEXTS[i], -1, names[k], "UTF-8", NULL, &n, NULL);
            const bool wide = g_str_has_prefix(names[k], "UTF-16");
            if (!bytes || (wide && !strpbrk(TEXTS[i], " ,;\n")))
                continue;
            const char *found = gap_encoding_find(bytes, n);
            if (g_strcmp0(found, names[k]) != 0)
                fail_msg("'%s' in %s is found to be %s", TEXTS[i], names[k], found);
            g_autofree char *back = gap_encoding_convert(found, bytes, (gssize)n);
            assert_string_equal(back, TEXTS[i]);
        }
}

#define BYTES(text) text, sizeof text - 1

static void marks_and_edges(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *name; // NULL: cannot be told
    } cases[] = {
        {BYTES(""), "UTF-8"},
        {BYTES("a,b\n1,2\n"), "UTF-8"},
        {BYTES("\xef\xbb\xbfz"), "UTF-8"},
        {BYTES("\xff\xfez\0"), "UTF-16LE"},
        {BYTES("\xfe\xff\0z"), "UTF-16BE"},
        {BYTES("a\0,\0"), "UTF-16LE"},
        {BYTES("Ош, Ош, \xd0"), "UTF-8"}, // cut inside of a letter
        {BYTES("caf\xe9"), NULL},         // cafй is no word
        {BYTES("M\xfcller, Gr\xfc\xdfz\xe9s"), NULL},
        {BYTES("\xff"), NULL},
        {BYTES("\x98\x98"), NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *found = gap_encoding_find(cases[i].bytes, cases[i].n);
        if (g_strcmp0(found, cases[i].name) != 0)
            fail_msg("case %zu is found to be %s", i, found);
    }
}

static void conversion_is_strict(void **state) {
    (void)state;
    static const struct {
        const char *name, *text;
        gssize n;
        const char *want; // NULL: cannot be decoded
    } cases[] = {
        {"CP1251", "\xce\xf8", -1, "Ош"}, {"KOI8-R", "\xef\xdb", 2, "Ош"},
        {"cp1251", "\x98", -1, NULL},     {"UTF-8", "\xce", -1, NULL},
        {"utf8", "Ош", -1, "Ош"},         {"UTF-16LE", "a", 1, NULL},
        {"UTF-16LE", "a\0b\0", 4, "ab"},  {"CP1251", "a\0b", 3, NULL},
        {"UTF-8", "a\0b", 3, NULL},       {"no such", "a", -1, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gap_encoding_convert(cases[i].name, cases[i].text, cases[i].n);
        if (g_strcmp0(got, cases[i].want) != 0)
            fail_msg("case %zu gives '%s'", i, got);
    }
}

static void names_are_checked(void **state) {
    (void)state;
    static const char *const good[] = {"UTF-8",    "utf8",    "CP1251", "windows-1251",
                                       "KOI8-R",   "KOI8-U",  "IBM866", "ISO-8859-5",
                                       "UTF-16LE", "UTF-16BE"};
    g_autoptr(GError) error = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        assert_true(gap_encoding_check(good[i], &error));
        assert_no_error(error);
    }
    assert_false(gap_encoding_check("klingon\n", &error));
    assert_error_says(error, "--encoding klingon\\u000A is not known");
    assert_false(gap_encoding_check("", &error));
    assert_error_says(error, "is not known");
    assert_false(gap_encoding_check("CP1251//IGNORE", &error));
    assert_error_says(error, "is not known");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_found),
        cmocka_unit_test(marks_and_edges),
        cmocka_unit_test(conversion_is_strict),
        cmocka_unit_test(names_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
