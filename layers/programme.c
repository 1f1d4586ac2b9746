#include "layers/layer.h"

static const char *const KINDS[] = {"pilot", "grant", "visit_host", "building", NULL};

static const GapField FIELDS[] = {
    {"kind", GAP_FIELD_CHOICE, true, .choices = KINDS, .help = "what the programme did there"},
    GAP_FIELDS_WITHIN,
    GAP_FIELD_LEVEL(GAP_AREA_LEVELS),
    {"area", GAP_FIELD_AREA, .help = "code or name of a loaded area"},
    {"name_reported", GAP_FIELD_TEXT, true, .help = "the place as the source spells it"},
    {"usd", GAP_FIELD_REAL, false, 0, 1e9, .help = "money, dollars"},
    {"people", GAP_FIELD_WHOLE, false, 0, 1e8, .help = "people it was for"},
    {"note", GAP_FIELD_TEXT, .help = "how the row was read from its source"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"programme.clear", "DELETE FROM programme WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "programme.insert",
    "INSERT INTO programme (source, row, kind, area, name_reported, usd, people, note, citation)"
    " VALUES (:source, :row, :kind, :area, :name_reported, :usd, :people, :note, :citation)"};

const GapLayerKind GAP_LAYER_PROGRAMME = {
    .name = "programme",
    .title = "programme records",
    .fields = FIELDS,
    .clear = CLEARS,
    .insert = &INSERT,
};
