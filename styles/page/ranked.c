#include "styles/page/ranked.h"

#include "styles/map.h"

#include <math.h>

static gint largest_first(gconstpointer a, gconstpointer b) {
    const GapRanked *p = a, *q = b;
    double x = isnan(p->value) ? -INFINITY : p->value, y = isnan(q->value) ? -INFINITY : q->value;
    if (x != y)
        return x > y ? -1 : 1;
    return p->row < q->row ? -1 : 1;
}

GArray *gap_ranked_rows(const GapTable *table, const char *column, GapRankedWhich which) {
    GArray *ranked = g_array_new(FALSE, FALSE, sizeof(GapRanked));
    for (size_t row = 0; table && row < gap_table_rows(table); row++) {
        GapRanked one = {row, gap_cell_number(table, row, column)};
        if (which == GAP_RANK_ALL || one.value > 0 || (which == GAP_RANK_KNOWN && one.value >= 0))
            g_array_append_val(ranked, one);
    }
    g_array_sort(ranked, largest_first);
    return ranked;
}
