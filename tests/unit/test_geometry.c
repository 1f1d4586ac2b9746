#include "tests/check.h"

#include "geo/shape/geometry.h"

// Hex with spaces allowed, so that a table can show where a field ends.
static GBytes *from_hex(const char *hex) {
    GByteArray *out = g_byte_array_new();
    for (const char *p = hex; *p; p++) {
        if (*p == ' ')
            continue;
        const guint8 byte = (guint8)(g_ascii_xdigit_value(p[0]) * 16 + g_ascii_xdigit_value(p[1]));
        g_byte_array_append(out, &byte, 1);
        p++;
    }
    return g_byte_array_free_to_bytes(out);
}

#define ONE  "000000000000f03f"
#define TWO  "0000000000000040"
#define BIG1 "3ff0000000000000"
#define BIG2 "4000000000000000"
#define NAN8 "000000000000f87f"
#define INF8 "000000000000f07f"
#define P12  ONE TWO
#define P11  ONE ONE
#define P22  TWO TWO
#define RING "04000000 " P11 P12 P22 P11

static void good_blobs_are_read(void **state) {
    (void)state;
    static const struct {
        const char *hex;
        GapShapeKind kind;
        uint32_t parts, rings, points;
    } cases[] = {
        {"01 01000000" P12, GAP_SHAPE_POINT, 1, 1, 1},
        {"00 00000001" BIG1 BIG2, GAP_SHAPE_POINT, 1, 1, 1},
        {"01 e9030000" P12 TWO, GAP_SHAPE_POINT, 1, 1, 1},
        {"01 d1070000" P12 TWO, GAP_SHAPE_POINT, 1, 1, 1},
        {"01 b90b0000" P12 TWO NAN8, GAP_SHAPE_POINT, 1, 1, 1},
        {"01 01000080" P12 NAN8, GAP_SHAPE_POINT, 1, 1, 1},
        {"01 010000c0" P12 TWO TWO, GAP_SHAPE_POINT, 1, 1, 1},
        {"01 010000e0 e6100000" P12 TWO TWO, GAP_SHAPE_POINT, 1, 1, 1},
        {"01 02000000 02000000" P12 P22, GAP_SHAPE_LINE, 1, 1, 2},
        {"01 03000000 01000000" RING, GAP_SHAPE_POLYGON, 1, 1, 4},
        {"01 03000000 02000000" RING RING, GAP_SHAPE_POLYGON, 1, 2, 8},
        {"01 04000000 02000000 01 01000000" P12 "00 00000001" BIG1 BIG2, GAP_SHAPE_POINT, 2, 2, 2},
        {"01 05000000 01000000 01 02000000 02000000" P12 P22, GAP_SHAPE_LINE, 1, 1, 2},
        {"01 06000000 02000000 01 03000000 01000000" RING "01 03000000 02000000" RING RING,
         GAP_SHAPE_POLYGON, 2, 3, 12},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) wkb = from_hex(cases[i].hex);
        g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, &error);
        assert_no_error(error);
        assert_int_equal(g->kind, cases[i].kind);
        assert_int_equal(g->n_parts, cases[i].parts);
        assert_int_equal(g->n_rings, cases[i].rings);
        assert_int_equal(g->n_points, cases[i].points);
        assert_int_equal(g->part[g->n_parts], g->n_rings);
        assert_int_equal(g->ring[g->n_rings], g->n_points);
        // Written and read again it is the same.
        g_autoptr(GBytes) again = gap_geometry_to_wkb(g);
        g_autoptr(GapGeometry) h = gap_geometry_from_wkb(again, &error);
        assert_no_error(error);
        assert_int_equal(h->kind, g->kind);
        assert_memory_equal(h->xy, g->xy, 2 * g->n_points * sizeof(double));
        assert_memory_equal(h->part, g->part, (g->n_parts + 1) * sizeof(uint32_t));
        assert_memory_equal(h->ring, g->ring, (g->n_rings + 1) * sizeof(uint32_t));
    }
}

static void hostile_blobs_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *hex, *says;
    } cases[] = {
        {"", "not well-known binary"},
        {"01", "not well-known binary"},
        {"01 010000", "not well-known binary"},
        {"02 01000000" P12, "not well-known binary"},
        {"01 a10f0000" P12, "not well-known binary"},
        {"01 00000000" P12, "type"},
        {"01 07000000 01000000 01 01000000" P12, "type"},
        {"01 08000000 02000000" P12 P22, "type"},
        {"01 ffffffff" P12, "not well-known binary"},
        {"01 01000000" ONE, "more points than there are bytes"},
        {"01 01000000" P12 "00", "bytes follow its end"},
        {"01 01000000" NAN8 NAN8, "empty point"},
        {"01 01000000" ONE NAN8, "not a finite number"},
        {"01 01000000" INF8 ONE, "not a finite number"},
        {"01 02000000", "end too early"},
        {"01 02000000 00000000", "empty"},
        {"01 02000000 01000000" P12, "only one point"},
        {"01 02000000 ffffffff" P12 P22, "more points than there are bytes"},
        {"01 ea030000 02000000" P12 P22, "more points than there are bytes"},
        {"01 03000000 00000000", "empty"},
        {"01 03000000 01000000 00000000", "empty"},
        {"01 03000000 01000000 03000000" P11 P12 P11, "fewer than four points"},
        {"01 03000000 01000000 04000000" P11 P12 P22 P22, "not closed"},
        {"01 03000000 ffffffff" RING, "end too early"},
        {"01 04000000 00000000", "empty"},
        {"01 04000000 ffffffff 01 01000000" P12, "end too early"},
        {"01 04000000 01000000 01 02000000 02000000" P12 P22, "another type"},
        {"01 06000000 01000000 01 06000000 01000000", "another type"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) wkb = from_hex(cases[i].hex);
        if (gap_geometry_from_wkb(wkb, &error))
            fail_msg("case %zu was read: %s", i, cases[i].hex);
        assert_error_says(error, cases[i].says);
        assert_null(gap_geometry_from_wkb(wkb, NULL));
    }
}

// Every prefix of a good blob is refused, and every change of one byte is read or refused whole.
static void damaged_blobs_do_no_harm(void **state) {
    (void)state;
    g_autoptr(GBytes) wkb =
        from_hex("01 06000000 02000000 01 03000000 01000000" RING
                 "00 00000003 00000001 00000004" BIG1 BIG1 BIG1 BIG2 BIG2 BIG2 BIG1 BIG1);
    gsize length;
    const guint8 *data = g_bytes_get_data(wkb, &length);
    g_autoptr(GapGeometry) whole = gap_geometry_from_wkb(wkb, NULL);
    assert_non_null(whole);
    for (gsize n = 0; n < length; n++) {
        g_autoptr(GBytes) part = g_bytes_new(data, n);
        assert_null(gap_geometry_from_wkb(part, NULL));
    }
    for (gsize i = 0; i < length * 255; i++) {
        g_autofree guint8 *bytes = g_memdup2(data, length);
        bytes[i / 255] ^= (guint8)(i % 255 + 1);
        g_autoptr(GBytes) damaged = g_bytes_new_take(g_steal_pointer(&bytes), length);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapGeometry) g = gap_geometry_from_wkb(damaged, &error);
        assert_true((g == NULL) == (error != NULL));
        assert_true(!g || g->n_points <= length / 16);
    }
}

static void empties_and_kinds_are_told(void **state) {
    (void)state;
    static const struct {
        const char *hex;
        bool empty, known, multi;
        GapShapeKind kind;
    } cases[] = {
        {"01 03000000 00000000", true, true, false, GAP_SHAPE_POLYGON},
        {"00 00000006 00000000", true, true, true, GAP_SHAPE_POLYGON},
        {"01 02000000 00000000", true, true, false, GAP_SHAPE_LINE},
        {"01 03000000 00000000 00", false, true, false, GAP_SHAPE_POLYGON},
        {"01 01000000" P12, false, true, false, GAP_SHAPE_POINT},
        {"01 07000000 00000000", false, false, false, 0},
        {"", false, false, false, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) wkb = from_hex(cases[i].hex);
        GapShapeKind kind = 0;
        bool multi = false;
        assert_int_equal(gap_wkb_is_empty(wkb), cases[i].empty);
        assert_int_equal(gap_wkb_kind(wkb, &kind, &multi), cases[i].known);
        assert_int_equal(kind, cases[i].kind);
        assert_int_equal(multi, cases[i].multi);
    }
}

static void points_are_written_and_read(void **state) {
    (void)state;
    g_autoptr(GBytes) wkb = gap_wkb_point(74.59, 42.87);
    double x, y;
    assert_true(gap_wkb_read_point(wkb, &x, &y));
    assert_true(x == 74.59 && y == 42.87);
    static const char *const others[] = {"01 02000000 02000000" P12 P22, "01 01000000" NAN8 NAN8,
                                         "01 04000000 02000000 01 01000000" P12 "01 01000000" P12};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GBytes) other = from_hex(others[i]);
        assert_false(gap_wkb_read_point(other, &x, &y));
    }
}

static void boxes_add_and_overlap(void **state) {
    (void)state;
    g_autoptr(GBytes) wkb = from_hex("01 03000000 01000000" RING);
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
    g_autoptr(GapGeometry) copy = gap_geometry_copy(g);
    copy->xy[0] = copy->xy[6] = -5;
    GapBox box = gap_geometry_box(g);
    assert_true(box.min_x == 1 && box.min_y == 1 && box.max_x == 2 && box.max_y == 2);
    gap_box_add(&box, gap_geometry_box(copy));
    assert_true(box.min_x == -5 && box.max_x == 2);
    assert_true(gap_box_overlaps(box, (GapBox){2, 2, 3, 3}));
    assert_false(gap_box_overlaps(box, (GapBox){2.1, 2, 3, 3}));
    assert_false(gap_box_overlaps(box, GAP_BOX_EMPTY));
    gap_box_add(&box, GAP_BOX_EMPTY);
    assert_true(box.min_x == -5 && box.max_x == 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_blobs_are_read),         cmocka_unit_test(hostile_blobs_are_refused),
        cmocka_unit_test(damaged_blobs_do_no_harm),    cmocka_unit_test(empties_and_kinds_are_told),
        cmocka_unit_test(points_are_written_and_read), cmocka_unit_test(boxes_add_and_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
