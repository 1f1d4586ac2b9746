#include "layers/layer.h"

static const GapField FIELDS[] = {
    {"name_en", GAP_FIELD_TEXT, .help = "name in English"},
    {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"},
    {"name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"},
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
static const GapStatement INSERT_NEIGHBOUR = INSERT_SCENERY("neighbour");

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
                                           .fields = FIELDS,
                                           .geometry = GAP_NEEDS_POLYGON,
                                           .clear = CLEARS,
                                           .insert = &INSERT_NEIGHBOUR};
