#include "geo/files/reader.h"

#include <string.h>

#include "geo/base/error.h"
#include "geo/files/archive.h"
#include "geo/files/gdal.h"
#include "geo/files/input.h"
#include "geo/files/ogr_read.h"
#include "geo/files/sheet.h"

struct GapReader {
    char *path, *shown, *layer, *encoding, *crs;
    GapBox expected;
    GapReadOptions options; // of the strings above
    GPtrArray *notes;
    GapSheet *sheet;
    GapOgr *ogr;
};

void gap_input_note(const GapInput *input, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_ptr_array_add(input->notes, g_strdup_vprintf(format, args));
    va_end(args);
}

static GapReader *new_reader(const char *path, const GapReadOptions *options) {
    GapReader *r = g_new0(GapReader, 1);
    r->notes = g_ptr_array_new_with_free_func(g_free);
    r->shown = gap_printable(path, 300);
    if (!options)
        return r;
    r->options = *options;
    r->options.layer = r->layer = g_strdup(options->layer);
    r->options.encoding = r->encoding = g_strdup(options->encoding);
    r->options.crs = r->crs = g_strdup(options->crs);
    if (options->expected) {
        r->expected = *options->expected;
        r->options.expected = &r->expected;
    }
    return r;
}

// The archive gives way to the layer in it.
static bool enter_archive(GapReader *r, GapInput *input, GError **error) {
    if (!r->options.archive)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: is an archive: add --archive to read the layer in it, or unpack it",
                        r->shown);
    char *inside = gap_archive_find(r->path, r->shown, &r->options.layer, error);
    if (!inside)
        return false;
    g_free(r->path);
    r->path = inside;
    input->path = inside;
    g_autofree char *member = gap_printable(strchr(inside, '}') + 2, 100);
    gap_input_note(input, "%s read from the archive", member);
    return gap_format_find(inside, r->shown, &input->format, error) &&
           (input->format > GAP_FORMAT_ARCHIVE ||
            gap_fail(error, GAP_ERROR_INPUT,
                     "%s: what lies in the archive is no map layer: unpack it first", r->shown));
}

static bool open_path(GapReader *r, const char *path, GError **error) {
    r->path = gap_gdal_path(path, error);
    if (!r->path)
        return false;
    GapInput input = {r->path, r->shown, &r->options, r->notes, GAP_FORMAT_SHEET};
    if (!gap_format_find(r->path, r->shown, &input.format, error) ||
        (input.format != GAP_FORMAT_SHEET && !gap_gdal_check_beside(r->path, r->shown, error)) ||
        (input.format == GAP_FORMAT_ARCHIVE && !enter_archive(r, &input, error)))
        return false;
    if (input.format == GAP_FORMAT_SHEET)
        return (r->sheet = gap_sheet_open(r->path, r->shown, &r->options, r->notes, error)) != NULL;
    return (r->ogr = gap_ogr_open(&input, error)) != NULL;
}

GapReader *gap_reader_open(const char *path, const GapReadOptions *options, GError **error) {
    g_autoptr(GapReader) reader = new_reader(path, options);
    return open_path(reader, path, error) ? g_steal_pointer(&reader) : NULL;
}

void gap_reader_free(GapReader *r) {
    if (!r)
        return;
    gap_ogr_free(r->ogr);
    gap_sheet_free(r->sheet);
    g_ptr_array_unref(r->notes);
    g_free(r->path);
    g_free(r->shown);
    g_free(r->layer);
    g_free(r->encoding);
    g_free(r->crs);
    g_free(r);
}

GapTable *gap_reader_next(GapReader *r, GError **error) {
    return r->ogr ? gap_ogr_next(r->ogr, error) : gap_sheet_next(r->sheet, error);
}

gint64 gap_reader_row(const GapReader *r, size_t i) {
    return r->ogr ? gap_ogr_row(r->ogr, i) : gap_sheet_row(r->sheet, i);
}

const char *gap_reader_fault(const GapReader *r, size_t i) {
    return r->ogr ? gap_ogr_fault(r->ogr, i) : gap_sheet_fault(r->sheet, i);
}

gint64 gap_reader_left_out(const GapReader *r) {
    return r->sheet ? gap_sheet_left_out(r->sheet) : 0;
}

GPtrArray *gap_reader_notes(const GapReader *r) {
    return r->notes;
}
