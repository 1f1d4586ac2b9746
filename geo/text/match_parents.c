#include "geo/text/internal.h"

#include <string.h>

/** A parent's name means every place that scores so much, contradicts nothing, and is so little
 *  behind the best: wider than for a match, since it is only one of the things that count. */
static const double LEAST_SCORE = 0.7, BEHIND = 0.1;
enum { MOST_PLACES = 32 };

struct GapMatchParents {
    const GapMatcher *matcher;
    GapMatchSearch *search;
    GHashTable *within; /**< names and levels of a parent and all above it to GArray of Within */
    GStringChunk *texts;
};

GapMatchParents *gap_match_parents_new(const GapMatcher *matcher) {
    GapMatchParents *parents = g_new0(GapMatchParents, 1);
    parents->matcher = matcher;
    parents->search = gap_match_search_new(matcher);
    parents->within =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    parents->texts = g_string_chunk_new(4096);
    return parents;
}

void gap_match_parents_free(GapMatchParents *parents) {
    if (!parents)
        return;
    gap_match_search_free(parents->search);
    g_hash_table_unref(parents->within);
    g_string_chunk_free(parents->texts);
    g_free(parents);
}

// ---- names that bring their parents along

/** The first bit of the kinds of a part, GAP_NAME_LONGEST where it has none: kinds are listed from
 *  large to small. */
static int rank(const GapMatchParents *parents, const char *part) {
    GapNameKey key;
    gap_name_key(parents->matcher->rules, part, &key);
    return key.kinds ? g_bit_nth_lsf(key.kinds, -1) : GAP_NAME_LONGEST;
}

/** "Osh oblast, Uzgen" goes from large to small: its first part is of a wider kind than its last,
 *  or of the widest kind of all where the last says nothing. */
static bool large_first(const GapMatchParents *parents, char **parts, guint n) {
    int first = rank(parents, parts[0]), last = rank(parents, parts[n - 1]);
    return last == GAP_NAME_LONGEST ? first == 0 : first < last;
}

/** Whether a text is a name with an administrative word. */
static bool is_named_kind(const GapMatchParents *parents, const char *text) {
    GapNameKey key;
    gap_name_key(parents->matcher->rules, text, &key);
    return key.kinds && key.n_forms && key.forms[0].fine_length;
}

/** "Old District of New City" with a comma in the place of "of"; else NULL. Returns: (transfer
 *  full). */
static char *comma_for_of(const GapMatchParents *parents, const char *name) {
    const GPtrArray *within = parents->matcher->rules->within;
    for (guint i = 0; i < within->len; i++) {
        const char *word = g_ptr_array_index(within, i);
        const gsize length = strlen(word);
        for (const char *at = strchr(name, ' '); at; at = strchr(at + 1, ' ')) {
            if (g_ascii_strncasecmp(at, word, length) != 0)
                continue;
            g_autofree char *before = g_strndup(name, (gsize)(at - name));
            if (is_named_kind(parents, before))
                return g_strconcat(before, ", ", at + length, NULL);
        }
    }
    return NULL;
}

/** "Uzgen (Osh oblast)" with a comma for the bracket; other brackets are another name or a kind:
 *  NULL. Returns: (transfer full). */
static char *comma_for_bracket(const GapMatchParents *parents, const char *name) {
    const char *open = strchr(name, '('), *close = open ? strchr(open, ')') : NULL;
    if (!close || open == name || close[1 + strspn(close + 1, " ")])
        return NULL;
    g_autofree char *inside = g_strndup(open + 1, (gsize)(close - open - 1));
    g_autofree char *before = g_strndup(name, (gsize)(open - name));
    return is_named_kind(parents, inside) ? g_strconcat(before, ", ", inside, NULL) : NULL;
}

/** Cuts "Uzgen town, Osh oblast" into a name and its parents, which go before those given. */
static void cut_commas(GapMatchParents *parents, GapMatchAsked *asked, int *levels) {
    if (g_utf8_strlen(asked->name, -1) > GAP_NAME_LONGEST)
        return;
    g_autofree char *spelt = comma_for_of(parents, asked->name);
    if (!spelt)
        spelt = comma_for_bracket(parents, asked->name);
    g_auto(GStrv) parts = g_strsplit(spelt ? spelt : asked->name, ",", GAP_MATCH_PARENTS + 1);
    guint n = 0;
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part)) {
            char *kept = *part;
            *part = parts[n];
            parts[n++] = kept;
        }
    if (n < 2)
        return;
    bool turned = !spelt && large_first(parents, parts, n);
    memmove(asked->parents + n - 1, asked->parents,
            (GAP_MATCH_PARENTS - (n - 1)) * sizeof *asked->parents);
    memmove(levels + n - 1, levels, (GAP_MATCH_PARENTS - (n - 1)) * sizeof *levels);
    for (guint i = 0; i < n; i++) {
        const char *text =
            g_string_chunk_insert_const(parents->texts, parts[turned ? n - 1 - i : i]);
        if (i == 0)
            asked->name = text;
        else
            asked->parents[i - 1] = text;
        if (i > 0)
            levels[i - 1] = GAP_MATCH_ANY_LEVEL;
    }
}

// ---- parents to places

static char *memory_key(const GapMatchAsked *asked, const int *levels, int from) {
    GString *key = g_string_new(NULL);
    for (int i = from; i < GAP_MATCH_PARENTS; i++)
        g_string_append_printf(key, "%d\n%s\n", levels[i],
                               asked->parents[i] ? asked->parents[i] : "");
    return g_string_free(key, FALSE);
}

static GArray *find_places(GapMatchParents *parents, const GapMatchAsked *asked) {
    GArray *within = g_array_new(FALSE, FALSE, sizeof(GapMatchWithin));
    gap_match_search(parents->search, asked, LEAST_SCORE);
    const GArray *judged = parents->search->judged;
    for (guint i = 0; i < judged->len && i < MOST_PLACES; i++) {
        const GapMatchJudged *one = &g_array_index(judged, GapMatchJudged, i);
        const GapMatchJudged *best = &g_array_index(judged, GapMatchJudged, 0);
        GapMatchWithin place = {one->target, (float)one->score};
        if (one->kinds != GAP_KINDS_OTHER && one->within != GAP_WITHIN_ELSEWHERE &&
            one->score >= LEAST_SCORE && one->score >= best->score - BEHIND)
            g_array_append_val(within, place);
    }
    return within;
}

/** The places of parent `i`, which those of the parents above it help to find. */
static const GArray *places_of(GapMatchParents *parents, const GapMatchAsked *asked,
                               const int *levels, int i) {
    g_autofree char *key = memory_key(asked, levels, i);
    GArray *within = g_hash_table_lookup(parents->within, key);
    if (within)
        return within;
    GapMatchAsked parent = {.name = asked->parents[i], .level = levels[i], .lon = NAN, .lat = NAN};
    for (int above = i + 1; above < GAP_MATCH_PARENTS; above++) {
        parent.parents[above] = asked->parents[above];
        parent.within[above] = asked->within[above];
    }
    within = find_places(parents, &parent);
    g_hash_table_insert(parents->within, g_steal_pointer(&key), within);
    return within;
}

void gap_match_prepare(GapMatchParents *parents, const GapMatchQuery *query, GapMatchAsked *asked) {
    int levels[GAP_MATCH_PARENTS];
    *asked = (GapMatchAsked){.name = query->name ? query->name : "",
                             .level = query->level,
                             .kinds = query->kinds,
                             .lon = query->lon,
                             .lat = query->lat};
    memcpy(asked->parents, query->parents, sizeof asked->parents);
    memcpy(levels, query->parent_levels, sizeof levels);
    cut_commas(parents, asked, levels);
    for (int i = GAP_MATCH_PARENTS - 1; i >= 0; i--)
        if (asked->parents[i] && *asked->parents[i])
            asked->within[i] = places_of(parents, asked, levels, i);
}
