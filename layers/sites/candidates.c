#include "layers/sites/candidates.h"

#include "geo/base/error.h"
#include "layers/areas.h"
#include "layers/sites/kinds.h"
#include "layers/sites/move.h"

#include <math.h>

#define NAME_OF(a) "coalesce(" a ".name_en, " a ".name_ru, " a ".name_ky, " a ".code)"

/* Settlements, and of each area the points of most modelled people beyond reach. */
#define OF_AREA                                                                                    \
    " JOIN area a ON a.code = p.area LEFT JOIN area u ON u.code = a.parent"                        \
    " LEFT JOIN area v ON v.level = 'province' AND v.code IN (a.code, a.parent, u.parent)"         \
    " LEFT JOIN gap g ON g.run = ?1 AND g.area = a.code JOIN run r ON r.label = ?1 "               \
    "WHERE" GAP_AREA_VALID("a", "r.as_of")
#define FIGURES                                                                                    \
    " a.code, " NAME_OF("a") ", v.code, g.ladder, X(p.geom), Y(p.geom), NULL, NULL, NULL, NULL,"   \
                             " NULL, NULL, AsBinary(p.geom) AS geom FROM "
/* Demand with a road within ?3 metres: first by boxes, a degree of latitude being 110.5 km or more
 * and one of longitude at most twice as little of it. */
#define NEAR_ROAD                                                                                  \
    " (SELECT DISTINCT n.id FROM demand n JOIN road w ON w.rowid IN (SELECT rowid FROM"            \
    "  SpatialIndex WHERE f_table_name = 'road' AND search_frame ="                                \
    "  BuildCircleMbr(X(n.geom), Y(n.geom), ?3 / 55250.0))"                                        \
    "  WHERE n.basis = 'modelled' AND ST_Distance(w.geom, n.geom, 1) <= ?3)"
static const GapStatement PLACES = {
    "sites.candidates",
    "SELECT p.code, " NAME_OF(
        "p") "," FIGURES "place p" OF_AREA
             " AND (p.people > 0 OR coalesce(p.kind, '') <> 'PPLX') UNION ALL"
             " SELECT 'cell:' || p.id, " NAME_OF(
                 "a") " || printf(', %.3f E %.3f N', X(p.geom), Y(p.geom))," FIGURES
                      "(SELECT d.id, d.area, d.geom, row_number() OVER (PARTITION BY d.area ORDER "
                      "BY d.people"
                      "  DESC, d.id) AS nth FROM demand d LEFT JOIN demand_reach x ON x.run = ?1 "
                      "AND x.demand = d.id"
                      "  WHERE d.geom IS NOT NULL AND d.basis = 'modelled' AND coalesce(x.covered, "
                      "0) = 0 AND (?3 IS NULL OR d.id IN (SELECT id FROM" NEAR_ROAD "))) p" OF_AREA
                      " AND p.nth <= ?2 ORDER BY 1"};
static const GapColumnSpec COLUMNS[] = {
    {"code", GAP_TYPE_TEXT},      {"name", GAP_TYPE_TEXT},     {"area", GAP_TYPE_TEXT},
    {"area_name", GAP_TYPE_TEXT}, {"province", GAP_TYPE_TEXT}, {"ladder", GAP_TYPE_TEXT},
    {"lon", GAP_TYPE_REAL},       {"lat", GAP_TYPE_REAL},      {"kind", GAP_TYPE_TEXT},
    {"cost", GAP_TYPE_REAL},      {"running", GAP_TYPE_REAL},  {"officers", GAP_TYPE_REAL},
    {"reach_m", GAP_TYPE_REAL},   {"id", GAP_TYPE_TEXT}};

static GapTable *new_table(void) {
    GapTable *table = gap_table_new("candidates");
    for (gsize c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
        gap_table_add_column(table, &COLUMNS[c]);
    return table;
}

/* What is said nearest to the site holds: its row, its kind, all. */
static void set_figure(GapTable *table, gsize row, gsize column, double own, double of_kind,
                       double of_all) {
    gap_table_set_real(table, row, column, !isnan(own) ? own : !isnan(of_kind) ? of_kind : of_all);
}

static void put_option(GapTable *table, const GapTable *from, gsize r, const GapSiteKind *kind,
                       const GapCandidateOptions *options) {
    const gsize row = gap_table_add_row(table);
    for (gsize c = 0; c <= GAP_CANDIDATE_LADDER; c++)
        gap_table_set_text(table, row, c, gap_table_text(from, r, c));
    for (gsize c = GAP_CANDIDATE_LON; c <= GAP_CANDIDATE_LAT; c++)
        gap_table_set_real(table, row, c, gap_table_real(from, r, c));
    gap_table_set_text(table, row, GAP_CANDIDATE_KIND,
                       kind ? kind->name : gap_table_text(from, r, GAP_CANDIDATE_KIND));
    const struct {
        gsize column;
        double of_kind, of_all;
    } figures[] = {{GAP_CANDIDATE_COST, kind ? kind->cost : NAN, options->cost},
                   {GAP_CANDIDATE_RUNNING, kind ? kind->running : NAN, options->running},
                   {GAP_CANDIDATE_OFFICERS, kind ? kind->officers : NAN, options->officers},
                   {GAP_CANDIDATE_REACH, kind ? kind->reach_m : NAN, NAN}};
    for (gsize f = 0; f < G_N_ELEMENTS(figures); f++)
        set_figure(table, row, figures[f].column, gap_table_real(from, r, figures[f].column),
                   figures[f].of_kind, figures[f].of_all);
    gap_table_set_geometry(table, row, gap_table_geometry(from, r));
}

/* A row for each kind that a place may be built as. */
static void by_kinds(GapTable *table, const GapTable *places, const GArray *kinds,
                     const GapCandidateOptions *options) {
    for (gsize r = 0; r < gap_table_rows(places); r++) {
        const char *own = gap_table_text(places, r, GAP_CANDIDATE_KIND);
        if (!kinds)
            put_option(table, places, r, NULL, options);
        for (guint k = 0; kinds && k < kinds->len; k++) {
            const GapSiteKind *kind = &g_array_index(kinds, GapSiteKind, k);
            if (!own || g_str_equal(own, kind->name))
                put_option(table, places, r, kind, options);
        }
    }
}

/* A point that may close is called as no other candidate is. */
static bool check_moves(const GapTable *table, const char *const *move, GError **error) {
    const gsize movable = move ? g_strv_length((char **)move) : 0;
    for (gsize r = movable; movable && r < gap_table_rows(table); r++) {
        const char *code = gap_table_text(table, r, GAP_CANDIDATE_CODE);
        if (g_strv_contains(move, code))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "--move: '%s' is the code of a police point and of a candidate too; "
                            "give one of them another code",
                            code);
    }
    return true;
}

static void set_ids(GapTable *table) {
    g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal); // of each code
    for (gsize r = 0; r < gap_table_rows(table); r++) {
        const char *code = gap_table_text(table, r, GAP_CANDIDATE_CODE);
        const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(options, code));
        g_hash_table_insert(options, (gpointer)code, GUINT_TO_POINTER(n + 1));
    }
    for (gsize r = 0; r < gap_table_rows(table); r++) {
        const char *code = gap_table_text(table, r, GAP_CANDIDATE_CODE);
        const char *kind = gap_table_text(table, r, GAP_CANDIDATE_KIND);
        const bool several = GPOINTER_TO_UINT(g_hash_table_lookup(options, code)) > 1;
        g_autofree char *id = several ? g_strconcat(code, ":", kind ? kind : "", NULL) : NULL;
        gap_table_set_text(table, r, GAP_CANDIDATE_ID, id ? id : code);
    }
}

GapTable *gap_candidates_read(GapStore *store, const char *run, const char *as_of,
                              const GapCandidateOptions *options, GPtrArray *notes,
                              GPtrArray *refusals, GError **error) {
    const bool places = options->places || !options->given;
    g_autoptr(GArray) kinds = options->kinds ? gap_site_kinds_read(options->kinds, error) : NULL;
    if (options->kinds && !kinds)
        return NULL;
    g_autoptr(GapTable) all =
        places ? gap_store_table(store, &PLACES, "candidates", COLUMNS, G_N_ELEMENTS(COLUMNS),
                                 error, "sid", run, options->cells,
                                 options->near_road_m > 0 ? options->near_road_m : NAN)
               : new_table();
    if (!all || (options->given && !gap_candidates_give(store, run, as_of, options, kinds, all,
                                                        notes, refusals, error)))
        return NULL;
    if (gap_table_rows(all) == 0) {
        gap_fail(error, GAP_ERROR_MISSING,
                 "no place lies inside an area, so there is no candidate: load places with 'gapmap "
                 "load places FILE', or give points with --candidates");
        return NULL;
    }
    g_autoptr(GapTable) table = new_table();
    if (options->move && !gap_moves_add(store, run, options->move, table, error))
        return NULL;
    by_kinds(table, all, kinds, options);
    if (!check_moves(table, options->move, error))
        return NULL;
    set_ids(table);
    return g_steal_pointer(&table);
}
