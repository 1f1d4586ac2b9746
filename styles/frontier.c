// What each further site, or part of the budget, buys: people within reach as a line.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/panel.h"

#include <math.h>

static const char role[] = "chart", id[] = "frontier";

typedef struct {
    size_t n;
    double *x, *people; /**< sites at most or budget, and people within reach; ascending */
    bool money;
} Steps;

static void steps_clear(Steps *steps) {
    g_free(steps->x);
    g_free(steps->people);
}

/** Whether a row is of the proposal that the page shows: the layer may have an older one. */
static bool is_shown(const GapMap *map, const GapTable *t, size_t row) {
    const char *shown = g_hash_table_lookup(map->data->facts, "sites_proposal");
    const char *own = gap_cell_text(t, row, "proposal");
    return !own || !shown || g_str_equal(own, shown);
}

/** The steps that have an answer; before them what stands, with no site and no money. */
static Steps read_steps(const GapMap *map, const GapTable *t) {
    size_t rows = gap_table_rows(t);
    Steps s = {.x = g_new0(double, rows + 1), .people = g_new0(double, rows + 1)};
    double before = gap_map_fact(map, "sites_before");
    s.money = rows && !isnan(gap_cell_number(t, 0, "budget"));
    for (size_t row = 0; row < rows; row++) {
        double x = gap_cell_number(t, row, s.money ? "budget" : "most");
        double people = gap_cell_number(t, row, "covered");
        if (isnan(x) || isnan(people) || !is_shown(map, t, row))
            continue;
        if (s.n == 0 && x > 0 && before >= 0)
            s.people[s.n++] = before;
        s.x[s.n] = x;
        s.people[s.n++] = people;
    }
    return s;
}

static void draw_number(GapMap *map, double value, GapAlign align, double x, double y) {
    g_autofree char *number = gap_format_number(value, 0, map->lang);
    GapTextLook look = {.size = 18, .align = align, .colour = GAP_INK};
    gap_scene_text(map->scene, map->fonts, role, id, number, &look, x, y);
}

static double width_of(GapMap *map, double value) {
    g_autofree char *number = gap_format_number(value, 0, map->lang);
    return gap_fonts_width(map->fonts, number, &(GapTextLook){.size = 18});
}

/** The line with a dot a step; its ends carry their numbers. */
static void draw_steps(GapMap *map, const Steps *s, GapBox b) {
    double low = s->people[0], high = low, least = s->x[0], most = s->x[s->n - 1], px = 0, py = 0;
    for (size_t i = 0; i < s->n; i++)
        high = fmax(high, s->people[i]);
    GapColour ink = {0.702, 0.149, 0.118, 1}, rule = {0.8, 0.79, 0.77, 1};
    gap_scene_line(map->scene, role, id, b.min_x, b.min_y, b.max_x, b.min_y, rule, 1);
    gap_scene_line(map->scene, role, id, b.min_x, b.max_y, b.max_x, b.max_y, GAP_GREY, 1);
    for (int dots = 0; dots <= 1; dots++)
        for (size_t i = 0; i < s->n; i++) {
            double x = b.min_x + (b.max_x - b.min_x) * (s->x[i] - least) / fmax(most - least, 1e-9);
            double y = b.max_y - (b.max_y - b.min_y) * (s->people[i] - low) / fmax(high - low, 1);
            if (dots)
                gap_scene_add(map->scene, (GapItem){GAP_ITEM_CIRCLE, role, (char *)id, .x = x,
                                                    .y = y, .r = 3.5, .fill = ink});
            else if (i)
                gap_scene_line(map->scene, role, id, px, py, x, y, ink, 2);
            px = x;
            py = y;
        }
    draw_number(map, high, GAP_ALIGN_RIGHT, b.min_x - 8, b.min_y - 13);
    draw_number(map, low, GAP_ALIGN_RIGHT, b.min_x - 8, b.max_y - 13);
    draw_number(map, least, GAP_ALIGN_LEFT, b.min_x - 4, b.max_y + 4);
    draw_number(map, most, GAP_ALIGN_RIGHT, b.max_x + 4, b.max_y + 4);
}

bool gap_block_frontier(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *layer, *title, *budget;
    double height;
    if (!gap_block_read(json, "frontier", error, "{s:s, s:s, s:s, s:s, s:F}", "kind", &kind,
                        "layer", &layer, "title", &title, "title_budget", &budget, "height",
                        &height))
        return false;
    const GapTable *table = g_hash_table_lookup(map->data->tables, layer);
    if (!table)
        return gap_fail(error, GAP_ERROR_MISSING, "there is no layer '%.60s'", layer);
    Steps steps = read_steps(map, table);
    if (steps.n > 2) { // two points say what the figures say
        gap_panel_heading(map, role, steps.money ? budget : title);
        double left =
            map->panel_x + 8 +
            fmax(width_of(map, steps.people[0]), width_of(map, steps.people[steps.n - 1]));
        GapBox b = {left + 4, map->panel_y + 14, map->panel_x + map->panel_width - 6,
                    map->panel_y + 14 + height};
        draw_steps(map, &steps, b);
        map->panel_y = b.max_y + 30;
    }
    steps_clear(&steps);
    return true;
}
