/** A small country in a store of its own, for tests of the first floor.
 *
 *  Country XX: provinces XX-A (west, 70-71 E) and XX-B (east, 71-72 E), both 40-41 N; A1 and A2 are
 *  the halves of XX-A, B1 is all of XX-B. Names are chosen to be awkward.
 */
#ifndef GAP_TESTS_WORLD_H
#define GAP_TESTS_WORLD_H

#include "tests/check.h"

#include "layers/load.h"
#include "layers/schema.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct {
    char *folder;
    GapStore *store;
} World;

#define BOX_A  "\"POLYGON((70 40,71 40,71 41,70 41,70 40))\""
#define BOX_A1 "\"POLYGON((70 40,70.5 40,70.5 41,70 41,70 40))\""
#define BOX_A2 "\"POLYGON((70.5 40,71 40,71 41,70.5 41,70.5 40))\""
#define BOX_B  "\"POLYGON((71 40,72 40,72 41,71 41,71 40))\""

#define AREA_HEADER "code,level,parent,official_code,name_en,boundary_quality,geom\n"
#define PROVINCES                                                                                  \
    AREA_HEADER "XX-A,province,XX,01,Osh,official," BOX_A "\n"                                     \
                "XX-B,province,XX,02,East,official," BOX_B "\n"
#define MUNICIPALITIES                                                                             \
    AREA_HEADER "A1,municipality,XX-A,011,Osh,official," BOX_A1 "\n"                               \
                "A2,municipality,XX-A,012,Middle,official," BOX_A2 "\n"                            \
                "B1,municipality,XX-B,021,Whole,official," BOX_B "\n"

static inline char *world_path(const World *world, const char *name) {
    return g_build_filename(world->folder, name, NULL);
}

/** A new folder without a store. */
static inline World world_empty(void) {
    World world = {.folder = g_dir_make_tmp("gapmap-XXXXXX", NULL)};
    assert_non_null(world.folder);
    return world;
}

static inline void world_open(World *world) {
    g_autofree char *path = world_path(world, "t.gapmap");
    GError *error = NULL;
    world->store = gap_store_open(path, GAP_STORE_CREATE, gap_layers_schema(), &error);
    assert_no_error(error);
}

static inline void world_remove(const char *folder) {
    g_chmod(folder, 0700);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            world_remove(path);
        else
            g_remove(path);
    }
    g_rmdir(folder);
}

static inline void world_close(World *world) {
    g_clear_pointer(&world->store, gap_store_close);
    world_remove(world->folder);
    g_clear_pointer(&world->folder, g_free);
}

/** Writes a file into the folder; `size` -1 for a string. Returns: (transfer full), its path. */
static inline char *world_file(const World *world, const char *name, const char *text,
                               gssize size) {
    char *path = world_path(world, name);
    assert_true(g_file_set_contents(path, text, size, NULL));
    return path;
}

/** A statement for any text of SQL: the store keeps statements by address, so each is made once. */
static inline const GapStatement *world_sql(const char *sql) {
    static GHashTable *made;
    if (!made)
        made = g_hash_table_new(g_str_hash, g_str_equal);
    GapStatement *statement = g_hash_table_lookup(made, sql);
    if (!statement) {
        statement = g_new(GapStatement, 1);
        *statement = (GapStatement){"test", g_strdup(sql)};
        g_hash_table_insert(made, (gpointer)statement->sql, statement);
    }
    return statement;
}

static inline void world_run(const World *world, const char *sql) {
    GError *error = NULL;
    gap_store_run(world->store, world_sql(sql), &error, "");
    assert_no_error(error);
}

/** The only number that `sql` answers, -1 where there is none. */
static inline double world_number(const World *world, const char *sql) {
    GError *error = NULL;
    const double number = gap_store_number(world->store, world_sql(sql), -1, &error, "");
    assert_no_error(error);
    return number;
}

/** The first text that `sql` answers, or NULL. Returns: (transfer full). */
static inline char *world_text(const World *world, const char *sql) {
    GError *error = NULL;
    char *text = gap_store_text(world->store, world_sql(sql), &error, "");
    assert_no_error(error);
    return text;
}

/** Loads a text as file `name`. Returns: (transfer full), NULL with `error`. */
static inline GapLoadReport *world_try(const World *world, const char *layer, const char *name,
                                       const char *text, const GapLoadOptions *options,
                                       GError **error) {
    static const GapLoadOptions plain;
    g_autofree char *path = world_file(world, name, text, -1);
    return gap_load(world->store, gap_layer_kind(layer), path, options ? options : &plain, error);
}

/** Loads a text whose rows are all taken. */
static inline void world_load(const World *world, const char *layer, const char *name,
                              const char *text) {
    GError *error = NULL;
    g_autoptr(GapLoadReport) report = world_try(world, layer, name, text, NULL, &error);
    assert_no_error(error);
    if (report->refused)
        fail_msg("%s: %s", name, ((GapRefusal *)g_ptr_array_index(report->refusals, 0))->reason);
}

/** A store with the provinces, and with the municipalities where wanted. */
static inline World world_new(bool municipalities) {
    World world = world_empty();
    world_open(&world);
    world_load(&world, "boundaries", "provinces.csv", PROVINCES);
    if (municipalities)
        world_load(&world, "boundaries", "municipalities.csv", MUNICIPALITIES);
    return world;
}

/** The canonical dump. Returns: (transfer full). */
static inline char *world_dump(const World *world) {
    char *text = NULL;
    size_t size;
    GError *error = NULL;
    FILE *out = open_memstream(&text, &size);
    gap_store_dump(world->store, out, &error);
    assert_no_error(error);
    fclose(out);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}

/** Fails with the first finding of the consistency queries. */
static inline void world_check(const World *world) {
    GError *error = NULL;
    g_autoptr(GapTable) found = gap_store_check(world->store, &error);
    assert_no_error(error);
    if (gap_table_rows(found))
        fail_msg("%s: %s", gap_table_text(found, 0, 0), gap_table_text(found, 0, 1));
}

#endif
