// Totals by year as bars: reconstructed figures hatched, missing years left as gaps.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/panel.h"
#include "styles/part/part.h"

#include <math.h>
#include <string.h>

enum { YEARS_MAX = 60 };
static const char role[] = "chart", id[] = "years";

typedef struct {
    int first, last;
    double count[YEARS_MAX]; /**< 0: not known, no bar */
    bool exact[YEARS_MAX];   /**< published, not reconstructed, estimated or from the press */
    double most;
    int peak;
} Series;

static bool is(const char *a, const char *b) {
    return a && b && g_str_equal(a, b);
}

/** Whether a row tells a count of this area and offence; which year and how much. */
static bool read_count(const GapTable *t, size_t row, const char *area, const char *offence,
                       int *year, double *count) {
    double when = gap_cell_number(t, row, "year");
    *count = gap_cell_number(t, row, "count");
    *year = when > 0 && when < 10000 ? (int)when : 0;
    return *year && !isnan(*count) && is(gap_cell_text(t, row, "area"), area) &&
           is(gap_cell_text(t, row, "offence"), offence);
}

/** The newest years, up to YEARS_MAX, of one area and offence; false where there is none. */
static bool read_series(const GapTable *t, const char *area, const char *offence, Series *s) {
    int year;
    double count;
    *s = (Series){.first = INT_MAX, .last = INT_MIN};
    for (size_t row = 0; row < gap_table_rows(t); row++)
        if (read_count(t, row, area, offence, &year, &count)) {
            s->first = MIN(s->first, year);
            s->last = MAX(s->last, year);
        }
    if (s->first > s->last)
        return false;
    s->first = MAX(s->first, s->last - YEARS_MAX + 1);
    for (size_t row = 0; row < gap_table_rows(t); row++)
        if (read_count(t, row, area, offence, &year, &count) && year >= s->first) {
            s->count[year - s->first] = count;
            s->exact[year - s->first] = is(gap_cell_text(t, row, "basis"), "published");
        }
    return true;
}

static void find_peak(Series *s) {
    for (int i = 0; i <= s->last - s->first; i++)
        if (s->count[i] > s->most) {
            s->most = s->count[i];
            s->peak = i;
        }
}

/** The next 1, 2 or 5 times a power of ten that needs at most four steps. */
static double axis_step(double most) {
    double power = pow(10, floor(log10(MAX(most, 1) / 4)));
    const double times[] = {1, 2, 5, 10};
    for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
        if (most / (power * times[i]) <= 4)
            return power * times[i];
    return power * 10;
}

static void text(GapMap *map, const char *words, double size, GapAlign align, double x, double y,
                 bool bold) {
    GapTextLook look = {.size = size, .bold = bold, .align = align, .colour = GAP_INK};
    gap_scene_text(map->scene, map->fonts, role, id, words, &look, x, y);
}

static void draw_axis(GapMap *map, GapBox b, double top) {
    double step = axis_step(top);
    GapColour rule = {0.8, 0.79, 0.77, 1};
    for (double at = 0; at <= top + 1e-9; at += step) {
        double y = b.max_y - (b.max_y - b.min_y) * at / top;
        g_autofree char *number = gap_format_number(at, 0, map->lang);
        gap_scene_line(map->scene, role, id, b.min_x, y, b.max_x, y, at > 0 ? rule : GAP_GREY, 1);
        text(map, number, 18, GAP_ALIGN_RIGHT, b.min_x - 6, y - (at > 0 ? 13 : 19), false);
    }
}

static void draw_bar(GapMap *map, GapBox bar, bool exact, bool peak) {
    GapColour plain = {0.36, 0.42, 0.5, 1}, high = {0.7, 0, 0, 1};
    GapColour colour = peak ? high : plain;
    GapItem *item = gap_scene_rect(map->scene, role, id, bar,
                                   exact ? colour : (GapColour){1, 1, 1, 1}, colour, 1.4);
    if (!exact) {
        item->hatch = GAP_HATCH_UP;
        item->hatch_colour = colour;
    }
}

static void draw_series(GapMap *map, const Series *s, GapBox b, double top) {
    int n = s->last - s->first + 1;
    double slot = (b.max_x - b.min_x) / n, width = MIN(slot * 0.72, 40);
    for (int i = 0; i < n; i++) {
        double x = b.min_x + slot * (i + 0.5);
        g_autofree char *year = g_strdup_printf("%d", s->first + i);
        bool named = i == 0 || i == n - 1 || i == s->peak;
        bool crowded = i != s->peak && ABS(i - s->peak) * slot < 50;
        bool last = n > 1 && i == n - 1; // its year would stick out
        if (named && !crowded)
            text(map, year, 18, last ? GAP_ALIGN_RIGHT : GAP_ALIGN_CENTRE, last ? b.max_x : x,
                 b.max_y + 6, i == s->peak);
        if (!(s->count[i] > 0))
            continue;
        double y = b.max_y - (b.max_y - b.min_y) * s->count[i] / top;
        draw_bar(map, (GapBox){x - width / 2, y, x + width / 2, b.max_y}, s->exact[i],
                 i == s->peak);
        if (i == s->peak) {
            g_autofree char *number = gap_format_number(s->count[i], 0, map->lang);
            text(map, number, 18, GAP_ALIGN_CENTRE, MAX(x, b.min_x + 30), y - 26, true);
        }
    }
}

static void draw_key(GapMap *map, bool exact, const char *key) {
    g_autofree char *words = gap_map_say(map, key);
    draw_bar(map, (GapBox){map->panel_x, map->panel_y + 4, map->panel_x + 26, map->panel_y + 20},
             exact, false);
    gap_panel_text(map, role, words, 38, 18);
    map->panel_y += 2;
}

bool gap_block_years(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *layer, *area, *title;
    double height;
    if (!gap_block_read(json, "years", error, "{s:s, s:s, s:s, s:s, s:F}", "kind", &kind, "layer",
                        &layer, "area", &area, "title", &title, "height", &height))
        return false;
    const GapTable *table = g_hash_table_lookup(map->data->tables, layer);
    const char *offence = g_hash_table_lookup(map->data->facts, "offence");
    if (map->data->part) {
        const GapPartArea *only = gap_part_only_area(map->data->part);
        area = only ? gap_cell_text(only->table, only->row, "code") : NULL;
        title = "chart_title_part";
    }
    Series series;
    if (!table)
        return gap_fail(error, GAP_ERROR_MISSING, "there is no layer '%.60s'", layer);
    if (!read_series(table, area, offence, &series))
        return true; // nothing known: no chart
    find_peak(&series);
    gap_panel_heading(map, role, title);
    const double least = 124; // numbers of four steps are apart
    if (map->tight > 3)       // as high as its column allows, with the years and the keys below it
        height = CLAMP(map->panel_bottom - map->panel_y - 146, least, height);
    double step = axis_step(series.most), top = ceil(series.most / step - 1e-9) * step;
    GapBox b = {map->panel_x + 64, map->panel_y + 30, map->panel_x + map->panel_width,
                map->panel_y + 30 + height};
    draw_axis(map, b, top);
    draw_series(map, &series, b, top);
    map->panel_y = b.max_y + 36;
    bool exact = false, other = false;
    for (int i = 0; i <= series.last - series.first; i++)
        if (series.count[i] > 0)
            *(series.exact[i] ? &exact : &other) = true;
    if (exact)
        draw_key(map, true, "published");
    if (other)
        draw_key(map, false, "reconstructed");
    return true;
}
