#include "tests/folder_fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/files/atomic.h"

static int files_in(const char *path) {
    int n = 0;
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    while (dir && g_dir_read_name(dir))
        n++;
    return n;
}

static void bytes_are_written_whole(void **state) {
    (void)state;
    static const struct {
        const char *data;
        size_t length;
    } cases[] = {{"", 0}, {"hello", 5}, {"a\0b", 3}, {"shorter", 7}};
    g_autofree char *path = g_build_filename(folder, "file.txt", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_true(gap_atomic_write(path, cases[i].data, cases[i].length, &error));
        g_autofree char *got = NULL;
        gsize length;
        assert_true(g_file_get_contents(path, &got, &length, NULL));
        assert_int_equal(length, cases[i].length);
        assert_memory_equal(got, cases[i].data, length);
        assert_int_equal(files_in(folder), 1);
    }
}

static void aside_keeps_folder_and_ending(void **state) {
    (void)state;
    static const struct {
        const char *name, *ending;
    } cases[] = {
        {"map.gpkg", ".gpkg"}, {"a.b.geojson", ".geojson"}, {"plain", ""}, {".hidden", ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_build_filename(folder, cases[i].name, NULL);
        g_autofree char *aside = gap_atomic_begin(path, NULL);
        g_autofree char *base = g_path_get_basename(aside);
        g_autofree char *beside = g_path_get_dirname(aside);
        assert_string_equal(beside, folder);
        assert_true(g_str_has_prefix(base, ".gapmap-"));
        assert_true(g_str_has_suffix(base, cases[i].ending));
        assert_int_equal(strchr(base + 1, '.') != NULL, *cases[i].ending != '\0');
        assert_int_equal(files_in(folder), 0);
    }
}

static void folders_are_made(void **state) {
    (void)state;
    g_autofree char *deep = g_build_filename(folder, "a", "b", NULL);
    g_autofree char *path = g_build_filename(deep, "x.txt", NULL);
    assert_true(gap_atomic_write(path, "x", 1, NULL));
    g_unlink(path);
    g_rmdir(deep);
    deep[strlen(deep) - 2] = '\0';
    g_rmdir(deep);
}

static void what_cannot_be_written_is_named(void **state) {
    (void)state;
    g_autofree char *file = g_build_filename(folder, "file", NULL);
    g_autofree char *below = g_build_filename(file, "x", NULL);
    g_autofree char *slash = g_strconcat(folder, "/", NULL);
    g_autofree char *letters = g_strnfill(300, 'x');
    g_autofree char *name = g_build_filename(folder, letters, NULL);
    assert_true(gap_atomic_write(file, "old", 3, NULL));
    const struct {
        const char *path, *says;
    } cases[] = {{below, "cannot be written"},
                 {folder, "not a file"},
                 {slash, "add one"},
                 {"", "add one"},
                 {"/dev/null", "not a file"},
                 {"/proc/x", "/proc/x: cannot be written"},
                 {name, "choose a shorter name"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(gap_atomic_write(cases[i].path, "new", 3, &error));
        assert_error_says(error, cases[i].says);
        assert_int_equal(files_in(folder), 1);
    }
    g_autofree char *gone = g_build_filename(folder, "gone", NULL);
    g_autoptr(GError) error = NULL;
    assert_false(gap_atomic_commit(gone, file, &error));
    assert_error_says(error, "its folder is gone");
    g_autofree char *data = NULL;
    assert_true(g_file_get_contents(file, &data, NULL, NULL));
    assert_string_equal(data, "old");
}

// The super-user may write everywhere, so the test becomes nobody for a moment.
static void read_only_folder_is_named(void **state) {
    (void)state;
    enum { NOBODY = 65534 };
    g_autofree char *path = g_build_filename(folder, "x.txt", NULL);
    g_autoptr(GError) error = NULL;
    assert_return_code(g_chmod(folder, 0555), 0);
    const bool root = geteuid() == 0;
    if (root)
        assert_return_code(seteuid(NOBODY), 0);
    const bool written = gap_atomic_write(path, "x", 1, &error);
    if (root)
        assert_return_code(seteuid(0), 0);
    assert_return_code(g_chmod(folder, 0755), 0);
    assert_false(written);
    assert_error_says(error, "choose a folder that you may write to");
    assert_int_equal(files_in(folder), 0);
}

// A limit on file sizes fails a write half-way, as a full disk does.
static void half_a_write_leaves_the_old_file(void **state) {
    (void)state;
    enum { LIMIT = 1 << 16 };
    g_autofree char *path = g_build_filename(folder, "x.bin", NULL);
    g_autofree char *data = g_malloc0(4 * LIMIT);
    assert_true(gap_atomic_write(path, "old", 3, NULL));
    struct rlimit old;
    getrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){LIMIT, old.rlim_max});
    g_autoptr(GError) error = NULL;
    const bool written = gap_atomic_write(path, data, 4 * LIMIT, &error);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_false(written);
    assert_error_says(error, "x.bin: cannot be written");
    assert_int_equal(files_in(folder), 1);
    g_autofree char *kept = NULL;
    assert_true(g_file_get_contents(path, &kept, NULL, NULL));
    assert_string_equal(kept, "old");
}

static void abort_takes_all_away(void **state) {
    (void)state;
    g_autofree char *path = g_build_filename(folder, "x.gpkg", NULL);
    g_autofree char *aside = gap_atomic_begin(path, NULL);
    g_autofree char *journal = g_strconcat(aside, "-journal", NULL);
    assert_true(g_file_set_contents(aside, "x", 1, NULL));
    assert_true(g_file_set_contents(journal, "x", 1, NULL));
    gap_atomic_abort(aside);
    gap_atomic_abort(aside);
    assert_int_equal(files_in(folder), 0);
}

static void digests_are_known_ones(void **state) {
    (void)state;
    // FIPS 180-4's examples.
    g_autofree char *path = g_build_filename(folder, "abc", NULL);
    assert_true(gap_atomic_write(path, "abc", 3, NULL));
    g_autofree char *abc = gap_file_sha256(path, NULL);
    assert_string_equal(abc, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    g_autofree char *million = g_strnfill(1000000, 'a');
    assert_true(gap_atomic_write(path, million, 1000000, NULL));
    g_autofree char *many = gap_file_sha256(path, NULL);
    assert_string_equal(many, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    g_autofree char *fifo = g_build_filename(folder, "fifo", NULL);
    g_autofree char *none = g_build_filename(folder, "none", NULL);
    assert_return_code(mkfifo(fifo, 0600), 0);
    const struct {
        const char *path, *says;
    } cases[] = {{fifo, "not a regular file"},
                 {folder, "cannot be read"},
                 {"/dev/zero", "not a regular file"},
                 {none, "No such file"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(gap_file_sha256(cases[i].path, &error));
        assert_error_says(error, cases[i].says);
    }
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up_folder, tear_down_folder)

int main(void) {
    g_setenv("LC_ALL", "C", TRUE);
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(bytes_are_written_whole),   WITH_FOLDER(aside_keeps_folder_and_ending),
        WITH_FOLDER(folders_are_made),          WITH_FOLDER(what_cannot_be_written_is_named),
        WITH_FOLDER(read_only_folder_is_named), WITH_FOLDER(half_a_write_leaves_the_old_file),
        WITH_FOLDER(abort_takes_all_away),      WITH_FOLDER(digests_are_known_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
