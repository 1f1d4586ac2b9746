#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "layers/cells.h"
#include "layers/changes.h"
#include "layers/fields.h"
#include "layers/join.h"
#include "layers/layer.h"

static const char *const QUALITIES[] = {"official", "generalised", "approximate", NULL};

#define IDENTITY                                                                                   \
    {"code", GAP_FIELD_TEXT, true, .help = "a code that no other area has",                        \
     .flags = GAP_FIELD_CODE | GAP_FIELD_AREA_CODE},                                               \
        {"level", GAP_FIELD_CHOICE, true, .choices = GAP_AREA_LEVELS + 1,                          \
         .help = "the area's level"},                                                              \
        {"parent", GAP_FIELD_TEXT, true, .help = "code of the area that it is part of",            \
         .flags = GAP_FIELD_CODE | GAP_FIELD_UNIT_CODE | GAP_FIELD_AREA_CODE},                     \
        {"official_code", GAP_FIELD_TEXT, .help = "code of the state classifier",                  \
         .flags = GAP_FIELD_CODE},                                                                 \
        {"name_en", GAP_FIELD_TEXT, .help = "name in English"},                                    \
        {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"}, {                                  \
        "name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"                                        \
    }
#define EXTENT                                                                                     \
    {"seat_lon", GAP_FIELD_REAL, .min = -180, .max = 180,                                          \
     .help = "longitude of the seat, degrees"},                                                    \
        {"seat_lat", GAP_FIELD_REAL, .min = -90, .max = 90,                                        \
         .help = "latitude of the seat, degrees"},                                                 \
        {"valid_from", GAP_FIELD_DATE, .help = "first day of the area"}, {                         \
        "valid_to", GAP_FIELD_DATE, .help = "last day of the area"                                 \
    }

static const GapField FIELDS[] = {
    IDENTITY,
    {"boundary_quality", GAP_FIELD_CHOICE, true, .choices = QUALITIES,
     .help = "official: as the state draws it; generalised: simplified; approximate: made up"},
    EXTENT,
    {NULL},
};
/* A cell is approximate whatever its file says. */
static const GapField CELL_FIELDS[] = {IDENTITY, EXTENT, {NULL}};

static const GapStatement TAKEN = {
    "area.taken", "SELECT code, source FROM area WHERE source <> ?1 OR level = 'country'"};
static const GapStatement CLEAR_NAMES = {"area_name.clear",
                                         "DELETE FROM area_name WHERE source = ?1"};
static const GapStatement CLEAR = {"area.clear",
                                   "DELETE FROM area WHERE source = ?1 AND level <> 'country'"};
static const GapStatement CLEAR_FILL = {"area_fill.clear",
                                        "DELETE FROM area_fill WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR_NAMES, &CLEAR, &CLEAR_FILL, NULL};
static const GapStatement INSERT = {
    "area.insert",
    "INSERT INTO area (code, level, parent, official_code, name_en, name_ru, name_ky,"
    " boundary_quality, seat_lon, seat_lat, valid_from, valid_to, source, geom)"
    " VALUES (:code, :level, :parent, :official_code, :name_en, :name_ru, :name_ky,"
    " :boundary_quality, :seat_lon, :seat_lat, :valid_from, :valid_to, :source,"
    " CastToMulti(GeomFromWKB(:geom, 4326)))"};
/* A speck around the point, until the cells are made. */
static const GapStatement INSERT_CELL = {
    "area.insert_cell",
    "INSERT INTO area (code, level, parent, official_code, name_en, name_ru, name_ky,"
    " boundary_quality, seat_lon, seat_lat, valid_from, valid_to, source, geom)"
    " SELECT :code, :level, :parent, :official_code, :name_en, :name_ru, :name_ky, 'approximate',"
    " coalesce(:seat_lon, X(p)), coalesce(:seat_lat, Y(p)), :valid_from, :valid_to, :source,"
    " CastToMulti(BuildCircleMbr(X(p), Y(p), 1e-6, 4326))"
    " FROM (SELECT GeomFromWKB(:geom, 4326) AS p)"};
static const GapStatement PUT_CELL = {
    "area_made.insert_cell", "INSERT INTO area_made (area, how, lon, lat)"
                             " VALUES (?1, 'cell', X(GeomFromWKB(?2)), Y(GeomFromWKB(?2)))"};
static const GapStatement PUT_FILL = {"area_fill.insert",
                                      "INSERT OR IGNORE INTO area_fill (source) VALUES (?)"};
static const GapStatement SET_AREA = {"area.set_area",
                                      "UPDATE area SET area_km2 = ? WHERE code = ?"};
static const GapStatement ADD_NAME = {
    "area_name.insert", "INSERT OR IGNORE INTO area_name (area, name, language, source)"
                        " VALUES (?, ?, ?, ?)"};
static const GapStatement ORPHAN = {
    "area.orphan", "SELECT code || '|' || parent FROM area WHERE parent IS NOT NULL"
                   " AND parent NOT IN (SELECT code FROM area) ORDER BY code LIMIT 1"};
/* The country is the union of its provinces; its code is what they call their parent. */
static const GapStatement COUNTRIES = {
    "area.countries", "SELECT parent, min(source), min(boundary_quality = 'official')"
                      " FROM area WHERE level = 'province' GROUP BY parent ORDER BY parent"};
static const GapStatement PARTS = {
    "area.parts", "SELECT code, AsBinary(geom) AS geom FROM area WHERE level = 'province'"
                  " AND parent = ? ORDER BY code"};
static const GapStatement PUT_COUNTRY = {
    "area.put_country",
    "INSERT INTO area (code, level, boundary_quality, source, geom) VALUES (?, 'country', ?, ?,"
    " CastToMulti(GeomFromWKB(?, 4326))) ON CONFLICT (code) DO UPDATE SET"
    " boundary_quality = excluded.boundary_quality, source = excluded.source, geom = excluded.geom"
    " WHERE level = 'country'"};
static const GapStatement NAME_COUNTRY = {
    "area.name_country",
    "UPDATE area SET"
    " name_ky = (SELECT name FROM area_name WHERE area = code AND language = 'ky' ORDER BY name),"
    " name_ru = (SELECT name FROM area_name WHERE area = code AND language = 'ru' ORDER BY name),"
    " name_en = (SELECT name FROM area_name WHERE area = code AND language = 'en' ORDER BY name)"
    " WHERE level = 'country'"};
static const GapStatement DROP_COUNTRY[] = {
    {"area_name.drop_country", "DELETE FROM area_name WHERE area IN (SELECT code FROM area WHERE"
                               " level = 'country' AND code NOT IN"
                               " (SELECT parent FROM area WHERE level = 'province'))"},
    {"area.drop_country", "DELETE FROM area WHERE level = 'country' AND code NOT IN"
                          " (SELECT parent FROM area WHERE level = 'province')"}};
/* Results of areas that are gone are results no longer, nor is the demand that they rest on. */
static const GapStatement STALE = {
    "area.stale", "SELECT EXISTS (SELECT 1 FROM (SELECT area FROM demand UNION SELECT province FROM"
                  " demand_total UNION SELECT area FROM coverage) WHERE area NOT IN"
                  " (SELECT code FROM area))"};
static const GapStatement DROP_RESULTS[] = {{"area.drop_runs", "DELETE FROM run"},
                                            {"area.drop_demand", "DELETE FROM demand"},
                                            {"area.drop_totals", "DELETE FROM demand_total"},
                                            {"area.drop_model", "DELETE FROM demand_model"}};
static const GapStatement PROVINCES_OF = {
    "area.provinces_of", "SELECT count(*) FROM area WHERE level = 'province' AND parent = ?"};

static bool add_name(GapLoad *load, const char *code, const char *name, const char *language,
                     GError **error) {
    if (!name || !*name)
        return true;
    return gap_store_run(load->store, &ADD_NAME, error, "ssss", code, name, language, load->source);
}

/* A cell has no ground yet. */
static bool set_area(GapStore *store, const char *code, GBytes *wkb, GError **error) {
    g_autoptr(GapGeometry) outline = gap_geometry_from_wkb(wkb, error);
    return outline && (outline->kind != GAP_SHAPE_POLYGON ||
                       gap_store_run(store, &SET_AREA, error, "ds",
                                     gap_geodesic_area_m2(outline) / 1e6, code));
}

static const char *cell(const GapLoad *load, size_t row, const char *column) {
    return gap_table_text(load->rows, row, (size_t)gap_table_find(load->rows, column));
}

/* "CODE; name ky; name ru; name en", as the option says it. */
static bool name_country(GapLoad *load, GError **error) {
    static const char *const languages[] = {"ky", "ru", "en"};
    g_auto(GStrv) parts = g_strsplit(load->country, ";", 4);
    for (char **part = parts; *part; part++)
        g_strstrip(*part);
    if (!*parts || gap_store_number(load->store, &PROVINCES_OF, 0, error, "s", parts[0]) == 0)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "--country: no province loaded has the parent '%s'; write CODE;KY;RU;EN",
                        *parts ? parts[0] : "");
    for (int i = 0; i < 3 && parts[i + 1]; i++)
        if (!add_name(load, parts[0], parts[i + 1], languages[i], error))
            return false;
    return true;
}

/* A name in other letters is taken as it is: better than none, and not what a map in the language
 * should show. */
static void check_letters(GapLoad *load, size_t row, const char *column) {
    const char *name = cell(load, row, column);
    bool cyrillic = !name;
    for (const char *c = name; c && *c && !cyrillic; c = g_utf8_next_char(c))
        cyrillic = g_unichar_get_script(g_utf8_get_char(c)) == G_UNICODE_SCRIPT_CYRILLIC;
    if (!cyrillic)
        gap_load_note(load,
                      "%s: %s '%s' holds no Cyrillic letter; --crosswalk can say the right one",
                      cell(load, row, "code"), column, name);
}

static bool finish(GapLoad *load, GError **error) {
    for (size_t r = 0; r < gap_table_rows(load->rows); r++) {
        const char *code = cell(load, r, "code");
        check_letters(load, r, "name_ky");
        check_letters(load, r, "name_ru");
        if (!set_area(load->store, code, gap_table_geometry(load->rows, r), error) ||
            !add_name(load, code, cell(load, r, "name_en"), "en", error) ||
            !add_name(load, code, cell(load, r, "name_ru"), "ru", error) ||
            !add_name(load, code, cell(load, r, "name_ky"), "ky", error))
            return false;
    }
    if (load->fill && !gap_store_run(load->store, &PUT_FILL, error, "s", load->source))
        return false;
    return !load->country || name_country(load, error);
}

static bool finish_cells(GapLoad *load, GError **error) {
    for (size_t r = 0; r < gap_table_rows(load->rows); r++)
        if (!gap_store_run(load->store, &PUT_CELL, error, "sg", cell(load, r, "code"),
                           gap_table_geometry(load->rows, r)))
            return false;
    return finish(load, error);
}

static bool put_country(GapStore *store, const char *code, const char *source, bool official,
                        GError **error) {
    g_autoptr(GapTable) provinces = gap_store_select(store, &PARTS, error, "s", code);
    if (!provinces)
        return false;
    const size_t n = gap_table_rows(provinces);
    g_autofree GBytes **parts = g_new0(GBytes *, n);
    for (size_t r = 0; r < n; r++)
        parts[r] = gap_table_geometry(provinces, r);
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GBytes) whole = gap_overlay_union(overlay, parts, n, error);
    return whole &&
           gap_store_run(store, &PUT_COUNTRY, error, "sssg", code,
                         official ? "official" : "generalised", source, whole) &&
           set_area(store, code, whole, error);
}

static bool settle_countries(GapStore *store, GError **error) {
    g_autoptr(GapTable) countries = gap_store_select(store, &COUNTRIES, error, "");
    for (size_t i = 0; countries && i < gap_table_rows(countries); i++)
        if (!put_country(store, gap_table_text(countries, i, 0), gap_table_text(countries, i, 1),
                         gap_table_int(countries, i, 2) == 1, error))
            return false;
    return countries && gap_store_run(store, &DROP_COUNTRY[0], error, "") &&
           gap_store_run(store, &DROP_COUNTRY[1], error, "") &&
           gap_store_run(store, &NAME_COUNTRY, error, "");
}

static bool drop_stale(GapStore *store, GError **error) {
    if (gap_store_number(store, &STALE, 0, error, "") == 0)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(DROP_RESULTS); i++)
        if (!gap_store_run(store, &DROP_RESULTS[i], error, ""))
            return false;
    return true;
}

static bool settle(GapStore *store, GError **error) {
    if (!gap_cells_settle(store, error) || !settle_countries(store, error))
        return false;
    g_autofree char *orphan = gap_store_text(store, &ORPHAN, error, "");
    if (!orphan)
        return drop_stale(store, error) && gap_figures_settle(store, error) &&
               gap_join(store, error);
    g_auto(GStrv) parts = g_strsplit(orphan, "|", 2);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "area %s: its parent %s is not there; load from the level above down, unload "
                    "from below up; nothing was changed",
                    parts[0], parts[1]);
}

static char *judge(const GapTable *rows, const char **field) {
    const size_t row = gap_table_rows(rows) - 1;
    *field = "parent";
    if (g_str_equal(gap_table_text(rows, row, (size_t)gap_table_find(rows, "code")),
                    gap_table_text(rows, row, (size_t)gap_table_find(rows, "parent"))))
        return g_strdup("an area is no part of itself; give the code of the area above");
    *field = "valid_from";
    return gap_fields_order(rows, "valid_from", "valid_to");
}

const GapLayerKind GAP_LAYER_BOUNDARIES = {
    .name = "boundaries",
    .title = "boundaries",
    .fields = FIELDS,
    .geometry = GAP_NEEDS_POLYGON,
    .key = "code",
    .taken = &TAKEN,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
    .finish = finish,
    .settle = settle,
    .tell = gap_cells_tell,
};

const GapLayerKind GAP_LAYER_CELLS = {
    .name = "boundaries",
    .title = "cells",
    .fields = CELL_FIELDS,
    .geometry = GAP_NEEDS_POINT,
    .key = "code",
    .taken = &TAKEN,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT_CELL,
    .finish = finish_cells,
    .settle = settle,
    .tell = gap_cells_tell,
};
