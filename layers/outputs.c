#include "layers/outputs.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"

#include <errno.h>
#include <sys/stat.h>

static const GapStatement FIND = {
    "output.find",
    "SELECT count(*) FROM output WHERE path = ? AND made_from = ? AND size = ? AND made_at = ?"};
static const GapStatement WRITE = {
    "output.write",
    "INSERT OR REPLACE INTO output (path, made_from, size, made_at) VALUES (?, ?, ?, ?)"};

static char *changed_at(const struct stat *info) {
    return g_strdup_printf("%lld.%09ld", (long long)info->st_mtim.tv_sec, info->st_mtim.tv_nsec);
}

bool gap_output_spares_store(GapStore *store, const char *path, GError **error) {
    static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
    bool same = false;
    for (size_t i = 0; !same && i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *beside = g_strconcat(gap_store_path(store), endings[i], NULL);
        same = gap_file_is_same(path, beside);
    }
    return !same || gap_fail(error, GAP_ERROR_USAGE,
                             "%s is the store: give what is written a name of its own", path);
}

bool gap_output_fresh(GapStore *store, const char *path, const char *made_from) {
    struct stat info;
    if (stat(path, &info) != 0)
        return false;
    g_autofree char *at = changed_at(&info);
    return gap_store_number(store, &FIND, 0, NULL, "ssis", path, made_from, (gint64)info.st_size,
                            at) > 0;
}

bool gap_output_record(GapStore *store, const char *path, const char *made_from, GError **error) {
    struct stat info;
    if (stat(path, &info) != 0)
        return gap_fail(error, GAP_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
    g_autofree char *at = changed_at(&info);
    return gap_store_run(store, &WRITE, error, "ssis", path, made_from, (gint64)info.st_size, at);
}
