#include "layers/summary.h"

#include "layers/areas.h"
#include "layers/coverage/coverage.h"

#include <math.h>

#define TEXT(name, title)                                                                          \
    { name, GAP_TYPE_TEXT, NULL, title }
#define WHOLE(name, title)                                                                         \
    { name, GAP_TYPE_INT, NULL, title }
#define REAL(name, unit, title)                                                                    \
    { name, GAP_TYPE_REAL, unit, title }

static const GapColumnSpec RUN_COLUMNS[] = {
    TEXT("run", "Run"),
    TEXT("as_of", "As of"),
    WHOLE("people_year", "People of"),
    WHOLE("points", "Points"),
    WHOLE("assumed", "assumed"),
    WHOLE("people", "People"),
    WHOLE("covered", "within reach"),
    REAL("coverage", "share", "share"),
    WHOLE("covered_exact", "without assumed"),
    WHOLE("beyond", "beyond reach"),
    WHOLE("cut_off", "across a border"),
    WHOLE("nobody", "areas with nobody"),
};
static const GapStatement RUNS = {
    "summary.runs",
    "SELECT r.label, r.as_of, r.people_year, r.points_counted, r.points_assumed, c.people,"
    " c.people_covered, c.people_covered * 1.0 / nullif(c.people_placed, 0),"
    " c.people_covered_exact, c.people_placed - c.people_covered, c.people_cut_off,"
    " (SELECT count(*) FROM coverage m JOIN area x ON x.code = m.area WHERE m.run = r.label"
    "  AND x.level = 'municipality' AND m.people_placed > 0 AND m.people_covered = 0)"
    " FROM run r LEFT JOIN area a ON a.level = 'country'"
    " LEFT JOIN coverage c ON c.run = r.label AND c.area = a.code ORDER BY r.mode, r.within_m,"
    " r.within_min, r.label"};

static const GapColumnSpec NOTE_COLUMNS[] = {TEXT("note", "Note")};
static const GapStatement NOTES = {"summary.notes",
                                   "SELECT note FROM run_note WHERE run = ? ORDER BY n"};

static const GapColumnSpec BAND_COLUMNS[] = {
    REAL("from_min", NULL, "Above min"),
    REAL("minutes", NULL, "up to min"),
    WHOLE("people_band", "people"),
    WHOLE("people", "from 0 on"),
};
static const GapStatement BANDS = {
    "summary.bands", "SELECT from_min, minutes, people_band, people FROM isochrone WHERE run = ?"
                     " ORDER BY minutes"};

static const GapColumnSpec PROVINCE_COLUMNS[] = {
    TEXT("area", "Area"),
    WHOLE("people", "People"),
    WHOLE("points", "Points"),
    WHOLE("covered", "within reach"),
    REAL("coverage", "share", "share"),
    WHOLE("covered_exact", "without assumed"),
    WHOLE("beyond", "beyond reach"),
    WHOLE("crimes", "Crimes a year"),
    REAL("rate", NULL, "per 100,000"),
    WHOLE("crime_beyond", "beyond reach"),
    WHOLE("municipalities", "Municip."),
    WHOLE("plans", "with plan"),
    WHOLE("unknown", "unknown"),
};
static const GapStatement PROVINCES = {
    "summary.provinces",
    "SELECT coalesce(a.name_en, a.code), c.people, c.points, c.people_covered,"
    " c.people_covered * 1.0 / nullif(c.people_placed, 0), c.people_covered_exact,"
    " c.people_placed - c.people_covered, CAST(round(avg(k.count)) AS INTEGER),"
    " avg(k.count) * 100000.0 / nullif(c.people, 0), CAST(round(g.crime_beyond) AS INTEGER),"
    " (SELECT count(*) FROM member m JOIN area x ON x.code = m.code WHERE m.top = a.code"
    "  AND" GAP_AREA_VALID(
        "x",
        "r.as_of") "),"
                   " (SELECT count(*) FROM member m JOIN gap x ON x.area = m.code AND x.run = ?1"
                   "  WHERE m.top = a.code AND x.plan_status = 'endorsed'),"
                   " (SELECT count(*) FROM member m JOIN gap x ON x.area = m.code AND x.run = ?1"
                   "  WHERE m.top = a.code AND x.plan_status = 'unknown')"
                   " FROM area a JOIN run r ON r.label = ?1"
                   " LEFT JOIN coverage c ON c.area = a.code AND c.run = r.label"
                   " LEFT JOIN gap g ON g.area = a.code AND g.run = r.label"
                   " LEFT JOIN crime k ON k.area = a.code AND k.offence = r.offence"
                   "  AND k.year BETWEEN r.crime_first AND r.crime_last"
                   " WHERE a.level IN ('country', 'province') AND" GAP_AREA_VALID(
                       "a", "r.as_of") " GROUP BY a.code"
                                       " ORDER BY a.level = 'country', c.people_placed - "
                                       "c.people_covered DESC"};

static const GapColumnSpec LADDER_COLUMNS[] = {
    TEXT("ladder", "Next step"),
    WHOLE("municipalities", "Municipalities"),
    WHOLE("beyond", "people beyond reach"),
    WHOLE("beyond_exact", "without assumed"),
    WHOLE("crime_beyond", "crimes a year beyond reach"),
};
static const GapStatement LADDER = {
    "summary.ladder",
    "SELECT coalesce(ladder, 'no data'), count(*), sum(people_beyond),"
    " sum(c.people_placed - c.people_covered_exact),"
    " CAST(round(sum(crime_beyond)) AS INTEGER) FROM gap JOIN coverage c USING (run, area)"
    " JOIN area a ON a.code = area WHERE run = ? AND a.level = 'municipality' GROUP BY ladder"
    " ORDER BY CASE ladder WHEN 'site' THEN 0 WHEN 'fund' THEN 1 WHEN 'plan' THEN 2"
    " WHEN 'unknown' THEN 3 WHEN 'hold' THEN 4 ELSE 5 END"};

enum { CLAIM, AREAS, MEASURE, OFFENCE, YEAR, LOW, HIGH };
static const GapStatement CLAIMS = {
    "summary.claims", "SELECT claim, areas, measure, offence, year, low, high FROM claim"
                      " ORDER BY source, row"};
static const GapStatement CLAIM_YEARS = {
    "summary.claim_years",
    "SELECT DISTINCT k.year FROM crime k JOIN area a ON a.code = k.area AND a.level = 'country'"
    " WHERE k.offence = ?1 AND (?2 = 0 OR k.year = ?2) ORDER BY k.year"};
static const GapStatement COUNT_OF = {
    "summary.count_of", "SELECT count FROM crime WHERE area = ? AND year = ? AND offence = ?"};
static const GapStatement WHOLE_OF = {
    "summary.whole_of", "SELECT k.count FROM crime k JOIN area a ON a.code = k.area"
                        " WHERE a.level = 'country' AND k.year = ? AND k.offence = ?"};
static const GapColumnSpec CLAIM_COLUMNS[] = {
    TEXT("claim", "Claim"),
    TEXT("claimed", "Claimed"),
    TEXT("held", "Held in"),
    TEXT("not_held", "Not held in (figure)"),
};

static const GapColumnSpec STATEMENT_COLUMNS[] = {
    TEXT("area", "Area"),        WHOLE("year", "Year"), TEXT("offence", "Offence"),
    WHOLE("count", "Counts"),    WHOLE("said", "Said"), TEXT("basis", "Basis"),
    TEXT("citation", "By whom"), TEXT("note", "Note"),
};
static const GapStatement STATEMENTS = {
    "summary.statements",
    "SELECT s.area, s.year, s.offence, k.count, s.count, s.basis, s.citation, s.note"
    " FROM crime_statement s LEFT JOIN crime k USING (area, year, offence)"
    " ORDER BY s.year, s.area, s.row"};
static const GapStatement DROP = {"summary.drop_run", "DELETE FROM run WHERE label = ?"};

GapTable *gap_summary_runs(GapStore *store, GError **error) {
    return gap_store_table(store, &RUNS, "runs", RUN_COLUMNS, G_N_ELEMENTS(RUN_COLUMNS), error, "");
}

GapTable *gap_summary_provinces(GapStore *store, const char *run, GError **error) {
    g_autofree char *label = gap_run_label(store, run, error);
    return label ? gap_store_table(store, &PROVINCES, "provinces", PROVINCE_COLUMNS,
                                   G_N_ELEMENTS(PROVINCE_COLUMNS), error, "s", label)
                 : NULL;
}

GapTable *gap_summary_notes(GapStore *store, const char *run, GError **error) {
    g_autofree char *label = gap_run_label(store, run, error);
    return label ? gap_store_table(store, &NOTES, "notes", NOTE_COLUMNS, G_N_ELEMENTS(NOTE_COLUMNS),
                                   error, "s", label)
                 : NULL;
}

GapTable *gap_summary_bands(GapStore *store, const char *run, GError **error) {
    g_autofree char *label = gap_run_label(store, run, error);
    return label ? gap_store_table(store, &BANDS, "bands", BAND_COLUMNS, G_N_ELEMENTS(BAND_COLUMNS),
                                   error, "s", label)
                 : NULL;
}

GapTable *gap_summary_ladder(GapStore *store, const char *run, GError **error) {
    g_autofree char *label = gap_run_label(store, run, error);
    return label ? gap_store_table(store, &LADDER, "ladder", LADDER_COLUMNS,
                                   G_N_ELEMENTS(LADDER_COLUMNS), error, "s", label)
                 : NULL;
}

GapTable *gap_summary_statements(GapStore *store, GError **error) {
    return gap_store_table(store, &STATEMENTS, "statements", STATEMENT_COLUMNS,
                           G_N_ELEMENTS(STATEMENT_COLUMNS), error, "");
}

/* The sum over the claim's areas; NaN where one has no figure that year. */
static double sum_of(GapStore *store, const char *areas, gint64 year, const char *offence,
                     GError **error) {
    g_auto(GStrv) codes = g_strsplit(areas, ";", -1);
    double sum = 0;
    for (char **code = codes; *code; code++)
        sum +=
            gap_store_number(store, &COUNT_OF, NAN, error, "sis", g_strstrip(*code), year, offence);
    return sum;
}

static char *range_text(double low, double high, const char *unit) {
    if (isnan(high))
        return g_strdup_printf("at least %.10g %s", low, unit);
    return isnan(low) ? g_strdup_printf("at most %.10g %s", high, unit)
                      : g_strdup_printf("%.10g to %.10g %s", low, high, unit);
}

/* The claim's figure of a year, percent or crimes; NaN where it cannot be formed. */
static double claim_value(GapStore *store, const GapTable *claims, size_t r, gint64 year,
                          GError **error) {
    const char *offence = gap_table_text(claims, r, OFFENCE);
    const double sum = sum_of(store, gap_table_text(claims, r, AREAS), year, offence, error);
    if (g_str_equal(gap_table_text(claims, r, MEASURE), "count"))
        return sum;
    return 100 * sum / gap_store_number(store, &WHOLE_OF, NAN, error, "is", year, offence);
}

/* Years that bear the claim out, as ranges ("2007-2009, 2011"); `first` is the open range's. */
static void end_range(GString *out, gint64 first, gint64 last) {
    if (!first)
        return;
    g_string_append_printf(out, "%s%" G_GINT64_FORMAT, out->len ? ", " : "", first);
    if (last > first)
        g_string_append_printf(out, "–%" G_GINT64_FORMAT, last);
}

/* One row: the years in which the figures bear the claim out, and those in which they do not. */
static bool add_claim(GapStore *store, const GapTable *claims, size_t r, GapTable *out,
                      GError **error) {
    const bool share = g_str_equal(gap_table_text(claims, r, MEASURE), "share");
    const double low = gap_table_real(claims, r, LOW) * (share ? 100 : 1);
    const double high = gap_table_real(claims, r, HIGH) * (share ? 100 : 1);
    g_autoptr(GapTable) years =
        gap_store_select(store, &CLAIM_YEARS, error, "si", gap_table_text(claims, r, OFFENCE),
                         gap_table_int(claims, r, YEAR));
    g_autoptr(GString) held = g_string_new(NULL);
    g_autoptr(GString) not_held = g_string_new(NULL);
    gint64 first = 0, last = 0;
    for (size_t y = 0; years && y < gap_table_rows(years); y++) {
        const gint64 year = gap_table_int(years, y, 0);
        const double value = claim_value(store, claims, r, year, error);
        if (isnan(value))
            continue;
        const bool is_held = (isnan(low) || value >= low) && (isnan(high) || value <= high);
        if (is_held && first && year == last + 1) {
            last = year;
            continue;
        }
        end_range(held, first, last);
        first = last = is_held ? year : 0;
        if (!is_held)
            g_string_append_printf(not_held, "%s%" G_GINT64_FORMAT " (%.*f)",
                                   not_held->len ? ", " : "", year, value < 1000 ? 2 : 0, value);
    }
    end_range(held, first, last);
    g_autofree char *claimed = range_text(low, high, share ? "%" : "crimes");
    const size_t row = gap_table_add_row(out);
    gap_table_set_text(out, row, 0, gap_table_text(claims, r, CLAIM));
    gap_table_set_text(out, row, 1, claimed);
    gap_table_set_text(out, row, 2, held->len ? held->str : NULL);
    gap_table_set_text(out, row, 3, not_held->len ? not_held->str : NULL);
    return years != NULL;
}

GapTable *gap_summary_claims(GapStore *store, GError **error) {
    static const GapColumnSpec COLUMNS[] = {{"claim", GAP_TYPE_TEXT},   {"areas", GAP_TYPE_TEXT},
                                            {"measure", GAP_TYPE_TEXT}, {"offence", GAP_TYPE_TEXT},
                                            {"year", GAP_TYPE_INT},     {"low", GAP_TYPE_REAL},
                                            {"high", GAP_TYPE_REAL}};
    g_autoptr(GapTable) claims =
        gap_store_table(store, &CLAIMS, "claims", COLUMNS, G_N_ELEMENTS(COLUMNS), error, "");
    g_autoptr(GapTable) out = gap_table_new("claims");
    for (size_t c = 0; c < G_N_ELEMENTS(CLAIM_COLUMNS); c++)
        gap_table_add_column(out, &CLAIM_COLUMNS[c]);
    for (size_t r = 0; claims && r < gap_table_rows(claims); r++)
        if (!add_claim(store, claims, r, out, error))
            return NULL;
    return claims ? g_steal_pointer(&out) : NULL;
}

bool gap_run_drop(GapStore *store, const char *run, GError **error) {
    g_autofree char *label = gap_run_label(store, run, error);
    return label && gap_store_run(store, &DROP, error, "s", label);
}
