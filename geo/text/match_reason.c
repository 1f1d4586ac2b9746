#include "geo/base/error.h"
#include "geo/text/internal.h"

#include <math.h>

enum { SHOWN = 60 };

/** "village or city". Returns: (transfer full). */
static char *say_kinds(const GapMatcher *matcher, guint32 kinds) {
    GString *out = g_string_new(NULL);
    for (; kinds; kinds &= kinds - 1)
        g_string_append_printf(out, "%s%s", out->len ? " or " : "",
                               gap_name_rules_kind_name(matcher->rules, kinds));
    return g_string_free(out, FALSE);
}

char *gap_match_place_name(const GapMatcher *matcher, guint32 target) {
    const GapMatchPlace *place = &matcher->places[target];
    g_autofree char *shown =
        gap_printable(g_ptr_array_index(matcher->texts, place->first_name), SHOWN);
    bool one_kind = place->kinds && !(place->kinds & (place->kinds - 1));
    const char *kind = gap_name_rules_kind_name(matcher->rules, place->kinds);
    GapNameKey key;
    gap_name_key(matcher->rules, shown, &key);
    return one_kind && !key.kinds ? g_strdup_printf("%s %s", shown, kind) : g_steal_pointer(&shown);
}

static void say_likeness(GString *out, const GapMatcher *matcher, const GapMatchJudged *judged) {
    const GapNameLikeness *like = &judged->like;
    const char *what = g_ptr_array_index(matcher->whats, judged->name);
    g_string_append(out, like->fine            ? "same key"
                         : like->coarse        ? "same sound, spelt otherwise"
                         : like->edits <= 1.25 ? "one letter differs"
                         : like->edits <= 2.25 ? "two letters differ"
                                               : "some letters differ");
    if (!what)
        return;
    g_autofree char *name = gap_printable(g_ptr_array_index(matcher->texts, judged->name), SHOWN);
    g_autofree char *shown = gap_printable(what, SHOWN);
    g_string_append_printf(out, like->fine ? " as %s '%s'" : " from %s '%s'", shown, name);
}

/** What is of the parents' level itself lies in none of them, whatever it lies in. */
static bool is_of_their_level(const GapMatcher *matcher, guint32 target, const GArray *within) {
    const guint32 parent = g_array_index(within, GapMatchWithin, 0).target;
    return matcher->places[target].level <= matcher->places[parent].level;
}

static void say_within(GString *out, const GapMatcher *matcher, const GapMatchAsked *asked,
                       const GapMatchJudged *judged) {
    gint32 above = matcher->places[judged->target].parent;
    if (judged->within == GAP_WITHIN_AGREES) {
        g_autofree char *place = gap_match_place_name(matcher, (guint32)judged->parent);
        g_string_append_printf(out, ", in %s", place);
        return;
    }
    if (judged->within == GAP_WITHIN_ELSEWHERE) {
        g_autofree char *given = gap_printable(asked->parents[judged->parent], SHOWN);
        if (is_of_their_level(matcher, judged->target, asked->within[judged->parent])) {
            g_string_append_printf(out, ", but no part of '%s'", given);
            return;
        }
        g_autofree char *place = gap_match_place_name(matcher, (guint32)above);
        g_string_append_printf(out, ", but in %s, not in '%s'", place, given);
        return;
    }
    if (judged->within == GAP_WITHIN_UNPLACED) {
        g_autofree char *given = gap_printable(asked->parents[judged->parent], SHOWN);
        g_string_append_printf(out, ", but not known to lie in '%s'", given);
        return;
    }
    for (int i = 0; i < GAP_MATCH_PARENTS; i++)
        if (asked->within[i] && asked->within[i]->len == 0) {
            g_autofree char *given = gap_printable(asked->parents[i], SHOWN);
            g_string_append_printf(out, ", though no place is known as '%s'", given);
            return;
        }
}

static void say_kind(GString *out, const GapMatcher *matcher, guint32 kinds,
                     const GapMatchJudged *judged) {
    guint32 own = matcher->places[judged->target].kinds;
    g_autofree char *asked = say_kinds(matcher, kinds), *is = say_kinds(matcher, own),
                    *both = say_kinds(matcher, kinds & own);
    if (judged->kinds == GAP_KINDS_SAME)
        g_string_append_printf(out, ", a %s as named", both);
    else if (judged->kinds == GAP_KINDS_NEAR)
        g_string_append_printf(out, ", a %s though named a %s", is, asked);
    else if (judged->kinds == GAP_KINDS_OTHER)
        g_string_append_printf(out, ", but a %s, not a %s", is, asked);
}

char *gap_match_reason(const GapMatcher *matcher, const GapMatchAsked *asked, guint32 kinds,
                       const GapMatchJudged *judged) {
    GString *out = g_string_new(NULL);
    say_likeness(out, matcher, judged);
    say_within(out, matcher, asked, judged);
    say_kind(out, matcher, kinds, judged);
    if (isfinite(judged->distance_m))
        g_string_append_printf(out, ", %.0f km apart", judged->distance_m / 1000);
    return g_string_free(out, FALSE);
}
