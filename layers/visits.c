#include "layers/layer.h"

#include <math.h>
#include <string.h>

static const GapField FIELDS[] = {
    GAP_FIELD_LEVEL(GAP_AREA_LEVELS),
    {"from", GAP_FIELD_AREA, true, .help = "code or name of the loaded area whose people went"},
    {"to", GAP_FIELD_AREA, true, .help = "code or name of the loaded area that was their host"},
    {"on", GAP_FIELD_DATE, .help = "first day of the visit", .flags = GAP_FIELD_PAST},
    {"year", GAP_FIELD_WHOLE, false, 1900, 2200, .help = "its year, where the day is not known",
     .flags = GAP_FIELD_PAST},
    {"people", GAP_FIELD_WHOLE, false, 0, 1e6, .help = "how many went"},
    {"purpose", GAP_FIELD_TEXT, .help = "what it was for"},
    {"note", GAP_FIELD_TEXT, .help = "how the row was read from its source"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"visit.clear", "DELETE FROM visit WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "visit.insert",
    "INSERT INTO visit (source, row, guest, host, held_on, year, people, purpose, note, citation)"
    " VALUES (:source, :row, :from, :to, :on, coalesce(:year, CAST(substr(:on, 1, 4) AS INTEGER)),"
    " :people, :purpose, :note, :citation)"};

/** A visit leads somewhere else, and its day lies in its year. */
static char *judge(const GapTable *rows, const char **field) {
    const size_t row = gap_table_rows(rows) - 1;
    const char *from = gap_table_text(rows, row, (size_t)gap_table_find(rows, "from"));
    const char *to = gap_table_text(rows, row, (size_t)gap_table_find(rows, "to"));
    const char *day = gap_table_text(rows, row, (size_t)gap_table_find(rows, "on"));
    const double year = gap_table_real(rows, row, (size_t)gap_table_find(rows, "year"));
    *field = "to";
    if (g_strcmp0(from, to) == 0)
        return g_strdup("is where they come from; a visit leads to another area");
    *field = "year";
    if (day && !isnan(year) && g_ascii_strtoll(day, NULL, 10) != (gint64)year)
        return g_strdup_printf("the day, %s, lies in another year", day);
    return NULL;
}

const GapLayerKind GAP_LAYER_VISITS = {
    .name = "visits",
    .title = "exchange visits",
    .fields = FIELDS,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
};
