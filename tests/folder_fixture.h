/** A folder of its own for tests that make files; gone with all in it when they are done. */
#ifndef GAP_TESTS_FOLDER_FIXTURE_H
#define GAP_TESTS_FOLDER_FIXTURE_H

#include "tests/check.h"

#include <glib/gstdio.h>

static char *folder;

static inline int set_up_folder(void **state) {
    (void)state;
    folder = g_dir_make_tmp("gapmap-XXXXXX", NULL);
    return folder ? 0 : -1;
}

static inline void empty_folder(const char *path) {
    g_autoptr(GDir) names = g_dir_open(path, 0, NULL);
    for (const char *name; names && (name = g_dir_read_name(names));) {
        g_autofree char *full = g_build_filename(path, name, NULL);
        if (g_file_test(full, G_FILE_TEST_IS_DIR))
            empty_folder(full);
        g_remove(full);
    }
}

static inline int tear_down_folder(void **state) {
    (void)state;
    empty_folder(folder);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

#endif
