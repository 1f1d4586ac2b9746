#include "layers/layer.h"

static const GapField FIELDS[] = {
    {"class", GAP_FIELD_TEXT, true,
     .help = "class of the ground, as the speed table has it: forest, cropland, ..."},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};
static const GapStatement CLEAR = {"landcover.clear", "DELETE FROM landcover WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "landcover.insert", "INSERT INTO landcover (row, class, citation, source, geom) VALUES (:row,"
                        " :class, :citation, :source, GeomFromWKB(:geom, 4326))"};

const GapLayerKind GAP_LAYER_LANDCOVER = {.name = "landcover",
                                          .title = "land cover",
                                          .fields = FIELDS,
                                          .geometry = GAP_NEEDS_POLYGON,
                                          .clear = CLEARS,
                                          .insert = &INSERT,
                                          .bulk = "landcover"};
