#include "layers/sites/kinds.h"

#include "geo/base/error.h"
#include "layers/sites/rows.h"

#include <math.h>

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})
static const double MOST_MONEY = 1e15, MOST_OFFICERS = 1e6, MOST_M = 1e7;

enum { KIND, COST, RUNNING, OFFICERS, REACH, FIELDS };

static void kind_clear(void *kind) {
    g_free(((GapSiteKind *)kind)->name);
}

/* A figure, NaN where the table has none. */
static bool take(GapSitesRows *rows, gsize field, double *figure, GError **error) {
    *figure = NAN;
    return !gap_sites_rows_text(rows, field) ||
           gap_sites_rows_figure(rows, field, "", figure, error);
}

static bool take_kind(GapSitesRows *rows, GArray *kinds, GError **error) {
    const char *name = gap_sites_rows_id(rows, KIND, error);
    GapSiteKind kind;
    if (!name)
        return false;
    for (guint k = 0; k < kinds->len; k++)
        if (g_str_equal(g_array_index(kinds, GapSiteKind, k).name, name))
            return gap_sites_rows_fail(rows, KIND, error,
                                       "stands in row %u already; each kind stands once", k + 1);
    if (!take(rows, COST, &kind.cost, error) || !take(rows, RUNNING, &kind.running, error) ||
        !take(rows, OFFICERS, &kind.officers, error) || !take(rows, REACH, &kind.reach_m, error))
        return false;
    if (kind.reach_m == 0)
        return gap_sites_rows_fail(rows, REACH, error,
                                   "serves nobody; leave it empty where the limit holds");
    kind.name = g_strdup(name);
    g_array_append_val(kinds, kind);
    return true;
}

static bool take_all(GapSitesRows *rows, GArray *kinds, GError **error) {
    g_autoptr(GError) failure = NULL;
    while (gap_sites_rows_next(rows, &failure))
        if (!take_kind(rows, kinds, error))
            return false;
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    return kinds->len || gap_fail(error, GAP_ERROR_INPUT,
                                  "%s: has no rows; name at least one kind of site", rows->file);
}

GArray *gap_site_kinds_read(const char *file, GError **error) {
    const GapSitesField fields[] = {
        [KIND] = {NAMES("kind", "name"), true},
        [COST] = {NAMES("cost", "cost_usd", "price"), false, MOST_MONEY},
        [RUNNING] = {NAMES("running", "running_cost", "running_usd"), false, MOST_MONEY},
        [OFFICERS] = {NAMES("officers", "posts"), false, MOST_OFFICERS},
        [REACH] = {NAMES("reach_m", "patrol_radius_m"), false, MOST_M},
    };
    g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(GapSiteKind));
    g_array_set_clear_func(kinds, kind_clear);
    GapSitesRows rows;
    const bool ok =
        gap_sites_rows_open(&rows, file, fields, FIELDS, error) && take_all(&rows, kinds, error);
    gap_sites_rows_close(&rows);
    return ok ? g_steal_pointer(&kinds) : NULL;
}
