/* Rules and names: rules parse or fail with a reason; by ours, any bytes end as a key within
 * bounds, and any query with one outcome that keeps its promises. */
#include "tests/fuzz/fuzz.h"

#include "geo/text/match.h"
#include "geo/text/name_key.h"

#include <gio/gio.h>
#include <string.h>

const char *const fuzz_seeds[] = {
    "[letters]\nа=a\nж=j\naj$=ay\n[coarse]\ny=i\n[look-alike]\nA=А\n[endings]\nский=\n[meaning]\n"
    "new=жаңы;ново-\n[ignore]\nx=имени\n[kind city]\nnear=village\nru=г;город\n[kind village]\n"
    "ru=с\n[cost]\ndouble=0.2\n[close]\na b=0.5\nx=0.1\n",
    "Kara Suu town, Kara Suu district, Osh province",
    "К.Белекбаев атындагы Алай (г. Ош)",
    "Kapa-Cуу’ №12",
    NULL,
};

static GapNameRules *rules;
static GapMatcher *matcher;

static void prepare(void) {
    static const GapMatchName names[] = {
        {"Ош облусу", NULL}, {"Кара-Суу", NULL}, {"Kara-Suu (city)", NULL}, {"Алай", "old name"}};
    const GapMatchTarget targets[] = {{&names[0], 1, 0, 0, -1, NAN, NAN},
                                      {&names[1], 1, 1, 0, 0, 72.8, 40.7},
                                      {&names[2], 2, 2, 0, 1, NAN, NAN}};
    g_autoptr(GBytes) text = g_resources_lookup_data("/gapmap/layers/words/names.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    rules =
        gap_name_rules_parse(g_bytes_get_data(text, NULL), (gssize)g_bytes_get_size(text), NULL);
    matcher = gap_matcher_new(rules, targets, G_N_ELEMENTS(targets), NULL);
}

static void check_key(const GapNameRules *by, const char *name) {
    GapNameKey key;
    gap_name_key(by, name, &key);
    g_assert(key.n_forms <= GAP_NAME_FORMS);
    for (guint i = 0; i < key.n_forms; i++)
        g_assert(key.forms[i].fine_length <= GAP_NAME_LETTERS && key.forms[i].fine_length > 0);
    g_autofree char *fine = gap_name_fine(by, name), *coarse = gap_name_coarse(by, name);
    g_assert(g_utf8_validate(fine, -1, NULL) && g_utf8_validate(coarse, -1, NULL));
}

static void check_match(const char *name, const char *parent) {
    GapMatchQuery queries[2] = {GAP_MATCH_QUERY(name), GAP_MATCH_QUERY(name)};
    queries[1].parents[1] = parent;
    queries[1].lon = 72.8, queries[1].lat = 40.7;
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.unique = strlen(name) % 2;
    g_autoptr(GapMatchResults) results = gap_match(matcher, queries, 2, &options, NULL, NULL);
    for (gsize i = 0; i < results->n; i++) {
        const GapMatchResult *result = &results->results[i];
        g_assert((result->outcome == GAP_MATCH_MATCHED) == (result->target >= 0));
        g_assert(result->target < 3 && result->n_candidates <= GAP_MATCH_CANDIDATES);
        g_assert(result->outcome != GAP_MATCH_MATCHED || (double)result->score >= options.accept);
        g_assert(result->reason && g_utf8_validate(result->reason, -1, NULL));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!matcher)
        prepare();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strndup(size ? (const char *)data : "", size);
    g_autoptr(GapNameRules) own = gap_name_rules_parse(text, -1, &error);
    fuzz_either(own, error);
    if (own)
        check_key(own, "Жаңы город Ош 12 aaj");
    check_key(rules, text);
    check_match(text, text + strlen(text) / 2);
    return 0;
}
