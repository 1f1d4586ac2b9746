#include "layers/sites/matrix.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/sites/pairs.h"
#include "layers/sites/rows.h"

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const double MOST_MINUTES = 1e7, MOST_PEOPLE = 1e12, MOST_MONEY = 1e15;

/* A matrix that is being read. */
typedef struct {
    const GapMatrixFiles *files;
    const GapProgress *progress;
    GapSitesProblem *sites;
    GHashTable *demand_of, *site_of; // id (of sites) to number + 1
    GArray *weight, *candidates;     // double, GapSite
    GPtrArray *places;               // names of places
    GHashTable *group_of, *place_of; // name to number + 1
    GPtrArray *provinces;            // of demand; NULL: not known
} Making;

static void note_reading(Making *making, const GapSitesRows *rows) {
    const GPtrArray *notes = gap_reader_notes(rows->reader);
    for (guint i = 0; i < notes->len; i++)
        gap_note(making->sites->notes, "%s: %s", rows->file,
                 (const char *)g_ptr_array_index(notes, i));
}

/* The number of a name, which is added where it is new. */
static guint number_of(GHashTable *numbers, GPtrArray *names, const char *name) {
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, name));
    if (known)
        return known - 1;
    char *copy = g_strdup(name);
    g_ptr_array_add(names, copy);
    g_hash_table_insert(numbers, copy, GUINT_TO_POINTER(names->len));
    return names->len - 1;
}

/* Adds the id of a row to `ids`, which must not have it. */
static bool take_id(GapSitesRows *rows, GHashTable *numbers, GPtrArray *ids, GArray *at,
                    const char *whose, GError **error) {
    const char *id = gap_sites_rows_id(rows, 0, error);
    if (!id)
        return false;
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, id));
    if (known)
        return gap_sites_rows_fail(
            rows, 0, error, "stands in row %" G_GINT64_FORMAT " already; each %s stands once",
            g_array_index(at, gint64, known - 1), whose);
    number_of(numbers, ids, id);
    const gint64 row = gap_sites_rows_number(rows);
    g_array_append_val(at, row);
    return true;
}

/* ---- demand ---- */

enum { DEMAND_ID, PEOPLE, DEMAND_PROVINCE, DEMAND_FIELDS };

static bool read_demand(Making *making, GapSitesRows *rows, GError **error) {
    g_autoptr(GArray) at = g_array_new(FALSE, FALSE, sizeof(gint64));
    GError *failure = NULL;
    while (gap_sites_rows_next(rows, &failure)) {
        double people;
        if (!take_id(rows, making->demand_of, making->sites->demand_ids, at, "demand", error) ||
            !gap_sites_rows_figure(rows, PEOPLE, "write 0 where nobody is to be served", &people,
                                   error))
            return false;
        g_array_append_val(making->weight, people);
        g_ptr_array_add(making->provinces, g_strdup(gap_sites_rows_text(rows, DEMAND_PROVINCE)));
    }
    if (failure) {
        g_propagate_error(error, failure);
        return false;
    }
    if (gap_sites_rows_has(rows, DEMAND_PROVINCE))
        gap_sites_problem_provinces(making->sites, (const char *const *)making->provinces->pdata,
                                    making->provinces->len);
    note_reading(making, rows);
    return making->weight->len > 0 ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: has no rows; demand is needed", rows->file);
}

/* ---- candidates ---- */

enum { SITE_ID, COST, SITE_POSTS, CAPACITY, PROVINCE, PLACE, STATE, SITE_FIELDS };

static bool take_state(GapSitesRows *rows, GapSite *site, GError **error) {
    static const char *const states[] = {[GAP_SITE_FREE] = "free",
                                         [GAP_SITE_FORCED] = "forced",
                                         [GAP_SITE_FORBIDDEN] = "forbidden",
                                         [GAP_SITE_OPEN] = "open"};
    const char *text = gap_sites_rows_text(rows, STATE);
    if (!text)
        return true;
    g_autofree char *folded = gap_text_fold(text);
    for (gsize s = 0; s < G_N_ELEMENTS(states); s++)
        if (g_str_equal(folded, states[s])) {
            site->state = (GapSiteState)s;
            return true;
        }
    return gap_sites_rows_fail(rows, STATE, error,
                               "not known; write open, forced, forbidden or free");
}

/* The number of a name, or -1 where the cell is empty. */
static gint32 take_name(GapSitesRows *rows, gsize field, GHashTable *numbers, GPtrArray *names) {
    const char *name = gap_sites_rows_text(rows, field);
    return name ? (gint32)number_of(numbers, names, name) : -1;
}

static bool take_figures(GapSitesRows *rows, GapSite *site, GError **error) {
    static const char *const missing = "missing; write 0 where it needs none";
    if (gap_sites_rows_has(rows, COST) &&
        !gap_sites_rows_figure(rows, COST, missing, &site->cost, error))
        return false;
    if (gap_sites_rows_has(rows, SITE_POSTS) &&
        !gap_sites_rows_figure(rows, SITE_POSTS, missing, &site->posts, error))
        return false;
    return !gap_sites_rows_text(rows, CAPACITY) ||
           gap_sites_rows_figure(rows, CAPACITY, "", &site->capacity, error);
}

static bool read_candidates(Making *making, GapSitesRows *rows, GError **error) {
    g_autoptr(GArray) at = g_array_new(FALSE, FALSE, sizeof(gint64));
    GError *failure = NULL;
    while (gap_sites_rows_next(rows, &failure)) {
        GapSite site = {.capacity = INFINITY};
        if (!take_id(rows, making->site_of, making->sites->site_ids, at, "candidate", error) ||
            !take_figures(rows, &site, error) || !take_state(rows, &site, error))
            return false;
        site.group = take_name(rows, PROVINCE, making->group_of, making->sites->group_names);
        site.place = take_name(rows, PLACE, making->place_of, making->places);
        g_array_append_val(making->candidates, site);
    }
    if (failure) {
        g_propagate_error(error, failure);
        return false;
    }
    making->sites->has_costs = gap_sites_rows_has(rows, COST);
    making->sites->has_posts = gap_sites_rows_has(rows, SITE_POSTS);
    note_reading(making, rows);
    return making->candidates->len > 0 ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: has no rows; candidates are needed", rows->file);
}

/* ---- times ---- */

enum { FROM, TO, MINUTES, SECONDS, TIME_FIELDS };

static bool fail_unknown(GapSitesRows *rows, gsize field, const Making *making, GError **error) {
    const bool from = field == FROM;
    const GPtrArray *ids = from ? making->sites->site_ids : making->sites->demand_ids;
    const char *id = gap_sites_rows_text(rows, field);
    GHashTable *others = from ? making->demand_of : making->site_of;
    if (g_hash_table_contains(others, id))
        return gap_sites_rows_fail(rows, field, error,
                                   "no %s is called so, but %s is: 'from' is the candidate and "
                                   "'to' the demand; rename the columns if they are swapped",
                                   from ? "candidate" : "demand", from ? "demand" : "a candidate");
    g_autofree const char **names = g_new0(const char *, ids->len + 1);
    for (guint i = 0; i < ids->len; i++)
        names[i] = g_ptr_array_index(ids, i);
    const char *near = gap_text_nearest(id, names);
    g_autofree char *meant = near ? gap_printable(near, 60) : NULL;
    g_autofree char *hint =
        meant ? g_strdup_printf("did you mean '%s'? Else add", meant) : g_strdup("add");
    return gap_sites_rows_fail(rows, field, error,
                               "no %s of %s is called so; %s a row for it there%s, or take its "
                               "pairs out of this table",
                               from ? "candidate" : "demand",
                               from ? making->files->candidates : making->files->demand, hint,
                               from ? "" : " (with 0 people where nobody is to be served)");
}

/* The candidate of a row; one that no table of candidates names is new. */
static bool take_from(Making *making, GapSitesRows *rows, guint32 *site, GError **error) {
    const char *id = gap_sites_rows_id(rows, FROM, error);
    if (!id)
        return false;
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(making->site_of, id));
    if (!known && making->files->candidates)
        return fail_unknown(rows, FROM, making, error);
    if (!known) {
        const GapSite fresh = {.capacity = INFINITY, .group = -1, .place = -1};
        g_array_append_val(making->candidates, fresh);
        known = number_of(making->site_of, making->sites->site_ids, id) + 1;
    }
    *site = known - 1;
    return true;
}

static bool take_to(Making *making, GapSitesRows *rows, guint32 *demand, GError **error) {
    const char *id = gap_sites_rows_id(rows, TO, error);
    if (!id)
        return false;
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(making->demand_of, id));
    if (!known)
        return fail_unknown(rows, TO, making, error);
    *demand = known - 1;
    return true;
}

static bool take_pair(Making *making, GapSitesRows *rows, GapPairs *pairs, GError **error) {
    const bool minutes = gap_sites_rows_has(rows, MINUTES);
    GapPair pair;
    double time;
    if (!take_from(making, rows, &pair.site, error) ||
        !take_to(making, rows, &pair.demand, error) ||
        !gap_sites_rows_figure(rows, minutes ? MINUTES : SECONDS,
                               "take the row out where there is no way", &time, error))
        return false;
    pair.minutes = (float)(minutes ? time : time / 60);
    return gap_pairs_add(pairs, pair, gap_sites_rows_number(rows), error);
}

static bool fail_twice(const Making *making, GapPair twice, gint64 before, gint64 again,
                       GError **error) {
    const char *from = g_ptr_array_index(making->sites->site_ids, twice.site);
    const char *to = g_ptr_array_index(making->sites->demand_ids, twice.demand);
    g_autofree char *a = gap_printable(from, 60), *b = gap_printable(to, 60);
    return gap_fail_at(error, (GapPlace){making->files->times, again, "from", from},
                       "the pair of '%s' and '%s' stands in row %" G_GINT64_FORMAT
                       " already; each pair stands once",
                       a, b, before);
}

static bool sort_pairs(Making *making, GapPairs *pairs, GError **error) {
    GapPairsSorted sorted;
    GapPair twice = {0};
    gint64 before = 0, again = 0;
    if (!gap_pairs_sort(pairs, making->weight->len, &sorted, &twice, &before, &again, error))
        return again ? fail_twice(making, twice, before, again, error) : false;
    making->sites->first = sorted.first;
    making->sites->site = sorted.site;
    making->sites->minutes = sorted.minutes;
    return true;
}

static bool add_pairs(Making *making, GapSitesRows *rows, GapPairs *pairs, GError **error) {
    enum { TELL_EVERY = 1 << 16 };
    g_autoptr(GError) failure = NULL;
    while (gap_sites_rows_next(rows, &failure)) {
        if (!take_pair(making, rows, pairs, error))
            return false;
        if (pairs->n % TELL_EVERY)
            continue;
        g_autofree char *what = g_strdup_printf("%zu pairs read", pairs->n);
        if (!gap_progress(making->progress, 0, what))
            return gap_fail(error, GAP_ERROR_FAILED, "stopped while reading %s", rows->file);
    }
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    return pairs->n > 0 ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: has no rows; without any pair nobody is within reach", rows->file);
}

static bool read_times(Making *making, GapSitesRows *rows, GError **error) {
    if (!gap_sites_rows_has(rows, MINUTES) && !gap_sites_rows_has(rows, SECONDS))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: no column 'minutes' (or 'seconds'); name the column of times so, by "
                        "its unit",
                        rows->file);
    GapPairs pairs;
    gap_pairs_init(&pairs);
    const bool ok = add_pairs(making, rows, &pairs, error) && sort_pairs(making, &pairs, error);
    gap_pairs_clear(&pairs);
    if (ok) {
        note_reading(making, rows);
        if (!gap_sites_rows_has(rows, MINUTES))
            gap_note(making->sites->notes, "%s: times are seconds, by the name of their column",
                     rows->file);
    }
    return ok;
}

/* ---- all of it ---- */

typedef bool (*Reading)(Making *making, GapSitesRows *rows, GError **error);

static bool read_table(Making *making, const char *file, const GapSitesField *fields, gsize n,
                       Reading reading, GError **error) {
    GapSitesRows rows;
    const bool ok =
        gap_sites_rows_open(&rows, file, fields, n, error) && reading(making, &rows, error);
    gap_sites_rows_close(&rows);
    return ok;
}

static bool read_tables(Making *making, GError **error) {
    const GapSitesField demand[] = {
        [DEMAND_ID] = {NAMES("id", "code", "demand_id", "to_id"), true},
        [PEOPLE] = {NAMES("people", "population", "weight"), true, MOST_PEOPLE},
        [DEMAND_PROVINCE] = {NAMES("province", "region")},
    };
    const GapSitesField candidates[] = {
        [SITE_ID] = {NAMES("id", "code", "candidate", "from_id"), true},
        [COST] = {NAMES("cost", "cost_usd", "price"), false, MOST_MONEY},
        [SITE_POSTS] = {NAMES("posts", "officers"), false, MOST_PEOPLE},
        [CAPACITY] = {NAMES("capacity"), false, MOST_PEOPLE},
        [PROVINCE] = {NAMES("province", "region", "group")},
        [PLACE] = {NAMES("place")},
        [STATE] = {NAMES("state", "status")},
    };
    const GapSitesField times[] = {
        [FROM] = {NAMES("from", "from_id", "origin", "origin_id", "source"), true},
        [TO] = {NAMES("to", "to_id", "destination", "destination_id", "target"), true},
        [MINUTES] = {NAMES("minutes", "duration", "travel_time", "travel_time_p50", "duration_min",
                           "time_min", "min"),
                     false, MOST_MINUTES},
        [SECONDS] = {NAMES("seconds", "duration_s", "duration_seconds", "travel_time_s", "time_s"),
                     false, MOST_MINUTES * 60},
    };
    const GapMatrixFiles *files = making->files;
    return read_table(making, files->demand, demand, DEMAND_FIELDS, read_demand, error) &&
           (!files->candidates || read_table(making, files->candidates, candidates, SITE_FIELDS,
                                             read_candidates, error)) &&
           read_table(making, files->times, times, TIME_FIELDS, read_times, error);
}

/* What the tables say that a planner may not have meant. */
static void note_lonely(Making *making) {
    const GapSitesProblem *sites = making->sites;
    const GapLocateProblem *problem = &sites->problem;
    gsize alone = 0, unused = 0;
    double people = 0;
    g_autofree bool *used = g_new0(bool, problem->n_sites + 1);
    for (gsize i = 0; i < problem->n_demand; i++) {
        const bool lonely = problem->first[i] == problem->first[i + 1];
        alone += lonely;
        people += lonely ? problem->weight[i] : 0;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            used[problem->site[k]] = true;
    }
    for (gsize j = 0; j < problem->n_sites; j++)
        unused += !used[j];
    if (alone)
        gap_note(making->sites->notes,
                 "%s: no pair leads to %zu of %zu demand (%.15g people): out of reach of all",
                 making->files->times, alone, problem->n_demand, people);
    if (unused)
        gap_note(making->sites->notes,
                 "%s: no pair starts from %zu of %zu candidates: they reach nobody",
                 making->files->times, unused, problem->n_sites);
}

static void finish(Making *making) {
    GapSitesProblem *sites = making->sites;
    sites->weight = (double *)g_array_free(g_steal_pointer(&making->weight), FALSE);
    sites->sites = (GapSite *)g_array_free(g_steal_pointer(&making->candidates), FALSE);
    gap_sites_problem_join(sites);
    note_lonely(making);
}

GapSitesProblem *gap_matrix_read(const GapMatrixFiles *files, const GapProgress *progress,
                                 GError **error) {
    g_autoptr(GapSitesProblem) sites = gap_sites_problem_new();
    Making making = {.files = files,
                     .progress = progress,
                     .sites = sites,
                     .demand_of = g_hash_table_new(g_str_hash, g_str_equal),
                     .site_of = g_hash_table_new(g_str_hash, g_str_equal),
                     .group_of = g_hash_table_new(g_str_hash, g_str_equal),
                     .place_of = g_hash_table_new(g_str_hash, g_str_equal),
                     .provinces = g_ptr_array_new_with_free_func(g_free),
                     .weight = g_array_new(FALSE, FALSE, sizeof(double)),
                     .candidates = g_array_new(FALSE, FALSE, sizeof(GapSite)),
                     .places = g_ptr_array_new_with_free_func(g_free)};
    const bool ok = read_tables(&making, error);
    if (ok)
        finish(&making);
    g_clear_pointer(&making.weight, g_array_unref);
    g_clear_pointer(&making.candidates, g_array_unref);
    g_ptr_array_unref(making.places);
    g_ptr_array_unref(making.provinces);
    g_hash_table_unref(making.demand_of);
    g_hash_table_unref(making.site_of);
    g_hash_table_unref(making.group_of);
    g_hash_table_unref(making.place_of);
    return ok ? g_steal_pointer(&sites) : NULL;
}
