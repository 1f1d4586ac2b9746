#include "geo/text/text.h"
#include "styles/kinds/flows.h"
#include "styles/page.h"
#include "styles/panel.h"

/** An arrow of each of some values, with the value beside it. */
bool gap_block_flows(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *id, *title, *column;
    json_t *values;
    if (!gap_block_read(json, "flows", error, "{s:s, s:s, s:s, s:s, s:o}", "kind", &kind, "layer",
                        &id, "title", &title, "column", &column, "values", &values))
        return false;
    const GapStyleLayer *layer = gap_panel_layer(map, id, error);
    if (!layer)
        return false;
    gap_panel_heading(map, "legend", title);
    GapContext c = gap_map_context(map, NULL, 0);
    c.given = column;
    for (size_t i = 0; i < json_array_size(values); i++) {
        c.given_value = json_number_value(json_array_get(values, i));
        double width = gap_layer_number(layer, GAP_PROP_LINE_WIDTH, &c), x = map->panel_x;
        double line = MAX(29, 1.9 * width + 16), y = map->panel_y + line / 2;
        GapFlowOutline o;
        if (gap_flow_outline(&(GapFlow){{x, y + 3, 0}, {x + 96, y + 3, 0}, width, -0.07}, &o))
            gap_flows_add(map->scene, "legend", layer->id, &o,
                          gap_layer_colour(layer, GAP_PROP_LINE_COLOR, &c));
        g_autofree char *text = gap_format_number(c.given_value, 0, map->lang);
        GapTextLook look = {.size = 19, .colour = GAP_INK};
        gap_scene_text(map->scene, map->fonts, "legend", layer->id, text, &look, x + 108, y - 14);
        map->panel_y += line;
    }
    return true;
}
