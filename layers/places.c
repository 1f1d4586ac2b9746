#include "layers/join.h"
#include "layers/layer.h"

static const GapField FIELDS[] = {
    {"code", GAP_FIELD_TEXT, true, .help = "a code that no other place has",
     .flags = GAP_FIELD_CODE},
    {"name_en", GAP_FIELD_TEXT, .help = "name in English"},
    {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"},
    {"name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"},
    {"other_names", GAP_FIELD_TEXT, .help = "other names of it, by ';' or '|'"},
    {"kind", GAP_FIELD_TEXT, .help = "feature code of the place", .alias = "feature_code"},
    {"elevation_m", GAP_FIELD_REAL, .min = -500, .max = 9000, .help = "height, metres"},
    {"people", GAP_FIELD_WHOLE, .min = 0, .max = 1e8, .help = "people who live there"},
    {"uncertainty_m", GAP_FIELD_REAL, .min = 0, .max = 1e6,
     .help = "how far the place may be off, metres"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement TAKEN = {"place.taken",
                                   "SELECT code, source FROM place WHERE source <> ?1"};
static const GapStatement CLEAR = {"place.clear", "DELETE FROM place WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "place.insert",
    "INSERT INTO place (code, name_en, name_ru, name_ky, kind, elevation_m, people,"
    " uncertainty_m, citation, source, geom) VALUES (:code, :name_en, :name_ru, :name_ky, :kind,"
    " :elevation_m, :people, :uncertainty_m, :citation, :source, GeomFromWKB(:geom, 4326))"};

static const GapStatement ADD_NAME = {
    "place_name.insert", "INSERT OR IGNORE INTO place_name (place, name) VALUES (?, ?)"};

static bool finish(GapLoad *load, GError **error) {
    const size_t code = (size_t)gap_table_find(load->rows, "code");
    const size_t names = (size_t)gap_table_find(load->rows, "other_names");
    for (size_t r = 0; r < gap_table_rows(load->rows); r++) {
        const char *text = gap_table_text(load->rows, r, names);
        g_auto(GStrv) parts = g_strsplit_set(text ? text : "", ";|", -1);
        for (char **part = parts; *part; part++)
            if (*g_strstrip(*part) && !gap_store_run(load->store, &ADD_NAME, error, "ss",
                                                     gap_table_text(load->rows, r, code), *part))
                return false;
    }
    return true;
}

const GapLayerKind GAP_LAYER_PLACES = {
    .name = "places",
    .title = "places",
    .fields = FIELDS,
    .geometry = GAP_NEEDS_POINT,
    .inside = true,
    .key = "code",
    .taken = &TAKEN,
    .clear = CLEARS,
    .insert = &INSERT,
    .bulk = "place",
    .finish = finish,
    .settle = gap_join,
};
