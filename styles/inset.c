#include "styles/inset.h"

#include <math.h>

static const double used = 0.84; // of the ground: marks need room around them
enum { ROUNDS = 3 };

static bool within(GapBox b, double x, double y) {
    return x >= b.min_x && x <= b.max_x && y >= b.min_y && y <= b.max_y;
}

static GapBox around(double x, double y, double width, double height) {
    return (GapBox){x - width / 2, y - height / 2, x + width / 2, y + height / 2};
}

/** The place of a row that no other inset shows; NULL: it has none. */
static const double *place(const GapRows *rows, size_t row, const GapInsetWant *want) {
    const GapGeometry *shape = rows->shapes->pdata[row];
    if (!shape || shape->kind != GAP_SHAPE_POINT)
        return NULL;
    for (size_t k = 0; k < want->n_shown; k++)
        if (within(want->shown[k], shape->xy[0], shape->xy[1]))
            return NULL;
    return shape->xy;
}

/** Moves the middle (x, y) to that of the rows about it. Returns how many there are. */
static size_t settle(const GapRows *rows, const GapInsetWant *want, double *x, double *y,
                     size_t *first) {
    GapBox near = around(*x, *y, used * want->width_m, used * want->height_m);
    GapBox of_rows = GAP_BOX_EMPTY;
    size_t n = 0;
    for (size_t row = 0; row < gap_table_rows(rows->table); row++) {
        const double *at = place(rows, row, want);
        if (!at || !within(near, at[0], at[1]))
            continue;
        if (n++ == 0)
            *first = row;
        gap_box_add(&of_rows, (GapBox){at[0], at[1], at[0], at[1]});
    }
    if (n) {
        *x = (of_rows.min_x + of_rows.max_x) / 2;
        *y = (of_rows.min_y + of_rows.max_y) / 2;
    }
    return n;
}

bool gap_inset_around(GapMap *map, const char *id, const GapInsetWant *want, GapBox *box,
                      const char **title, GError **error) {
    const GapRows *rows = gap_map_rows(map, id, error);
    size_t most = 1;
    for (size_t row = 0; rows && row < gap_table_rows(rows->table); row++) {
        const double *at = place(rows, row, want);
        if (!at)
            continue;
        double x = at[0], y = at[1];
        size_t n = 0, first = row;
        for (int round = 0; round < ROUNDS; round++)
            n = settle(rows, want, &x, &y, &first);
        if (n <= most)
            continue;
        most = n;
        *box = around(x, y, want->width_m, want->height_m);
        *title = gap_map_name(map, rows->table, first);
    }
    return most > 1;
}
