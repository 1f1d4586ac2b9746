#include "layers/gaps/share.h"

#include "geo/stats/stats.h"

#include <math.h>

static double sum_people(const GapShareArea *areas, const GArray *parts) {
    double sum = 0;
    for (guint i = 0; i < parts->len; i++) {
        const double people = areas[g_array_index(parts, size_t, i)].people;
        sum += people > 0 ? people : 0;
    }
    return sum;
}

/* What its own count says, smoothed to `expected`: the interval keeps its proportions, but of a
 * count of zero only the upper end can be off. */
static void set_own(GapShareArea *area, double expected, gssize self) {
    const bool some = area->count > 0;
    area->expected = expected;
    area->expected_low = some ? expected * area->low / area->count : expected;
    area->expected_high = some ? expected * area->high / area->count : expected + area->high;
    area->from = self;
}

/* Parts with counts of their own: smoothed, then scaled back to their sum. Returns that sum. */
static double share_known(GapShareArea *areas, const GArray *known) {
    const guint n = known->len;
    g_autofree double *count = g_new(double, n + 1);
    g_autofree double *people = g_new(double, n + 1);
    g_autofree double *rate = g_new(double, n + 1);
    double sum = 0;
    for (guint i = 0; i < n; i++) {
        const GapShareArea *area = &areas[g_array_index(known, size_t, i)];
        count[i] = area->count;
        people[i] = area->people;
        sum += area->count;
    }
    gap_stats_shrink(count, people, n, rate);
    for (guint i = 0; i < n; i++)
        rate[i] = people[i] > 0 ? rate[i] * people[i] : count[i];
    if (!gap_stats_scale(rate, n, sum))
        for (guint i = 0; i < n; i++)
            rate[i] = count[i];
    for (guint i = 0; i < n; i++) {
        const size_t at = g_array_index(known, size_t, i);
        set_own(&areas[at], rate[i], (gssize)at);
    }
    return sum;
}

static void set_part(double into[3], const double whole[3], double people, double all) {
    for (int i = 0; i < 3; i++)
        into[i] = people > 0 ? whole[i] * (people / all) : 0;
}

/* `count` of the parent among the parts without counts of their own and those who live in none. */
static void share_rest(GapShareArea *areas, const GArray *rest, double count, double others,
                       GapShareArea *parent) {
    const double people = sum_people(areas, rest) + others;
    const bool some = parent->expected > 0;
    const double whole[3] = {count, some ? count * parent->expected_low / parent->expected : 0,
                             some ? count * parent->expected_high / parent->expected
                                  : parent->expected_high};
    double part[3];
    for (guint i = 0; i < rest->len; i++) {
        GapShareArea *area = &areas[g_array_index(rest, size_t, i)];
        set_part(part, whole, area->people, people);
        area->expected = part[0];
        area->expected_low = part[1];
        area->expected_high = part[2];
        area->from = parent->from;
    }
    set_part(part, whole, others, people);
    parent->alone = part[0];
    parent->alone_low = part[1];
    parent->alone_high = part[2];
}

static void share_parent(GapShareArea *areas, size_t n, size_t at) {
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = at + 1; i < n; i++)
        if (areas[i].parent == (gssize)at)
            g_array_append_val(isnan(areas[i].count) ? rest : known, i);
    GapShareArea *parent = &areas[at];
    const double sum = known->len ? share_known(areas, known) : 0;
    parent->alone_people = parent->people - sum_people(areas, known) - sum_people(areas, rest);
    if (!isnan(parent->expected))
        share_rest(areas, rest, MAX(0, parent->expected - sum),
                   parent->alone_people > 0 ? parent->alone_people : 0, parent);
}

void gap_share_counts(GapShareArea *areas, size_t n) {
    for (size_t i = 0; i < n; i++) {
        areas[i].expected = areas[i].expected_low = areas[i].expected_high = NAN;
        areas[i].alone = areas[i].alone_low = areas[i].alone_high = NAN;
        areas[i].from = -1;
    }
    for (size_t i = 0; i < n; i++) {
        // Where nothing above has a count, an area's own count is the whole that its parts share.
        if (isnan(areas[i].expected) && !isnan(areas[i].count))
            set_own(&areas[i], areas[i].count, (gssize)i);
        share_parent(areas, n, i);
    }
}
