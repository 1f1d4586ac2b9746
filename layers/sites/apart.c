#include "layers/sites/apart.h"

#include "geo/shape/geodesic.h"
#include "layers/coverage/field.h"

#include <math.h>

static const GapStatement MODE = {"apart.mode", "SELECT mode FROM run WHERE label = ?"};

struct GapApart {
    double *site, *demand; // lonlat
    gsize n_demand;
    bool travel;
    gsize *first;  // by demand: its pairs below
    guint32 *near; // sites
    float *minutes;
};

bool gap_run_is_travel(GapStore *store, const char *run) {
    g_autofree char *mode = gap_store_text(store, &MODE, NULL, "s", run);
    return g_strcmp0(mode, "travel") == 0;
}

double *gap_lonlat_of(const GapTable *table, gsize lon) {
    const gsize n = gap_table_rows(table);
    double *lonlat = g_new(double, 2 * n + 1);
    for (gsize r = 0; r < n; r++) {
        lonlat[2 * r] = gap_table_real(table, r, lon);
        lonlat[2 * r + 1] = gap_table_real(table, r, lon + 1);
    }
    return lonlat;
}

/* Open cells of places, and which they are: others reach nobody and nobody reaches them. */
typedef struct {
    GArray *origin; // GapTravelSource
    GArray *cell;   // size_t
    GArray *number; // guint32
} Placed;

static void placed_clear(Placed *placed) {
    g_clear_pointer(&placed->origin, g_array_unref);
    g_clear_pointer(&placed->cell, g_array_unref);
    g_clear_pointer(&placed->number, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Placed, placed_clear)

static Placed place(const GapTravelField *field, const GapApartPlaces *places) {
    const Placed placed = {g_array_new(FALSE, FALSE, sizeof(GapTravelSource)),
                           g_array_new(FALSE, FALSE, sizeof(size_t)),
                           g_array_new(FALSE, FALSE, sizeof(guint32))};
    for (guint32 i = 0; i < places->n; i++) {
        GapTravelSource origin = {0, places->turnout_min ? places->turnout_min[i] : 0};
        double away_m;
        if (!gap_travel_field_cell(field, places->lonlat[2 * i], places->lonlat[2 * i + 1],
                                   &origin.cell, &away_m))
            continue;
        g_array_append_val(placed.origin, origin);
        g_array_append_val(placed.cell, origin.cell);
        g_array_append_val(placed.number, i);
    }
    return placed;
}

/* Pairs come by site; sorts them by demand, counting. */
static void sort_pairs(GapApart *apart, const GArray *pairs, const Placed *sites,
                       const Placed *demand) {
    const GapTravelPair *pair = (const GapTravelPair *)pairs->data;
    apart->first = g_new0(gsize, apart->n_demand + 2);
    apart->near = g_new(guint32, pairs->len + 1);
    apart->minutes = g_new(float, pairs->len + 1);
    for (guint k = 0; k < pairs->len; k++)
        apart->first[g_array_index(demand->number, guint32, pair[k].to) + 2]++;
    for (gsize i = 2; i < apart->n_demand + 2; i++)
        apart->first[i] += apart->first[i - 1];
    for (guint k = 0; k < pairs->len; k++) {
        const gsize at = apart->first[g_array_index(demand->number, guint32, pair[k].to) + 1]++;
        apart->near[at] = g_array_index(sites->number, guint32, pair[k].from);
        apart->minutes[at] = pair[k].minutes;
    }
}

static bool search(GapApart *apart, const GapTravelField *field, const GapApartPlaces *sites,
                   const GapApartPlaces *demand, double limit, GError **error) {
    const GapTravelOptions options = {isnan(limit) ? field->known_min : limit,
                                      field->options.inwards};
    g_auto(Placed) from = place(field, sites), to = place(field, demand);
    g_autoptr(GArray) pairs = gap_travel_many(
        field->surface, (GapTravelSource *)from.origin->data, from.origin->len,
        (size_t *)to.cell->data, to.cell->len, &options, 0, field->options.ground.progress, error);
    if (pairs)
        sort_pairs(apart, pairs, &from, &to);
    return pairs != NULL;
}

GapApart *gap_apart_new(GapStore *store, const char *run, const GapApartPlaces *sites,
                        const GapApartPlaces *demand, double limit, const GapProgress *progress,
                        GError **error) {
    g_autoptr(GapApart) apart = g_new0(GapApart, 1);
    apart->travel = gap_run_is_travel(store, run);
    apart->n_demand = demand->n;
    apart->site = g_memdup2(sites->lonlat, 2 * sites->n * sizeof(double));
    apart->demand = g_memdup2(demand->lonlat, 2 * demand->n * sizeof(double));
    if (!apart->travel)
        return g_steal_pointer(&apart);
    g_autoptr(GapTravelField) field = gap_travel_field_open(store, run, progress, error);
    return field && search(apart, field, sites, demand, limit, error) ? g_steal_pointer(&apart)
                                                                      : NULL;
}

GapApart *gap_apart_of(GapStore *store, const char *run, const GapTable *sites, gsize site_lon,
                       const double *turnout_min, const GapTable *demand, gsize demand_lon,
                       GError **error) {
    g_autofree double *from = gap_lonlat_of(sites, site_lon),
                      *to = gap_lonlat_of(demand, demand_lon);
    const GapApartPlaces of_sites = {from, turnout_min, gap_table_rows(sites)},
                         of_demand = {to, NULL, gap_table_rows(demand)};
    return gap_apart_new(store, run, &of_sites, &of_demand, NAN, NULL, error);
}

void gap_apart_free(GapApart *apart) {
    if (!apart)
        return;
    g_free(apart->site);
    g_free(apart->demand);
    g_free(apart->first);
    g_free(apart->near);
    g_free(apart->minutes);
    g_free(apart);
}

bool gap_apart_is_travel(const GapApart *apart) {
    return apart->travel;
}

gsize gap_apart_near(const GapApart *apart, gsize demand, const guint32 **sites,
                     const float **minutes) {
    *sites = apart->near + apart->first[demand];
    *minutes = apart->minutes + apart->first[demand];
    return apart->first[demand + 1] - apart->first[demand];
}

double gap_apart(const GapApart *apart, gsize site, gsize demand) {
    if (!apart->travel)
        return gap_geodesic_distance_m(apart->demand[2 * demand], apart->demand[2 * demand + 1],
                                       apart->site[2 * site], apart->site[2 * site + 1]);
    gsize low = apart->first[demand], high = apart->first[demand + 1];
    while (low < high) {
        const gsize middle = low + (high - low) / 2;
        if (apart->near[middle] < site)
            low = middle + 1;
        else
            high = middle;
    }
    return low < apart->first[demand + 1] && apart->near[low] == site ? (double)apart->minutes[low]
                                                                      : INFINITY;
}
