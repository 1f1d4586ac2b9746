#include "geo/files/ogr_read.h"

#include <gdal.h>
#include <glib/gstdio.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/columns.h"
#include "geo/files/crs.h"
#include "geo/files/dbf_text.h"
#include "geo/files/gdal.h"
#include "geo/files/geopackage.h"
#include "geo/files/json_scan.h"
#include "geo/files/ogr_geometry.h"
#include "geo/files/osm.h"
#include "geo/files/shapefile.h"

enum {
    MAX_ROWS = 10000000,
    MAX_COLUMNS = 1000,
    MAX_TEXT = 1 << 20,
    MAX_KML = 128 << 20, // LIBKML holds the whole file, up to thirteen times over
    BATCH_ROWS = 50000,
    BATCH_BYTES = 32 << 20,
};

struct GapOgr {
    GapInput input;
    GDALDatasetH file;
    OGRLayerH layer;
    GapCrs crs;
    GapDbfText text;       // of a shapefile
    gint64 expected_rows;  // as the look through JSON or a header says; -1: not known
    gint64 before, so_far; // rows before the newest batch, and with it
    size_t bytes;          // of the newest batch
    GHashTable *computed;  // layers of a GeoPackage that are not to be read; or NULL
    GHashTable *faults;    // row of the newest batch -> its fault
    bool ended, complained;
};

static const char *const FORMAT_NAMES[] = {
    [GAP_FORMAT_JSON] = "GeoJSON",
    [GAP_FORMAT_GEOPACKAGE] = "a GeoPackage",
    [GAP_FORMAT_SHAPEFILE] = "a shapefile",
    [GAP_FORMAT_FLATGEOBUF] = "FlatGeobuf",
    [GAP_FORMAT_KML] = "KML",
    [GAP_FORMAT_OSM] = "OpenStreetMap",
};

static GDALDatasetH open_as(const char *path, const char *driver, const char *option) {
    const char *const drivers[] = {driver, NULL};
    const char *const options[] = {option, NULL};
    return GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers,
                      options, NULL);
}

static GDALDatasetH open_json(GapOgr *o, GError **error) {
    GapJsonShape shape;
    if (!gap_json_scan(o->input.path, o->input.shown, &shape, error))
        return NULL;
    o->expected_rows = shape.rows;
    // GDAL takes a sequence behind a byte order mark for a single value.
    g_autofree char *unmarked = g_strdup_printf("/vsisubfile/3,%s", o->input.path);
    return open_as(shape.mark ? unmarked : o->input.path, shape.sequence ? "GeoJSONSeq" : "GeoJSON",
                   shape.sequence ? NULL : "DATE_AS_STRING=YES");
}

static bool check_kml(const GapInput *input, GError **error) {
    VSIStatBufL info;
    return VSIStatL(input->path, &info) != 0 || info.st_size <= MAX_KML ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: a KML file of more than 128 MiB cannot be read: save it as GeoPackage",
                    input->shown);
}

static GDALDatasetH open_geopackage(GapOgr *o, GError **error) {
    g_autofree char *unpacked = NULL;
    const char *path = o->input.path;
    if (g_str_has_prefix(path, "/vsizip/")) {
        path = unpacked = gap_geopackage_unpack(path, o->input.shown, error);
        if (!path)
            return NULL;
    }
    o->computed = gap_geopackage_computed(path, o->input.shown, error);
    GDALDatasetH file = o->computed ? open_as(path, "GPKG", "LIST_ALL_TABLES=NO") : NULL;
    if (unpacked)
        g_unlink(unpacked);
    return file;
}

static GDALDatasetH open_any(GapOgr *o, GError **error) {
    switch (o->input.format) {
    case GAP_FORMAT_JSON:
        return open_json(o, error);
    case GAP_FORMAT_GEOPACKAGE:
        return open_geopackage(o, error);
    case GAP_FORMAT_FLATGEOBUF:
        return open_as(o->input.path, "FlatGeobuf", NULL);
    case GAP_FORMAT_KML:
        return check_kml(&o->input, error) ? open_as(o->input.path, "LIBKML", NULL) : NULL;
    case GAP_FORMAT_SHAPEFILE:
        return gap_shapefile_check(&o->input, error)
                   ? open_as(o->input.path, "ESRI Shapefile", "ENCODING=")
                   : NULL;
    case GAP_FORMAT_OSM:
        return gap_osm_open(&o->input, &o->layer, error);
    case GAP_FORMAT_SHEET: // the reader hands these to others
    case GAP_FORMAT_ARCHIVE:
        break;
    }
    return NULL;
}

static bool open_file(GapOgr *o, const GapGdalEar *ear, GError **error) {
    g_autoptr(GError) why = NULL;
    o->file = open_any(o, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (o->file && GDALDatasetGetLayerCount(o->file) > 0)
        return true;
    g_autofree char *what = g_strdup_printf("cannot be read as %s", FORMAT_NAMES[o->input.format]);
    return gap_gdal_fail(ear, o->input.shown, what,
                         "it is cut off or damaged; get it again from where it came", error);
}

static bool is_computed(const GapOgr *o, OGRLayerH layer) {
    g_autofree char *name = g_ascii_strdown(OGR_L_GetName(layer), -1);
    return o->computed && g_hash_table_contains(o->computed, name);
}

static bool has_rows(OGRLayerH layer) {
    OGRFeatureH feature = OGR_L_GetNextFeature(layer);
    OGR_F_Destroy(feature);
    OGR_L_ResetReading(layer);
    return feature != NULL;
}

static OGRLayerH first_with_rows(const GapOgr *o) {
    const int n = GDALDatasetGetLayerCount(o->file);
    for (int i = 0; i < n && n > 1; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(o->file, i);
        if (!is_computed(o, layer) && has_rows(layer))
            return layer;
    }
    return GDALDatasetGetLayer(o->file, 0);
}

// The layers there are but for `left_out` (NULL allowed), ten at most.
static char *layer_names(GDALDatasetH file, OGRLayerH left_out) {
    GString *names = g_string_new(NULL);
    const int n = GDALDatasetGetLayerCount(file);
    for (int i = 0, shown = 0; i < n; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(file, i);
        g_autofree char *one = gap_printable(OGR_L_GetName(layer), 60);
        if (layer != left_out && shown++ < 10)
            g_string_append_printf(names, "%s%s", shown > 1 ? ", " : "", one);
    }
    return g_string_free(g_string_append(names, n > 10 ? ", ..." : ""), FALSE);
}

static bool pick_layer(GapOgr *o, GError **error) {
    const char *name = o->input.options->layer;
    if (o->layer) // where the file has no layers but those that are asked for
        return true;
    o->layer = name ? GDALDatasetGetLayerByName(o->file, name) : first_with_rows(o);
    g_autofree char *names = layer_names(o->file, name ? NULL : o->layer);
    if (!o->layer) {
        g_autofree char *wanted = gap_printable(name, 60);
        return gap_fail(error, GAP_ERROR_USAGE, "%s: has no layer '%s': it has %s", o->input.shown,
                        wanted, names);
    }
    g_autofree char *taken = gap_printable(OGR_L_GetName(o->layer), 60);
    if (is_computed(o, o->layer))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: the layer %s is a stored query and no table: save it as a layer of "
                        "its own",
                        o->input.shown, taken);
    if (!name && GDALDatasetGetLayerCount(o->file) > 1)
        gap_input_note(&o->input, "layer %s read, and not %s (--sheet)", taken, names);
    return true;
}

static GapType type_of(OGRFieldDefnH field) {
    switch (OGR_Fld_GetType(field)) {
    case OFTInteger:
    case OFTInteger64:
        return GAP_TYPE_INT;
    case OFTReal:
        return GAP_TYPE_REAL;
    default:
        return GAP_TYPE_TEXT;
    }
}

// Only shapefiles come in another encoding; NULL where it is not text.
static char *to_utf8(const GapOgr *o, const char *raw) {
    if (o->input.format == GAP_FORMAT_SHAPEFILE)
        return gap_dbf_text_convert(&o->text, raw);
    return g_utf8_validate(raw, -1, NULL) ? g_strdup(raw) : NULL;
}

static const char *not_text(const GapOgr *o) {
    return o->input.format == GAP_FORMAT_SHAPEFILE
               ? "is not text in the encoding of the others: give the right one by --encoding"
               : "is not UTF-8 text: save the file as UTF-8";
}

static bool add_column(const GapOgr *o, GapTable *table, OGRFieldDefnH field, GError **error) {
    g_autofree char *name = to_utf8(o, OGR_Fld_GetNameRef(field));
    const GapPlace place = {.file = o->input.shown, .value = OGR_Fld_GetNameRef(field)};
    return name ? gap_columns_add(table, o->input.shown, name, type_of(field), error)
                : gap_fail_at(error, place, "a column name %s", not_text(o));
}

static GapTable *new_batch(const GapOgr *o, GError **error) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(o->layer);
    const int n = OGR_FD_GetFieldCount(definition);
    if (n > MAX_COLUMNS) {
        gap_fail(error, GAP_ERROR_INPUT,
                 "%s: has %d columns, and at most %d can be read: leave out those you do not need",
                 o->input.shown, n, MAX_COLUMNS);
        return NULL;
    }
    g_autofree char *name = to_utf8(o, OGR_L_GetName(o->layer));
    g_autoptr(GapTable) table = gap_table_new(name ? name : "layer");
    for (int i = 0; i < n; i++)
        if (!add_column(o, table, OGR_FD_GetFieldDefn(definition, i), error))
            return NULL;
    return g_steal_pointer(&table);
}

// OGR writes dates with slashes; everybody else reads ISO 8601. Midnight is what formats without a
// type for days (FlatGeobuf) make of a day.
static char *iso_date(OGRFeatureH feature, int i, OGRFieldType type) {
    int year, month, day, hour, minute, zone;
    float second;
    OGR_F_GetFieldAsDateTimeEx(feature, i, &year, &month, &day, &hour, &minute, &second, &zone);
    if (type == OFTDate || (hour == 0 && minute == 0 && second < 1))
        return g_strdup_printf("%04d-%02d-%02d", year, month, day);
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute,
                           (int)second);
}

static bool take_text(GapOgr *o, GapTable *table, size_t row, size_t column, const char *text,
                      GError **error) {
    const size_t length = strlen(text);
    const GapPlace place = {o->input.shown, o->so_far + 1, gap_table_column(table, column)->name,
                            text};
    o->bytes += length;
    if (length > MAX_TEXT)
        return gap_fail_at(error, place,
                           "the text has %zu bytes, and at most 1 MiB can be read: shorten it",
                           length);
    if (length == 0)
        return true;
    g_autofree char *utf8 = to_utf8(o, text);
    if (!utf8)
        return gap_fail_at(error, place, "the value %s", not_text(o));
    gap_table_set_text(table, row, column, utf8);
    return true;
}

static bool take_field(GapOgr *o, GapTable *table, size_t row, OGRFeatureH feature, int i,
                       GError **error) {
    if (!OGR_F_IsFieldSetAndNotNull(feature, i))
        return true;
    const size_t column = (size_t)i;
    const GapType type = gap_table_column(table, column)->type;
    const OGRFieldType stored = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, i));
    if (type == GAP_TYPE_INT)
        gap_table_set_int(table, row, column, OGR_F_GetFieldAsInteger64(feature, i));
    else if (type == GAP_TYPE_REAL)
        gap_table_set_real(table, row, column, OGR_F_GetFieldAsDouble(feature, i));
    else if (stored == OFTDate || stored == OFTDateTime) {
        g_autofree char *text = iso_date(feature, i, stored);
        gap_table_set_text(table, row, column, text);
    } else
        return take_text(o, table, row, column, OGR_F_GetFieldAsString(feature, i), error);
    return true;
}

static void set_fault(GapOgr *o, size_t row, char *fault) {
    if (fault)
        g_hash_table_replace(o->faults, GSIZE_TO_POINTER(row), fault);
}

static bool take_feature(GapOgr *o, GapTable *table, OGRFeatureH feature, GError **error) {
    const size_t row = gap_table_add_row(table);
    if (o->so_far >= MAX_ROWS)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: has more than %d rows: cut it first",
                        o->input.shown, MAX_ROWS);
    const int n = OGR_F_GetFieldCount(feature);
    for (int i = 0; i < n; i++)
        if (!take_field(o, table, row, feature, i, error))
            return false;
    char *fault = NULL;
    g_autoptr(GBytes) wkb = gap_ogr_geometry(OGR_F_StealGeometry(feature), &o->crs, &fault);
    gap_table_set_geometry(table, row, wkb);
    set_fault(o, row, fault);
    o->bytes += wkb ? g_bytes_get_size(wkb) : 0;
    o->so_far++;
    return true;
}

// What GDAL complained of while it gave a row is that row's matter. From JSON it reads ahead, so
// there it cannot be told whose it is: that row comes without a shape.
static void judge_complaint(GapOgr *o, GapGdalEar *ear, size_t row) {
    if (!ear->failed)
        return;
    g_autofree char *said = gap_printable(ear->message, 200);
    if (o->input.format != GAP_FORMAT_JSON)
        set_fault(o, row, g_strdup_printf("is damaged (%s); get the file again", said));
    else if (!o->complained)
        gap_input_note(&o->input, "geometry that cannot be read is left out of its row (%s)", said);
    o->complained = true;
    ear->failed = false;
    g_clear_pointer(&ear->message, g_free);
}

static bool judge_end(GapOgr *o, const GapGdalEar *ear, GError **error) {
    o->ended = true;
    if (ear->failed)
        return gap_gdal_fail(ear, o->input.shown, "breaks off or is damaged",
                             "get it again from where it came", error);
    return o->expected_rows <= 0 || o->expected_rows == o->so_far ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: of its %" G_GINT64_FORMAT " rows only %" G_GINT64_FORMAT
                    " can be read as features: it is cut off or damaged; get it again, or "
                    "correct the others",
                    o->input.shown, o->expected_rows, o->so_far);
}

static bool fill(GapOgr *o, GapTable *table, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    while (gap_table_rows(table) < BATCH_ROWS && o->bytes < BATCH_BYTES) {
        OGRFeatureH feature = OGR_L_GetNextFeature(o->layer);
        if (!feature)
            return judge_end(o, &ear, error);
        judge_complaint(o, &ear, gap_table_rows(table));
        const bool ok = take_feature(o, table, feature, error);
        OGR_F_Destroy(feature);
        if (!ok)
            return false;
    }
    return true;
}

GapOgr *gap_ogr_open(const GapInput *input, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    GapOgr *o = g_new0(GapOgr, 1);
    o->input = *input;
    o->expected_rows = -1;
    o->faults = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    o->text.from = (GIConv)-1;
    if (!open_file(o, &ear, error) || !pick_layer(o, error) ||
        (input->format == GAP_FORMAT_SHAPEFILE &&
         !gap_dbf_text_find(&o->input, o->layer, &o->text, error)) ||
        !gap_crs_find(&o->input, o->layer, &o->crs, error))
        g_clear_pointer(&o, gap_ogr_free);
    else if (input->format == GAP_FORMAT_FLATGEOBUF) // its header tells, or has 0 for unknown
        o->expected_rows = OGR_L_GetFeatureCount(o->layer, FALSE);
    return o;
}

void gap_ogr_free(GapOgr *o) {
    if (!o)
        return;
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    gap_crs_clear(&o->crs);
    gap_dbf_text_clear(&o->text);
    if (o->file)
        GDALClose(o->file);
    g_clear_pointer(&o->computed, g_hash_table_unref);
    g_hash_table_unref(o->faults);
    g_free(o);
}

GapTable *gap_ogr_next(GapOgr *o, GError **error) {
    const bool first = o->before == 0 && o->so_far == 0;
    if (o->ended)
        return NULL;
    g_autoptr(GapTable) table = new_batch(o, error);
    o->before = o->so_far;
    o->bytes = 0;
    g_hash_table_remove_all(o->faults);
    if (!table || !fill(o, table, error)) {
        o->ended = true;
        return NULL;
    }
    return first || gap_table_rows(table) ? g_steal_pointer(&table) : NULL;
}

gint64 gap_ogr_row(const GapOgr *o, size_t i) {
    return o->before + (gint64)i + 1;
}

const char *gap_ogr_fault(const GapOgr *o, size_t i) {
    return g_hash_table_lookup(o->faults, GSIZE_TO_POINTER(i));
}
