// sites: two proposals beside each other.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "geo/files/vector.h"
#include "geo/text/text.h"
#include "layers/cmd_sites.h"
#include "layers/sites/compare.h"

enum { MOST_LISTED = 20 };

static bool check_options(const GapCall *call, GError **error) {
    static const char *const others[] = {"number", "within", "budget", "posts",     "frontier",
                                         "score",  "firm",   "label",  "run",       "definitions",
                                         "times",  "demand", "model",  "candidates"};
    const char *output = gap_call_text(call, "output");
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        if (gap_call_given(call, others[i]))
            return gap_fail(error, GAP_ERROR_USAGE,
                            "--%s: not with --compare, which tells of two proposals as they are",
                            others[i]);
    if (output && !g_str_has_suffix(output, ".csv"))
        return gap_fail(error, GAP_ERROR_USAGE, "-o %s: its name ends in .csv", output);
    return gap_call_spares(call, "output", error);
}

static void say_all(GapCall *call, GapSitesCompared *compared, char *const *labels) {
    g_autofree char *first = gap_format_number(compared->only_first, 0, "en"),
                    *second = gap_format_number(compared->only_second, 0, "en"),
                    *both = gap_format_number(compared->both, 0, "en");
    gap_call_list(call, compared->proposals);
    gap_call_say(call, "\n%s people are covered by '%s' only, %s by '%s' only, %s newly by both",
                 first, labels[0], second, labels[1], both);
    gap_cmd_say_first(call, compared->areas, "By area, the greatest difference first", MOST_LISTED);
    gap_cmd_say_first(call, compared->sites, "Their sites", MOST_LISTED);
}

static void tell_json(GapCall *call, const GapSitesCompared *compared) {
    gap_cmd_print_json(call,
                       json_pack("{s:o, s:f, s:f, s:f, s:o, s:o}", "proposals",
                                 gap_cmd_table_json(compared->proposals), "only_first",
                                 compared->only_first, "only_second", compared->only_second, "both",
                                 compared->both, "areas", gap_cmd_table_json(compared->areas),
                                 "sites", gap_cmd_table_json(compared->sites)));
}

bool gap_cmd_sites_compare(GapCall *call, GError **error) {
    const char *output = gap_call_text(call, "output");
    g_auto(GStrv) labels = gap_call_words(call, "compare");
    if (!check_options(call, error))
        return false;
    if (g_strv_length(labels) != 2)
        return gap_fail(
            error, GAP_ERROR_USAGE,
            "--compare: name two proposals, as in --compare \"5 km covering,by crime\"");
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    g_autoptr(GapSitesCompared) compared =
        store ? gap_sites_compare(store, labels[0], labels[1], error) : NULL;
    if (!compared || (output && !gap_vector_write_csv(compared->areas, output, error)))
        return false;
    if (output)
        gap_call_made(call, output);
    if (gap_call_json(call))
        tell_json(call, compared);
    else
        say_all(call, compared, labels);
    return true;
}
