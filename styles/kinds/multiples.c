#include "styles/kinds/multiples.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/kinds/runs.h"
#include "styles/labels.h"
#include "styles/page.h"
#include "styles/page/graticule.h"
#include "styles/page/scale_bar.h"
#include "styles/panel.h"
#include "styles/speech/both.h"

#include <math.h>

static const double gap = 14, head = 32, foot = 56, pad = 6;
static const double most_air = 1.3; // a frame is so much higher than what it shows, at most

/** What the theme asks for. */
typedef struct {
    const char *source, *by, *value, *sum, *of;
    const GapTable *table;
    GArray *first; /**< of size_t: the first row of each value */
    size_t row;    /**< that of the frame being drawn */
} Multiples;

/** Where the frames go: `cols` beside each other, each `width` x `height` below its head, from the
 *  left top of `box`. */
typedef struct {
    GapBox box;
    size_t cols;
    double width, height, scale;
    bool panel; /**< whether the panel and the scale bar stand in the cell after the last frame */
} Grid;

/* ---- which rows a frame shows ---- */

static bool cells_alike(const GapTable *a, size_t row_a, const GapTable *b, size_t row_b,
                        const char *column) {
    const char *text = gap_cell_text(a, row_a, column);
    return text ? g_strcmp0(text, gap_cell_text(b, row_b, column)) == 0
                : gap_cell_number(a, row_a, column) == gap_cell_number(b, row_b, column);
}

bool gap_multiples_shows(const GapMap *map, const GapTable *table, size_t row) {
    const struct GapFacet *f = map->facet;
    return !f || gap_table_find(table, f->column) < 0 ||
           cells_alike(table, row, f->table, f->row, f->column);
}

static bool is_new(const Multiples *m, size_t row) {
    for (guint i = 0; i < m->first->len; i++)
        if (cells_alike(m->table, row, m->table, g_array_index(m->first, size_t, i), m->by))
            return false;
    return gap_cell_text(m->table, row, m->by) || !isnan(gap_cell_number(m->table, row, m->by));
}

static bool find_values(Multiples *m, GError **error) {
    for (size_t row = 0; row < gap_table_rows(m->table); row++)
        if (is_new(m, row))
            g_array_append_val(m->first, row);
    return m->first->len <= GAP_MULTIPLES_MAX ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "metadata.gapmap.multiples: %u little maps do not fit on a page, %d do; draw "
                    "fewer, runs with --runs",
                    m->first->len, GAP_MULTIPLES_MAX);
}

static bool read_wanted(GapMap *map, Multiples *m, GError **error) {
    json_error_t wrong;
    const json_t *json = json_object_get(map->style->page, "multiples");
    if (json_unpack_ex((json_t *)json, &wrong, JSON_STRICT, "{s:s, s:s, s:s, s?:s, s?:s}", "source",
                       &m->source, "by", &m->by, "value", &m->value, "sum", &m->sum, "of", &m->of))
        return gap_fail(error, GAP_ERROR_INPUT, "metadata.gapmap.multiples: %s", wrong.text);
    const GapRows *rows = gap_map_rows(map, m->source, error);
    if (!rows)
        return false;
    m->table = rows->table;
    return find_values(m, error);
}

/* ---- frames ---- */

/** The number of columns that draws the country largest in `cells` cells; with `filled` only those
 *  that leave no cell over. */
static Grid choose_grid(const GapMap *map, GapBox box, size_t cells, bool filled) {
    double width_m = map->extent.max_x - map->extent.min_x;
    double height_m = map->extent.max_y - map->extent.min_y;
    Grid best = {0};
    for (size_t cols = 1; cols <= cells; cols++) {
        if (filled && cells % cols != 0)
            continue;
        double rows = ceil((double)cells / (double)cols);
        double w = (box.max_x - box.min_x + gap) / (double)cols - gap;
        double h = (box.max_y - box.min_y + gap) / rows - gap - head;
        double scale = MIN((w - 2 * pad) / width_m, (h - 2 * pad) / height_m);
        if (scale > best.scale)
            best =
                (Grid){box, cols, w, MIN(h, most_air * (height_m * scale + 2 * pad)), scale, false};
    }
    return best;
}

/** The frame of a cell, below its head. */
static GapBox cell_box(const Grid *g, size_t i) {
    double left = g->box.min_x + (double)(i % g->cols) * (g->width + gap);
    double top = g->box.min_y + head + (double)(i / g->cols) * (g->height + gap + head);
    return (GapBox){left, top, left + g->width, top + g->height};
}

/** The cell after frame `n`, the last one: it reaches down to where frames might. */
static GapBox free_cell(const Grid *g, size_t n) {
    GapBox cell = cell_box(g, n);
    cell.max_y = g->box.max_y;
    return cell;
}

static GapView view_of(const GapMap *map, const Grid *g, size_t i) {
    double x = (map->extent.min_x + map->extent.max_x) / 2;
    double y = (map->extent.min_y + map->extent.max_y) / 2;
    return (GapView){cell_box(g, i),
                     0,
                     g->scale,
                     x - g->width / 2 / g->scale,
                     y + g->height / 2 / g->scale,
                     true};
}

/** The main map may bleed off the page; frames stand within its margins. */
static GapBox within_margins(const GapMap *map, GapBox room) {
    const GapBox page = map->layout->notes;
    return (GapBox){MAX(room.min_x, page.min_x), room.min_y + 4, MIN(room.max_x, page.max_x),
                    room.max_y - 2};
}

/** Gives the panel as many columns of its own width as the cell after the last frame has room for,
 *  above the scale bar. */
static void move_panel(GapLayout *layout, const Grid *g, size_t n) {
    const GapBox cell = free_cell(g, n);
    const double air = 24, width = layout->columns[0].max_x - layout->columns[0].min_x;
    double columns = CLAMP(floor((cell.max_x - cell.min_x) / (width + air)), 1, GAP_COLUMNS_MAX);
    layout->n_columns = (unsigned)columns;
    for (unsigned i = 0; i < layout->n_columns; i++) {
        double left = cell.min_x + air + i * (width + air);
        layout->columns[i] =
            (GapBox){left, cell.min_y - head, MIN(left + width, cell.max_x), cell.max_y - foot};
    }
}

/** Three maps leave a cell of four free: where the panel fits into it, frames have the room that
 * the panel had, if that draws the country larger. */
static bool choose_arrangement(GapMap *map, GapBox room, size_t n, Grid *grid, GError **error) {
    GapBox above = room, all = room;
    above.max_y -= foot; // of which the scale bar stands
    *grid = choose_grid(map, within_margins(map, above), n, false);
    const GapLayout beside = *map->layout;
    for (unsigned i = 0; i < beside.n_columns; i++)
        gap_box_add(&all, beside.columns[i]);
    all.min_y = room.min_y;
    Grid whole = choose_grid(map, within_margins(map, all), n + 1, true);
    if (whole.scale <= grid->scale)
        return true;
    move_panel(map->layout, &whole, n);
    if (!gap_panel_fits(map, &whole.panel, error))
        return false;
    if (whole.panel)
        *grid = whole;
    else
        *map->layout = beside;
    return true;
}

/** A sum over the rows of the frame; NaN where none has a number. */
static double sum_of(const GapMap *map, const Multiples *m, const char *column) {
    double sum = NAN;
    for (size_t row = 0; row < gap_table_rows(m->table); row++) {
        double value = gap_cell_number(m->table, row, column);
        if (!isnan(value) && gap_multiples_shows(map, m->table, row))
            sum = isnan(sum) ? value : sum + value;
    }
    return sum;
}

static char *figure_text(const GapMap *map, const Multiples *m) {
    double sum = m->sum ? sum_of(map, m, m->sum) : NAN, of = m->of ? sum_of(map, m, m->of) : NAN;
    if (isnan(sum) || (m->of && !(of > 0)))
        return NULL;
    return m->of ? gap_format_share(sum / of, map->lang) : gap_format_number(sum, 0, map->lang);
}

/** The value of a frame in one language; `what` is its Multiples. */
static char *tell_value(const GapMap *map, const void *what) {
    const Multiples *m = what;
    size_t row = m->row;
    const char *text = gap_cell_text(m->table, row, m->by);
    if (g_str_equal(m->by, "run"))
        return gap_runs_title(map, m->table, row);
    return text ? g_strdup(text) : g_strdup_printf("%.0f", gap_cell_number(m->table, row, m->by));
}

static void draw_head(GapMap *map, const Multiples *m, GapBox b) {
    g_autofree char *value = gap_map_both(map, tell_value, m, " / ");
    g_autofree char *figure = figure_text(map, m);
    GapTextLook look = {.size = 22, .colour = GAP_INK, .align = GAP_ALIGN_RIGHT};
    double right = b.max_x, y = b.min_y - head + 1;
    if (figure)
        right =
            gap_scene_text(map->scene, map->fonts, "panel", "figure", figure, &look, right - 2, y)
                ->box.min_x -
            10;
    look = (GapTextLook){.size = 22, .bold = true, .colour = GAP_INK};
    look.limit = right - b.min_x - 2;
    gap_scene_text(map->scene, map->fonts, "panel", "value", value, &look, b.min_x + 2, y);
}

/** Says in the middle of a frame that there are no data. */
static void draw_missing(GapMap *map, GapBox b) {
    g_autofree char *text = gap_map_say(map, "no_data");
    GapTextLook look = {.size = 20,
                        .italic = true,
                        .colour = GAP_INK,
                        .halo = {1, 1, 1, 0.9},
                        .halo_width = 4,
                        .align = GAP_ALIGN_CENTRE};
    gap_scene_text(map->scene, map->fonts, "panel", "missing", text, &look, (b.min_x + b.max_x) / 2,
                   (b.min_y + b.max_y) / 2 - 14);
}

static bool draw_frame(GapMap *map, const Multiples *m, GapView view, GError **error) {
    GapBox b = view.frame;
    view.number = gap_scene_add_frame(map->scene, "panel", b);
    if (!gap_map_draw(map, &view, error))
        return false;
    gap_labels_place(map->labels, map->scene, map->fonts, b, view.number);
    gap_scene_rect(map->scene, "panel", "frame", b, (GapColour){0}, (GapColour){0.6, 0.58, 0.55, 1},
                   1.2);
    draw_head(map, m, b);
    if (isnan(sum_of(map, m, m->value)))
        draw_missing(map, b);
    return true;
}

/** Below the last of `n` frames, or at the foot of the cell after it; as long as in each of them.
 */
static void draw_scale(GapMap *map, const Grid *g, size_t n) {
    GapView view = view_of(map, g, 0);
    GapBox at = g->panel ? free_cell(g, n) : cell_box(g, n - 1);
    gap_scale_error_tell(map, &view);
    view.frame = (GapBox){g->panel ? at.min_x + 12 : g->box.min_x - 12, at.min_y, at.max_x,
                          at.max_y + (g->panel ? 6 : foot)};
    GapScaleBar bar = gap_scale_bar(map, &view, GAP_BOX_EMPTY);
    gap_scale_bar_draw(map, &bar);
}

bool gap_multiples_draw(GapMap *map, GapBox room, GError **error) {
    g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(size_t));
    Multiples m = {.first = first};
    if (!read_wanted(map, &m, error))
        return false;
    size_t n = MAX(first->len, 1);
    Grid grid;
    if (!choose_arrangement(map, room, n, &grid, error))
        return false;
    gap_scene_add_frame(map->scene, "map", room);
    bool good = true;
    for (guint i = 0; good && i < first->len; i++) {
        struct GapFacet facet = {m.by, m.table, g_array_index(first, size_t, i)};
        map->facet = &facet;
        m.row = facet.row;
        good = draw_frame(map, &m, view_of(map, &grid, i), error);
        map->facet = NULL;
    }
    if (!first->len)
        draw_missing(map, cell_box(&grid, 0));
    if (good)
        draw_scale(map, &grid, n);
    return good;
}
