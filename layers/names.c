#include "layers/layer.h"

static const GapField FIELDS[] = {
    GAP_FIELDS_WITHIN,
    GAP_FIELD_LEVEL(GAP_BEARER_LEVELS),
    {"name", GAP_FIELD_TEXT, true, .help = "another name", .alias = "from"},
    {"code", GAP_FIELD_ANY, true, .help = "code or name of the loaded area or place that bears it",
     .alias = "to"},
    {"language", GAP_FIELD_TEXT, .help = "language of the name, such as ru"},
    {"until", GAP_FIELD_UNTIL, .help = "last year or day on which it was the official name"},
    {"note", GAP_FIELD_TEXT, .help = "what else is known of the name"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"known_name.clear", "DELETE FROM known_name WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
/* The level says whose code it was found to be (fields.c). */
static const GapStatement INSERT = {
    "known_name.insert",
    "INSERT INTO known_name (source, row, name, code, bearer, language, until, note, citation)"
    " VALUES (:source, :row, :name, :code, :level, :language, :until, :note, :citation)"};

const GapLayerKind GAP_LAYER_KNOWN_NAMES = {
    .name = "names",
    .title = "names",
    .fields = FIELDS,
    .open = "code",
    .clear = CLEARS,
    .insert = &INSERT,
};
