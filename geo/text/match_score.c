#include "geo/shape/geodesic.h"
#include "geo/text/internal.h"

#include <math.h>

/* The formula stands in match.h. */
static const double UNCONFIRMED_WEIGHT = 1.5, KIND_NEAR = 0.06, KIND_OTHER = 0.3, ELSEWHERE = 0.25,
                    PARENT_SHARE = 0.25, UNPLACED = 0.21, PARTLY = 0.06, NEAR_M = 5000,
                    FAR_M = 50000, FAR = 0.3;

static const GapMatchWithin *find_within(const GArray *within, guint32 target) {
    for (guint i = 0; i < within->len; i++) {
        const GapMatchWithin *place = &g_array_index(within, GapMatchWithin, i);
        if (place->target == target)
            return place;
    }
    return NULL;
}

static bool is_or_has_above(const GapMatcher *matcher, gint32 place, int level) {
    for (; place >= 0; place = matcher->places[place].parent)
        if (matcher->places[place].level == level)
            return true;
    return false;
}

/** Whether a target lies in one of the places; `*score` is that of the place. */
static GapWithinState compare_within(const GapMatcher *matcher, guint32 target,
                                     const GArray *within, gint32 *parent, double *score) {
    for (gint32 place = matcher->places[target].parent; place >= 0;
         place = matcher->places[place].parent) {
        const GapMatchWithin *found = find_within(within, (guint32)place);
        if (!found)
            continue;
        *parent = place;
        *score = found->score;
        return GAP_WITHIN_AGREES;
    }
    GapWithinState state = within->len ? GAP_WITHIN_ELSEWHERE : GAP_WITHIN_UNKNOWN;
    for (guint i = 0; i < within->len; i++) {
        guint32 place = g_array_index(within, GapMatchWithin, i).target;
        if (place == target)
            return GAP_WITHIN_UNKNOWN;
        if (!is_or_has_above(matcher, (gint32)target, matcher->places[place].level))
            state = GAP_WITHIN_UNPLACED;
    }
    return state;
}

/** Fills `within`, the worst of the parents' states, and `parent`; answers what they cost. */
static double judge_within(const GapMatcher *matcher, const GapMatchAsked *asked,
                           GapMatchJudged *judged, bool *confirmed) {
    double cost = 0;
    judged->within = GAP_WITHIN_UNKNOWN;
    judged->parent = -1;
    gint32 unplaced = -1;
    for (int i = 0; i < GAP_MATCH_PARENTS; i++) {
        gint32 parent = -1;
        double score = 0;
        if (!asked->within[i])
            continue;
        switch (compare_within(matcher, judged->target, asked->within[i], &parent, &score)) {
        case GAP_WITHIN_AGREES:
            if (judged->within == GAP_WITHIN_UNKNOWN) {
                judged->within = GAP_WITHIN_AGREES;
                judged->parent = parent;
                cost = (1 - score) * PARENT_SHARE;
            }
            *confirmed = true;
            break;
        case GAP_WITHIN_ELSEWHERE:
            if (judged->within != GAP_WITHIN_ELSEWHERE)
                judged->parent = i;
            judged->within = GAP_WITHIN_ELSEWHERE;
            break;
        case GAP_WITHIN_UNPLACED:
            unplaced = i;
            break;
        case GAP_WITHIN_UNKNOWN:
            break;
        }
    }
    if (judged->within == GAP_WITHIN_ELSEWHERE)
        return ELSEWHERE;
    if (unplaced < 0)
        return cost;
    if (judged->within == GAP_WITHIN_AGREES)
        return cost + PARTLY;
    judged->within = GAP_WITHIN_UNPLACED;
    judged->parent = unplaced;
    return UNPLACED;
}

static double judge_distance(const GapMatchPlace *place, const GapMatchAsked *asked,
                             GapMatchJudged *judged, bool *confirmed) {
    judged->distance_m = NAN;
    if (!isfinite(place->lon + place->lat + asked->lon + asked->lat))
        return 0;
    double m = gap_geodesic_distance_m(place->lon, place->lat, asked->lon, asked->lat);
    judged->distance_m = m;
    *confirmed |= m <= NEAR_M;
    return m > NEAR_M ? MIN(FAR, FAR * (m - NEAR_M) / (FAR_M - NEAR_M)) : 0;
}

void gap_match_judge(const GapMatcher *matcher, const GapMatchAsked *asked, guint32 kinds,
                     GapMatchJudged *judged) {
    const GapMatchPlace *place = &matcher->places[judged->target];
    bool confirmed = false;
    judged->kinds = gap_name_rules_compare(matcher->rules, kinds, place->kinds);
    double cost = judged->kinds == GAP_KINDS_NEAR    ? KIND_NEAR
                  : judged->kinds == GAP_KINDS_OTHER ? KIND_OTHER
                                                     : 0;
    cost += judge_within(matcher, asked, judged, &confirmed);
    cost += judge_distance(place, asked, judged, &confirmed);
    double weight = confirmed ? 1 : UNCONFIRMED_WEIGHT;
    judged->score = MAX(0, 1 - weight * (1 - judged->like.similarity) - cost);
}
