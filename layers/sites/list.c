#include "layers/sites/list.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/sites/rows.h"

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { CODE, NAME, DISTRICT, PROVINCE, FIELDS };

typedef struct {
    const GapSitesProblem *sites;
    GapFinder *finder;
    GHashTable *numbers; // id to number + 1
    GHashTable *rows_of; // number + 1 to row in the list + 1
    GArray *listed;
} Reading;

static bool find_id(const Reading *reading, const char *id, guint32 *site) {
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(reading->numbers, id));
    *site = known - 1;
    return known > 0;
}

static bool fail_unknown(const Reading *reading, GapSitesRows *rows, gsize field, const char *text,
                         GError **error) {
    const GPtrArray *ids = reading->sites->site_ids;
    g_autofree const char **names = g_new0(const char *, ids->len + 1);
    for (guint j = 0; j < ids->len; j++)
        names[j] = g_ptr_array_index(ids, j);
    const char *near = gap_text_nearest(text, names);
    g_autofree char *meant = near ? gap_printable(near, 60) : NULL;
    return gap_sites_rows_fail(rows, field, error, "no candidate is called so%s%s%s",
                               meant ? "; did you mean '" : "", meant ? meant : "",
                               meant ? "'?" : "");
}

/* A place that is no candidate, or several. */
static bool fail_place(const Reading *reading, GapSitesRows *rows, gsize field, const char *code,
                       GError **error) {
    const GPtrArray *ids = reading->sites->site_ids;
    g_autofree char *prefix = g_strdup_printf("%s:", code);
    g_autoptr(GString) kinds = g_string_new(NULL);
    for (guint j = 0; j < ids->len; j++)
        if (g_str_has_prefix(g_ptr_array_index(ids, j), prefix))
            g_string_append_printf(kinds, "%s%s", kinds->len ? ", " : "",
                                   (const char *)g_ptr_array_index(ids, j));
    if (kinds->len)
        return gap_sites_rows_fail(rows, field, error,
                                   "'%s' may be built as several kinds; say which: %s", code,
                                   kinds->str);
    return gap_sites_rows_fail(rows, field, error,
                               "this is the place '%s', which is no candidate: it lies in no area, "
                               "is a part of another place, or is not among those given",
                               code);
}

static bool find_name(const Reading *reading, GapSitesRows *rows, gsize field, const char *text,
                      guint32 *site, GError **error) {
    const GapFinderQuestion question = {.text = text,
                                        .district = gap_sites_rows_text(rows, DISTRICT),
                                        .province = gap_sites_rows_text(rows, PROVINCE),
                                        .level = "place",
                                        .no_crosswalk = true};
    const char *bearer;
    g_autofree char *reason = NULL;
    const char *code =
        gap_finder_find(reading->finder, GAP_GAZETTEER_ALL, &question, &bearer, &reason);
    if (!code)
        return gap_sites_rows_fail(rows, field, error, "%s", reason);
    return find_id(reading, code, site) || fail_place(reading, rows, field, code, error);
}

/* The candidate of a row, by its code or else its name. */
static bool find_site(const Reading *reading, GapSitesRows *rows, guint32 *site, gsize *field,
                      GError **error) {
    *field = gap_sites_rows_text(rows, CODE) || !gap_sites_rows_has(rows, NAME) ? CODE : NAME;
    const char *text = gap_sites_rows_id(rows, *field, error);
    if (!text)
        return false;
    if (find_id(reading, text, site))
        return true;
    return reading->finder ? find_name(reading, rows, *field, text, site, error)
                           : fail_unknown(reading, rows, *field, text, error);
}

static bool take_row(Reading *reading, GapSitesRows *rows, GError **error) {
    GapListedSite one = {.row = gap_sites_rows_number(rows)};
    gsize field;
    if (!find_site(reading, rows, &one.site, &field, error))
        return false;
    void *key = GUINT_TO_POINTER(one.site + 1);
    const guint before = GPOINTER_TO_UINT(g_hash_table_lookup(reading->rows_of, key));
    if (before)
        return gap_sites_rows_fail(
            rows, field, error,
            "'%s' stands in row %" G_GINT64_FORMAT " already; each site stands once",
            (const char *)g_ptr_array_index(reading->sites->site_ids, one.site),
            g_array_index(reading->listed, GapListedSite, before - 1).row);
    g_array_append_val(reading->listed, one);
    g_hash_table_insert(reading->rows_of, key, GUINT_TO_POINTER(reading->listed->len));
    return true;
}

static bool take_rows(Reading *reading, GapSitesRows *rows, GError **error) {
    if (!gap_sites_rows_has(rows, CODE) && !gap_sites_rows_has(rows, NAME))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: no column 'code' or 'name', which say the sites", rows->file);
    GError *failure = NULL;
    while (gap_sites_rows_next(rows, &failure))
        if (!take_row(reading, rows, error))
            return false;
    if (failure) {
        g_propagate_error(error, failure);
        return false;
    }
    return reading->listed->len > 0 ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: has no rows; sites are needed", rows->file);
}

static void note_all(const GapSitesRows *rows, GapFinder *finder, GPtrArray *notes) {
    const GPtrArray *read = gap_reader_notes(rows->reader);
    for (guint i = 0; i < read->len; i++)
        gap_note(notes, "%s: %s", rows->file, (const char *)g_ptr_array_index(read, i));
    g_autofree char *spelt = finder ? gap_finder_tell(finder) : NULL;
    if (spelt)
        gap_note(notes, "%s: %s", rows->file, spelt);
}

GArray *gap_sites_list_read(const char *file, const GapSitesProblem *sites, GapFinder *finder,
                            GPtrArray *notes, GError **error) {
    const GapSitesField fields[FIELDS] = {
        [CODE] = {NAMES("code", "id", "candidate")},
        [NAME] = {NAMES("name", "site", "place", "settlement", "name_en")},
        [DISTRICT] = {NAMES("district", "raion")},
        [PROVINCE] = {NAMES("province", "oblast", "region")},
    };
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) rows_of = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) listed = g_array_new(FALSE, FALSE, sizeof(GapListedSite));
    for (guint j = 0; j < sites->site_ids->len; j++)
        g_hash_table_insert(numbers, g_ptr_array_index(sites->site_ids, j),
                            GUINT_TO_POINTER(j + 1));
    Reading reading = {sites, finder, numbers, rows_of, listed};
    GapSitesRows rows;
    const bool ok = gap_sites_rows_open(&rows, file, fields, FIELDS, error) &&
                    take_rows(&reading, &rows, error);
    if (ok)
        note_all(&rows, finder, notes);
    gap_sites_rows_close(&rows);
    return ok ? g_steal_pointer(&listed) : NULL;
}
