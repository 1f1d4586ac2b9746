#include "layers/layer.h"

static const char *const KINDS[] = {"river", "lake", "cliff", "closed_area", "bridge", NULL};

static const GapField FIELDS[] = {
    {"kind", GAP_FIELD_CHOICE, true, .choices = KINDS,
     .help = "what bars the way: river, lake, cliff, closed_area (to roads too); bridge: where "
             "roads get over it"},
    {"name_en", GAP_FIELD_TEXT, .help = "name in English"},
    {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"},
    {"name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"barrier.clear", "DELETE FROM barrier WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "barrier.insert", "INSERT INTO barrier (row, kind, name_en, name_ru, name_ky, citation, source,"
                      " geom) VALUES (:row, :kind, :name_en, :name_ru, :name_ky, :citation,"
                      " :source, GeomFromWKB(:geom, 4326))"};

const GapLayerKind GAP_LAYER_BARRIERS = {.name = "barriers",
                                         .title = "barriers",
                                         .fields = FIELDS,
                                         .geometry = GAP_NEEDS_ANY,
                                         .clear = CLEARS,
                                         .insert = &INSERT};
