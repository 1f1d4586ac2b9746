#include "layers/changes.h"
#include "layers/layer.h"

static const char *const BASES[] = {"published", "reconstructed", "estimated", "press", NULL};

static const GapField FIELDS[] = {
    GAP_FIELDS_WITHIN,
    GAP_FIELD_LEVEL(GAP_AREA_LEVELS),
    {"area", GAP_FIELD_UNIT, true, .help = "code or name of a loaded area"},
    {"year", GAP_FIELD_WHOLE, true, 1900, 2200, .help = "the year that the figure is of"},
    {"people", GAP_FIELD_WHOLE, true, 0, 1e9, .help = "people of the area"},
    {"basis", GAP_FIELD_CHOICE, true, .choices = BASES, .help = "how the figure came about"},
    {"citation", GAP_FIELD_TEXT, .help = "where the figure comes from", .alias = "source"},
    {NULL},
};

static const GapStatement TAKEN = {
    "people.taken", "SELECT area || '|' || year, source FROM people WHERE source <> ?1"
                    " AND source NOT GLOB '" GAP_DERIVED "' UNION ALL SELECT area || '|' || year,"
                    " source FROM former_figure WHERE layer = 'people' AND source <> ?1"};
static const GapStatement CLEAR = {
    "people.clear", "DELETE FROM people WHERE source = ?1 OR source GLOB '" GAP_DERIVED "'"};
static const GapStatement CLEAR_FORMER = {
    "people.clear_former", "DELETE FROM former_figure WHERE layer = 'people' AND source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, &CLEAR_FORMER, NULL};
static const GapStatement INSERT = {
    "people.insert", "INSERT INTO people (area, year, people, basis, citation, source)"
                     " VALUES (:area, :year, :people, :basis, :citation, :source)"};

const GapLayerKind GAP_LAYER_PEOPLE = {
    .name = "people",
    .title = "figures of people",
    .fields = FIELDS,
    .key = "area,year",
    .taken = &TAKEN,
    .clear = CLEARS,
    .insert = &INSERT,
    .settle = gap_figures_settle,
};
