/** bench_names FOLDER RULES TESTS: how well names are matched, on real names, in tables.
 *
 *  Municipalities by their Kyrgyz names among English ones, settlements by their Kyrgyz names among
 *  Russian ones, municipalities among the settlements that they are named after, twenty kinds of
 *  corruption, and the time for 100,000 names. What was judged by hand lies in the folder of tests.
 * With BENCH_SHOW in the environment every failure is listed. */
#include "geo/files/vector.h"
#include "geo/shape/area_index.h"
#include "geo/text/match.h"
#include "geo/text/name_key.h"
#include "tests/bench/corrupt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { ALL_NAMES = 100000, CORRUPT_SEED = 20251125 };

/** Places as a matcher takes them, with the strings they are made of. */
typedef struct {
    GArray *targets;     /**< of GapMatchTarget */
    GPtrArray *names;    /**< of GapMatchName arrays */
    GHashTable *by_code; /**< code to index + 1 */
} Places;

static GapNameRules *rules;

static void die(const char *what, GError *error) {
    fprintf(stderr, "%s: %s\n", what, error ? error->message : "failed");
    exit(1);
}

static GapTable *read_table(const char *folder, const char *file) {
    GError *error = NULL;
    g_autofree char *path = g_build_filename(folder, file, NULL);
    GapTable *table = gap_vector_read(path, NULL, &error);
    if (!table)
        die(path, error);
    return table;
}

static const char *cell(const GapTable *table, size_t row, const char *column) {
    const char *text = gap_table_text(table, row, (size_t)gap_table_find(table, column));
    return text ? text : "";
}

static char *id_cell(const GapTable *table, size_t row, const char *column) {
    char *text = gap_table_cell_string(table, row, (size_t)gap_table_find(table, column));
    return text ? text : g_strdup("");
}

static Places places_new(void) {
    return (Places){g_array_new(FALSE, FALSE, sizeof(GapMatchTarget)),
                    g_ptr_array_new_with_free_func(g_free),
                    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
}

static void places_clear(Places *places) {
    g_array_unref(places->targets);
    g_ptr_array_unref(places->names);
    g_hash_table_unref(places->by_code);
}

/** A settlement may be a village, a town or a city. */
static guint32 kinds_of(const char *kind) {
    guint32 kinds = gap_name_rules_kind(rules, kind);
    return strcmp(kind, "village") == 0
               ? kinds | gap_name_rules_kind(rules, "town") | gap_name_rules_kind(rules, "city")
               : kinds;
}

static void add_place(Places *places, const char *code, int level, const char *kind,
                      const char *parent, const char *name, const char *other) {
    GapMatchName *names = g_new0(GapMatchName, 2);
    names[0].text = name;
    names[1].text = other;
    g_ptr_array_add(places->names, names);
    gint32 above = GPOINTER_TO_INT(g_hash_table_lookup(places->by_code, parent)) - 1;
    GapMatchTarget target = {.names = names,
                             .n_names = other ? 2 : 1,
                             .level = level,
                             .kinds = kinds_of(kind),
                             .parent = above,
                             .lon = NAN,
                             .lat = NAN};
    g_array_append_val(places->targets, target);
    g_hash_table_insert(places->by_code, g_strdup(code), GINT_TO_POINTER(places->targets->len));
}

static GapMatcher *match_among(const Places *places) {
    GError *error = NULL;
    GapMatcher *matcher = gap_matcher_new(
        rules, (const GapMatchTarget *)(void *)places->targets->data, places->targets->len, &error);
    if (!matcher)
        die("matcher", error);
    return matcher;
}

typedef struct {
    guint n, right, wrong, ambiguous, has_right, unmatched;
} Tally;

static void show(const GapMatchQuery *query, gint32 truth, const GapMatchResult *result,
                 const Places *places) {
    const GapMatchTarget *targets = (const GapMatchTarget *)(void *)places->targets->data;
    printf("    %-10s %s (%s) is %s: ", gap_match_outcome_name(result->outcome), query->name,
           query->parents[0] ? query->parents[0] : "-",
           truth < 0 ? "none" : targets[truth].names[0].text);
    if (result->target >= 0)
        printf("%s, ", targets[result->target].names[0].text);
    printf("%.3f %s\n", (double)result->score, result->reason);
}

/** A truth of -1 is that none is meant: no name to be found, and right where none is. */
static Tally tally(const GapMatchResults *results, const GapMatchQuery *queries,
                   const gint32 *truth, const Places *places) {
    Tally t = {0};
    for (gsize i = 0; i < results->n; i++) {
        const GapMatchResult *result = &results->results[i];
        bool right = result->target == truth[i];
        t.n += truth[i] >= 0;
        if (truth[i] < 0 && result->outcome == GAP_MATCH_UNMATCHED)
            continue;
        if (result->outcome == GAP_MATCH_MATCHED)
            *(right ? &t.right : &t.wrong) += 1;
        else if (result->outcome == GAP_MATCH_UNMATCHED)
            t.unmatched++;
        else
            t.ambiguous++;
        for (guint k = 0; result->outcome == GAP_MATCH_AMBIGUOUS && k < result->n_candidates; k++)
            t.has_right += (gint32)result->candidates[k].target == truth[i];
        if (!right && places && g_getenv("BENCH_SHOW"))
            show(&queries[i], truth[i], result, places);
    }
    return t;
}

static void print_tally(const char *what, Tally t) {
    guint matched = t.right + t.wrong;
    printf("%-56s %6u %7.4f %7.4f %6u %6u %6u %6u\n", what, t.n,
           matched ? (double)t.right / matched : 1, (double)t.right / MAX(1, t.n), t.wrong,
           t.ambiguous, t.has_right, t.unmatched);
}

static void print_head(const char *title) {
    printf("\n%-56s %6s %7s %7s %6s %6s %6s %6s\n", title, "names", "precis.", "recall", "wrong",
           "ambig.", "+right", "unmat.");
}

static Tally run(const GapMatcher *matcher, const GArray *queries, const GArray *truth,
                 const Places *places, bool unique) {
    GError *error = NULL;
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.unique = unique;
    g_autoptr(GapMatchResults) results =
        gap_match(matcher, (const GapMatchQuery *)(void *)queries->data, queries->len, &options,
                  NULL, &error);
    if (!results)
        die("match", error);
    return tally(results, (const GapMatchQuery *)(void *)queries->data,
                 (const gint32 *)(void *)truth->data, places);
}

/** Whether each place has a name that no other of its level and parent shares, to the ear: only
 * then can its name and parent tell which it is. */
static bool *find_alone(const Places *places) {
    const GapMatchTarget *targets = (const GapMatchTarget *)(void *)places->targets->data;
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool *alone = g_new(bool, places->targets->len + 1);
    for (guint i = 0; i < places->targets->len; i++) {
        g_autofree char *coarse = gap_name_coarse(rules, targets[i].names[0].text);
        char *key = g_strdup_printf("%d %d %s", targets[i].level, targets[i].parent, coarse);
        gpointer before = g_hash_table_lookup(first, key);
        alone[i] = !before;
        if (before)
            alone[GPOINTER_TO_UINT(before) - 1] = false;
        g_hash_table_replace(first, key, GUINT_TO_POINTER(i + 1));
    }
    return alone;
}

// ---- municipalities

static int level_of(const char *level) {
    return *level == 'p' ? 0 : *level == 'd' ? 1 : 2;
}

static Places municipal_places(const GapTable *table, const char *column) {
    Places places = places_new();
    for (size_t i = 0; i < gap_table_rows(table); i++)
        add_place(&places, cell(table, i, "code"), level_of(cell(table, i, "level")),
                  cell(table, i, "level"), cell(table, i, "parent_code"), cell(table, i, column),
                  NULL);
    return places;
}

/** The name of a place's province in the language of the query. */
static const char *province_name(const GapTable *table, size_t row, const char *column) {
    for (size_t i = 0; i < gap_table_rows(table); i++)
        if (strcmp(cell(table, i, "code"), cell(table, row, "province_code")) == 0)
            return cell(table, i, column);
    return "";
}

static void municipalities(const GapTable *table, const char *from, const char *to) {
    static const char *const given[] = {"district and province", "district", "province", "nothing",
                                        "nothing, each place once"};
    const char *parent = strcmp(from, "name_ky") == 0 ? "parent_ky" : "parent_en";
    Places places = municipal_places(table, to);
    g_autoptr(GapMatcher) matcher = match_among(&places);
    for (size_t g = 0; g < G_N_ELEMENTS(given); g++) {
        g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(GapMatchQuery));
        g_autoptr(GArray) truth = g_array_new(FALSE, FALSE, sizeof(gint32));
        for (size_t i = 0; i < gap_table_rows(table); i++) {
            gint32 index = (gint32)i;
            if (level_of(cell(table, i, "level")) != 2)
                continue;
            GapMatchQuery query = GAP_MATCH_QUERY(cell(table, i, from));
            query.level = 2;
            if (g < 2) {
                query.parents[0] = cell(table, i, parent);
                query.parent_levels[0] = 1;
            }
            if (g == 0 || g == 2) {
                query.parents[1] = province_name(table, i, from);
                query.parent_levels[1] = 0;
            }
            g_array_append_val(queries, query);
            g_array_append_val(truth, index);
        }
        g_autofree char *what = g_strdup_printf("%s among %s, given %s", from, to, given[g]);
        print_tally(what, run(matcher, queries, truth, &places, g == 4));
    }
    places_clear(&places);
}

// ---- settlements

static Places settlement_places(const GapTable *settlements, const GapTable *districts,
                                const char *name, const char *other) {
    Places places = places_new();
    for (size_t i = 0; i < gap_table_rows(districts); i++) {
        g_autofree char *id = id_cell(districts, i, "wof_id");
        add_place(&places, id, 1, "district", "", cell(districts, i, "name"),
                  cell(districts, i, "name_en"));
    }
    for (size_t i = 0; i < gap_table_rows(settlements); i++) {
        g_autofree char *id = id_cell(settlements, i, "wof_id");
        g_autofree char *district = id_cell(settlements, i, "district_id");
        add_place(&places, id, 3, "village", district, cell(settlements, i, name),
                  other ? cell(settlements, i, other) : NULL);
    }
    return places;
}

/** The verdict of the hand-checked sample on a settlement; "" where it is not in it. */
static const char *verdict(const GapTable *sample, const char *id) {
    for (size_t i = 0; i < gap_table_rows(sample); i++)
        if (strcmp(cell(sample, i, "wof_id"), id) == 0)
            return cell(sample, i, "verdict");
    return "";
}

/** `want` NULL: all; else those of the sample with that verdict. */
static void settle(const GapTable *settlements, const GapTable *districts, bool district_given,
                   const GapTable *sample, const char *want) {
    Places places = settlement_places(settlements, districts, "name_ru", NULL);
    g_autoptr(GapMatcher) matcher = match_among(&places);
    g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(GapMatchQuery));
    g_autoptr(GArray) truth = g_array_new(FALSE, FALSE, sizeof(gint32));
    const GapMatchTarget *targets = (const GapMatchTarget *)(void *)places.targets->data;
    g_autofree bool *alone = find_alone(&places);
    for (size_t i = 0; i < gap_table_rows(settlements); i++) {
        gint32 index = (gint32)(gap_table_rows(districts) + i), parent = targets[index].parent;
        g_autofree char *id = id_cell(settlements, i, "wof_id");
        if ((want && strcmp(verdict(sample, id), want) != 0) || !*cell(settlements, i, "name_ky") ||
            !*cell(settlements, i, "name_ru") || (district_given && (parent < 0 || !alone[index])))
            continue;
        GapMatchQuery query = GAP_MATCH_QUERY(cell(settlements, i, "name_ky"));
        query.level = 3;
        if (district_given) {
            query.parents[0] = targets[parent].names[0].text;
            query.parent_levels[0] = 1;
        }
        g_array_append_val(queries, query);
        g_array_append_val(truth, index);
    }
    g_autofree char *what = g_strdup_printf("%s, given %s", want ? want : "all",
                                            district_given ? "district" : "nothing");
    print_tally(what, run(matcher, queries, truth, &places, false));
    places_clear(&places);
}

// ---- municipalities among the settlements that they are named after

/** The row of `table` whose `column`, a code or id, is `value`; -1 where there is none. */
static gint32 find_row(const GapTable *table, const char *column, const char *value) {
    for (size_t i = 0; i < gap_table_rows(table); i++) {
        g_autofree char *id = id_cell(table, i, column);
        if (strcmp(id, value) == 0)
            return (gint32)i;
    }
    return -1;
}

/** As a store has them once they are joined: below the official districts whose outlines they lie
 * in, whatever their source says of that, and with their points. */
static Places joined_places(const GapTable *settlements, const GapTable *outlines) {
    GError *error = NULL;
    Places places = places_new();
    g_autoptr(GPtrArray) wkb = g_ptr_array_new();
    for (size_t i = 0; i < gap_table_rows(outlines); i++) {
        add_place(&places, cell(outlines, i, "ADM2_PCODE"), 1, "district", "",
                  cell(outlines, i, "ADM2_KY"), cell(outlines, i, "ADM2_EN"));
        g_ptr_array_add(wkb, gap_table_geometry(outlines, i));
    }
    g_autoptr(GapAreaIndex) index =
        gap_area_index_new((GBytes *const *)wkb->pdata, wkb->len, &error);
    if (!index)
        die("outlines of districts", error);
    for (size_t i = 0; i < gap_table_rows(settlements); i++) {
        g_autofree char *id = id_cell(settlements, i, "wof_id");
        add_place(&places, id, 3, "village", "", cell(settlements, i, "name_ky"),
                  cell(settlements, i, "name_ru"));
        GapMatchTarget *target =
            &g_array_index(places.targets, GapMatchTarget, places.targets->len - 1);
        GBytes *point = gap_table_geometry(settlements, i);
        if (!point || !gap_wkb_read_point(point, &target->lon, &target->lat))
            continue;
        target->parent = (gint32)gap_area_index_locate(index, target->lon, target->lat);
    }
    return places;
}

/** A municipality as a query; `middle`: with its point. */
static GapMatchQuery municipality_query(const GapTable *table, size_t row, const char *language,
                                        bool middle) {
    const bool ky = *language == 'k';
    GapMatchQuery query = GAP_MATCH_QUERY(cell(table, row, ky ? "name_ky" : "name_en"));
    query.level = 3;
    query.parents[0] = cell(table, row, ky ? "parent_ky" : "parent_en");
    query.parent_levels[0] = 1;
    if (middle) {
        query.lon = g_ascii_strtod(cell(table, row, "lon"), NULL);
        query.lat = g_ascii_strtod(cell(table, row, "lat"), NULL);
    }
    return query;
}

/** `places` end with the settlements. */
static void named_after(const GapTable *villages, const GapTable *table,
                        const GapTable *settlements, const Places *places, bool middle,
                        const char *what) {
    const gint32 first = (gint32)(places->targets->len - gap_table_rows(settlements));
    g_autoptr(GapMatcher) matcher = match_among(places);
    for (const char *language = "ky\0en\0"; *language; language += strlen(language) + 1) {
        g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(GapMatchQuery));
        g_autoptr(GArray) truth = g_array_new(FALSE, FALSE, sizeof(gint32));
        for (size_t i = 0; i < gap_table_rows(villages); i++) {
            g_autofree char *settlement = id_cell(villages, i, "settlement");
            gint32 meant = find_row(settlements, "wof_id", settlement);
            const gint32 row = find_row(table, "code", cell(villages, i, "municipality"));
            if (row < 0 || (meant < 0 && strcmp(settlement, "-") != 0))
                die("villages.csv: a municipality or settlement that is not there", NULL);
            GapMatchQuery query = municipality_query(table, (size_t)row, language, middle);
            meant += meant < 0 ? 0 : first;
            g_array_append_val(queries, query);
            g_array_append_val(truth, meant);
        }
        g_autofree char *line = g_strdup_printf("name_%s, %s", language, what);
        print_tally(line, run(matcher, queries, truth, places, false));
    }
}

static void all_named_after(const GapTable *villages, const GapTable *table,
                            const GapTable *settlements, const GapTable *districts,
                            const GapTable *outlines) {
    Places places = settlement_places(settlements, districts, "name_ky", "name_ru");
    named_after(villages, table, settlements, &places, false, "district, as the source has it");
    places_clear(&places);
    places = joined_places(settlements, outlines);
    named_after(villages, table, settlements, &places, false, "district, joined");
    named_after(villages, table, settlements, &places, true, "district, joined, and middle");
    places_clear(&places);
}

// ---- corruptions

/** Every name of the three levels and all settlements, corrupted in one way; its parent is given.
 */
static void corrupt_all(const GapTable *table, const GapTable *settlements,
                        const GapTable *districts) {
    Places areas = municipal_places(table, "name_ky");
    Places villages = settlement_places(settlements, districts, "name_ky", NULL);
    g_autoptr(GapMatcher) among_areas = match_among(&areas);
    g_autoptr(GapMatcher) among_villages = match_among(&villages);
    for (size_t way = 0; way < CORRUPT_WAYS; way++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(CORRUPT_SEED);
        Tally sum = {0};
        for (int set = 0; set < 2; set++) {
            const Places *places = set ? &villages : &areas;
            const GapMatchTarget *targets = (const GapMatchTarget *)(void *)places->targets->data;
            g_autofree bool *alone = find_alone(places);
            g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(GapMatchQuery));
            g_autoptr(GArray) truth = g_array_new(FALSE, FALSE, sizeof(gint32));
            g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
            for (gint32 i = 0; i < (gint32)places->targets->len; i++) {
                if (targets[i].level < (corrupt_kind(way) ? 2 : 1) || targets[i].parent < 0 ||
                    !alone[i] || !*targets[i].names[0].text)
                    continue;
                char *text = corrupt(way, targets[i].names[0].text, random);
                if (!text)
                    continue;
                g_ptr_array_add(texts, text);
                GapMatchQuery query = GAP_MATCH_QUERY(text);
                query.level = targets[i].level;
                query.parents[0] = targets[targets[i].parent].names[0].text;
                g_array_append_val(queries, query);
                g_array_append_val(truth, i);
            }
            Tally t = run(set ? among_villages : among_areas, queries, truth,
                          g_getenv("BENCH_CORRUPT") ? places : NULL, false);
            sum.n += t.n, sum.right += t.right, sum.wrong += t.wrong;
            sum.ambiguous += t.ambiguous, sum.has_right += t.has_right;
            sum.unmatched += t.unmatched;
        }
        print_tally(corrupt_name(way), sum);
    }
    places_clear(&areas);
    places_clear(&villages);
}

// ---- speed

static void speed(const GapTable *settlements, const GapTable *districts, double goal_s) {
    Places places = settlement_places(settlements, districts, "name_ky", "name_ru");
    gint64 start = g_get_monotonic_time();
    g_autoptr(GapMatcher) matcher = match_among(&places);
    double built_s = (double)(g_get_monotonic_time() - start) / 1e6;
    const GapMatchTarget *targets = (const GapMatchTarget *)(void *)places.targets->data;
    g_autoptr(GRand) random = g_rand_new_with_seed(CORRUPT_SEED);
    g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(GapMatchQuery));
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    while (queries->len < ALL_NAMES) {
        gint32 i = g_rand_int_range(random, 0, (gint32)places.targets->len);
        const GapMatchName *name = &targets[i].names[g_rand_int_range(random, 0, 2)];
        char *text = *name->text ? corrupt(queries->len % CORRUPT_WAYS, name->text, random) : NULL;
        if (!text)
            continue;
        g_ptr_array_add(texts, text);
        GapMatchQuery query = GAP_MATCH_QUERY(text);
        if (targets[i].parent >= 0 && queries->len % 2)
            query.parents[0] = targets[targets[i].parent].names[0].text;
        g_array_append_val(queries, query);
    }
    printf("\nspeed: %u names among %u places, index built in %.3f s\n", queries->len,
           places.targets->len, built_s);
    bool met = false;
    for (unsigned threads = 1; threads <= 2; threads++) {
        GapMatchOptions options = GAP_MATCH_DEFAULTS;
        options.threads = threads;
        start = g_get_monotonic_time();
        g_autoptr(GapMatchResults) results =
            gap_match(matcher, (const GapMatchQuery *)(void *)queries->data, queries->len, &options,
                      NULL, NULL);
        double seconds = (double)(g_get_monotonic_time() - start) / 1e6;
        printf("%u thread%s: %.3f s\n", threads, threads > 1 ? "s" : "", seconds);
        met |= seconds + built_s <= goal_s;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %.0f MiB (goal 200 MiB), time goal %g s: %s\n",
           (double)usage.ru_maxrss / 1024, goal_s,
           met && usage.ru_maxrss < 200 * 1024 ? "met" : "MISSED");
    places_clear(&places);
    if (!met || usage.ru_maxrss >= 200 * 1024)
        exit(1);
}

int main(int argc, char **argv) {
    if (argc != 4)
        return 2;
    GError *error = NULL;
    g_autofree char *text = NULL;
    if (!g_file_get_contents(argv[2], &text, NULL, &error))
        die(argv[2], error);
    rules = gap_name_rules_parse(text, -1, &error);
    if (!rules)
        die("rules", error);
    g_autoptr(GapTable) table = read_table(argv[1], "municipalities.csv");
    g_autoptr(GapTable) settlements = read_table(argv[1], "settlements.geojson");
    g_autoptr(GapTable) districts = read_table(argv[1], "districts.geojson");
    g_autoptr(GapTable) outlines = read_table(argv[1], "districts_cod.geojson");
    g_autoptr(GapTable) sample = read_table(argv[3], "bench/settlement_sample.csv");
    g_autoptr(GapTable) unseen = read_table(argv[3], "names/settlement_unseen.csv");
    g_autoptr(GapTable) villages = read_table(argv[3], "names/villages.csv");
    print_head("municipalities");
    municipalities(table, "name_ky", "name_en");
    municipalities(table, "name_en", "name_ky");
    print_head("settlements, Kyrgyz names among Russian");
    settle(settlements, districts, true, sample, "same");
    settle(settlements, districts, true, sample, "renamed");
    settle(settlements, districts, true, sample, NULL);
    settle(settlements, districts, false, sample, NULL);
    print_head("unseen: others of them, drawn after all was tuned");
    settle(settlements, districts, true, unseen, "same");
    settle(settlements, districts, true, unseen, "renamed");
    print_head("municipalities among settlements named as they are");
    all_named_after(villages, table, settlements, districts, outlines);
    print_head("corruption of all Kyrgyz names, parent given");
    corrupt_all(table, settlements, districts);
    speed(settlements, districts, 2);
    gap_name_rules_free(rules);
    return 0;
}
