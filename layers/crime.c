#include "layers/changes.h"
#include "layers/fields.h"
#include "layers/layer.h"

static const char *const BASES[] = {"published", "reconstructed", "estimated", "press", NULL};
static const char *const MEASURES[] = {"share", "count", NULL};

/* What a figure of crime has, whether it counts or stands beside one that does. */
#define CRIME_FIELDS(unit)                                                                         \
    GAP_FIELDS_WITHIN, GAP_FIELD_LEVEL(GAP_AREA_LEVELS),                                           \
        {"area", unit, true, .help = "code or name of a loaded area"},                             \
        {"year",                                                                                   \
         GAP_FIELD_WHOLE,                                                                          \
         true,                                                                                     \
         1900,                                                                                     \
         2200,                                                                                     \
         .help = "the year that the figure is of",                                                 \
         .flags = GAP_FIELD_PAST},                                                                 \
        {"offence", GAP_FIELD_TEXT, true, .help = "what was counted, e.g. all_registered"},        \
        {"count", GAP_FIELD_WHOLE, true, 0, 1e9, .help = "crimes registered"},                     \
        {"basis", GAP_FIELD_CHOICE, true, .choices = BASES, .help = "how the figure came about"},  \
    {                                                                                              \
        "citation", GAP_FIELD_TEXT, .help = "where the figure comes from", .alias = "source"       \
    }

static const GapField FIELDS[] = {
    CRIME_FIELDS(GAP_FIELD_UNIT),
    {"count_low", GAP_FIELD_WHOLE, false, 0, 1e9, .help = "lower end where not certain"},
    {"count_high", GAP_FIELD_WHOLE, false, 0, 1e9, .help = "upper end where not certain"},
    {NULL},
};

static const GapStatement TAKEN = {
    "crime.taken",
    "SELECT area || '|' || year || '|' || offence, source FROM crime WHERE source <> ?1"
    " AND source NOT GLOB '" GAP_DERIVED "' UNION ALL SELECT area || '|' || year || '|' || item,"
    " source FROM former_figure WHERE layer = 'crime' AND source <> ?1"};
static const GapStatement CLEAR = {
    "crime.clear", "DELETE FROM crime WHERE source = ?1 OR source GLOB '" GAP_DERIVED "'"};
static const GapStatement CLEAR_FORMER = {
    "crime.clear_former", "DELETE FROM former_figure WHERE layer = 'crime' AND source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, &CLEAR_FORMER, NULL};
static const GapStatement INSERT = {
    "crime.insert",
    "INSERT INTO crime (area, year, offence, count, count_low, count_high, basis, citation, source)"
    " VALUES (:area, :year, :offence, :count, :count_low, :count_high, :basis, :citation,"
    " :source)"};
static const GapStatement CLEAR_REST = {"crime.clear_unallocated",
                                        "DELETE FROM unallocated WHERE layer = 'crime'"};
/* Where every part has a figure and they do not add up to the whole's, the rest is kept. */
static const GapStatement REST = {
    "crime.unallocated",
    "INSERT INTO unallocated (layer, area, item, year, amount, note, source)"
    " SELECT 'crime', w.whole, w.offence, w.year, w.count - sum(c.count),"
    " 'in the figure of the whole, in none of its parts', w.source"
    " FROM crime_part w LEFT JOIN crime c ON c.area = w.part AND c.year = w.year"
    " AND c.offence = w.offence GROUP BY w.whole, w.offence, w.year"
    " HAVING count(*) = count(c.area) AND w.count <> sum(c.count)"};

bool gap_crime_settle(GapStore *store, GError **error) {
    return gap_store_run(store, &CLEAR_REST, error, "") && gap_store_run(store, &REST, error, "");
}

static char *judge(const GapTable *rows, const char **field) {
    *field = "count_low";
    char *reason = gap_fields_order(rows, "count_low", "count");
    if (reason)
        return reason;
    *field = "count";
    return gap_fields_order(rows, "count", "count_high");
}

const GapLayerKind GAP_LAYER_CRIME = {
    .name = "crime",
    .title = "figures of crime",
    .fields = FIELDS,
    .key = "area,year,offence",
    .taken = &TAKEN,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
    .settle = gap_figures_settle,
};

static const GapField STATEMENT_FIELDS[] = {
    CRIME_FIELDS(GAP_FIELD_AREA),
    {"note", GAP_FIELD_TEXT, .help = "why it does not count"},
    {NULL},
};
static const GapStatement CLEAR_STATEMENTS = {"crime_statement.clear",
                                              "DELETE FROM crime_statement WHERE source = ?1"};
static const GapStatement *const STATEMENT_CLEARS[] = {&CLEAR_STATEMENTS, NULL};
static const GapStatement INSERT_STATEMENT = {
    "crime_statement.insert",
    "INSERT INTO crime_statement (row, area, year, offence, count, basis, note, citation, source)"
    " VALUES (:row, :area, :year, :offence, :count, :basis, :note, :citation, :source)"};

const GapLayerKind GAP_LAYER_STATEMENTS = {
    .name = "statements",
    .title = "statements of crime",
    .fields = STATEMENT_FIELDS,
    .clear = STATEMENT_CLEARS,
    .insert = &INSERT_STATEMENT,
};

static const GapField CLAIM_FIELDS[] = {
    {"claim", GAP_FIELD_TEXT, true, .help = "what is said, in our words"},
    {"areas", GAP_FIELD_AREAS, true, .help = "codes of the areas it is said of, by ';'"},
    {"measure", GAP_FIELD_CHOICE, true, .choices = MEASURES,
     .help = "share of the country's count, or the count itself"},
    {"offence", GAP_FIELD_TEXT, true, .help = "what was counted, e.g. all_registered"},
    {"year", GAP_FIELD_WHOLE, false, 1900, 2200, .help = "empty: every year that has figures"},
    {"low", GAP_FIELD_REAL, false, 0, 1e9, .help = "at least"},
    {"high", GAP_FIELD_REAL, false, 0, 1e9, .help = "at most"},
    {"citation", GAP_FIELD_TEXT, .help = "who says so", .alias = "source"},
    {NULL},
};
static const GapStatement CLEAR_CLAIMS = {"claim.clear", "DELETE FROM claim WHERE source = ?1"};
static const GapStatement *const CLAIM_CLEARS[] = {&CLEAR_CLAIMS, NULL};
static const GapStatement INSERT_CLAIM = {
    "claim.insert",
    "INSERT INTO claim (row, claim, areas, measure, offence, year, low, high, citation, source)"
    " VALUES (:row, :claim, :areas, :measure, :offence, :year, :low, :high, :citation, :source)"};

static char *judge_claim(const GapTable *rows, const char **field) {
    const size_t row = gap_table_rows(rows) - 1;
    *field = "low";
    if (gap_table_is_null(rows, row, (size_t)gap_table_find(rows, "low")) &&
        gap_table_is_null(rows, row, (size_t)gap_table_find(rows, "high")))
        return g_strdup("empty, and so is high; one of them is required");
    return gap_fields_order(rows, "low", "high");
}

const GapLayerKind GAP_LAYER_CLAIMS = {
    .name = "claims",
    .title = "claims about crime",
    .fields = CLAIM_FIELDS,
    .judge = judge_claim,
    .clear = CLAIM_CLEARS,
    .insert = &INSERT_CLAIM,
};
