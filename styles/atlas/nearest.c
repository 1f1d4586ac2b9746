// Which police point is the nearest for most people of a municipality, and how far it is.
#include "styles/atlas/atlas.h"

#include <math.h>
#include <string.h>

/** Sums over the people of a municipality who have the same nearest point, or of all. */
typedef struct {
    const char *area, *point;
    double people, m, min;
} Sum;

/** A row of the demand: its people, and the sums it belongs to; false where it says nothing. */
static bool read_row(const GapTable *t, size_t row, Sum *sum) {
    *sum = (Sum){gap_cell_text(t, row, "area"), gap_cell_text(t, row, "point"),
                 gap_cell_number(t, row, "people"), gap_cell_number(t, row, "distance_m"),
                 gap_cell_number(t, row, "minutes")};
    return sum->area && sum->point && sum->people > 0;
}

static Sum *sum_of(GHashTable *sums, char *key) {
    Sum *sum = g_hash_table_lookup(sums, key);
    if (sum) {
        g_free(key);
        return sum;
    }
    sum = g_new0(Sum, 1);
    g_hash_table_insert(sums, key, sum);
    return sum;
}

static void add(Sum *sum, const Sum *row) {
    sum->area = row->area;
    sum->point = row->point;
    sum->people += row->people;
    sum->m += row->people * row->m;
    sum->min += row->people * row->min;
}

/** Sets the point of most people; of two with as many the one of the lower code. */
static void choose_points(GHashTable *nearest, GHashTable *sums) {
    g_autoptr(GHashTable) most = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, sums);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Sum *sum = value, *best = g_hash_table_lookup(most, sum->area);
        GapNearest *of_area = g_hash_table_lookup(nearest, sum->area);
        bool better = !best || sum->people > best->people ||
                      (sum->people == best->people && strcmp(sum->point, best->point) < 0);
        if (!better)
            continue;
        g_hash_table_insert(most, (gpointer)sum->area, (gpointer)sum);
        of_area->point = sum->point;
    }
}

GHashTable *gap_atlas_nearest(const GapMapData *whole) {
    GHashTable *nearest = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) areas = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const GapTable *t = g_hash_table_lookup(whole->tables, "demand");
    Sum one;
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        if (!read_row(t, row, &one))
            continue;
        add(sum_of(pairs, g_strjoin("\n", one.area, one.point, NULL)), &one);
        add(sum_of(areas, g_strdup(one.area)), &one);
    }
    GHashTableIter iter;
    gpointer code, value;
    g_hash_table_iter_init(&iter, areas);
    while (g_hash_table_iter_next(&iter, &code, &value)) {
        const Sum *sum = value;
        GapNearest *of_area = g_new(GapNearest, 1);
        *of_area = (GapNearest){NULL, sum->m / sum->people, sum->min / sum->people};
        g_hash_table_insert(nearest, g_strdup(code), of_area);
    }
    choose_points(nearest, pairs);
    return nearest;
}
