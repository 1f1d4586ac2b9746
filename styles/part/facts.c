// The facts of a part. What is of the run as a whole stays; amounts are the part's own or missing.
#include "styles/part/part.h"

#include <math.h>
#include <string.h>

/** Facts that are no amounts of the country. */
static const char *const of_run[] = {
    "run",          "as_of",          "mode",         "direction",       "scenario",
    "within",       "within_m",       "within_min",   "kinds",           "points_assumed",
    "offence",      "crime_first",    "crime_last",   "crime_years",     "hold_below",
    "people_year",  "people_first",   "people_last",  "people_vintages", "years_apart",
    "made_from",    "sources",        "version",      "sites_proposal",  "sites_model",
    "sites_weight", "sites_within_m", "sites_proven", "sites_gap",       "sites_within_min",
    "sites_need",   "sites_share",    "sites_any",    "compared_first",  "compared_second",
    "first_run",    "second_run",     "runs_shown",   "sources_ky",      "sources_ru",
    "sources_en",
};

typedef struct {
    const GapPart *part;
    GHashTable *facts;
} Facts;

static const GapTable *table(const Facts *f, const char *layer) {
    return g_hash_table_lookup(f->part->data.tables, layer);
}

/** A fact of the country as a number, or NaN. */
static double of_country(const Facts *f, const char *name) {
    const char *text = g_hash_table_lookup(f->part->whole->facts, name);
    return text ? g_ascii_strtod(text, NULL) : NAN;
}

static void put(Facts *f, const char *name, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (!isnan(value))
        g_hash_table_insert(f->facts, g_strdup(name),
                            g_strdup(g_ascii_dtostr(text, sizeof text, value)));
}

/** The sum of a column over rows of the part; NaN where the layer is not there or a row says
 *  nothing. */
static double sum(const Facts *f, const char *layer, const char *column) {
    const GapTable *t = table(f, layer);
    double total = t ? 0 : NAN;
    for (size_t row = 0; t && row < gap_table_rows(t); row++)
        total += gap_cell_number(t, row, column);
    return total;
}

/* ---- people and crime of areas ---- */

static double sum_of_areas(const Facts *f, const char *column) {
    double total = 0;
    for (guint i = 0; i < f->part->areas->len; i++) {
        const GapPartArea *a = &g_array_index(f->part->areas, GapPartArea, i);
        total += gap_cell_number(a->table, a->row, column);
    }
    return total;
}

/** People whose place is modelled: areas keep them as a share. */
static double modelled_in_areas(const Facts *f) {
    double total = 0;
    for (guint i = 0; i < f->part->areas->len; i++) {
        const GapPartArea *a = &g_array_index(f->part->areas, GapPartArea, i);
        total += round(gap_cell_number(a->table, a->row, "people") *
                       gap_cell_number(a->table, a->row, "people_modelled_share"));
    }
    return total;
}

static void people_of_areas(Facts *f) {
    static const char *const columns[][2] = {
        {"people", "people"},
        {"people_covered", "people_covered"},
        {"people_covered_exact", "people_covered_exact"},
        {"people_beyond", "people_beyond"},
        {"people_cut_off", "people_cut_off"},
        {"crime_beyond", "crime_beyond"},
        {"crime_low", "crime_beyond_low"},
        {"crime_high", "crime_beyond_high"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        put(f, columns[i][0], sum_of_areas(f, columns[i][1]));
    put(f, "people_modelled", modelled_in_areas(f));
}

/* ---- people of a box: who is placed in it ---- */

static void people_of_box(Facts *f) {
    const GapTable *t = table(f, "demand");
    double people = 0, covered = 0, modelled = 0;
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        double here = gap_cell_number(t, row, "people");
        if (!gap_part_holds(f->part, t, row, "area") || isnan(here))
            continue;
        people += here;
        covered += here * gap_cell_number(t, row, "covered");
        modelled += g_strcmp0(gap_cell_text(t, row, "basis"), "modelled") == 0 ? here : 0;
    }
    if (!t)
        return;
    put(f, "people", people);
    put(f, "people_modelled", modelled);
    put(f, "people_covered", covered);
    put(f, "people_beyond", people - covered);
}

/* ---- what rests on either ---- */

static double own(const Facts *f, const char *name) {
    const char *text = g_hash_table_lookup(f->facts, name);
    return text ? g_ascii_strtod(text, NULL) : NAN;
}

static void municipalities(Facts *f) {
    const GapTable *t = table(f, "municipalities");
    double areas = 0, nobody = 0;
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        double covered = gap_cell_number(t, row, "people_covered");
        areas += !isnan(covered);
        nobody += covered == 0 && gap_cell_number(t, row, "people_beyond") > 0;
    }
    if (!t || !g_hash_table_contains(f->part->whole->facts, "areas"))
        return;
    put(f, "areas", areas);
    put(f, "areas_nobody", nobody);
}

/** Of the proposal: the sites that stand here and whom all of them newly reach here. Points that
 *  close take from whom, is known of the country only. */
static void sites(Facts *f) {
    const GapTable *t = table(f, "sites");
    bool lost = of_country(f, "sites_lost") > 0;
    if (!t || isnan(of_country(f, "sites")))
        return;
    put(f, "sites", (double)gap_table_rows(t));
    put(f, "sites_cost", gap_table_rows(t) ? sum(f, "sites", "cost") : NAN);
    put(f, "sites_local_pays", gap_table_rows(t) ? sum(f, "sites", "local_pays") : NAN);
    if (lost)
        return;
    double added = sum(f, "site_demand", "people");
    put(f, "sites_added", added);
    if (of_country(f, "sites_before") == of_country(f, "people_covered"))
        put(f, "sites_covered", own(f, "people_covered") + added);
}

static void comparison(Facts *f) {
    if (isnan(of_country(f, "only_first")))
        return;
    put(f, "only_first", sum(f, "site_difference", "only_first"));
    put(f, "only_second", sum(f, "site_difference", "only_second"));
    put(f, "both_new", sum(f, "site_difference", "both"));
}

/** What grew and what shrank between two runs, municipality by municipality. */
static void two_runs(Facts *f) {
    const GapTable *t = table(f, "run_difference");
    double gained = 0, lost = 0;
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        gained += fmax(gap_cell_number(t, row, "gained"), 0);
        lost += fmax(gap_cell_number(t, row, "lost"), 0);
    }
    put(f, "gained", isnan(of_country(f, "gained")) || !t ? NAN : gained);
    put(f, "lost", isnan(of_country(f, "lost")) || !t ? NAN : lost);
}

GHashTable *gap_part_facts(const GapPart *part) {
    Facts f = {part, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    for (size_t i = 0; i < G_N_ELEMENTS(of_run); i++) {
        const char *value = g_hash_table_lookup(part->whole->facts, of_run[i]);
        if (value)
            g_hash_table_insert(f.facts, g_strdup(of_run[i]), g_strdup(value));
    }
    if (part->areas->len)
        people_of_areas(&f);
    else
        people_of_box(&f);
    double placed = own(&f, "people_covered") + own(&f, "people_beyond");
    put(&f, "people_placed", placed);
    put(&f, "coverage", placed > 0 ? own(&f, "people_covered") / placed : NAN);
    municipalities(&f);
    sites(&f);
    comparison(&f);
    two_runs(&f);
    return f.facts;
}
