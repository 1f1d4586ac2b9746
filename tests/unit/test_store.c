#include "tests/world_fixture.h"

#include "geo/base/error.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

static int set_up(void **state) {
    (void)state;
    world = world_empty();
    return 0;
}

static GapStore *open_as(const char *name, GapStoreMode mode, GError **error) {
    g_autofree char *path = world_path(&world, name);
    return gap_store_open(path, mode, gap_layers_schema(), error);
}

static sqlite3 *plain(const char *name) {
    g_autofree char *path = world_path(&world, name);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    return db;
}

static void exec(sqlite3 *db, const char *sql) {
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void assert_only(const char *name) {
    g_autoptr(GDir) dir = g_dir_open(world.folder, 0, NULL);
    for (const char *found; (found = g_dir_read_name(dir));)
        if (g_strcmp0(found, name) != 0)
            fail_msg("'%s' was left behind", found);
}

static void a_store_is_there_complete_or_not_at_all(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(open_as("a.gapmap", GAP_STORE_WRITE, &error));
    assert_int_equal(error->code, GAP_ERROR_MISSING);
    assert_error_says(error, "a.gapmap: no such store; make it with 'gapmap init ");
    assert_only(NULL);

    // A schema that fails on the way leaves nothing.
    static const GapMigration steps[] = {{"1.sql", "CREATE TABLE a (b); SELECT 1;"},
                                         {"2.sql", "CREATE TABLE c (d); SELECT 0;"}};
    static const GapMigration wrong[] = {{"1.sql", "CREATE TABLE a (b)"}, {"2.sql", "CREATE a"}};
    const GapMigration *const bad[] = {steps, wrong};
    static const char *const says[] = {"/a.gapmap: 2.sql: refused:  SELECT 0",
                                       "/a.gapmap: 2.sql: near \"a\""};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        const GapSchema schema = {bad[i], 2, ""};
        g_autofree char *path = world_path(&world, "a.gapmap");
        assert_null(gap_store_open(path, GAP_STORE_CREATE, &schema, &error));
        assert_error_says(error, says[i]);
        assert_only(NULL);
    }

    g_autoptr(GapStore) store = open_as("a.gapmap", GAP_STORE_CREATE, &error);
    assert_no_error(error);
    assert_only("a.gapmap");
    // It is an ordinary SpatiaLite database that any other program opens.
    sqlite3 *db = plain("a.gapmap");
    exec(db, "SELECT f_geometry_column FROM geometry_columns WHERE f_table_name = 'area'");
    sqlite3_close(db);
}

static void other_files_are_refused_and_left_alone(void **state) {
    (void)state;
    static const struct {
        const char *sql; // NULL: a text file
        int code;
        const char *says;
    } cases[] = {
        {NULL, GAP_ERROR_INPUT, "x: not a gapmap store; give another --store"},
        {"CREATE TABLE a (b)", GAP_ERROR_INPUT, "x: a database, but not one of gapmap's"},
        {"PRAGMA application_id = 1195462733; PRAGMA user_version = 999", GAP_ERROR_NEWER,
         "x: made by a newer gapmap (schema 999, this one knows "},
        {"PRAGMA application_id = 1195462733; PRAGMA user_version = -1", GAP_ERROR_INPUT,
         "x: damaged"},
        {"PRAGMA application_id = 1195462733; CREATE TABLE a (b)", GAP_ERROR_INPUT, "x: damaged"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = world_file(&world, "x", cases[i].sql ? "" : "SQLite, but text", -1);
        if (cases[i].sql) {
            sqlite3 *db = plain("x");
            exec(db, cases[i].sql);
            sqlite3_close(db);
        }
        g_autofree char *before = NULL, *after = NULL;
        gsize n, m;
        assert_true(g_file_get_contents(path, &before, &n, NULL));
        for (int mode = GAP_STORE_READ; mode <= GAP_STORE_CREATE; mode++) {
            g_autoptr(GError) error = NULL;
            assert_null(open_as("x", (GapStoreMode)mode, &error));
            assert_int_equal(error->code, cases[i].code);
            assert_error_says(error, cases[i].says);
        }
        assert_true(g_file_get_contents(path, &after, &m, NULL));
        assert_int_equal(n, m);
        assert_memory_equal(before, after, n);
        g_remove(path);
    }
    assert_only(NULL);
    g_autofree char *dir = world_path(&world, "x");
    g_autoptr(GError) error = NULL;
    assert_int_equal(g_mkdir(dir, 0700), 0);
    assert_null(open_as("x", GAP_STORE_CREATE, &error));
    assert_error_says(error, "x: ");
}

static void folders_are_made_or_the_reason_is_given(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapStore) store = open_as("deep/er/a.gapmap", GAP_STORE_CREATE, &error);
    assert_no_error(error);
    assert_non_null(store);
    g_autofree char *file = world_file(&world, "file", "x", -1);
    assert_null(open_as("file/a.gapmap", GAP_STORE_CREATE, &error));
    assert_error_says(error, "file: the folder cannot be made");
}

/* Root may write anywhere, so what a plain user meets is tried as one. */
static void in_child(void (*work)(void)) {
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(2);
        work();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static GapStore *check_says(const char *name, GapStoreMode mode, const char *part) {
    GError *error = NULL;
    GapStore *store = open_as(name, mode, &error);
    if (part ? store || !strstr(error->message, part) : !store) {
        fprintf(stderr, "%s: '%s', not '%s'\n", name, error ? error->message : "fine",
                part ? part : "fine");
        _exit(1);
    }
    g_clear_error(&error);
    return store;
}

static void try_read_only(void) {
    check_says("ro/new.gapmap", GAP_STORE_CREATE,
               "ro/new.gapmap: cannot be opened: unable to open database file; the file or its "
               "folder cannot be written: check its permissions");
    check_says("ro/a.gapmap", GAP_STORE_WRITE,
               "a.gapmap: the store is read-only: check its permissions, or copy it");
    GapStore *store = check_says("ro/a.gapmap", GAP_STORE_READ, NULL);
    if (gap_store_number(store, world_sql("SELECT count(*) FROM area"), -1, NULL, "") != 0)
        _exit(1);
    gap_store_close(store);
}

static void read_only_is_told_and_can_be_read(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapStore) store = open_as("ro/a.gapmap", GAP_STORE_CREATE, &error);
    assert_no_error(error);
    g_autofree char *folder = world_path(&world, "ro");
    g_autofree char *path = world_path(&world, "ro/a.gapmap");
    g_chmod(world.folder, 0755);
    g_chmod(path, 0444);
    g_chmod(folder, 0555);
    in_child(try_read_only);
}

static void a_busy_store_is_told(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapStore) store = open_as("a.gapmap", GAP_STORE_CREATE, &error);
    assert_no_error(error);
    sqlite3 *other = plain("a.gapmap");
    exec(other, "BEGIN EXCLUSIVE");
    assert_false(gap_store_begin(store, &error));
    assert_error_says(error, "another program has the store open: close it and try again");
    // One that cannot even be looked into is busy, not foreign.
    assert_null(open_as("a.gapmap", GAP_STORE_READ, &error));
    assert_error_says(error, "another program has the store open: close it and try again");
    exec(other, "ROLLBACK");
    sqlite3_close(other);
    assert_true(gap_store_begin(store, &error));
}

static void statements_bind_and_never_format(void **state) {
    (void)state;
    world_open(&world);
    GError *error = NULL;
    gap_store_run(world.store, world_sql("CREATE TABLE t (a TEXT, b INTEGER, c REAL)"), &error, "");
    const char *hostile = "'); DROP TABLE t; --\"\\ <b>&";
    gap_store_run(world.store, world_sql("INSERT INTO t VALUES (?, ?, ?)"), &error, "sid", hostile,
                  G_MAXINT64, (double)NAN);
    assert_no_error(error);
    g_autofree char *text = world_text(&world, "SELECT a FROM t");
    assert_string_equal(text, hostile);
    assert_true(world_number(&world, "SELECT c IS NULL FROM t") == 1);
    assert_true(world_number(&world, "SELECT c FROM t") == -1);
    assert_false(gap_store_run(world.store, world_sql("INSERT INTO t VALUES (?, 1, 1)"), &error,
                               "s", "\xff"));
    assert_error_says(error, "not UTF-8");
    assert_false(
        gap_store_run(world.store, world_sql("INSERT INTO nowhere VALUES (1)"), &error, ""));
    assert_error_says(error, "no such table");
    // A column that starts with nulls has the type of what comes later.
    world_run(&world, "DELETE FROM t");
    world_run(&world, "INSERT INTO t VALUES (NULL, NULL, NULL), ('x', 7, 0.5)");
    g_autoptr(GapTable) table = gap_store_select(
        world.store, world_sql("SELECT a, b, c FROM t ORDER BY rowid"), &error, "");
    assert_no_error(error);
    assert_int_equal(gap_table_int(table, 1, 1), 7);
    assert_near(gap_table_real(table, 1, 2), 0.5, 0);
    assert_true(gap_table_is_null(table, 0, 1));
}

static void what_is_not_committed_is_gone(void **state) {
    (void)state;
    world = (world_close(&world), world_new(true));
    g_autofree char *before = world_dump(&world);
    g_autofree char *path = g_strdup(gap_store_path(world.store));
    gap_store_close(world.store);
    world.store = NULL;
    const pid_t child = fork();
    if (child == 0) {
        GapStore *store = gap_store_open(path, GAP_STORE_WRITE, gap_layers_schema(), NULL);
        gap_store_begin(store, NULL);
        gap_store_run(store, world_sql("DELETE FROM area_name"), NULL, "");
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
    world_open(&world);
    g_autofree char *after = world_dump(&world);
    assert_string_equal(before, after);
}

static const char *const LAKES = "name_en,geom\nBig," BOX_A1 "\nSmall," BOX_A2 "\n";
static const char *const RIVERS = "name_en,geom\nLong,\"LINESTRING(70 40,71 41)\"\n";
static const char *const POINTS = "code,kind,status,precision,lon,lat\nP1,station,open,exact,70.1,"
                                  "40.1\nP0,point,open,exact,70.7,40.2\n";
static const char *const MORE = "code,kind,status,precision,lon,lat\nM1,point,open,exact,71.1,40\n";

static void load_in_order(World *into, const char *order) {
    for (; *order; order++)
        switch (*order) {
        case 'l':
            world_load(into, "lakes", "lakes.csv", LAKES);
            break;
        case 'r':
            world_load(into, "rivers", "rivers.csv", RIVERS);
            break;
        case 'p':
            world_load(into, "police_points", "points.csv", POINTS);
            break;
        case 'm':
            world_load(into, "police_points", "more.csv", MORE);
            break;
        case 'x': // something else under the same name, to be replaced
            world_load(into, "police_points", "points.csv", MORE);
            break;
        }
}

/* Paths are what the caller gave: here relative, as a recipe has them. */
static void the_same_sources_make_the_same_store(void **state) {
    (void)state;
    static const char *const orders[] = {"lrpm", "mprl", "rlmpl", "xpmrl", "pprrllmm"};
    g_autofree char *home = g_get_current_dir();
    g_autofree char *first = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        World one = world_empty();
        assert_int_equal(g_chdir(one.folder), 0);
        g_autofree char *folder = one.folder;
        one.folder = g_strdup(".");
        world_open(&one);
        world_load(&one, "boundaries", "provinces.csv", PROVINCES);
        world_load(&one, "boundaries", "municipalities.csv", MUNICIPALITIES);
        load_in_order(&one, orders[i]);
        g_autofree char *dump = world_dump(&one);
        assert_int_equal(g_chdir(home), 0);
        g_free(one.folder);
        one.folder = g_steal_pointer(&folder);
        world_close(&one);
        if (first && !g_str_equal(dump, first))
            fail_msg("the order %s makes another store:\n%s\nnot\n%s", orders[i], dump, first);
        g_free(first);
        first = g_steal_pointer(&dump);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_store_is_there_complete_or_not_at_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_files_are_refused_and_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders_are_made_or_the_reason_is_given, set_up, tear_down),
        cmocka_unit_test_setup_teardown(read_only_is_told_and_can_be_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_busy_store_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(statements_bind_and_never_format, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_committed_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_sources_make_the_same_store, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
