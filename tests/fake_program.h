/** A program with two commands, to try the tables out on. */
#ifndef GAP_TESTS_FAKE_PROGRAM_H
#define GAP_TESTS_FAKE_PROGRAM_H

#include "geo/base/error.h"
#include "geo/cli/command.h"

static const char *const fake_kinds[] = {"station", "point", "mobile", NULL};

static const GapOption fake_options[] = {
    {"within", 'w', GAP_OPTION_LENGTH, "LENGTH", "reach of a point", "5 km", NULL},
    {"rings", 0, GAP_OPTION_LIMITS, "LENGTHS", "reach in steps", NULL, NULL},
    {"as-of", 0, GAP_OPTION_DATE, "DATE", "the day that counts", NULL, NULL},
    {"crime-years", 0, GAP_OPTION_YEARS, "YEARS", "the years that count", NULL, NULL},
    {"kind", 0, GAP_OPTION_CHOICE, "KIND", "the kind of point", NULL, fake_kinds},
    {"kinds", 0, GAP_OPTION_CHOICES, "KINDS", "the kinds of point", "station,point", fake_kinds},
    {"number", 'n', GAP_OPTION_INT, "N", "how many", "10", NULL},
    {"share", 0, GAP_OPTION_NUMBER, "SHARE", "of the money", NULL, NULL},
    {"name", 0, GAP_OPTION_TEXT, "NAME", "what it is called", NULL, NULL},
    {"name-ky", 0, GAP_OPTION_TEXT, "NAME", "what it is called in Kyrgyz", NULL, NULL},
    {"table", 0, GAP_OPTION_PATH, "FILE", "what to read", NULL, NULL},
    {"tables", 0, GAP_OPTION_PATHS, "FILE,...", "what else to read", NULL, NULL},
    {"output", 'o', GAP_OPTION_PATH, "FILE", "what to write", NULL, NULL},
    {"strict", 0, GAP_OPTION_FLAG, NULL, "refuse more", NULL, NULL},
    {0},
};

static int fake_runs, fake_code;

static int fake_run(GapCall *call, GError **error) {
    fake_runs++;
    gap_call_say(call, "said %s", gap_call_text(call, "within"));
    if (g_strcmp0(gap_call_text(call, "name"), "fail") == 0) {
        gap_fail(error, GAP_ERROR_MISSING, "nothing is loaded");
        return -1;
    }
    return fake_code;
}

static const GapCommand fake_reach = {"reach",      "[PLACE...]", "who is within reach", 0, 3,
                                      fake_options, fake_run};

static const GapOption fake_load_options[] = {
    {"name", 0, GAP_OPTION_TEXT, "NAME", "of the source", NULL, NULL},
    {"as-of", 0, GAP_OPTION_DATE, "DATE", "the day that counts", NULL, NULL},
    {"within", 0, GAP_OPTION_LIMITS, "LENGTHS", "other kind than that of reach", NULL, NULL},
    {0},
};

static int fake_load_run(GapCall *call, GError **error) {
    (void)error;
    fake_runs++;
    gap_call_unchanged(call);
    return GAP_EXIT_DONE;
}

static const GapCommand fake_load = {"load", "LAYER SOURCE...", "take files in", 2,
                                     -1,     fake_load_options, fake_load_run};

static const GapCommand *const fake_commands[] = {&fake_reach, &fake_load, NULL};

static const GapProgram fake_program = {
    .name = "fake", .version = "1", .summary = "is for tests", .commands = {fake_commands}};

#endif
