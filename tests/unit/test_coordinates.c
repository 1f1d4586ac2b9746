#include "tests/check.h"

#include "geo/text/coordinates.h"

#define OPEN GAP_AXIS_OPEN
#define LAT  GAP_AXIS_LAT
#define LON  GAP_AXIS_LON

static void angles(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double degrees; // NaN: refused
        GapAxis axis;
    } cases[] = {
        {"42.87", 42.87, OPEN},
        {" 42,87 ", 42.87, OPEN},
        {"42.870", 42.87, OPEN},
        {"42", 42, OPEN},
        {"4.287E1", 42.87, OPEN},
        {"7,1E1", 71, OPEN},
        {"4.287E+01", 42.87, OPEN},
        {"4287E-2", 42.87, OPEN},
        {"-71.5", -71.5, OPEN},
        {"\u221271,5", -71.5, OPEN},
        {"42.87°", 42.87, OPEN},
        {"42.87 N", 42.87, LAT},
        {"42.87N", 42.87, LAT},
        {"74.59E", 74.59, LON},
        {"N42.87", 42.87, LAT},
        {"S 42.87", -42.87, LAT},
        {"74.59W", -74.59, LON},
        {"42°52'30\"N", 42.875, LAT},
        {"42°52′30″", 42.875, OPEN},
        {"42°52\u201930\u201d", 42.875, OPEN},
        {"42º52'30''N", 42.875, LAT},
        {"42 52 30", 42.875, OPEN},
        {"42 52.5", 42.875, OPEN},
        {"42°52,5'", 42.875, OPEN},
        {"N42 52.5", 42.875, LAT},
        {"42° 52' 12\" с.ш.", 42.87, LAT},
        {"42°52′ с.ш.", 42 + 52.0 / 60, LAT},
        {"42,87 С.Ш.", 42.87, LAT},
        {"74°35'24\" в. д.", 74.59, LON},
        {"74°35'24\"В", 74.59, LON},
        {"42°30' т.к.", 42.5, LAT},
        {"74°30' ч.у.", 74.5, LON},
        {"-42 30", -42.5, OPEN},
        {"0°30'S", -0.5, LAT},
        {"-0°30'", -0.5, OPEN},
        {"180", 180, OPEN},
        {"90N", 90, LAT},
        {"180.5", NAN, OPEN},
        {"91N", NAN, OPEN},
        {"42°60'", NAN, OPEN},
        {"42°52'60\"", NAN, OPEN},
        {"42.5°30'", NAN, OPEN},
        {"42 52.5 30", NAN, OPEN},
        {"42 52 30 10", NAN, OPEN},
        {"-42N", NAN, OPEN},
        {"N42N", NAN, OPEN},
        {"42x", NAN, OPEN},
        {"north", NAN, OPEN},
        {"4747123.5", NAN, OPEN},
        {"4 747 123", NAN, OPEN},
        {"", NAN, OPEN},
        {"°", NAN, OPEN},
        {"inf", NAN, OPEN},
        {"nan", NAN, OPEN},
        {"N", NAN, OPEN},
        {"\xff", NAN, OPEN},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double degrees = NAN;
        GapAxis axis = OPEN;
        g_autofree char *reason = NULL;
        const bool taken = gap_angle_read(cases[i].text, &degrees, &axis, &reason);
        if (taken != !isnan(cases[i].degrees))
            fail_msg("'%s' is %s", cases[i].text, taken ? "taken" : reason);
        if (taken && (axis != cases[i].axis || fabs(degrees - cases[i].degrees) > 1e-12))
            fail_msg("'%s' is %.12g on axis %d", cases[i].text, degrees, axis);
    }
}

static void pairs(void **state) {
    (void)state;
    static const GapBox country = {69, 39, 81, 44};
    static const struct {
        const char *text;
        const GapBox *box;
        double lon, lat; // NaN: refused
    } cases[] = {
        {"42.87, 74.59", NULL, 74.59, 42.87},
        {"42.87,74.59", NULL, 74.59, 42.87},
        {"42.87 74.59", NULL, 74.59, 42.87},
        {"42.87   74.59", NULL, 74.59, 42.87},
        {"42.87; 74.59", NULL, 74.59, 42.87},
        {"42,87; 74,59", NULL, 74.59, 42.87},
        {"42,87;74,59", NULL, 74.59, 42.87},
        {"42,87 74,59", NULL, 74.59, 42.87},
        {"42,87, 74,59", NULL, 74.59, 42.87},
        {"42.87/74.59", NULL, 74.59, 42.87},
        {"(42.87, 74.59)", NULL, 74.59, 42.87},
        {"42, 74", NULL, 74, 42},
        {"-42.87, -74.59", NULL, -74.59, -42.87},
        {"4.287E1 7.459E1", NULL, 74.59, 42.87},
        {"74.59, 42.87", &country, 74.59, 42.87},
        {"42.87, 74.59", &country, 74.59, 42.87},
        {"100.5, 42.87", NULL, 100.5, 42.87},
        {"42°52'12\"N 74°35'24\"E", NULL, 74.59, 42.87},
        {"42°52'12\"N, 74°35'24\"E", NULL, 74.59, 42.87},
        {"74°35'24\"E 42°52'12\"N", NULL, 74.59, 42.87},
        {"42°52'12\" с.ш. 74°35'24\" в.д.", NULL, 74.59, 42.87},
        {"42°52′12″с.ш., 74°35′24″в.д.", NULL, 74.59, 42.87},
        {"N42.87 E74.59", NULL, 74.59, 42.87},
        {"N 42 52.2, E 74 35.4", NULL, 74.59, 42.87},
        {"42.87N 74.59E", NULL, 74.59, 42.87},
        {"42°52'12\" 74°35'24\"", NULL, 74.59, 42.87},
        {"42°52'12\", 74°35'24\"", NULL, 74.59, 42.87},
        {"42.87°, 74.59°", NULL, 74.59, 42.87},
        {"42 52 12 74 35 24", NULL, 74.59, 42.87},
        {"42 52,2 74 35,4", NULL, 74.59, 42.87},
        {"33.5S 70.6W", NULL, -70.6, -33.5},
        {"42,87,74,59", NULL, NAN, NAN},
        {"42,74", NULL, NAN, NAN},
        {"42.87", NULL, NAN, NAN},
        {"42.87N", NULL, NAN, NAN},
        {"42.87N 74.59N", NULL, NAN, NAN},
        {"42.87 74.59 800", NULL, NAN, NAN},
        {"42.87; 74.59; 800", NULL, NAN, NAN},
        {"42,87, 74,59, 800", NULL, NAN, NAN},
        {"100.5, 142.87", NULL, NAN, NAN},
        {"Бишкек", NULL, NAN, NAN},
        {"", NULL, NAN, NAN},
        {",", NULL, NAN, NAN},
        {";", NULL, NAN, NAN},
        {"° °", NULL, NAN, NAN},
        {"N E", NULL, NAN, NAN},
        {"\xc2", NULL, NAN, NAN},
        {"nan, nan", NULL, NAN, NAN},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double lon = NAN, lat = NAN;
        g_autofree char *reason = NULL;
        const bool taken = gap_coordinates_read(cases[i].text, cases[i].box, &lon, &lat, &reason);
        if (taken != !isnan(cases[i].lon))
            fail_msg("'%s' is %s", cases[i].text, taken ? "taken" : reason);
        if (taken && (fabs(lon - cases[i].lon) > 1e-12 || fabs(lat - cases[i].lat) > 1e-12))
            fail_msg("'%s' is %.12g, %.12g", cases[i].text, lon, lat);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(angles),
        cmocka_unit_test(pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
