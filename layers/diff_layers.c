#include "layers/diff_layers.h"

#include <string.h>

/* Rows with a key of their own go by it; others by their number in the file, before which the
 * source stands where several are compared at once. */
#define INTO "INSERT INTO temp.diff_row (side, n, key, fields, geom) SELECT ?2,"
#define BY_ROW                                                                                     \
    INTO " row, CASE WHEN ?1 IS NULL THEN source || ' row ' || row ELSE 'row ' || row END,"
#define OF_SOURCE " WHERE (?1 IS NULL OR source = ?1)"

#define SCENERY(name, word)                                                                        \
    {                                                                                              \
        name, {                                                                                    \
            "diff." name,                                                                          \
                BY_ROW " json_object('name_en', name_en, 'name_ru', name_ru, 'name_ky', name_ky)," \
                       " AsBinary(geom) FROM scenery" OF_SOURCE " AND kind = '" word "'"           \
        }                                                                                          \
    }

const GapDiffLayer GAP_DIFF_LAYERS[] = {
    {"sources",
     {"diff.sources", INTO
      " 0, id, json_object('title', title, 'title_ky', title_ky, 'title_ru', title_ru,"
      " 'title_en', title_en, 'licence', licence, 'vintage', vintage, 'dated', dated, 'sha256',"
      " sha256, 'rows_read', rows_read, 'rows_kept', rows_kept, 'rows_refused', rows_refused,"
      " 'rows_left_out', rows_left_out), NULL FROM source WHERE ?1 IS NULL"}},
    {"boundaries",
     {"diff.boundaries", INTO
      " 0, code, json_object('level', level, 'parent', parent, 'official_code', official_code,"
      " 'name_en', name_en, 'name_ru', name_ru, 'name_ky', name_ky, 'boundary_quality',"
      " boundary_quality, 'seat_lon', seat_lon, 'seat_lat', seat_lat, 'valid_from', valid_from,"
      " 'valid_to', valid_to), AsBinary(geom) FROM area" OF_SOURCE " AND level <> 'country'"}},
    {"places",
     {"diff.places", INTO
      " 0, code, json_object('name_en', name_en, 'name_ru', name_ru, 'name_ky', name_ky, 'kind',"
      " kind, 'elevation_m', elevation_m, 'people', people, 'uncertainty_m', uncertainty_m,"
      " 'other_names', (SELECT json_group_array(name) FROM (SELECT name FROM place_name WHERE"
      " place = code ORDER BY name)), 'citation', citation), AsBinary(geom) FROM place" OF_SOURCE}},
    {"police_points",
     {"diff.police_points",
      INTO " 0, code, json_object('name_en', name_en, 'name_ru', name_ru, 'name_ky', name_ky,"
           " 'kind', kind, 'status', status, 'opened', opened, 'closed_on', closed_on, 'officers',"
           " officers, 'turnout_min', turnout_min, 'precision', precision, 'uncertainty_m',"
           " uncertainty_m, 'patrol_radius_m', patrol_radius_m, 'citation', citation),"
           " AsBinary(geom) FROM police_point" OF_SOURCE}},
    {"people",
     {"diff.people",
      INTO " 0, area || '|' || year, json_object('people', people, 'basis', basis, 'citation',"
           " citation), NULL FROM (SELECT area, year, people, basis, citation, source FROM people"
           " UNION ALL SELECT area, year, amount, basis, citation, source FROM former_figure"
           " WHERE layer = 'people')" OF_SOURCE}},
    {"crime",
     {"diff.crime", INTO
      " 0, area || '|' || year || '|' || offence, json_object('count', count, 'count_low',"
      " count_low, 'count_high', count_high, 'basis', basis, 'citation', citation), NULL"
      " FROM (SELECT area, year, offence, count, count_low, count_high, basis, citation, source"
      " FROM crime UNION ALL SELECT area, year, item, amount, low, high, basis, citation,"
      " source FROM former_figure WHERE layer = 'crime')" OF_SOURCE}},
    {"statements",
     {"diff.statements",
      BY_ROW " json_object('area', area, 'year', year, 'offence', offence, 'count', count, 'basis',"
             " basis, 'note', note, 'citation', citation), NULL FROM crime_statement" OF_SOURCE}},
    {"claims",
     {"diff.claims", BY_ROW
      " json_object('claim', claim, 'areas', areas, 'measure', measure, 'offence', offence,"
      " 'year', year, 'low', low, 'high', high, 'citation', citation), NULL FROM claim" OF_SOURCE}},
    {"plans",
     {"diff.plans", BY_ROW
      " json_object('area', area, 'status', status, 'endorsed_on', endorsed_on, 'valid_from',"
      " valid_from, 'valid_to', valid_to, 'funded_usd', funded_usd, 'local_share', local_share,"
      " 'covers_people', covers_people, 'topics', topics, 'note', note, 'citation', citation),"
      " NULL FROM plan" OF_SOURCE}},
    {"programme",
     {"diff.programme", BY_ROW
      " json_object('kind', kind, 'area', area, 'name_reported', name_reported, 'usd', usd,"
      " 'people', people, 'note', note, 'citation', citation), NULL FROM programme" OF_SOURCE}},
    {"visits",
     {"diff.visits", BY_ROW
      " json_object('from', guest, 'to', host, 'on', held_on, 'year', year, 'people', people,"
      " 'purpose', purpose, 'note', note, 'citation', citation), NULL FROM visit" OF_SOURCE}},
    {"names",
     {"diff.names",
      BY_ROW " json_object('name', name, 'code', code, 'bearer', bearer, 'language', language,"
             " 'until', until, 'since', since, 'status', status, 'note', note, 'citation', "
             "citation), NULL FROM known_name" OF_SOURCE}},
    {"changes",
     {"diff.changes",
      INTO " 0, old || '|' || new, json_object('share', share, 'on', changed_on, 'old_name',"
           " old_name), NULL FROM area_change" OF_SOURCE}},
    SCENERY("lakes", "lake"),
    SCENERY("rivers", "river"),
    {"neighbours",
     {"diff.neighbours",
      BY_ROW " json_object('code', code, 'name_en', name_en, 'name_ru', name_ru, 'name_ky',"
             " name_ky), AsBinary(geom) FROM scenery" OF_SOURCE " AND kind = 'neighbour'"}},
    {"borders",
     {"diff.borders",
      BY_ROW " json_object('neighbour', neighbour, 'segment', segment, 'status', status, 'since',"
             " since, 'note', note, 'citation', citation), AsBinary(geom) FROM border" OF_SOURCE}},
    {"roads",
     {"diff.roads",
      BY_ROW " json_object('class', class, 'name_en', name_en, 'name_ru', name_ru, 'name_ky',"
             " name_ky, 'bridge', bridge, 'surface', surface, 'seasonal', seasonal, 'citation',"
             " citation), AsBinary(geom) FROM road" OF_SOURCE}},
    {"landcover",
     {"diff.landcover", BY_ROW " json_object('class', class, 'citation', citation),"
                               " AsBinary(geom) FROM landcover" OF_SOURCE}},
    {"barriers",
     {"diff.barriers",
      BY_ROW " json_object('kind', kind, 'name_en', name_en, 'name_ru', name_ru, 'name_ky',"
             " name_ky, 'citation', citation), AsBinary(geom) FROM barrier" OF_SOURCE}},
    {"crossings",
     {"diff.crossings",
      BY_ROW " json_object('name_en', name_en, 'name_ru', name_ru, 'name_ky', name_ky, 'status',"
             " status, 'mode', mode, 'hours', hours, 'from_month', from_month, 'to_month',"
             " to_month, 'citation', citation), AsBinary(geom) FROM crossing" OF_SOURCE}},
    {"terrain",
     {"diff.terrain",
      INTO " 0, source, json_object('cols', cols, 'rows', rows, 'west', west, 'north', north, 'dx',"
           " dx, 'dy', dy), NULL FROM terrain" OF_SOURCE}},
    {"runs",
     {"diff.runs",
      INTO " 0, label, json_object('as_of', as_of, 'within_m', within_m, 'within_min', within_min, "
           "'kinds', kinds,"
           " 'people_year', people_year, 'points_counted', points_counted, 'points_assumed',"
           " points_assumed, 'offence', offence, 'crime_first', crime_first, 'crime_last',"
           " crime_last, 'hold_below', hold_below), NULL FROM run WHERE ?1 IS NULL"}},
    {"coverage",
     {"diff.coverage",
      INTO " 0, run || '|' || area, json_object('people', people, 'people_placed', people_placed,"
           " 'people_covered', people_covered, 'people_covered_exact', people_covered_exact,"
           " 'people_cut_off', people_cut_off, 'points', points), NULL FROM coverage"
           " WHERE ?1 IS NULL"}},
    {"gaps",
     {"diff.gaps",
      INTO " 0, run || '|' || area, json_object('people_beyond', people_beyond, 'crime_beyond',"
           " round(crime_beyond, 6), 'plan_status', plan_status, 'plan_people', plan_people,"
           " 'local_money', local_money, 'ladder', ladder), NULL FROM gap WHERE ?1 IS NULL"}},
    {NULL},
};

const GapDiffLayer *gap_diff_layer(const char *layer) {
    for (const GapDiffLayer *known = GAP_DIFF_LAYERS; known->layer; known++)
        if (strcmp(known->layer, layer) == 0)
            return known;
    return NULL;
}
