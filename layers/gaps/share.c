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

static void set_expected(GapShareArea *area, double expected, double low_ratio, double high_ratio,
                         gssize from) {
    area->expected = expected;
    area->expected_low = expected * low_ratio;
    area->expected_high = expected * high_ratio;
    area->from = from;
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
        GapShareArea *area = &areas[g_array_index(known, size_t, i)];
        const double own = area->count > 0 ? area->count : 1;
        set_expected(area, rate[i], area->low / own, area->high / own,
                     (gssize)g_array_index(known, size_t, i));
    }
    return sum;
}

static void share_rest(GapShareArea *areas, const GArray *rest, double count,
                       const GapShareArea *parent) {
    const double people = sum_people(areas, rest);
    const double low = parent->expected > 0 ? parent->expected_low / parent->expected : 1;
    const double high = parent->expected > 0 ? parent->expected_high / parent->expected : 1;
    for (guint i = 0; i < rest->len; i++) {
        GapShareArea *area = &areas[g_array_index(rest, size_t, i)];
        const double part = area->people > 0 && people > 0 ? count * area->people / people : 0;
        set_expected(area, part, low, high, parent->from);
    }
}

static void share_parent(GapShareArea *areas, size_t n, size_t parent) {
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = parent + 1; i < n; i++)
        if (areas[i].parent == (gssize)parent)
            g_array_append_val(isnan(areas[i].count) ? rest : known, i);
    const double sum = known->len ? share_known(areas, known) : 0;
    if (rest->len && !isnan(areas[parent].expected))
        share_rest(areas, rest, MAX(0, areas[parent].expected - sum), &areas[parent]);
}

void gap_share_counts(GapShareArea *areas, size_t n) {
    for (size_t i = 0; i < n; i++) {
        areas[i].expected = areas[i].expected_low = areas[i].expected_high = NAN;
        areas[i].from = -1;
    }
    for (size_t i = 0; i < n; i++) {
        // Where nothing above has a count, an area's own count is the whole that its parts share.
        if (isnan(areas[i].expected) && !isnan(areas[i].count)) {
            const double own = areas[i].count > 0 ? areas[i].count : 1;
            set_expected(&areas[i], areas[i].count, areas[i].low / own, areas[i].high / own,
                         (gssize)i);
        }
        share_parent(areas, n, i);
    }
}
