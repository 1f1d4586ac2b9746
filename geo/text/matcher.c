#include "geo/base/error.h"
#include "geo/text/internal.h"

#include <string.h>

enum { MOST_TARGETS = 1 << 22 };

static bool check_targets(const GapMatchTarget *targets, gsize n, GError **error) {
    if (n > MOST_TARGETS)
        return gap_fail(error, GAP_ERROR_INPUT, "%zu places to match with; the most is %d", n,
                        MOST_TARGETS);
    for (gsize i = 0; i < n; i++) {
        gint32 parent = targets[i].parent;
        if (parent < 0)
            continue;
        // Levels grow downwards, so that going up always ends.
        if ((gsize)parent >= n || targets[parent].level >= targets[i].level)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "place %zu (%s) lies in place %d, which is not of a wider level", i,
                            targets[i].n_names ? targets[i].names[0].text : "", parent);
    }
    return true;
}

static bool listed(const GArray *forms, guint from, const GapNameForm *form) {
    for (guint i = from; i < forms->len; i++) {
        const GapNameForm *other = &g_array_index(forms, GapMatchForm, i).form;
        if (other->cost <= form->cost && other->fine_length == form->fine_length &&
            memcmp(other->fine, form->fine, form->fine_length * sizeof *form->fine) == 0)
            return true;
    }
    return false;
}

/** Adds a name of the target; answers the kinds that its words are evidence of. */
static guint32 add_name(GapMatcher *matcher, guint32 target, const GapMatchName *name) {
    GapNameKey key;
    guint32 number = matcher->texts->len;
    gap_name_key(matcher->rules, name->text, &key);
    g_ptr_array_add(matcher->texts, g_strdup(name->text));
    g_ptr_array_add(matcher->whats, g_strdup(name->what));
    for (guint i = 0; i < key.n_forms; i++) {
        GapMatchForm form = {.form = key.forms[i], .target = target, .name = number};
        if (!listed(matcher->forms, matcher->places[target].first_form, &form.form))
            g_array_append_val(matcher->forms, form);
    }
    return key.kinds;
}

static void add_target(GapMatcher *matcher, guint32 i, const GapMatchTarget *target) {
    static const GapMatchName nameless = {"", NULL};
    GapMatchPlace *place = &matcher->places[i];
    *place = (GapMatchPlace){.level = target->level,
                             .parent = MAX(target->parent, -1),
                             .lon = target->lon,
                             .lat = target->lat,
                             .first_name = matcher->texts->len,
                             .first_form = matcher->forms->len};
    for (gsize k = 0; k < target->n_names; k++)
        place->kinds |= add_name(matcher, i, &target->names[k]);
    if (target->n_names == 0)
        add_name(matcher, i, &nameless);
    if (!place->kinds)
        place->kinds = target->kinds;
}

static void count_below(GapMatcher *matcher) {
    for (gsize i = 0; i < matcher->n; i++)
        for (gint32 above = matcher->places[i].parent; above >= 0;
             above = matcher->places[above].parent)
            matcher->places[above].below++;
}

/** Lists the children of every place: counted, then filled in order. */
static void list_children(GapMatcher *matcher) {
    matcher->first_child = g_new0(guint32, matcher->n + 2);
    matcher->children = g_new(guint32, matcher->n + 1);
    for (gsize i = 0; i < matcher->n; i++)
        if (matcher->places[i].parent >= 0)
            matcher->first_child[matcher->places[i].parent + 2]++;
    for (gsize i = 2; i < matcher->n + 2; i++)
        matcher->first_child[i] += matcher->first_child[i - 1];
    for (gsize i = 0; i < matcher->n; i++)
        if (matcher->places[i].parent >= 0)
            matcher->children[matcher->first_child[matcher->places[i].parent + 1]++] = (guint32)i;
}

GapMatcher *gap_matcher_new(const GapNameRules *rules, const GapMatchTarget *targets,
                            gsize n_targets, GError **error) {
    if (!check_targets(targets, n_targets, error))
        return NULL;
    GapMatcher *matcher = g_new0(GapMatcher, 1);
    matcher->rules = rules;
    matcher->n = n_targets;
    matcher->places = g_new0(GapMatchPlace, n_targets + 1);
    matcher->forms = g_array_new(FALSE, FALSE, sizeof(GapMatchForm));
    matcher->texts = g_ptr_array_new_with_free_func(g_free);
    matcher->whats = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < n_targets; i++)
        add_target(matcher, (guint32)i, &targets[i]);
    matcher->places[n_targets].first_form = matcher->forms->len;
    matcher->places[n_targets].first_name = matcher->texts->len;
    list_children(matcher);
    count_below(matcher);
    gap_match_index_build(&matcher->index, matcher->forms);
    return matcher;
}

void gap_matcher_free(GapMatcher *matcher) {
    if (!matcher)
        return;
    g_free(matcher->places);
    g_array_unref(matcher->forms);
    g_ptr_array_unref(matcher->texts);
    g_ptr_array_unref(matcher->whats);
    g_free(matcher->first_child);
    g_free(matcher->children);
    gap_match_index_clear(&matcher->index);
    g_free(matcher);
}
