// coverage: who is within reach, by the straight line or by travel time.
#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/coverage/coverage.h"
#include "layers/summary.h"

#include <math.h>

static const char *const MODES[] = {"straight", "travel", NULL};
static const char *const DIRECTIONS[] = {"police-to-people", "people-to-police", NULL};
static const char *const UNITS[] = {"m", "ft", NULL};
static const char *const BRIDGES[] = {"roads", "tagged", "all", NULL};
static const char *const NEIGHBOURS[] = {"8", "16", "32", NULL};
static const char *const WALKS[] = {"tobler", "langmuir", "none", NULL};
static const char *const LENGTHS[] = {"surface", "map", NULL};

static const GapOption OPTIONS[] = {
    {"mode", 0, GAP_OPTION_CHOICE, "MODE", "by the straight line, or by travel time", "straight",
     MODES},
    {"within", 0, GAP_OPTION_LIMITS, "LIMIT,...",
     "within reach up to here, the limit included; by default 5 km or 30 min", NULL},
    {"as-of", 0, GAP_OPTION_DATE, "DATE",
     "points open and areas valid on this day; by default today", NULL},
    {"kinds", 0, GAP_OPTION_CHOICES, "KIND,...", "kinds of points that count; by default all", NULL,
     GAP_POINT_KINDS},
    {"run", 0, GAP_OPTION_TEXT, "LABEL", "label of the results; by default the limit", NULL},
    {"direction", 0, GAP_OPTION_CHOICE, "DIRECTION", "who travels to whom", "police-to-people",
     DIRECTIONS},
    {"elevation", 0, GAP_OPTION_PATH, "FILE", "a raster of heights; by default the layer terrain",
     NULL},
    {"elevation-unit", 0, GAP_OPTION_CHOICE, "UNIT", "of the heights; by default as the file says",
     NULL, UNITS},
    {"landcover", 0, GAP_OPTION_PATH, "FILE", "a raster of classes; by default the layer landcover",
     NULL},
    {"friction", 0, GAP_OPTION_PATH, "FILE", "a raster of minutes a metre, instead of all others",
     NULL},
    {"speeds", 0, GAP_OPTION_PATH, "FILE", "table of class, label, speed, mode", NULL},
    {"scenario", 0, GAP_OPTION_TEXT, "TEXT", "such as winter; night; vehicle=0.9", NULL},
    {"month", 0, GAP_OPTION_INT, "MONTH", "1 to 12, for border crossings with a season", NULL},
    {"bridges", 0, GAP_OPTION_CHOICE, "WHERE", "roads get over water by class, tag, or all",
     "roads", BRIDGES},
    {"rivers-pass", 0, GAP_OPTION_FLAG, NULL, "rivers drawn as lines bar nobody's way", NULL},
    {"neighbours", 0, GAP_OPTION_CHOICE, "N", "moves from a cell", "16", NEIGHBOURS},
    {"walk", 0, GAP_OPTION_CHOICE, "FUNCTION", "how slope slows walkers", "tobler", WALKS},
    {"lengths", 0, GAP_OPTION_CHOICE, "HOW", "lengths along the surface or on the map", "surface",
     LENGTHS},
    {"like", 0, GAP_OPTION_PATH, "FILE", "a raster whose grid is used as it is", NULL},
    {"crs", 0, GAP_OPTION_TEXT, "CRS", "of the grid, a code or a PROJ string; by default chosen",
     NULL},
    {"cell", 0, GAP_OPTION_LENGTH, "LENGTH", "side of a cell; by default chosen", NULL},
    {"bbox", 0, GAP_OPTION_TEXT, "W,S,E,N", "extent in degrees; by default the country", NULL},
    {"snap", 0, GAP_OPTION_LENGTH, "LENGTH", "from closed ground to open ground at most", "1 km"},
    {"bands", 0, GAP_OPTION_LIMITS, "TIME,...", "isochrones below the limit; by default chosen",
     NULL},
    {"people", 0, GAP_OPTION_PATH, "FILE", "a raster of people a cell instead of the demand", NULL},
    {"density", 0, GAP_OPTION_FLAG, NULL, "its values are people a square kilometre", NULL},
    {"minutes", 0, GAP_OPTION_PATH, "FILE.tif", "write the minutes as a raster", NULL},
    {"nearest", 0, GAP_OPTION_PATH, "FILE.tif", "write the quickest points as a raster", NULL},
    {NULL},
};

static int by_size(gconstpointer a, gconstpointer b) {
    const double *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static bool read_box(const char *text, GapBox *box, GError **error) {
    double *const at[] = {&box->min_x, &box->min_y, &box->max_x, &box->max_y};
    g_auto(GStrv) parts = g_strsplit(text ? text : "", ",", -1);
    if (!text)
        return true;
    bool ok = g_strv_length(parts) == G_N_ELEMENTS(at);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(at); i++)
        ok = gap_parse_number(parts[i], at[i], NULL);
    return (ok && box->min_x < box->max_x && box->min_y < box->max_y && box->min_x >= -180 &&
            box->max_x <= 180 && box->min_y >= -90 && box->max_y <= 90) ||
           gap_fail(error, GAP_ERROR_USAGE,
                    "--bbox: west, south, east and north in degrees, such as 73.5,41,76,42.5");
}

static int choice_of(GapCall *call, const char *option, const char *const *choices) {
    int i = 0;
    while (!g_str_equal(choices[i], gap_call_text(call, option)))
        i++;
    return i;
}

static double length_or_0(GapCall *call, const char *option) {
    const double length = gap_call_length_m(call, option);
    return isnan(length) ? 0 : length;
}

static bool read_field(GapCall *call, GapTravelFieldOptions *field, GError **error) {
    const gint64 month = gap_call_int(call, "month");
    *field = (GapTravelFieldOptions)GAP_TRAVEL_FIELD_OPTIONS_INIT;
    field->ground = (GapTravelGroundOptions){
        .elevation = gap_call_text(call, "elevation"),
        .elevation_unit = gap_call_text(call, "elevation-unit"),
        .landcover = gap_call_text(call, "landcover"),
        .friction = gap_call_text(call, "friction"),
        .like = gap_call_text(call, "like"),
        .crs = gap_call_text(call, "crs"),
        .speeds = gap_call_text(call, "speeds"),
        .scenario = gap_call_text(call, "scenario"),
        .cell_m = length_or_0(call, "cell"),
        .month = (int)month,
        .bridges = (GapBridges)choice_of(call, "bridges", BRIDGES),
        .rivers_pass = gap_call_flag(call, "rivers-pass"),
        .progress = gap_call_progress(call),
    };
    field->surface.neighbours = 8 << choice_of(call, "neighbours", NEIGHBOURS);
    field->surface.walk.kind = (GapWalkKind)choice_of(call, "walk", WALKS);
    field->surface.length = (GapLength)choice_of(call, "lengths", LENGTHS);
    field->inwards = choice_of(call, "direction", DIRECTIONS) == 1;
    field->snap_m = length_or_0(call, "snap");
    if (gap_call_given(call, "month") && (month < 1 || month > 12))
        return gap_fail(error, GAP_ERROR_USAGE, "--month: 1 to 12");
    return read_box(gap_call_text(call, "bbox"), &field->ground.extent, error);
}

/* An option of travel time that the straight line does not heed is a mistake, not a wish. */
static bool refuse_travel_options(GapCall *call, GError **error) {
    static const char *const common[] = {"mode", "within", "as-of", "kinds", "run", NULL};
    for (const GapOption *option = OPTIONS; option->name; option++)
        if (!g_strv_contains(common, option->name) && gap_call_given(call, option->name))
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: only with --mode travel", option->name);
    return true;
}

/* The limits, of the kind that the mode has. Returns: (transfer full). */
static GArray *read_limits(GapCall *call, bool travel, GError **error) {
    bool minutes;
    g_autoptr(GArray) within = gap_call_limits(call, "within", &minutes);
    const double usual = travel ? 30 : 5000;
    if (within->len == 0)
        g_array_append_val(within, usual);
    else if (minutes != travel) {
        gap_fail(error, GAP_ERROR_USAGE,
                 travel ? "--within: by travel time a limit is a time, 30 min or 1 h"
                        : "--within: by the straight line a limit is a length, 5 km; for a time "
                          "add --mode travel");
        return NULL;
    }
    return g_steal_pointer(&within);
}

static GArray *read_bands(GapCall *call, GError **error) {
    bool minutes;
    g_autoptr(GArray) bands = gap_call_limits(call, "bands", &minutes);
    if (bands->len && !minutes) {
        gap_fail(error, GAP_ERROR_USAGE, "--bands: times, 15 min, 30 min");
        return NULL;
    }
    g_array_sort(bands, by_size);
    for (guint i = bands->len; i > 1; i--)
        if (g_array_index(bands, double, i - 1) == g_array_index(bands, double, i - 2))
            g_array_remove_index(bands, i - 1);
    return g_steal_pointer(&bands);
}

/* What was chosen, changed and left out on the way; and people by time. */
static bool tell_travel(GapCall *call, GapStore *store, const char *run, GError **error) {
    g_autoptr(GapTable) notes = gap_summary_notes(store, run, error);
    g_autoptr(GapTable) bands = notes ? gap_summary_bands(store, run, error) : NULL;
    if (!bands || gap_call_json(call))
        return bands != NULL;
    for (size_t r = 0; r < gap_table_rows(notes); r++)
        gap_call_say(call, "%s", gap_table_text(notes, r, 0));
    gap_call_say(call, "%s", "");
    gap_call_list(call, bands);
    gap_call_say(call, "%s", "");
    return true;
}

static bool cover(GapCall *call, const GapCoverageOptions *options, GError **error) {
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    g_autofree char *label = gap_coverage_label(options, options->within[options->n_within - 1]);
    size_t unchanged;
    if (!store || !gap_call_spares(call, "minutes", error) ||
        !gap_call_spares(call, "nearest", error) ||
        !gap_coverage(store, options, &unchanged, error))
        return false;
    if (unchanged == options->n_within)
        gap_call_unchanged(call);
    if (options->travel && options->travel->minutes_to)
        gap_call_made(call, options->travel->minutes_to);
    if (options->travel && options->travel->nearest_to)
        gap_call_made(call, options->travel->nearest_to);
    if (options->travel && !tell_travel(call, store, label, error))
        return false;
    g_autoptr(GapTable) runs = gap_summary_runs(store, error);
    if (runs)
        gap_call_list(call, runs);
    return runs != NULL;
}

static int run_coverage(GapCall *call, GError **error) {
    const bool by_travel = g_str_equal(gap_call_text(call, "mode"), "travel");
    const char *as_of = gap_call_text(call, "as-of");
    GapCoverageTravel travel = {.people = gap_call_text(call, "people"),
                                .density = gap_call_flag(call, "density"),
                                .minutes_to = gap_call_text(call, "minutes"),
                                .nearest_to = gap_call_text(call, "nearest")};
    if (!gap_cmd_check_label(call, "run", error) ||
        (!by_travel && !refuse_travel_options(call, error)))
        return -1;
    g_autoptr(GArray) within = read_limits(call, by_travel, error);
    g_autoptr(GArray) bands = within ? read_bands(call, error) : NULL;
    if (!bands || !read_field(call, &travel.field, error))
        return -1;
    travel.bands_min = bands->len ? (double *)bands->data : NULL;
    travel.n_bands = bands->len;
    g_autofree char *today = gap_today();
    g_auto(GStrv) kinds = gap_call_words(call, "kinds");
    const GapCoverageOptions options = {
        .label = gap_call_text(call, "run"),
        .as_of = as_of ? as_of : today,
        .within = (double *)within->data,
        .n_within = within->len,
        .kinds = kinds,
        .travel = by_travel ? &travel : NULL,
    };
    return cover(call, &options, error) ? GAP_EXIT_DONE : -1;
}

const GapCommand gap_cmd_coverage = {
    .name = "coverage",
    .arguments = "",
    .summary = "compute who is within reach of a police point",
    .options = OPTIONS,
    .run = run_coverage,
};
