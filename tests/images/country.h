/** A small made-up country, and the outlines of the bundled one with made-up numbers: what tests of
 *  maps draw. The numbers are arbitrary, fixed, and hold nulls. */
#ifndef GAP_TESTS_COUNTRY_H
#define GAP_TESTS_COUNTRY_H

#include "tests/check.h"

#include "geo/files/raster.h"
#include "geo/files/vector.h"
#include "styles/canvas.h"
#include "styles/kinds/runs.h"
#include "styles/map.h"

typedef struct {
    GapMapData data;
    GapWords *words;
    GapGrid *terrain;
} Country;

static inline size_t add_column(GapTable *t, const char *name, GapType type) {
    int at = gap_table_find(t, name);
    return at >= 0 ? (size_t)at : gap_table_add_column(t, &(GapColumnSpec){name, type, NULL, NULL});
}

static inline void put_number(GapTable *t, size_t row, const char *name, double value) {
    gap_table_set_real(t, row, add_column(t, name, GAP_TYPE_REAL), value);
}

static inline void put_text(GapTable *t, size_t row, const char *name, const char *value) {
    gap_table_set_text(t, row, add_column(t, name, GAP_TYPE_TEXT), value);
}

/** A rectangle in degrees as the row's geometry. */
static inline void put_box(GapTable *t, size_t row, double w, double s, double e, double n) {
    double xy[] = {w, s, e, s, e, n, w, n, w, s};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry g = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, xy};
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(&g);
    gap_table_set_geometry(t, row, wkb);
}

static inline void put_point(GapTable *t, size_t row, double lon, double lat) {
    g_autoptr(GBytes) wkb = gap_wkb_point(lon, lat);
    gap_table_set_geometry(t, row, wkb);
}

static inline GapTable *country_table(Country *c, const char *name) {
    GapTable *t = g_hash_table_lookup(c->data.tables, name);
    if (!t)
        g_hash_table_insert(c->data.tables, g_strdup(name), t = gap_table_new(name));
    return t;
}

static inline void put_fact(Country *c, const char *name, const char *value) {
    g_hash_table_insert(c->data.facts, g_strdup(name), g_strdup(value));
}

static inline void put_crime(Country *c, int year, double count, const char *basis) {
    GapTable *t = country_table(c, "crime");
    size_t row = gap_table_add_row(t);
    put_text(t, row, "area", "KG");
    put_text(t, row, "offence", "all_registered");
    put_text(t, row, "basis", basis);
    put_number(t, row, "year", year);
    put_number(t, row, "count", count);
}

static inline Country country_new(void) {
    static const char *const empty[] = {
        "country",         "provinces",   "municipalities", "lakes",
        "rivers",          "neighbours",  "reach",          "crime",
        "police_points",   "isochrones",  "roads",          "barriers",
        "places",          "sites",       "site_demand",    "uncovered",
        "site_difference", "frontier",    "crime_years",    "coverage_runs",
        "run_difference",  "visit_areas", "visit_flows",    "demand",
        "borders",         NULL};
    static const char *const facts[][2] = {
        {"as_of", "2017-12-31"},
        {"within", "5 km"},
        {"within_m", "5000"},
        {"offence", "all_registered"},
        {"crime_years", "2017"},
        {"people_year", "2015"},
        {"people", "5885500"},
        {"people_covered", "2640707"},
        {"people_beyond", "3244793"},
        {"people_covered_exact", "570289"},
        {"areas", "118"},
        {"areas_nobody", "48"},
        {"points_counted", "60"},
        {"points_assumed", "54"},
        {"crime_beyond", "12410"},
        {"years_apart", "5"},
        {"sites", "10"},
        {"sites_model", "covering"},
        {"sites_weight", "people"},
        {"sites_within_m", "5000"},
        {"sites_proven", "1"},
        {"sites_gap", "0"},
        {"sites_need", "1"},
        {"sites_share", "1"},
        {"sites_any", "0"},
        {"sites_before", "2640707"},
        {"sites_added", "425471"},
        {"sites_covered", "3066178"},
        {"sites_cost", "1200000"},
        {"sites_local_pays", "600000"},
        {"compared_first", "by people"},
        {"compared_second", "by crime"},
        {"only_first", "95383"},
        {"only_second", "51000"},
        {"both_new", "330088"},
        {"years_known", "11"},
        {"runs_shown", "2"},
        {"first_run", "5 km"},
        {"second_run", "10 km"},
        {"gained", "1442733"},
        {"lost", "12000"},
        {"visits", "8"},
        {"visit_people", "125"},
        {"sources", "OpenStreetMap (ODbL); GeoNames (CC BY 4.0); National Statistical Committee"},
    };
    Country c = {0};
    GError *error = NULL;
    c.words = gap_map_words(&error);
    assert_no_error(error);
    c.data.tables =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)gap_table_free);
    c.data.facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    c.data.words = c.words;
    for (size_t i = 0; empty[i]; i++)
        country_table(&c, empty[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        put_fact(&c, facts[i][0], facts[i][1]);
    return c;
}

static inline void country_free(Country *c) {
    g_hash_table_unref(c->data.tables);
    g_hash_table_unref(c->data.facts);
    gap_words_free(c->words);
    gap_grid_free(c->terrain);
}

/** The names, code and outline of a row. */
static inline void put_same(GapTable *t, size_t row, const GapTable *from, size_t row_from) {
    static const char *const names[] = {"name_en", "name_ru", "name_ky", "boundary_quality"};
    g_autofree char *code = g_strdup_printf("c%zu", row_from);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        put_text(t, row, names[i], gap_cell_text(from, row_from, names[i]));
    put_text(t, row, "code", code);
    put_number(t, row, "seat_lon", gap_cell_number(from, row_from, "seat_lon"));
    put_number(t, row, "seat_lat", gap_cell_number(from, row_from, "seat_lat"));
    gap_table_set_geometry(t, row, gap_table_geometry(from, row_from));
}

/** Crime of six years by province, one of them unknown. */
static inline void country_years(Country *c) {
    const GapTable *p = country_table(c, "provinces");
    GapTable *t = country_table(c, "crime_years");
    for (int year = 2013; year <= 2018; year++)
        for (size_t from = 0; from < gap_table_rows(p); from++) {
            size_t row = gap_table_add_row(t);
            double rate = 150 + 60.0 * (double)from + 40 * (year % 4);
            put_same(t, row, p, from);
            put_number(t, row, "area_km2", gap_cell_number(p, from, "area_km2"));
            put_number(t, row, "year", year);
            put_number(t, row, "crime_rate", year == 2016 || from == 2 ? NAN : rate);
            put_number(t, row, "crimes", year == 2016 ? NAN : 9 * rate);
        }
}

/** A run of coverage; the share of each municipality goes by `step`. */
static inline void put_run(Country *c, const char *run, double within_m, size_t step) {
    const GapTable *m = country_table(c, "municipalities");
    GapTable *t = country_table(c, "coverage_runs");
    for (size_t from = 0; from < gap_table_rows(m); from++) {
        size_t row = gap_table_add_row(t);
        double people = round(gap_cell_number(m, from, "people"));
        double share = from == 3 ? NAN : (double)(from * step % 9) / 8;
        put_text(t, row, "run", run);
        put_number(t, row, "within_m", within_m);
        put_same(t, row, m, from);
        put_number(t, row, "people", people);
        put_number(t, row, "people_placed", people);
        put_number(t, row, "people_covered", round(people * share));
        put_number(t, row, "coverage", share);
    }
}

static inline void country_runs(Country *c) {
    put_run(c, "5 km", 5000, 2);
    put_run(c, "10 km", 10000, 5);
    g_hash_table_insert(c->data.tables, g_strdup("run_difference"),
                        gap_runs_difference(country_table(c, "coverage_runs")));
}

/** Somebody of the municipality `from` went to see `to`. */
static inline void put_visit(Country *c, size_t from, size_t to, double people) {
    GapTable *areas = country_table(c, "visit_areas"), *flows = country_table(c, "visit_flows");
    g_autofree char *guest = g_strdup_printf("c%zu", from), *host = g_strdup_printf("c%zu", to);
    double xy[4];
    uint32_t part[] = {0, 1}, ring[] = {0, 2};
    for (size_t row = 0; row < gap_table_rows(areas); row++) {
        const char *code = gap_cell_text(areas, row, "code");
        size_t at = g_str_equal(code, guest) ? 0 : g_str_equal(code, host) ? 2 : 4;
        if (at > 2)
            continue;
        xy[at] = gap_cell_number(areas, row, "seat_lon");
        xy[at + 1] = gap_cell_number(areas, row, "seat_lat");
        put_number(areas, row, "received", gap_cell_number(areas, row, "received") + (at == 2));
        put_number(areas, row, "guests",
                   gap_cell_number(areas, row, "guests") + (at == 2 ? people : 0));
    }
    GapGeometry line = {GAP_SHAPE_LINE, 1, 1, 2, part, ring, xy};
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(&line);
    size_t row = gap_table_add_row(flows);
    put_text(flows, row, "from", guest);
    put_text(flows, row, "to", host);
    put_number(flows, row, "people", people);
    gap_table_set_geometry(flows, row, wkb);
}

/** Visits between municipalities, there and back for the first two. */
static inline void country_visits(Country *c) {
    const GapTable *m = country_table(c, "municipalities");
    GapTable *areas = country_table(c, "visit_areas");
    size_t n = MIN(gap_table_rows(m), 40), step = MAX(n / 10, 1);
    for (size_t from = 0; from < n; from += step) {
        size_t row = gap_table_add_row(areas);
        put_same(areas, row, m, from);
        put_number(areas, row, "received", 0);
        put_number(areas, row, "guests", 0);
        put_number(areas, row, "made", 1);
        put_point(areas, row, gap_cell_number(m, from, "seat_lon"),
                  gap_cell_number(m, from, "seat_lat"));
    }
    put_visit(c, 0, step, 12);
    put_visit(c, step, 0, 30);
    for (size_t from = step; from + step < n; from += step)
        put_visit(c, from, from + step, 5.0 * (double)(from % 7));
}

/** Numbers for every row of provinces and municipalities that has a shape. */
static inline void country_numbers(Country *c) {
    static const char *const ladder[] = {"unknown", "plan", "fund", "site", "hold", "unknown"};
    static const char *const plans[] = {"unknown", "none", "drafted", "endorsed", "unknown"};
    GapTable *p = country_table(c, "provinces"), *m = country_table(c, "municipalities");
    for (size_t row = 0; row < gap_table_rows(p); row++) {
        put_number(p, row, "coverage", 0.1 + 0.08 * (double)row);
        put_number(p, row, "crime_rate", row == 4 ? NAN : 176 + 113.0 * (double)row);
        put_number(p, row, "people_plan_endorsed", (double)(row % 3));
        put_number(p, row, "people_plan_drafted", 1);
        put_number(p, row, "people_plan_none", 0);
        put_number(p, row, "people_plan_unknown", 9);
    }
    for (size_t row = 0; row < gap_table_rows(m); row++) {
        double people = 900000.0 / (double)(1 + row * row % 97 + row);
        double share = row % 13 == 5 ? NAN : (double)(row * 7 % 11) / 10;
        put_number(m, row, "people", people);
        put_number(m, row, "coverage", share);
        put_number(m, row, "coverage_exact", row % 4 == 1 ? share : share * 0.4);
        put_number(m, row, "people_beyond", people * (1 - share));
        put_text(m, row, "ladder", ladder[row % 6]);
        put_text(m, row, "plan_status", plans[row % 5]);
    }
    for (int year = 2007; year <= 2018; year++)
        if (year != 2016)
            put_crime(c, year, 28000 + 500 * (year % 5) + (year == 2010 ? 6000 : 0),
                      year == 2018 ? "published" : "reconstructed");
    country_years(c);
    country_runs(c);
    country_visits(c);
}

static inline void put_police(Country *c, const char *kind, const char *precision, double lon,
                              double lat) {
    GapTable *t = country_table(c, "police_points");
    size_t row = gap_table_add_row(t);
    put_text(t, row, "kind", kind);
    put_text(t, row, "precision", precision);
    put_number(t, row, "counted", 1);
    put_point(t, row, lon, lat);
}

/** A star around a place, in degrees. Returns: (transfer full). */
static inline GBytes *country_star(double lon, double lat, double r) {
    double xy[2 * 25];
    uint32_t part[] = {0, 1}, ring[] = {0, 25};
    for (int k = 0; k < 25; k++) {
        double angle = 2 * G_PI * (k % 24) / 24, at = r * (1 + 0.3 * cos(5 * angle));
        xy[2 * k] = lon + at * 1.3 * cos(angle);
        xy[2 * k + 1] = lat + at * sin(angle);
    }
    GapGeometry g = {GAP_SHAPE_POLYGON, 1, 1, 25, part, ring, xy};
    return gap_geometry_to_wkb(&g);
}

/** Nested bands of 15, 30 and 45 minutes around all police points, the largest first. */
static inline void country_bands(Country *c) {
    GapTable *points = country_table(c, "police_points"), *bands = country_table(c, "isochrones");
    size_t n = gap_table_rows(points);
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    for (int minutes = 45; n && minutes > 0; minutes -= 15) {
        g_autoptr(GPtrArray) stars = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
        for (size_t row = 0; row < n; row++) {
            g_autoptr(GapGeometry) at =
                gap_geometry_from_wkb(gap_table_geometry(points, row), NULL);
            g_ptr_array_add(stars, country_star(at->xy[0], at->xy[1], minutes / 180.0));
        }
        g_autoptr(GBytes) whole = gap_overlay_union(overlay, (GBytes **)stars->pdata, n, NULL);
        size_t row = gap_table_add_row(bands);
        gap_table_set_geometry(bands, row, whole);
        put_number(bands, row, "minutes", minutes);
        put_number(bands, row, "from_min", minutes - 15);
        put_number(bands, row, "people", 60000.0 * minutes);
        put_number(bands, row, "people_band", 900000);
    }
}

/** A place with a name in English. */
static inline void put_place(Country *c, const char *name, double lon, double lat) {
    GapTable *t = country_table(c, "places");
    size_t row = gap_table_add_row(t);
    put_text(t, row, "name_en", name);
    put_number(t, row, "people", 12000);
    put_point(t, row, lon, lat);
}

/** People of a municipality at a point. */
static inline void put_people(Country *c, const char *area, double people, bool covered, double lon,
                              double lat) {
    GapTable *t = country_table(c, "demand");
    size_t row = gap_table_add_row(t);
    put_text(t, row, "area", area);
    put_number(t, row, "people", people);
    put_number(t, row, "covered", covered);
    put_point(t, row, lon, lat);
}

static inline void put_road(Country *c, const char *class, const double *xy, uint32_t n) {
    uint32_t part[] = {0, 1}, ring[] = {0, n};
    GapGeometry g = {GAP_SHAPE_LINE, 1, 1, n, part, ring, (double *)xy};
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(&g);
    GapTable *t = country_table(c, "roads");
    size_t row = gap_table_add_row(t);
    put_text(t, row, "class", class);
    gap_table_set_geometry(t, row, wkb);
}

/** A site with whom it newly covers, and one who stays beyond. */
static inline void put_site(Country *c, const char *name, const char *area, double lon, double lat,
                            double people) {
    GapTable *t = country_table(c, "sites"), *newly = country_table(c, "site_demand"),
             *left = country_table(c, "uncovered"), *steps = country_table(c, "frontier");
    size_t row = gap_table_add_row(t);
    put_number(t, row, "rank", (double)row + 1);
    put_text(t, row, "name_en", name);
    put_text(t, row, "area", area);
    put_text(t, row, "above_en", area);
    put_number(t, row, "seat_lon", lon - 0.08);
    put_number(t, row, "seat_lat", lat - 0.03);
    put_number(t, row, "people_added", people);
    put_point(t, row, lon, lat);
    row = gap_table_add_row(newly);
    put_number(newly, row, "people", people);
    put_point(newly, row, lon + 0.01, lat);
    row = gap_table_add_row(left);
    put_number(left, row, "people", 700);
    put_point(left, row, lon + 0.2, lat + 0.2);
    row = gap_table_add_row(steps);
    put_number(steps, row, "most", (double)row + 1);
    put_number(steps, row, "budget", NAN);
    put_number(steps, row, "covered", 2640707 + 120000 * sqrt((double)row + 1));
}

/** Ten sites, some of them close together or of one name, and a difference of two proposals. */
static inline void country_sites(Country *c) {
    static const char *const names[] = {"Alpha 1", "Alpha 1", "Twin", "Twin",
                                        "Kara-Suu of the Hill"};
    static const char *const areas[] = {"Alpha", "Alpha", "Beta", "Gamma", "Delta"};
    GapTable *t = country_table(c, "site_difference");
    for (int i = 0; i < 10; i++)
        put_site(c, names[i % 5], areas[i % 5], 71.5 + 0.05 * (i % 4), 40.7 + 0.04 * (i % 3),
                 172145.0 / (1 + i));
    for (int i = 0; i < 4; i++) {
        size_t row = gap_table_add_row(t);
        put_text(t, row, "name_en", areas[i + 1]);
        put_number(t, row, "only_first", 30000.0 * i);
        put_number(t, row, "only_second", i == 2 ? 90000 : 1000 * (3 - i));
        put_number(t, row, "difference", 1);
        put_point(t, row, 71 + 0.4 * i, 40.5);
    }
}

/** Four provinces of 2 x 1 degrees with three municipalities each, a lake and a neighbour. */
static inline Country country_small(void) {
    static const char *const names[] = {"Alpha", "Beta", "Gamma", "Delta"};
    Country c = country_new();
    GapTable *p = country_table(&c, "provinces"), *m = country_table(&c, "municipalities");
    for (int i = 0; i < 4; i++) {
        double w = 70 + 2 * (i % 2), s = 40 + i / 2;
        size_t row = gap_table_add_row(p);
        put_text(p, row, "name_en", names[i]);
        put_number(p, row, "area_km2", 18000);
        put_box(p, row, w, s, w + 2, s + 1);
        for (int k = 0; k < 3; k++) {
            g_autofree char *name = g_strdup_printf("%s %d", names[i], k + 1);
            row = gap_table_add_row(m);
            put_text(m, row, "name_en", name);
            put_text(m, row, "code", name);
            put_text(m, row, "province", names[i]);
            for (int d = 0; d < 4; d++)
                put_people(&c, name, 900 + 700 * d, (d + k) % 3 == 0,
                           w + 0.4 + 0.6 * k + 0.1 * (d % 2), s + 0.35 + 0.15 * k + 0.1 * (d / 2));
            put_text(m, row, "boundary_quality", "approximate");
            put_number(m, row, "seat_lon", w + 0.4 + 0.6 * k);
            put_number(m, row, "seat_lat", s + 0.35 + 0.15 * k);
        }
    }
    GapTable *lakes = country_table(&c, "lakes"), *abroad = country_table(&c, "neighbours");
    put_text(lakes, gap_table_add_row(lakes), "name_en", "Mere");
    put_box(lakes, 0, 72.8, 41.4, 73.6, 41.7);
    put_text(abroad, gap_table_add_row(abroad), "name_en", "Elsewhere");
    put_box(abroad, 0, 69, 38, 76, 40);
    put_police(&c, "station", "exact", 70.4, 40.35);
    put_police(&c, "district_department", "assumed", 72.4, 40.35);
    put_place(&c, "Hamlet", 70.9, 40.4);
    put_road(&c, "primary", (const double[]){70.4, 40.35, 71.2, 40.5, 72.4, 40.35}, 3);
    put_road(&c, "track", (const double[]){71.2, 40.5, 71.3, 41.2}, 2);
    country_bands(&c);
    country_numbers(&c);
    country_sites(&c);
    return c;
}

static inline GapTable *bundled_table(const char *file) {
    GError *error = NULL;
    g_autofree char *path = g_build_filename(GAP_SOURCE, "data/kyrgyzstan", file, NULL);
    GapTable *t = gap_vector_read(path, NULL, &error);
    assert_no_error(error);
    return t;
}

/** The outlines, seats and points of data/kyrgyzstan. */
static inline Country country_bundled(void) {
    static const char *const files[][2] = {{"provinces", "odbl/provinces.geojson"},
                                           {"municipalities", "odbl/municipalities.geojson"},
                                           {"lakes", "odbl/lakes.geojson"},
                                           {"neighbours", "odbl/neighbours.geojson"},
                                           {"rivers", "rivers.geojson"}};
    Country c = country_new();
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        g_hash_table_insert(c.data.tables, g_strdup(files[i][0]), bundled_table(files[i][1]));
    g_autoptr(GapTable) points = bundled_table("police_points.csv");
    for (size_t row = 0; row < gap_table_rows(points); row++)
        put_police(&c, gap_cell_text(points, row, "kind"), gap_cell_text(points, row, "precision"),
                   g_ascii_strtod(gap_cell_text(points, row, "lon"), NULL),
                   g_ascii_strtod(gap_cell_text(points, row, "lat"), NULL));
    g_autofree char *relief = g_build_filename(GAP_SOURCE, "data/kyrgyzstan/relief.tif", NULL);
    GError *error = NULL;
    c.data.terrain = c.terrain = gap_raster_read(relief, &error);
    assert_no_error(error);
    country_bands(&c);
    country_numbers(&c);
    country_sites(&c);
    return c;
}

/** The country as the union of its provinces, as a load makes it. */
static inline void country_outline(const Country *c) {
    GapTable *p = g_hash_table_lookup(c->data.tables, "provinces");
    GapTable *country = g_hash_table_lookup(c->data.tables, "country");
    g_autofree GBytes **parts = g_new0(GBytes *, gap_table_rows(p) + 1);
    for (size_t row = 0; row < gap_table_rows(p); row++)
        parts[row] = gap_table_geometry(p, row);
    if (gap_table_rows(p) == 0 || gap_table_rows(country))
        return;
    GError *error = NULL;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GBytes) whole = gap_overlay_union(overlay, parts, gap_table_rows(p), &error);
    assert_no_error(error);
    gap_table_set_geometry(country, gap_table_add_row(country), whole);
}

/** The facts of a run by travel time instead of one in a straight line, or back. */
static inline void country_mode(const Country *c, bool travel) {
    static const char *const facts[][2] = {{"mode", "travel"},
                                           {"direction", "police-to-people"},
                                           {"within", "45 min"},
                                           {"within_min", "45"},
                                           {"scenario", "winter"}};
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        g_hash_table_remove(c->data.facts, facts[i][0]);
    g_hash_table_remove(c->data.facts, "within_m");
    g_hash_table_remove(c->data.facts, travel ? "sites_within_m" : "sites_within_min");
    g_hash_table_insert(c->data.facts, g_strdup(travel ? "sites_within_min" : "sites_within_m"),
                        g_strdup(travel ? "45" : "5000"));
    for (size_t i = 0; travel && i < G_N_ELEMENTS(facts); i++)
        g_hash_table_insert(c->data.facts, g_strdup(facts[i][0]), g_strdup(facts[i][1]));
    if (!travel) {
        g_hash_table_insert(c->data.facts, g_strdup("within"), g_strdup("5 km"));
        g_hash_table_insert(c->data.facts, g_strdup("within_m"), g_strdup("5000"));
    }
}

/** The scene of a bundled theme; the caller frees it. A theme that is for runs by travel time gets
 *  the facts of one. */
static inline GapScene *country_page(const Country *c, const char *theme, const GapMapPage *page,
                                     GapFonts *faces) {
    GError *error = NULL;
    country_outline(c);
    g_autoptr(GapStyle) style = gap_style_bundled(theme, &error);
    assert_no_error(error);
    bool other = !gap_map_shows(style, c->data.facts);
    if (other)
        country_mode(c, true);
    GapScene *scene = gap_map_scene(style, &c->data, page, faces, &error);
    assert_no_error(error);
    if (other)
        country_mode(c, false);
    return scene;
}

/** The same as a slide. */
static inline GapScene *country_scene(const Country *c, const char *theme, const char *lang,
                                      GapFonts *faces) {
    return country_page(c, theme, &(GapMapPage){.lang = lang}, faces);
}

static inline const GapItem *scene_item(const GapScene *scene, guint i) {
    return &g_array_index(scene->items, GapItem, i);
}

/** Whether the text of an item of this role (NULL: any) holds `text`. */
static inline bool says(const GapScene *scene, const char *role, const char *text) {
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->text && (!role || g_str_equal(item->role, role)) && strstr(item->text, text))
            return true;
    }
    return false;
}

#endif
