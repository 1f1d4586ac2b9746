#include "tests/check.h"

#include "geo/text/number.h"

#define OPEN  GAP_DECIMAL_OPEN
#define POINT GAP_DECIMAL_POINT
#define COMMA GAP_DECIMAL_COMMA

static const GapNumberLimits ANY = {-1e12, 1e12, false}, COUNT = {0, 1e9, true},
                             SHARE = {0, 1, false}, DEGREES = {-180, 180, false};

static void numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        GapDecimal decimal;
        const GapNumberLimits *limits;
        double value;       // where there is no reason
        const char *reason; // part of it
    } cases[] = {
        {"0", OPEN, &ANY, 0},
        {" 12 ", OPEN, &ANY, 12},
        {"1 234,5", OPEN, &ANY, 1234.5},
        {"1\u00a0234,5", OPEN, &ANY, 1234.5},
        {"1\u202f234,5", OPEN, &ANY, 1234.5},
        {"1\u2009234\u2009567", OPEN, &ANY, 1234567},
        {"1,234.5", OPEN, &ANY, 1234.5},
        {"1.234,5", OPEN, &ANY, 1234.5},
        {"1,234,567", OPEN, &ANY, 1234567},
        {"1.234.567", OPEN, &ANY, 1234567},
        {"12'345", OPEN, &ANY, 12345},
        {"12\u2019345.5", OPEN, &ANY, 12345.5},
        {"7.1E1", OPEN, &ANY, 71},
        {"7,1E1", OPEN, &ANY, 71},
        {"7.1e+01", OPEN, &ANY, 71},
        {"71E-1", OPEN, &ANY, 7.1},
        {"+5", OPEN, &ANY, 5},
        {"\u22125", OPEN, &ANY, -5},
        {"\u20131 234", OPEN, &ANY, -1234},
        {"-0,5", OPEN, &ANY, -0.5},
        {".5", OPEN, &ANY, 0.5},
        {",5", OPEN, &ANY, 0.5},
        {"0.125", OPEN, &ANY, 0.125}, // no thousands start with 0
        {"0,125", OPEN, &ANY, 0.125},
        {"1234.567", OPEN, &ANY, 1234.567},
        {"1,2345", OPEN, &ANY, 1.2345},
        {"42.870", OPEN, &DEGREES, 42.87}, // 42870 is beyond
        {"74,590", OPEN, &DEGREES, 74.59},
        {"1,234", POINT, &ANY, 1234},
        {"1,234", COMMA, &ANY, 1.234},
        {"1.234", POINT, &ANY, 1.234},
        {"1.234", COMMA, &ANY, 1234},
        {"5 %", OPEN, &SHARE, 0.05},
        {"12,5%", OPEN, &SHARE, 0.125},
        {"100 %", OPEN, &SHARE, 1},
        {"1 234", OPEN, &COUNT, 1234},
        {"1234,0", OPEN, &COUNT, 1234},
        {"1,234", OPEN, &COUNT, 1234}, // 1.234 is not whole
        // refused
        {"1,234", OPEN, &ANY, 0, "could be 1234 or 1.234; say with --decimal"},
        {"1.234", OPEN, &ANY, 0, "could be 1.234 or 1234; say with --decimal"},
        {"-1,234", OPEN, &ANY, 0, "could be -1234 or -1.234"},
        {"12,000", OPEN, &COUNT, 0, "could be 12000 or 12;"},
        {"1,234", COMMA, &COUNT, 0, "not a whole number"},
        {"1.5", COMMA, &ANY, 0, "',' is the decimal sign"},
        {"1,5", POINT, &ANY, 0, "--decimal ','"},
        {"5 %", OPEN, &COUNT, 0, "percent"},
        {"5", OPEN, &SHARE, 0, "5 %"},
        {"120 %", OPEN, &SHARE, 0, "not within 0 to 1"},
        {"12 чел.", OPEN, &COUNT, 0, "'чел.' stands behind the number"},
        {"5km", OPEN, &ANY, 0, "'km' stands behind"},
        {"12*", OPEN, &COUNT, 0, "'*' stands behind"},
        {"0x1f", OPEN, &ANY, 0, "'x1f' stands behind"},
        {"1e308", OPEN, &ANY, 0, "not within"},
        {"1e308", OPEN, &COUNT, 0, "not within 0 to 1000000000"},
        {"9e999", OPEN, &ANY, 0, "not within"},
        {"1e9999", OPEN, &ANY, 0, "stands behind"},
        {"-5", OPEN, &COUNT, 0, "negative"},
        {"1.5", OPEN, &COUNT, 0, "not a whole number"},
        {"12 34", OPEN, &ANY, 0, "not a number"},
        {"1 2345", OPEN, &ANY, 0, "not a number"},
        {"1,23,456", OPEN, &ANY, 0, "not a number"},
        {"1 234'567", OPEN, &ANY, 0, "not a number"},
        {"1 234e5", OPEN, &ANY, 0, "not a number"},
        {"1.2.3", OPEN, &ANY, 0, "not a number"},
        {"5.", OPEN, &ANY, 0, "not a number"},
        {".", OPEN, &ANY, 0, "not a number"},
        {"", OPEN, &ANY, 0, "not a number"},
        {"e5", OPEN, &ANY, 0, "not a number"},
        {"inf", OPEN, &ANY, 0, "not a number"},
        {"nan", OPEN, &ANY, 0, "not a number"},
        {"NaN", OPEN, &COUNT, 0, "not a number"},
        {"+-5", OPEN, &ANY, 0, "not a number"},
        {"- 5", OPEN, &ANY, 0, "not a number"},
        {"много", OPEN, &ANY, 0, "not a number"},
        {"\xff\xfe", OPEN, &ANY, 0, "not a number"},
        {"11111111111111111111111111111111111111111111111111111111111111111", OPEN, &ANY, 0,
         "not a number"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double value = NAN;
        g_autofree char *reason = NULL;
        const bool taken =
            gap_number_read(cases[i].text, cases[i].decimal, cases[i].limits, &value, &reason);
        if (taken != !cases[i].reason || taken != !reason)
            fail_msg("%zu '%s' is %s", i, cases[i].text, taken ? "taken" : reason);
        if (!taken && !strstr(reason, cases[i].reason))
            fail_msg("%zu '%s' is %s", i, cases[i].text, reason);
        if (taken && fabs(value - cases[i].value) > fabs(cases[i].value) * 1e-15)
            fail_msg("%zu '%s' is %.17g", i, cases[i].text, value);
    }
}

static void the_column_decides(void **state) {
    (void)state;
    static const struct {
        const char *cells[5];
        const GapNumberLimits *limits;
        GapDecimal decimal;
    } cases[] = {
        {{"12", "1 234"}, &ANY, OPEN},
        {{"1,234", "1,5"}, &ANY, COMMA},
        {{"1,234", "0,125"}, &ANY, COMMA},
        {{"1,234", "1,234.5"}, &ANY, POINT},
        {{"1.234", "1.234.567"}, &ANY, COMMA},
        {{"1,234", "12,345"}, &ANY, OPEN},
        {{"1,5", "2.5"}, &ANY, OPEN},         // both in use
        {{"1,234", "12,000"}, &COUNT, POINT}, // 1.234 is no count
        {{"12,000", "7,000"}, &COUNT, OPEN},
        // what is written goes before what fits: these are thousands of people, with a fraction
        {{"69,4", "101,234"}, &COUNT, COMMA},
        {{"42.870", "74.590"}, &DEGREES, POINT},
        {{"много", "-", "5 чел.", "н/д"}, &ANY, OPEN},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GapNumberEvidence evidence = {0};
        for (size_t c = 0; c < 5; c++)
            gap_number_evidence_add(&evidence, cases[i].cells[c], cases[i].limits);
        if (gap_number_evidence_weigh(&evidence) != cases[i].decimal)
            fail_msg("%zu: %d", i, gap_number_evidence_weigh(&evidence));
    }
}

static void intervals(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double low, high; // NaN: none
    } cases[] = {
        {"<5", 0, 4},
        {"< 5", 0, 4},
        {"≤4", 0, 4},
        {"<= 4", 0, 4},
        {"до 5", 0, 5},
        {"До 5", 0, 5},
        {"менее 5", 0, 4},
        {"не более 5", 0, 5},
        {"less than 5", 0, 4},
        {"5 чейин", 0, 5},
        {"5-9", 5, 9},
        {"5 – 9", 5, 9},
        {"5—9", 5, 9},
        {"5...9", 5, 9},
        {"5…9", 5, 9},
        {"от 5 до 9", 5, 9},
        {"5 to 9", 5, 9},
        {"<1 000", 0, 999},
        {"1 000-1 500", 1000, 1500},
        {"5", NAN, NAN},
        {"-5", NAN, NAN},
        {"9-5", NAN, NAN},
        {">5", NAN, NAN},
        {"<1", NAN, NAN},
        {"<0", NAN, NAN},
        {"<", NAN, NAN},
        {"до", NAN, NAN},
        {"< x", NAN, NAN},
        {"5-9-12", NAN, NAN},
        {"-", NAN, NAN},
        {"<2.5", NAN, NAN},
        {"", NAN, NAN},
        {"\xff", NAN, NAN},
        {"5-", NAN, NAN},
        {"до 5 лет", NAN, NAN},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double low = NAN, high = NAN;
        const bool taken = gap_interval_read(cases[i].text, OPEN, &COUNT, &low, &high);
        if (taken != !isnan(cases[i].low))
            fail_msg("'%s' is %staken", cases[i].text, taken ? "" : "not ");
        if (taken && (low != cases[i].low || high != cases[i].high))
            fail_msg("'%s' is %g to %g", cases[i].text, low, high);
    }
}

static void what_is_not_known(void **state) {
    (void)state;
    static const char *const always[] = {"",
                                         " ",
                                         "-",
                                         "–",
                                         "—",
                                         "--",
                                         "…",
                                         "...",
                                         "..",
                                         ".",
                                         "н/д",
                                         "Н/Д",
                                         "н.д.",
                                         "n/a",
                                         "N/A",
                                         "#N/A",
                                         "#Н/Д",
                                         "?",
                                         "**",
                                         "*",
                                         "нет данных",
                                         "Нет данных",
                                         "нет св.",
                                         "маалымат жок",
                                         "Маалымат  жок",
                                         "\u2212",
                                         "\u00a0"};
    static const char *const figures[] = {"x", "X", "х", "Х", "NA", "na"};
    static const char *const never[] = {"0",   "нет", "none", "5",     "xx",   "nan",       "<5",
                                        "0,0", "x5",  "=",    "Нарын", "\xff", "\U0001F600"};
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
        if (!gap_is_unknown(always[i], false) || !gap_is_unknown(always[i], true))
            fail_msg("'%s' is known", always[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(figures); i++)
        if (gap_is_unknown(figures[i], false) || !gap_is_unknown(figures[i], true))
            fail_msg("'%s'", figures[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
        if (gap_is_unknown(never[i], true))
            fail_msg("'%s' is not known", never[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(the_column_decides),
        cmocka_unit_test(intervals),
        cmocka_unit_test(what_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
