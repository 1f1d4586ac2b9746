#include "geo/stats/catchment.h"

#include <math.h>

#include "geo/base/error.h"

void gap_catchment_zones(double limit_min, GapCatchmentZone zones[3]) {
    zones[0] = (GapCatchmentZone){limit_min / 3, 1.00};
    zones[1] = (GapCatchmentZone){limit_min * 2 / 3, 0.68};
    zones[2] = (GapCatchmentZone){limit_min, 0.22};
}

static bool check_figures(const char *what, const double *figure, size_t n, GError **error) {
    for (size_t i = 0; i < n; i++)
        if (!(figure[i] >= 0 && isfinite(figure[i])))
            return gap_fail(error, GAP_ERROR_INPUT, "%s %zu is %g: give a number of 0 or more",
                            what, i + 1, figure[i]);
    return true;
}

static bool check_zones(const GapCatchment *p, GError **error) {
    double before = 0;
    for (size_t i = 0; i < p->n_zones; i++) {
        const GapCatchmentZone *zone = &p->zones[i];
        if (!(zone->most_min > before))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "zone %zu ends at %g minutes: give more than %g, where it begins",
                            i + 1, zone->most_min, before);
        if (!(zone->weight >= 0 && isfinite(zone->weight)))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "the weight of zone %zu is %g: give a number of 0 or more", i + 1,
                            zone->weight);
        before = zone->most_min;
    }
    return p->n_zones > 0 || gap_fail(error, GAP_ERROR_INPUT, "no zones: give at least one");
}

static bool check_pairs(const GapCatchment *p, GError **error) {
    for (size_t i = 0; i < p->n_pairs; i++) {
        const GapTravelPair *pair = &p->pairs[i];
        if (pair->from >= p->n_supplies || pair->to >= p->n_demand)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "pair %zu leads from supply %u to demand %u, and there are %zu and %zu",
                            i + 1, pair->from + 1, pair->to + 1, p->n_supplies, p->n_demand);
        if (!(pair->minutes >= 0 && isfinite(pair->minutes)))
            return gap_fail(
                error, GAP_ERROR_INPUT,
                "pair %zu takes %g minutes: give a number of 0 or more, or leave it out", i + 1,
                (double)pair->minutes);
        if (i > 0 && (pair[-1].from > pair->from ||
                      (pair[-1].from == pair->from && pair[-1].to >= pair->to)))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "pair %zu is a repetition or out of order: sort them by supply, then "
                            "demand, each once",
                            i + 1);
    }
    return true;
}

static double weight_of(const GapCatchment *p, float minutes) {
    for (size_t i = 0; i < p->n_zones; i++)
        if (minutes <= (float)p->zones[i].most_min)
            return p->zones[i].weight;
    return 0;
}

bool gap_catchment(const GapCatchment *p, double *ratio, double *access, GError **error) {
    if (!check_figures("the capacity of supply", p->capacity, p->n_supplies, error) ||
        !check_figures("the people of demand", p->people, p->n_demand, error) ||
        !check_zones(p, error) || !check_pairs(p, error))
        return false;
    for (size_t j = 0; j < p->n_supplies; j++)
        ratio[j] = 0;
    for (size_t i = 0; i < p->n_demand; i++)
        access[i] = 0;
    const GapTravelPair *end = p->pairs + p->n_pairs;
    for (const GapTravelPair *pair = p->pairs; pair < end; pair++)
        ratio[pair->from] += p->people[pair->to] * weight_of(p, pair->minutes);
    for (size_t j = 0; j < p->n_supplies; j++)
        ratio[j] = ratio[j] > 0 ? p->capacity[j] / ratio[j] : NAN;
    for (const GapTravelPair *pair = p->pairs; pair < end; pair++)
        if (!isnan(ratio[pair->from]))
            access[pair->to] += ratio[pair->from] * weight_of(p, pair->minutes);
    return true;
}
