#include "geo/files/gdal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <gdal.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/error.h"
#include "geo/files/atomic.h"

// GDAL exports these with C linkage, but declares them in a C++ header only.
void RegisterOGRShape(void);
void RegisterOGRLIBKML(void);
void RegisterOGRGeoJSON(void);
void RegisterOGRGeoJSONSeq(void);
void RegisterOGRGeoPackage(void);
void RegisterOGRFlatGeobuf(void);
void RegisterOGRXLSX(void);
void RegisterOGRXLS(void);
void RegisterOGRMEM(void);
void RegisterOGRODS(void);
void RegisterOGROSM(void);

// A dozen drivers instead of some two hundred: a fast start, and what is not there cannot be
// tricked.
static void start(void) {
    static gsize started;
    if (!g_once_init_enter(&started))
        return;
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "1000"); // MB; json_scan.h is stricter
    CPLSetConfigOption("CPL_ZIP_ENCODING", "CP866");        // of names that are not marked as UTF-8
    OSRSetPROJEnableNetwork(FALSE);
    GDALRegister_MEM();
    GDALRegister_GTiff();
    GDALRegister_COG();
    GDALRegister_AAIGrid();
    GDALRegister_SRTMHGT();
    GDALRegister_PNG();
    GDALRegister_JPEG();
    RegisterOGRGeoJSON();
    RegisterOGRGeoJSONSeq();
    RegisterOGRGeoPackage();
    RegisterOGRShape();
    RegisterOGRFlatGeobuf();
    RegisterOGRLIBKML();
    RegisterOGRXLSX();
    RegisterOGRXLS();
    RegisterOGRMEM();
    RegisterOGRODS();
    RegisterOGROSM();
    g_once_init_leave(&started, 1);
}

static void hear(CPLErr class, CPLErrorNum number, const char *text) {
    (void)number;
    GapGdalEar *ear = CPLGetErrorHandlerUserData();
    const bool failure = class >= CE_Failure;
    if (class < CE_Warning || (ear->failed && !failure))
        return;
    ear->failed |= failure;
    g_free(ear->message);
    ear->message = g_strdup(text);
}

void gap_gdal_listen(GapGdalEar *ear) {
    start();
    CPLPushErrorHandlerEx(hear, ear);
    ear->listening = true;
}

void gap_gdal_ear_clear(GapGdalEar *ear) {
    if (ear->listening)
        CPLPopErrorHandler();
    g_free(ear->message);
    *ear = (GapGdalEar){0};
}

bool gap_gdal_fail(const GapGdalEar *ear, const char *path, const char *what, const char *remedy,
                   GError **error) {
    g_autofree char *said = ear->message ? gap_printable(ear->message, 200) : NULL;
    return gap_fail(error, GAP_ERROR_INPUT, "%s: %s%s%s%s: %s", path, what, said ? " (" : "",
                    said ? said : "", said ? ")" : "", remedy);
}

char *gap_gdal_path(const char *path, GError **error) {
    const goffset limit = G_GOFFSET_CONSTANT(2) << 30;
    struct stat info;
    const char *why = NULL;
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    if (stat(absolute, &info) != 0)
        why = errno == ENOENT || errno == ENOTDIR ? "there is no such file: check the name"
                                                  : g_strerror(errno);
    else if (!S_ISREG(info.st_mode) || g_str_has_prefix(absolute, "/vsi"))
        why = "it is not a regular file: give the name of a file on this computer";
    else if (info.st_size == 0)
        why = "the file is empty: get it again from where it came";
    else if (info.st_size > limit)
        why = "the file is larger than 2 GiB: cut it to the country first";
    if (!why)
        return g_steal_pointer(&absolute);
    g_autofree char *shown = gap_printable(path, 200);
    gap_fail(error, GAP_ERROR_INPUT, "%s: %s", shown, why);
    return NULL;
}

bool gap_gdal_check_beside(const char *path, const char *shown, GError **error) {
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *base = g_path_get_basename(path);
    const char *dot = strrchr(base, '.');
    const size_t stem = dot ? (size_t)(dot - base) : strlen(base);
    g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);
    const char *name;
    while (names && (name = g_dir_read_name(names))) {
        struct stat info;
        g_autofree char *full = g_build_filename(folder, name, NULL);
        if (!strncmp(name, base, stem) && strchr(".-", name[stem]) && stat(full, &info) == 0 &&
            !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) {
            g_autofree char *printable = gap_printable(name, 100);
            return gap_fail(error, GAP_ERROR_INPUT,
                            "%s: %s beside it is not a regular file: move it away", shown,
                            printable);
        }
    }
    return true;
}

char *gap_gdal_memory_name(const char *ending) {
    static gint count;
    return g_strdup_printf("/vsimem/gapmap-%d%s", g_atomic_int_add(&count, 1), ending);
}

bool gap_gdal_save(const char *memory_name, const char *path, GError **error) {
    vsi_l_offset length;
    const GByte *data = VSIGetMemFileBuffer(memory_name, &length, FALSE);
    if (!data)
        return gap_fail(error, GAP_ERROR_FAILED, "%s: nothing was made to write", path);
    return gap_atomic_write(path, data, (size_t)length, error);
}
