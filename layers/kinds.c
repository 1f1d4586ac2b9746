#include "layers/layer.h"

#include <string.h>

const GapLayerKind *const GAP_LAYER_KINDS[] = {
    &GAP_LAYER_BOUNDARIES,    &GAP_LAYER_PLACES,    &GAP_LAYER_KNOWN_NAMES,
    &GAP_LAYER_POLICE_POINTS, &GAP_LAYER_PEOPLE,    &GAP_LAYER_CRIME,
    &GAP_LAYER_STATEMENTS,    &GAP_LAYER_CLAIMS,    &GAP_LAYER_PLANS,
    &GAP_LAYER_PROGRAMME,     &GAP_LAYER_VISITS,    &GAP_LAYER_CHANGES,
    &GAP_LAYER_LAKES,         &GAP_LAYER_RIVERS,    &GAP_LAYER_NEIGHBOURS,
    &GAP_LAYER_ROADS,         &GAP_LAYER_LANDCOVER, &GAP_LAYER_BARRIERS,
    &GAP_LAYER_CROSSINGS,     &GAP_LAYER_BORDERS,   NULL,
};

const char *const GAP_AREA_LEVELS[] = {"country", "province", "district", "municipality", NULL};
const char *const GAP_BEARER_LEVELS[] = {"country",      "province", "district",
                                         "municipality", "place",    NULL};

const GapLayerKind *gap_layer_kind(const char *name) {
    for (const GapLayerKind *const *kind = GAP_LAYER_KINDS; *kind; kind++)
        if (g_str_equal((*kind)->name, name))
            return *kind;
    return NULL;
}

bool gap_field_is_named(const GapField *field) {
    return field->kind >= GAP_FIELD_AREAS && field->kind <= GAP_FIELD_ANY;
}

bool gap_layer_has_field(const GapLayerKind *kind, const char *name) {
    for (const GapField *field = kind->fields; field->name; field++)
        if (g_str_equal(field->name, name))
            return true;
    return false;
}
