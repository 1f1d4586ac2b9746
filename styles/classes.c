#include "styles/classes.h"

#include "geo/base/error.h"
#include "geo/stats/classes.h"
#include "geo/text/text.h"
#include "styles/speech/both.h"
#include "styles/style_properties.h"

#include <math.h>
#include <string.h>

size_t gap_classes_read(const GapExpr *step, GapClass *classes) {
    GapContext none = {0};
    size_t n = 0;
    double from = -INFINITY;
    for (size_t i = 1; i < gap_expr_size(step) && n < GAP_CLASSES_MAX; i += 2) {
        bool last = i + 1 >= gap_expr_size(step);
        double to =
            last ? INFINITY : gap_expr_number(gap_expr_argument(step, i + 1), &none, INFINITY);
        if (to <= from) // empty: below all values, or passed over by those of each value
            continue;
        classes[n++] = (GapClass){
            from, to, gap_expr_colour(gap_expr_argument(step, i), &none, (GapColour){0, 0, 0, 1})};
        if (isinf(to))
            break;
        from = to;
    }
    return n;
}

/** As many decimals as the number needs, so that limits that differ differ in writing too. The sign
 *  of a percentage stands where `sign`; percentages may be rounded as by the factor of 100. */
static char *limit_text(const GapMap *map, double value, bool percent, bool sign) {
    double shown = percent ? value * 100 : value, size = fabs(shown), off = percent ? 4e-16 : 0;
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];
    int decimals = -1;
    if (shown != 0 && (size < 1e-6 || size >= 1e15)) {
        g_autofree char *power = gap_format_power(shown, 16, map->lang);
        return g_strconcat(power, percent && sign ? "\u202F%" : NULL, NULL);
    }
    do {
        g_snprintf(format, sizeof format, "%%.%df", ++decimals);
        g_ascii_formatd(text, sizeof text, format, shown);
    } while (decimals < 16 && fabs(g_ascii_strtod(text, NULL) - shown) > off * size);
    return percent && sign ? gap_format_percent(value, decimals, map->lang)
                           : gap_format_number(shown, decimals, map->lang);
}

/** A word that tells of a limit, which it takes over. */
static char *with_limit(const GapMap *map, const char *key, char *limit) {
    gap_map_put(map, "limit", limit, NAN);
    return gap_map_say(map, key);
}

typedef struct {
    GapClass class;
    GapClassFormat format;
} ClassText;

/** A limit of percentage points: a share that grows has a plus. */
static char *points_text(const GapMap *map, double value) {
    g_autofree char *text = limit_text(map, value, true, false);
    return g_strconcat(value > 0 ? "+" : "", text, NULL);
}

static char *points_class(const GapMap *map, GapClass class) {
    g_autofree char *from = points_text(map, MAX(class.from, -1));
    g_autofree char *to = points_text(map, MIN(class.to, 1));
    return g_strconcat(from, " … ", to, NULL);
}

static char *tell_class(const GapMap *map, const void *what) {
    GapClass class = ((const ClassText *)what)->class;
    GapClassFormat format = ((const ClassText *)what)->format;
    bool percent = format == GAP_CLASS_PERCENT;
    if (format == GAP_CLASS_POINTS)
        return points_class(map, class);
    if (percent && isinf(class.to))
        class.to = 1;
    if (isinf(class.from) && isinf(class.to))
        return gap_map_say(map, "all_values");
    if (isinf(class.from))
        return with_limit(map, "under", limit_text(map, class.to, percent, percent));
    if (isinf(class.to))
        return with_limit(map, "and_more", limit_text(map, class.from, percent, percent));
    g_autofree char *from = limit_text(map, class.from, percent, false);
    g_autofree char *to = limit_text(map, class.to, percent, percent);
    // A minus beside a dash is hard to read.
    return g_strconcat(from, class.from < 0 ? " … " : "–", to, NULL);
}

char *gap_class_text(const GapMap *map, GapClass class, GapClassFormat format) {
    return gap_map_both(map, tell_class, &(ClassText){class, format}, NULL);
}

/** Sorts `values`, leaves each finite one once. Returns how many. */
static size_t distinct(double *values, size_t n) {
    size_t known = gap_stats_sort(values, n, values), kept = 0;
    for (size_t i = 0; i < known; i++)
        if (i == 0 || values[i] > values[kept - 1])
            values[kept++] = values[i];
    return kept;
}

void gap_classes_spread(GapExpr *step, const double *values, size_t n) {
    size_t colours = gap_expr_size(step) / 2, next = 0;
    g_autofree double *value = g_new(double, n + 1);
    for (size_t i = 0; i < n; i++)
        value[i] = values[i];
    size_t m = distinct(value, n);
    // Value i takes the colour at the middle of its share of the ramp; a limit is the first value
    // that takes this colour or a later one.
    for (size_t k = 1; k < colours; k++) {
        while (next < m && (size_t)(((double)next + 0.5) * (double)colours / (double)m) < k)
            next++;
        gap_expr_set_limit(step, k, next >= m ? INFINITY : next ? value[next] : -INFINITY);
    }
}

/** Ways to find limits, and how far rounding may move them: see gap_stats_round_limits(). */
static const struct {
    const char *name;
    GapLimits find; /**< NULL: the limits stay as they are */
    double slack;
    bool whole; /**< classes at the ends stay where no value lies in them */
} methods[] = {
    {"natural", gap_stats_natural_ratios, INFINITY},
    {"natural-plain", gap_stats_natural, INFINITY},
    {"quantile", gap_stats_quantiles, INFINITY},
    {"equal", gap_stats_equal, 0.05},
    {"pretty", gap_stats_pretty, 0},
    {"sd", gap_stats_deviations, 0.05},
    {"symmetric", gap_stats_symmetric, 0, true},
    {"manual", NULL, 0},
};

/** Limits into the step. Those that no value reaches, or all do, leave classes empty. */
static void set_limits(GapExpr *step, const double *limit, size_t limits, const double *values,
                       size_t n) {
    size_t room = (gap_expr_size(step) - 2) / 2;
    double least = INFINITY, greatest = -INFINITY;
    for (size_t i = 0; i < n; i++)
        if (isfinite(values[i])) {
            least = MIN(least, values[i]);
            greatest = MAX(greatest, values[i]);
        }
    for (size_t k = 0; k < room; k++) {
        double at = k < limits ? limit[k] : INFINITY;
        gap_expr_set_limit(step, k + 1, at > greatest ? INFINITY : at <= least ? -INFINITY : at);
    }
}

bool gap_classes_fit(GapExpr *step, const char *method, const double *values, size_t n) {
    double limit[GAP_CLASSES_MAX];
    size_t i = 0, room = MIN((gap_expr_size(step) - 2) / 2, GAP_CLASSES_MAX - 1);
    if (g_str_equal(method, "values")) {
        gap_classes_spread(step, values, n);
        return true;
    }
    while (i < G_N_ELEMENTS(methods) && !g_str_equal(methods[i].name, method))
        i++;
    if (i == G_N_ELEMENTS(methods))
        return false;
    if (!methods[i].find)
        return true;
    size_t limits = methods[i].find(values, n, (unsigned)room + 1, limit);
    if (methods[i].slack > 0)
        gap_stats_round_limits(values, n, methods[i].slack, limit, limits);
    for (size_t k = 0; methods[i].whole && k < limits; k++)
        gap_expr_set_limit(step, k + 1, limit[k]);
    if (!methods[i].whole)
        set_limits(step, limit, limits, values, n);
    return true;
}

/** The values that a layer's step sees, of the rows that the layer draws. */
static GArray *layer_values(GapMap *map, const GapStyleLayer *layer, const GapExpr *input,
                            GError **error) {
    const GapRows *rows = gap_map_rows(map, layer->source, error);
    if (!rows)
        return NULL;
    GArray *values = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t row = 0; row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        double value = gap_expr_number(input, &c, NAN);
        if (gap_expr_holds(layer->filter, &c))
            g_array_append_val(values, value);
    }
    return values;
}

/** The step that colours a fill or circle layer, or NULL. */
static GapExpr *colour_step(const GapStyleLayer *layer) {
    bool circle = layer && layer->type == GAP_LAYER_CIRCLE;
    return layer ? gap_expr_find(layer->props[circle ? GAP_PROP_CIRCLE_COLOR : GAP_PROP_FILL_COLOR],
                                 "step")
                 : NULL;
}

bool gap_classes_from_data(GapMap *map, GError **error) {
    const json_t *all = json_object_get(map->style->page, "classes");
    const char *id;
    json_t *method;
    if (all && !json_is_object(all))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "metadata.gapmap.classes: an object of layers and methods is wanted");
    json_object_foreach((json_t *)all, id, method) {
        const GapStyleLayer *layer = gap_style_layer(map->style, id);
        GapExpr *step = colour_step(layer);
        const char *how = json_string_value(method);
        if (!step || !how)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "metadata.gapmap.classes.%.60s: the id of a fill or circle layer "
                            "coloured by step is wanted, and the name of a method",
                            id);
        if (gap_expr_size(step) / 2 > GAP_CLASSES_MAX)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "metadata.gapmap.classes.%.60s: %zu colours; at most %d are wanted", id,
                            gap_expr_size(step) / 2, GAP_CLASSES_MAX);
        g_autoptr(GArray) values = layer_values(map, layer, gap_expr_argument(step, 0), error);
        if (!values)
            return false;
        if (!gap_classes_fit(step, how, (const double *)(void *)values->data, values->len))
            return gap_fail(
                error, GAP_ERROR_INPUT,
                "metadata.gapmap.classes.%.60s: '%.60s' is no method: natural, "
                "natural-plain, quantile, equal, pretty, sd, symmetric, manual or values",
                id, how);
    }
    return true;
}

typedef struct {
    const char *method;
    double fit;
} FitText;

static char *tell_fit(const GapMap *map, const void *what) {
    const FitText *f = what;
    // Downwards: only a fit without a fault is 1.00.
    char *fit = gap_format_number(floor(f->fit * 100 + 1e-9) / 100, 2, map->lang);
    gap_map_put(map, "method", g_strdup(gap_map_word(map, "methods", f->method)), NAN);
    gap_map_put(map, "fit", fit, f->fit);
    return gap_map_say(map, "class_fit");
}

bool gap_class_fit_text(GapMap *map, const GapStyleLayer *layer, char **text, GError **error) {
    GapExpr *step = colour_step(layer);
    const json_t *all = json_object_get(map->style->page, "classes");
    const char *method = json_string_value(json_object_get(all, layer->id));
    g_autoptr(GArray) values = layer_values(map, layer, gap_expr_argument(step, 0), error);
    if (!values)
        return false;
    GapClass classes[GAP_CLASSES_MAX];
    double limit[GAP_CLASSES_MAX];
    size_t n = gap_classes_read(step, classes);
    for (size_t k = 1; k < n; k++)
        limit[k - 1] = classes[k].from;
    double fit =
        gap_stats_fit((const double *)(void *)values->data, values->len, limit, n ? n - 1 : 0);
    FitText told = {method ? method : "manual", fit};
    *text = isnan(fit) ? NULL : gap_map_both(map, tell_fit, &told, NULL);
    return true;
}
