#include "tests/check.h"

#include "geo/text/name_key.h"
#include "geo/text/similarity.h"

#include <gio/gio.h>

static GapNameRules *rules;

static int read_rules(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) text = g_resources_lookup_data("/gapmap/layers/words/names.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
    rules = text ? gap_name_rules_parse(g_bytes_get_data(text, NULL),
                                        (gssize)g_bytes_get_size(text), &error)
                 : NULL;
    assert_no_error(error);
    return rules ? 0 : -1;
}

static int free_rules(void **state) {
    (void)state;
    gap_name_rules_free(rules);
    return 0;
}

/** Spellings of one name have one coarse key. */
static void one_name_has_one_key(void **state) {
    (void)state;
    static const char *const names[][9] = {
        {"Жети-Өгүз", "Джеты-Огуз", "Jeti-Oguz", "Djety-Oguz", "Jety Oguz", "Jeti Ögüz",
         "Жети Огуз", "Zheti-Öguz"},
        {"Кызыл-Кыя", "Kyzyl-Kyya", "Kyzyl-Kia", "Кызыл-Кия", "Kyzylkyia", "Kızıl-Kıya"},
        {"Чүй", "Chuy", "Chui", "Чуй", "Çüy", "Čùj", "CHUI"},
        {"Жаңы-Жол", "Dzhangy-Dzhol", "Jany-Jol", "Žaņy-Žol", "Jangyjol"},
        {"Халмион", "Khalmion", "Halmion", "ХАЛМИОН"},
        {"Октябрь", "Oktyabr'", "Oktyabrʹ", "Oktiabr", "Oktâbrʹ", "Oktyabr’"},
        {"Кара-Суу", "Карасу", "Kara Suu", "KARA–SU", "Kara-Suu", "Kapa-Cуу"},
        {"Ананьево", "Anan'evo", "Ananyevo", "Ananevo"},
        {"Щербаково", "Shcherbakovo", "Ŝerbakovo"},
        {"Тоң", "Тоӊ", "Tong", "Ton", "Тон"},
        {"Кашка-Жол", "Kashka-Djol", "Кашка-Джол"},
        {"Көк-Дөбө", "Kök-Döbö", "Këk-Dëbë", "Кёк-Дёбё", "Kök-Tyube"},
        {"с. Талас", "Талас", "село Талас", "Талас айылы"},
        {"Иссык-Куль", "Issyk-Kul", "Issyk- Kul", "Issyk-Kul’", "иссык куль"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *first = gap_name_coarse(rules, names[i][0]);
        for (size_t k = 1; k < 9 && names[i][k]; k++) {
            g_autofree char *coarse = gap_name_coarse(rules, names[i][k]);
            if (strcmp(first, coarse) != 0)
                fail_msg("%s is %s, but %s is %s", names[i][0], first, names[i][k], coarse);
        }
    }
}

static void fine_keys_keep_what_differs(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"Жаңы", "jaŋy"},
        {"Сүлүктү", "sülüktü"},
        {"Эски-Ноокат", "eski nookat"},
        {"Щорс", "ščors"},
        {"Участок № 12", "12"},
        {"17-Партсъезд", "17 partsezd"},
        {"Ош 3", "oš 3"},
        {"", ""},
        {"---", ""},
        {"Ь", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *fine = gap_name_fine(rules, pairs[i][0]);
        assert_string_equal(fine, pairs[i][1]);
    }
}

static void administrative_words_are_kinds(void **state) {
    (void)state;
    static const struct {
        const char *name, *fine, *kind;
    } cases[] = {
        {"Нарын облусу", "naryn", "province"},
        {"Naryn Oblast", "naryn", "province"},
        {"Chüy Oblasty", "čüy", "province"},
        {"Ноокат району", "nookat", "district"},
        {"Suzak rayon", "suzak", "district"},
        {"Кадамжайский р-н", "kadamjayskiy", "district"},
        {"г. Ош", "oš", "city"},
        {"Ош ш.", "oš", "city"},
        {"Naryn (city)", "naryn", "city"},
        {"Kara Suu town", "kara suu", "city"},
        {"Аманбаев айыл өкмөтү", "amanbaev", "municipality"},
        {"Аманбаев а/о", "amanbaev", "municipality"},
        {"Amanbaev A.O.", "amanbaev", "municipality"},
        {"Chaek ayil okmotu", "čaek", "municipality"},
        {"с. Покровка", "pokrovka", "village"},
        {"Kyzyl Tuu village", "kyzyl tuu", "village"},
        {"ж/м Ак-Орго", "ak orgo", "quarter"},
        {"пгт Каинды", "kaindy", "town"},
        {"Район", "rayon", NULL},
        {"село", "selo", NULL},
        {"Шаарды", "šaardy", NULL},
        {"Кызыл-Айыл", "kyzyl ayyl", NULL},
        {"Чапаев атындагы", "čapaev", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GapNameKey key;
        gap_name_key(rules, cases[i].name, &key);
        g_autofree char *fine = gap_name_fine(rules, cases[i].name);
        const char *kind = gap_name_rules_kind_name(rules, key.kinds);
        if (strcmp(fine, cases[i].fine) != 0 || g_strcmp0(kind, cases[i].kind) != 0)
            fail_msg("%s is %s, kind %s", cases[i].name, fine, kind ? kind : "none");
    }
}

/** Some pair of forms is as good as the same. */
static void names_are_read_in_several_ways(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"Ат-Башынский район", "Ат-Башы"},
        {"Нарынская область", "Нарын"},
        {"Кеминский", "Kemin"},
        {"Ак-Талинский район", "Ак-Талаа"},
        {"Таласского района", "Talas"},
        {"Chuyskaya oblast", "Чүй"},
        {"Kadamjaisky rayon", "Кадамжай"},
        {"Биринчи Май", "Pervomay"},
        {"Төмөнкү Чүй", "Nijnechuy"},
        {"Төмөнкү Чүй", "Нижнечуйское"},
        {"Москва", "Moscow"},
        {"A. Duysheev", "Дүйшеев"},
        {"К.Белекбаев атындагы Алай", "Alay (K.Belekbaeva)"},
        {"Кызыл-Суу (Покровка)", "Pokrovka"},
        {"Кызыл Айыл", "Кызыл-Айыл"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        GapNameKey a, b;
        gap_name_key(rules, pairs[i][0], &a);
        gap_name_key(rules, pairs[i][1], &b);
        GapNameLikeness like = gap_name_compare(rules, &a, &b);
        if (like.similarity < 0.9)
            fail_msg("%s and %s: %.3f", pairs[i][0], pairs[i][1], like.similarity);
    }
}

static void other_names_are_not_alike(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"Кызыл-Суу", "Кызыл-Туу"}, {"Участок 1", "Участок 2"}, {"Ош", "Он"},
        {"Ак-Жол", "Ак-Жар"},       {"Талас", "Нарын"},         {"Арал", "Арча"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        GapNameKey a, b;
        gap_name_key(rules, pairs[i][0], &a);
        gap_name_key(rules, pairs[i][1], &b);
        GapNameLikeness like = gap_name_compare(rules, &a, &b);
        if (like.similarity >= 0.8)
            fail_msg("%s and %s: %.3f", pairs[i][0], pairs[i][1], like.similarity);
    }
}

static void hostile_names_are_bounded(void **state) {
    (void)state;
    GString *longest = g_string_new(NULL);
    while (longest->len < 10000)
        g_string_append(longest, "Жаңы ");
    const char *const names[] = {longest->str,
                                 "\xff\xfe Ош",
                                 "\x01\x02\x1b[31m",
                                 "'; DROP TABLE area; --",
                                 "<script>alert(1)</script>",
                                 "\u202eشوأ",
                                 "٣٤",
                                 "\xf0\x9f\x98\x80",
                                 "吉爾吉斯",
                                 "ﷺﷺﷺﷺﷺﷺﷺﷺ",
                                 "((((((((((",
                                 "))))",
                                 "a(b(c(d",
                                 "-------",
                                 "a b c d e f g h i j k l m n o p q r s t u v w"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        GapNameKey key;
        gap_name_key(rules, names[i], &key);
        assert_true(key.n_forms <= GAP_NAME_FORMS);
        for (guint f = 0; f < key.n_forms; f++) {
            assert_in_range(key.forms[f].fine_length, 1, GAP_NAME_LETTERS);
            assert_true(key.forms[f].coarse_length <= key.forms[f].fine_length);
        }
    }
    GapNameKey key;
    gap_name_key(rules, longest->str, &key);
    assert_true(key.cut);
    gap_name_key(rules, "\xff\xfe Ош", &key);
    assert_int_equal(key.n_forms, 1);
    g_string_free(longest, TRUE);
}

static void bad_rules_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "[letters]"},
        {"[letters]\nabcdefghi=a\n", "[letters] abcdefghi: write 1 to 8 letters"},
        {"[letters]\na=bcd\n", "may become two letters at most"},
        {"[letters]\na=a\n[nonsense]\na=b\n", "[nonsense] is no group"},
        {"[letters]\na=a\n[look-alike]\nab=c\n", "one Latin letter"},
        {"[letters]\na=a\n[kind x]\nnear=y\n", "names a kind that has no group"},
        {"[letters]\na=a\n[kind x]\nen=a b c d e\n", "four words at most"},
        {"[letters]\na=a\n[cost]\ndouble=-1\n", "a number from 0 to 10"},
        {"[letters]\na=a\n[cost]\nhalf=1\n", "none of double, gap, swap, digit"},
        {"[letters]\na=a\n[close]\nabc=1\n", "two with a space between"},
        {"[letters]\na=a\n[close]\na b=x\n", "a number from 0 to 10"},
        {"[letters]\na=a\n[meaning]\nfirst=one two\n", "one word means one word"},
        {"[letters]\na=a\n[ignore]\nen=;--;\n", "an item without a letter"},
        {"[letters\n", "group"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        assert_null(gap_name_rules_parse(cases[i].text, -1, &error));
        assert_error_says(error, cases[i].says);
    }
}

/** Another country's rules: no group of ours, no letter of ours. */
static void other_rules_serve_other_names(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapNameRules) own = gap_name_rules_parse(
        "[letters]\nα=a\nθ=th\nη=i\nν=n\nά=a\n[kind town]\nel=πόλη\n[cost]\nswap=0.5\n", -1,
        &error);
    assert_no_error(error);
    g_autofree char *fine = gap_name_fine(own, "Αθήνα πόλη");
    assert_string_equal(fine, "athina");
    assert_int_equal(gap_name_rules_kind(own, "town"), 1);
    assert_int_equal(gap_name_rules_kind(own, "city"), 0);
}

static void kinds_agree_both_ways(void **state) {
    (void)state;
    guint32 village = gap_name_rules_kind(rules, "village"),
            municipality = gap_name_rules_kind(rules, "municipality"),
            province = gap_name_rules_kind(rules, "province");
    assert_int_equal(gap_name_rules_compare(rules, village, village), GAP_KINDS_SAME);
    assert_int_equal(gap_name_rules_compare(rules, village, municipality), GAP_KINDS_NEAR);
    assert_int_equal(gap_name_rules_compare(rules, municipality, village), GAP_KINDS_NEAR);
    assert_int_equal(gap_name_rules_compare(rules, province, village), GAP_KINDS_OTHER);
    assert_int_equal(gap_name_rules_compare(rules, 0, village), GAP_KINDS_UNKNOWN);
    assert_int_equal(gap_name_rules_compare(rules, province | village, village), GAP_KINDS_SAME);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_name_has_one_key),
        cmocka_unit_test(fine_keys_keep_what_differs),
        cmocka_unit_test(administrative_words_are_kinds),
        cmocka_unit_test(names_are_read_in_several_ways),
        cmocka_unit_test(other_names_are_not_alike),
        cmocka_unit_test(hostile_names_are_bounded),
        cmocka_unit_test(bad_rules_are_refused),
        cmocka_unit_test(other_rules_serve_other_names),
        cmocka_unit_test(kinds_agree_both_ways),
    };
    return cmocka_run_group_tests(tests, read_rules, free_rules);
}
