#include "layers/views.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/areas.h"
#include "layers/borders.h"
#include "layers/coverage/points.h"
#include "layers/layers.h"
#include "layers/sites/compare.h"
#include "layers/sites/move.h"
#include "layers/view_columns.h"
#include "layers/views_programme.h"

#define VIEW_NAMES " a.name_en, a.name_ru, a.name_ky,"

/* What a run says of an area; the same columns for every level. */
#define RESULTS                                                                                    \
    WHOLE("people", "people", "People"),                                                           \
        REAL("people_demand_share", "share", "Share of people that the demand carries"),           \
        REAL("people_modelled_share", "share", "Share of people placed by the model"),             \
        WHOLE("points", "points", "Police points that count"),                                     \
        WHOLE("people_covered", "people", "People within reach"),                                  \
        WHOLE("people_covered_exact", "people", "People within reach, without assumed points"),    \
        WHOLE("people_beyond", "people", "People beyond reach"),                                   \
        WHOLE("people_cut_off", "people", "Within reach only across a border"),                    \
        REAL("coverage", "share", "Share of people within reach"),                                 \
        REAL("coverage_exact", "share", "Share within reach, without assumed points"),             \
        REAL("crime_beyond", "crimes/year", "Recorded crime beyond reach"),                        \
        REAL("crime_beyond_low", "crimes/year", "Recorded crime beyond reach, lower"),             \
        REAL("crime_beyond_high", "crimes/year", "Recorded crime beyond reach, upper"),            \
        TEXT("crime_level", "Level whose counts give the rate"),                                   \
        REAL("officers_access", "officers/10000 people",                                           \
             "Officers within reach for 10,000 people")
/* Rounded beyond what the figures are good for: files stay readable, sums are in the whole columns.
 */
#define SHARE(part, whole) " round(" part " * 1.0 / nullif(" whole ", 0), 6),"
#define VIEW_RESULTS                                                                               \
    " c.people," SHARE("c.people_placed", "c.people")                                              \
        SHARE("c.people_modelled",                                                                 \
              "c.people") " c.points, c.people_covered, c.people_covered_exact, c.people_placed "  \
                          "- c.people_covered,"                                                    \
                          " c.people_cut_off," SHARE("c.people_covered", "c.people_placed")        \
                              SHARE("c.people_covered_exact",                                      \
                                    "c.people_placed") " round(g.crime_beyond, 2),"                \
                                                       " round(g.crime_low, 2), "                  \
                                                       "round(g.crime_high, 2), g.crime_level, "   \
                                                       "round(c.officers_access, 3),"
#define JOIN_RESULTS                                                                               \
    " LEFT JOIN run r ON r.label = ?1"                                                             \
    " LEFT JOIN coverage c ON c.run = r.label AND c.area = a.code"                                 \
    " LEFT JOIN gap g ON g.run = r.label AND g.area = a.code"

/* On the day of the run areas count that are valid then; without a run all do. */
#define VALID_THEN(a) " AND" GAP_AREA_VALID(a, "r.as_of")

/* Municipalities of an area, through districts where there are any, and their plans of the run. */
#define WITH_MEMBERS                                                                               \
    "WITH plans AS (SELECT m.top, count(*) AS n, sum(g.plan_status = 'endorsed') AS endorsed,"     \
    "  sum(g.plan_status = 'drafted') AS drafted, sum(g.plan_status = 'none') AS none,"            \
    "  sum(coalesce(g.plan_status, 'unknown') = 'unknown') AS unknown,"                            \
    "  sum(g.plan_people * (g.plan_status = 'endorsed')) AS people_endorsed,"                      \
    "  sum(g.plan_people * (g.plan_status = 'drafted')) AS people_drafted,"                        \
    "  sum(g.plan_people * (g.plan_status = 'none')) AS people_none"                               \
    "  FROM member m JOIN area a ON a.code = m.code LEFT JOIN run r ON r.label = ?1"               \
    "  LEFT JOIN gap g ON g.area = m.code AND g.run = ?1 WHERE 1" VALID_THEN(                      \
        "a") "  GROUP BY m.top),"                                                                  \
             " figures AS (SELECT k.area, k.offence, sum(k.count) AS crimes, avg(k.count) AS "     \
             "a_year,"                                                                             \
             "  max(k.basis) AS basis FROM crime k JOIN run r ON r.label = ?1 AND k.offence = "    \
             "r.offence"                                                                           \
             "  AND k.year BETWEEN r.crime_first AND r.crime_last GROUP BY k.area)"

static const GapColumnSpec COUNTRY_COLUMNS[] = {
    TEXT("code", "Code"),
    NAMES,
    TEXT("boundary_quality", "Quality of the outline"),
    REAL("area_km2", "km2", "Area"),
    RESULTS,
};
static const GapStatement COUNTRY = {
    "view.country",
    "SELECT a.code," VIEW_NAMES " a.boundary_quality, round(a.area_km2, 3)," VIEW_RESULTS
    " AsBinary(a.geom) AS geom FROM area a" JOIN_RESULTS " WHERE a.level = 'country'"};

static const GapColumnSpec PROVINCE_COLUMNS[] = {
    TEXT("code", "ISO 3166-2 code"),
    TEXT("official_code", "Official code"),
    NAMES,
    TEXT("boundary_quality", "Quality of the outline"),
    REAL("area_km2", "km2", "Area"),
    RESULTS,
    WHOLE("people_year", "year", "Year of the people"),
    TEXT("offence", "Offence"),
    WHOLE("crimes", "crimes", "Crimes in the crime years"),
    REAL("crime_rate", "crimes/100000 people/year", "Crimes a year per 100,000 people"),
    TEXT("crime_basis", "Basis of the crime figures"),
    WHOLE("crime_first", "year", "First crime year"),
    WHOLE("crime_last", "year", "Last crime year"),
    WHOLE("municipalities", "municipalities", "Municipalities"),
    WHOLE("plans_endorsed", "municipalities", "With an endorsed, valid plan"),
    WHOLE("plans_drafted", "municipalities", "With a drafted plan"),
    WHOLE("plans_none", "municipalities", "Without a plan"),
    WHOLE("plans_unknown", "municipalities", "Nothing known about a plan"),
    REAL("plan_share", "share", "Share of municipalities with a plan"),
    WHOLE("people_plan_endorsed", "people", "People whom an endorsed, valid plan covers"),
    WHOLE("people_plan_drafted", "people", "People where a plan is drafted"),
    WHOLE("people_plan_none", "people", "People where there is no plan"),
    WHOLE("people_plan_unknown", "people", "People where nothing is known of a plan"),
    REAL("plan_people_share", "share", "Share of people whom a plan covers"),
};
static const GapStatement PROVINCES = {
    "view.provinces", WITH_MEMBERS
    " SELECT a.code, a.official_code," VIEW_NAMES
    " a.boundary_quality, round(a.area_km2, 3)," VIEW_RESULTS
    " t.year, r.offence, f.crimes, round(f.a_year * 100000.0 / nullif(c.people, 0), 2), f.basis,"
    " r.crime_first, r.crime_last, coalesce(p.n, 0), p.endorsed, p.drafted, p.none, p.unknown,"
    " round(p.endorsed * 1.0 / p.n, 6), p.people_endorsed, p.people_drafted, p.people_none,"
    " c.people - p.people_endorsed - p.people_drafted - p.people_none,"
    " round(p.people_endorsed * 1.0 / nullif(c.people, 0), 6), AsBinary(a.geom) AS geom"
    " FROM area a" JOIN_RESULTS " LEFT JOIN demand_total t ON t.province = a.code"
    " LEFT JOIN figures f ON f.area = a.code LEFT JOIN plans p ON p.top = a.code"
    " WHERE a.level = 'province'" VALID_THEN("a") " ORDER BY a.code"};

static const GapColumnSpec DISTRICT_COLUMNS[] = {
    TEXT("code", "Code"),
    TEXT("official_code", "Official code"),
    NAMES,
    TEXT("province", "Code of the province"),
    TEXT("province_official_code", "Official code of the province"),
    TEXT("boundary_quality", "Quality of the outline"),
    REAL("area_km2", "km2", "Area"),
    RESULTS,
};
static const GapStatement DISTRICTS = {
    "view.districts",
    "SELECT a.code, a.official_code," VIEW_NAMES " a.parent, u.official_code, a.boundary_quality,"
    " round(a.area_km2, 3)," VIEW_RESULTS " AsBinary(a.geom) AS geom FROM area a"
    " LEFT JOIN area u ON u.code = a.parent" JOIN_RESULTS
    " WHERE a.level = 'district'" VALID_THEN("a") " ORDER BY a.code"};

static const GapColumnSpec MUNICIPALITY_COLUMNS[] = {
    TEXT("code", "Code"),
    TEXT("official_code", "Official code"),
    NAMES,
    TEXT("parent", "Code of the area above"),
    TEXT("province", "Code of the province"),
    TEXT("province_official_code", "Official code of the province"),
    TEXT("boundary_quality", "Quality of the outline"),
    REAL("area_km2", "km2", "Area"),
    REAL("seat_lon", "degrees", "Longitude of the seat"),
    REAL("seat_lat", "degrees", "Latitude of the seat"),
    RESULTS,
    TEXT("plan_status", "Crime prevention plan"),
    TEXT("local_money", "Local money committed"),
    TEXT("ladder", "Next step"),
};
static const GapStatement MUNICIPALITIES = {
    "view.municipalities",
    "SELECT a.code, a.official_code," VIEW_NAMES " a.parent, v.code, v.official_code,"
    " a.boundary_quality, round(a.area_km2, 3), round(coalesce(a.seat_lon, "
    "X(PointOnSurface(a.geom))), 7),"
    " round(coalesce(a.seat_lat, Y(PointOnSurface(a.geom))), 7)," VIEW_RESULTS
    " coalesce(g.plan_status, 'unknown'), coalesce(g.local_money, 'unknown'), g.ladder,"
    " AsBinary(a.geom) AS geom FROM area a JOIN area u ON u.code = a.parent"
    " LEFT JOIN area v ON v.code = CASE u.level WHEN 'district' THEN u.parent ELSE u.code "
    "END" JOIN_RESULTS " WHERE a.level = 'municipality'" VALID_THEN("a") " ORDER BY a.code"};

static const GapColumnSpec POINT_COLUMNS[] = {
    TEXT("code", "Code"),
    NAMES,
    TEXT("kind", "Kind"),
    TEXT("status", "Status"),
    TEXT("opened", "First day"),
    TEXT("closed_on", "Closed on"),
    WHOLE("officers", "officers", "Officers"),
    REAL("turnout_min", "min", "Turnout time"),
    TEXT("precision", "How sure the place is"),
    REAL("uncertainty_m", "m", "How far the place may be off"),
    REAL("patrol_radius_m", "m", "Radius of the patrol area"),
    TEXT("area", "Code of the municipality"),
    TEXT("province", "Code of the province"),
    TEXT("province_official_code", "Official code of the province"),
    WHOLE("counted", "0/1", "Counts in this run"),
    WHOLE("people_nearest", "people", "People within reach whose nearest point it is"),
    TEXT("citation", "Where the row comes from"),
};
/* The join knows the areas of the end; on a day before changes a point lies in one of that day. */
#define AREA_THEN                                                                                  \
    " CASE WHEN p.area IS NULL OR (SELECT" GAP_AREA_VALID(                                         \
        "x", "r.as_of") " FROM area x"                                                             \
                        "  WHERE x.code = p.area) THEN p.area"                                     \
                        " ELSE (SELECT x.code FROM area x WHERE x.level <> 'country'" VALID_THEN(  \
                            "x") "  AND ST_Covers(x.geom, p.geom) ORDER BY CASE x.level WHEN "     \
                                 "'municipality' THEN 0"                                           \
                                 "  WHEN 'district' THEN 1 ELSE 2 END, x.code LIMIT 1) END"
static const GapStatement POINTS = {
    "view.police_points",
    "SELECT p.code, p.name_en, p.name_ru, p.name_ky, p.kind, p.status, p.opened, p.closed_on,"
    " p.officers, p.turnout_min, p.precision, p.uncertainty_m, p.patrol_radius_m, a.code, v.code,"
    " v.official_code,"
    " CASE WHEN r.label IS NOT NULL THEN" GAP_POINT_OPEN(
        "r.as_of") "  AND (r.kinds = 'all' OR instr(',' || r.kinds || ',', ',' || p.kind || ',') > "
                   "0) END,"
                   " (SELECT sum(d.people) FROM demand_reach x JOIN demand d ON d.id = x.demand"
                   "  WHERE x.run = r.label AND x.point = p.code AND x.covered), p.citation,"
                   " AsBinary(p.geom) AS geom FROM police_point p LEFT JOIN run r ON r.label = ?1"
                   " LEFT JOIN area a ON a.code =" AREA_THEN
                   " LEFT JOIN area u ON u.code = a.parent"
                   " LEFT JOIN area v ON v.level = 'province' AND v.code IN (a.code, a.parent, "
                   "u.parent)"
                   " ORDER BY p.code"};

static const GapColumnSpec REACH_COLUMNS[] = {TEXT("run", "Run"), REAL("within_m", "m", "Limit"),
                                              REAL("within_min", "min", "Limit of travel time"),
                                              TEXT("as_of", "As of")};
static const GapStatement REACH = {
    "view.reach", "SELECT r.label, r.within_m, r.within_min, r.as_of, AsBinary(x.geom) AS geom"
                  " FROM reach x JOIN run r ON r.label = x.run WHERE r.label = ?1"};

static const GapColumnSpec ISOCHRONE_COLUMNS[] = {
    TEXT("run", "Run"),
    REAL("minutes", "min", "Reached within"),
    REAL("from_min", "min", "And not within"),
    WHOLE("people", "people", "People reached within these minutes"),
    WHOLE("people_band", "people", "Of these, not within fewer minutes"),
};
/* The largest first: the smaller ones, which lie within it, are drawn on top. */
static const GapStatement ISOCHRONES = {
    "view.isochrones", "SELECT run, minutes, from_min, people, people_band, AsBinary(geom) AS geom"
                       " FROM isochrone WHERE run = ?1 ORDER BY minutes DESC"};

static const GapColumnSpec CATCHMENT_COLUMNS[] = {
    TEXT("run", "Run"),
    TEXT("point", "Code of the quickest point"),
    NAMES,
    WHOLE("people", "people", "People within reach whose quickest point it is"),
};
static const GapStatement CATCHMENTS = {
    "view.catchments", "SELECT c.run, c.point, p.name_en, p.name_ru, p.name_ky, c.people,"
                       " AsBinary(c.geom) AS geom FROM catchment c LEFT JOIN police_point p"
                       " ON p.code = c.point WHERE c.run = ?1 ORDER BY c.point"};

static const GapColumnSpec SITE_COLUMNS[] = {
    WHOLE("rank", NULL, "Rank"),
    TEXT("code", "Code of the place"),
    TEXT("name", "Place"),
    NAMES,
    TEXT("above_en", "District, else province, English"),
    TEXT("above_ru", "District, else province, Russian"),
    TEXT("above_ky", "District, else province, Kyrgyz"),
    REAL("seat_lon", "degrees", "Longitude of the seat, where the place has no name of its own"),
    REAL("seat_lat", "degrees", "Its latitude"),
    TEXT("area", "Code of the municipality"),
    TEXT("province", "Code of the province"),
    TEXT("ladder", "Ladder"),
    TEXT("kind", "Kind"),
    WHOLE("people_added", "people", "People who come within reach"),
    REAL("crime_added", "crimes/year", "Recorded crime that comes within reach"),
    WHOLE("people_lost", "people", "People beyond reach without it"),
    TEXT("replacement", "Best replacement"),
    WHOLE("replacement_loss", "people", "People fewer with the replacement"),
    REAL("cost", "money", "Cost"),
    REAL("running", "money", "Of it running cost"),
    REAL("local_pays", "money", "Paid by the local side"),
    REAL("outside_pays", "money", "Paid from outside"),
    REAL("officers", "officers", "Officers"),
    REAL("firm", "share", "Share of perturbed runs that choose it"),
    REAL("prefix_loss", "share", "What it and those before it fall short of the best so many"),
    WHOLE("chosen", "definitions", "Sensible definitions under which it is chosen"),
    WHOLE("definitions", "definitions", "Of so many"),
    TEXT("proposal", "Proposal"),
    TEXT("model", "Model"),
    REAL("within_m", "m", "Limit"),
    REAL("within_min", "min", "Limit of travel time"),
};
/* Proposals keep metres, or minutes where their run `r` is by travel time: a column each. */
#define METRES_ELSE_MINUTES(value)                                                                 \
    " CASE r.mode WHEN 'straight' THEN round(" value ", 1) END,"                                   \
    " CASE r.mode WHEN 'travel' THEN round(" value ", 2) END,"
/* A settlement has its own name; a cell has that of its municipality; others that of their file. */
#define SITE_NAME(name)                                                                            \
    " CASE WHEN t.code IS NOT NULL THEN t." name " WHEN s.code LIKE 'cell:%' THEN a." name " END,"
#define SITE_SEAT(axis, of_point)                                                                  \
    " CASE WHEN s.code LIKE 'cell:%' THEN round(coalesce(a.seat_" axis ", " of_point               \
    "(PointOnSurface(a.geom))), 7) END,"
/* Of the proposal of the run that was made last. */
static const GapStatement SITES = {
    "view.sites",
    "SELECT s.rank, s.code, s.name," SITE_NAME("name_en") SITE_NAME("name_ru")
        SITE_NAME("name_ky") " u.name_en, u.name_ru, u.name_ky," SITE_SEAT("lon", "X") SITE_SEAT(
            "lat", "Y") " s.area, s.province, s.ladder, o.kind, CAST(s.people_added AS INTEGER), "
                        "round(s.crime_added, 2), CAST(s.people_lost AS INTEGER),"
                        " s.replacement, CAST(s.replacement_loss AS INTEGER), s.cost, o.running, "
                        "s.local_pays, "
                        "s.outside_pays,"
                        " s.officers, s.firm, s.prefix_loss, s.chosen, s.definitions, p.label, "
                        "p.model," METRES_ELSE_MINUTES(
                            "p.within_m") " AsBinary(s.geom) AS geom "
                                          "FROM site s"
                                          " JOIN site_run p ON p.label = s.proposal JOIN run r ON "
                                          "r.label = p.run"
                                          " LEFT JOIN site_option o ON o.proposal = s.proposal AND "
                                          "o.rank = s.rank"
                                          " LEFT JOIN place t ON t.code = s.code LEFT JOIN area a "
                                          "ON a.code = s.area"
                                          " LEFT JOIN area u ON u.code = a.parent WHERE p.rowid ="
                                          " (SELECT max(rowid) FROM site_run WHERE run = ?1) ORDER "
                                          "BY s.rank"};

static const GapColumnSpec FRONTIER_COLUMNS[] = {
    WHOLE("step", NULL, "Step"),
    WHOLE("most", "sites", "New sites at most"),
    REAL("budget", "money", "Budget"),
    WHOLE("sites", "sites", "New sites"),
    REAL("cost", "money", "Cost"),
    REAL("value", NULL, "Value"),
    REAL("bound", NULL, "No choice is better than"),
    REAL("gap", "share", "Distance of the two as a share of the value"),
    WHOLE("proven", "0/1", "Proven"),
    REAL("adds", NULL, "Better than the step before by"),
    WHOLE("covered", "people", "People within reach"),
    REAL("covered_share", "share", "Share of people within reach"),
    REAL("mean_m", "m", "Mean distance to the nearest point"),
    REAL("mean_min", "min", "Mean time to the nearest point"),
    REAL("worst_m", "m", "Greatest distance to the nearest point"),
    REAL("worst_min", "min", "Greatest time to the nearest point"),
    TEXT("worst_province", "Code of the province that is worst off"),
    WHOLE("worst_covered", "people", "People within reach there"),
    REAL("worst_share", "share", "Share of people within reach there"),
    REAL("worst_mean_m", "m", "Mean distance to the nearest point there"),
    REAL("worst_mean_min", "min", "Mean time to the nearest point there"),
    TEXT("proposal", "Proposal"),
    TEXT("model", "Model"),
    TEXT("weight", "What is weighed"),
    REAL("within_m", "m", "Limit"),
    REAL("within_min", "min", "Limit of travel time"),
};
/* Of the proposal of the run that was made last with one. */
static const GapStatement FRONTIER = {
    "view.frontier",
    "SELECT f.step, f.most, f.budget, f.sites, f.cost, f.value, f.bound, f.gap, f.proven, f.adds,"
    " CAST(f.covered AS INTEGER), f.covered_share," METRES_ELSE_MINUTES("f.mean")
        METRES_ELSE_MINUTES(
            "f.worst") " f.worst_province, CAST(f.worst_covered AS INTEGER),"
                       " f.worst_share," METRES_ELSE_MINUTES(
                           "f.worst_mean") " p.label, p.model, p.weight,"
                                           " CASE r.mode WHEN 'straight' THEN p.within_m END, CASE "
                                           "r.mode WHEN 'travel' THEN p.within_m"
                                           " END FROM frontier f JOIN site_run p ON p.label = "
                                           "f.proposal JOIN run r ON r.label = p.run"
                                           " WHERE p.rowid = (SELECT max(rowid) FROM site_run"
                                           " WHERE run = ?1 AND label IN (SELECT proposal FROM "
                                           "frontier)) ORDER BY f.step"};

static const GapColumnSpec DIFFERENCE_COLUMNS[] = {
    TEXT("code", "Code of the area"),
    NAMES,
    TEXT("boundary_quality", "Quality of the outline"),
    WHOLE("only_first", "people", "People whom only the first proposal covers"),
    WHOLE("only_second", "people", "People whom only the second proposal covers"),
    WHOLE("both", "people", "People whom both cover, newly"),
    WHOLE("difference", "people", "Covered by the second less by the first"),
    TEXT("first", "First proposal"),
    TEXT("second", "Second proposal"),
};
/* Of the comparison made last of the run. */
static const GapStatement DIFFERENCE = {
    "view.site_difference",
    "SELECT a.code," VIEW_NAMES " a.boundary_quality, x.only_first, x.only_second, x.both_new,"
    " x.only_second - x.only_first, c.first, c.second, AsBinary(a.geom) AS geom"
    " FROM (" GAP_SITES_COMPARED ") x JOIN area a ON a.code = x.area"
    " JOIN site_comparison c ON c.id = (SELECT max(o.id) FROM site_comparison o"
    "  JOIN site_run p ON p.label = o.second WHERE p.run = ?1) ORDER BY a.code"};

static const GapColumnSpec PLACE_COLUMNS[] = {
    TEXT("code", "Code"),
    NAMES,
    TEXT("kind", "Feature code"),
    REAL("elevation_m", "m", "Height"),
    WHOLE("people", "people", "People"),
    REAL("uncertainty_m", "m", "How far the place may be off"),
    TEXT("area", "Code of the municipality"),
    TEXT("citation", "Where the row comes from"),
};
static const GapStatement PLACES = {
    "view.places", "SELECT code, name_en, name_ru, name_ky, kind, elevation_m, people,"
                   " uncertainty_m, area, citation, AsBinary(geom) AS geom FROM place"
                   " ORDER BY code"};

static const GapColumnSpec DEMAND_COLUMNS[] = {
    WHOLE("id", NULL, "Number"),
    TEXT("area", "Code of the area"),
    WHOLE("people", "people", "People"),
    TEXT("basis", "How they were placed"),
    WHOLE("covered", "0/1", "Within reach"),
    REAL("distance_m", "m", "Distance to the nearest point"),
    REAL("minutes", "min", "Travel time to the quickest point"),
    TEXT("point", "Code of the nearest point"),
};
static const GapStatement DEMAND = {
    "view.demand",
    "SELECT d.id, d.area, d.people, d.basis," // whom no way reaches is beyond reach
    " CASE WHEN ?1 IS NOT NULL THEN coalesce(x.covered, 0) END, round(x.distance_m, 1),"
    " round(x.minutes, 2), x.point, AsBinary(d.geom) AS geom FROM demand d LEFT JOIN demand_reach x"
    " ON x.demand = d.id AND x.run = ?1 ORDER BY d.id"};

/* What belongs to sites: of the proposal of the run that was made last. */
#define OF_NEWEST(table)                                                                           \
    " WHERE " table ".proposal = (SELECT label FROM site_run WHERE rowid ="                        \
    "  (SELECT max(rowid) FROM site_run WHERE run = ?1))"
static const GapColumnSpec CANDIDATE_COLUMNS[] = {
    TEXT("code", "Code of the place"),
    TEXT("name", "Place"),
    TEXT("kind", "Kind"),
    TEXT("area", "Code of the municipality"),
    TEXT("province", "Code of the province"),
    TEXT("ladder", "Ladder"),
    TEXT("state", "Whether it may be chosen"),
    WHOLE("rank", NULL, "Rank of the site, where it is chosen"),
    REAL("cost", "money", "Cost"),
    REAL("running", "money", "Of it running cost"),
    REAL("officers", "officers", "Officers"),
    REAL("capacity", "people", "Whom it can serve"),
    REAL("reach_m", "m", "Within which it serves, in place of the limit"),
    TEXT("proposal", "Proposal"),
};
static const GapStatement CANDIDATES = {
    "view.candidates",
    "SELECT code, name, kind, area, province, ladder, state, rank, cost, running, officers,"
    " capacity, reach_m, proposal, AsBinary(geom) AS geom FROM site_option o" OF_NEWEST(
        "o") " ORDER BY number"};
static const GapStatement MOVES = {"view.site_moves", GAP_SITES_MOVES OF_NEWEST("o")};

static const GapColumnSpec NEWLY_COLUMNS[] = {
    WHOLE("demand", NULL, "Number of the demand"),
    TEXT("area", "Code of the area"),
    WHOLE("people", "people", "People"),
    WHOLE("rank", NULL, "Rank of the site that newly covers them"),
    TEXT("site", "Code of its place"),
    TEXT("name", "Its place"),
    REAL("distance_m", "m", "Distance to it"),
    REAL("minutes", "min", "Travel time to it"),
    TEXT("proposal", "Proposal"),
};
static const GapStatement NEWLY = {
    "view.site_demand",
    "SELECT x.demand, d.area, d.people, x.rank, s.code, s.name," METRES_ELSE_MINUTES(
        "x.distance_m") " x.proposal,"
                        " AsBinary(d.geom) AS geom FROM site_demand x JOIN demand d ON d.id = "
                        "x.demand"
                        " JOIN site_run p ON p.label = x.proposal JOIN run r ON r.label = p.run"
                        " JOIN site s ON s.proposal = x.proposal AND s.rank = x.rank" OF_NEWEST(
                            "x") " ORDER BY x.rank, x.demand"};

static const GapColumnSpec UNCOVERED_COLUMNS[] = {
    WHOLE("demand", NULL, "Number of the demand"),
    TEXT("area", "Code of the area"),
    WHOLE("people", "people", "People"),
    REAL("crime", "crimes/year", "Recorded crime"),
    TEXT("reason", "Why they stay beyond reach"),
    TEXT("missing", "What would have to change"),
    TEXT("candidate", "Code of the candidate that comes nearest to serving them"),
    TEXT("candidate_area", "Code of its municipality"),
    REAL("distance_m", "m", "Distance to it"),
    REAL("minutes", "min", "Travel time to it"),
    TEXT("proposal", "Proposal"),
};
static const GapStatement UNCOVERED = {
    "view.uncovered",
    "SELECT x.demand, d.area, d.people, round(d.people * g.crime_rate, 3), x.reason,"
    " CASE x.reason WHEN 'no_candidate' THEN 'a candidate within reach'"
    "  WHEN 'hold' THEN 'a decision: few people of ' || o.area || ' are beyond reach'"
    "  WHEN 'unknown' THEN 'ask ' || o.area || ' for its plan and money'"
    "  WHEN 'plan' THEN 'an endorsed, valid plan of ' || o.area"
    "  WHEN 'fund' THEN 'local money of ' || o.area"
    "  WHEN 'forbidden' THEN 'a candidate that is forbidden'"
    "  WHEN 'capacity' THEN 'officers' ELSE 'number, money, posts or limits of provinces' END,"
    " o.code, o.area," METRES_ELSE_MINUTES(
        "x.distance_m") " x.proposal, AsBinary(d.geom) AS geom"
                        " FROM site_left x JOIN demand d ON d.id = x.demand JOIN site_run p ON "
                        "p.label = x.proposal"
                        " JOIN run r ON r.label = p.run LEFT JOIN gap g ON g.run = p.run AND "
                        "g.area = d.area"
                        " LEFT JOIN site_option o ON o.proposal = x.proposal AND o.number = "
                        "x.number" OF_NEWEST("x") " ORDER BY x.demand"};

static const GapColumnSpec SCENERY_COLUMNS[] = {TEXT("kind", "Kind"), NAMES};
#define SCENERY(kind)                                                                              \
    "SELECT kind, name_en, name_ru, name_ky, AsBinary(geom) AS geom FROM scenery"                  \
    " WHERE kind = '" kind "' ORDER BY source, row"
static const GapStatement LAKES = {"view.lakes", SCENERY("lake")};
static const GapStatement RIVERS = {"view.rivers", SCENERY("river")};
static const GapColumnSpec NEIGHBOUR_COLUMNS[] = {TEXT("kind", "Kind"), TEXT("code", "Code"),
                                                  NAMES};
static const GapStatement NEIGHBOURS = {
    "view.neighbours", "SELECT kind, code, name_en, name_ru, name_ky, AsBinary(geom) AS geom"
                       " FROM scenery WHERE kind = 'neighbour' ORDER BY source, row"};

static const GapColumnSpec ROAD_COLUMNS[] = {
    TEXT("class", "Class"),       NAMES,
    TEXT("bridge", "Bridge"),     TEXT("surface", "Surface"),
    TEXT("seasonal", "Seasonal"), TEXT("citation", "Where the row comes from"),
};
static const GapStatement ROADS = {
    "view.roads", "SELECT class, name_en, name_ru, name_ky, bridge, surface, seasonal, citation,"
                  " AsBinary(geom) AS geom FROM road ORDER BY source, row"};

static const GapColumnSpec LANDCOVER_COLUMNS[] = {TEXT("class", "Class"),
                                                  TEXT("citation", "Where the row comes from")};
static const GapStatement LANDCOVER = {
    "view.landcover",
    "SELECT class, citation, AsBinary(geom) AS geom FROM landcover ORDER BY source, row"};

static const GapColumnSpec BARRIER_COLUMNS[] = {TEXT("kind", "Kind"), NAMES,
                                                TEXT("citation", "Where the row comes from")};
static const GapStatement BARRIERS = {
    "view.barriers", "SELECT kind, name_en, name_ru, name_ky, citation, AsBinary(geom) AS geom"
                     " FROM barrier ORDER BY source, row"};

static const GapColumnSpec CROSSING_COLUMNS[] = {
    NAMES,
    TEXT("status", "Status"),
    TEXT("mode", "Who may cross"),
    TEXT("hours", "Hours"),
    WHOLE("from_month", "month", "First month of the season"),
    WHOLE("to_month", "month", "Last month of the season"),
    TEXT("citation", "Where the row comes from"),
};
static const GapStatement CROSSINGS = {
    "view.crossings", "SELECT name_en, name_ru, name_ky, status, mode, hours, from_month, to_month,"
                      " citation, AsBinary(geom) AS geom FROM crossing ORDER BY source, row"};

static const GapColumnSpec GAZETTEER_COLUMNS[] = {
    TEXT("bearer", "Area or place"),    TEXT("code", "Its code"),
    TEXT("level", "Level of the area"), TEXT("name", "Name"),
    TEXT("language", "Language"),       TEXT("until", "Last year or day as the official name"),
    TEXT("source", "Source"),           TEXT("note", "What else is known of it"),
};
/* The gazetteer as a table: who is called how, in which language, by whom. */
static const GapStatement GAZETTEER = {
    "view.names",
    "SELECT n.bearer, n.code, a.level, n.name, n.language, n.until, n.source, n.note FROM"
    " (SELECT bearer, code, name, language, until, source, note FROM called"
    "  UNION ALL SELECT CASE bearer WHEN 'unit' THEN 'former unit' ELSE bearer END, code, name, "
    "NULL,"
    "   NULL, source, reason FROM name_match WHERE how = 'crosswalk'"
    "  UNION ALL SELECT DISTINCT 'former unit', old, old_name, NULL, date(changed_on, '-1 day'),"
    "   source, NULL FROM area_change) n LEFT JOIN area a ON a.code = n.code AND n.bearer = 'area'"
    " WHERE n.name IS NOT NULL"
    " ORDER BY n.bearer, n.code, n.language IS NULL, n.language, n.name, n.source"};

static const GapColumnSpec SOURCE_COLUMNS[] = {
    TEXT("id", "Source"),
    TEXT("layer", "Layer"),
    TEXT("title", "Title"),
    TEXT("title_ky", "Title in Kyrgyz"),
    TEXT("title_ru", "Title in Russian"),
    TEXT("title_en", "Title in English"),
    TEXT("licence", "Licence"),
    TEXT("vintage", "Vintage"),
    TEXT("dated", "Day that it shows"),
    TEXT("path", "File"),
    TEXT("sha256", "SHA-256"),
    WHOLE("rows_read", "rows", "Rows read"),
    WHOLE("rows_kept", "rows", "Rows kept"),
    WHOLE("rows_refused", "rows", "Rows refused"),
    TEXT("notes", "Notes"),
};
static const GapStatement SOURCES = {
    "view.sources",
    "SELECT id, layer, title, title_ky, title_ru, title_en, licence, vintage, dated, path,"
    " sha256, rows_read, rows_kept, rows_refused, notes FROM source ORDER BY id"};

static const GapColumnSpec RUN_COLUMNS[] = {
    TEXT("run", "Run"),
    TEXT("mode", "Mode"),
    TEXT("as_of", "As of"),
    REAL("within_m", "m", "Limit"),
    REAL("within_min", "min", "Limit of travel time"),
    TEXT("kinds", "Kinds of points"),
    WHOLE("points_counted", "points", "Points that count"),
    WHOLE("points_assumed", "points", "Of these assumed"),
    WHOLE("people_year", "year", "Year of the people"),
    WHOLE("people", "people", "People"),
    WHOLE("people_covered", "people", "People within reach"),
    WHOLE("people_covered_exact", "people", "People within reach, without assumed points"),
    REAL("coverage", "share", "Share of people within reach"),
    TEXT("offence", "Offence"),
    WHOLE("crime_first", "year", "First crime year"),
    WHOLE("crime_last", "year", "Last crime year"),
    REAL("crime_beyond", "crimes/year", "Recorded crime beyond reach"),
};
static const GapStatement RUNS = {
    "view.runs",
    "SELECT r.label, r.mode, r.as_of, r.within_m, r.within_min, r.kinds, r.points_counted, "
    "r.points_assumed,"
    " r.people_year, c.people, c.people_covered, c.people_covered_exact,"
    " c.people_covered * 1.0 / nullif(c.people_placed, 0), r.offence, r.crime_first, r.crime_last,"
    " g.crime_beyond FROM run r LEFT JOIN area a ON a.level = 'country'"
    " LEFT JOIN coverage c ON c.run = r.label AND c.area = a.code"
    " LEFT JOIN gap g ON g.run = r.label AND g.area = a.code"
    " ORDER BY r.mode, r.within_m, r.within_min, r.label"};

#define VIEW(name, title, geometry, columns, statement, by_run)                                    \
    { name, title, geometry, columns, G_N_ELEMENTS(columns), &statement, by_run, NULL }

const GapLayerView GAP_LAYER_VIEWS[] = {
    VIEW("country", "The country", "MultiPolygon", COUNTRY_COLUMNS, COUNTRY, true),
    VIEW("provinces", "Provinces", "MultiPolygon", PROVINCE_COLUMNS, PROVINCES, true),
    VIEW("districts", "Districts", "MultiPolygon", DISTRICT_COLUMNS, DISTRICTS, true),
    VIEW("municipalities", "Municipalities", "MultiPolygon", MUNICIPALITY_COLUMNS, MUNICIPALITIES,
         true),
    VIEW("police_points", "Police points", "Point", POINT_COLUMNS, POINTS, true),
    VIEW("reach", "Ground within reach", "MultiPolygon", REACH_COLUMNS, REACH, true),
    VIEW("isochrones", "Ground by minutes", "MultiPolygon", ISOCHRONE_COLUMNS, ISOCHRONES, true),
    VIEW("catchments", "Ground by quickest point", "MultiPolygon", CATCHMENT_COLUMNS, CATCHMENTS,
         true),
    VIEW("sites", "Proposed sites", "Point", SITE_COLUMNS, SITES, true),
    VIEW("site_moves", "Points that might move", "Point", CANDIDATE_COLUMNS, MOVES, true),
    VIEW("frontier", "What each step buys", NULL, FRONTIER_COLUMNS, FRONTIER, true),
    VIEW("site_difference", "Two proposals", "MultiPolygon", DIFFERENCE_COLUMNS, DIFFERENCE, true),
    VIEW("places", "Places", "Point", PLACE_COLUMNS, PLACES, false),
    VIEW("demand", "People to be reached", "Point", DEMAND_COLUMNS, DEMAND, true),
    VIEW("candidates", "Candidates for sites", "Point", CANDIDATE_COLUMNS, CANDIDATES, true),
    VIEW("site_demand", "People whom sites newly cover", "Point", NEWLY_COLUMNS, NEWLY, true),
    VIEW("uncovered", "People who stay beyond reach", "Point", UNCOVERED_COLUMNS, UNCOVERED, true),
    VIEW("lakes", "Lakes", "Geometry", SCENERY_COLUMNS, LAKES, false),
    VIEW("rivers", "Rivers", "Geometry", SCENERY_COLUMNS, RIVERS, false),
    VIEW("neighbours", "Neighbours", "Geometry", NEIGHBOUR_COLUMNS, NEIGHBOURS, false),
    {"borders", "Border segments", "MultiLineString", GAP_VIEW_BORDER_COLUMNS,
     GAP_VIEW_BORDER_WIDTH, &GAP_VIEW_BORDERS, true, gap_border_lines},
    VIEW("border_changes", "Border segments over time", NULL, GAP_VIEW_BORDER_CHANGE_COLUMNS,
         GAP_VIEW_BORDER_CHANGES, true),
    VIEW("roads", "Roads", "Geometry", ROAD_COLUMNS, ROADS, false),
    VIEW("landcover", "Land cover", "Geometry", LANDCOVER_COLUMNS, LANDCOVER, false),
    VIEW("barriers", "Barriers and bridges", "Geometry", BARRIER_COLUMNS, BARRIERS, false),
    VIEW("crossings", "Border crossings", "Point", CROSSING_COLUMNS, CROSSINGS, false),
    VIEW("names", "Names", NULL, GAZETTEER_COLUMNS, GAZETTEER, false),
    VIEW("crime", "Crime figures", NULL, GAP_VIEW_CRIME_COLUMNS, GAP_VIEW_CRIME, false),
    VIEW("crime_years", "Crime by province and year", "MultiPolygon", GAP_VIEW_CRIME_YEAR_COLUMNS,
         GAP_VIEW_CRIME_YEARS, true),
    VIEW("coverage_runs", "Coverage of all runs", "MultiPolygon", GAP_VIEW_COVERAGE_RUN_COLUMNS,
         GAP_VIEW_COVERAGE_RUNS, false),
    VIEW("plans", "Crime prevention plans", NULL, GAP_VIEW_PLAN_COLUMNS, GAP_VIEW_PLANS, false),
    VIEW("programme", "The programme", "Point", GAP_VIEW_PROGRAMME_COLUMNS, GAP_VIEW_PROGRAMME,
         false),
    VIEW("visits", "Exchange visits", "LineString", GAP_VIEW_VISIT_COLUMNS, GAP_VIEW_VISITS, false),
    VIEW("visit_flows", "Exchange visits, added up", "LineString", GAP_VIEW_FLOW_COLUMNS,
         GAP_VIEW_FLOWS, false),
    VIEW("visit_areas", "Areas of exchange visits", "Point", GAP_VIEW_VISITED_COLUMNS,
         GAP_VIEW_VISITED, false),
    VIEW("runs", "Runs", NULL, RUN_COLUMNS, RUNS, false),
    VIEW("sources", "Sources", NULL, SOURCE_COLUMNS, SOURCES, false),
};
const size_t GAP_LAYER_VIEW_COUNT = G_N_ELEMENTS(GAP_LAYER_VIEWS);

const GapLayerView *gap_layer_view(const char *name) {
    for (size_t i = 0; i < GAP_LAYER_VIEW_COUNT; i++)
        if (g_str_equal(GAP_LAYER_VIEWS[i].name, name))
            return &GAP_LAYER_VIEWS[i];
    return NULL;
}

const GapLayerView *gap_layer_view_find(const char *name, GError **error) {
    const GapLayerView *view = gap_layer_view(name);
    if (view)
        return view;
    const char *near = gap_text_nearest(name, GAP_LAYER_NAMES);
    g_autofree char *all = g_strjoinv(", ", (char **)GAP_LAYER_NAMES);
    gap_fail(error, GAP_ERROR_USAGE, "no layer '%s'%s%s%s; there are %s", name,
             near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", all);
    return NULL;
}
