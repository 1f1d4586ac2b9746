#include "layers/finder.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/columns.h"

#include <string.h>

enum { N_PARTS = GAP_GAZETTEER_UNITS + 1, MOST_SHOWN = 5, NAME_SHOWN = 40 };

/* What was asked, and the answer. */
typedef struct {
    char *name, *district, *province;
    const char *code, *bearer; // NULL: not found
    char *reason;
    float score;
    bool exact; // letter for letter, as folded, a name of what was found
    gint64 rows;
} Answer;

struct GapFinder {
    GapStore *store;
    const GapAreas *areas;
    GapGazetteer *gazetteer[N_PARTS];
    GHashTable *places;  // code to its number in the gazetteer of all
    GHashTable *answers; // question to Answer
    GPtrArray *in_order; // the same, as they were asked
};

static void answer_free(gpointer data) {
    Answer *answer = data;
    g_free(answer->name);
    g_free(answer->district);
    g_free(answer->province);
    g_free(answer->reason);
    g_free(answer);
}

GapFinder *gap_finder_new(GapStore *store, const GapAreas *areas) {
    GapFinder *finder = g_new0(GapFinder, 1);
    finder->store = store;
    finder->areas = areas;
    finder->answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    finder->in_order = g_ptr_array_new_with_free_func(answer_free);
    return finder;
}

void gap_finder_free(GapFinder *finder) {
    if (!finder)
        return;
    for (int i = 0; i < N_PARTS; i++)
        gap_gazetteer_free(finder->gazetteer[i]);
    g_hash_table_unref(finder->answers);
    g_ptr_array_unref(finder->in_order);
    g_free(finder);
}

const GapGazetteer *gap_finder_gazetteer(GapFinder *finder, GapGazetteerPart part, GError **error) {
    if (!finder->gazetteer[part])
        finder->gazetteer[part] = gap_gazetteer_new(finder->store, part, error);
    return finder->gazetteer[part];
}

/* ---- codes ---- */

/* The number of a place in the gazetteer of all, or -1. */
static gssize place_of(GapFinder *finder, const char *code) {
    const GapGazetteer *all = gap_finder_gazetteer(finder, GAP_GAZETTEER_ALL, NULL);
    return all ? gap_gazetteer_find(all, code, true) : -1;
}

static const char *place_code(GapFinder *finder, const char *text) {
    const gssize place = place_of(finder, text);
    return place < 0 ? NULL
                     : gap_gazetteer_code(finder->gazetteer[GAP_GAZETTEER_ALL], (size_t)place);
}

/* "CODE NAME (LEVEL, PARENT)", as candidates stand in files, begins with a code. */
static char *code_in_label(const char *text) {
    const char *end = strchr(text, ' ');
    return end && g_str_has_suffix(text, ")") && strstr(end, " (")
               ? g_strndup(text, (gsize)(end - text))
               : NULL;
}

static const char *find_code(GapFinder *finder, GapGazetteerPart part, const char *text,
                             bool place) {
    const char *code = place                         ? place_code(finder, text)
                       : part == GAP_GAZETTEER_UNITS ? gap_areas_unit_code(finder->areas, text)
                                                     : gap_areas_code(finder->areas, text);
    if (!code && !place && part == GAP_GAZETTEER_ALL)
        code = place_code(finder, text);
    g_autofree char *label = code ? NULL : code_in_label(text);
    return label ? find_code(finder, part, label, place) : code;
}

const char *gap_finder_code(GapFinder *finder, const char *text, bool place) {
    const char *code = find_code(finder, GAP_GAZETTEER_ALL, text, place);
    return code ? code : find_code(finder, GAP_GAZETTEER_ALL, text, !place);
}

const char *gap_finder_with_zeros(GapFinder *finder, const char *text) {
    const GapGazetteer *all = gap_finder_gazetteer(finder, GAP_GAZETTEER_ALL, NULL);
    size_t n = 0;
    if (all)
        gap_gazetteer_targets(all, &n);
    for (size_t i = 0; i < n; i++) {
        const char *code = gap_gazetteer_code(all, i);
        if (*code == '0' && *text && g_str_equal(code + strspn(code, "0"), text))
            return code;
    }
    return NULL;
}

/* ---- names ---- */

static void add_parent(GapMatchQuery *query, size_t *n, const char *name, int level) {
    if (!name || !*name)
        return;
    query->parents[*n] = name;
    query->parent_levels[(*n)++] = level;
}

static char *why_not(const GapGazetteer *gazetteer, const GapFinderQuestion *question,
                     const GapMatchResult *result) {
    GString *out = g_string_new(NULL);
    const bool several = result->outcome == GAP_MATCH_AMBIGUOUS;
    if (several)
        g_string_append(out, "several bear this name: ");
    else
        g_string_append_printf(out, "no area%s%s has this code or name",
                               question->level ? " at level " : "",
                               question->level ? question->level : "");
    if (!several && result->n_candidates == 0)
        g_string_append(out, "; see 'gapmap export municipalities -o FILE.csv'");
    else if (!several)
        g_string_append(out, "; near it: ");
    for (guint32 i = 0; i < MIN(result->n_candidates, MOST_SHOWN); i++) {
        g_string_append(out, i ? "; " : "");
        gap_gazetteer_label(gazetteer, result->candidates[i].target, out);
    }
    if (result->n_candidates > MOST_SHOWN)
        g_string_append_printf(out, "; and %u more", result->n_candidates - MOST_SHOWN);
    if (result->n_candidates)
        g_string_append(out, "; give the code, or say it in a --crosswalk");
    return g_string_free(out, FALSE);
}

static bool is_exact(const GapGazetteer *gazetteer, const char *text,
                     const GapMatchResult *result) {
    const GapMatchTarget *target = &gap_gazetteer_targets(gazetteer, NULL)[result->target];
    g_autofree char *asked = gap_text_fold(text);
    bool exact = false;
    for (gsize i = 0; !exact && i < target->n_names; i++) {
        g_autofree char *folded = gap_text_fold(target->names[i].text);
        exact = g_str_equal(folded, asked);
    }
    return exact;
}

static const char *bearer_of(const GapFinder *finder, const GapGazetteer *gazetteer, gint32 i) {
    if (gap_gazetteer_targets(gazetteer, NULL)[i].level == GAP_GAZETTEER_PLACE)
        return "place";
    return gap_areas_level(finder->areas, gap_gazetteer_code(gazetteer, (size_t)i)) ? "area"
                                                                                    : "unit";
}

static void match(const GapFinder *finder, const GapGazetteer *gazetteer,
                  const GapFinderQuestion *question, Answer *answer) {
    GapMatchQuery query = GAP_MATCH_QUERY(question->text);
    size_t n = 0;
    add_parent(&query, &n, question->district, GAP_GAZETTEER_DISTRICT);
    add_parent(&query, &n, question->province, GAP_GAZETTEER_PROVINCE);
    query.level = gap_gazetteer_level(question->level);
    query.kinds = gap_gazetteer_kind(gazetteer, question->kind);
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.threads = 1;
    g_autoptr(GapMatchResults) results =
        gap_match(gap_gazetteer_matcher(gazetteer), &query, 1, &options, NULL, NULL);
    const GapMatchResult *result = &results->results[0];
    if (result->outcome != GAP_MATCH_MATCHED) {
        answer->reason = why_not(gazetteer, question, result);
        return;
    }
    answer->code = gap_gazetteer_code(gazetteer, (size_t)result->target);
    answer->bearer = bearer_of(finder, gazetteer, result->target);
    answer->reason = g_strdup(result->reason);
    answer->score = result->score;
    answer->exact = is_exact(gazetteer, question->text, result);
}

static const char *or_empty(const char *text) {
    return text ? text : "";
}

const char *gap_finder_find(GapFinder *finder, GapGazetteerPart part,
                            const GapFinderQuestion *question, char **reason) {
    const char *code =
        find_code(finder, part, question->text,
                  g_strcmp0(question->level, GAP_GAZETTEER_LEVELS[GAP_GAZETTEER_PLACE]) == 0);
    if (code)
        return code;
    if (gap_code_is_rounded(question->text)) {
        *reason = g_strdup(GAP_CODE_ROUNDED);
        return NULL;
    }
    g_autofree char *key = g_strdup_printf(
        "%d\n%s\n%s\n%s\n%s\n%s", (int)part, or_empty(question->level), or_empty(question->kind),
        or_empty(question->province), or_empty(question->district), question->text);
    Answer *answer = g_hash_table_lookup(finder->answers, key);
    if (!answer) {
        g_autoptr(GError) why = NULL;
        const GapGazetteer *gazetteer = gap_finder_gazetteer(finder, part, &why);
        answer = g_new0(Answer, 1);
        answer->name = g_strdup(question->text);
        answer->district = g_strdup(or_empty(question->district));
        answer->province = g_strdup(or_empty(question->province));
        if (gazetteer)
            match(finder, gazetteer, question, answer);
        else
            answer->reason = g_strdup(why->message);
        g_ptr_array_add(finder->in_order, answer);
        g_hash_table_insert(finder->answers, g_steal_pointer(&key), answer);
    }
    answer->rows++;
    if (!answer->code)
        *reason = g_strdup(answer->reason);
    return answer->code;
}

bool gap_finder_point(GapFinder *finder, const char *code, double *lon, double *lat) {
    const gssize place = place_of(finder, code);
    if (place < 0)
        return false;
    const GapMatchTarget *target =
        &gap_gazetteer_targets(finder->gazetteer[GAP_GAZETTEER_ALL], NULL)[place];
    *lon = target->lon;
    *lat = target->lat;
    return true;
}

/* ---- what was found ---- */

bool gap_finder_record(const GapFinder *finder, const char *source, GError **error) {
    static const GapStatement PUT = {
        "name_match.matched",
        "INSERT OR IGNORE INTO name_match (source, name, district, province, code, bearer, how,"
        " score, reason, rows) VALUES (?, ?, ?, ?, ?, ?, 'matched', ?, ?, ?)"};
    for (guint i = 0; i < finder->in_order->len; i++) {
        const Answer *answer = g_ptr_array_index(finder->in_order, i);
        if (answer->code &&
            !gap_store_run(finder->store, &PUT, error, "ssssssdsi", source, answer->name,
                           answer->district, answer->province, answer->code, answer->bearer,
                           (double)answer->score, answer->reason, answer->rows))
            return false;
    }
    return true;
}

char *gap_finder_tell(const GapFinder *finder) {
    guint n = 0;
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < finder->in_order->len; i++) {
        const Answer *answer = g_ptr_array_index(finder->in_order, i);
        if (!answer->code || answer->exact || ++n > MOST_SHOWN)
            continue;
        g_autofree char *shown = gap_printable(answer->name, NAME_SHOWN);
        g_string_append_printf(out, "%s'%s' is %s (%s)", n == 1 ? "" : "; ", shown, answer->code,
                               answer->reason);
    }
    if (n == 0)
        return NULL;
    return g_strdup_printf("names spelt otherwise (%u): %s%s", n, out->str,
                           n > MOST_SHOWN ? "; ..." : "");
}
