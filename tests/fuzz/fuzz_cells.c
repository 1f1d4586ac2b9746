/* Cells of offices: a value or a reason, never both; values keep their limits; what is taken as one
 * decimal sign's number is what C reads; headings and codes come out as UTF-8, and written plainly
 * once they stay so. */
#include "tests/fuzz/fuzz.h"

#include "geo/text/coordinates.h"
#include "geo/text/date.h"
#include "geo/text/number.h"
#include "layers/columns.h"

#include <math.h>

const char *const fuzz_seeds[] = {
    "1 234,5",
    "-1.234.567,8",
    "12'345.6e+2",
    "5\u202f%",
    "\u22127,1E1",
    "от 5 до 9",
    "<5",
    "5…9",
    "н/д",
    "2017-12-31T00:00:00+06:00",
    "31/12/2017",
    "31 декабря 2017 г.",
    "42°52'30\"N 74°35'24\"E",
    "42,87; 74,59",
    "N 42 52.2, E 74 35.4",
    "42°52′ с.ш., 74°35′ в.д.",
    "Население на 1 января 2017 г. (тыс. чел.)",
    "41702215855000.0",
    "4.17E+13",
    NULL,
};

static void check_number(const char *text) {
    static const GapNumberLimits limits = {-1000, 1e6, false}, whole = {0, 1e9, true};
    GapNumberEvidence evidence = {0};
    gap_number_evidence_add(&evidence, text, &limits);
    for (GapDecimal decimal = GAP_DECIMAL_OPEN; decimal <= GAP_DECIMAL_COMMA; decimal++) {
        g_autofree char *reason = NULL;
        double value = NAN, low = NAN, high = NAN;
        const bool taken = gap_number_read(text, decimal, &limits, &value, &reason);
        g_assert(taken == !reason && taken == (value >= -1000 && value <= 1e6));
        if (gap_interval_read(text, decimal, &whole, &low, &high))
            g_assert(low >= 0 && low <= high && high > 0 && low == floor(low));
    }
    g_assert(!gap_is_unknown(text, false) || gap_is_unknown(text, true));
}

static void check_date(const char *text) {
    GapDateEvidence evidence = {0};
    gap_date_evidence_add(&evidence, text);
    for (GapDayOrder order = GAP_DAY_OPEN; order <= GAP_MONTH_FIRST; order++) {
        g_autofree char *reason = NULL;
        GDate date;
        const bool taken = gap_date_read(text, order, &date, &reason);
        g_assert(taken == !reason && (!taken || g_date_valid(&date)));
    }
}

static void check_place(const char *text) {
    static const GapBox box = {69, 39, 81, 44};
    double degrees = NAN, lon = NAN, lat = NAN;
    GapAxis axis;
    g_autofree char *reason = NULL, *why = NULL;
    const bool angle = gap_angle_read(text, &degrees, &axis, &reason);
    g_assert(angle == !reason && (!angle || fabs(degrees) <= 180));
    const bool pair = gap_coordinates_read(text, &box, &lon, &lat, &why);
    g_assert(pair == !why && (!pair || (fabs(lon) <= 180 && fabs(lat) <= 90)));
}

static void check_heading(const char *text) {
    int year;
    g_autofree char *once = gap_heading_key(text);
    g_autofree char *twice = gap_heading_key(once);
    g_autofree char *rest = NULL;
    g_assert_cmpstr(once, ==, twice);
    g_assert(g_utf8_validate(once, -1, NULL));
    year = gap_heading_year(text, &rest);
    g_assert(rest && (year == 0 || (year >= 1900 && year <= 2200)));
    gap_heading_scale(text);
    gap_columns_means(&GAP_LAYER_CRIME, "count", text);
    g_autofree char *code = gap_code_canonical(text);
    g_autofree char *again = gap_code_canonical(code);
    g_assert_cmpstr(code, ==, again);
    gap_code_is_rounded(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autofree char *text = g_strndup(size ? (const char *)data : "", size);
    check_number(text);
    check_date(text);
    check_place(text);
    check_heading(text);
    return 0;
}
