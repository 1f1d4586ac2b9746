#include "layers/layer.h"

static const GapField FIELDS[] = {
    {"class", GAP_FIELD_TEXT, true, .alias = "highway",
     .help = "class of the road, as the speed table has it: primary, track, ..."},
    {"name_en", GAP_FIELD_TEXT, .help = "name in English"},
    {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"},
    {"name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"},
    {"bridge", GAP_FIELD_TEXT, .help = "yes where the road runs over a bridge"},
    {"surface", GAP_FIELD_TEXT, .help = "surface: asphalt, gravel, ground, ..."},
    {"seasonal", GAP_FIELD_TEXT, .help = "yes where the road is closed in winter"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"road.clear", "DELETE FROM road WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "road.insert",
    "INSERT INTO road (row, class, name_en, name_ru, name_ky, bridge, surface, seasonal, citation,"
    " source, geom) VALUES (:row, :class, :name_en, :name_ru, :name_ky, :bridge, :surface,"
    " :seasonal, :citation, :source, GeomFromWKB(:geom, 4326))"};

const GapLayerKind GAP_LAYER_ROADS = {.name = "roads",
                                      .title = "roads",
                                      .fields = FIELDS,
                                      .geometry = GAP_NEEDS_LINE,
                                      .clear = CLEARS,
                                      .insert = &INSERT,
                                      .bulk = "road"};
