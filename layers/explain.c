#include "layers/explain.h"

#include "geo/base/error.h"

#include "layers/gazetteer.h"

typedef struct {
    const char *title;
    GapStatement statement; // takes the code of the area,
    bool of_place;          // or, codes of places being apart, that of the place
} Part;

static const Part PARTS[] = {
    {"Names of the place",
     {"explain.place_names",
      "SELECT name, language, until, source, note FROM called WHERE code = ?1 AND bearer = 'place'"
      " ORDER BY until IS NOT NULL, until, language IS NULL, language, name"},
     true},
    {"Taken for the place",
     {"explain.place_matches",
      "SELECT name, district, province, source, how, score, reason, rows FROM name_match"
      " WHERE code = ?1 AND bearer = 'place' ORDER BY source, name, district, province"},
     true},
    {"The area",
     {"explain.area",
      "SELECT a.code, a.level, a.official_code, a.name_en, a.name_ru, a.name_ky,"
      " coalesce(p.name_en, a.parent) AS part_of, round(a.area_km2, 1) AS km2,"
      " a.boundary_quality AS outline, a.valid_from, a.valid_to, s.title AS source, s.licence FROM "
      "area a"
      " LEFT JOIN area p ON p.code = a.parent JOIN source s ON s.id = a.source WHERE a.code = ?"}},
    {"Its names",
     {"explain.names",
      "SELECT * FROM (SELECT name, language, until, source, note FROM called"
      "  WHERE code = ?1 AND bearer = 'area'"
      " UNION ALL SELECT old_name, NULL, date(changed_on, '-1 day'), source, 'of the former unit '"
      "  || old FROM area_change WHERE new = ?1 AND old_name IS NOT NULL)"
      " ORDER BY until IS NOT NULL, until, language, name"}},
    {"Taken for it",
     {"explain.matches",
      "SELECT name, district, province, source, how, score, reason, rows FROM name_match"
      " WHERE code = ?1 AND bearer <> 'place' ORDER BY source, name, district, province"}},
    {"Places in it",
     {"explain.places",
      "SELECT coalesce(name_en, name_ky, name_ru, code) AS place, kind, people, elevation_m,"
      " uncertainty_m, citation FROM place WHERE area = ? ORDER BY people DESC NULLS LAST, code"}},
    {"People: published figures",
     {"explain.people",
      "SELECT p.area, p.year, p.people, p.basis, p.citation FROM people p WHERE p.area IN"
      " (SELECT code FROM area WHERE code = ?1 UNION SELECT parent FROM area WHERE code = ?1"
      "  AND level <> 'province') ORDER BY p.area = ?1 DESC, p.year"}},
    {"People: where they were placed",
     {"explain.demand", "SELECT basis, count(*) AS points, sum(people) AS people FROM demand"
                        " WHERE area = ?1 OR area IN (SELECT code FROM area WHERE parent = ?1)"
                        " GROUP BY basis ORDER BY basis"}},
    {"Figures that came from former units",
     {"explain.derived",
      "WITH RECURSIVE unit (code) AS (SELECT ?1 UNION SELECT old FROM area_change"
      "  JOIN unit ON new = code)"
      " SELECT p.layer, p.item, p.year, p.area AS unit, p.old AS from_unit,"
      " (SELECT min(old_name) FROM area_change WHERE old = p.old) AS name, p.given AS its_figure,"
      " printf('%.10g', p.share) AS share, p.amount, CASE WHEN p.counts THEN 'counts'"
      "  ELSE 'beside its own figure' END AS use FROM derived_part p JOIN unit ON p.area = code"
      " ORDER BY p.layer DESC, p.item, p.year, p.area <> ?1, p.area, p.old"}},
    {"Figures given for it, a former unit",
     {"explain.former",
      "SELECT layer, item, year, amount, low, high, basis, citation FROM former_figure"
      " WHERE area = ? ORDER BY layer DESC, item, year"}},
    {"Became, or came of",
     {"explain.changes", "SELECT old, old_name, new, printf('%.10g', share) AS share, changed_on, "
                         "source FROM area_change"
                         " WHERE old = ?1 OR new = ?1 ORDER BY changed_on, old, new"}},
    {"Police points in it",
     {"explain.points",
      "SELECT p.code, coalesce(p.name_en, p.name_ky, p.name_ru) AS name, p.kind, p.status,"
      " p.precision, p.uncertainty_m, p.citation FROM police_point p"
      " WHERE p.area = ?1 OR p.area IN (SELECT code FROM area WHERE parent = ?1)"
      " ORDER BY p.code"}},
    {"Within reach, by run",
     {"explain.coverage",
      "SELECT c.run, r.as_of, c.people, c.people_covered AS within_reach,"
      " c.people_covered_exact AS without_assumed, c.people_placed - c.people_covered AS beyond,"
      " c.people_cut_off AS across_a_border, c.points FROM coverage c"
      " JOIN run r ON r.label = c.run WHERE c.area = ?"
      " ORDER BY r.mode, r.within_m, r.within_min"}},
    {"Nearest points to its people, newest run",
     {"explain.nearest",
      "SELECT x.point, coalesce(p.name_en, p.name_ky, p.name_ru) AS name, p.precision,"
      " sum(d.people) AS people, round(min(x.distance_m) / 1000, 1) AS nearest_km,"
      " round(max(x.distance_m) / 1000, 1) AS farthest_km, round(min(x.minutes)) AS least_min,"
      " round(max(x.minutes)) AS most_min FROM demand_reach x"
      " JOIN demand d ON d.id = x.demand LEFT JOIN police_point p ON p.code = x.point"
      " WHERE x.run = (SELECT label FROM run ORDER BY made_at DESC, label LIMIT 1)"
      " AND d.area = ? GROUP BY x.point ORDER BY people DESC LIMIT 8"}},
    {"Gap and next step, by run",
     {"explain.gap",
      "SELECT g.run, g.people_beyond, round(g.crime_beyond, 1) AS crimes_beyond_a_year,"
      " round(g.crime_rate * 100000, 1) AS per_100000, g.crime_level AS rate_of, r.offence,"
      " r.crime_first AS from_year, r.crime_last AS to_year, g.plan_status AS plan,"
      " g.local_money, g.ladder AS next_step FROM gap g JOIN run r ON r.label = g.run"
      " WHERE g.area = ?"
      " ORDER BY r.mode, r.within_m, r.within_min"}},
    {"Crime figures, its own or its province's",
     {"explain.crime",
      "SELECT k.area, k.year, k.offence, k.count, k.basis, k.citation FROM crime k"
      " WHERE k.area = coalesce((SELECT ?1 WHERE EXISTS (SELECT 1 FROM crime WHERE area = ?1)),"
      "  (SELECT parent FROM area WHERE code = ?1))"
      " AND k.year >= (SELECT max(year) - 4 FROM crime WHERE area = k.area AND offence = k.offence)"
      " ORDER BY k.offence, k.year"}},
    {"Plans",
     {"explain.plans", "SELECT status, valid_from, valid_to, endorsed_on, funded_usd, local_share,"
                       " topics, note, citation FROM plan WHERE area = ? ORDER BY source, row"}},
    {"The programme there",
     {"explain.programme", "SELECT kind, name_reported, usd, people, note, citation FROM programme"
                           " WHERE area = ? ORDER BY source, row"}},
    {"Exchange visits",
     {"explain.visits", "SELECT guest AS \"from\", host AS \"to\", coalesce(held_on, year) AS held,"
                        " people, purpose, note, citation FROM visit WHERE ?1 IN (guest, host)"
                        " ORDER BY source, row"}},
};

static const GapStatement BY_CODE = {
    "explain.by_code",
    "SELECT 'area', code, coalesce(name_en, name_ky, name_ru, code), level, code, 'its code'"
    "  FROM area WHERE code = ?1 OR official_code = ?1"
    " UNION ALL SELECT 'former unit', old, coalesce(min(old_name), old), NULL, old, 'its code'"
    "  FROM area_change WHERE old = ?1 AND old NOT IN (SELECT code FROM area) GROUP BY old"
    " UNION ALL SELECT 'place', code, coalesce(name_en, name_ky, name_ru, code), kind, area,"
    "  'its code' FROM place WHERE code = ?1 ORDER BY 1, 2"};
static const GapStatement PLACE_AREA = {"explain.place_area",
                                        "SELECT area FROM place WHERE code = ?"};
static const GapColumnSpec FOUND[] = {{"what", GAP_TYPE_TEXT}, {"code", GAP_TYPE_TEXT},
                                      {"name", GAP_TYPE_TEXT}, {"level", GAP_TYPE_TEXT},
                                      {"area", GAP_TYPE_TEXT}, {"why", GAP_TYPE_TEXT}};

/* A place whose area was found already adds nothing: towns and their municipalities share names. */
static bool is_found(const GapTable *found, const char *area) {
    for (size_t r = 0; r < gap_table_rows(found); r++)
        if (g_str_equal(gap_table_text(found, r, GAP_FOUND_WHAT), "area") &&
            g_strcmp0(gap_table_text(found, r, GAP_FOUND_CODE), area) == 0)
            return true;
    return false;
}

static bool add_found(GapStore *store, const GapGazetteer *gazetteer, guint32 i, const char *why,
                      GapTable *found, GError **error) {
    const int level = gap_gazetteer_targets(gazetteer, NULL)[i].level;
    const char *code = gap_gazetteer_code(gazetteer, i);
    const bool is_place = level == GAP_GAZETTEER_PLACE;
    g_autoptr(GError) failed = NULL;
    g_autofree char *area =
        is_place ? gap_store_text(store, &PLACE_AREA, &failed, "s", code) : NULL;
    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return false;
    }
    if (is_place && is_found(found, area))
        return true;
    const size_t row = gap_table_add_row(found);
    gap_table_set_text(found, row, GAP_FOUND_WHAT, is_place ? "place" : "area");
    gap_table_set_text(found, row, GAP_FOUND_CODE, code);
    gap_table_set_text(found, row, GAP_FOUND_NAME, gap_gazetteer_name(gazetteer, i));
    gap_table_set_text(found, row, GAP_FOUND_LEVEL, GAP_GAZETTEER_LEVELS[level]);
    gap_table_set_text(found, row, GAP_FOUND_AREA, is_place ? area : code);
    gap_table_set_text(found, row, GAP_FOUND_WHY, why);
    return true;
}

static GapMatchResults *ask(const GapGazetteer *gazetteer, const char *text, int level,
                            GError **error) {
    GapMatchQuery query = GAP_MATCH_QUERY(text);
    query.level = level;
    const GapMatchOptions options = GAP_MATCH_DEFAULTS;
    return gap_match(gap_gazetteer_matcher(gazetteer), &query, 1, &options, NULL, error);
}

/* An area and the places in it that share its name are one find: the area's. */
static bool find_by_name(GapStore *store, const char *text, GapTable *found, bool *sure,
                         GError **error) {
    g_autoptr(GapGazetteer) gazetteer = gap_gazetteer_new(store, GAP_GAZETTEER_ALL, error);
    g_autoptr(GapMatchResults) all =
        gazetteer ? ask(gazetteer, text, GAP_MATCH_ANY_LEVEL, error) : NULL;
    if (!all)
        return false;
    const GapMatchResult *result = &all->results[0];
    *sure = result->outcome != GAP_MATCH_UNMATCHED;
    if (result->outcome == GAP_MATCH_MATCHED)
        return add_found(store, gazetteer, (guint32)result->target, result->reason, found, error);
    for (guint32 i = 0; i < result->n_candidates; i++)
        if (!add_found(store, gazetteer, result->candidates[i].target, NULL, found, error))
            return false;
    if (!*sure || gap_table_rows(found) > 1)
        return true;
    const guint32 first = result->candidates[0].target;
    g_autoptr(GapMatchResults) own =
        ask(gazetteer, text, gap_gazetteer_targets(gazetteer, NULL)[first].level, error);
    if (own)
        gap_table_set_text(found, 0, GAP_FOUND_WHY, own->results[0].reason);
    return own != NULL;
}

GapTable *gap_explain_find(GapStore *store, const char *text, bool *sure, GError **error) {
    *sure = true;
    if (!g_utf8_validate(text, -1, NULL)) {
        gap_fail(error, GAP_ERROR_INPUT, "the name of the place is not UTF-8");
        return NULL;
    }
    g_autoptr(GapTable) found =
        gap_store_table(store, &BY_CODE, "found", FOUND, G_N_ELEMENTS(FOUND), error, "s", text);
    if (!found || (gap_table_rows(found) == 0 && !find_by_name(store, text, found, sure, error)))
        return NULL;
    return g_steal_pointer(&found);
}

size_t gap_explain_parts(void) {
    return G_N_ELEMENTS(PARTS);
}

const char *gap_explain_title(size_t part) {
    return PARTS[part].title;
}

GapTable *gap_explain_part(GapStore *store, size_t part, const char *area, const char *place,
                           GError **error) {
    return gap_store_select(store, &PARTS[part].statement, error, "s",
                            PARTS[part].of_place ? place : area);
}
