// sites: under how many of the sensible definitions the proposed sites stay.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "layers/cmd_sites.h"

static const double DEFINITION_S = 2; // for each

bool gap_cmd_sites_define(GapSeeking *seeking, GError **error) {
    GapCall *call = seeking->call;
    if (!gap_call_flag(call, "definitions"))
        return true;
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GArray) definitions =
        store ? gap_sites_definitions(store, seeking->ground, &seeking->options, error) : NULL;
    if (!definitions)
        return false;
    seeking->defined =
        gap_sites_try_definitions(store, seeking->ground, &seeking->options, seeking->answer,
                                  definitions, DEFINITION_S, gap_call_progress(call), error);
    return seeking->defined != NULL;
}

void gap_cmd_sites_put_definitions(const GapSeeking *seeking, GapTable *sites) {
    if (!seeking->defined || seeking->defined->n == 0)
        return;
    const GPtrArray *ids = seeking->sites->site_ids;
    const gsize id = (gsize)gap_table_find(seeking->table, "id");
    // Points that might close and stay are the first rows.
    const gsize stay = gap_table_rows(seeking->table) - gap_table_rows(sites);
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint j = 0; j < ids->len; j++)
        g_hash_table_insert(numbers, g_ptr_array_index(ids, j), GUINT_TO_POINTER(j));
    for (gsize r = 0; r < gap_table_rows(sites); r++) {
        const guint j = GPOINTER_TO_UINT(
            g_hash_table_lookup(numbers, gap_table_text(seeking->table, stay + r, id)));
        gap_table_set_int(sites, r, GAP_PROPOSED_CHOSEN, seeking->defined->chosen[j]);
        gap_table_set_int(sites, r, GAP_PROPOSED_DEFINITIONS, (gint64)seeking->defined->n);
    }
}

void gap_cmd_sites_say_definitions(const GapSeeking *seeking) {
    GapCall *call = seeking->call;
    const GapSitesDefined *defined = seeking->defined;
    if (!defined)
        return;
    gap_call_say(call, "\nThe same asked under %zu sensible definitions", defined->n);
    for (guint i = 0; i < defined->notes->len; i++)
        gap_call_say(call, "%s", (char *)g_ptr_array_index(defined->notes, i));
    gap_call_list(call, defined->table);
}

void gap_cmd_sites_add_definitions(const GapSeeking *seeking, json_t *json) {
    if (!seeking->defined)
        return;
    json_object_set_new(json, "definitions", gap_cmd_table_json(seeking->defined->table));
    json_t *notes = gap_cmd_strings_json(seeking->defined->notes);
    json_array_extend(json_object_get(json, "notes"), notes);
    json_decref(notes);
}
