// Words of the page, and the facts that stand in them, in the page's language.
#include "geo/text/text.h"
#include "styles/map.h"

#include <math.h>
#include <string.h>

static const char *fact(const GapMap *map, const char *name) {
    return g_hash_table_lookup(map->data->facts, name);
}

double gap_map_fact(const GapMap *map, const char *name) {
    const char *text = fact(map, name);
    char *end;
    double value = text ? g_ascii_strtod(text, &end) : NAN;
    return text && end != text && !*end ? value : NAN;
}

const char *gap_map_word(const GapMap *map, const char *group, const char *key) {
    const char *word = gap_words_get(map->data->words, group, key, map->lang);
    return word ? word : key;
}

/* ---- a word with its facts ---- */

/** The word for the direction, else for the mode, else for every run; NULL where there is none. */
static const char *word_of_run(const GapMap *map, const char *group, const char *key) {
    const char *const kinds[] = {fact(map, "direction"), fact(map, "mode")};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *own = kinds[i] ? g_strconcat(key, ".", kinds[i], NULL) : NULL;
        const char *word = own ? gap_words_get(map->data->words, group, own, map->lang) : NULL;
        if (word)
            return word;
    }
    return gap_words_get(map->data->words, group, key, map->lang);
}

char *gap_map_say(const GapMap *map, const char *key) {
    const char *word = word_of_run(map, map->group, key);
    if (!word)
        word = word_of_run(map, "common", key);
    if (!word)
        return g_strdup_printf("⟨%s⟩", key);
    GString *text = g_string_new(word);
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, map->said);
    while (strchr(text->str, '{') && g_hash_table_iter_next(&iter, &name, &value)) {
        g_autofree char *mark = g_strdup_printf("{%s}", (char *)name);
        g_string_replace(text, mark, value, 0);
    }
    return g_string_free(text, FALSE);
}

/* ---- facts ---- */

static void say(GapMap *map, const char *name, char *text) {
    g_hash_table_insert(map->said, g_strdup(name), text);
}

/** A number and its unit, kept together. */
static char *with_unit(const GapMap *map, double value, const char *unit) {
    bool whole = fabs(value - round(value)) < 1e-9;
    g_autofree char *number = gap_format_number(value, whole ? 0 : 1, map->lang);
    return g_strdup_printf("%s\u00a0%s", number, gap_map_word(map, "common", unit));
}

char *gap_map_minutes(const GapMap *map, double minutes) {
    double hours = floor(minutes / 60 + 1e-9), rest = MAX(minutes - 60 * hours, 0);
    g_autofree char *whole = with_unit(map, hours, "hour"), *part = with_unit(map, rest, "min");
    if (hours < 1)
        return g_steal_pointer(&part);
    return rest < 0.05 ? g_steal_pointer(&whole) : g_strdup_printf("%s\u00a0%s", whole, part);
}

/** What a scenario is made of, "winter; vehicle=0.9", its names in words: "winter, vehicle=0.9". */
static char *scenario_part(const GapMap *map) {
    const char *scenario = fact(map, "scenario");
    g_auto(GStrv) parts = g_strsplit(scenario ? scenario : "", ";", -1);
    g_autoptr(GPtrArray) said = g_ptr_array_new();
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part))
            g_ptr_array_add(said, (gpointer)gap_map_word(map, "scenarios", *part));
    if (!said->len)
        return g_strdup("");
    g_ptr_array_add(said, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)said->pdata);
    return g_strdup_printf(" · %s: %s", gap_map_word(map, "common", "scenario"), list);
}

static void say_numbers(GapMap *map) {
    static const char *const numbers[] = {"people",        "people_covered", "people_beyond",
                                          "areas",         "areas_nobody",   "people_covered_exact",
                                          "crime_beyond",  "points_counted", "points_assumed",
                                          "sites",         "sites_added",    "sites_lost",
                                          "sites_covered", "sites_cost",     "sites_local_pays",
                                          "only_first",    "only_second",    "both_new"};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        say(map, numbers[i], gap_format_number(gap_map_fact(map, numbers[i]), 0, map->lang));
}

/** What holds without assumed points, where there are any. */
static char *assumed_part(const GapMap *map) {
    g_autofree char *words = gap_map_say(map, "without_assumed");
    return gap_map_fact(map, "points_assumed") == 0 ? g_strdup("")
                                                    : g_strdup_printf(" (%s)", words);
}

/** A limit, which is a length or a time. */
static void say_within(GapMap *map, const char *name, const char *in_m, const char *in_min) {
    double metres = gap_map_fact(map, in_m), minutes = gap_map_fact(map, in_min);
    if (!isnan(metres))
        say(map, name, with_unit(map, metres / 1000, "km"));
    else if (!isnan(minutes))
        say(map, name, gap_map_minutes(map, minutes));
}

/** What proposed sites are best at, how sure that is, and who pays: words with facts of their own.
 */
static void say_sites(GapMap *map) {
    const char *model = fact(map, "sites_model"), *weight = fact(map, "sites_weight");
    if (!model)
        return;
    bool crime = g_strcmp0(weight, "crime") == 0, two = gap_map_fact(map, "sites_need") == 2;
    double gap = gap_map_fact(map, "sites_gap");
    g_autofree char *aim = g_strconcat("aim_", model, crime ? "_crime" : two ? "_two" : "", NULL);
    say(map, "sites_share", gap_format_percent(gap_map_fact(map, "sites_share"), 0, map->lang));
    say(map, "sites_gap", gap_format_percent(gap, gap < 0.01 ? 2 : 1, map->lang));
    say(map, "sites_aim", gap_map_say(map, aim));
    say(map, "sites_proof",
        gap_map_say(map, gap_map_fact(map, "sites_proven") == 1 ? "proven" : "not_proven"));
    say(map, "local_part",
        isnan(gap_map_fact(map, "sites_local_pays")) ? g_strdup("")
                                                     : gap_map_say(map, "local_pays"));
}

/** The limit, how it is measured, and the scenario. */
static void say_limit(GapMap *map) {
    say_within(map, "within", "within_m", "within_min");
    say_within(map, "sites_within", "sites_within_m", "sites_within_min");
    say(map, "scenario_part", scenario_part(map));
    say(map, "way", gap_map_say(map, "way"));
    say(map, "assumed_part", assumed_part(map));
}

/** Facts without a form of their own stay as they are. */
void gap_map_say_facts(GapMap *map) {
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, map->data->facts);
    while (g_hash_table_iter_next(&iter, &name, &value))
        say(map, name, g_strdup(value ? value : ""));
    say_numbers(map);
    const char *date = fact(map, "as_of"), *offence = fact(map, "offence");
    const char *vintages = fact(map, "people_vintages");
    if (vintages)
        say(map, "people_year", g_strdup(vintages));
    if (date)
        say(map, "as_of", gap_format_date(date, map->lang));
    if (offence)
        say(map, "offence", g_strdup(gap_map_word(map, "offence", offence)));
    say_limit(map);
    say_sites(map);
}
