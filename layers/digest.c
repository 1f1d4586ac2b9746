#include "layers/digest.h"

static const GapStatement SOURCES = {"digest.sources",
                                     "SELECT id, made_from FROM source ORDER BY id"};

char *gap_digest(GapStore *store, const GapStatement *query, const char *parameters,
                 GError **error) {
    g_autoptr(GapTable) table = gap_store_select(store, query, error, "");
    if (!table)
        return NULL;
    g_autoptr(GString) text = g_string_new(GAP_VERSION "\n");
    g_string_append_printf(text, "%s\n", parameters);
    for (size_t r = 0; r < gap_table_rows(table); r++)
        for (size_t c = 0; c < gap_table_columns(table); c++) {
            g_autofree char *cell = gap_table_cell_string(table, r, c);
            g_string_append_printf(text, "%s%c", cell ? cell : "",
                                   c + 1 < gap_table_columns(table) ? '\t' : '\n');
        }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

char *gap_digest_sources(GapStore *store, const char *parameters, GError **error) {
    return gap_digest(store, &SOURCES, parameters, error);
}
