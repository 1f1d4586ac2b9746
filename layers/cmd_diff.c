// diff: what differs between two sources, or two stores.
#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/schema.h"
#include "layers/source.h"

#include <math.h>

bool gap_cmd_share(const GapCall *call, const char *option, double *share, GError **error) {
    const char *given = gap_call_text(call, option);
    *share = 0;
    if (!given)
        return true;
    g_autofree char *text = g_strstrip(g_strdup(given));
    const bool percent = g_str_has_suffix(text, "%");
    if (percent)
        text[strlen(text) - 1] = '\0';
    double value;
    // A bare 10 could be ten percent or ten times.
    if (!gap_parse_number(g_strchomp(text), &value, NULL) || value < 0 || (!percent && value > 1))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--%s: '%s' is no share; write 10%% or 0.1, not below 0", option, given);
    *share = percent ? value / 100 : value;
    return true;
}

void gap_cmd_tell_diff(GapCall *call, const char *what, const GapDiff *diff, double changed_by) {
    if (gap_call_json(call))
        return;
    g_autofree char *summary = gap_diff_summary(diff, changed_by);
    gap_call_say(call, "%s: %s", what, summary);
    if (gap_table_rows(diff->rows))
        gap_call_list(call, diff->rows);
}

json_t *gap_cmd_diff_json(const GapDiff *diff) {
    g_autofree char *rows = gap_table_to_json(diff->rows);
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "gone", (json_int_t)diff->gone, "added",
                     (json_int_t)diff->added, "moved", (json_int_t)diff->moved, "fields_changed",
                     (json_int_t)diff->fields, "figures_changed", (json_int_t)diff->figures,
                     "figures_changed_less", (json_int_t)diff->figures_less, "differences",
                     json_loads(rows, 0, NULL));
}

static const GapOption OPTIONS[] = {
    {"changed-by", 0, GAP_OPTION_TEXT, "SHARE",
     "tell figures that changed by more than this share, such as 10%; by default any", NULL},
    {NULL},
};

static bool is_store(const char *argument) {
    return g_str_has_suffix(argument, ".gapmap");
}

/* A store to compare, or the one at hand, in which `argument` names a source. */
static bool open_side(GapCall *call, const char *argument, GapStore **opened, GapDiffOf *side,
                      char **source, GError **error) {
    if (is_store(argument)) {
        *opened = gap_store_open(argument, GAP_STORE_READ, gap_layers_schema(), error);
        side->store = *opened;
        return side->store != NULL;
    }
    side->store = gap_call_store(call, GAP_STORE_READ, error);
    side->source = *source = side->store ? gap_source_find(side->store, argument, error) : NULL;
    return side->source != NULL;
}

/* A source beside a store is compared with the source of that name in it. */
static bool match_sides(GapDiffOf *before, GapDiffOf *after, GError **error) {
    if (before->source && after->source) {
        const size_t layer = strcspn(before->source, "/") + 1;
        return strncmp(before->source, after->source, layer) == 0 ||
               gap_fail(error, GAP_ERROR_USAGE,
                        "%s and %s are of different layers: give two sources of one layer",
                        before->source, after->source);
    }
    GapDiffOf *whole = before->source ? after : before;
    const char *source = before->source ? before->source : after->source;
    if (!source)
        return true;
    g_autofree char *there = gap_source_find(whole->store, source, error);
    whole->source = source;
    return there != NULL;
}

static int print_diff(GapCall *call, const GapDiff *diff, double changed_by) {
    if (gap_call_json(call)) {
        gap_cmd_print_json(call, gap_cmd_diff_json(diff));
        return GAP_EXIT_DONE;
    }
    if (gap_table_rows(diff->rows))
        gap_call_list(call, diff->rows);
    g_autofree char *summary = gap_diff_summary(diff, changed_by);
    gap_call_say(call, "%s", summary);
    return GAP_EXIT_DONE;
}

static int run_diff(GapCall *call, GError **error) {
    GapDiffOptions options = {.most = -1};
    if (!gap_cmd_share(call, "changed-by", &options.changed_by, error))
        return -1;
    g_autoptr(GapStore) first = NULL, second = NULL;
    g_autofree char *first_source = NULL, *second_source = NULL;
    GapDiffOf before = {NULL, NULL}, after = {NULL, NULL};
    if (!open_side(call, gap_call_argument(call, 0), &first, &before, &first_source, error) ||
        !open_side(call, gap_call_argument(call, 1), &second, &after, &second_source, error) ||
        !match_sides(&before, &after, error))
        return -1;
    g_autoptr(GapDiff) diff = gap_diff(before, after, &options, error);
    return diff ? print_diff(call, diff, options.changed_by) : -1;
}

const GapCommand gap_cmd_diff = {
    .name = "diff",
    .arguments = "A B",
    .summary = "show what differs between two sources, or two stores",
    .min_arguments = 2,
    .max_arguments = 2,
    .options = OPTIONS,
    .run = run_diff,
};
