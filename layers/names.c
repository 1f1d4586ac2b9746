#include "layers/layer.h"

#include "geo/text/date.h"
#include "geo/text/number.h"

static const GapField FIELDS[] = {
    GAP_FIELDS_WITHIN,
    GAP_FIELD_LEVEL(GAP_BEARER_LEVELS),
    {"name", GAP_FIELD_TEXT, true, .help = "another name", .alias = "from"},
    {"code", GAP_FIELD_ANY, true, .help = "code or name of the loaded area or place that bears it",
     .alias = "to"},
    {"language", GAP_FIELD_TEXT, .help = "language of the name, such as ru"},
    {"until", GAP_FIELD_TEXT, .help = "last year or day on which it was the official name"},
    {"note", GAP_FIELD_TEXT, .help = "what else is known of the name"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"known_name.clear", "DELETE FROM known_name WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
/* An area goes before a place of the same code, as when it is looked for, unless the row says. */
static const GapStatement INSERT = {
    "known_name.insert",
    "INSERT INTO known_name (source, row, name, code, bearer, language, until, note, citation)"
    " VALUES (:source, :row, :name, :code, CASE WHEN :level = 'place' OR NOT EXISTS"
    "  (SELECT 1 FROM area WHERE code = :code) THEN 'place' ELSE 'area' END,"
    " :language, :until, :note, :citation)"};

/* A year, or a day of the calendar. */
static char *judge(const GapTable *rows, const char **field) {
    *field = "until";
    const size_t row = gap_table_rows(rows) - 1;
    const char *until = gap_table_text(rows, row, (size_t)gap_table_find(rows, "until"));
    const GapNumberLimits years = {1000, 2200, true};
    g_autofree char *why_no_year = NULL;
    double year;
    GDate date;
    char *reason = NULL;
    if (!until || gap_number_read(until, GAP_DECIMAL_POINT, &years, &year, &why_no_year) ||
        gap_date_read(until, GAP_DAY_OPEN, &date, &reason))
        return NULL;
    g_free(reason);
    return g_strdup("neither a year nor a day, YYYY-MM-DD");
}

const GapLayerKind GAP_LAYER_KNOWN_NAMES = {
    .name = "names",
    .title = "names",
    .fields = FIELDS,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
};
