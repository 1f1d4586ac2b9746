#include "layers/fields.h"
#include "layers/layer.h"

#include <math.h>

static const char *const STATUSES[] = {"none", "drafted", "endorsed", NULL};

static const GapField FIELDS[] = {
    GAP_FIELDS_WITHIN,
    GAP_FIELD_LEVEL(GAP_AREA_LEVELS),
    {"area", GAP_FIELD_AREA, true,
     .help = "code or name of a loaded area; the country's for what no area's row explains"},
    {"status", GAP_FIELD_CHOICE, true, .choices = STATUSES, .help = "how far the plan is"},
    {"endorsed_on", GAP_FIELD_DATE, .help = "day of endorsement", .flags = GAP_FIELD_PAST},
    {"valid_from", GAP_FIELD_DATE, .help = "first day it holds"},
    {"valid_to", GAP_FIELD_DATE, .help = "last day it holds; empty: open"},
    {"funded_usd", GAP_FIELD_REAL, false, 0, 1e9,
     .help = "local money, dollars; empty: not known, 0: none"},
    {"local_share", GAP_FIELD_REAL, false, 0, 1,
     .help = "part of the costs that the local side pays, 0 to 1"},
    {"plans", GAP_FIELD_WHOLE, false, 0, 1e6,
     .help = "rows of the country: how many plans are in no area's row"},
    {"covers_people", GAP_FIELD_WHOLE, false, 0, 1e9,
     .help = "people of the area whom the plan covers; empty: all"},
    {"topics", GAP_FIELD_TEXT, .help = "what the plan is about"},
    {"note", GAP_FIELD_TEXT, .help = "how the row was read from its source"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"plan.clear", "DELETE FROM plan WHERE source = ?1"};
static const GapStatement CLEAR_REST = {
    "plan.clear_unallocated", "DELETE FROM unallocated WHERE layer = 'plans' AND source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, &CLEAR_REST, NULL};
/* Rows of the country are not plans of a place: they go to `unallocated`. */
static const GapStatement INSERT = {
    "plan.insert",
    "INSERT INTO plan (area, row, status, endorsed_on, valid_from, valid_to, funded_usd,"
    " local_share, covers_people, topics, note, citation, source) SELECT :area, :row, :status, "
    ":endorsed_on,"
    " :valid_from, :valid_to, :funded_usd, :local_share, :covers_people, :topics, :note, "
    ":citation, :source"
    " WHERE (SELECT level FROM area WHERE code = :area) <> 'country'"};
static const GapStatement REST = {
    "plan.unallocated", "INSERT INTO unallocated (layer, area, item, year, amount, note, source)"
                        " VALUES ('plans', ?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount"};

static char *judge(const GapTable *rows, const char **field) {
    *field = "valid_from";
    return gap_fields_order(rows, "valid_from", "valid_to");
}

static bool keep_rest(GapLoad *load, size_t r, const char *item, double amount, GError **error) {
    const GapTable *rows = load->rows;
    const char *from = gap_table_text(rows, r, (size_t)gap_table_find(rows, "valid_from"));
    const char *note = gap_table_text(rows, r, (size_t)gap_table_find(rows, "note"));
    return isnan(amount) ||
           gap_store_run(load->store, &REST, error, "ssidss",
                         gap_table_text(rows, r, (size_t)gap_table_find(rows, "area")), item,
                         from ? g_ascii_strtoll(from, NULL, 10) : (gint64)0, amount, note,
                         load->source);
}

/* A row of the country that gives no number is one plan: no row vanishes. */
static bool finish(GapLoad *load, GError **error) {
    const GapTable *rows = load->rows;
    const size_t area = (size_t)gap_table_find(rows, "area");
    const size_t status = (size_t)gap_table_find(rows, "status");
    for (size_t r = 0; r < gap_table_rows(rows); r++) {
        const char *level = gap_areas_level(load->areas, gap_table_text(rows, r, area));
        if (g_strcmp0(level, "country") != 0)
            continue;
        g_autofree char *item = g_strdup_printf("plans_%s", gap_table_text(rows, r, status));
        const double plans = gap_table_real(rows, r, (size_t)gap_table_find(rows, "plans"));
        const double usd = gap_table_real(rows, r, (size_t)gap_table_find(rows, "funded_usd"));
        if (!keep_rest(load, r, item, isnan(plans) && isnan(usd) ? 1 : plans, error) ||
            !keep_rest(load, r, "funded_usd", usd, error))
            return false;
    }
    return true;
}

const GapLayerKind GAP_LAYER_PLANS = {
    .name = "plans",
    .title = "crime prevention plans",
    .fields = FIELDS,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
    .finish = finish,
};
