#include "layers/layer.h"

#define NAMES                                                                                      \
    {"name_en", GAP_FIELD_TEXT, .help = "name in English"},                                        \
        {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"}, {                                  \
        "name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"                                        \
    }
static const GapField FIELDS[] = {NAMES, {NULL}};
static const GapField NEIGHBOUR_FIELDS[] = {
    {"code", GAP_FIELD_TEXT, .help = "code of the country, such as KZ", .flags = GAP_FIELD_CODE},
    NAMES,
    {NULL},
};

static const GapStatement CLEAR = {"scenery.clear", "DELETE FROM scenery WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};

#define INSERT_SCENERY(kind)                                                                       \
    {                                                                                              \
        "scenery.insert_" kind,                                                                    \
            "INSERT INTO scenery (kind, row, name_en, name_ru, name_ky,"                           \
            " source, geom) VALUES ('" kind "', :row, :name_en, :name_ru, :name_ky, :source,"      \
            " GeomFromWKB(:geom, 4326))"                                                           \
    }
static const GapStatement INSERT_LAKE = INSERT_SCENERY("lake");
static const GapStatement INSERT_RIVER = INSERT_SCENERY("river");
static const GapStatement INSERT_NEIGHBOUR = {
    "scenery.insert_neighbour",
    "INSERT INTO scenery (kind, row, code, name_en, name_ru, name_ky, source, geom) VALUES"
    " ('neighbour', :row, :code, :name_en, :name_ru, :name_ky, :source, GeomFromWKB(:geom, 4326))"};

const GapLayerKind GAP_LAYER_LAKES = {.name = "lakes",
                                      .title = "lakes",
                                      .fields = FIELDS,
                                      .geometry = GAP_NEEDS_POLYGON,
                                      .clear = CLEARS,
                                      .insert = &INSERT_LAKE};
const GapLayerKind GAP_LAYER_RIVERS = {.name = "rivers",
                                       .title = "rivers",
                                       .fields = FIELDS,
                                       .geometry = GAP_NEEDS_ANY,
                                       .clear = CLEARS,
                                       .insert = &INSERT_RIVER};
const GapLayerKind GAP_LAYER_NEIGHBOURS = {.name = "neighbours",
                                           .title = "neighbours",
                                           .fields = NEIGHBOUR_FIELDS,
                                           .geometry = GAP_NEEDS_POLYGON,
                                           .clear = CLEARS,
                                           .insert = &INSERT_NEIGHBOUR};
