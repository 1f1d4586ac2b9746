#include "geo/shape/geometry.h"

#include <math.h>
#include <string.h>

#include "geo/base/error.h"

// A cursor over a hostile blob: nothing is read that was not found to be there.
typedef struct {
    const uint8_t *at;
    size_t left;
    bool big_endian;
} Cursor;

// One WKB header: the flat type (1..6), and how many numbers a point has.
typedef struct {
    uint32_t type, dims;
} Head;

typedef struct {
    GArray *part, *ring, *xy;
} Builder;

enum { MULTI = 3, MAX_BYTES = G_MAXINT32 };

static bool bad(GError **error, const char *why) {
    return gap_fail(error, GAP_ERROR_INPUT, "geometry cannot be used: %s", why);
}

static bool take_u32(Cursor *c, uint32_t *value) {
    if (c->left < 4)
        return false;
    memcpy(value, c->at, 4);
    *value = c->big_endian ? GUINT32_FROM_BE(*value) : GUINT32_FROM_LE(*value);
    c->at += 4, c->left -= 4;
    return true;
}

static double number_at(const Cursor *c, size_t offset) {
    uint64_t bits;
    double value;
    memcpy(&bits, c->at + offset, sizeof bits);
    bits = c->big_endian ? GUINT64_FROM_BE(bits) : GUINT64_FROM_LE(bits);
    memcpy(&value, &bits, sizeof value);
    return value;
}

// ISO writes Z, M and ZM as thousands; EWKB as high bits, with an SRID that may follow.
static bool take_head(Cursor *c, Head *head) {
    uint32_t type, srid;
    if (c->left < 5 || c->at[0] > 1)
        return false;
    c->big_endian = c->at[0] == 0;
    c->at++, c->left--;
    take_u32(c, &type);
    if ((type & 0x20000000u) && !take_u32(c, &srid))
        return false;
    const uint32_t iso = (type & 0x0fffffffu) / 1000;
    const bool z = (type & 0x80000000u) || iso == 1 || iso == 3;
    const bool m = (type & 0x40000000u) || iso == 2 || iso == 3;
    *head = (Head){(type & 0x0fffffffu) % 1000, 2 + z + m};
    return iso <= 3;
}

static bool take_points(Cursor *c, uint32_t n, uint32_t dims, Builder *b, GError **error) {
    const size_t stride = dims * sizeof(double);
    if (n > c->left / stride)
        return bad(error, "it says it has more points than there are bytes");
    const guint start = b->xy->len;
    g_array_set_size(b->xy, start + 2 * n);
    double *xy = &g_array_index(b->xy, double, start);
    for (uint32_t i = 0; i < n; i++, xy += 2) {
        xy[0] = number_at(c, i * stride);
        xy[1] = number_at(c, i * stride + sizeof(double));
        if (!isfinite(xy[0]) || !isfinite(xy[1]))
            return bad(error, n == 1 && isnan(xy[0]) && isnan(xy[1])
                                  ? "it is an empty point"
                                  : "a coordinate is not a finite number");
    }
    c->at += n * stride, c->left -= n * stride;
    const uint32_t end = b->xy->len / 2;
    g_array_append_val(b->ring, end);
    return true;
}

static bool take_run(Cursor *c, uint32_t dims, uint32_t least, Builder *b, GError **error) {
    uint32_t n;
    if (!take_u32(c, &n))
        return bad(error, "its bytes end too early");
    if (n < least)
        return bad(error, n == 0       ? "it is empty"
                          : least == 2 ? "a line has only one point"
                                       : "a ring has fewer than four points");
    return take_points(c, n, dims, b, error);
}

static bool is_closed(const Builder *b) {
    const uint32_t *ends = &g_array_index(b->ring, uint32_t, b->ring->len - 2);
    const double *xy = &g_array_index(b->xy, double, 0);
    const double *first = xy + 2 * (size_t)ends[0], *last = xy + 2 * (size_t)(ends[1] - 1);
    return first[0] == last[0] && first[1] == last[1];
}

static bool take_polygon(Cursor *c, uint32_t dims, Builder *b, GError **error) {
    uint32_t n;
    if (!take_u32(c, &n))
        return bad(error, "its bytes end too early");
    if (n == 0)
        return bad(error, "it is empty");
    // No check of n against the bytes left is needed: each turn reads or fails.
    for (uint32_t i = 0; i < n; i++) {
        if (!take_run(c, dims, 4, b, error))
            return false;
        if (!is_closed(b))
            return bad(error, "a ring is not closed (its first point must be its last too)");
    }
    return true;
}

static bool take_part(Cursor *c, Head head, Builder *b, GError **error) {
    const bool ok = head.type == GAP_SHAPE_POINT  ? take_points(c, 1, head.dims, b, error)
                    : head.type == GAP_SHAPE_LINE ? take_run(c, head.dims, 2, b, error)
                                                  : take_polygon(c, head.dims, b, error);
    const uint32_t end = b->ring->len - 1;
    g_array_append_val(b->part, end);
    return ok;
}

static bool take_multi(Cursor *c, Head head, Builder *b, GError **error) {
    uint32_t n;
    if (!take_u32(c, &n))
        return bad(error, "its bytes end too early");
    if (n == 0)
        return bad(error, "it is empty");
    for (uint32_t i = 0; i < n; i++) {
        Head part;
        if (!take_head(c, &part))
            return bad(error, "its bytes end too early");
        if (part.type != head.type - MULTI)
            return bad(error, "a part has another type than the whole");
        if (!take_part(c, part, b, error))
            return false;
    }
    return true;
}

static bool take_geometry(Cursor *c, Head *head, Builder *b, GError **error) {
    if (!take_head(c, head))
        return bad(error, "it is not well-known binary (WKB)");
    if (head->type < GAP_SHAPE_POINT || head->type > GAP_SHAPE_POLYGON + MULTI)
        return bad(error, "its type is not point, line or polygon (curves and collections are "
                          "not read)");
    if (!(head->type > MULTI ? take_multi : take_part)(c, *head, b, error))
        return false;
    return !c->left || bad(error, "bytes follow its end");
}

static Builder builder_new(void) {
    Builder b = {g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                 g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                 g_array_new(FALSE, FALSE, sizeof(double))};
    const uint32_t zero = 0;
    g_array_append_val(b.part, zero);
    g_array_append_val(b.ring, zero);
    return b;
}

GapGeometry *gap_geometry_from_wkb(GBytes *wkb, GError **error) {
    Cursor c = {0};
    c.at = g_bytes_get_data(wkb, &c.left);
    if (c.left > MAX_BYTES) {
        bad(error, "it is larger than 2 GiB");
        return NULL;
    }
    Head head = {0};
    Builder b = builder_new();
    const bool ok = take_geometry(&c, &head, &b, error);
    GapGeometry *g = g_new(GapGeometry, 1);
    *g = (GapGeometry){ok ? (head.type - 1) % MULTI + 1 : GAP_SHAPE_POINT,
                       b.part->len - 1,
                       b.ring->len - 1,
                       b.xy->len / 2,
                       (uint32_t *)(void *)g_array_free(b.part, FALSE),
                       (uint32_t *)(void *)g_array_free(b.ring, FALSE),
                       (double *)(void *)g_array_free(b.xy, FALSE)};
    if (!ok)
        g_clear_pointer(&g, gap_geometry_free);
    return g;
}

static void put_u32(GByteArray *out, uint32_t value) {
    value = GUINT32_TO_LE(value);
    g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static void put_head(GByteArray *out, uint32_t type) {
    g_byte_array_append(out, (const guint8 *)"\1", 1);
    put_u32(out, type);
}

static void put_points(GByteArray *out, const double *xy, size_t n) {
    for (size_t i = 0; i < 2 * n; i++) {
        uint64_t bits;
        memcpy(&bits, xy + i, sizeof bits);
        bits = GUINT64_TO_LE(bits);
        g_byte_array_append(out, (const guint8 *)&bits, sizeof bits);
    }
}

static void put_part(GByteArray *out, const GapGeometry *g, uint32_t p) {
    put_head(out, g->kind);
    if (g->kind == GAP_SHAPE_POLYGON)
        put_u32(out, g->part[p + 1] - g->part[p]);
    for (uint32_t r = g->part[p]; r < g->part[p + 1]; r++) {
        const uint32_t first = g->ring[r], n = g->ring[r + 1] - first;
        if (g->kind != GAP_SHAPE_POINT)
            put_u32(out, n);
        put_points(out, g->xy + 2 * (size_t)first, n);
    }
}

static GBytes *write_wkb(const GapGeometry *g, bool multi) {
    GByteArray *out = g_byte_array_sized_new((guint)MIN(
        16 * (size_t)g->n_points + 9 * ((size_t)g->n_parts + g->n_rings + 1), MAX_BYTES));
    if (multi) {
        put_head(out, g->kind + MULTI);
        put_u32(out, g->n_parts);
    }
    for (uint32_t p = 0; p < g->n_parts; p++)
        put_part(out, g, p);
    return g_byte_array_free_to_bytes(out);
}

GBytes *gap_geometry_to_wkb(const GapGeometry *g) {
    return write_wkb(g, g->n_parts != 1);
}

GBytes *gap_geometry_to_multi_wkb(const GapGeometry *g) {
    return write_wkb(g, true);
}

GBytes *gap_geometry_part_to_wkb(const GapGeometry *g, uint32_t p) {
    GByteArray *out = g_byte_array_new();
    put_part(out, g, p);
    return g_byte_array_free_to_bytes(out);
}

GapGeometry *gap_geometry_copy(const GapGeometry *g) {
    GapGeometry *copy = g_new(GapGeometry, 1);
    *copy = *g;
    copy->part = g_memdup2(g->part, (g->n_parts + (size_t)1) * sizeof *g->part);
    copy->ring = g_memdup2(g->ring, (g->n_rings + (size_t)1) * sizeof *g->ring);
    copy->xy = g_memdup2(g->xy, 2 * (size_t)g->n_points * sizeof *g->xy);
    return copy;
}

void gap_geometry_free(GapGeometry *g) {
    if (!g)
        return;
    g_free(g->part);
    g_free(g->ring);
    g_free(g->xy);
    g_free(g);
}

GapBox gap_geometry_box(const GapGeometry *g) {
    GapBox box = GAP_BOX_EMPTY;
    for (size_t i = 0; i < g->n_points; i++) {
        const double x = g->xy[2 * i], y = g->xy[2 * i + 1];
        gap_box_add(&box, (GapBox){x, y, x, y});
    }
    return box;
}

/* Twice the signed area: positive where the ring runs counter-clockwise. About its first point, so
 * that small rings far from the origin keep their digits. */
static double turn(const double *xy, uint32_t n) {
    double sum = 0;
    for (size_t i = 0; i + 1 < n; i++)
        sum += (xy[2 * i] - xy[0]) * (xy[2 * i + 3] - xy[1]) -
               (xy[2 * i + 2] - xy[0]) * (xy[2 * i + 1] - xy[1]);
    return sum;
}

static void reverse(double *xy, size_t n) {
    for (size_t i = 0, j = n - 1; i < j; i++, j--)
        for (size_t k = 0; k < 2; k++) {
            const double kept = xy[2 * i + k];
            xy[2 * i + k] = xy[2 * j + k];
            xy[2 * j + k] = kept;
        }
}

void gap_geometry_orient(GapGeometry *g) {
    for (uint32_t p = 0; g->kind == GAP_SHAPE_POLYGON && p < g->n_parts; p++)
        for (uint32_t r = g->part[p]; r < g->part[p + 1]; r++) {
            double *xy = g->xy + 2 * (size_t)g->ring[r];
            const uint32_t n = g->ring[r + 1] - g->ring[r];
            const double turned = turn(xy, n);
            if (r == g->part[p] ? turned < 0 : turned > 0)
                reverse(xy, n);
        }
}

double gap_geometry_widest_step(const GapGeometry *g) {
    double widest = 0;
    for (uint32_t r = 0; g->kind != GAP_SHAPE_POINT && r < g->n_rings; r++)
        for (size_t i = g->ring[r] + 1; i < g->ring[r + 1]; i++)
            widest = fmax(widest, fabs(g->xy[2 * i] - g->xy[2 * i - 2]));
    return widest;
}

void gap_box_add(GapBox *box, GapBox other) {
    box->min_x = MIN(box->min_x, other.min_x);
    box->min_y = MIN(box->min_y, other.min_y);
    box->max_x = MAX(box->max_x, other.max_x);
    box->max_y = MAX(box->max_y, other.max_y);
}

bool gap_box_overlaps(GapBox a, GapBox b) {
    return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
}

GBytes *gap_wkb_point(double x, double y) {
    GByteArray *out = g_byte_array_sized_new(21);
    put_head(out, GAP_SHAPE_POINT);
    put_points(out, (const double[]){x, y}, 1);
    return g_byte_array_free_to_bytes(out);
}

static bool read_head(GBytes *wkb, Cursor *c, Head *head) {
    c->at = g_bytes_get_data(wkb, &c->left);
    return take_head(c, head) && head->type >= GAP_SHAPE_POINT &&
           head->type <= GAP_SHAPE_POLYGON + MULTI;
}

/* No allocation for a single point, of which a file may have millions. */
bool gap_wkb_read_point(GBytes *wkb, double *x, double *y) {
    Cursor c;
    Head head;
    if (!read_head(wkb, &c, &head) || (head.type - 1) % MULTI + 1 != GAP_SHAPE_POINT)
        return false;
    if (head.type == GAP_SHAPE_POINT) {
        if (c.left != head.dims * sizeof(double))
            return false;
        *x = number_at(&c, 0);
        *y = number_at(&c, sizeof(double));
        return isfinite(*x) && isfinite(*y);
    }
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
    if (!g || g->n_points != 1)
        return false;
    *x = g->xy[0];
    *y = g->xy[1];
    return true;
}

bool gap_wkb_is_empty(GBytes *wkb) {
    Cursor c;
    Head head;
    uint32_t n;
    return read_head(wkb, &c, &head) && head.type != GAP_SHAPE_POINT && take_u32(&c, &n) &&
           n == 0 && !c.left;
}

bool gap_wkb_kind(GBytes *wkb, GapShapeKind *kind, bool *multi) {
    Cursor c;
    Head head;
    if (!read_head(wkb, &c, &head))
        return false;
    *kind = (head.type - 1) % MULTI + 1;
    if (multi)
        *multi = head.type > MULTI;
    return true;
}
