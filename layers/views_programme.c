#include "layers/views_programme.h"

#include "layers/areas.h"
#include "layers/view_columns.h"

const GapColumnSpec GAP_VIEW_CRIME_COLUMNS[GAP_VIEW_CRIME_WIDTH] = {
    TEXT("area", "Code of the area"),
    WHOLE("year", "year", "Year"),
    TEXT("offence", "Offence"),
    WHOLE("count", "crimes", "Crimes registered"),
    WHOLE("count_low", "crimes", "Lower end"),
    WHOLE("count_high", "crimes", "Upper end"),
    TEXT("basis", "Basis"),
    TEXT("citation", "Where the figure comes from"),
};
const GapStatement GAP_VIEW_CRIME = {
    "view.crime", "SELECT area, year, offence, count, count_low, count_high, basis, citation"
                  " FROM crime ORDER BY offence, area, year"};

const GapColumnSpec GAP_VIEW_CRIME_YEAR_COLUMNS[GAP_VIEW_CRIME_YEAR_WIDTH] = {
    TEXT("code", "ISO 3166-2 code of the province"),
    NAMES,
    REAL("area_km2", "km2", "Area"),
    WHOLE("year", "year", "Year"),
    TEXT("offence", "Offence"),
    WHOLE("crimes", "crimes", "Crimes registered"),
    REAL("crime_rate", "crimes/100000 people/year", "Crimes a year per 100,000 people"),
    TEXT("basis", "Basis"),
    WHOLE("people", "people", "People of the nearest year known"),
    WHOLE("people_year", "year", "That year, the earlier of two as near"),
};
/* Every year from the first to the last with figures of provinces, so that one without shows;
 * beside each the year of people that is nearest, found as the least of "distance, year" written as
 * one. */
const GapStatement GAP_VIEW_CRIME_YEARS = {
    "view.crime_years",
    "WITH RECURSIVE want AS (SELECT coalesce((SELECT offence FROM run WHERE label = ?1),"
    "  'all_registered') AS offence, (SELECT as_of FROM run WHERE label = ?1) AS as_of),"
    " bound AS (SELECT min(k.year) AS first, max(k.year) AS last FROM crime k JOIN area a"
    "  ON a.code = k.area AND a.level = 'province' JOIN want w ON w.offence = k.offence),"
    " years (year) AS (SELECT first FROM bound WHERE first IS NOT NULL"
    "  UNION ALL SELECT year + 1 FROM years, bound WHERE year < last),"
    " cells AS (SELECT a.code, a.name_en, a.name_ru, a.name_ky, a.area_km2, a.geom, w.offence, "
    "y.year,"
    "  (SELECT min(abs(n.year - y.year) * 10000 + n.year) % 10000 FROM people n"
    "   WHERE n.area = a.code) AS people_year"
    "  FROM area a, years y, want w WHERE a.level = 'province'"
    "  AND" GAP_AREA_VALID(
        "a",
        "w.as_of") ")"
                   " SELECT c.code, c.name_en, c.name_ru, c.name_ky, round(c.area_km2, 3), c.year, "
                   "c.offence, k.count,"
                   " round(k.count * 100000.0 / nullif(p.people, 0), 2), k.basis, p.people, p.year,"
                   " AsBinary(c.geom) AS geom FROM cells c LEFT JOIN crime k ON k.area = c.code"
                   " AND k.year = c.year AND k.offence = c.offence"
                   " LEFT JOIN people p ON p.area = c.code AND p.year = c.people_year ORDER BY "
                   "c.year, c.code"};

const GapColumnSpec GAP_VIEW_COVERAGE_RUN_COLUMNS[GAP_VIEW_COVERAGE_RUN_WIDTH] = {
    TEXT("run", "Run"),
    TEXT("mode", "Mode"),
    REAL("within_m", "m", "Limit"),
    REAL("within_min", "min", "Limit of travel time"),
    TEXT("scenario", "Scenario of travel"),
    TEXT("code", "Code of the municipality"),
    NAMES,
    TEXT("boundary_quality", "Quality of the outline"),
    REAL("seat_lon", "degrees", "Longitude of the seat"),
    REAL("seat_lat", "degrees", "Latitude of the seat"),
    WHOLE("people", "people", "People"),
    WHOLE("people_placed", "people", "People whom the demand carries"),
    WHOLE("people_covered", "people", "People within reach"),
    REAL("coverage", "share", "Share of people within reach"),
};
const GapStatement GAP_VIEW_COVERAGE_RUNS = {
    "view.coverage_runs",
    "SELECT r.label, r.mode, r.within_m, r.within_min, t.scenario, a.code, a.name_en, a.name_ru,"
    " a.name_ky, a.boundary_quality, round(coalesce(a.seat_lon, X(PointOnSurface(a.geom))), 7),"
    " round(coalesce(a.seat_lat, Y(PointOnSurface(a.geom))), 7), c.people, c.people_placed,"
    " c.people_covered, round(c.people_covered * 1.0 / nullif(c.people_placed, 0), 6),"
    " AsBinary(a.geom) AS geom FROM run r JOIN coverage c ON c.run = r.label"
    " JOIN area a ON a.code = c.area AND a.level = 'municipality'"
    " LEFT JOIN travel t ON t.run = r.label"
    " ORDER BY r.mode, r.within_m, r.within_min, r.label, a.code"};

const GapColumnSpec GAP_VIEW_PLAN_COLUMNS[GAP_VIEW_PLAN_WIDTH] = {
    TEXT("area", "Code of the area"),
    TEXT("status", "Status"),
    TEXT("endorsed_on", "Endorsed on"),
    TEXT("valid_from", "First day"),
    TEXT("valid_to", "Last day"),
    REAL("funded_usd", "USD", "Local money"),
    REAL("local_share", "share", "Share that the local side pays"),
    TEXT("topics", "Topics"),
    TEXT("note", "How the row was read"),
    TEXT("citation", "Where the row comes from"),
};
const GapStatement GAP_VIEW_PLANS = {
    "view.plans", "SELECT area, status, endorsed_on, valid_from, valid_to, funded_usd, local_share,"
                  " topics, note, citation FROM plan ORDER BY area, source, row"};

const GapColumnSpec GAP_VIEW_PROGRAMME_COLUMNS[GAP_VIEW_PROGRAMME_WIDTH] = {
    TEXT("kind", "Kind"),
    TEXT("area", "Code of the area"),
    TEXT("name_reported", "Place as reported"),
    REAL("usd", "USD", "Money"),
    WHOLE("people", "people", "People"),
    TEXT("note", "How the row was read"),
    TEXT("citation", "Where the row comes from"),
};
const GapStatement GAP_VIEW_PROGRAMME = {
    "view.programme", "SELECT p.kind, p.area, p.name_reported, p.usd, p.people, p.note, p.citation,"
                      " AsBinary(MakePoint(a.seat_lon, a.seat_lat, 4326)) AS geom"
                      " FROM programme p LEFT JOIN area a ON a.code = p.area"
                      " ORDER BY p.source, p.row"};

const GapColumnSpec GAP_VIEW_VISIT_COLUMNS[GAP_VIEW_VISIT_WIDTH] = {
    TEXT("from", "Code of the area whose people went"),
    TEXT("from_en", "Its name, English"),
    TEXT("from_ru", "Its name, Russian"),
    TEXT("from_ky", "Its name, Kyrgyz"),
    TEXT("to", "Code of the area that was their host"),
    TEXT("to_en", "Its name, English"),
    TEXT("to_ru", "Its name, Russian"),
    TEXT("to_ky", "Its name, Kyrgyz"),
    TEXT("on", "First day"),
    WHOLE("year", "year", "Year"),
    WHOLE("people", "people", "People who went"),
    TEXT("purpose", "Purpose"),
    TEXT("note", "How the row was read"),
    TEXT("citation", "Where the row comes from"),
};
#define SEAT(a)                                                                                    \
    " MakePoint(coalesce(" a ".seat_lon, X(PointOnSurface(" a ".geom))),"                          \
    " coalesce(" a ".seat_lat, Y(PointOnSurface(" a ".geom))), 4326)"
const GapStatement GAP_VIEW_VISITS = {
    "view.visits",
    "SELECT v.guest, g.name_en, g.name_ru, g.name_ky, v.host, h.name_en, h.name_ru, h.name_ky,"
    " v.held_on, v.year, v.people, v.purpose, v.note, v.citation,"
    " AsBinary(MakeLine(" SEAT("g") "," SEAT(
        "h") ")) AS geom"
             " FROM visit v JOIN area g ON g.code = v.guest JOIN area h ON h.code = v.host"
             " ORDER BY v.source, v.row"};

const GapColumnSpec GAP_VIEW_FLOW_COLUMNS[GAP_VIEW_FLOW_WIDTH] = {
    TEXT("from", "Code of the area whose people went"),
    TEXT("to", "Code of the area that was their host"),
    WHOLE("visits", "visits", "Visits"),
    WHOLE("people", "people", "People who went, where any number is known"),
    WHOLE("first_year", "year", "First year"),
    WHOLE("last_year", "year", "Last year"),
};
const GapStatement GAP_VIEW_FLOWS = {
    "view.visit_flows",
    "SELECT v.guest, v.host, count(*), sum(v.people), min(v.year), max(v.year),"
    " AsBinary(MakeLine(" SEAT("g") "," SEAT(
        "h") ")) AS geom"
             " FROM visit v JOIN area g ON g.code = v.guest JOIN area h ON h.code = v.host"
             " GROUP BY v.guest, v.host ORDER BY v.guest, v.host"};

const GapColumnSpec GAP_VIEW_VISITED_COLUMNS[GAP_VIEW_VISITED_WIDTH] = {
    TEXT("code", "Code of the area"),
    NAMES,
    WHOLE("received", "visits", "Visits that it received"),
    WHOLE("guests", "people", "People who came"),
    WHOLE("made", "visits", "Visits that its people made"),
    WHOLE("visitors", "people", "People who went"),
};
const GapStatement GAP_VIEW_VISITED = {
    "view.visit_areas",
    "SELECT a.code, a.name_en, a.name_ru, a.name_ky, sum(x.host), sum(CASE WHEN x.host THEN "
    "x.people END),"
    " sum(1 - x.host), sum(CASE WHEN NOT x.host THEN x.people END), AsBinary(" SEAT(
        "a") ") AS geom"
             " FROM (SELECT host AS area, 1 AS host, people FROM visit"
             "  UNION ALL SELECT guest, 0, people FROM visit) x JOIN area a ON a.code = x.area"
             " GROUP BY a.code ORDER BY a.code"};
