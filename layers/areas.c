#include "layers/areas.h"

#include "geo/base/error.h"
#include "geo/shape/area_index.h"
#include "geo/text/text.h"
#include "layers/columns.h"

#include <string.h>

struct GapAreas {
    GapStore *store;
    GapTable *table; // code, level, parent, official_code, name; by code
    GHashTable *row_of_code;
    GHashTable *row_of_alias;   // official code, or either one as gap_code_canonical() has it
    GHashTable *outlines;       // code to GBytes
    GHashTable *index_of_level; // level to LevelIndex
    const char *country;        // the first code of that level, or NULL
    GapTable *former;           // codes
    GHashTable *former_codes;
};

enum { CODE, LEVEL, PARENT, OFFICIAL, NAME };

typedef struct {
    GPtrArray *codes;
    GapAreaIndex *index;
} LevelIndex;

static const GapColumnSpec COLUMNS[] = {
    {"code", GAP_TYPE_TEXT},          {"level", GAP_TYPE_TEXT}, {"parent", GAP_TYPE_TEXT},
    {"official_code", GAP_TYPE_TEXT}, {"name", GAP_TYPE_TEXT},
};
static const GapStatement LIST = {"areas.list",
                                  "SELECT code, level, parent, official_code,"
                                  " coalesce(name_en, name_ky, name_ru, code) FROM area a"
                                  " WHERE" GAP_AREA_VALID("a", "?1") " ORDER BY code"};
static const GapStatement SINCE = {
    "areas.since", "SELECT coalesce(max(day), '') FROM (SELECT valid_from AS day FROM area"
                   " UNION ALL SELECT date(valid_to, '+1 day') FROM area)"
                   " WHERE day <= coalesce(?1, day)"};
static const GapStatement FORMER = {"areas.former",
                                    "SELECT DISTINCT old FROM area_change"
                                    " WHERE old NOT IN (SELECT code FROM area) ORDER BY old"};
static const GapStatement OUTLINES = {"areas.outlines",
                                      "SELECT code, AsBinary(geom) AS geom FROM area"};

static void level_index_free(gpointer data) {
    LevelIndex *level = data;
    g_ptr_array_unref(level->codes);
    gap_area_index_free(level->index);
    g_free(level);
}

static bool row_of(const GapAreas *areas, const char *code, size_t *row) {
    gpointer found;
    if (!code || !g_hash_table_lookup_extended(areas->row_of_code, code, NULL, &found))
        return false;
    *row = GPOINTER_TO_SIZE(found);
    return true;
}

/* The first area, by code, keeps an alias. */
static void add_alias(GapAreas *areas, char *alias, size_t row) {
    if (g_hash_table_contains(areas->row_of_alias, alias))
        g_free(alias);
    else
        g_hash_table_insert(areas->row_of_alias, alias, GSIZE_TO_POINTER(row));
}

/* Official codes as they stand go before other forms of any code. */
static void add_aliases(GapAreas *areas) {
    const size_t n = gap_table_rows(areas->table);
    for (size_t i = 0; i < n; i++)
        if (gap_table_text(areas->table, i, OFFICIAL))
            add_alias(areas, g_strdup(gap_table_text(areas->table, i, OFFICIAL)), i);
    for (size_t i = 0; i < n; i++)
        for (size_t column = CODE; column <= OFFICIAL; column += OFFICIAL - CODE)
            if (gap_table_text(areas->table, i, column))
                add_alias(areas, gap_code_canonical(gap_table_text(areas->table, i, column)), i);
}

static bool at_level(const GapAreas *areas, size_t row, const char *level) {
    return !level || g_str_equal(gap_table_text(areas->table, row, LEVEL), level);
}

GapAreas *gap_areas_new(GapStore *store, GError **error) {
    return gap_areas_new_on(store, NULL, error);
}

char *gap_areas_since(GapStore *store, const char *day, GError **error) {
    return gap_store_text(store, &SINCE, error, "s", day);
}

GapAreas *gap_areas_new_on(GapStore *store, const char *day, GError **error) {
    g_autoptr(GapAreas) areas = g_new0(GapAreas, 1);
    areas->store = store;
    areas->row_of_code = g_hash_table_new(g_str_hash, g_str_equal);
    areas->row_of_alias = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    areas->index_of_level =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, level_index_free);
    areas->former_codes = g_hash_table_new(g_str_hash, g_str_equal);
    areas->table =
        gap_store_table(store, &LIST, "areas", COLUMNS, G_N_ELEMENTS(COLUMNS), error, "s", day);
    areas->former = areas->table ? gap_store_select(store, &FORMER, error, "") : NULL;
    if (!areas->former)
        return NULL;
    for (size_t i = 0; i < gap_table_rows(areas->table); i++) {
        const char *code = gap_table_text(areas->table, i, CODE);
        g_hash_table_insert(areas->row_of_code, (gpointer)code, GSIZE_TO_POINTER(i));
        if (!areas->country && at_level(areas, i, "country"))
            areas->country = code;
    }
    add_aliases(areas);
    for (size_t i = 0; i < gap_table_rows(areas->former); i++)
        g_hash_table_add(areas->former_codes, (gpointer)gap_table_text(areas->former, i, 0));
    return g_steal_pointer(&areas);
}

void gap_areas_free(GapAreas *areas) {
    if (!areas)
        return;
    gap_table_free(areas->table);
    gap_table_free(areas->former);
    g_hash_table_unref(areas->former_codes);
    g_hash_table_unref(areas->row_of_code);
    g_hash_table_unref(areas->row_of_alias);
    g_hash_table_unref(areas->index_of_level);
    g_clear_pointer(&areas->outlines, g_hash_table_unref);
    g_free(areas);
}

size_t gap_areas_count(const GapAreas *areas) {
    return gap_table_rows(areas->table);
}

const char *gap_areas_code(const GapAreas *areas, const char *text) {
    size_t row;
    if (row_of(areas, text, &row))
        return gap_table_text(areas->table, row, CODE);
    gpointer found;
    if (!g_hash_table_lookup_extended(areas->row_of_alias, text, NULL, &found)) {
        g_autofree char *canonical = gap_code_canonical(text);
        if (!g_hash_table_lookup_extended(areas->row_of_alias, canonical, NULL, &found))
            return NULL;
    }
    return gap_table_text(areas->table, GPOINTER_TO_SIZE(found), CODE);
}

const char *gap_areas_unit_code(const GapAreas *areas, const char *text) {
    const char *code = gap_areas_code(areas, text);
    return code ? code : g_hash_table_lookup(areas->former_codes, text);
}

static bool read_outlines(GapAreas *areas, GError **error) {
    if (areas->outlines)
        return true;
    g_autoptr(GapTable) table = gap_store_select(areas->store, &OUTLINES, error, "");
    if (!table)
        return false;
    areas->outlines =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    for (size_t i = 0; i < gap_table_rows(table); i++)
        if (gap_table_geometry(table, i))
            g_hash_table_insert(areas->outlines, g_strdup(gap_table_text(table, i, 0)),
                                g_bytes_ref(gap_table_geometry(table, i)));
    return true;
}

GBytes *gap_areas_outline(GapAreas *areas, const char *code, GError **error) {
    return read_outlines(areas, error) ? g_hash_table_lookup(areas->outlines, code) : NULL;
}

GPtrArray *gap_areas_of_level(const GapAreas *areas, const char *level) {
    GPtrArray *codes = g_ptr_array_new();
    for (size_t i = 0; i < gap_areas_count(areas); i++)
        if (at_level(areas, i, level))
            g_ptr_array_add(codes, (gpointer)gap_table_text(areas->table, i, CODE));
    return codes;
}

static LevelIndex *level_index(GapAreas *areas, const char *level, GError **error) {
    LevelIndex *found = g_hash_table_lookup(areas->index_of_level, level);
    if (found)
        return found;
    if (!read_outlines(areas, error))
        return NULL;
    g_autoptr(GPtrArray) codes = gap_areas_of_level(areas, level);
    g_autofree GBytes **wkb = g_new0(GBytes *, codes->len + 1);
    for (guint i = 0; i < codes->len; i++)
        wkb[i] = g_hash_table_lookup(areas->outlines, g_ptr_array_index(codes, i));
    GapAreaIndex *index = gap_area_index_new(wkb, codes->len, error);
    if (!index)
        return NULL;
    found = g_new0(LevelIndex, 1);
    found->codes = g_steal_pointer(&codes);
    found->index = index;
    g_hash_table_insert(areas->index_of_level, g_strdup(level), found);
    return found;
}

const char *gap_areas_locate(GapAreas *areas, const char *level, double lon, double lat,
                             GError **error) {
    LevelIndex *index = level_index(areas, level, error);
    const gssize at = index ? gap_area_index_locate(index->index, lon, lat) : -1;
    return at < 0 ? NULL : g_ptr_array_index(index->codes, at);
}

static const char *const FINEST[] = {"municipality", "district", "province"};

const char *gap_areas_finest(GapAreas *areas, double lon, double lat, GError **error) {
    const char *code = NULL;
    for (size_t i = 0; !code && i < G_N_ELEMENTS(FINEST); i++)
        code = gap_areas_locate(areas, FINEST[i], lon, lat, error);
    return code;
}

bool gap_areas_finest_many(GapAreas *areas, const double *lonlat, size_t n, const char **codes,
                           GError **error) {
    if (n == 0)
        return true;
    g_autofree int32_t *at = g_new(int32_t, n);
    for (size_t i = 0; i < n; i++)
        codes[i] = NULL;
    for (size_t level = 0; level < G_N_ELEMENTS(FINEST); level++) {
        const LevelIndex *index = level_index(areas, FINEST[level], error);
        if (!index)
            return false;
        gap_area_index_locate_many(index->index, lonlat, n, at, 0);
        for (size_t i = 0; i < n; i++)
            if (!codes[i] && at[i] >= 0)
                codes[i] = g_ptr_array_index(index->codes, at[i]);
    }
    return true;
}

const char *gap_areas_level(const GapAreas *areas, const char *code) {
    size_t row;
    return row_of(areas, code, &row) ? gap_table_text(areas->table, row, LEVEL) : NULL;
}

const char *gap_areas_parent(const GapAreas *areas, const char *code) {
    size_t row;
    return row_of(areas, code, &row) ? gap_table_text(areas->table, row, PARENT) : NULL;
}

const char *gap_areas_province(const GapAreas *areas, const char *code) {
    // Four levels deep at most; a bound keeps a hostile store from leading us in a circle.
    for (int depth = 0; code && depth < 4; depth++) {
        if (g_strcmp0(gap_areas_level(areas, code), "province") == 0)
            return code;
        code = gap_areas_parent(areas, code);
    }
    return NULL;
}

const char *gap_areas_country(const GapAreas *areas) {
    return areas->country;
}

const char *gap_areas_name(const GapAreas *areas, const char *code) {
    size_t row;
    return row_of(areas, code, &row) ? gap_table_text(areas->table, row, NAME) : code;
}
