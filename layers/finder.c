#include "layers/finder.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/borders.h"
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
    GError *why_none[N_PARTS]; // it cannot be had; is not tried again
    GHashTable *answers;       // question to Answer
    GPtrArray *in_order;       // the same, as they were asked
    GapTable *neighbours;      // key, code and names; NULL: not read yet
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
    for (int i = 0; i < N_PARTS; i++) {
        gap_gazetteer_free(finder->gazetteer[i]);
        g_clear_error(&finder->why_none[i]);
    }
    g_hash_table_unref(finder->answers);
    g_ptr_array_unref(finder->in_order);
    gap_table_free(finder->neighbours);
    g_free(finder);
}

const GapGazetteer *gap_finder_gazetteer(GapFinder *finder, GapGazetteerPart part, GError **error) {
    if (!finder->gazetteer[part] && !finder->why_none[part])
        finder->gazetteer[part] = gap_gazetteer_new(finder->store, part, &finder->why_none[part]);
    if (!finder->gazetteer[part] && error)
        *error = g_error_copy(finder->why_none[part]);
    return finder->gazetteer[part];
}

/* ---- codes ---- */

static const char *area_code(const GapFinder *finder, GapGazetteerPart part, const char *text) {
    return part == GAP_GAZETTEER_UNITS ? gap_areas_unit_code(finder->areas, text)
                                       : gap_areas_code(finder->areas, text);
}

static const char *place_code(GapFinder *finder, const char *text) {
    const GapGazetteer *all = gap_finder_gazetteer(finder, GAP_GAZETTEER_ALL, NULL);
    const gssize place = all ? gap_gazetteer_find(all, text, true) : -1;
    return place < 0 ? NULL : gap_gazetteer_code(all, (size_t)place);
}

static const char *find_plain(GapFinder *finder, GapGazetteerPart part, const char *text,
                              bool place_only, const char **bearer) {
    const char *code = place_only ? NULL : area_code(finder, part, text);
    if (code) {
        *bearer = gap_areas_level(finder->areas, code) ? "area" : "unit";
        return code;
    }
    *bearer = "place";
    return part == GAP_GAZETTEER_ALL ? place_code(finder, text) : NULL;
}

/* "CODE NAME (LEVEL, PARENT)", as candidates stand in files, is its code: where it is one to the
 * letter, since names may well end in brackets. */
static const char *find_label(GapFinder *finder, GapGazetteerPart part, const char *text,
                              bool place_only, const char **bearer) {
    const char *end = strchr(text, ' ');
    g_autofree char *first =
        end && g_str_has_suffix(text, ")") ? g_strndup(text, (gsize)(end - text)) : NULL;
    const char *code = first ? find_plain(finder, part, first, place_only, bearer) : NULL;
    const GapGazetteer *gazetteer = code ? gap_finder_gazetteer(finder, part, NULL) : NULL;
    const gssize i =
        gazetteer ? gap_gazetteer_find(gazetteer, code, g_str_equal(*bearer, "place")) : -1;
    return i >= 0 && gap_gazetteer_is_label(gazetteer, (size_t)i, text) ? code : NULL;
}

static const char *find_code(GapFinder *finder, GapGazetteerPart part, const char *text,
                             bool place_only, const char **bearer) {
    const char *code = find_plain(finder, part, text, place_only, bearer);
    return code ? code : find_label(finder, part, text, place_only, bearer);
}

const char *gap_finder_code(GapFinder *finder, GapGazetteerPart part, const char *text, int level) {
    const GapGazetteer *gazetteer = gap_finder_gazetteer(finder, part, NULL);
    for (int place_only = 0; gazetteer && place_only <= 1; place_only++) {
        const char *bearer, *code = find_code(finder, part, text, place_only, &bearer);
        const gssize i =
            code ? gap_gazetteer_find(gazetteer, code, g_str_equal(bearer, "place")) : -1;
        if (i >= 0 && (level == GAP_MATCH_ANY_LEVEL ||
                       gap_gazetteer_targets(gazetteer, NULL)[i].level == level))
            return code;
    }
    return NULL;
}

const char *gap_finder_with_zeros(GapFinder *finder, GapGazetteerPart part, const char *text) {
    const GapGazetteer *gazetteer = gap_finder_gazetteer(finder, part, NULL);
    size_t n = 0;
    if (gazetteer)
        gap_gazetteer_targets(gazetteer, &n);
    for (size_t i = 0; i < n; i++) {
        const char *code = gap_gazetteer_code(gazetteer, i);
        if (*code == '0' && *text && g_str_equal(code + strspn(code, "0"), text))
            return code;
    }
    return NULL;
}

/* ---- names ---- */

/* "; near it: CODE NAME (LEVEL, PARENT); ...", at most a few. */
static void list_candidates(GString *out, const GapGazetteer *gazetteer,
                            const GapMatchResult *result, bool crosswalk) {
    for (guint32 i = 0; i < MIN(result->n_candidates, MOST_SHOWN); i++) {
        g_string_append(out, i ? "; " : "");
        gap_gazetteer_label(gazetteer, result->candidates[i].target, out);
    }
    if (result->n_candidates > MOST_SHOWN)
        g_string_append_printf(out, "; and %u more", result->n_candidates - MOST_SHOWN);
    g_string_append(out,
                    crosswalk ? "; give the code, or say it in a --crosswalk" : "; give the code");
}

static char *why_not(const GapGazetteer *gazetteer, GapGazetteerPart part,
                     const GapFinderQuestion *question, const GapMatchResult *result) {
    GString *out = g_string_new(NULL);
    const bool places = g_strcmp0(question->level, "place") == 0;
    if (result->outcome == GAP_MATCH_AMBIGUOUS) {
        g_string_append(out, "several bear this name: ");
        list_candidates(out, gazetteer, result, !question->no_crosswalk);
        return g_string_free(out, FALSE);
    }
    g_string_append_printf(out, "no %s%s%s has this code or name",
                           places                      ? "place"
                           : part == GAP_GAZETTEER_ALL ? "area or place"
                                                       : "area",
                           question->level && !places ? " at level " : "",
                           question->level && !places ? question->level : "");
    if (result->n_candidates == 0)
        g_string_append_printf(out, "; see 'gapmap export %s -o FILE.csv'",
                               places ? "places" : "municipalities");
    else {
        g_string_append_printf(out, "; %s; near it: ", result->reason);
        list_candidates(out, gazetteer, result, !question->no_crosswalk);
    }
    return g_string_free(out, FALSE);
}

static GapMatchResults *ask(const GapGazetteer *gazetteer, const GapFinderQuestion *question,
                            const char *kind) {
    GapMatchQuery query =
        gap_gazetteer_query(gazetteer, question->text, question->district, question->province);
    query.level = gap_gazetteer_level(question->level);
    query.kinds = gap_gazetteer_kind(gazetteer, kind);
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    options.threads = 1;
    return gap_match(gap_gazetteer_matcher(gazetteer), &query, 1, &options, NULL, NULL);
}

/* The kind that a heading says chooses among homonyms; it refuses none, since cities, too, stand in
 * columns of districts. */
static void match(const GapFinder *finder, GapGazetteerPart part, const GapFinderQuestion *question,
                  Answer *answer) {
    const GapGazetteer *gazetteer = finder->gazetteer[part];
    g_autoptr(GapMatchResults) results = ask(gazetteer, question, question->kind);
    if (question->kind && results->results[0].outcome == GAP_MATCH_UNMATCHED) {
        gap_match_results_free(results);
        results = ask(gazetteer, question, NULL);
    }
    const GapMatchResult *result = &results->results[0];
    if (result->outcome != GAP_MATCH_MATCHED) {
        answer->reason = why_not(gazetteer, part, question, result);
        return;
    }
    const size_t i = (size_t)result->target;
    answer->code = gap_gazetteer_code(gazetteer, i);
    answer->bearer = gap_gazetteer_targets(gazetteer, NULL)[i].level == GAP_GAZETTEER_PLACE
                         ? "place"
                     : gap_areas_level(finder->areas, answer->code) ? "area"
                                                                    : "unit";
    answer->reason = g_strdup(result->reason);
    answer->score = result->score;
    answer->exact = gap_gazetteer_is_own_name(gazetteer, i, question->text);
}

static const char *or_empty(const char *text) {
    return text ? text : "";
}

static Answer *answer_to(GapFinder *finder, GapGazetteerPart part,
                         const GapFinderQuestion *question) {
    g_autofree char *key = g_strdup_printf(
        "%d\n%s\n%s\n%s\n%s\n%s", (int)part, or_empty(question->level), or_empty(question->kind),
        or_empty(question->province), or_empty(question->district), question->text);
    Answer *answer = g_hash_table_lookup(finder->answers, key);
    if (answer)
        return answer;
    answer = g_new0(Answer, 1);
    answer->name = g_strdup(question->text);
    answer->district = g_strdup(or_empty(question->district));
    answer->province = g_strdup(or_empty(question->province));
    g_autoptr(GError) why = NULL;
    if (gap_finder_gazetteer(finder, part, &why))
        match(finder, part, question, answer);
    else
        answer->reason = g_strdup(why->message);
    g_ptr_array_add(finder->in_order, answer);
    g_hash_table_insert(finder->answers, g_steal_pointer(&key), answer);
    return answer;
}

const char *gap_finder_find(GapFinder *finder, GapGazetteerPart part,
                            const GapFinderQuestion *question, const char **bearer, char **reason) {
    const bool place_only = g_strcmp0(question->level, "place") == 0;
    const char *code = find_code(finder, part, question->text, place_only, bearer);
    if (code)
        return code;
    if (gap_code_is_rounded(question->text)) {
        *reason = g_strdup(GAP_CODE_ROUNDED);
        return NULL;
    }
    Answer *answer = answer_to(finder, part, question);
    answer->rows++;
    *bearer = answer->bearer;
    if (!answer->code)
        *reason = g_strdup(answer->reason);
    return answer->code;
}

bool gap_finder_point(GapFinder *finder, const char *code, double *lon, double *lat) {
    const GapGazetteer *all = gap_finder_gazetteer(finder, GAP_GAZETTEER_ALL, NULL);
    const gssize place = all ? gap_gazetteer_find(all, code, true) : -1;
    if (place < 0)
        return false;
    *lon = gap_gazetteer_targets(all, NULL)[place].lon;
    *lat = gap_gazetteer_targets(all, NULL)[place].lat;
    return true;
}

/* ---- what was found ---- */

static const GapStatement NEIGHBOURS = {"finder.neighbours",
                                        "SELECT " GAP_NEIGHBOUR_KEY
                                        ", code, name_en, name_ru, name_ky FROM scenery"
                                        " WHERE kind = 'neighbour' ORDER BY 1"};

static bool bears(const GapTable *t, size_t row, const char *folded) {
    for (size_t c = 0; c < gap_table_columns(t); c++) {
        const char *own = gap_table_text(t, row, c);
        g_autofree char *fold = own ? gap_text_fold(own) : NULL;
        if (g_strcmp0(fold, folded) == 0)
            return true;
    }
    return false;
}

const char *gap_finder_neighbour(GapFinder *finder, const char *text, char **reason) {
    if (!finder->neighbours)
        finder->neighbours = gap_store_select(finder->store, &NEIGHBOURS, NULL, "");
    const GapTable *t = finder->neighbours;
    g_autofree char *folded = gap_text_fold(text);
    g_autoptr(GString) known = g_string_new(NULL);
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        const char *key = gap_table_text(t, row, 0), *name = gap_table_text(t, row, 2);
        if (key && bears(t, row, folded))
            return key;
        if (key && name && !g_str_equal(key, name))
            g_string_append_printf(known, "%s%s %s", known->len ? ", " : "", key, name);
        else if (key)
            g_string_append_printf(known, "%s%s", known->len ? ", " : "", key);
    }
    *reason = known->len
                  ? g_strdup_printf("no neighbour has this code or name; loaded are %s", known->str)
                  : g_strdup("no neighbours are loaded: gapmap load neighbours FILE comes first");
    return NULL;
}

bool gap_finder_record(const GapFinder *finder, const char *source, GError **error) {
    static const GapStatement PUT = {
        "name_match.matched",
        "INSERT INTO name_match (source, name, district, province, code, bearer, how,"
        " score, reason, rows) VALUES (?, ?, ?, ?, ?, ?, 'matched', ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET rows = rows + excluded.rows"};
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
