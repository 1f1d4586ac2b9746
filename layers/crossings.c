#include "layers/layer.h"

static const char *const STATUSES[] = {"open", "closed", NULL};
static const char *const MODES[] = {"any", "walk", "bicycle", "vehicle", NULL};

static const GapField FIELDS[] = {
    {"name_en", GAP_FIELD_TEXT, .help = "name in English", .alias = "name"},
    {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"},
    {"name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"},
    {"status", GAP_FIELD_CHOICE, true, .choices = STATUSES,
     .help = "open or closed to those who travel for this work"},
    {"mode", GAP_FIELD_CHOICE, true, .choices = MODES,
     .help = "how one may cross: any, walk, bicycle or vehicle"},
    {"hours", GAP_FIELD_TEXT, .help = "hours in which it is open, as its source has them"},
    {"from_month", GAP_FIELD_WHOLE, .min = 1, .max = 12, .help = "first month in which it is open"},
    {"to_month", GAP_FIELD_WHOLE, .min = 1, .max = 12,
     .help = "last month in which it is open; before the first: over the new year"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"crossing.clear", "DELETE FROM crossing WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "crossing.insert",
    "INSERT INTO crossing (row, name_en, name_ru, name_ky, status, mode, hours, from_month,"
    " to_month, citation, source, geom) VALUES (:row, :name_en, :name_ru, :name_ky, :status, :mode,"
    " :hours, :from_month, :to_month, :citation, :source, GeomFromWKB(:geom, 4326))"};

static char *judge(const GapTable *rows, const char **field) {
    const size_t row = gap_table_rows(rows) - 1;
    const bool from = gap_table_is_null(rows, row, (size_t)gap_table_find(rows, "from_month"));
    const bool to = gap_table_is_null(rows, row, (size_t)gap_table_find(rows, "to_month"));
    *field = from ? "from_month" : "to_month";
    return from == to ? NULL
                      : g_strdup("a season has a first and a last month; give both, or neither "
                                 "where it is open all year");
}

const GapLayerKind GAP_LAYER_CROSSINGS = {.name = "crossings",
                                          .title = "border crossings",
                                          .fields = FIELDS,
                                          .geometry = GAP_NEEDS_POINT,
                                          .judge = judge,
                                          .clear = CLEARS,
                                          .insert = &INSERT};
