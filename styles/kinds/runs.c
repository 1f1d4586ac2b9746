#include "styles/kinds/runs.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/layers.h"

#include <math.h>
#include <string.h>

static const char *run_of(const GapTable *t, size_t row) {
    const char *run = gap_cell_text(t, row, "run");
    return run ? run : "";
}

/** Labels in the order of their first rows; they belong to the table. Returns: (transfer full). */
static GPtrArray *labels_of(const GapTable *t) {
    GPtrArray *labels = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t row = 0; row < gap_table_rows(t); row++)
        if (g_hash_table_add(seen, (gpointer)run_of(t, row)))
            g_ptr_array_add(labels, (gpointer)run_of(t, row));
    return labels;
}

/* ---- copies ---- */

static void copy_cell(GapTable *to, size_t row, size_t at, const GapTable *from, size_t row_from,
                      size_t column) {
    switch (gap_table_column(from, column)->type) {
    case GAP_TYPE_TEXT:
        gap_table_set_text(to, row, at, gap_table_text(from, row_from, column));
        break;
    case GAP_TYPE_INT:
        if (!gap_table_is_null(from, row_from, column))
            gap_table_set_int(to, row, at, gap_table_int(from, row_from, column));
        break;
    default:
        gap_table_set_real(to, row, at, gap_table_real(from, row_from, column));
    }
}

static void copy_row(GapTable *to, const GapTable *from, size_t row_from) {
    size_t row = gap_table_add_row(to);
    for (size_t c = 0; c < gap_table_columns(from); c++)
        copy_cell(to, row, c, from, row_from, c);
    gap_table_set_geometry(to, row, gap_table_geometry(from, row_from));
}

/* ---- which runs ---- */

static bool among(char **names, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (g_str_equal(names[i], name))
            return true;
    return false;
}

static bool fail_runs(const GPtrArray *known, const char *what, const char *name, GError **error) {
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < known->len; i++)
        g_string_append_printf(all, "%s%s", i ? ", " : "", (char *)known->pdata[i]);
    gap_fail(error, GAP_ERROR_USAGE, "--runs: %s '%.60s'; there are: %s", what, name,
             all->len ? all->str : "none");
    g_string_free(all, TRUE);
    return false;
}

/** Strips the names. */
static bool check_wanted(const GPtrArray *known, char **wanted, GError **error) {
    if (!*wanted)
        return fail_runs(known, "there is no run", "", error);
    for (size_t i = 0; wanted[i]; i++) {
        g_strstrip(wanted[i]);
        if (!among((char **)known->pdata, known->len, wanted[i]))
            return fail_runs(known, "there is no run", wanted[i], error);
        if (among(wanted, i, wanted[i]))
            return fail_runs(known, "named twice, run", wanted[i], error);
    }
    return true;
}

GapTable *gap_runs_choose(const GapTable *runs, const char *wanted, GError **error) {
    g_autoptr(GPtrArray) labels = labels_of(runs);
    g_auto(GStrv) names = wanted ? g_strsplit(wanted, ",", -1) : NULL;
    if (names && !check_wanted(labels, names, error))
        return NULL;
    GapTable *chosen = gap_table_new(gap_table_name(runs));
    for (size_t c = 0; c < gap_table_columns(runs); c++)
        gap_table_add_column(chosen, gap_table_column(runs, c));
    size_t n = names ? g_strv_length(names) : labels->len;
    for (size_t i = 0; i < n; i++) {
        const char *label = names ? names[i] : labels->pdata[i];
        for (size_t row = 0; row < gap_table_rows(runs); row++)
            if (g_str_equal(run_of(runs, row), label))
                copy_row(chosen, runs, row);
    }
    return chosen;
}

/* ---- the difference of two ---- */

static const char *const numbers[] = {"people", "first_share", "second_share", "difference",
                                      "change", "gained",      "lost"};

static GapTable *difference_table(void) {
    static const char *const texts[] = {"code", "name_en", "name_ru", "name_ky",
                                        "boundary_quality"};
    GapTable *t = gap_table_new("run_difference");
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        gap_table_add_column(t, &(GapColumnSpec){texts[i], GAP_TYPE_TEXT, NULL, NULL});
    gap_table_add_column(t, &(GapColumnSpec){"seat_lon", GAP_TYPE_REAL, "degrees", NULL});
    gap_table_add_column(t, &(GapColumnSpec){"seat_lat", GAP_TYPE_REAL, "degrees", NULL});
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        gap_table_add_column(t, &(GapColumnSpec){numbers[i], GAP_TYPE_REAL, NULL, NULL});
    return t;
}

static void put(GapTable *t, size_t row, const char *column, double value) {
    gap_table_set_real(t, row, (size_t)gap_table_find(t, column), value);
}

/** The row of an area that `from` of `runs` names. */
static size_t add_area(GapTable *t, const GapTable *runs, size_t from) {
    size_t row = gap_table_add_row(t);
    for (size_t c = 0; c < gap_table_columns(runs); c++) {
        int at = gap_table_find(t, gap_table_column(runs, c)->name);
        if (at >= 0 && !g_str_equal(gap_table_column(runs, c)->name, "people"))
            copy_cell(t, row, (size_t)at, runs, from, c);
    }
    gap_table_set_geometry(t, row, gap_table_geometry(runs, from));
    return row;
}

static void put_difference(GapTable *t, size_t row, const GapTable *runs, size_t a, size_t b) {
    double first = gap_cell_number(runs, a, "coverage"),
           second = gap_cell_number(runs, b, "coverage");
    double change =
        gap_cell_number(runs, b, "people_covered") - gap_cell_number(runs, a, "people_covered");
    put(t, row, "people", gap_cell_number(runs, b, "people_placed"));
    put(t, row, "first_share", first);
    put(t, row, "second_share", second);
    put(t, row, "difference", second - first);
    put(t, row, "change", change);
    put(t, row, "gained", isnan(change) ? NAN : MAX(change, 0));
    put(t, row, "lost", isnan(change) ? NAN : MAX(-change, 0));
}

GapTable *gap_runs_difference(const GapTable *runs) {
    GapTable *t = difference_table();
    g_autoptr(GPtrArray) labels = labels_of(runs);
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal); // code to row + 1
    if (labels->len != 2)
        return t;
    for (size_t row = 0; row < gap_table_rows(runs); row++) {
        const char *code = gap_cell_text(runs, row, "code");
        if (code && g_str_equal(run_of(runs, row), labels->pdata[0]))
            g_hash_table_insert(first, (gpointer)code, GSIZE_TO_POINTER(row + 1));
    }
    for (size_t row = 0; row < gap_table_rows(runs); row++) {
        const char *code = gap_cell_text(runs, row, "code");
        if (!code || !g_str_equal(run_of(runs, row), labels->pdata[1]))
            continue;
        size_t a = GPOINTER_TO_SIZE(g_hash_table_lookup(first, code));
        size_t at = add_area(t, runs, row);
        if (a)
            put_difference(t, at, runs, a - 1, row);
        g_hash_table_remove(first, code);
    }
    for (size_t row = 0; row < gap_table_rows(runs); row++) {
        const char *code = gap_cell_text(runs, row, "code");
        if (code && GPOINTER_TO_SIZE(g_hash_table_lookup(first, code)) == row + 1)
            add_area(t, runs, row);
    }
    return t;
}

/* ---- what is said ---- */

static double total(const GapTable *t, const char *column) {
    double sum = 0;
    for (size_t row = 0; row < gap_table_rows(t); row++)
        sum += fmax(gap_cell_number(t, row, column), 0);
    return sum;
}

static void put_fact(GHashTable *facts, const char *name, char *value) {
    g_hash_table_insert(facts, g_strdup(name), value);
}

void gap_runs_facts(const GapTable *runs, const GapTable *difference, GHashTable *facts) {
    g_autoptr(GPtrArray) labels = labels_of(runs);
    if (labels->len >= 2)
        put_fact(facts, "runs_shown", g_strdup_printf("%u", labels->len));
    if (labels->len != 2)
        return;
    put_fact(facts, "first_run", g_strdup(labels->pdata[0]));
    put_fact(facts, "second_run", g_strdup(labels->pdata[1]));
    put_fact(facts, "gained", g_strdup_printf("%.0f", total(difference, "gained")));
    put_fact(facts, "lost", g_strdup_printf("%.0f", total(difference, "lost")));
}

bool gap_runs_read(GapStore *store, const char *wanted, GHashTable *tables, GHashTable *facts,
                   GError **error) {
    g_autoptr(GapTable) all = gap_layer_table(store, "coverage_runs", NULL, error);
    GapTable *runs = all ? gap_runs_choose(all, wanted, error) : NULL;
    if (!runs)
        return false;
    GapTable *difference = gap_runs_difference(runs);
    gap_runs_facts(runs, difference, facts);
    g_hash_table_insert(tables, g_strdup("coverage_runs"), runs);
    g_hash_table_insert(tables, g_strdup("run_difference"), difference);
    return true;
}

static bool alike(const GapTable *t, size_t a, size_t b, const char *column) {
    double x = gap_cell_number(t, a, column), y = gap_cell_number(t, b, column);
    return x == y || (isnan(x) && isnan(y));
}

/** Whether another run has the same limit and scenario. */
static bool has_double(const GapTable *t, size_t row) {
    for (size_t i = 0; i < gap_table_rows(t); i++)
        if (!g_str_equal(run_of(t, i), run_of(t, row)) && alike(t, i, row, "within_m") &&
            alike(t, i, row, "within_min") &&
            g_strcmp0(gap_cell_text(t, i, "scenario"), gap_cell_text(t, row, "scenario")) == 0)
            return true;
    return false;
}

static char *limit_text(const GapMap *map, const GapTable *t, size_t row) {
    double km = gap_cell_number(t, row, "within_m") / 1000;
    double minutes = gap_cell_number(t, row, "within_min");
    if (isnan(km))
        return isnan(minutes) ? g_strdup(run_of(t, row)) : gap_map_minutes(map, minutes);
    g_autofree char *number = gap_format_number(km, fabs(km - round(km)) < 1e-9 ? 0 : 1, map->lang);
    return g_strdup_printf("%s\u00a0%s", number, gap_map_word(map, "common", "km"));
}

char *gap_runs_title(const GapMap *map, const GapTable *t, size_t row) {
    const char *scenario = gap_cell_text(t, row, "scenario");
    if (has_double(t, row))
        return g_strdup(run_of(t, row));
    GString *title = g_string_new(NULL);
    g_autofree char *limit = limit_text(map, t, row);
    g_auto(GStrv) parts = g_strsplit(scenario ? scenario : "", ";", -1);
    g_string_append(title, limit);
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part))
            g_string_append_printf(title, ", %s", gap_map_word(map, "scenarios", *part));
    return g_string_free(title, FALSE);
}

/** Called by its label where the table does not have it. */
static void say_run(GapMap *map, const GapTable *t, const char *name, const char *label) {
    size_t row = 0;
    while (label && row < gap_table_rows(t) && !g_str_equal(run_of(t, row), label))
        row++;
    if (label)
        gap_map_put(map, name,
                    row < gap_table_rows(t) ? gap_runs_title(map, t, row) : g_strdup(label), NAN);
}

void gap_runs_say(GapMap *map) {
    static const char *const counts[] = {"gained", "lost"};
    const GapTable *runs = g_hash_table_lookup(map->data->tables, "coverage_runs");
    if (!runs)
        return;
    say_run(map, runs, "first", g_hash_table_lookup(map->data->facts, "first_run"));
    say_run(map, runs, "second", g_hash_table_lookup(map->data->facts, "second_run"));
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        gap_map_put_number(map, counts[i], gap_map_fact(map, counts[i]));
}
