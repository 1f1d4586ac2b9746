// Words of the page, and the facts that stand in them, in the page's language.
#include "geo/text/message.h"
#include "geo/text/text.h"
#include "styles/kinds/runs.h"
#include "styles/part/part.h"
#include "styles/speech/both.h"
#include "styles/speech/credits.h"

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

static const char *word_in(const GapMap *map, const char *group, const char *key) {
    const char *word = gap_words_get(map->data->words, group, key, map->lang);
    return word ? word : key;
}

const char *gap_map_word(const GapMap *map, const char *group, const char *key) {
    const char *first = word_in(map, group, key);
    if (!map->other)
        return first;
    g_autofree char *both = gap_text_both(first, word_in(map->other, group, key), NULL);
    return g_string_chunk_insert_const(map->scratch, both);
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

void gap_map_put(const GapMap *map, const char *name, char *text, double number) {
    gap_message_set(map->said, name, text, number);
}

void gap_map_put_number(const GapMap *map, const char *name, double number) {
    for (const GapMap *in = map; in; in = in->other)
        gap_map_put(in, name, gap_format_number(number, 0, in->lang), rint(number));
}

char *gap_map_say_first(const GapMap *map, const char *key) {
    const char *word = word_of_run(map, map->group, key);
    if (!word)
        word = word_of_run(map, "common", key);
    return word ? gap_message_fill(word, map->lang, map->said) : g_strdup_printf("⟨%s⟩", key);
}

static char *tell_word(const GapMap *map, const void *key) {
    return gap_map_say_first(map, key);
}

char *gap_map_say(const GapMap *map, const char *key) {
    return gap_map_both(map, tell_word, key, NULL);
}

/* ---- facts ---- */

static void say(GapMap *map, const char *name, char *text) {
    gap_map_put(map, name, text, rint(gap_map_fact(map, name))); // as it is written
}

/** A number and its unit, kept together; the unit in the case that `ending` names: "", "_to" or
 *  "_from", which differ in Kyrgyz. */
static char *with_unit(const GapMap *map, double value, const char *unit, const char *ending) {
    bool whole = fabs(value - round(value)) < 1e-9;
    g_autofree char *number = gap_format_number(value, whole ? 0 : 1, map->lang);
    g_autofree char *word = g_strconcat(unit, ending, NULL);
    return g_strdup_printf("%s\u00a0%s", number, word_in(map, "common", word));
}

static char *minutes_text(const GapMap *map, double minutes, const char *ending) {
    double hours = floor(minutes / 60 + 1e-9), rest = MAX(minutes - 60 * hours, 0);
    bool whole = rest < 0.05;
    g_autofree char *part = with_unit(map, rest, "min", ending);
    if (hours < 1)
        return g_steal_pointer(&part);
    g_autofree char *before = with_unit(map, hours, "hour", whole ? ending : "");
    return whole ? g_steal_pointer(&before) : g_strdup_printf("%s\u00a0%s", before, part);
}

char *gap_map_minutes(const GapMap *map, double minutes) {
    return minutes_text(map, minutes, "");
}

static const char *const endings[] = {"", "_to", "_from"};

void gap_map_put_minutes(const GapMap *map, const char *name, double minutes) {
    for (const GapMap *in = map; in; in = in->other)
        for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
            g_autofree char *own = g_strconcat(name, endings[i], NULL);
            gap_map_put(in, own, minutes_text(in, minutes, endings[i]), minutes);
        }
}

static void put_metres(const GapMap *map, const char *name, double metres) {
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *own = g_strconcat(name, endings[i], NULL);
        gap_map_put(map, own, with_unit(map, metres / 1000, "km", endings[i]), metres / 1000);
    }
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
    bool known = !isnan(gap_map_fact(map, "people_covered_exact")) || !map->data->part;
    return gap_map_fact(map, "points_assumed") == 0 || !known ? g_strdup("")
                                                              : g_strdup_printf(" (%s)", words);
}

/** A limit, which is a length or a time. */
static void say_within(GapMap *map, const char *name, const char *in_m, const char *in_min) {
    double metres = gap_map_fact(map, in_m), minutes = gap_map_fact(map, in_min);
    if (!isnan(metres))
        put_metres(map, name, metres);
    else if (!isnan(minutes))
        gap_map_put_minutes(map, name, minutes);
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
    if (map->data->part)
        say(map, "part", gap_part_name(map));
    const char *credits = gap_credits(map->data->facts, map->lang);
    if (credits)
        say(map, "sources", g_strdup(credits));
    const char *date = fact(map, "as_of"), *offence = fact(map, "offence");
    const char *vintages = fact(map, "people_vintages"), *year = fact(map, "people_year");
    year = vintages ? vintages : year ? year : "";
    gap_map_put(map, "people_year", g_strdup(year), strchr(year, ',') ? 2 : 1); // how many years
    if (date)
        say(map, "as_of", gap_format_date(date, map->lang));
    if (offence)
        say(map, "offence", g_strdup(gap_map_word(map, "offence", offence)));
    say_limit(map);
    say_sites(map);
    gap_runs_say(map);
}
