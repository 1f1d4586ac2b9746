#include "styles/classes.h"

#include "geo/base/error.h"
#include "geo/stats/stats.h"
#include "geo/text/text.h"
#include "styles/style_properties.h"

#include <math.h>
#include <stdlib.h>

enum { NATURAL_MAX = 1000 };

size_t gap_classes_read(const GapExpr *step, GapClass *classes) {
    GapContext none = {0};
    size_t n = 0;
    double from = -INFINITY;
    for (size_t i = 1; i < gap_expr_size(step) && n < GAP_CLASSES_MAX; i += 2) {
        bool last = i + 1 >= gap_expr_size(step);
        double to =
            last ? INFINITY : gap_expr_number(gap_expr_argument(step, i + 1), &none, INFINITY);
        classes[n++] = (GapClass){
            from, to, gap_expr_colour(gap_expr_argument(step, i), &none, (GapColour){0, 0, 0, 1})};
        if (isinf(to))
            break;
        from = to;
    }
    return n;
}

/** One decimal where the number needs it. */
static char *limit_text(const GapMap *map, double value, bool percent) {
    double shown = percent ? value * 100 : value;
    int decimals = fabs(shown - round(shown)) < 1e-9 ? 0 : 1;
    return percent ? gap_format_percent(value, decimals, map->lang)
                   : gap_format_number(value, decimals, map->lang);
}

static char *replace(const char *word, const char *mark, const char *value) {
    GString *text = g_string_new(word);
    g_string_replace(text, mark, value, 0);
    return g_string_free(text, FALSE);
}

char *gap_class_text(const GapMap *map, GapClass class, bool percent) {
    if (percent && isinf(class.to))
        class.to = 1;
    if (isinf(class.from) && isinf(class.to))
        return gap_map_say(map, "all_values");
    g_autofree char *to = isinf(class.to) ? NULL : limit_text(map, class.to, percent);
    if (isinf(class.from))
        return replace(gap_map_word(map, "common", "under"), "{limit}", to);
    if (isinf(class.to)) {
        g_autofree char *only = limit_text(map, class.from, percent);
        return replace(gap_map_word(map, "common", "and_more"), "{limit}", only);
    }
    double shown = percent ? class.from * 100 : class.from;
    g_autofree char *from =
        gap_format_number(shown, fabs(shown - round(shown)) < 1e-9 ? 0 : 1, map->lang);
    return g_strdup_printf("%s–%s", from, to);
}

/** The largest of the values that lies below `limit`, or -INFINITY. */
static double value_below(const double *values, size_t n, double limit) {
    double below = -INFINITY;
    for (size_t i = 0; i < n; i++)
        if (values[i] < limit)
            below = MAX(below, values[i]);
    return below;
}

/** The roundest number above `below` and at most `limit` (both are values, or below is open), so
 *  that rounding moves no value into another class: a multiple of 5, 2 or 1 times a power of ten,
 *  as large as possible. */
static double round_limit(double below, double limit) {
    static const double times[] = {5, 2, 1};
    if (!(limit > 0))
        return limit;
    for (double power = pow(10, floor(log10(limit))), i = 0; i < 12; i++, power /= 10)
        for (size_t k = 0; k < G_N_ELEMENTS(times); k++) {
            double unit = power * times[k], rounded = floor(limit / unit + 1e-9) * unit;
            if (rounded > below && rounded > 0)
                return rounded;
        }
    return limit;
}

static gint ascending(gconstpointer a, gconstpointer b) {
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/** Sum of squared distances from their mean of the sorted values i..j-1, from running sums. */
static double scatter(const double *sum, const double *square, size_t i, size_t j) {
    double s = sum[j] - sum[i];
    return MAX(square[j] - square[i] - s * s / (double)(j - i), 0);
}

size_t gap_classes_natural(const double *values, size_t n, size_t classes, double *limit) {
    g_autofree double *x = g_new(double, n + 1), *sum = g_new0(double, n + 1);
    g_autofree double *square = g_new0(double, n + 1);
    size_t m = 0, found = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(values[i]))
            x[m++] = values[i];
    qsort(x, m, sizeof *x, ascending);
    for (size_t i = 0; i < m; i++) {
        sum[i + 1] = sum[i] + (x[i] - x[0]);
        square[i + 1] = square[i] + (x[i] - x[0]) * (x[i] - x[0]);
    }
    // best[k][j]: least scatter of the first j values in k + 1 classes, the last begins at cut.
    g_autofree double *best = g_new(double, classes *(m + 1));
    g_autofree size_t *cut = g_new0(size_t, classes * (m + 1));
    for (size_t k = 0; k < classes; k++)
        for (size_t j = 0; j <= m; j++) {
            double *least = &best[k * (m + 1) + j];
            *least = k == 0 && j > 0 ? scatter(sum, square, 0, j) : j == 0 ? 0 : INFINITY;
            for (size_t i = k; k > 0 && i < j; i++) {
                double total = best[(k - 1) * (m + 1) + i] + scatter(sum, square, i, j);
                if (total < *least) {
                    *least = total;
                    cut[k * (m + 1) + j] = i;
                }
            }
        }
    for (size_t k = classes - 1, j = m; k > 0 && m > 0; k--) {
        j = cut[k * (m + 1) + j];
        if (j > 0 && x[j] > x[j - 1] && (!found || x[j] < limit[found - 1]))
            limit[found++] = x[j];
    }
    qsort(limit, found, sizeof *limit, ascending);
    return found;
}

/** Natural breaks of the values, on a scale of ratios where all are positive: 100 and 200 lie as
 *  far apart as 500 and 1,000. */
static size_t find_limits(const double *values, size_t n, size_t classes, double *limit) {
    if (n > NATURAL_MAX)
        return gap_stats_quantiles(values, n, (unsigned)classes, limit);
    g_autofree double *scaled = g_new(double, n + 1);
    bool positive = true;
    for (size_t i = 0; i < n; i++)
        positive = positive && !(values[i] <= 0);
    for (size_t i = 0; i < n; i++)
        scaled[i] = positive ? log(values[i]) : values[i];
    size_t found = gap_classes_natural(scaled, n, classes, limit);
    for (size_t k = 0; k < found; k++) {
        double at = INFINITY; // the least value that reaches the limit
        for (size_t i = 0; i < n; i++)
            if (scaled[i] >= limit[k])
                at = MIN(at, values[i]);
        limit[k] = at;
    }
    return found;
}

void gap_classes_fit(GapExpr *step, const double *values, size_t n) {
    size_t room = (gap_expr_size(step) - 2) / 2, kept = 0;
    double limit[GAP_CLASSES_MAX], before = -INFINITY;
    room = MIN(room, GAP_CLASSES_MAX - 1);
    size_t found = find_limits(values, n, room + 1, limit);
    for (size_t i = 0; i < found; i++) {
        double rounded = round_limit(value_below(values, n, limit[i]), limit[i]);
        if (rounded > before)
            gap_expr_set_limit(step, ++kept, before = rounded);
    }
    while (kept < room)
        gap_expr_set_limit(step, ++kept, INFINITY);
}

/** Sorts `values`, leaves each finite one once. Returns how many. */
static size_t distinct(double *values, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(values[i]))
            values[kept++] = values[i];
    n = kept;
    qsort(values, n, sizeof *values, ascending);
    kept = 0;
    for (size_t i = 0; i < n; i++)
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
        gap_expr_set_limit(step, k, next < m ? value[next] : INFINITY);
    }
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

bool gap_classes_from_data(GapMap *map, GError **error) {
    const json_t *all = json_object_get(map->style->page, "classes");
    const char *id;
    json_t *method;
    json_object_foreach((json_t *)all, id, method) {
        GapStyleLayer *layer = gap_style_layer(map->style, id);
        const char *how = json_string_value(method);
        GapProperty colour =
            layer && layer->type == GAP_LAYER_CIRCLE ? GAP_PROP_CIRCLE_COLOR : GAP_PROP_FILL_COLOR;
        GapExpr *step = layer ? gap_expr_find(layer->props[colour], "step") : NULL;
        bool spread = how && g_str_equal(how, "values");
        if (!step || !how || !(spread || g_str_equal(how, "natural")))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "metadata.gapmap.classes.%.60s: the id of a fill or circle layer "
                            "coloured by step is wanted, and 'natural' or 'values'",
                            id);
        g_autoptr(GArray) values = layer_values(map, layer, gap_expr_argument(step, 0), error);
        if (!values)
            return false;
        (spread ? gap_classes_spread : gap_classes_fit)(step, (const double *)(void *)values->data,
                                                        values->len);
    }
    return true;
}
