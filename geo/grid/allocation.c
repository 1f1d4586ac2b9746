#include "geo/base/error.h"
#include "geo/grid/isochrone.h"
#include "geo/grid/rings.h"

// A corner of cells: columns from the west, rows from the north.
typedef struct {
    uint32_t col, row;
} Corner;

typedef struct {
    size_t cols, rows;
    const int32_t *owner;
    uint8_t *seen;   // a bit a cell: its west side belongs to a ring
    uint8_t *passed; // a bit a corner: the path at hand turned there, from one cell to one diagonal
    GArray *path;    // Corner
    GapRings *rings;
} Outline;

// Where an outline stands: along a side of a cell of the owner, on its left. It runs by (dc, dr);
// the right is (-dr, dc), the left (dr, -dc).
typedef struct {
    gint64 col, row; // of the cell
    int dc, dr;
} Side;

static int32_t owner_at(const Outline *o, gint64 col, gint64 row) {
    return col >= 0 && row >= 0 && col < (gint64)o->cols && row < (gint64)o->rows
               ? o->owner[(size_t)row * o->cols + (size_t)col]
               : -1;
}

static bool bit(const uint8_t *bits, size_t i) {
    return bits[i / 8] >> i % 8 & 1;
}

static void set_bit(uint8_t *bits, size_t i, bool on) {
    const uint8_t mask = (uint8_t)(1 << i % 8);
    bits[i / 8] = on ? bits[i / 8] | mask : bits[i / 8] & (uint8_t)~mask;
}

static Corner end_of(const Side *s) {
    return (Corner){(uint32_t)(s->col + (s->dc > 0 || s->dr < 0)),
                    (uint32_t)(s->row + (s->dr > 0 || s->dc > 0))};
}

static size_t number_of(const Outline *o, Corner corner) {
    return corner.row * (o->cols + 1) + corner.col;
}

static void put_sides(Outline *o, Corner from, Corner to) {
    for (uint32_t row = MIN(from.row, to.row); row < MAX(from.row, to.row); row++)
        gap_rings_side(o->rings, (uint32_t)number_of(o, (Corner){from.col, row}),
                       to.row > from.row);
}

/* Takes the path from its n-th corner on away, as a ring. */
static void close_from(Outline *o, guint n, int32_t owner) {
    const Corner *corner = &g_array_index(o->path, Corner, n);
    const guint count = o->path->len - n;
    for (guint i = 0; i < count; i++) {
        gap_rings_point(o->rings, corner[i].col, corner[i].row);
        put_sides(o, corner[i], corner[i + 1 < count ? i + 1 : 0]);
        set_bit(o->passed, number_of(o, corner[i]), false);
    }
    gap_rings_close(o->rings, (uint32_t)owner);
    g_array_set_size(o->path, n);
}

/* Only where two diagonal cells are the owner's can a path come twice to a corner, and no ring may:
 * what it went in between is a ring of its own. */
static void put_corner(Outline *o, Corner corner, bool diagonal, int32_t owner) {
    if (diagonal && bit(o->passed, number_of(o, corner))) {
        guint n = o->path->len - 1;
        while (g_array_index(o->path, Corner, n).col != corner.col ||
               g_array_index(o->path, Corner, n).row != corner.row)
            n--;
        close_from(o, n, owner);
    } else if (diagonal)
        set_bit(o->passed, number_of(o, corner), true);
    g_array_append_val(o->path, corner);
}

/* Along one side, and around the cell where the next one ahead is not the owner's. */
static Side follow(Outline *o, const Side *at, int32_t owner) {
    const gint64 col = at->col, row = at->row;
    const int32_t beside = owner_at(o, col - at->dr, row + at->dc);
    const int32_t left = owner_at(o, col + at->dc, row + at->dr);
    const int32_t right = owner_at(o, col + at->dc - at->dr, row + at->dr + at->dc);
    if (left != owner || right == owner || right != beside)
        put_corner(o, end_of(at), left != owner && right == owner, owner);
    if (left != owner)
        return (Side){col, row, at->dr, -at->dc};
    if (right != owner)
        return (Side){col + at->dc, row + at->dr, at->dc, at->dr};
    return (Side){col + at->dc - at->dr, row + at->dr + at->dc, -at->dr, at->dc};
}

static void trace(Outline *o, size_t col, size_t row) {
    const int32_t owner = o->owner[row * o->cols + col];
    const Side start = {(gint64)col, (gint64)row, 0, 1};
    Side at = start;
    do {
        if (at.dr > 0)
            set_bit(o->seen, (size_t)at.row * o->cols + (size_t)at.col, true);
        at = follow(o, &at, owner);
    } while (at.col != start.col || at.row != start.row || at.dc != start.dc || at.dr != start.dr);
    close_from(o, 0, owner);
}

static bool trace_all(Outline *o, size_t n_owners, GError **error) {
    for (size_t row = 0; row < o->rows; row++)
        for (size_t col = 0; col < o->cols; col++) {
            const size_t cell = row * o->cols + col;
            const int32_t owner = o->owner[cell];
            if (owner < -1 || (owner >= 0 && (size_t)owner >= n_owners))
                return gap_fail(error, GAP_ERROR_INPUT,
                                "column %zu, row %zu belongs to number %d: there are %zu owners",
                                col + 1, row + 1, owner, n_owners);
            if (owner >= 0 && !bit(o->seen, cell) &&
                owner_at(o, (gint64)col - 1, (gint64)row) != owner)
                trace(o, col, row);
        }
    return true;
}

GPtrArray *gap_allocation_areas(const GapFrame *f, const int32_t *owner, size_t n_owners,
                                GError **error) {
    g_autoptr(GapRings) rings = gap_rings_new(f, false);
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(Corner));
    g_autofree uint8_t *seen = g_try_malloc0(f->cols * f->rows / 8 + 1);
    g_autofree uint8_t *passed = g_try_malloc0((f->cols + 1) * (f->rows + 1) / 8 + 1);
    if (!seen || !passed) {
        gap_fail(error, GAP_ERROR_FAILED, "no memory to trace %zu x %zu cells", f->cols, f->rows);
        return NULL;
    }
    Outline outline = {f->cols, f->rows, owner, seen, passed, path, rings};
    return trace_all(&outline, n_owners, error) ? gap_rings_polygons(rings, n_owners, error) : NULL;
}
