#include "tests/check.h"

#include "layers/columns.h"
#include "layers/travel/speeds.h"

#include <gio/gio.h>

static GapTable *table_of(const char *const *headings) {
    GapTable *table = gap_table_new("t");
    for (; *headings; headings++)
        gap_table_add_column(table, &(GapColumnSpec){*headings, GAP_TYPE_TEXT});
    return table;
}

static void headings(void **state) {
    (void)state;
    static const struct {
        const char *layer, *field, *heading;
    } cases[] = {
        {"crime", "count", "Число преступлений"},
        {"crime", "count", "Кол-во преступлений"},
        {"crime", "count", "Кол–во  ПРЕСТУПЛЕНИЙ, ед."},
        {"crime", "count", "Зарегистрировано преступлений"},
        {"crime", "count", "Кылмыштардын саны"},
        {"crime", "count", "Number of crimes"},
        {"crime", "count", "Преступления (зарегистрированные)"},
        {"crime", "area", "Район"},
        {"crime", "area", "Область"},
        {"crime", "area", "Айылдык аймак"},
        {"crime", "area", "Наименование"},
        {"crime", "area", "Аталышы"},
        {"crime", "area", "Код"},
        {"crime", "area", "СОАТЕ"},
        {"crime", "area", "ADM2_PCODE"},
        {"crime", "area", "ADM2_EN"},
        {"crime", "area", "Аймак"},
        {"crime", "area", "Область / город"},
        {"crime", "year", "Год"},
        {"crime", "year", "Жыл"},
        {"crime", "year", "Year"},
        {"crime", "year", "Отчётный год"},
        {"crime", "basis", "Основание"},
        {"people", "people", "Калкы"},
        {"people", "people", "Калктын саны"},
        {"people", "people", "Население"},
        {"people", "people", "Численность населения, чел."},
        {"people", "people", "Численность населения (человек)"},
        {"people", "area", "stat_code"},
        {"people", "area", "district_en"},
        {"people", "area", "iso_code"},
        {"police_points", "lat", "Широта"},
        {"police_points", "lon", "Долгота"},
        {"police_points", "lat", "Кеңдик"},
        {"police_points", "lon", "Узундук"},
        {"police_points", "lat", "Широта (°)"},
        {"police_points", "lat", "Latitude"},
        {"police_points", "lon", "X"},
        {"police_points", "lat", "Y"},
        {"police_points", "coordinates", "Координаты"},
        {"police_points", "coordinates", "Lat/Lon"},
        {"police_points", "code", "№"},
        {"boundaries", "code", "ADM2_PCODE"},
        {"boundaries", "parent", "ADM1_PCODE"},
        {"boundaries", "name_ky", "ADM2_KY"},
        {"plans", "endorsed_on", "Дата утверждения"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (!gap_columns_means(gap_layer_kind(cases[i].layer), cases[i].field, cases[i].heading))
            fail_msg("'%s' is not %s of %s", cases[i].heading, cases[i].field, cases[i].layer);
}

static void headings_that_mean_nothing(void **state) {
    (void)state;
    static const struct {
        const char *layer, *field, *heading;
    } cases[] = {
        {"people", "people", "Население, тыс. чел."},
        {"people", "people", "Население (тыс.)"},
        {"people", "people", "Калктын саны, миң киши"},
        {"people", "people", "Population (000)"},
        {"crime", "count", "Преступления (на 10 000 населения)"},
        {"crime", "count", "Преступления на 100 тыс."},
        {"crime", "count", "Преступления, %"},
        {"crime", "count", "Раскрыто преступлений"},
        {"crime", "count", "Район"},
        {"crime", "area", "Число преступлений"},
        {"crime", "year", ""},
        {"crime", "year", "()"},
        {"plans", "funded_usd", "Бюджет (сом)"},
        {"crime", "people", "Население"}, // no field of crime
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (gap_columns_means(gap_layer_kind(cases[i].layer), cases[i].field, cases[i].heading))
            fail_msg("'%s' is %s of %s", cases[i].heading, cases[i].field, cases[i].layer);
}

static void guesses(void **state) {
    (void)state;
    static const struct {
        const char *field;
        const char *headings[6];
        int column;
        const char *several; // part of it
    } cases[] = {
        {"count", {"Район", "Число преступлений", "Год"}, 1},
        {"count", {"Район", "Раскрыто"}, -1},
        {"count", {"Число преступлений", "Кол-во преступлений"}, -2, "'Число преступлений', 'Кол"},
        {"count", {"Всего", "Число преступлений"}, 1},
        {"count", {"Всего"}, 0},
        {"count", {"Число преступлений", "Число преступлений на 100 тыс."}, 0},
        {"area", {"Район", "Код", "Область"}, 1},
        {"area", {"Область", "Район", "Айылный аймак"}, 2},
        {"area", {"Область", "Район"}, 1},
        {"area", {"ADM0_PCODE", "ADM1_PCODE", "ADM2_PCODE", "ADM2_EN"}, 2},
        {"area", {"Район", "Наименование района"}, -2, "'Район', 'Наименование района'"},
        {"area", {"Код", "СОАТЕ"}, -2, "'Код', 'СОАТЕ'"},
        {"area", {"Число"}, -1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapTable) table = table_of(cases[i].headings);
        g_autofree char *several = NULL;
        const bool used[6] = {false};
        const int got = gap_columns_guess(&GAP_LAYER_CRIME, cases[i].field, table, used, &several);
        if (got != cases[i].column || !several != !cases[i].several ||
            (several && !strstr(several, cases[i].several)))
            fail_msg("%zu: %d %s", i, got, several);
    }
}

static void what_is_used_is_not_guessed_again(void **state) {
    (void)state;
    static const char *const headings_of[] = {"ADM2_PCODE", "ADM1_PCODE", NULL};
    g_autoptr(GapTable) table = table_of(headings_of);
    g_autofree char *several = NULL;
    const bool none[2] = {false}, first[2] = {true};
    assert_int_equal(gap_columns_guess(&GAP_LAYER_BOUNDARIES, "code", table, none, &several), 0);
    assert_int_equal(gap_columns_guess(&GAP_LAYER_BOUNDARIES, "parent", table, first, &several), 1);
}

/* Whoever adds a word does not take it from another field, nor writes it in a way that never fits.
 */
static void the_words_agree(void **state) {
    (void)state;
    g_autoptr(GBytes) data = g_resources_lookup_data("/gapmap/layers/words/columns.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autoptr(GKeyFile) file = g_key_file_new();
    assert_true(g_key_file_load_from_bytes(file, data, G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++) {
        if (!g_str_has_prefix(*group, "columns"))
            continue;
        const char *layer = *group + strlen("columns");
        const GapLayerKind *kind = *layer ? gap_layer_kind(layer + 1) : NULL;
        if (!kind && g_strcmp0(*layer ? layer + 1 : NULL, GAP_SPEED_TABLE.name) == 0)
            kind = &GAP_SPEED_TABLE;
        assert_true(!*layer || kind);
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        g_auto(GStrv) keys = g_key_file_get_keys(file, *group, NULL, NULL);
        for (char **key = keys; *key; key++) {
            g_autofree char *field = g_strndup(*key, strcspn(*key, ".["));
            bool known = !kind;
            for (const GapField *f = kind ? kind->fields : NULL; f && f->name; f++)
                known |= g_str_equal(f->name, field);
            if (!known)
                fail_msg("[%s] %s: no such field", *group, *key);
            g_auto(GStrv) list = g_key_file_get_string_list(file, *group, *key, NULL, NULL);
            for (char **heading = list; *heading; heading++) {
                g_autofree char *plain = gap_heading_key(*heading);
                if (strcmp(plain, *heading) != 0)
                    fail_msg("[%s] %s: '%s' is compared as '%s'", *group, *key, *heading, plain);
                g_autofree char *ranked = g_strdup_printf(
                    "%.1s %s", strchr(*key, '.') ? strchr(*key, '.') + 1 : "1", *heading);
                const char *other = g_hash_table_lookup(seen, ranked);
                if (other && strcmp(other, field) != 0)
                    fail_msg("[%s] '%s' is %s and %s", *group, *heading, other, field);
                g_hash_table_insert(seen, g_steal_pointer(&ranked), g_strdup(field));
            }
        }
    }
}

static void codes(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"41702215855000", "KG02215855000"},
        {"41702215855000.0", "KG02215855000"},
        {"41702215855000,00", "KG02215855000"},
        {" 41702215855000 ", "KG02215855000"},
        {"417 02 215 855 00 0", "KG02215855000"},
        {"41702205", "KG02205000000"},
        {"41702", "KG02000000000"},
        {"kg02215855000", "KG02215855000"},
        {"KG02215855000", "KG02215855000"},
        {"417022", "417022"}, // no length of the classifier
        {"417022158550001", "417022158550001"},
        {"99902215855000", "99902215855000"},
        {"41702215855000.5", "41702215855000.5"},
        {"KG-B", "KG-B"},
        {"KG02.1", "KG02.1"},
        {"12.0", "12"},
        {"a b", "A B"},
        {"", ""},
        {".", "."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gap_code_canonical(cases[i][0]);
        if (strcmp(got, cases[i][1]) != 0)
            fail_msg("'%s' is '%s'", cases[i][0], got);
    }
    static const char *const rounded[] = {"4.17E+13", "4,17E+13",   "4.17022E+13",     "4.17e13",
                                          "4E+13",    " 4.17E+13 ", "4.1702215855E+13"};
    static const char *const whole[] = {
        "41702215855000", "KG02215855000", "5E10",  "E+13", "4.17",      "4.17E",
        "4.17E+",         "4.17E+13x",     "12E+5", "",     "4.17022E-3"};
    for (size_t i = 0; i < G_N_ELEMENTS(rounded); i++)
        if (!gap_code_is_rounded(rounded[i]))
            fail_msg("'%s'", rounded[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(whole); i++)
        if (gap_code_is_rounded(whole[i]))
            fail_msg("'%s'", whole[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings),        cmocka_unit_test(headings_that_mean_nothing),
        cmocka_unit_test(guesses),         cmocka_unit_test(what_is_used_is_not_guessed_again),
        cmocka_unit_test(the_words_agree), cmocka_unit_test(codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
