#include "layers/gazetteer.h"

#include "geo/base/error.h"
#include "geo/text/text.h"

#include <gio/gio.h>
#include <string.h>

enum { N_LEVELS = GAP_GAZETTEER_PLACE + 1 };
const char *const GAP_GAZETTEER_LEVELS[] = {"country",      "province", "district",
                                            "municipality", "place",    NULL};

struct GapGazetteer {
    GapTable *rows;             // a name each, by target
    GArray *targets;            // of GapMatchTarget
    GArray *names;              // of GapMatchName
    GArray *first;              // the first row of each target (guint)
    GHashTable *areas, *places; // code to number
    size_t count[N_LEVELS];
    guint32 kinds[N_LEVELS]; // where names do not say
    GapNameRules *rules;
    GapMatcher *matcher;
};

enum { LEVEL, CODE, PARENT, LON, LAT, RANK, NAME, WHAT };
enum { OTHER_LANGUAGE = 4 }; // rank of own names other than English, Kyrgyz and Russian
static const GapColumnSpec COLUMNS[] = {
    {"level", GAP_TYPE_INT}, {"code", GAP_TYPE_TEXT}, {"parent", GAP_TYPE_TEXT},
    {"lon", GAP_TYPE_REAL},  {"lat", GAP_TYPE_REAL},  {"rank", GAP_TYPE_INT},
    {"name", GAP_TYPE_TEXT}, {"what", GAP_TYPE_TEXT},
};

/* What an old unit became is followed
 * to the areas that are; UNION, not UNION ALL, so that changes in a circle end. An area that stands
 * for the one above it has no name of its own. ?1 is the part. */
static const GapStatement NAMES = {
    "gazetteer.names",
    "WITH RECURSIVE went (unit, area, day) AS ("
    "  SELECT old, new, changed_on FROM area_change"
    "  UNION SELECT w.unit, c.new, w.day FROM went w JOIN area_change c ON c.old = w.area),"
    " former AS (SELECT DISTINCT old AS unit FROM area_change WHERE old NOT IN"
    "  (SELECT code FROM area WHERE valid_to IS NULL)),"
    " stand_in (code, parent) AS (SELECT code, parent FROM area WHERE code IN"
    "  (SELECT area FROM area_made WHERE how = 'whole')),"
    " word (language, rank, what) AS (VALUES ('en', 1, 'its English name'),"
    "  ('ky', 2, 'its Kyrgyz name'), ('ru', 3, 'its Russian name')),"
    " named (bearer, code, rank, name, what) AS ("
    "  SELECT bearer, code, CASE WHEN own THEN coalesce(rank, 4) ELSE 5 END, name,"
    "   CASE WHEN own THEN coalesce(what, 'its name in ' || c.language) WHEN until IS NULL"
    "   THEN 'another name of it' ELSE 'its name until ' || substr(until, 1, 4) END"
    "   FROM called c LEFT JOIN word w ON w.language = c.language"
    "  UNION SELECT bearer, code, 6, name, 'its name in ' || source FROM name_match"
    "   WHERE how = 'crosswalk'"
    "  UNION SELECT 'area', w.area, 5, o.name, 'the former unit (until ' ||"
    "   substr(date(min(w.day), '-1 day'), 1, 4) || ')' FROM former f JOIN went w ON w.unit = "
    "f.unit"
    "   JOIN (SELECT old AS unit, old_name AS name FROM area_change UNION SELECT code,"
    "    name FROM called WHERE bearer = 'area' UNION SELECT code, name FROM name_match WHERE how "
    "= 'crosswalk' AND bearer <> 'place') o"
    "   ON o.unit = f.unit WHERE ?1 <> 2 GROUP BY w.area, o.name"
    "  UNION SELECT 'unit', old, 1, old_name, NULL FROM area_change WHERE ?1 = 2"
    "  UNION SELECT 'unit', code, 6, name, 'its name in ' || source FROM name_match"
    "   WHERE how = 'crosswalk'),"
    " bearer (bearer, level, code, parent, lon, lat) AS ("
    "  SELECT 'area', CASE level WHEN 'country' THEN 0 WHEN 'province' THEN 1 WHEN 'district'"
    "   THEN 2 ELSE 3 END, code, parent, seat_lon, seat_lat FROM area"
    "   WHERE (?1 = 2 OR code NOT IN (SELECT unit FROM former))"
    "   AND code NOT IN (SELECT code FROM stand_in)"
    "  UNION ALL SELECT 'place', 4, code, coalesce((SELECT w.parent FROM stand_in w WHERE w.code ="
    "   place.area), area), X(geom), Y(geom) FROM place WHERE ?1 = 0"
    "  UNION ALL SELECT 'unit', min(CASE a.level WHEN 'province' THEN 1 WHEN 'district' THEN 2"
    "   ELSE 3 END), w.unit, CASE WHEN count(DISTINCT a.parent) = 1 THEN min(a.parent) END,"
    "   NULL, NULL FROM went w JOIN area a ON a.code = w.area"
    "   WHERE ?1 = 2 AND w.unit NOT IN (SELECT code FROM area) GROUP BY w.unit)"
    " SELECT b.level, b.code, b.parent, b.lon, b.lat, n.rank, n.name, n.what FROM bearer b"
    " LEFT JOIN named n ON n.bearer = b.bearer AND n.code = b.code AND n.name <> ''"
    " ORDER BY 1, 2, 6, 7"};

void gap_gazetteer_free(GapGazetteer *gazetteer) {
    if (!gazetteer)
        return;
    gap_matcher_free(gazetteer->matcher);
    gap_name_rules_free(gazetteer->rules);
    g_array_unref(gazetteer->targets);
    g_array_unref(gazetteer->names);
    g_array_unref(gazetteer->first);
    g_hash_table_unref(gazetteer->areas);
    g_hash_table_unref(gazetteer->places);
    gap_table_free(gazetteer->rows);
    g_free(gazetteer);
}

static bool read_rules(GapGazetteer *gazetteer, GError **error) {
    g_autoptr(GBytes) data = g_resources_lookup_data("/gapmap/layers/words/names.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    if (!data)
        return false;
    gazetteer->rules =
        gap_name_rules_parse(g_bytes_get_data(data, NULL), (gssize)g_bytes_get_size(data), error);
    return gazetteer->rules != NULL;
}

static bool begins_target(const GapTable *rows, size_t r) {
    return r == 0 || gap_table_int(rows, r, LEVEL) != gap_table_int(rows, r - 1, LEVEL) ||
           strcmp(gap_table_text(rows, r, CODE), gap_table_text(rows, r - 1, CODE)) != 0;
}

static void add_target(GapGazetteer *gazetteer, guint r) {
    const GapTable *rows = gazetteer->rows;
    const GapMatchTarget target = {
        .level = (int)gap_table_int(rows, r, LEVEL),
        .parent = GAP_MATCH_NO_PARENT,
        .lon = gap_table_real(rows, r, LON),
        .lat = gap_table_real(rows, r, LAT),
    };
    g_array_append_val(gazetteer->targets, target);
    g_array_append_val(gazetteer->first, r);
    gazetteer->count[target.level]++;
}

/* Nothing need be said of the name that is shown anyway. */
static void add_name(GapGazetteer *gazetteer, size_t r) {
    const char *text = gap_table_text(gazetteer->rows, r, NAME);
    if (!text)
        return;
    GapMatchTarget *target =
        &g_array_index(gazetteer->targets, GapMatchTarget, gazetteer->targets->len - 1);
    const GapMatchName name = {text,
                               target->n_names++ ? gap_table_text(gazetteer->rows, r, WHAT) : NULL};
    g_array_append_val(gazetteer->names, name);
}

static void set_kinds(GapGazetteer *gazetteer) {
    const GapNameRules *rules = gazetteer->rules;
    for (int level = GAP_GAZETTEER_PROVINCE; level <= GAP_GAZETTEER_MUNICIPALITY; level++)
        gazetteer->kinds[level] = gap_name_rules_kind(rules, GAP_GAZETTEER_LEVELS[level]);
    gazetteer->kinds[GAP_GAZETTEER_PLACE] = gap_name_rules_kind(rules, "village") |
                                            gap_name_rules_kind(rules, "town") |
                                            gap_name_rules_kind(rules, "city");
}

/* Names lie in one array, which stands still from here on. A parent that is of no wider level says
 * nothing. */
static void finish_targets(GapGazetteer *gazetteer) {
    GapMatchTarget *targets = (GapMatchTarget *)(void *)gazetteer->targets->data;
    const GapMatchName *name = (const GapMatchName *)(void *)gazetteer->names->data;
    for (guint i = 0; i < gazetteer->targets->len; i++) {
        GapMatchTarget *target = &targets[i];
        target->names = name;
        name += target->n_names;
        target->kinds = gazetteer->kinds[target->level];
        const char *code = gap_gazetteer_code(gazetteer, i);
        const char *parent =
            gap_table_text(gazetteer->rows, g_array_index(gazetteer->first, guint, i), PARENT);
        gpointer at;
        if (parent && g_hash_table_lookup_extended(gazetteer->areas, parent, NULL, &at) &&
            targets[GPOINTER_TO_UINT(at)].level < target->level)
            target->parent = (gint32)GPOINTER_TO_UINT(at);
        g_hash_table_insert(target->level == GAP_GAZETTEER_PLACE ? gazetteer->places
                                                                 : gazetteer->areas,
                            (gpointer)code, GUINT_TO_POINTER(i));
    }
}

GapGazetteer *gap_gazetteer_new(GapStore *store, GapGazetteerPart part, GError **error) {
    g_autoptr(GapGazetteer) gazetteer = g_new0(GapGazetteer, 1);
    gazetteer->targets = g_array_new(FALSE, FALSE, sizeof(GapMatchTarget));
    gazetteer->names = g_array_new(FALSE, FALSE, sizeof(GapMatchName));
    gazetteer->first = g_array_new(FALSE, FALSE, sizeof(guint));
    gazetteer->areas = g_hash_table_new(g_str_hash, g_str_equal);
    gazetteer->places = g_hash_table_new(g_str_hash, g_str_equal);
    gazetteer->rows = gap_store_table(store, &NAMES, "gazetteer", COLUMNS, G_N_ELEMENTS(COLUMNS),
                                      error, "i", (gint64)part);
    if (!gazetteer->rows || !read_rules(gazetteer, error))
        return NULL;
    for (guint r = 0; r < gap_table_rows(gazetteer->rows); r++) {
        if (begins_target(gazetteer->rows, r))
            add_target(gazetteer, r);
        add_name(gazetteer, r);
    }
    if (gazetteer->targets->len == 0) {
        gap_fail(error, GAP_ERROR_MISSING,
                 "%s: no areas and no places to match names with; load boundaries or places first",
                 gap_store_path(store));
        return NULL;
    }
    set_kinds(gazetteer);
    finish_targets(gazetteer);
    gazetteer->matcher = gap_matcher_new(gazetteer->rules, gap_gazetteer_targets(gazetteer, NULL),
                                         gazetteer->targets->len, error);
    return gazetteer->matcher ? g_steal_pointer(&gazetteer) : NULL;
}

const GapMatcher *gap_gazetteer_matcher(const GapGazetteer *gazetteer) {
    return gazetteer->matcher;
}

const GapMatchTarget *gap_gazetteer_targets(const GapGazetteer *gazetteer, size_t *n) {
    if (n)
        *n = gazetteer->targets->len;
    return (const GapMatchTarget *)(void *)gazetteer->targets->data;
}

const char *gap_gazetteer_code(const GapGazetteer *gazetteer, size_t i) {
    return gap_table_text(gazetteer->rows, g_array_index(gazetteer->first, guint, i), CODE);
}

gssize gap_gazetteer_find(const GapGazetteer *gazetteer, const char *code, bool place) {
    gpointer at;
    return g_hash_table_lookup_extended(place ? gazetteer->places : gazetteer->areas, code, NULL,
                                        &at)
               ? (gssize)GPOINTER_TO_UINT(at)
               : -1;
}

const char *gap_gazetteer_name(const GapGazetteer *gazetteer, size_t i) {
    const GapMatchTarget *target = &gap_gazetteer_targets(gazetteer, NULL)[i];
    return target->n_names ? target->names[0].text : gap_gazetteer_code(gazetteer, i);
}

guint32 gap_gazetteer_kind(const GapGazetteer *gazetteer, const char *word) {
    return word ? gap_name_rules_kind(gazetteer->rules, word) : 0;
}

int gap_gazetteer_level(const char *level) {
    for (int i = 0; level && GAP_GAZETTEER_LEVELS[i]; i++)
        if (g_str_equal(level, GAP_GAZETTEER_LEVELS[i]))
            return i;
    return GAP_MATCH_ANY_LEVEL;
}

size_t gap_gazetteer_count(const GapGazetteer *gazetteer, int level) {
    return gazetteer->count[level];
}

static void put_lies_in(const GapGazetteer *gazetteer, size_t i, GString *out) {
    const GapMatchTarget *target = &gap_gazetteer_targets(gazetteer, NULL)[i];
    g_string_append_printf(out, " (%s", GAP_GAZETTEER_LEVELS[target->level]);
    if (target->parent >= 0)
        g_string_append_printf(out, ", %s", gap_gazetteer_name(gazetteer, (size_t)target->parent));
    g_string_append_c(out, ')');
}

void gap_gazetteer_label(const GapGazetteer *gazetteer, size_t i, GString *out) {
    g_string_append_printf(out, "%s %s", gap_gazetteer_code(gazetteer, i),
                           gap_gazetteer_name(gazetteer, i));
    put_lies_in(gazetteer, i, out);
}

/* The rows of target `i`, one a name, up to and without `*end`. */
static size_t rows_of(const GapGazetteer *gazetteer, size_t i, size_t *end) {
    *end = i + 1 < gazetteer->targets->len ? g_array_index(gazetteer->first, guint, i + 1)
                                           : gap_table_rows(gazetteer->rows);
    return g_array_index(gazetteer->first, guint, i);
}

char *gap_gazetteer_label_all(const GapGazetteer *gazetteer, size_t i) {
    size_t end;
    GString *out = g_string_new(gap_gazetteer_code(gazetteer, i));
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t r = rows_of(gazetteer, i, &end); r < end; r++) {
        const char *name = gap_table_text(gazetteer->rows, r, NAME);
        if (name && gap_table_int(gazetteer->rows, r, RANK) < OTHER_LANGUAGE &&
            g_hash_table_add(told, (gpointer)name))
            g_string_append_printf(out, "%s%s", g_hash_table_size(told) == 1 ? " " : " / ", name);
    }
    put_lies_in(gazetteer, i, out);
    return g_string_free(out, FALSE);
}

bool gap_gazetteer_is_label(const GapGazetteer *gazetteer, size_t i, const char *text) {
    g_autoptr(GString) one = g_string_new(NULL);
    gap_gazetteer_label(gazetteer, i, one);
    g_autofree char *all = gap_gazetteer_label_all(gazetteer, i);
    g_autofree char *folded_one = gap_text_fold(one->str), *folded_all = gap_text_fold(all),
                    *folded = gap_text_fold(text);
    return g_str_equal(folded, folded_one) || g_str_equal(folded, folded_all);
}

bool gap_gazetteer_is_own_name(const GapGazetteer *gazetteer, size_t i, const char *text) {
    g_autofree char *asked = gap_text_fold(text);
    size_t end;
    for (size_t r = rows_of(gazetteer, i, &end); r < end; r++) {
        const char *name = gap_table_text(gazetteer->rows, r, NAME);
        g_autofree char *folded = name ? gap_text_fold(name) : NULL;
        if (gap_table_int(gazetteer->rows, r, RANK) <= OTHER_LANGUAGE &&
            g_strcmp0(folded, asked) == 0)
            return true;
    }
    return false;
}

GapMatchQuery gap_gazetteer_query(const GapGazetteer *gazetteer, const char *name,
                                  const char *district, const char *province) {
    const char *const lies_in[] = {district, province};
    const int levels[] = {GAP_GAZETTEER_DISTRICT, GAP_GAZETTEER_PROVINCE};
    GapMatchQuery query = GAP_MATCH_QUERY(name);
    for (size_t i = 0, n = 0; i < G_N_ELEMENTS(levels); i++) {
        if (!lies_in[i] || !*lies_in[i])
            continue;
        const gssize area = gap_gazetteer_find(gazetteer, lies_in[i], false);
        query.parents[n] = area < 0 ? lies_in[i] : gap_gazetteer_name(gazetteer, (size_t)area);
        query.parent_levels[n++] = levels[i];
    }
    return query;
}
