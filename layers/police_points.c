#include "geo/shape/geodesic.h"
#include "layers/coverage/points.h"
#include "layers/fields.h"
#include "layers/join.h"
#include "layers/layer.h"

#include <math.h>

static const char *const STATUSES[] = {"open", "planned", "closed", NULL};
static const char *const PRECISIONS[] = {"exact", "settlement", "assumed", NULL};

static const GapField FIELDS[] = {
    {"code", GAP_FIELD_TEXT, true, .help = "a code that no other point has",
     .flags = GAP_FIELD_CODE},
    {"name_en", GAP_FIELD_TEXT, .help = "name in English", .alias = "name"},
    {"name_ru", GAP_FIELD_TEXT, .help = "name in Russian"},
    {"name_ky", GAP_FIELD_TEXT, .help = "name in Kyrgyz"},
    GAP_FIELDS_WITHIN,
    {"place", GAP_FIELD_PLACE,
     .help = "code or name of its settlement: there it stands where no point is given"},
    {"kind", GAP_FIELD_CHOICE, true, .choices = GAP_POINT_KINDS,
     .help = "what kind of point it is"},
    {"status", GAP_FIELD_CHOICE, true, .choices = STATUSES, .help = "open, planned or closed"},
    {"opened", GAP_FIELD_DATE, .help = "first day"},
    {"closed_on", GAP_FIELD_DATE, .help = "first day that it is closed"},
    {"officers", GAP_FIELD_WHOLE, .min = 0, .max = 100000, .help = "officers posted there"},
    {"turnout_min", GAP_FIELD_REAL, .min = 0, .max = 1440, .help = "minutes before they set out"},
    {"precision", GAP_FIELD_CHOICE, true, .choices = PRECISIONS,
     .help = "exact: surveyed; settlement: somewhere in it; assumed: we suppose there is one"},
    {"uncertainty_m", GAP_FIELD_REAL, .min = 0, .max = 1e6,
     .help = "how far the point may be off, metres"},
    {"patrol_radius_m", GAP_FIELD_REAL, .min = 1, .max = 1e6,
     .help = "mobile groups: how far they patrol, metres"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement TAKEN = {"police_point.taken",
                                   "SELECT code, source FROM police_point WHERE source <> ?1"};
static const GapStatement CLEAR = {"police_point.clear",
                                   "DELETE FROM police_point WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "police_point.insert",
    "INSERT INTO police_point (code, name_en, name_ru, name_ky, kind, status, opened, closed_on,"
    " officers, turnout_min, precision, uncertainty_m, patrol_radius_m, citation, source, geom)"
    " VALUES (:code, :name_en, :name_ru, :name_ky, :kind, :status, :opened, :closed_on, :officers,"
    " :turnout_min, :precision, :uncertainty_m, :patrol_radius_m, :citation, :source,"
    " GeomFromWKB(:geom, 4326))"};
static const GapStatement PATROL = {
    "police_point.patrol",
    "UPDATE police_point SET patrol = CastToMulti(GeomFromWKB(?, 4326)) WHERE code = ?"};

static char *judge(const GapTable *rows, const char **field) {
    *field = "opened";
    return gap_fields_order(rows, "opened", "closed_on");
}

/* A patrol area given as a radius is a disc; a mobile group without one reaches nobody, said. */
static bool finish(GapLoad *load, GError **error) {
    const GapTable *rows = load->rows;
    const size_t code = (size_t)gap_table_find(rows, "code");
    const size_t kind = (size_t)gap_table_find(rows, "kind");
    const size_t radius = (size_t)gap_table_find(rows, "patrol_radius_m");
    for (size_t r = 0; r < gap_table_rows(rows); r++) {
        double lon, lat;
        const double radius_m = gap_table_real(rows, r, radius);
        if (!g_str_equal(gap_table_text(rows, r, kind), "mobile_group"))
            continue;
        if (isnan(radius_m) || !gap_wkb_read_point(gap_table_geometry(rows, r), &lon, &lat)) {
            gap_load_note(load, "mobile group %s has no patrol_radius_m: it reaches nobody",
                          gap_table_text(rows, r, code));
            continue;
        }
        g_autoptr(GBytes) disc = gap_geodesic_disc(lon, lat, radius_m, 72);
        if (!gap_store_run(load->store, &PATROL, error, "gs", disc, gap_table_text(rows, r, code)))
            return false;
    }
    return true;
}

const GapLayerKind GAP_LAYER_POLICE_POINTS = {
    .name = "police_points",
    .title = "police points",
    .fields = FIELDS,
    .geometry = GAP_NEEDS_POINT,
    .inside = true,
    .key = "code",
    .taken = &TAKEN,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
    .finish = finish,
    .settle = gap_join,
};
