#include "tests/check.h"

#include "geo/base/units.h"

#include <locale.h>

typedef bool (*Parse)(const char *text, double *value, GError **error);

typedef struct {
    const char *text;
    double value; /* NaN: refused */
} Case;

static void check_cases(Parse parse, const Case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        g_autoptr(GError) error = NULL;
        double value = NAN;
        bool good = parse(cases[i].text, &value, &error);
        if (good != !isnan(cases[i].value))
            fail_msg("'%s' is %s", cases[i].text, good ? "taken" : error->message);
        if (good)
            assert_near(value, cases[i].value, fabs(cases[i].value) * 1e-15);
        else
            assert_non_null(strstr(error->message, "write"));
        assert_int_equal(parse(cases[i].text, &value, NULL), good);
    }
}

static void lengths(void **state) {
    (void)state;
    static const Case cases[] = {
        {"5 km", 5000},    {"5km", 5000},       {" 5  km ", 5000}, {"800 m", 800},
        {"0.5 km", 500},   {".5 km", 500},      {"5 KM", 5000},    {"1e1 km", 10000},
        {"5 км", 5000},    {"5\u00a0km", 5000}, {"0 m", 0},        {"5 м", 5},
        {"5", NAN},        {"", NAN},           {"km", NAN},       {"-5 km", NAN},
        {"-0 km", NAN},    {"5,5 km", NAN},     {"5 miles", NAN},  {"5 km x", NAN},
        {"inf km", NAN},   {"nan m", NAN},      {"0x5 m", NAN},    {"1e999 m", NAN},
        {"1e308 km", NAN}, {"5 k m", NAN},      {"5 km 3 m", NAN}, {"\xff", NAN},
        {"5 \xd0", NAN},   {"5 m\xff", NAN},    {"+-5 m", NAN},    {"e5 m", NAN},
    };
    check_cases(gap_parse_length_m, cases, G_N_ELEMENTS(cases));
}

static void durations(void **state) {
    (void)state;
    static const Case cases[] = {
        {"90 min", 5400}, {"2 h", 7200},  {"30 s", 30},  {"1.5h", 5400}, {"10 мин", 600},
        {"90", NAN},      {"2 hrs", NAN}, {"-2 h", NAN}, {"", NAN},      {"1:30", NAN},
    };
    check_cases(gap_parse_duration_s, cases, G_N_ELEMENTS(cases));
}

static void numbers(void **state) {
    (void)state;
    static const Case cases[] = {
        {"0", 0},     {"-1.5", -1.5}, {" 2 ", 2},   {"1e3", 1000},  {"+4", 4},     {"1,5", NAN},
        {"", NAN},    {"1 2", NAN},   {"inf", NAN}, {"nan", NAN},   {"0x10", NAN}, {"1e999", NAN},
        {"12a", NAN}, {"--1", NAN},   {".", NAN},   {"1.2.3", NAN},
    };
    check_cases(gap_parse_number, cases, G_N_ELEMENTS(cases));
}

static void a_locale_with_commas_changes_nothing(void **state) {
    (void)state;
    const char *set = setlocale(LC_NUMERIC, "ru_RU.UTF-8");
    if (!set)
        set = setlocale(LC_NUMERIC, "de_DE.UTF-8");
    if (!set)
        print_message("skipped: no locale with decimal commas here\n");
    double metres = 0;
    assert_true(gap_parse_length_m("1.5 km", &metres, NULL));
    g_autofree char *text = gap_format_length(1500);
    setlocale(LC_NUMERIC, "C");
    assert_near(metres, 1500, 0);
    assert_string_equal(text, "1.5 km");
}

static void dates(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"2017-12-31", true},  {"2016-02-29", true},     {"2017-02-29", false},
        {"2017-13-01", false}, {"2017-00-10", false},    {"2017-04-31", false},
        {"0000-01-01", false}, {"31.12.2017", false},    {"2017-1-1", false},
        {"", false},           {"2017-12-31x", false},   {"2017/12/31", false},
        {"+017-12-31", false}, {"2017-12-3\xff", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GDate date;
        g_autoptr(GError) error = NULL;
        if (gap_parse_date(cases[i].text, &date, &error) != cases[i].good)
            fail_msg("'%s'", cases[i].text);
        if (cases[i].good)
            assert_int_equal(g_date_get_year(&date), cases[i].text[3] - '0' + 2010);
        else
            assert_error_says(error, "YYYY-MM-DD");
    }
}

static void years(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int first, last; /* 0: refused */
    } cases[] = {
        {"2017", 2017, 2017},
        {"2014-2017", 2014, 2017},
        {"2014 - 2017", 2014, 2017},
        {"2014\u20132017", 2014, 2017},
        {" 2017 ", 2017, 2017},
        {"1900-2200", 1900, 2200},
        {"2017-2014", 0, 0},
        {"1899", 0, 0},
        {"2201", 0, 0},
        {"17", 0, 0},
        {"2014-", 0, 0},
        {"2014 2017", 0, 0},
        {"2014-2017-2018", 0, 0},
        {"", 0, 0},
        {"20170", 0, 0},
        {"2014--2017", 0, 0},
        {"-2017", 0, 0},
        {"2014\xe2\x80", 0, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int first = 0, last = 0;
        g_autoptr(GError) error = NULL;
        if (gap_parse_years(cases[i].text, &first, &last, &error) != (cases[i].first != 0))
            fail_msg("'%s'", cases[i].text);
        if (cases[i].first) {
            assert_int_equal(first, cases[i].first);
            assert_int_equal(last, cases[i].last);
        } else
            assert_error_says(error, "2014-2017");
    }
}

static void lengths_are_written_as_they_are_read(void **state) {
    (void)state;
    static const struct {
        double metres;
        const char *text;
    } cases[] = {
        {5000, "5 km"},
        {800, "800 m"},
        {0, "0 m"},
        {1500, "1.5 km"},
        {999.5, "999.5 m"},
        {1000, "1 km"},
        {12345.678, "12.345678 km"},
        {0.1, "0.1 m"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = gap_format_length(cases[i].metres);
        assert_string_equal(text, cases[i].text);
    }
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (int i = 0; i < 2000; i++) {
        double metres = g_rand_double_range(random, 0, i % 2 ? 1e6 : 10), back = -1;
        g_autofree char *text = gap_format_length(metres);
        assert_true(gap_parse_length_m(text, &back, NULL));
        assert_near(back, metres, 0);
    }
}

static void limits_are_all_lengths_or_all_times(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double first, last; // NaN: refused
        bool minutes;
    } cases[] = {
        {"5 km", 5000, 5000, false},
        {"3 km, 800 m", 3000, 800, false},
        {"30 min,1 h", 30, 60, true},
        {"90 s", 1.5, 1.5, true},
        {"30 min, 5 km", NAN, NAN, 0},
        {"0 min", NAN, NAN, 0},
        {"", NAN, NAN, 0},
        {"30", NAN, NAN, 0},
        {"30 min,", NAN, NAN, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool minutes = false;
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) limits = gap_parse_limits(cases[i].text, &minutes, &error);
        if ((limits != NULL) == isnan(cases[i].first))
            fail_msg("'%s' is %s", cases[i].text, limits ? "taken" : error->message);
        if (!limits)
            continue;
        assert_near(g_array_index(limits, double, 0), cases[i].first, 0);
        assert_near(g_array_index(limits, double, limits->len - 1), cases[i].last, 0);
        assert_int_equal(minutes, cases[i].minutes);
    }
    g_autofree char *text = gap_format_minutes(7.5);
    assert_string_equal(text, "7.5 min");
}

static void today_is_the_epoch_that_was_set(void **state) {
    (void)state;
    static const struct {
        const char *epoch, *day; /* NULL: today */
    } cases[] = {
        {"0", "1970-01-01"}, {"1514764799", "2017-12-31"}, {"-1", NULL},
        {"soon", NULL},      {"99999999999999999", NULL},  {"", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_setenv("SOURCE_DATE_EPOCH", cases[i].epoch, TRUE);
        g_autofree char *day = gap_today();
        GDate date;
        assert_true(gap_parse_date(day, &date, NULL));
        if (cases[i].day)
            assert_string_equal(day, cases[i].day);
        else
            assert_true(g_date_get_year(&date) >= 2025);
    }
    g_unsetenv("SOURCE_DATE_EPOCH");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths),
        cmocka_unit_test(durations),
        cmocka_unit_test(numbers),
        cmocka_unit_test(a_locale_with_commas_changes_nothing),
        cmocka_unit_test(dates),
        cmocka_unit_test(years),
        cmocka_unit_test(lengths_are_written_as_they_are_read),
        cmocka_unit_test(limits_are_all_lengths_or_all_times),
        cmocka_unit_test(today_is_the_epoch_that_was_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
