#include "layers/demand.h"

#include "geo/base/error.h"
#include "geo/grid/window.h"
#include "geo/shape/area_index.h"
#include "geo/stats/stats.h"
#include "layers/areas.h"
#include "layers/digest.h"
#include "layers/grounds.h"
#include "layers/layers.h"

#include <math.h>

#define KM_PER_DEGREE 111.195 // of latitude, on the mean sphere; cells need no more
#define VALLEY_KM     10
#define PLACE_POWER   0.25 // of the weight; see demand.h

static const GapStatement PLACES = {
    "demand.places", "SELECT code, people, area, X(geom) AS lon, Y(geom) AS lat FROM place"
                     " WHERE kind IS NULL OR kind <> 'PPLX' ORDER BY code"};
static const GapStatement LAKES = {"demand.lakes",
                                   "SELECT AsBinary(geom) AS geom FROM scenery WHERE kind = 'lake'"
                                   " AND ST_Dimension(geom) = 2 ORDER BY source, row"};
static const GapStatement TOTALS = {
    "demand.totals",
    "SELECT a.code, p.year, p.people FROM area a LEFT JOIN people p ON p.area = a.code AND p.year ="
    " (SELECT year FROM people WHERE area = a.code ORDER BY abs(year - ?1), year DESC LIMIT 1)"
    " WHERE a.level = 'province' AND" GAP_AREA_VALID("a", "?2") " ORDER BY a.code"};
static const GapStatement NEWEST_YEAR = {
    "demand.newest_year",
    "WITH now (code) AS (SELECT code FROM area a WHERE level = 'province'"
    "  AND" GAP_AREA_VALID(
        "a", "?1") ")"
                   " SELECT year FROM people JOIN now ON code = area GROUP BY year"
                   " ORDER BY count(*) * 2 > (SELECT count(*) FROM now) DESC, year DESC LIMIT 1"};
static const GapStatement MADE_FROM = {"demand.made_from", "SELECT made_from FROM demand_model"};
static const GapStatement SUMMARY = {
    "demand.summary",
    "SELECT count(*), sum(people), sum(people * (basis = 'own')), sum(people * (basis = 'shared')),"
    " sum(people * (basis = 'modelled')), sum(people * (basis = 'unplaced')),"
    " (SELECT people_year FROM demand_model) FROM demand"};
static const GapStatement CLEAR[] = {{"demand.clear", "DELETE FROM demand"},
                                     {"demand.clear_totals", "DELETE FROM demand_total"},
                                     {"demand.clear_model", "DELETE FROM demand_model"}};
static const GapStatement INSERT = {"demand.insert",
                                    "INSERT INTO demand (id, area, people, basis, geom)"
                                    " VALUES (?, ?, ?, ?, GeomFromWKB(?, 4326))"};
static const GapStatement INSERT_TOTAL = {
    "demand.insert_total", "INSERT INTO demand_total (province, year, people) VALUES (?, ?, ?)"};
static const GapStatement INSERT_MODEL = {
    "demand.insert_model", "INSERT INTO demand_model (id, people_year, parameters, notes,"
                           " made_from) VALUES (1, ?, ?, ?, ?)"};
static const GapStatement INSERT_AREAS = {"demand.insert_areas",
                                          "INSERT INTO demand_areas (id, since) VALUES (1, ?)"};

enum { CODE, PEOPLE, AREA, LON, LAT };
static const GapColumnSpec PLACE_COLUMNS[] = {{"code", GAP_TYPE_TEXT},
                                              {"people", GAP_TYPE_INT},
                                              {"area", GAP_TYPE_TEXT},
                                              {"lon", GAP_TYPE_REAL},
                                              {"lat", GAP_TYPE_REAL}};

typedef struct {
    double lon, lat, weight;
    const char *area;
    const GapGround *ground;
} Cell;

typedef struct {
    GapStore *store;
    const GapDemandOptions *options;
    GapDemandReport *report;
    const char *since, *day; // of the areas that count; day NULL: all
    GapAreas *areas;
    GapTable *places;
    GapAreaIndex *lakes;
    GArray *cells;                  // of Cell: the peopled ones
    GapGrid *height, *valley;       // the terrain and its lowest ground around, or NULL
    const GapGround **place_ground; // by row of the places
    gint64 next_id;
} Work;

void gap_demand_report_free(GapDemandReport *report) {
    if (report)
        g_ptr_array_unref(report->notes);
    g_free(report);
}

static double nearest_place_km(const GapTable *places, double lon, double lat) {
    const double shrink = cos(lat * G_PI / 180);
    double best = G_MAXDOUBLE;
    for (size_t i = 0; i < gap_table_rows(places); i++) {
        const double dx = (gap_table_real(places, i, LON) - lon) * shrink;
        const double dy = gap_table_real(places, i, LAT) - lat;
        best = MIN(best, dx * dx + dy * dy);
    }
    return sqrt(best) * KM_PER_DEGREE;
}

static double weight_of(const Work *work, double lon, double lat) {
    double cost = gap_table_rows(work->places) ? nearest_place_km(work->places, lon, lat) / 15 : 0;
    if (work->height) {
        const double z = gap_grid_sample(work->height, lon, lat);
        cost += MAX(0, z - 600) / 500 + (z - gap_grid_sample(work->valley, lon, lat)) / 150;
    }
    return isnan(cost) ? 0 : exp(-cost);
}

static int by_weight(const void *a, const void *b) {
    const double x = ((const Cell *)a)->weight, y = ((const Cell *)b)->weight;
    return (x < y) - (x > y);
}

/* Cells of equal area: rows `cell_m` apart, each with its own step of longitude. */
static GArray *all_cells(Work *work, GapBox box) {
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    const double dy = work->options->cell_m / 1000 / KM_PER_DEGREE;
    for (double lat = box.min_y + dy / 2; lat < box.max_y; lat += dy) {
        const double dx = dy / cos(lat * G_PI / 180);
        for (double lon = box.min_x + dx / 2; lon < box.max_x; lon += dx) {
            Cell cell = {
                .lon = lon, .lat = lat, .area = gap_areas_finest(work->areas, lon, lat, NULL)};
            if (!cell.area || !gap_areas_province(work->areas, cell.area) ||
                gap_area_index_locate(work->lakes, lon, lat) >= 0)
                continue;
            cell.weight = weight_of(work, lon, lat);
            g_array_append_val(cells, cell);
        }
    }
    return cells;
}

static GapAreaIndex *index_lakes(GapStore *store, GError **error) {
    g_autoptr(GapTable) lakes = gap_store_select(store, &LAKES, error, "");
    const size_t n = lakes ? gap_table_rows(lakes) : 0;
    g_autofree GBytes **wkb = g_new0(GBytes *, n + 1);
    for (size_t r = 0; r < n; r++)
        wkb[r] = gap_table_geometry(lakes, r);
    return lakes ? gap_area_index_new(wkb, n, error) : NULL;
}

/* The cells that people live on, best first. */
static bool find_cells(Work *work, GError **error) {
    GBytes *outline = gap_areas_outline(work->areas, gap_areas_country(work->areas), error);
    g_autoptr(GapGeometry) country = outline ? gap_geometry_from_wkb(outline, error) : NULL;
    if (!country)
        return false;
    g_autoptr(GError) why = NULL;
    work->height = gap_layer_terrain(work->store, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (work->height) {
        const double rows = VALLEY_KM / KM_PER_DEGREE / work->height->dy;
        const double cols =
            rows * work->height->dy / work->height->dx / cos(work->height->north * G_PI / 180);
        work->valley =
            gap_grid_minimum(work->height, (size_t)lround(cols), (size_t)lround(rows), error);
        if (!work->valley)
            return false;
    } else
        gap_note(work->report->notes,
                 "no terrain is loaded: people are modelled by nearness to places alone");
    work->lakes = index_lakes(work->store, error);
    if (!work->lakes)
        return false;
    work->cells = all_cells(work, gap_geometry_box(country));
    g_array_sort(work->cells, by_weight);
    const double keep = ceil(work->options->land_share * work->cells->len);
    g_array_set_size(work->cells, (guint)MIN(keep, work->cells->len));
    return true;
}

static bool put(Work *work, const char *area, gint64 people, const char *basis, GBytes *wkb,
                GError **error) {
    return people == 0 || gap_store_run(work->store, &INSERT, error, "isisg", ++work->next_id, area,
                                        people, basis, wkb);
}

/* Whole people over n points by weight, exactly. */
static bool put_all(Work *work, const Cell *cells, size_t n, gint64 people, const char *basis,
                    GError **error) {
    g_autofree double *share = g_new(double, n);
    g_autofree gint64 *whole = g_new(gint64, n);
    for (size_t i = 0; i < n; i++)
        share[i] = cells[i].weight;
    if (!gap_stats_scale(share, n, (double)people))
        return gap_fail(error, GAP_ERROR_FAILED, "demand: all weights are zero");
    gap_stats_round(share, n, whole);
    for (size_t i = 0; i < n; i++) {
        g_autoptr(GBytes) wkb = gap_wkb_point(cells[i].lon, cells[i].lat);
        if (!put(work, cells[i].area, whole[i], basis, wkb, error))
            return false;
    }
    return true;
}

/* That of the join, unless it is not one of the day. */
static const char *area_of_place(Work *work, size_t r) {
    const char *joined = gap_table_text(work->places, r, AREA);
    return !joined || gap_areas_level(work->areas, joined)
               ? joined
               : gap_areas_finest(work->areas, gap_table_real(work->places, r, LON),
                                  gap_table_real(work->places, r, LAT), NULL);
}

/* A place of `people` at row r: points about 1 km2 each on a disc (Vogel's spiral: even, without a
 * grid's creases), those outside its municipality left out; a single one at the place itself. */
static bool put_place(Work *work, size_t r, gint64 people, const char *basis, GError **error) {
    const double lon = gap_table_real(work->places, r, LON);
    const double lat = gap_table_real(work->places, r, LAT);
    const char *area = area_of_place(work, r);
    const double km2 = (double)people / work->options->town_density;
    const size_t n = (size_t)CLAMP(ceil(km2), 1, 2000);
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Cell));
    for (size_t i = 0; i < n; i++) {
        const double radius = n > 1 ? sqrt(km2 / G_PI * (i + 0.5) / n) / KM_PER_DEGREE : 0;
        const double angle = i * G_PI * (3 - sqrt(5));
        Cell cell = {.lon = lon + radius * sin(angle) / cos(lat * G_PI / 180),
                     .lat = lat + radius * cos(angle),
                     .weight = 1,
                     .area = area};
        if (g_strcmp0(gap_areas_finest(work->areas, cell.lon, cell.lat, NULL), area) == 0)
            g_array_append_val(points, cell);
    }
    if (points->len == 0) {
        const Cell centre = {lon, lat, 1, area, NULL};
        g_array_append_val(points, centre);
    }
    return put_all(work, (Cell *)points->data, points->len, people, basis, error);
}

/* Places and what each has of `total`; their numbers are scaled to it where that is wanted. */
static bool put_places(Work *work, const GArray *rows, GArray *people, double total,
                       const char *basis, GError **error) {
    if (!isnan(total))
        gap_stats_scale((double *)people->data, people->len, total);
    g_autofree gint64 *whole = g_new(gint64, people->len + 1);
    gap_stats_round((double *)people->data, people->len, whole);
    for (guint i = 0; i < rows->len; i++)
        if (whole[i] > 0 &&
            !put_place(work, g_array_index(rows, size_t, i), whole[i], basis, error))
            return false;
    return true;
}

/* The places with figures of their own on one ground; `left` is what they leave of its people. */
static bool put_towns(Work *work, const GapGround *ground, gint64 *left, GError **error) {
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(double));
    double sum = 0;
    for (size_t r = 0; r < gap_table_rows(work->places); r++) {
        const double own = gap_table_real(work->places, r, PEOPLE);
        if (work->place_ground[r] != ground || !(own > 0))
            continue;
        g_array_append_val(rows, r);
        g_array_append_val(people, own);
        sum += own;
    }
    const gint64 total = *left;
    const bool over = sum > (double)total;
    if (over)
        gap_note(work->report->notes,
                 "%s: its places have %.0f people by their own figures, more than its official "
                 "%" G_GINT64_FORMAT ": scaled down to it",
                 ground->area, sum, total);
    *left = over ? 0 : total - (gint64)sum;
    return put_places(work, rows, people, over ? (double)total : NAN, "own", error);
}

/* `people` over the places without figures on one ground, by the weight of the model at each; false
 * in `found` where there are none. */
static bool share_places(Work *work, const GapGround *ground, gint64 people, bool *found,
                         GError **error) {
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(double));
    double sum = 0;
    for (size_t r = 0; r < gap_table_rows(work->places); r++) {
        if (work->place_ground[r] != ground || !gap_table_is_null(work->places, r, PEOPLE))
            continue;
        const double weight = pow(weight_of(work, gap_table_real(work->places, r, LON),
                                            gap_table_real(work->places, r, LAT)),
                                  PLACE_POWER);
        g_array_append_val(rows, r);
        g_array_append_val(weights, weight);
        sum += weight;
    }
    *found = sum > 0;
    return !*found || put_places(work, rows, weights, (double)people, "shared", error);
}

/* `people` over the cells of one ground. */
static bool model_cells(Work *work, const GapGround *ground, gint64 people, bool *found,
                        GError **error) {
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    for (guint i = 0; i < work->cells->len; i++)
        if (g_array_index(work->cells, Cell, i).ground == ground)
            g_array_append_val(cells, g_array_index(work->cells, Cell, i));
    *found = cells->len && g_array_index(cells, Cell, 0).weight > 0;
    return !*found || put_all(work, (Cell *)cells->data, cells->len, people, "modelled", error);
}

typedef bool (*Spread)(Work *, const GapGround *, gint64, bool *, GError **);

static bool put_ground(Work *work, const GapGround *ground, GError **error) {
    gint64 left = ground->people;
    if (!put_towns(work, ground, &left, error))
        return false;
    // People of a finer figure live in its villages; a province's are laid over its valleys.
    const Spread ways[] = {ground->figured ? share_places : model_cells,
                           ground->figured ? model_cells : share_places};
    for (size_t i = 0; i < G_N_ELEMENTS(ways) && left > 0; i++) {
        bool found;
        if (!ways[i](work, ground, left, &found, error))
            return false;
        left = found ? 0 : left;
    }
    if (left > 0)
        gap_note(work->report->notes,
                 "%s: no ground to put %" G_GINT64_FORMAT " people on: unplaced", ground->area,
                 left);
    return put(work, ground->area, left, "unplaced", NULL, error);
}

/* Which ground every place and every cell lies on. */
static void find_grounds(Work *work, const GapGrounds *grounds) {
    for (size_t r = 0; r < gap_table_rows(work->places); r++)
        work->place_ground[r] = gap_grounds_of(grounds, area_of_place(work, r));
    for (guint i = 0; i < work->cells->len; i++) {
        Cell *cell = &g_array_index(work->cells, Cell, i);
        cell->ground = gap_grounds_of(grounds, cell->area);
    }
}

/* The official figure of every province, divided into grounds that are put into `into`. */
static bool divide_provinces(Work *work, GapGrounds *grounds, GPtrArray *into, GError **error) {
    g_autoptr(GapTable) totals = gap_store_select(work->store, &TOTALS, error, "is",
                                                  (gint64)work->report->people_year, work->day);
    if (!totals)
        return false;
    for (size_t i = 0; i < gap_table_rows(totals); i++) {
        const char *province = gap_table_text(totals, i, 0);
        if (gap_table_is_null(totals, i, 1)) {
            gap_note(work->report->notes, "%s has no figure of people: no data, not zero",
                     province);
            continue;
        }
        const gint64 year = gap_table_int(totals, i, 1), people = gap_table_int(totals, i, 2);
        if (year != work->report->people_year)
            gap_note(work->report->notes,
                     "%s: people of %" G_GINT64_FORMAT ", the nearest year that it has", province,
                     year);
        if (!gap_store_run(work->store, &INSERT_TOTAL, error, "sii", province, year, people))
            return false;
        g_autoptr(GPtrArray) made = gap_grounds_divide(grounds, province, people);
        g_ptr_array_extend(into, made, NULL, NULL);
    }
    return true;
}

static bool put_provinces(Work *work, GError **error) {
    g_autoptr(GapGrounds) grounds =
        gap_grounds_new(work->store, work->day, work->report->people_year,
                        work->options->town_density, work->report->notes, error);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    if (!grounds || !divide_provinces(work, grounds, all, error))
        return false;
    g_autofree const GapGround **place_ground =
        g_new0(const GapGround *, gap_table_rows(work->places) + 1);
    work->place_ground = place_ground;
    find_grounds(work, grounds);
    bool ok = true;
    for (guint i = 0; ok && i < all->len; i++)
        ok = put_ground(work, g_ptr_array_index(all, i), error);
    return ok;
}

static bool write_model(Work *work, const char *parameters, const char *made_from, GError **error) {
    g_ptr_array_add(work->report->notes, NULL);
    g_autofree char *notes = g_strjoinv("\n", (char **)work->report->notes->pdata);
    g_ptr_array_set_size(work->report->notes, (gint)work->report->notes->len - 1);
    return gap_store_run(work->store, &INSERT_MODEL, error, "isss",
                         (gint64)work->report->people_year, parameters, notes, made_from) &&
           gap_store_run(work->store, &INSERT_AREAS, error, "s", work->since);
}

static bool summarise(Work *work, GError **error) {
    g_autoptr(GapTable) sums = gap_store_select(work->store, &SUMMARY, error, "");
    if (!sums)
        return false;
    GapDemandReport *report = work->report;
    gint64 *const into[] = {&report->rows,   &report->people,   &report->own,
                            &report->shared, &report->modelled, &report->unplaced};
    for (size_t c = 0; c < G_N_ELEMENTS(into); c++)
        *into[c] = gap_table_is_null(sums, 0, c) ? 0 : gap_table_int(sums, 0, c);
    report->people_year = (int)gap_table_int(sums, 0, 6);
    return true;
}

static bool make(Work *work, const char *parameters, const char *made_from, GError **error) {
    if (!gap_areas_country(work->areas))
        return gap_fail(error, GAP_ERROR_MISSING,
                        "no boundaries are loaded: 'gapmap load boundaries FILE' comes first");
    work->report->people_year =
        work->options->people_year
            ? work->options->people_year
            : (int)gap_store_number(work->store, &NEWEST_YEAR, 0, error, "s", work->day);
    if (!work->report->people_year)
        return gap_fail(error, GAP_ERROR_MISSING,
                        "no figure of people of a province is loaded: 'gapmap load people FILE' "
                        "comes first");
    work->places = gap_store_table(work->store, &PLACES, "places", PLACE_COLUMNS,
                                   G_N_ELEMENTS(PLACE_COLUMNS), error, "");
    if (!work->places || !find_cells(work, error) || !gap_store_begin(work->store, error))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < G_N_ELEMENTS(CLEAR); i++)
        ok = gap_store_run(work->store, &CLEAR[i], error, "");
    ok = ok && put_provinces(work, error) && write_model(work, parameters, made_from, error);
    return gap_store_end(work->store, ok, error);
}

GapDemandReport *gap_demand(GapStore *store, const GapDemandOptions *options, GError **error) {
    g_autofree char *since = gap_areas_since(store, options->as_of, error);
    if (!since)
        return NULL;
    g_autofree char *parameters =
        g_strdup_printf("year %d, cells of %.15g m, peopled %.15g of the land, towns of %.15g "
                        "people/km2%s%s",
                        options->people_year, options->cell_m, options->land_share,
                        options->town_density, *since ? ", areas since " : "", since);
    g_autofree char *made_from = gap_digest_sources(store, parameters, error);
    g_autofree char *before = made_from ? gap_store_text(store, &MADE_FROM, error, "") : NULL;
    g_autoptr(GapDemandReport) report = g_new0(GapDemandReport, 1);
    report->notes = g_ptr_array_new_with_free_func(g_free);
    report->unchanged = g_strcmp0(before, made_from) == 0;
    Work work = {.store = store,
                 .options = options,
                 .report = report,
                 .since = since,
                 .day = options->as_of ? options->as_of
                        : *since       ? since
                                       : NULL};
    work.areas = made_from ? gap_areas_new_on(store, work.day, error) : NULL;
    const bool ok = work.areas &&
                    (report->unchanged || make(&work, parameters, made_from, error)) &&
                    summarise(&work, error);
    gap_areas_free(work.areas);
    gap_table_free(work.places);
    g_clear_pointer(&work.cells, g_array_unref);
    gap_grid_free(work.height);
    gap_grid_free(work.valley);
    gap_area_index_free(work.lakes);
    return ok ? g_steal_pointer(&report) : NULL;
}
