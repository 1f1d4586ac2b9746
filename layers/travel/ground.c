#include "layers/travel/ground.h"

#include <math.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/raster_onto.h"
#include "layers/areas.h"
#include "layers/travel/cover.h"
#include "layers/travel/elevation.h"
#include "layers/travel/frame.h"
#include "layers/travel/winding.h"

enum { MOST_LISTED = 8 };

static const double BRIDGE_NEAR_M = 100, CROSSING_NEAR_M = 1000, ABROAD_M = 20000;

typedef struct {
    GapStore *store;
    const GapTravelGroundOptions *options;
    GapTravelGround *ground;
    GapWeave *weave;
    GHashTable *strange; // road classes without a speed to how many rows have them
    const char *strange_source;
    gint64 strange_row;
    size_t wound; // pieces of roads that wind within few cells
    double least; // speed of them over that of their class
} Making;

/* ---- where the grid lies ---- */

/* The outline of the country, NULL where none is loaded. Returns: (transfer full). */
static GBytes *country_outline(GapStore *store, GError **error) {
    g_autoptr(GapAreas) areas = gap_areas_new(store, error);
    const char *country = areas ? gap_areas_country(areas) : NULL;
    GBytes *outline = country ? gap_areas_outline(areas, country, error) : NULL;
    return outline ? g_bytes_ref(outline) : NULL;
}

static double number_of(GapStore *store, const GapStatement *statement, GError **error) {
    return gap_store_number(store, statement, 0, error, "");
}

static bool open_crossings(GapStore *store, GError **error) {
    static const GapStatement COUNT = {"travel.crossings",
                                       "SELECT count(*) FROM crossing WHERE status = 'open'"};
    return number_of(store, &COUNT, error) > 0;
}

/* Without an extent that is asked for, the grid ends where the elevation does. */
static void cut_to(Making *m, GapBox elevation, GapFrameOptions *frame) {
    GapBox *e = &frame->extent;
    const GapBox both = {fmax(e->min_x, elevation.min_x), fmax(e->min_y, elevation.min_y),
                         fmin(e->max_x, elevation.max_x), fmin(e->max_y, elevation.max_y)};
    if (both.max_x - both.min_x < 0.99 * (e->max_x - e->min_x) ||
        both.max_y - both.min_y < 0.99 * (e->max_y - e->min_y))
        gap_note(m->ground->notes,
                 "%s: does not cover the country: the grid is cut to %.2f to %.2f east, "
                 "%.2f to %.2f north; give an extent to have all of it",
                 m->options->elevation, both.min_x, both.max_x, both.min_y, both.max_y);
    *e = both;
}

static bool find_extent(Making *m, GBytes *country, GapFrameOptions *frame, GError **error) {
    const GapTravelGroundOptions *o = m->options;
    g_auto(GapRasterInfo) info = {0};
    if (o->elevation && !gap_raster_info(o->elevation, &info, error))
        return false;
    frame->finest_m = info.cell_m;
    if (o->extent.min_x < o->extent.max_x)
        frame->extent = o->extent;
    else if (country) {
        g_autoptr(GapGeometry) outline = gap_geometry_from_wkb(country, error);
        if (!outline)
            return false;
        frame->extent = gap_geometry_box(outline);
        frame->margin_m = open_crossings(m->store, NULL) ? ABROAD_M : 0;
    } else if (o->elevation)
        frame->extent = info.degrees;
    else
        return o->like || gap_fail(error, GAP_ERROR_MISSING,
                                   "travel time over what? No boundaries of a country are loaded: "
                                   "load them, or give an extent or a raster of elevation");
    if (o->elevation && !o->like && !gap_box_overlaps(info.degrees, frame->extent))
        return gap_fail(
            error, GAP_ERROR_INPUT,
            "%s: lies at %.2f to %.2f east, %.2f to %.2f north, and the grid at %.2f to "
            "%.2f east, %.2f to %.2f north: they do not overlap; check its coordinate "
            "system, or give another extent",
            o->elevation, info.degrees.min_x, info.degrees.max_x, info.degrees.min_y,
            info.degrees.max_y, frame->extent.min_x, frame->extent.max_x, frame->extent.min_y,
            frame->extent.max_y);
    if (o->elevation && !o->like && !(o->extent.min_x < o->extent.max_x))
        cut_to(m, info.degrees, frame);
    return true;
}

static bool find_frame(Making *m, GBytes *country, GError **error) {
    const GapTravelGroundOptions *o = m->options;
    GapTravelGround *g = m->ground;
    GapFrameOptions frame = {.like = o->like, .crs = o->crs, .cell_m = o->cell_m};
    if (!frame.like && o->friction)
        frame.like = o->friction;
    if (!find_extent(m, country, &frame, error) ||
        !gap_travel_frame(&frame, &g->frame, &g->definition, g->notes, error))
        return false;
    g->plane = gap_projection_new(g->definition, error);
    return g->plane != NULL;
}

/* ---- roads ---- */

static bool says_yes(const char *text) {
    static const char *const no[] = {"", "no", "n", "f", "false", "0", "none", NULL};
    if (!text)
        return false;
    g_autofree char *plain = g_strstrip(g_ascii_strdown(text, -1));
    return !g_strv_contains(no, plain);
}

static bool is_bridged(const Making *m, const GapSpeed *speed, const char *tag) {
    return says_yes(tag) || m->options->bridges == GAP_BRIDGES_ALL ||
           (m->options->bridges == GAP_BRIDGES_ROADS && speed->bridged);
}

static void count_strange(Making *m, const char *class, const char *source, gint64 row) {
    const gsize n = GPOINTER_TO_SIZE(g_hash_table_lookup(m->strange, class));
    if (!m->strange_source) {
        m->strange_source = g_intern_string(source);
        m->strange_row = row;
    }
    g_hash_table_insert(m->strange, g_strdup(class), GSIZE_TO_POINTER(n + 1));
}

/* A road that is added piece by piece. */
typedef struct {
    Making *m;
    int number; // of its speed
    GapWeaveRoad road;
} Pieces;

/* Slower where it winds; where there is no class left for that, as fast as the road. */
static void add_piece(void *user, GapGeometry *piece, double winding) {
    const Pieces *p = user;
    Making *m = p->m;
    GapWeaveRoad road = p->road;
    const unsigned level = gap_winding_level(winding);
    const double share = pow(GAP_WINDING_STEP, -(double)level);
    if (level && gap_cover_class(m->ground, p->number, share * m->ground->table[road.class].kmh,
                                 &road.class, NULL)) {
        m->wound++;
        m->least = fmin(m->least, share);
    } else
        road = p->road;
    gap_weave_add_road(m->weave, piece, road);
}

static void add_line(Making *m, int number, GapGeometry *line, GapWeaveRoad road) {
    if (m->ground->table[road.class].mode == GAP_MODE_VEHICLE) {
        gap_winding_pieces(&m->ground->frame, line, add_piece, &(Pieces){m, number, road});
        gap_geometry_free(line);
    } else // on foot the slope of the cells is steeper than the road: it is slow enough
        gap_weave_add_road(m->weave, line, road);
}

enum { CLASS, BRIDGE, SURFACE, SEASONAL, SOURCE, ROW };

static bool add_road(Making *m, const GapTable *rows, size_t r, GError **error) {
    GapTravelGround *g = m->ground;
    const char *class = gap_table_text(rows, r, CLASS);
    const char *surface = gap_table_text(rows, r, SURFACE);
    const int number = gap_speeds_find(g->speeds, GAP_SPEED_ROAD, class);
    if (number < 0) {
        count_strange(m, class, gap_table_text(rows, r, SOURCE), gap_table_int(rows, r, ROW));
        return true;
    }
    const GapSpeed *speed = gap_speeds_get(g->speeds, number);
    const double most = surface && speed->mode == GAP_MODE_VEHICLE
                            ? gap_speeds_surface_kmh(g->speeds, surface)
                            : INFINITY;
    GapWeaveRoad road = {0, is_bridged(m, speed, gap_table_text(rows, r, BRIDGE)),
                         speed->winter_open ? INFINITY : gap_speeds_closed_above_m(g->speeds)};
    if (!gap_cover_class(g, number, most, &road.class, error))
        return false;
    if (!road.class ||
        (gap_speeds_closes_seasonal(g->speeds) && says_yes(gap_table_text(rows, r, SEASONAL))))
        return true;
    g_autoptr(GError) why = NULL;
    GapGeometry *line = gap_cover_project(g, gap_table_geometry(rows, r), &why);
    if (line)
        add_line(m, number, line, road);
    if (!why)
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

static bool refuse_strange(const Making *m, GError **error) {
    GHashTableIter i;
    gpointer class, n;
    int listed = 0;
    g_autoptr(GString) list = g_string_new(NULL);
    g_autofree char *known = gap_speeds_known(m->ground->speeds, GAP_SPEED_ROAD);
    g_hash_table_iter_init(&i, m->strange);
    while (g_hash_table_iter_next(&i, &class, &n) && listed++ < MOST_LISTED) {
        g_autofree char *shown = gap_printable(class, 40);
        g_string_append_printf(list, "%s'%s' (%zu rows)", listed > 1 ? ", " : "", shown,
                               GPOINTER_TO_SIZE(n));
    }
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s, row %" G_GINT64_FORMAT
                    ", field class: %u classes of roads have no speed: %s%s; give them one in a "
                    "speed table (columns class, label, speed, mode), 0 for no road. Known: %s",
                    m->strange_source, m->strange_row, g_hash_table_size(m->strange), list->str,
                    g_hash_table_size(m->strange) > MOST_LISTED ? ", ..." : "", known);
}

static bool add_roads(Making *m, GError **error) {
    static const GapStatement READ = {
        "travel.roads", "SELECT class, bridge, surface, seasonal, source, row, AsBinary(geom) AS"
                        " geom FROM road ORDER BY source, row"};
    g_autoptr(GapTable) rows = gap_store_select(m->store, &READ, error, "");
    for (size_t r = 0; rows && r < gap_table_rows(rows); r++)
        if (!add_road(m, rows, r, error))
            return false;
    if (rows && gap_table_rows(rows) == 0)
        gap_note(m->ground->notes, "no roads are loaded: all travel is off the road");
    if (m->wound)
        gap_note(
            m->ground->notes,
            "%zu stretches of roads wind within a few cells: speeds there are lowered, to %.0f "
            "%% at the least, since the grid loses as much of their length",
            m->wound, 100 * m->least);
    return rows && (g_hash_table_size(m->strange) == 0 || refuse_strange(m, error));
}

/* ---- barriers, border, crossings ---- */

static bool add_barriers(Making *m, GError **error) {
    static const GapStatement READ = {
        "travel.barriers",
        "SELECT kind, AsBinary(geom) AS geom FROM (SELECT kind, source, row, geom FROM barrier"
        " UNION ALL SELECT kind, source, row, geom FROM scenery WHERE kind IN ('lake', 'river'))"
        " ORDER BY source, row"};
    g_autoptr(GapTable) rows = gap_store_select(m->store, &READ, error, "");
    for (size_t r = 0; rows && r < gap_table_rows(rows); r++) {
        g_autoptr(GError) why = NULL;
        const char *kind = gap_table_text(rows, r, 0);
        GapGeometry *shape = gap_cover_project(m->ground, gap_table_geometry(rows, r), &why);
        if (why) {
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
        const bool passes = m->options->rivers_pass && g_str_equal(kind, "river") && shape &&
                            shape->kind == GAP_SHAPE_LINE;
        if (passes)
            gap_geometry_free(shape);
        else if (shape && g_str_equal(kind, "bridge"))
            gap_weave_add_bridge(m->weave, shape);
        else if (shape)
            gap_weave_add_barrier(m->weave, shape, g_str_equal(kind, "closed_area"));
    }
    return rows != NULL;
}

static bool in_season(int month, gint64 from, gint64 to) {
    return from <= to ? from <= month && month <= to : month >= from || month <= to;
}

/* The class of the cell at a crossing where only some may cross; 0: that of the road. */
static bool gate_class(Making *m, const char *mode, uint8_t *class, GError **error) {
    const char *name = g_str_equal(mode, "walk")      ? "path"
                       : g_str_equal(mode, "bicycle") ? "cycleway"
                                                      : NULL;
    *class = 0;
    return !name ||
           gap_cover_class(m->ground, gap_speeds_find(m->ground->speeds, GAP_SPEED_ROAD, name),
                           INFINITY, class, error);
}

static bool add_crossings(Making *m, GError **error) {
    static const GapStatement READ = {
        "travel.gates", "SELECT mode, from_month, to_month, ST_X(geom), ST_Y(geom) FROM crossing"
                        " WHERE status = 'open' ORDER BY source, row"};
    size_t out_of_season = 0, any_season = 0;
    g_autoptr(GapTable) rows = gap_store_select(m->store, &READ, error, "");
    for (size_t r = 0; rows && r < gap_table_rows(rows); r++) {
        double xy[] = {gap_table_real(rows, r, 3), gap_table_real(rows, r, 4)};
        uint8_t class;
        const bool seasonal = !gap_table_is_null(rows, r, 1);
        any_season += seasonal && !m->options->month;
        if (seasonal && m->options->month &&
            !in_season(m->options->month, gap_table_int(rows, r, 1), gap_table_int(rows, r, 2))) {
            out_of_season++;
            continue;
        }
        if (!gap_projection_forward(m->ground->plane, xy, 1, error) ||
            !gate_class(m, gap_table_text(rows, r, 0), &class, error))
            return false;
        gap_weave_add_crossing(m->weave, xy[0], xy[1], class);
    }
    if (out_of_season)
        gap_note(m->ground->notes, "%zu border crossings are closed in month %d", out_of_season,
                 m->options->month);
    if (any_season)
        gap_note(m->ground->notes,
                 "%zu border crossings have a season and count as open, since no month is "
                 "given",
                 any_season);
    return rows != NULL;
}

static bool add_country(Making *m, GBytes *country, GError **error) {
    if (!country) {
        gap_note(m->ground->notes,
                 "no boundaries of a country are loaded: nothing counts as abroad");
        return true;
    }
    g_autoptr(GError) why = NULL;
    GapGeometry *polygons = gap_cover_project(m->ground, country, &why);
    if (polygons) {
        gap_weave_set_country(m->weave, polygons);
        return add_crossings(m, error);
    }
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else
        gap_fail(error, GAP_ERROR_USAGE, "the grid lies outside the country: check its extent");
    return false;
}

/* ---- all together ---- */

static void tell_woven(const GapTravelGround *g) {
    const GapWeaveReport *w = &g->woven;
    gap_note(g->notes,
             "roads open %zu cells; barriers close %zu; roads cross barriers in %zu cells "
             "and are cut by them in %zu",
             w->road_cells, w->barrier_cells, w->bridges, w->cut);
    if (w->moved)
        gap_note(g->notes,
                 "%zu cells across a barrier beside a road are closed, so that it is no "
                 "bridge",
                 w->moved);
    if (w->both_banks)
        gap_note(g->notes,
                 "in %zu cells roads run on both banks of a barrier and the grid is too "
                 "coarse to part them: one may change sides there; smaller cells part them",
                 w->both_banks);
    if (w->crossings || w->shut)
        gap_note(g->notes,
                 "roads cross the border in %zu cells near an open crossing, and end at it "
                 "in %zu; roads abroad are %zu cells",
                 w->crossings, w->shut, w->abroad);
}

static bool weave(Making *m, GBytes *country, GError **error) {
    GapTravelGround *g = m->ground;
    const double cell_m = fmax(g->frame.dx, g->frame.dy);
    double kmh[255] = {0};
    m->weave = gap_weave_new(&g->frame);
    if (!add_roads(m, error) || !add_barriers(m, error) || !add_country(m, country, error))
        return false;
    for (size_t i = 1; i < g->n_classes; i++)
        kmh[i] = g->table[i].kmh;
    const GapWeaveOptions options = {g->elevation ? g->elevation->cells : NULL, kmh,
                                     fmax(BRIDGE_NEAR_M, 1.5 * cell_m),
                                     fmax(CROSSING_NEAR_M, 2 * cell_m)};
    if (!gap_weave_make(m->weave, &options, g->classes, &g->woven, error))
        return false;
    tell_woven(g);
    for (size_t i = 0; i < g->frame.cols * g->frame.rows; i++)
        g->cells[g->classes[i]]++;
    return true;
}

static bool go_on(const Making *m, double share, const char *what, GError **error) {
    return gap_progress(m->options->progress, share, what) ||
           gap_fail(error, GAP_ERROR_FAILED, "interrupted: nothing was changed");
}

static bool make_classes(Making *m, GBytes *country, GError **error) {
    GapTravelGround *g = m->ground;
    const GapTravelGroundOptions *o = m->options;
    g->n_classes = 1; // 0 is closed
    g->classes = g_try_malloc0(g->frame.cols * g->frame.rows);
    if (!g->classes)
        return gap_fail(error, GAP_ERROR_FAILED, "no memory for %zu x %zu cells", g->frame.cols,
                        g->frame.rows);
    g->speeds = gap_speeds_new(o->speeds, o->scenario, g->notes, error);
    return g->speeds && go_on(m, 0.1, "elevation", error) &&
           gap_elevation_find(g, m->store, o->elevation, o->elevation_unit, error) &&
           go_on(m, 0.4, "land cover", error) && gap_cover_fill(g, m->store, o->landcover, error) &&
           go_on(m, 0.6, "roads and barriers", error) && weave(m, country, error);
}

static bool make_friction(Making *m, GError **error) {
    GapTravelGround *g = m->ground;
    g->friction = gap_raster_onto(m->options->friction, &g->frame, g->definition, GAP_WARP_NEAREST,
                                  g->notes, error);
    for (size_t i = 0; g->friction && i < g->frame.cols * g->frame.rows; i++) {
        const double value = g->friction->cells[i];
        // 1,000 km/h to a metre an hour.
        if (!isnan(value) && !(value >= 6e-5 && value <= 60))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "%s: column %zu, row %zu of the grid has %g, and friction is minutes a "
                            "metre (5 km/h are 0.012), no data where nobody passes",
                            m->options->friction, i % g->frame.cols + 1, i / g->frame.cols + 1,
                            value);
    }
    if (g->friction)
        gap_note(g->notes,
                 "%s: minutes a metre; slopes are in it already, so that terrain, land "
                 "cover, roads and barriers of the store are not looked at",
                 m->options->friction);
    return g->friction != NULL;
}

GapTravelGround *gap_travel_ground_new(GapStore *store, const GapTravelGroundOptions *options,
                                       GError **error) {
    g_autoptr(GapTravelGround) g = g_new0(GapTravelGround, 1);
    g_autoptr(GError) why = NULL;
    g->notes = g_ptr_array_new_with_free_func(g_free);
    Making m = {.store = store, .options = options, .ground = g, .least = 1};
    m.strange = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GBytes) country = country_outline(store, &why);
    const bool ok = !why && find_frame(&m, country, &why) &&
                    (options->friction ? make_friction(&m, &why) : make_classes(&m, country, &why));
    gap_weave_free(m.weave);
    g_hash_table_unref(m.strange);
    if (ok)
        return g_steal_pointer(&g);
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
}

void gap_travel_ground_free(GapTravelGround *g) {
    if (!g)
        return;
    g_free(g->definition);
    gap_projection_free(g->plane);
    gap_grid_free(g->elevation);
    gap_grid_free(g->friction);
    g_free(g->classes);
    gap_speeds_free(g->speeds);
    g_ptr_array_unref(g->notes);
    g_free(g);
}

GapGround gap_travel_ground_view(const GapTravelGround *g) {
    return (GapGround){.cols = g->frame.cols,
                       .rows = g->frame.rows,
                       .dx = g->frame.dx,
                       .dy = g->frame.dy,
                       .elevation_m = g->elevation ? g->elevation->cells : NULL,
                       .classes = g->classes,
                       .table = g->classes ? g->table : NULL,
                       .n_classes = g->n_classes,
                       .friction_min_per_m = g->friction ? g->friction->cells : NULL};
}

GapTable *gap_travel_ground_table(const GapTravelGround *g) {
    static const char *const modes[] = {"closed", "walk", "bicycle", "vehicle"};
    static const GapColumnSpec columns[] = {{"class", GAP_TYPE_TEXT, NULL, "Class"},
                                            {"label", GAP_TYPE_TEXT, NULL, "What it is"},
                                            {"mode", GAP_TYPE_TEXT, NULL, "How one moves"},
                                            {"kmh", GAP_TYPE_REAL, "km/h", "Speed on the level"},
                                            {"cells", GAP_TYPE_INT, NULL, "Cells of the grid"},
                                            {"source", GAP_TYPE_TEXT, NULL, "Source of the speed"}};
    GapTable *table = gap_table_new("speeds");
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        gap_table_add_column(table, &columns[i]);
    for (size_t i = 0; i < g->n_classes; i++) {
        const size_t row = gap_table_add_row(table);
        const GapSpeed *speed = g->speed[i];
        gap_table_set_text(table, row, 0, speed ? speed->name : "closed");
        gap_table_set_text(table, row, 1, speed ? speed->label : "Closed");
        gap_table_set_text(table, row, 2, modes[g->table[i].mode]);
        gap_table_set_real(table, row, 3, g->table[i].kmh);
        gap_table_set_int(table, row, 4, (gint64)g->cells[i]);
        gap_table_set_text(table, row, 5, speed ? speed->source : NULL);
    }
    return table;
}
