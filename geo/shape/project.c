#include "geo/shape/project.h"

#include <math.h>
#include <proj.h>
#include <string.h>

#include "geo/base/error.h"

struct GapProjection {
    PJ_CONTEXT *context;
    PJ *pj;
    char *definition;
};

static const char WGS84[] = "+proj=longlat +datum=WGS84 +no_defs +type=crs";

// PROJ's last message, kept for the error; without this it would print.
static void keep_message(void *data, int level, const char *text) {
    char **kept = data;
    if (level == PJ_LOG_ERROR) {
        g_free(*kept);
        *kept = g_strdup(text);
    }
}

static PJ *make_crs(PJ_CONTEXT *context, const char *definition) {
    const bool bare = strstr(definition, "+proj=") && !strstr(definition, "+type=crs");
    g_autofree char *text = g_strconcat(definition, bare ? " +type=crs" : "", NULL);
    return proj_create(context, text);
}

// Longitude and latitude to easting and northing, in this order, whatever an authority says.
static PJ *make_pipeline(PJ_CONTEXT *context, const char *definition) {
    PJ *from = proj_create(context, WGS84), *to = make_crs(context, definition), *made = NULL;
    if (to && proj_get_type(to) == PJ_TYPE_PROJECTED_CRS) {
        PJ *raw = proj_create_crs_to_crs_from_pj(context, from, to, NULL, NULL);
        made = raw ? proj_normalize_for_visualization(context, raw) : NULL;
        proj_destroy(raw);
    }
    proj_destroy(to);
    proj_destroy(from);
    return made;
}

GapProjection *gap_projection_new(const char *definition, GError **error) {
    g_autofree char *message = NULL;
    g_autoptr(GapProjection) projection = g_new0(GapProjection, 1);
    projection->context = proj_context_create();
    projection->definition = g_strdup(definition);
    proj_log_func(projection->context, &message, keep_message);
    proj_context_set_enable_network(projection->context, 0);
    projection->pj = make_pipeline(projection->context, definition);
    proj_log_func(projection->context, NULL, NULL);
    proj_log_level(projection->context, PJ_LOG_NONE);
    if (projection->pj)
        return g_steal_pointer(&projection);
    g_autofree char *shown = gap_printable(definition, 200);
    gap_fail(error, GAP_ERROR_USAGE,
             "'%s' is not a map projection: %s; give a PROJ string or an EPSG code of a projected "
             "system, such as EPSG:32643",
             shown, message ? message : "it is not a projected system");
    return NULL;
}

GapProjection *gap_projection_equal_area(GapBox e, GError **error) {
    if (!(e.min_x < e.max_x && e.min_y < e.max_y && e.min_y >= -90 && e.max_y <= 90)) {
        gap_fail(error, GAP_ERROR_INPUT,
                 "no equal-area projection for an extent of %g..%g east, %g..%g north", e.min_x,
                 e.max_x, e.min_y, e.max_y);
        return NULL;
    }
    const double sixth = (e.max_y - e.min_y) / 6;
    const double values[] = {e.min_y + sixth, e.max_y - sixth, (e.min_y + e.max_y) / 2,
                             (e.min_x + e.max_x) / 2};
    char text[4][G_ASCII_DTOSTR_BUF_SIZE];
    for (int i = 0; i < 4; i++)
        g_ascii_formatd(text[i], sizeof text[i], "%.4f", values[i]);
    g_autofree char *definition =
        g_strdup_printf("+proj=aea +lat_1=%s +lat_2=%s +lat_0=%s +lon_0=%s +datum=WGS84 +units=m "
                        "+no_defs",
                        text[0], text[1], text[2], text[3]);
    return gap_projection_new(definition, error);
}

void gap_projection_free(GapProjection *projection) {
    if (!projection)
        return;
    proj_destroy(projection->pj);
    proj_context_destroy(projection->context);
    g_free(projection->definition);
    g_free(projection);
}

const char *gap_projection_definition(const GapProjection *projection) {
    return projection->definition;
}

static bool transform(const GapProjection *projection, PJ_DIRECTION direction, double *xy, size_t n,
                      GError **error) {
    const size_t stride = 2 * sizeof *xy;
    proj_errno_reset(projection->pj);
    proj_trans_generic(projection->pj, direction, xy, stride, n, xy + 1, stride, n, NULL, 0, 0,
                       NULL, 0, 0);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(xy[2 * i]) || !isfinite(xy[2 * i + 1])) {
            const int code = proj_errno(projection->pj);
            return gap_fail(error, GAP_ERROR_INPUT, "point %zu cannot be projected by '%s': %s",
                            i + 1, projection->definition,
                            code ? proj_context_errno_string(projection->context, code)
                                 : "it is not finite");
        }
    return true;
}

bool gap_projection_forward(const GapProjection *projection, double *xy, size_t n, GError **error) {
    return transform(projection, PJ_FWD, xy, n, error);
}

bool gap_projection_inverse(const GapProjection *projection, double *xy, size_t n, GError **error) {
    return transform(projection, PJ_INV, xy, n, error);
}
