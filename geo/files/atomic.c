#include "geo/files/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/error.h"

static const char *remedy(int code) {
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return "make room on the disk";
    case EACCES:
    case EPERM:
    case EROFS:
        return "choose a folder that you may write to";
    case ENAMETOOLONG:
        return "choose a shorter name";
    case ENOENT: // it was there, or made, before anything was written
        return "its folder is gone; do that again, or choose another place";
    default:
        return "choose another place";
    }
}

static bool cannot_write(GError **error, const char *path, int code) {
    return gap_fail(error, GAP_ERROR_FAILED, "%s: cannot be written (%s): %s", path,
                    g_strerror(code), remedy(code));
}

static bool ready_folder(const char *path, GError **error) {
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0777) != 0)
        return cannot_write(error, path, errno);
    // By the effective user, as the write itself will be judged.
    if (eaccess(folder, W_OK | X_OK) != 0)
        return cannot_write(error, path, errno);
    struct stat target;
    if (stat(path, &target) == 0 && !S_ISREG(target.st_mode))
        return gap_fail(error, GAP_ERROR_FAILED,
                        "%s: exists and is not a file: choose another name", path);
    return true;
}

char *gap_atomic_begin(const char *path, GError **error) {
    if (!*path || g_str_has_suffix(path, "/")) {
        gap_fail(error, GAP_ERROR_USAGE, "'%s' is not the name of a file: add one", path);
        return NULL;
    }
    if (!ready_folder(path, error))
        return NULL;
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *base = g_path_get_basename(path);
    const char *ending = strrchr(base, '.');
    for (;;) {
        g_autofree char *name = g_strdup_printf(".gapmap-%08x%s", g_random_int(),
                                                ending && ending != base ? ending : "");
        g_autofree char *aside = g_build_filename(folder, name, NULL);
        if (!g_file_test(aside, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&aside);
    }
}

// A rename is only as lasting as what it renames and the folder that records it.
static bool flush(const char *path) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool flushed = fsync(fd) == 0;
    const int code = errno;
    close(fd);
    errno = code;
    return flushed;
}

bool gap_atomic_commit(const char *aside, const char *path, GError **error) {
    g_autofree char *folder = g_path_get_dirname(path);
    if (!flush(aside) || g_rename(aside, path) != 0) {
        const int code = errno;
        gap_atomic_abort(aside);
        return cannot_write(error, path, code);
    }
    // The file is whole and in its place; some file systems cannot flush a folder.
    flush(folder);
    return true;
}

void gap_atomic_abort(const char *aside) {
    static const char *const beside[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < G_N_ELEMENTS(beside); i++) {
        g_autofree char *name = g_strconcat(aside, beside[i], NULL);
        g_unlink(name);
    }
}

static bool write_all(const char *path, const char *data, size_t length) {
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return false;
    ssize_t n = 0;
    while (length > 0 && (n = write(fd, data, length)) >= 0)
        data += n, length -= (size_t)n;
    const int code = errno;
    const bool closed = close(fd) == 0;
    if (n < 0)
        errno = code;
    return n >= 0 && closed;
}

bool gap_atomic_write(const char *path, const void *data, size_t length, GError **error) {
    g_autofree char *aside = gap_atomic_begin(path, error);
    if (!aside)
        return false;
    if (!write_all(aside, data, length)) {
        const int code = errno;
        gap_atomic_abort(aside);
        return cannot_write(error, path, code);
    }
    return gap_atomic_commit(aside, path, error);
}

static bool digest(int fd, GChecksum *sum) {
    enum { CHUNK = 1 << 16 };
    g_autofree guchar *buffer = g_malloc(CHUNK);
    ssize_t n;
    while ((n = read(fd, buffer, CHUNK)) > 0)
        g_checksum_update(sum, buffer, n);
    return n == 0;
}

char *gap_file_stem(const char *path) {
    char *stem = g_path_get_basename(path);
    char *dot = strrchr(stem, '.');
    if (dot && dot != stem)
        *dot = '\0';
    return stem;
}

bool gap_file_is_same(const char *a, const char *b) {
    GStatBuf x, y;
    g_autofree char *one = g_canonicalize_filename(a, NULL),
                    *other = g_canonicalize_filename(b, NULL);
    return g_str_equal(one, other) || (g_stat(a, &x) == 0 && g_stat(b, &y) == 0 &&
                                       x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

char *gap_file_sha256(const char *path, GError **error) {
    // O_NONBLOCK: a named pipe must not make us wait before we see that it is one.
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat info;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *why = NULL;
    if (fd < 0 || fstat(fd, &info) != 0)
        why = g_strerror(errno);
    else if (!S_ISREG(info.st_mode))
        why = "it is not a regular file";
    else if (!digest(fd, sum))
        why = g_strerror(errno);
    if (fd >= 0)
        close(fd);
    if (!why)
        return g_strdup(g_checksum_get_string(sum));
    gap_fail(error, GAP_ERROR_INPUT, "%s: cannot be read (%s): check the name and its rights", path,
             why);
    return NULL;
}
