#include "tests/check.h"

#include "geo/text/date.h"

static void dates(void **state) {
    (void)state;
    static const struct {
        const char *text;
        GapDayOrder order;
        const char *iso;    // NULL: refused
        const char *reason; // part of it
    } cases[] = {
        {"2017-12-31", GAP_DAY_OPEN, "2017-12-31"},
        {" 2017-12-31 ", GAP_DAY_OPEN, "2017-12-31"},
        {"2017-12-31T00:00:00", GAP_DAY_OPEN, "2017-12-31"},
        {"2017-12-31 00:00:00", GAP_DAY_OPEN, "2017-12-31"},
        {"2017-12-31T10:20:30.5Z", GAP_DAY_OPEN, "2017-12-31"},
        {"2017-12-31T10:20:30+06:00", GAP_DAY_OPEN, "2017-12-31"},
        {"2017/12/31", GAP_DAY_OPEN, "2017-12-31"},
        {"2017-1-5", GAP_DAY_OPEN, "2017-01-05"},
        {"31.12.2017", GAP_DAY_OPEN, "2017-12-31"},
        {"5.4.2017", GAP_DAY_OPEN, "2017-04-05"},
        {"31.12.2017 г.", GAP_DAY_OPEN, "2017-12-31"},
        {"31.12.2017г", GAP_DAY_OPEN, "2017-12-31"},
        {"31-12-2017", GAP_DAY_OPEN, "2017-12-31"},
        {"31/12/2017", GAP_DAY_OPEN, "2017-12-31"},
        {"12/31/2017", GAP_DAY_OPEN, "2017-12-31"},
        {"04/04/2017", GAP_DAY_OPEN, "2017-04-04"},
        {"03/04/2017", GAP_DAY_FIRST, "2017-04-03"},
        {"03/04/2017", GAP_MONTH_FIRST, "2017-03-04"},
        {"03.04.2017", GAP_MONTH_FIRST, "2017-04-03"}, // points: always the day
        {"31 декабря 2017 г.", GAP_DAY_OPEN, "2017-12-31"},
        {"31 Декабря 2017", GAP_DAY_OPEN, "2017-12-31"},
        {"1 мая 2018 года", GAP_DAY_OPEN, "2018-05-01"},
        {"2017-жылдын 31-декабры", GAP_DAY_OPEN, "2017-12-31"},
        {"5-май 2018-ж.", GAP_DAY_OPEN, "2018-05-05"},
        {"31 December 2017", GAP_DAY_OPEN, "2017-12-31"},
        {"December 31, 2017", GAP_DAY_OPEN, "2017-12-31"},
        {"31-Dec-2017", GAP_DAY_OPEN, "2017-12-31"},
        {"29.02.2020", GAP_DAY_OPEN, "2020-02-29"},
        {"9999-12-31", GAP_DAY_OPEN, "9999-12-31"},
        {"03/04/2017", GAP_DAY_OPEN, NULL, "could be day 3 of month 4 or day 4 of month 3"},
        {"12/31/2017", GAP_DAY_FIRST, NULL, "no such day"},
        {"31.12.17", GAP_DAY_OPEN, NULL, "two digits"},
        {"31/12/17", GAP_DAY_OPEN, NULL, "two digits"},
        {"17-12-31", GAP_DAY_OPEN, NULL, "two digits"},
        {"29.02.2019", GAP_DAY_OPEN, NULL, "no such day"},
        {"31.13.2017", GAP_DAY_OPEN, NULL, "no such day"},
        {"0017-12-31", GAP_DAY_OPEN, NULL, "no such day"},
        {"2017-00-10", GAP_DAY_OPEN, NULL, "no such day"},
        {"2017-12-31-05", GAP_DAY_OPEN, NULL, "not a date"},
        {"31.12-2017", GAP_DAY_OPEN, NULL, "not a date"},
        {"2017.12.2018", GAP_DAY_OPEN, NULL, "not a date"},
        {"2017", GAP_DAY_OPEN, NULL, "a year, not a day"},
        {"43100", GAP_DAY_OPEN, NULL, "count of days"},
        {"31 декабря", GAP_DAY_OPEN, NULL, "not a date"},
        {"декабрь 2017", GAP_DAY_OPEN, NULL, "not a date"},
        {"31 31 декабря 2017", GAP_DAY_OPEN, NULL, "not a date"},
        {"31 undecember 2017", GAP_DAY_OPEN, NULL, "not a date"},
        {"20171231", GAP_DAY_OPEN, NULL, "not a date"},
        {"soon", GAP_DAY_OPEN, NULL, "write YYYY-MM-DD"},
        {"", GAP_DAY_OPEN, NULL, "not a date"},
        {"\xff", GAP_DAY_OPEN, NULL, "not a date"},
        {"2017-12-31                                                                       x",
         GAP_DAY_OPEN, NULL, "not a date"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GDate date;
        g_autofree char *reason = NULL;
        char iso[20] = "";
        if (gap_date_read(cases[i].text, cases[i].order, &date, &reason))
            g_date_strftime(iso, sizeof iso, "%Y-%m-%d", &date);
        if (!cases[i].iso ? *iso || !strstr(reason, cases[i].reason)
                          : strcmp(iso, cases[i].iso) != 0)
            fail_msg("%zu '%s' is '%s' %s", i, cases[i].text, iso, reason);
    }
}

static void the_column_decides(void **state) {
    (void)state;
    static const struct {
        const char *cells[3];
        GapDayOrder order;
    } cases[] = {
        {{"03/04/2017", "31/12/2017"}, GAP_DAY_FIRST},
        {{"03/04/2017", "12/31/2017"}, GAP_MONTH_FIRST},
        {{"31/12/2017", "12/31/2017"}, GAP_DAY_OPEN},
        {{"03/04/2017", "31.12.2017", "2017/12/31"}, GAP_DAY_OPEN},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GapDateEvidence evidence = {0};
        for (size_t c = 0; c < 3; c++)
            gap_date_evidence_add(&evidence, cases[i].cells[c]);
        if (gap_date_evidence_weigh(&evidence) != cases[i].order)
            fail_msg("%zu", i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(the_column_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
