#include "layers/sites/compare.h"

#include "geo/base/error.h"
#include "geo/text/text.h"

#define NAME_OF(a)    "coalesce(" a ".name_en, " a ".name_ru, " a ".name_ky, " a ".code)"
#define ROWS(columns) columns, G_N_ELEMENTS(columns)

static const GapStatement LABELS = {"compare.labels", "SELECT label FROM site_run ORDER BY label"};
static const GapColumnSpec LABEL_COLUMNS[] = {{"label", GAP_TYPE_TEXT}};

static const GapStatement PROPOSALS = {
    "compare.proposals",
    "SELECT p.label, p.run, r.mode, p.model, p.weight, p.within_m, p.value,"
    " (SELECT count(*) FROM site WHERE proposal = p.label), coalesce((SELECT today FROM"
    " site_move_sum WHERE proposal = p.label), p.covered_before), p.covered"
    " FROM site_run p JOIN run r ON r.label = p.run WHERE p.label IN (?1, ?2)"
    " ORDER BY p.label <> ?1"};
static const GapColumnSpec PROPOSAL_COLUMNS[] = {
    {"label", GAP_TYPE_TEXT, NULL, "Proposal"},
    {"run", GAP_TYPE_TEXT, NULL, "Run"},
    {"mode", GAP_TYPE_TEXT, NULL, "Mode"},
    {"model", GAP_TYPE_TEXT, NULL, "Model"},
    {"weight", GAP_TYPE_TEXT, NULL, "Weighed by"},
    {"within", GAP_TYPE_REAL, NULL, "Limit"},
    {"value", GAP_TYPE_REAL, NULL, "Value"},
    {"sites", GAP_TYPE_INT, NULL, "New sites"},
    {"covered_before", GAP_TYPE_REAL, "people", "Covered without"},
    {"covered", GAP_TYPE_REAL, "people", "Covered"}};
enum { RUN = 1 };

static const GapStatement AREAS = {
    "compare.areas",
    "SELECT x.area, " NAME_OF(
        "a") ", v.code, x.only_first, x.only_second, x.both_new,"
             " x.only_second - x.only_first FROM (" GAP_SITES_COMPARED
             ") x JOIN area a ON a.code = x.area"
             " LEFT JOIN area u ON u.code = a.parent"
             " LEFT JOIN area v ON v.level = 'province' AND v.code IN (a.code, a.parent, u.parent)"
             " ORDER BY abs(x.only_second - x.only_first) DESC, x.both_new DESC, x.area"};
static const GapColumnSpec AREA_COLUMNS[] = {
    {"area", GAP_TYPE_TEXT, NULL, "Area"},
    {"area_name", GAP_TYPE_TEXT, NULL, "Municipality"},
    {"province", GAP_TYPE_TEXT, NULL, "Province"},
    {"only_first", GAP_TYPE_INT, "people", "Only by the first"},
    {"only_second", GAP_TYPE_INT, "people", "Only by the second"},
    {"both", GAP_TYPE_INT, "people", "By both, newly"},
    {"difference", GAP_TYPE_INT, "people", "Second less first"}};

static const GapStatement SITES = {
    "compare.sites",
    "SELECT code, name, area, province, sum(CASE proposal WHEN ?1 THEN rank END) AS a,"
    " sum(CASE proposal WHEN ?2 THEN rank END) AS b,"
    " sum(CASE proposal WHEN ?1 THEN people_added END),"
    " sum(CASE proposal WHEN ?2 THEN people_added END)"
    " FROM (SELECT s.*, " NAME_OF(
        "m") " AS area_name FROM site s JOIN area m ON m.code = s.area)"
             " WHERE proposal IN (?1, ?2) GROUP BY code ORDER BY a IS NULL, a, b"};
static const GapColumnSpec SITE_COLUMNS[] = {
    {"code", GAP_TYPE_TEXT, NULL, "Code"},
    {"name", GAP_TYPE_TEXT, NULL, "Site"},
    {"area_name", GAP_TYPE_TEXT, NULL, "Municipality"},
    {"province", GAP_TYPE_TEXT, NULL, "Province"},
    {"rank_first", GAP_TYPE_INT, NULL, "Rank in the first"},
    {"rank_second", GAP_TYPE_INT, NULL, "In the second"},
    {"added_first", GAP_TYPE_REAL, "people", "Adds in the first"},
    {"added_second", GAP_TYPE_REAL, "people", "In the second"}};

static const GapStatement FORGET = {"compare.forget",
                                    "DELETE FROM site_comparison WHERE first = ?1 AND second = ?2"};
static const GapStatement NOTE = {"compare.note",
                                  "INSERT INTO site_comparison (first, second) VALUES (?1, ?2)"};

static bool check_label(const GapTable *labels, const char *label, GError **error) {
    const gsize n = gap_table_rows(labels);
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (gsize r = 0; r < n; r++)
        names[r] = gap_table_text(labels, r, 0);
    if (g_strv_contains(names, label))
        return true;
    const char *near = gap_text_nearest(label, names);
    g_autofree char *all = g_strjoinv("', '", (char **)names);
    g_autofree char *shown = gap_printable(label, 60);
    return gap_fail(error, GAP_ERROR_USAGE, "no proposal '%s'%s%s%s; %s%s%s", shown,
                    near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "",
                    n ? "there are '" : "there is none: 'gapmap sites' makes them", all,
                    n ? "'" : "");
}

static bool check_labels(GapStore *store, const char *first, const char *second, GError **error) {
    g_autoptr(GapTable) labels =
        gap_store_table(store, &LABELS, "labels", ROWS(LABEL_COLUMNS), error, "");
    if (!labels || !check_label(labels, first, error) || !check_label(labels, second, error))
        return false;
    return !g_str_equal(first, second) ||
           gap_fail(error, GAP_ERROR_USAGE, "'%s' is compared with itself: name two proposals",
                    first);
}

static void sum_up(GapSitesCompared *compared) {
    for (gsize r = 0; r < gap_table_rows(compared->areas); r++) {
        compared->only_first += gap_table_real(compared->areas, r, GAP_COMPARED_FIRST);
        compared->only_second += gap_table_real(compared->areas, r, GAP_COMPARED_SECOND);
        compared->both += gap_table_real(compared->areas, r, GAP_COMPARED_BOTH);
    }
}

static bool compare(GapStore *store, const char *first, const char *second,
                    GapSitesCompared *compared, GError **error) {
    compared->proposals = gap_store_table(store, &PROPOSALS, "proposals", ROWS(PROPOSAL_COLUMNS),
                                          error, "ss", first, second);
    if (!compared->proposals || !gap_store_run(store, &FORGET, error, "ss", first, second) ||
        !gap_store_run(store, &NOTE, error, "ss", first, second))
        return false;
    compared->areas = gap_store_table(store, &AREAS, "areas", ROWS(AREA_COLUMNS), error, "s",
                                      gap_table_text(compared->proposals, 1, RUN));
    compared->sites =
        gap_store_table(store, &SITES, "sites", ROWS(SITE_COLUMNS), error, "ss", first, second);
    if (!compared->areas || !compared->sites)
        return false;
    sum_up(compared);
    return true;
}

GapSitesCompared *gap_sites_compare(GapStore *store, const char *first, const char *second,
                                    GError **error) {
    g_autoptr(GapSitesCompared) compared = g_new0(GapSitesCompared, 1);
    return check_labels(store, first, second, error) && gap_store_begin(store, error) &&
                   gap_store_end(store, compare(store, first, second, compared, error), error)
               ? g_steal_pointer(&compared)
               : NULL;
}

void gap_sites_compared_free(GapSitesCompared *compared) {
    if (!compared)
        return;
    gap_table_free(compared->proposals);
    gap_table_free(compared->areas);
    gap_table_free(compared->sites);
    g_free(compared);
}
