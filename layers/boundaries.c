#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "geo/text/text.h"
#include "layers/join.h"
#include "layers/layer.h"

static const char *const LEVELS[] = {"province", "district", "municipality", NULL};
static const char *const QUALITIES[] = {"official", "generalised", "approximate", NULL};

static const GapField FIELDS[] = {
    {"code", GAP_FIELD_TEXT, true, .help = "a code that no other area has"},
    {"level", GAP_FIELD_CHOICE, true, .choices = LEVELS, .help = "the area's level"},
    {"parent", GAP_FIELD_TEXT, true, .help = "code of the area that it is part of"},
    {"official_code", GAP_FIELD_TEXT, .help = "code of the state classifier"},
    {"name_en", GAP_FIELD_TEXT, .help = "name in English"},
    {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"},
    {"name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"},
    {"boundary_quality", GAP_FIELD_CHOICE, true, .choices = QUALITIES,
     .help = "official: as the state draws it; generalised: simplified; approximate: made up"},
    {"seat_lon", GAP_FIELD_REAL, .min = -180, .max = 180, .help = "longitude of the seat, degrees"},
    {"seat_lat", GAP_FIELD_REAL, .min = -90, .max = 90, .help = "latitude of the seat, degrees"},
    {"valid_from", GAP_FIELD_DATE, .help = "first day of the area"},
    {"valid_to", GAP_FIELD_DATE, .help = "last day of the area"},
    {NULL},
};

static const GapStatement TAKEN = {
    "area.taken", "SELECT code, source FROM area WHERE source <> ?1 AND level <> 'country'"};
static const GapStatement CLEAR_NAMES = {"area_name.clear",
                                         "DELETE FROM area_name WHERE area IN"
                                         " (SELECT code FROM area WHERE source = ?1)"};
static const GapStatement CLEAR = {"area.clear", "DELETE FROM area WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR_NAMES, &CLEAR, NULL};
static const GapStatement INSERT = {
    "area.insert",
    "INSERT INTO area (code, level, parent, official_code, name_en, name_ru, name_ky,"
    " boundary_quality, seat_lon, seat_lat, valid_from, valid_to, source, geom)"
    " VALUES (:code, :level, :parent, :official_code, :name_en, :name_ru, :name_ky,"
    " :boundary_quality, :seat_lon, :seat_lat, :valid_from, :valid_to, :source,"
    " CastToMulti(GeomFromWKB(:geom, 4326)))"};
static const GapStatement SET_AREA = {"area.set_area",
                                      "UPDATE area SET area_km2 = ? WHERE code = ?"};
static const GapStatement ADD_NAME = {
    "area_name.insert", "INSERT OR IGNORE INTO area_name (area, name, language, folded, source)"
                        " VALUES (?, ?, ?, ?, ?)"};
static const GapStatement ORPHAN = {
    "area.orphan", "SELECT code || '|' || parent FROM area WHERE parent IS NOT NULL"
                   " AND parent NOT IN (SELECT code FROM area) ORDER BY code LIMIT 1"};
static const GapStatement HAS = {"area.has", "SELECT count(*) FROM area WHERE code = ?"};
static const GapStatement ADD_COUNTRY = {
    "area.insert_country",
    "INSERT INTO area (code, level, name_ky, name_ru, name_en, boundary_quality, source, geom)"
    " VALUES (?, 'country', ?, ?, ?, ?, ?, CastToMulti(GeomFromWKB(?, 4326)))"};

static bool add_name(GapLoad *load, const char *code, const char *name, const char *language,
                     GError **error) {
    if (!name || !*name)
        return true;
    g_autofree char *folded = gap_text_fold(name);
    return gap_store_run(load->store, &ADD_NAME, error, "sssss", code, name, language, folded,
                         load->source);
}

static bool add_area(GapLoad *load, const char *code, GBytes *wkb, GError **error) {
    g_autoptr(GapGeometry) outline = gap_geometry_from_wkb(wkb, error);
    return outline && gap_store_run(load->store, &SET_AREA, error, "ds",
                                    gap_geodesic_area_m2(outline) / 1e6, code);
}

static const char *cell(const GapLoad *load, size_t row, const char *column) {
    return gap_table_text(load->rows, row, (size_t)gap_table_find(load->rows, column));
}

/* The country is the union of its provinces; its code is what they call their parent. */
static bool add_country(GapLoad *load, GError **error) {
    const char *code = cell(load, 0, "parent");
    if (gap_store_number(load->store, &HAS, 0, error, "s", code) > 0)
        return true;
    const size_t n = gap_table_rows(load->rows);
    g_autofree GBytes **parts = g_new0(GBytes *, n);
    bool official = true;
    for (size_t r = 0; r < n; r++) {
        if (!g_str_equal(cell(load, r, "level"), "province") ||
            !g_str_equal(cell(load, r, "parent"), code))
            return true;
        parts[r] = gap_table_geometry(load->rows, r);
        official = official && g_str_equal(cell(load, r, "boundary_quality"), "official");
    }
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GBytes) whole = gap_overlay_union(overlay, parts, n, error);
    g_auto(GStrv) names = g_strsplit(load->country ? load->country : "", ";", 4);
    for (char **name = names; *name; name++)
        g_strstrip(*name);
    const guint given = g_strv_length(names);
    static const char *const languages[] = {"ky", "ru", "en"};
    const char *named[3] = {NULL, NULL, NULL};
    for (guint i = 0; i < 3 && i + 1 < given; i++)
        named[i] = names[i + 1];
    bool ok = whole &&
              gap_store_run(load->store, &ADD_COUNTRY, error, "ssssssg", code, named[0], named[1],
                            named[2], official ? "official" : "generalised", load->source, whole) &&
              add_area(load, code, whole, error);
    for (int i = 0; ok && i < 3; i++)
        ok = add_name(load, code, named[i], languages[i], error);
    gap_load_note(load, "country %s made as the union of %zu provinces", code, n);
    return ok;
}

static bool finish(GapLoad *load, GError **error) {
    for (size_t r = 0; r < gap_table_rows(load->rows); r++) {
        const char *code = cell(load, r, "code");
        if (!add_area(load, code, gap_table_geometry(load->rows, r), error) ||
            !add_name(load, code, cell(load, r, "name_en"), "en", error) ||
            !add_name(load, code, cell(load, r, "name_ru"), "ru", error) ||
            !add_name(load, code, cell(load, r, "name_ky"), "ky", error))
            return false;
    }
    if (!add_country(load, error))
        return false;
    g_autofree char *orphan = gap_store_text(load->store, &ORPHAN, error, "");
    if (!orphan)
        return gap_join(load->store, error);
    g_auto(GStrv) parts = g_strsplit(orphan, "|", 2);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "area %s: its parent %s is not loaded; load the level above first", parts[0],
                    parts[1]);
}

const GapLayerKind GAP_LAYER_BOUNDARIES = {
    .name = "boundaries",
    .title = "boundaries",
    .fields = FIELDS,
    .geometry = GAP_NEEDS_POLYGON,
    .key = "code",
    .taken = &TAKEN,
    .clear = CLEARS,
    .insert = &INSERT,
    .finish = finish,
};
