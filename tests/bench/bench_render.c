/** bench_render make FOLDER: writes the made areas of the bench as GeoJSON and as GeoPackage:
 *  national (51 areas of 54,000 vertices in all) with national_places (300 named points), and
 *  areas200 and areas2000 (500 areas).
 *  bench_render draw AREAS PLACES|- PICTURE TIMES: draws the areas at 3840 x 2160 in two colours,
 *  outlined, with their names, or those of the places, in halos; adds to TIMES a line of seconds:
 *  drawing (tables in memory to pixels in memory: projecting, placing of labels, drawing) and
 *  writing of the PNG.
 */
#include "geo/files/vector.h"
#include "styles/canvas_draw.h"
#include "styles/labels.h"
#include "styles/map.h"
#include "styles/png.h"
#include "tests/bench/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 300, NATIONAL = 51, COLS = 1920, ROWS = 1080 };

static const char style_text[] =
    "{'version': 8, 'name': 'bench', 'metadata': {'gapmap': {}},"
    " 'sources': {'a': {'type': 'geojson', 'data': 'gapmap:provinces'},"
    "             'p': {'type': 'geojson', 'data': 'gapmap:places'}},"
    " 'layers': ["
    "  {'id': 'fill', 'type': 'fill', 'source': 'a', 'paint':"
    "   {'fill-color': ['step', ['get', 'v'], '#c6dbef', 0.5, '#2171b5']}},"
    "  {'id': 'line', 'type': 'line', 'source': 'a', 'paint':"
    "   {'line-color': '#555555', 'line-width': 0.35}},"
    "  {'id': 'names', 'type': 'symbol', 'source': '%s', 'layout':"
    "   {'text-field': ['get', 'name'], 'text-size': 7, 'text-anchor': 'center'}, 'paint':"
    "   {'text-color': '#000000', 'text-halo-color': '#ffffff', 'text-halo-width': 1}}]}";

static void must(bool good, GError *error) {
    if (!good)
        fprintf(stderr, "%s\n", error ? error->message : "failed"), exit(1);
}

/* ---- made files ---- */

static GapTable *made_table(const char *name) {
    GapTable *t = gap_table_new(name);
    gap_table_add_column(t, &(GapColumnSpec){"name", GAP_TYPE_TEXT, NULL, NULL});
    gap_table_add_column(t, &(GapColumnSpec){"v", GAP_TYPE_REAL, NULL, NULL});
    return t;
}

static void add_row(GapTable *t, const char *word, GBytes *wkb, double v) {
    size_t row = gap_table_add_row(t);
    g_autofree char *name = g_strdup_printf("%s %zu", word, row);
    gap_table_set_text(t, row, 0, name);
    gap_table_set_real(t, row, 1, v);
    gap_table_set_geometry(t, row, wkb);
    g_bytes_unref(wkb);
}

static void write_table(GapTable *t, const char *folder) {
    GError *error = NULL;
    g_autofree char *json = g_strconcat(folder, "/", gap_table_name(t), ".geojson", NULL);
    g_autofree char *gpkg = g_strconcat(folder, "/", gap_table_name(t), ".gpkg", NULL);
    must(gap_vector_write_geojson(t, json, &error) &&
             gap_vector_write_gpkg(&t, NULL, 1, "2017-12-31", gpkg, &error),
         error);
}

static void make_areas(const char *folder, const char *name, int m) {
    g_autoptr(GapTable) t = made_table(name);
    for (int i = 0; i < MADE_AREAS; i++)
        add_row(t, "Айыл", made_area(i, m), i * 7 % 10 / 10.0);
    write_table(t, folder);
}

static void make_nation(const char *folder) {
    g_autoptr(GapTable) t = made_table("national");
    for (int i = 0; i < NATIONAL; i++)
        add_row(t, "Аймак", made_area_at(i % 8, i / 8, 265, 0.95), i * 7 % 10 / 10.0);
    write_table(t, folder);
}

static void make_places(const char *folder) {
    g_autoptr(GapTable) t = made_table("national_places");
    g_autofree double *xy = made_points(PLACES);
    for (int i = 0; i < PLACES; i++) { // in the first 8 of 25 columns and 6 of 20 rows
        double x = MADE_BOX.min_x + (xy[2 * i] - MADE_BOX.min_x) * 8 / 25;
        double y = MADE_BOX.min_y + (xy[2 * i + 1] - MADE_BOX.min_y) * 6 / 20;
        add_row(t, "Кыштак", gap_wkb_point(x, y), 0);
    }
    write_table(t, folder);
}

static int make(const char *folder) {
    make_nation(folder);
    make_places(folder);
    make_areas(folder, "areas200", 50);
    make_areas(folder, "areas2000", 500);
    return 0;
}

/* ---- drawing ---- */

static double now_s(void) {
    return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

static GapStyle *open_style(const char *names) {
    GError *error = NULL;
    g_autofree char *text = g_strdup_printf(style_text, names);
    GapStyle *style = gap_style_parse(g_strdelimit(text, "'", '"'), strlen(text), "bench", &error);
    must(style, error);
    return style;
}

static GapBox extent_of(const GapRows *rows) {
    GapBox box = GAP_BOX_EMPTY;
    for (guint i = 0; i < rows->shapes->len; i++)
        gap_box_add(&box, gap_geometry_box(rows->shapes->pdata[i]));
    return box;
}

/** The whole page as one map, which the bundled themes never are. */
static GapScene *scene_of(GapStyle *style, const GapMapData *data, GapFonts *fonts) {
    GError *error = NULL;
    GapScene *scene = gap_scene_new(COLS, ROWS);
    GapMap map = {.style = style, .data = data, .lang = "en", .fonts = fonts, .scene = scene};
    map.overlay = gap_overlay_new();
    map.sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    map.labels = gap_labels_new();
    map.scratch = g_string_chunk_new(256);
    map.plane = gap_projection_new("+proj=utm +zone=43 +datum=WGS84", &error);
    must(map.plane, error);
    const GapRows *rows = gap_map_rows(&map, "a", &error);
    must(rows, error);
    GapBox e = extent_of(rows), page = {0, 0, COLS, ROWS};
    double scale = MIN(COLS / (e.max_x - e.min_x), ROWS / (e.max_y - e.min_y));
    GapView view = {page, 0, scale, e.min_x, e.max_y, false};
    view.number = gap_scene_add_frame(scene, "map", page);
    must(gap_map_draw(&map, &view, &error), error);
    gap_labels_place(map.labels, scene, fonts, page, view.number);
    return scene; // what the map holds goes with the process
}

static void read_into(GHashTable *tables, const char *name, const char *path) {
    GError *error = NULL;
    GapTable *t = gap_vector_read(path, NULL, &error);
    must(t, error);
    g_hash_table_insert(tables, (char *)name, t);
}

static int draw(const char *areas, const char *places, const char *path, const char *times) {
    GError *error = NULL;
    bool named = !g_str_equal(places, "-");
    GapStyle *style = open_style(named ? "p" : "a");
    GapMapData data = {.tables = g_hash_table_new(g_str_hash, g_str_equal)};
    read_into(data.tables, "provinces", areas);
    if (named)
        read_into(data.tables, "places", places);
    GapFonts *fonts = gap_fonts_new(&error); // as Mapnik has its own at import
    must(fonts, error);
    const double start = now_s();
    GapScene *scene = scene_of(style, &data, fonts);
    const double placed = now_s();
    cairo_surface_t *image = gap_canvas_image(scene, fonts, 2, 0, &error);
    must(image, error);
    const double drawn = now_s();
    GapPicture picture = {(const guint32 *)(void *)cairo_image_surface_get_data(image),
                          .cols = 2 * COLS, .rows = 2 * ROWS, .stride = 2 * COLS, .scale = 2};
    must(gap_png_write(&picture, path, &error), error);
    FILE *out = fopen(times, "a");
    must(out, NULL);
    fprintf(out, "%.3f %.3f\n", drawn - start, now_s() - drawn);
    fprintf(stderr, "scene %.3f s, pixels %.3f s, PNG %.3f s, %u labels\n", placed - start,
            drawn - placed, now_s() - drawn, scene->labels_placed);
    return fclose(out);
}

int main(int argc, char **argv) {
    if (argc == 3 && g_str_equal(argv[1], "make"))
        return make(argv[2]);
    return argc == 6 && g_str_equal(argv[1], "draw") ? draw(argv[2], argv[3], argv[4], argv[5]) : 2;
}
