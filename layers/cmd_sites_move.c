// sites: points that may close so that their crew opens elsewhere.
#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/text/text.h"
#include "layers/cmd_sites.h"

bool gap_cmd_sites_check_move(const GapCall *call, GapLocateModel model, GError **error) {
    static const char *const apart[][2] = {
        {"people-per-officer", "whom each point serves today is not known"},
        {"frontier", "ask with -n 0, -n 1, ... instead"},
        {"score", "a list says nothing of what closes"},
    };
    if (!gap_call_given(call, "move"))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(apart); i++)
        if (gap_call_given(call, apart[i][0]))
            return gap_fail(error, GAP_ERROR_USAGE, "--move does not go with --%s: %s", apart[i][0],
                            apart[i][1]);
    return model != GAP_LOCATE_SET_COVER ||
           gap_fail(error, GAP_ERROR_USAGE,
                    "--move: --model set-cover takes none, since it finds the number itself");
}

static char *people(double value) {
    return gap_format_number(value, 0, "en");
}

static void say_closed(GapCall *call, const GapTable *moves, gsize row, const char *within) {
    const double its = gap_table_real(moves, row, GAP_MOVE_PEOPLE),
                 lost = gap_table_real(moves, row, GAP_MOVE_LOST);
    const char *by = gap_table_text(moves, row, GAP_MOVE_SERVED_BY);
    g_autofree char *all = people(its), *beyond = people(lost);
    g_autofree char *what =
        !(its > 0) ? g_strdup_printf("nobody is within %s by it alone", within)
        : !by      ? g_strdup_printf("all of its %s people are beyond reach then", all)
        : lost > 0 ? g_strdup_printf("of its %s people %s are beyond reach then, the others are "
                                     "served by %s",
                                     all, beyond, by)
                   : g_strdup_printf("its %s people are served by %s", all, by);
    gap_call_say(call, "Closes: %s (%s); %s", gap_table_text(moves, row, GAP_MOVE_NAME),
                 gap_table_text(moves, row, GAP_MOVE_CODE), what);
}

void gap_cmd_sites_say_moves(const GapSeeking *seeking, const GapSitesResult *result) {
    const GapStoreSites *ground = seeking->ground;
    const GapMoveSums *sums = &result->move_sums;
    const gsize movable = gap_table_rows(result->moves), n = gap_table_rows(result->sites);
    g_autofree char *within = ground->by_travel ? gap_format_minutes(ground->within_m)
                                                : gap_format_length(ground->within_m);
    g_autofree char *all = people(result->people), *today = people(sums->today),
                    *after = people(sums->after), *lost = people(sums->lost),
                    *won = people(sums->after - sums->today + sums->lost);
    gap_call_say(seeking->call,
                 "New sites: %zu. Points that might move and close: %zu of %zu. Then %s of %s "
                 "people are within %s%s, today %s: %s come within reach, and %s who are today no "
                 "longer are.",
                 n, movable - result->n_stay, movable, after, all, within,
                 seeking->options.need == 2 ? " of two sites" : "", today, won, lost);
    for (gsize row = 0; row < movable; row++)
        if (!gap_table_int(result->moves, row, GAP_MOVE_STAYS))
            say_closed(seeking->call, result->moves, row, within);
}

void gap_cmd_sites_add_moves(const GapSitesResult *result, json_t *json) {
    const GapMoveSums *sums = &result->move_sums;
    json_object_set_new(json, "moves", gap_cmd_table_json(result->moves));
    json_object_set_new(json, "covered_before", json_real(sums->today));
    json_object_set_new(json, "covered_staying", json_real(result->before));
    json_object_set_new(json, "gained", json_real(sums->after - sums->today + sums->lost));
    json_object_set_new(json, "lost", json_real(sums->lost));
}
