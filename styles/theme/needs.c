// What a theme asks of the data: metadata.gapmap.needs, mode and with.
#include "geo/base/error.h"
#include "styles/map.h"

/** Facts that themes need or are about; `lacks` and `remedy` are said where one is missing that the
 *  theme is about. */
static const struct {
    const char *fact, *what, *lacks, *remedy;
} abouts[] = {
    {"within", "a run of coverage"},
    {"people_covered", "a run of coverage"},
    {"people_beyond", "a run of coverage"},
    {"crime_years", "a run with gaps"},
    {"sites", "proposed sites", "no sites are proposed on run '%s'",
     "propose some first: gapmap sites -n 10, or choose another run with --run"},
    {"compared_first", "two proposals, compared", "no two proposals of run '%s' were compared",
     "do that first: gapmap sites --compare \"LABEL,LABEL\", or choose another run with --run"},
    {"visits", "exchange visits", "no exchange visits are loaded",
     "load some first: gapmap load visits FILE"},
    {"years_known", "crime of several years", "provinces have no crime figures of several years",
     "load them first: gapmap load crime FILE"},
    {"runs_shown", "two runs of coverage or more",
     "there are no two runs of coverage to set side by side",
     "make them first: gapmap coverage --within \"5 km, 10 km\""},
    {"second_run", "exactly two runs of coverage", "the difference is that of exactly two runs",
     "name them, as in --runs \"5 km,10 km\" for 10 km less 5 km"},
};

static const char *mode_of(const GapStyle *style) {
    return json_string_value(json_object_get(style->page, "mode"));
}

static const char *about_of(const GapStyle *style) {
    return json_string_value(json_object_get(style->page, "with"));
}

static bool is_of_mode(const GapStyle *style, GHashTable *facts) {
    const char *wanted = mode_of(style), *mode = g_hash_table_lookup(facts, "mode");
    return !wanted || g_str_equal(wanted, mode ? mode : "straight");
}

bool gap_map_shows(const GapStyle *style, GHashTable *facts) {
    const char *with = about_of(style);
    return is_of_mode(style, facts) && (!with || g_hash_table_contains(facts, with));
}

char *gap_map_lacks(const GapStyle *style, GHashTable *facts, const char **remedy) {
    const char *with = about_of(style), *run = g_hash_table_lookup(facts, "run");
    for (size_t i = 0; with && i < G_N_ELEMENTS(abouts); i++)
        if (abouts[i].lacks && g_str_equal(abouts[i].fact, with)) {
            GString *text = g_string_new(abouts[i].lacks);
            g_string_replace(text, "%s", run ? run : "", 1);
            *remedy = abouts[i].remedy;
            return g_string_free(text, FALSE);
        }
    *remedy = "see gapmap-styles(7)";
    return g_strdup_printf("nothing is known of '%.60s'", with ? with : "");
}

static bool check_needs(const GapStyle *style, GHashTable *facts, GError **error) {
    const json_t *needs = json_object_get(style->page, "needs");
    for (size_t i = 0; i < json_array_size(needs); i++) {
        const char *name = json_string_value(json_array_get(needs, i));
        if (name && !g_hash_table_contains(facts, name))
            return gap_fail(error, GAP_ERROR_MISSING,
                            "nothing is known yet of %s; compute it first: gapmap coverage, then "
                            "gapmap gaps",
                            name);
    }
    return true;
}

static bool check_mode(const GapStyle *style, GHashTable *facts, GError **error) {
    const char *run = g_hash_table_lookup(facts, "run"), *wanted = mode_of(style);
    return is_of_mode(style, facts) ||
           gap_fail(error, GAP_ERROR_MISSING,
                    "it draws runs of mode %s only, and '%s' is none: choose one with --run, or "
                    "make one: gapmap coverage --mode %s",
                    wanted, run ? run : "this run", wanted);
}

static bool check_with(const GapStyle *style, GHashTable *facts, GError **error) {
    const char *with = about_of(style), *remedy;
    if (!with || g_hash_table_contains(facts, with))
        return true;
    g_autofree char *lacks = gap_map_lacks(style, facts, &remedy);
    return gap_fail(error, GAP_ERROR_MISSING, "%s; %s", lacks, remedy);
}

bool gap_map_ready(const GapStyle *style, GHashTable *facts, GError **error) {
    return check_needs(style, facts, error) && check_mode(style, facts, error) &&
           check_with(style, facts, error);
}

static void add_what(GPtrArray *needs, const char *fact) {
    const char *what = fact;
    for (size_t i = 0; i < G_N_ELEMENTS(abouts); i++)
        if (g_str_equal(abouts[i].fact, fact))
            what = abouts[i].what;
    if (!g_ptr_array_find_with_equal_func(needs, what, g_str_equal, NULL))
        g_ptr_array_add(needs, (gpointer)what);
}

GPtrArray *gap_map_needs(const GapStyle *style) {
    const json_t *facts = json_object_get(style->page, "needs");
    GPtrArray *needs = g_ptr_array_new();
    const char *with = about_of(style);
    if (g_strcmp0(mode_of(style), "travel") == 0)
        g_ptr_array_add(needs, "a run by travel time");
    for (size_t i = 0; i < json_array_size(facts); i++)
        add_what(needs, json_string_value(json_array_get(facts, i)));
    if (with)
        add_what(needs, with);
    return needs;
}
