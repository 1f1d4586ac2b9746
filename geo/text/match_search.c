#include "geo/text/internal.h"

/** What scores less is no candidate; a likeness below it cannot score more. */
static const double LEAST_SCORE = 0.6;
enum { MOST_BELOW = 256 };

GapMatchSearch *gap_match_search_new(const GapMatcher *matcher) {
    GapMatchSearch *search = g_new0(GapMatchSearch, 1);
    search->matcher = matcher;
    search->form_seen = g_new0(guint32, matcher->forms->len + 1);
    search->target_seen = g_new0(guint32, matcher->n + 1);
    search->slot = g_new0(guint32, matcher->n + 1);
    search->judged = g_array_new(FALSE, FALSE, sizeof(GapMatchJudged));
    return search;
}

void gap_match_search_free(GapMatchSearch *search) {
    if (!search)
        return;
    g_free(search->form_seen);
    g_free(search->target_seen);
    g_free(search->slot);
    g_array_unref(search->judged);
    g_free(search);
}

/** Compares the form at hand with one of a target, and keeps the best likeness of each target. */
static void meet(void *user, guint32 number) {
    GapMatchSearch *search = user;
    const GapMatcher *matcher = search->matcher;
    const GapMatchForm *form = &g_array_index(matcher->forms, GapMatchForm, number);
    int level = search->asked->level;
    if (search->form_seen[number] == search->round ||
        (search->excluded && search->excluded[form->target]) ||
        (level != GAP_MATCH_ANY_LEVEL && matcher->places[form->target].level != level))
        return;
    search->form_seen[number] = search->round;
    GapNameLikeness like = gap_name_compare_forms(matcher->rules, search->form, &form->form);
    if (like.similarity < LEAST_SCORE)
        return;
    GapMatchJudged judged = {.target = form->target, .name = form->name, .like = like};
    if (search->target_seen[form->target] != search->turn) {
        search->target_seen[form->target] = search->turn;
        search->slot[form->target] = search->judged->len;
        g_array_append_val(search->judged, judged);
        return;
    }
    GapMatchJudged *best =
        &g_array_index(search->judged, GapMatchJudged, search->slot[form->target]);
    if (like.similarity > best->like.similarity)
        *best = judged;
}

static gint best_first(gconstpointer a, gconstpointer b) {
    const GapMatchJudged *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->target < y->target ? -1 : x->target > y->target;
}

static void judge_all(GapMatchSearch *search) {
    for (guint i = 0; i < search->judged->len; i++)
        gap_match_judge(search->matcher, search->asked, search->kinds,
                        &g_array_index(search->judged, GapMatchJudged, i));
    g_array_sort(search->judged, best_first);
    for (guint i = 0; i < search->judged->len; i++)
        search->slot[g_array_index(search->judged, GapMatchJudged, i).target] = i;
}

/** Meets all forms of all that lies in a place, at any depth. */
static void meet_below(GapMatchSearch *search, guint32 place) {
    const GapMatcher *matcher = search->matcher;
    for (guint32 i = matcher->first_child[place]; i < matcher->first_child[place + 1]; i++) {
        guint32 child = matcher->children[i];
        guint32 end = matcher->places[child + 1].first_form;
        for (guint32 form = matcher->places[child].first_form; form < end; form++)
            meet(search, form);
        meet_below(search, child);
    }
}

/** Of large parents nothing is met so: what the index does not find is no near name. */
static void meet_in_parents(GapMatchSearch *search) {
    for (int i = 0; i < GAP_MATCH_PARENTS; i++) {
        const GArray *within = search->asked->within[i];
        for (guint k = 0; within && k < within->len; k++) {
            guint32 place = g_array_index(within, GapMatchWithin, k).target;
            if (search->matcher->places[place].below <= MOST_BELOW)
                meet_below(search, place);
        }
        if (within && within->len)
            return; // the nearest that is known will do
    }
}

/** Calls `each` with every form of the name made current. */
static void each_form(GapMatchSearch *search, void (*each)(GapMatchSearch *)) {
    for (guint i = 0; i < search->key.n_forms; i++) {
        search->form = &search->key.forms[i];
        search->round++;
        each(search);
    }
    judge_all(search);
}

static void meet_by_index(GapMatchSearch *search) {
    gap_match_index_find(&search->matcher->index, search->form, meet, search);
}

static double best_score(const GapMatchSearch *search) {
    return search->judged->len ? g_array_index(search->judged, GapMatchJudged, 0).score : 0;
}

void gap_match_search(GapMatchSearch *search, const GapMatchAsked *asked, double accept) {
    search->asked = asked;
    gap_name_key(search->matcher->rules, asked->name, &search->key);
    search->kinds = search->key.kinds ? search->key.kinds : asked->kinds;
    if (search->key.cut)
        search->key.n_forms = 0;
    g_array_set_size(search->judged, 0);
    search->turn++;
    each_form(search, meet_by_index);
    if (best_score(search) < accept)
        each_form(search, meet_in_parents);
    guint n = search->judged->len;
    while (n > 0 && g_array_index(search->judged, GapMatchJudged, n - 1).score < LEAST_SCORE)
        n--;
    g_array_set_size(search->judged, n);
}
