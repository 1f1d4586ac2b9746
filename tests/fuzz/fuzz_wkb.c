/* Geometry as bytes: what is read can be written, read again to the same, and given to GEOS, whose
 * answers are readable too. The input is hex, so that seeds are text. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "geo/shape/overlay.h"

#define ONE    "000000000000f03f"
#define TWO    "0000000000000040"
#define RING   "04000000" ONE ONE ONE TWO TWO TWO ONE ONE
#define BOWTIE "05000000" ONE ONE TWO TWO TWO ONE ONE TWO ONE ONE

const char *const fuzz_seeds[] = {
    "0101000000" ONE TWO,
    "01010000e0e6100000" ONE TWO TWO TWO,
    "010200000002000000" ONE ONE TWO TWO,
    "010300000002000000" RING RING,
    "010300000001000000" BOWTIE,
    "010400000002000000"
    "0101000000" ONE TWO "00000000013ff00000000000004000000000000000",
    "010600000002000000"
    "010300000001000000" RING "010300000001000000" BOWTIE,
    NULL,
};

static GBytes *from_hex(const uint8_t *data, size_t size) {
    guint8 *out = g_malloc(size / 2 + 1);
    for (size_t i = 0; i < size / 2; i++) {
        const int high = g_ascii_xdigit_value((char)data[2 * i]);
        const int low = g_ascii_xdigit_value((char)data[2 * i + 1]);
        out[i] = (guint8)(MAX(high, 0) * 16 + MAX(low, 0));
    }
    return g_bytes_new_take(out, size / 2);
}

static void check_again(const GapGeometry *g) {
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(g);
    g_autoptr(GapGeometry) again = gap_geometry_from_wkb(wkb, NULL);
    g_assert(again && again->kind == g->kind && again->n_points == g->n_points);
    g_assert(!memcmp(again->xy, g->xy, 2 * (size_t)g->n_points * sizeof *g->xy));
}

static void check_repair(GapOverlay *overlay, GBytes *wkb) {
    bool changed;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) valid = gap_overlay_make_valid(overlay, wkb, &changed, &error);
    fuzz_either(valid, error);
    if (!valid || gap_wkb_is_empty(valid))
        return;
    g_autofree char *reason = gap_overlay_invalid_reason(overlay, valid, &error);
    g_assert(!reason && !error);
    double x, y;
    g_assert(gap_overlay_inner_point(overlay, valid, &x, &y, &error) == !error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static GapOverlay *overlay;
    if (!overlay)
        overlay = gap_overlay_new();
    g_autoptr(GBytes) wkb = from_hex(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, &error);
    fuzz_either(g, error);
    if (g)
        check_again(g);
    check_repair(overlay, wkb);
    return 0;
}
