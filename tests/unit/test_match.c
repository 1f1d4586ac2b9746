#include "tests/check.h"

#include "geo/text/match.h"

#include <gio/gio.h>

/* A small country with the homonyms of the real one: levels 0 province, 1 district, 2 municipality,
 * 3 settlement. */
enum { PROVINCE, DISTRICT, MUNICIPALITY, SETTLEMENT };

static const struct Row {
    int level;
    const char *parent, *code, *name, *other, *what;
} rows[] = {
    {0, NULL, "NAR", "Нарын", "Naryn", NULL},
    {0, NULL, "TAL", "Талас", "Talas", NULL},
    {0, NULL, "OSH", "Ош", "Osh", NULL},
    {0, NULL, "OSHC", "Ош ш.", "Osh (city)", NULL},
    {0, NULL, "BIS", "Бишкек ш.", "Bishkek (city)", NULL},
    {0, NULL, "JAL", "Жалал-Абад", "Jalal-Abad", NULL},
    {0, NULL, "ISS", "Ысык-Көл", "Issyk-Kul", NULL},
    {0, NULL, "BAT", "Баткен", "Batken", NULL},
    {1, "NAR", "NAR-D", "Нарын", "Naryn", NULL},
    {1, "NAR", "NAR-C", "Нарын ш.", "Naryn (city)", NULL},
    {1, "NAR", "ATB", "Ат-Башы", "At-Bashy", NULL},
    {1, "NAR", "KOC", "Кочкор", "Kochkor", NULL},
    {1, "TAL", "TAL-D", "Талас", "Talas", NULL},
    {1, "TAL", "TAL-C", "Талас ш.", "Talas (city)", NULL},
    {1, "OSH", "KAR-D", "Кара-Суу", "Kara-Suu", NULL},
    {1, "JAL", "AKS", "Аксы", "Aksy", NULL},
    {1, "JAL", "SUZ", "Сузак", "Suzak", NULL},
    {1, "ISS", "AKSU", "Ак-Суу", "Ak-Suu", NULL},
    {1, "ISS", "JET", "Жети-Өгүз", "Jeti-Oguz", NULL},
    {1, "BAT", "LEI", "Лейлек", "Leilek", NULL},
    {2, "KAR-D", "KAR-T", "Кара-Суу", "Kara-Suu (city)", NULL},
    {2, "AKS", "KAR-A", "Кара-Суу", "Kara-Suu", NULL},
    {2, "ATB", "KAR-B", "Кара-Суу", "Kara-Suu", NULL},
    {2, "KOC", "KAR-K", "Кара-Суу", "Kara-Suu", NULL},
    {2, "AKS", "KYZ-A", "Кызыл-Туу", "Kyzyl-Tuu", NULL},
    {2, "SUZ", "KYZ-S", "Кызыл-Туу", "Kyzyl-Tuu", NULL},
    {2, "AKS", "AKS-A", "Ак-Суу", "Ak-Suu", NULL},
    {2, "LEI", "AKS-L", "Ак-Суу", "Ak-Suu", NULL},
    {2, "KOC", "CHO-K", "Чолпон", "Cholpon", NULL},
    {2, "JET", "JET-M", "Жети-Өгүз", "Djeti-Oguz", NULL},
    {2, "JET", "KYZ-SU", "Кызыл-Суу", "Покровка", "its name until 1992"},
    {3, "JET", "SAR", "Саруу", "Saruu", NULL},
    {3, "JET", "DAR", "Даркан", "Darkan", NULL},
};
enum { N = G_N_ELEMENTS(rows) };

static GapNameRules *rules;
static GapMatcher *matcher;
static GapMatchTarget targets[N];
static GapMatchName names[N][2];

static gint32 index_of(const char *code) {
    for (gint32 i = 0; code && i < N; i++)
        if (strcmp(rows[i].code, code) == 0)
            return i;
    return -1;
}

static int build(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) text = g_resources_lookup_data("/gapmap/layers/words/names.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
    assert_no_error(error);
    rules =
        gap_name_rules_parse(g_bytes_get_data(text, NULL), (gssize)g_bytes_get_size(text), &error);
    assert_no_error(error);
    static const char *const kinds[] = {"province", "district", "municipality", "village"};
    for (int i = 0; i < N; i++) {
        names[i][0] = (GapMatchName){rows[i].name, NULL};
        names[i][1] = (GapMatchName){rows[i].other, rows[i].what};
        targets[i] = (GapMatchTarget){.names = names[i],
                                      .n_names = 2,
                                      .level = rows[i].level,
                                      .kinds = gap_name_rules_kind(rules, kinds[rows[i].level]),
                                      .parent = index_of(rows[i].parent),
                                      .lon = 70 + i,
                                      .lat = 41};
    }
    matcher = gap_matcher_new(rules, targets, N, &error);
    assert_no_error(error);
    return 0;
}

static int clear(void **state) {
    (void)state;
    gap_matcher_free(matcher);
    gap_name_rules_free(rules);
    return 0;
}

static GapMatchResults *match(const GapMatchQuery *queries, gsize n, bool unique) {
    GError *error = NULL;
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.unique = unique;
    GapMatchResults *results = gap_match(matcher, queries, n, &options, NULL, &error);
    assert_no_error(error);
    return results;
}

static const char *code_of(const GapMatchResult *result) {
    return result->target < 0 ? "-" : rows[result->target].code;
}

/** `want` is a code, "-" for unmatched, or "2" for ambiguous between so many. */
static void check(const GapMatchQuery *query, const char *want, const char *says) {
    g_autoptr(GapMatchResults) results = match(query, 1, false);
    const GapMatchResult *result = &results->results[0];
    g_autofree char *many = g_strdup_printf("%u", result->n_candidates);
    const char *got = result->outcome == GAP_MATCH_AMBIGUOUS ? many : code_of(result);
    if (strcmp(got, want) != 0)
        fail_msg("%s (%s): %s, not %s: %.3f %s", query->name,
                 query->parents[0] ? query->parents[0] : "-", got, want, (double)result->score,
                 result->reason);
    if (says && !strstr(result->reason, says))
        fail_msg("%s: '%s' does not say '%s'", query->name, result->reason, says);
}

static void names_are_matched_with_reasons(void **state) {
    (void)state;
    static const struct {
        const char *name, *parent, *province;
        int level;
        const char *want, *says;
    } cases[] = {
        // spelling, alone and with parents, also misspelt or unknown ones
        {"Джеты-Огуз", NULL, NULL, DISTRICT, "JET", "same sound, spelt otherwise"},
        {"Jeti Oguz municipality", NULL, "Issyk Kul Oblast", -1, "JET-M", "in Ысык-Көл province"},
        {"Кызыл-Туу", "Аксы", NULL, -1, "KYZ-A", "same key, in Аксы district"},
        {"Kyzyl Tuu", "Aksyy rayon", NULL, -1, "KYZ-A", "in Аксы district"},
        {"Kyzyl Tuu", "Сузакский район", NULL, -1, "KYZ-S", NULL},
        {"Kyzyl Tuu", "Nowhere", NULL, -1, "2", "no place is known as 'Nowhere'"},
        {"Kyzyl-Tun", "Suzak", NULL, -1, "-", "nearest is Кызыл-Туу municipality"},
        {"Чолпан", "Кочкор", NULL, -1, "CHO-K", "in Кочкор district"},
        {"Чолпоон", "Кочкор", NULL, -1, "CHO-K", "same sound, spelt otherwise"},
        {"Чолпоннн", NULL, "Нарын", -1, "CHO-K", NULL},
        // homonyms: the level, the kind or the parent tells, or nobody
        {"Нарын", NULL, NULL, -1, "3", "3 places fit"},
        {"Нарын", NULL, NULL, PROVINCE, "NAR", NULL},
        {"Нарынская область", NULL, NULL, -1, "NAR", "a province as named"},
        {"Нарынский район", NULL, NULL, -1, "NAR-D", "a district as named"},
        {"г. Нарын", NULL, NULL, -1, "NAR-C", "a city as named"},
        {"Naryn", NULL, NULL, DISTRICT, "2", NULL},
        {"Talas town", NULL, NULL, -1, "TAL-C", NULL},
        {"Talas", NULL, NULL, PROVINCE, "TAL", NULL},
        {"Talas", NULL, NULL, -1, "3", NULL},
        {"Talas district", NULL, NULL, -1, "TAL-D", NULL},
        {"Ош", NULL, NULL, -1, "2", NULL},
        {"Ош облусу", NULL, NULL, -1, "OSH", NULL},
        {"Osh city", NULL, NULL, -1, "OSHC", NULL},
        {"Osh oblast city", NULL, NULL, -1, "2", NULL},
        {"Кара-Суу", NULL, NULL, -1, "5", NULL},
        {"Кара-Суу", "Аксы", NULL, -1, "KAR-A", NULL},
        {"Кара-Суу", NULL, "Нарын облусу", MUNICIPALITY, "2", NULL},
        {"Kara Suu town", "Kara Suu district", "Osh province", -1, "KAR-T", "a city as named"},
        {"Ak-Suu", NULL, NULL, -1, "3", NULL},
        {"Ак-Суйский район", NULL, NULL, -1, "AKSU", NULL},
        {"Aksuu village", NULL, "Batken oblast", -1, "AKS-L", "though named a village"},
        {"Cholpon village", NULL, "Naryn Oblast", -1, "CHO-K", NULL},
        // what contradicts is never taken
        {"Чолпон", "Аксы", NULL, -1, "-", "but in Кочкор district, not in 'Аксы'"},
        {"Чолпон облусу", NULL, NULL, -1, "-", "but a municipality, not a province"},
        {"Саруу", NULL, NULL, DISTRICT, "-", NULL},
        {"Naryn", NULL, "Osh oblast", PROVINCE, "-", "no part of 'Osh oblast'"},
        {"Naryn", NULL, "Osh oblast", -1, "-", NULL},
        {"Бишкек", "Аксы", NULL, -1, "-", "not known to lie in 'Аксы'"},
        // an old name, with what it is
        {"Pokrovka", "Jety-Oguz", NULL, -1, "KYZ-SU", "same key as its name until 1992 'Покровка'"},
        // parents along with the name, either way round
        {"Kara Suu town, Kara Suu district, Osh province", NULL, NULL, -1, "KAR-T", NULL},
        {"Ошская область, Кара-Сууйский район, г. Кара-Суу", NULL, NULL, -1, "KAR-T", NULL},
        {"Aksuu village, Batken oblast", NULL, NULL, -1, "AKS-L", NULL},
        {", ,Саруу, ", NULL, NULL, -1, "SAR", NULL},
        {"Kara Suu town of Osh oblast", NULL, NULL, -1, "KAR-T", NULL},
        {"City of Bishkek", NULL, NULL, -1, "BIS", "a city as named"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GapMatchQuery query = GAP_MATCH_QUERY(cases[i].name);
        query.level = cases[i].level;
        query.parents[0] = cases[i].parent;
        query.parents[1] = cases[i].province;
        check(&query, cases[i].want, cases[i].says);
    }
}

static void points_tell_homonyms_apart(void **state) {
    (void)state;
    GapMatchQuery query = GAP_MATCH_QUERY("Kyzyl-Tuu");
    gint32 right = index_of("KYZ-S");
    query.lon = targets[right].lon + 0.01;
    query.lat = targets[right].lat;
    check(&query, "KYZ-S", "1 km apart");
    query = GAP_MATCH_QUERY("Чолпон");
    query.lon = 0, query.lat = 0;
    check(&query, "-", NULL);
}

static void a_stated_kind_serves_where_the_name_has_none(void **state) {
    (void)state;
    GapMatchQuery query = GAP_MATCH_QUERY("Naryn");
    query.kinds = gap_name_rules_kind(rules, "city");
    check(&query, "NAR-C", NULL);
    query.name = "Naryn district";
    check(&query, "NAR-D", NULL);
}

static void hostile_names_end_clearly(void **state) {
    (void)state;
    g_autofree char *longest = g_strnfill(10000, 'a');
    static const char *const nothing[] = {NULL,   "",   "   ",         "\x01\x02",
                                          "----", "()", "\xff\xfe\xfd"};
    static const char *const no_place[] = {
        "123456", "'; DROP TABLE area; --", "<b>x</b>", "\u202eشوأ", "=1+1",
        "😀 1",    "../../etc/passwd",       "%s%n"};
    for (size_t i = 0; i < G_N_ELEMENTS(nothing); i++) {
        GapMatchQuery query = GAP_MATCH_QUERY(nothing[i]);
        g_autoptr(GapMatchResults) results = match(&query, 1, false);
        assert_int_equal(results->results[0].outcome, GAP_MATCH_UNMATCHED);
        assert_non_null(strstr(results->results[0].reason, "no letter and no digit"));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(no_place); i++) {
        GapMatchQuery query = GAP_MATCH_QUERY(no_place[i]);
        query.parents[0] = no_place[i];
        check(&query, "-", NULL);
    }
    GapMatchQuery query = GAP_MATCH_QUERY(longest);
    query.parents[3] = longest;
    check(&query, "-", "longer than a name can be");
}

/** Two Kara-Suu of a list are two places; one that names only one of them is told apart by it. */
static void a_list_of_single_places_is_solved_whole(void **state) {
    (void)state;
    GapMatchQuery queries[] = {GAP_MATCH_QUERY("Нарын"),    GAP_MATCH_QUERY("Нарын ш."),
                               GAP_MATCH_QUERY("Кара-Суу"), GAP_MATCH_QUERY("Кара-Суу"),
                               GAP_MATCH_QUERY("Чолпон"),   GAP_MATCH_QUERY("Чолпан")};
    const struct {
        GapMatchOutcome outcome;
        const char *code;
    } want[] = {{GAP_MATCH_MATCHED, "NAR-D"}, {GAP_MATCH_MATCHED, "NAR-C"},
                {GAP_MATCH_AMBIGUOUS, "-"},   {GAP_MATCH_AMBIGUOUS, "-"},
                {GAP_MATCH_MATCHED, "CHO-K"}, {GAP_MATCH_UNMATCHED, "-"}};
    queries[0].level = queries[1].level = DISTRICT;
    queries[2].level = queries[3].level = queries[4].level = queries[5].level = MUNICIPALITY;
    queries[4].parents[0] = "Кочкор";
    g_autoptr(GapMatchResults) results = match(queries, 6, true);
    for (int i = 0; i < 6; i++) {
        const GapMatchResult *result = &results->results[i];
        if (result->outcome != want[i].outcome || strcmp(code_of(result), want[i].code) != 0)
            fail_msg("row %d: %s %s: %s", i, gap_match_outcome_name(result->outcome),
                     code_of(result), result->reason);
    }
    assert_non_null(strstr(results->results[5].reason, "taken by another row"));
}

static void threads_answer_alike(void **state) {
    (void)state;
    enum { MANY = 5000 };
    g_autofree GapMatchQuery *queries = g_new(GapMatchQuery, MANY);
    for (int i = 0; i < MANY; i++) {
        queries[i] = GAP_MATCH_QUERY(names[i % N][i / N % 2].text);
        if (i % 3)
            queries[i].parents[0] = rows[i % N].parent ? names[targets[i % N].parent][1].text : "";
    }
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.threads = 1;
    g_autoptr(GapMatchResults) one = gap_match(matcher, queries, MANY, &options, NULL, NULL);
    options.threads = 4;
    g_autoptr(GapMatchResults) four = gap_match(matcher, queries, MANY, &options, NULL, NULL);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(one->results[i].target, four->results[i].target);
        assert_string_equal(one->results[i].reason, four->results[i].reason);
    }
}

static bool stop(void *user, double share, const char *what) {
    (void)user, (void)share, (void)what;
    return false;
}

static void the_user_stops_it(void **state) {
    (void)state;
    GError *error = NULL;
    GapMatchQuery query = GAP_MATCH_QUERY("Ош");
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    GapProgress progress = {stop, NULL};
    assert_null(gap_match(matcher, &query, 1, &options, &progress, &error));
    assert_error_says(error, "stopped");
}

static void bad_targets_are_refused(void **state) {
    (void)state;
    GapMatchName name = {"Ош", NULL};
    GapMatchTarget bad[] = {{&name, 1, 1, 0, 1, NAN, NAN}, {&name, 1, 1, 0, -1, NAN, NAN}};
    GError *error = NULL;
    assert_null(gap_matcher_new(rules, bad, 2, &error));
    assert_error_says(error, "place 0 (Ош) lies in place 1, which is not of a wider level");
    bad[0].parent = 7;
    assert_null(gap_matcher_new(rules, bad, 2, &error));
    assert_error_says(error, "lies in place 7");
    g_autoptr(GapMatcher) none = gap_matcher_new(rules, NULL, 0, &error);
    assert_no_error(error);
    GapMatchQuery query = GAP_MATCH_QUERY("Ош");
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    g_autoptr(GapMatchResults) results = gap_match(none, &query, 1, &options, NULL, NULL);
    assert_int_equal(results->results[0].outcome, GAP_MATCH_UNMATCHED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_matched_with_reasons),
        cmocka_unit_test(points_tell_homonyms_apart),
        cmocka_unit_test(a_stated_kind_serves_where_the_name_has_none),
        cmocka_unit_test(hostile_names_end_clearly),
        cmocka_unit_test(a_list_of_single_places_is_solved_whole),
        cmocka_unit_test(threads_answer_alike),
        cmocka_unit_test(the_user_stops_it),
        cmocka_unit_test(bad_targets_are_refused),
    };
    return cmocka_run_group_tests(tests, build, clear);
}
