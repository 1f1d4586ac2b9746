#include "tests/world_fixture.h"

#include "layers/outputs.h"

#include <fcntl.h>
#include <sys/stat.h>

static int set_up(void **state) {
    (void)state;
    world = world_empty();
    world_open(&world);
    return 0;
}

static void only_what_is_as_it_was_is_fresh(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = world_file(&world, "out.png", "picture", -1);
    assert_false(gap_output_fresh(world.store, path, "a"));
    assert_true(gap_output_record(world.store, path, "a", &error));
    assert_true(gap_output_fresh(world.store, path, "a"));
    assert_false(gap_output_fresh(world.store, path, "b"));

    // Another size, another time to the nanosecond, gone: made again.
    struct stat before;
    assert_int_equal(stat(path, &before), 0);
    struct timespec times[] = {before.st_atim, before.st_mtim};
    assert_true(g_file_set_contents(path, "pictures", -1, NULL));
    utimensat(AT_FDCWD, path, times, 0);
    assert_false(gap_output_fresh(world.store, path, "a"));
    assert_true(g_file_set_contents(path, "PICTURE", -1, NULL));
    utimensat(AT_FDCWD, path, times, 0);
    assert_true(gap_output_fresh(world.store, path, "a"));
    times[1].tv_nsec = (times[1].tv_nsec + 1) % 1000000000;
    utimensat(AT_FDCWD, path, times, 0);
    assert_false(gap_output_fresh(world.store, path, "a"));
    assert_true(gap_output_record(world.store, path, "b", &error));
    assert_true(gap_output_fresh(world.store, path, "b"));
    assert_false(gap_output_fresh(world.store, path, "a"));
    g_remove(path);
    assert_false(gap_output_fresh(world.store, path, "b"));
    assert_false(gap_output_record(world.store, path, "b", &error));
    assert_error_says(error, "out.png: No such file");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_is_as_it_was_is_fresh, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
