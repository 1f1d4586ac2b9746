// gapmap doctor: what the program needs of the machine, tried out rather than asked for.
#include "geo/base/error.h"
#include "geo/cli/internal.h"
#include "geo/files/version.h"
#include "geo/shape/project.h"
#include "geo/shape/version.h"
#include "geo/store/version.h"
#include "geo/text/version.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <math.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

bool gap_doctor_line(FILE *out, bool ok, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *safe = gap_printable(text, 2000);
    fprintf(out, "%-7s  %s\n", ok ? "ok" : "problem", safe);
    return ok;
}

static bool check_versions(FILE *out, const GapProgram *program) {
    gap_doctor_line(out, true, "%s %s", program->name, program->version);
    gap_doctor_line(out, true, "%s", gap_files_version());
    gap_doctor_line(out, true, "%s", gap_shape_version());
    gap_doctor_line(out, true, "%s", gap_store_version());
    gap_doctor_line(out, true, "%s", gap_text_version());
    return gap_doctor_line(out, true, "GLib %u.%u.%u, jansson %s", glib_major_version,
                           glib_minor_version, glib_micro_version, jansson_version_str());
}

/** A zone by its EPSG code needs proj.db, of the version that the library was built for. */
static bool check_projection(FILE *out) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapProjection) zone = gap_projection_new("EPSG:32643", &error);
    double xy[2] = {75, 42};
    if (!zone || !gap_projection_forward(zone, xy, 1, &error))
        return gap_doctor_line(
            out, false,
            "projections: %s; install the package proj-data, and unset PROJ_DATA "
            "and PROJ_LIB where they lead to another PROJ",
            error->message);
    // On the central meridian: 500 km east, and 0.9996 of the meridian's arc north.
    bool right = fabs(xy[0] - 500000) < 0.01 && fabs(xy[1] - 4649776.225) < 0.01;
    return gap_doctor_line(out, right,
                           right ? "projections: proj.db is found and fits, a known point is right"
                                 : "projections: 75 E 42 N comes out wrong; reinstall libproj");
}

static bool try_store(const char *path, const GapSchema *schema, GError **error) {
    static const GapStatement round_trip = {
        "doctor.round_trip", "SELECT AsText(GeomFromText('POINT(74.5 42.8)', 4326))"};
    g_autoptr(GapStore) store = gap_store_open(path, GAP_STORE_CREATE, schema, error);
    if (!store)
        return false;
    g_autofree char *text = gap_store_text(store, &round_trip, error, "");
    if (text && strcmp(text, "POINT(74.5 42.8)") == 0)
        return true;
    if (error && *error)
        return false;
    return gap_fail(error, GAP_ERROR_FAILED, "a point came back as %s", text ? text : "nothing");
}

static bool check_store(FILE *out, const GapSchema *schema) {
    if (!schema)
        return true;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("gapmap-XXXXXX", &error);
    if (!folder)
        return gap_doctor_line(out, false, "store: %s; set TMPDIR to a folder that can be written",
                               error->message);
    g_autofree char *path = g_build_filename(folder, "doctor.gapmap", NULL);
    bool good = try_store(path, schema, &error);
    g_unlink(path);
    g_rmdir(folder);
    return good ? gap_doctor_line(out, true, "store: one was made, and a point went in and out")
                : gap_doctor_line(out, false, "store: %s; reinstall libspatialite", error->message);
}

static bool check_folder(FILE *out) {
    const guint64 wanted = 200 << 20;
    struct statvfs disk;
    bool writable = access(".", W_OK) == 0;
    if (!gap_doctor_line(out, writable,
                         writable ? "folder: can be written"
                                  : "folder: cannot be written; results need another folder"))
        return false;
    if (statvfs(".", &disk) != 0)
        return gap_doctor_line(out, false, "disk: it does not say how much is free");
    guint64 left = (guint64)disk.f_bavail * disk.f_frsize;
    g_autofree char *text = g_format_size_full(left, G_FORMAT_SIZE_IEC_UNITS);
    return gap_doctor_line(out, left >= wanted, "disk: %s free%s", text,
                           left >= wanted ? "" : "; make room, 200 MiB are wanted");
}

static bool check_locale(FILE *out) {
    const char *charset = NULL;
    bool utf8 = g_get_charset(&charset);
    return gap_doctor_line(out, utf8, "locale: %s%s", charset,
                           utf8 ? "" : "; names need UTF-8: export LC_ALL=C.UTF-8");
}

static bool check_all(FILE *out, const GapProgram *program) {
    bool good = check_versions(out, program);
    good &= check_projection(out);
    good &= check_store(out, program->schema);
    good &= check_folder(out);
    good &= check_locale(out);
    for (size_t i = 0; i < G_N_ELEMENTS(program->checks) && program->checks[i]; i++)
        good &= program->checks[i](out);
    return good;
}

/** The same lines as an array: {"ok": true, "checks": [{"ok": true, "text": "..."}, ...]}. */
static void print_json(FILE *out, const char *text, bool good) {
    json_t *checks = json_array();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (**line)
            json_array_append_new(checks,
                                  json_pack("{s:b, s:s}", "ok", g_str_has_prefix(*line, "ok "),
                                            "text", *line + MIN(strlen(*line), 9)));
    json_t *all = json_pack("{s:b, s:o}", "ok", good, "checks", checks);
    json_dumpf(all, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(all);
}

static int run(GapCall *call, GError **error) {
    (void)error;
    const GapProgram *program = gap_call_program(call);
    FILE *out = gap_call_out(call);
    char *text = NULL;
    size_t size;
    FILE *lines = gap_call_json(call) ? open_memstream(&text, &size) : out;
    if (!lines)
        g_error("no memory for the doctor's lines");
    bool good = check_all(lines, program);
    if (lines != out) {
        fclose(lines);
        print_json(out, text, good);
        free(text);
    }
    return good ? GAP_EXIT_DONE : GAP_EXIT_FAILED;
}

const GapCommand GAP_CMD_DOCTOR = {
    "doctor", NULL, "check that this machine has what the program needs", 0, 0, NULL, run};
