// explain: what is known of a place, and where each number came from.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/coverage/coverage.h"
#include "layers/explain.h"

static const GapOption OPTIONS[] = {
    {"run", 0, GAP_OPTION_TEXT, "LABEL",
     "the run by travel time that tells how it is reached; by default the newest", NULL},
    {NULL},
};

/* The first of those found. */
static const char *area_of(const GapTable *found) {
    return gap_table_text(found, 0, GAP_FOUND_AREA);
}

static const char *place_of(const GapTable *found) {
    return g_str_equal(gap_table_text(found, 0, GAP_FOUND_WHAT), "place")
               ? gap_table_text(found, 0, GAP_FOUND_CODE)
               : NULL;
}

/* How the first of those found is reached; `route` stays NULL where no run is by travel time or
 * nothing says where the area lies. */
static bool find_route(GapCall *call, GapStore *store, const GapTable *found, GapRoute **route,
                       GError **error) {
    g_autoptr(GError) why = NULL;
    const char *asked = gap_call_text(call, "run");
    double lon, lat;
    g_autofree char *run = asked ? gap_run_label(store, asked, &why) : gap_route_run(store, &why);
    if (run && gap_route_where(store, area_of(found), place_of(found), &lon, &lat, &why))
        *route = gap_route_new(store, run, lon, lat, gap_call_progress(call), &why);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else
        return true;
    return false;
}

/* With --json: `found`, all that are called so, `explained`, the parts of the first, and `reached`.
 */
static bool explain_json(GapCall *call, GapStore *store, const GapTable *found,
                         const GapRoute *route, GError **error) {
    json_t *parts = json_object();
    bool ok = true;
    for (size_t part = 0; ok && part < gap_explain_parts(); part++) {
        g_autoptr(GapTable) table =
            gap_explain_part(store, part, area_of(found), place_of(found), error);
        ok = table != NULL;
        if (ok)
            json_object_set_new(parts, gap_explain_title(part), gap_cmd_table_json(table));
    }
    if (ok)
        gap_cmd_print_json(call,
                           json_pack("{s:o, s:O, s:o}", "found", gap_cmd_table_json(found),
                                     "explained", parts, "reached", gap_cmd_route_json(route)));
    json_decref(parts);
    return ok;
}

static bool explain_text(GapCall *call, GapStore *store, const GapTable *found,
                         const GapRoute *route, GError **error) {
    const char *why = gap_table_text(found, 0, GAP_FOUND_WHY);
    if (gap_table_rows(found) > 1) {
        gap_call_say(call,
                     "Several are called so; the first is explained, give a code for another:");
        gap_call_list(call, found);
    } else if (why)
        gap_call_say(call, "%s %s, %s (%s)", gap_table_text(found, 0, GAP_FOUND_WHAT),
                     gap_table_text(found, 0, GAP_FOUND_CODE),
                     gap_table_text(found, 0, GAP_FOUND_NAME), why);
    for (size_t part = 0; part < gap_explain_parts(); part++) {
        g_autoptr(GapTable) table =
            gap_explain_part(store, part, area_of(found), place_of(found), error);
        if (!table)
            return false;
        if (gap_table_rows(table) == 0)
            continue;
        gap_call_say(call, "\n%s", gap_explain_title(part));
        gap_call_list(call, table);
    }
    gap_cmd_say_route(call, route);
    return true;
}

static bool fail_unknown(const char *text, const GapTable *near, GError **error) {
    g_autofree char *shown = gap_printable(text, 60);
    g_autoptr(GString) names = g_string_new(NULL);
    for (size_t r = 0; r < gap_table_rows(near); r++)
        g_string_append_printf(names, "%s%s (%s)",
                               r ? ", " : "; near it: ", gap_table_text(near, r, GAP_FOUND_NAME),
                               gap_table_text(near, r, GAP_FOUND_CODE));
    return gap_fail(error, GAP_ERROR_INPUT,
                    "no area or place is called '%s'%s; 'gapmap export municipalities -o FILE.csv' "
                    "writes those there are",
                    shown, names->str);
}

static int run_explain(GapCall *call, GError **error) {
    const char *text = gap_call_argument(call, 0);
    bool sure;
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapTable) found = store ? gap_explain_find(store, text, &sure, error) : NULL;
    if (!found)
        return -1;
    if (!sure || gap_table_rows(found) == 0) {
        fail_unknown(text, found, error);
        return -1;
    }
    g_autoptr(GapRoute) route = NULL;
    const bool ok = find_route(call, store, found, &route, error) &&
                    (gap_call_json(call) ? explain_json(call, store, found, route, error)
                                         : explain_text(call, store, found, route, error));
    return ok ? GAP_EXIT_DONE : -1;
}

const GapCommand gap_cmd_explain = {
    .name = "explain",
    .arguments = "PLACE",
    .summary = "show what is known of a place, and where each number came from",
    .min_arguments = 1,
    .max_arguments = 1,
    .options = OPTIONS,
    .run = run_explain,
};
