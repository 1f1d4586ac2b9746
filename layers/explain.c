#include "layers/explain.h"

#include "geo/text/text.h"

typedef struct {
    const char *title;
    GapStatement statement; // takes the code of the area
} Part;

static const Part PARTS[] = {
    {"The area",
     {"explain.area",
      "SELECT a.code, a.level, a.official_code, a.name_en, a.name_ru, a.name_ky,"
      " coalesce(p.name_en, a.parent) AS part_of, round(a.area_km2, 1) AS km2,"
      " a.boundary_quality AS outline, a.valid_from, a.valid_to, s.title AS source, s.licence FROM "
      "area a"
      " LEFT JOIN area p ON p.code = a.parent JOIN source s ON s.id = a.source WHERE a.code = ?"}},
    {"Its names",
     {"explain.names", "SELECT name, language, source FROM area_name WHERE area = ?"
                       " ORDER BY language, name"}},
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
      " JOIN run r ON r.label = c.run WHERE c.area = ? ORDER BY r.within_m"}},
    {"Nearest points to its people, newest run",
     {"explain.nearest",
      "SELECT x.point, coalesce(p.name_en, p.name_ky, p.name_ru) AS name, p.precision,"
      " sum(d.people) AS people, round(min(x.distance_m) / 1000, 1) AS nearest_km,"
      " round(max(x.distance_m) / 1000, 1) AS farthest_km FROM demand_reach x"
      " JOIN demand d ON d.id = x.demand LEFT JOIN police_point p ON p.code = x.point"
      " WHERE x.run = (SELECT label FROM run ORDER BY made_at DESC, label LIMIT 1)"
      " AND d.area = ? GROUP BY x.point ORDER BY people DESC LIMIT 8"}},
    {"Gap and next step, by run",
     {"explain.gap",
      "SELECT g.run, g.people_beyond, round(g.crime_beyond, 1) AS crimes_beyond_a_year,"
      " round(g.crime_rate * 100000, 1) AS per_100000, g.crime_level AS rate_of, r.offence,"
      " r.crime_first AS from_year, r.crime_last AS to_year, g.plan_status AS plan,"
      " g.local_money, g.ladder AS next_step FROM gap g JOIN run r ON r.label = g.run"
      " WHERE g.area = ? ORDER BY r.within_m"}},
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
};

static const GapStatement AREAS = {
    "explain.find_areas",
    "SELECT what, code, name, level, code FROM"
    " (SELECT DISTINCT 'area' AS what, a.code, coalesce(a.name_en, a.name_ky, a.name_ru, a.code)"
    "  AS name, a.level FROM area a LEFT JOIN area_name n ON n.area = a.code"
    "  WHERE a.code = ?1 OR a.official_code = ?1 OR n.folded = ?2"
    " UNION ALL SELECT 'former unit', old, coalesce(min(old_name), old), NULL FROM area_change"
    "  WHERE old = ?1 AND old NOT IN (SELECT code FROM area) GROUP BY old)"
    " ORDER BY code <> ?1, CASE level WHEN 'country' THEN 0 WHEN 'province' THEN 1"
    " WHEN 'district' THEN 2 ELSE 3 END, code"};
static const GapStatement PLACES = {"explain.find_places",
                                    "SELECT code, name_en, name_ru, name_ky, kind, area FROM place"
                                    " ORDER BY code"};
static const GapColumnSpec FOUND[] = {{"what", GAP_TYPE_TEXT},
                                      {"code", GAP_TYPE_TEXT},
                                      {"name", GAP_TYPE_TEXT},
                                      {"level", GAP_TYPE_TEXT},
                                      {"area", GAP_TYPE_TEXT}};

static bool is_named(const GapTable *places, size_t row, const char *folded) {
    for (size_t c = 1; c <= 3; c++) {
        g_autofree char *name =
            gap_text_fold(gap_table_is_null(places, row, c) ? "" : gap_table_text(places, row, c));
        if (*name && g_str_equal(name, folded))
            return true;
    }
    return false;
}

/* A place whose area was found already adds nothing: towns and their municipalities share names. */
static bool is_found(const GapTable *found, const char *area) {
    for (size_t r = 0; r < gap_table_rows(found); r++)
        if (g_strcmp0(gap_table_text(found, r, 4), area) == 0)
            return true;
    return false;
}

GapTable *gap_explain_find(GapStore *store, const char *text, GError **error) {
    g_autofree char *folded = gap_text_fold(text);
    g_autoptr(GapTable) found = gap_store_table(store, &AREAS, "found", FOUND, G_N_ELEMENTS(FOUND),
                                                error, "ss", text, folded);
    g_autoptr(GapTable) places = found ? gap_store_select(store, &PLACES, error, "") : NULL;
    if (!places)
        return NULL;
    for (size_t r = 0; r < gap_table_rows(places); r++) {
        const char *code = gap_table_text(places, r, 0), *area = gap_table_text(places, r, 5);
        if ((!g_str_equal(code, text) && !is_named(places, r, folded)) || is_found(found, area))
            continue;
        const size_t row = gap_table_add_row(found);
        const char *cells[] = {"place", code, gap_table_text(places, r, 1),
                               gap_table_text(places, r, 4), area};
        for (size_t c = 0; c < G_N_ELEMENTS(cells); c++)
            gap_table_set_text(found, row, c, cells[c]);
    }
    return g_steal_pointer(&found);
}

size_t gap_explain_parts(void) {
    return G_N_ELEMENTS(PARTS);
}

const char *gap_explain_title(size_t part) {
    return PARTS[part].title;
}

GapTable *gap_explain_part(GapStore *store, size_t part, const char *area, GError **error) {
    return gap_store_select(store, &PARTS[part].statement, error, "s", area);
}
