#include "geo/files/shapefile.h"

#include <cpl_vsi.h>
#include <string.h>

#include "geo/base/error.h"

// The file of that ending beside the .shp, in small or capital letters as GDAL looks for it.
static char *find_beside(const GapInput *input, const char *ending) {
    const size_t stem = (size_t)(strrchr(input->path, '.') - input->path) + 1;
    for (int capital = 0; capital < 2; capital++) {
        g_autofree char *letters = capital ? g_ascii_strup(ending, -1) : g_strdup(ending);
        g_autofree char *name = g_strdup_printf("%.*s%s", (int)stem, input->path, letters);
        VSIStatBufL info;
        if (VSIStatL(name, &info) == 0)
            return g_steal_pointer(&name);
    }
    return NULL;
}

static guint32 u32_at(const guint8 *p, bool big) {
    guint32 value;
    memcpy(&value, p, sizeof value);
    return big ? GUINT32_FROM_BE(value) : GUINT32_FROM_LE(value);
}

// Both headers tell the length: of a .shp in words at byte 24 (ESRI white paper, 1998, table 1), of
// a .dbf as rows at byte 4, header at 8 and row at 10.
static guint64 stated_length(const guint8 *head, bool dbf) {
    if (!dbf)
        return 2 * (guint64)u32_at(head + 24, true);
    const guint64 header = head[8] | (guint64)head[9] << 8, row = head[10] | (guint64)head[11] << 8;
    return header + row * u32_at(head + 4, false);
}

static bool check_length(const GapInput *input, const char *path, bool dbf, GError **error) {
    guint8 head[32] = {0};
    VSILFILE *file = VSIFOpenL(path, "rb");
    const size_t n = file ? VSIFReadL(head, 1, sizeof head, file) : 0;
    const guint64 length = file && VSIFSeekL(file, 0, SEEK_END) == 0 ? VSIFTellL(file) : 0;
    if (file)
        VSIFCloseL(file);
    const guint64 stated = n < sizeof head ? G_MAXUINT64 : stated_length(head, dbf);
    if (length >= stated)
        return true;
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: its %s is cut off (it has %" G_GUINT64_FORMAT " bytes and should have "
                    "more): get it again from where it came",
                    input->shown, dbf ? ".dbf" : ".shp", length);
}

bool gap_shapefile_check(const GapInput *input, GError **error) {
    if (gap_format_ends(input->path, "dbf"))
        return check_length(input, input->path, true, error);
    if (!gap_format_ends(input->path, "shp"))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: is a shapefile by its content, but not by its name: call it .shp, and "
                        "its .dbf, .shx and .prj alike",
                        input->shown);
    g_autofree char *shx = find_beside(input, "shx"), *dbf = find_beside(input, "dbf");
    if (!shx)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: no .shx lies beside it: a shapefile is several files called alike "
                        "(.shp, .shx, .dbf, .prj): put them into one folder",
                        input->shown);
    if (!dbf)
        gap_input_note(input, "no .dbf lies beside the .shp: rows have outlines and no fields");
    return check_length(input, input->path, false, error) &&
           (!dbf || check_length(input, dbf, true, error));
}
