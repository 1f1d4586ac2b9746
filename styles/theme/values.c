#include "styles/theme/values.h"

#include "geo/base/error.h"
#include "styles/style_properties.h"

static const GapPropertySpec hatch = {
    .name = "gapmap:hatch", .type = GAP_VALUE_STRING, .names = GAP_HATCHES};

static bool is_fixed(const GapValue *value, void *data, GError **error) {
    (void)data;
    (void)error;
    return value != NULL;
}

static bool check_row(const GapMap *map, const GapStyleLayer *layer, const GapPropertySpec *spec,
                      const GapExpr *expr, const GapContext *c, GError **error) {
    GapValue value = gap_expr_eval(expr, c);
    if (gap_property_takes(spec, value, spec->name, NULL))
        return true;
    const char *name = gap_map_name(map, c->table, c->row);
    g_autofree char *shown = gap_printable(name ? name : "", 60);
    g_autofree char *path =
        g_strdup_printf("layer '%.60s': %s of row %zu%s%s%s", layer->id, spec->name, c->row + 1,
                        name ? " (" : "", shown, name ? ")" : "");
    return gap_property_takes(spec, value, path, error);
}

static bool check_rows(const GapMap *map, const GapStyleLayer *layer, const GapRows *rows,
                       const GapPropertySpec *spec, const GapExpr *expr, GError **error) {
    if (!expr || gap_expr_outputs(expr, is_fixed, NULL, NULL))
        return true;
    for (size_t row = 0; row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        if (gap_expr_holds(layer->filter, &c) && !check_row(map, layer, spec, expr, &c, error))
            return false;
    }
    return true;
}

bool gap_values_check(const GapMap *map, const GapStyleLayer *layer, const GapRows *rows,
                      GError **error) {
    for (size_t i = 0; i < GAP_PROPS; i++) {
        const GapPropertySpec *spec = &gap_properties[i];
        if ((spec->names || spec->type == GAP_VALUE_COLOUR) &&
            !check_rows(map, layer, rows, spec, layer->props[i], error))
            return false;
    }
    return check_rows(map, layer, rows, &hatch, layer->hatch, error);
}
