/** Reading tables of any size from files, a batch of rows at a time.
 *
 *  Only regular files of up to 2 GiB are opened, and only by drivers of an explicit list. What a
 *  file is, its first bytes tell; the ending of its name only where those leave it open:
 *
 *  | format     | notes                                                                        |
 *  |------------|------------------------------------------------------------------------------|
 *  | GeoJSON    | a collection, or a feature a line; members in any order. At most 32 MiB a    |
 *  |            | feature, 1,000 names of properties, brackets 100 deep                        |
 *  | GeoPackage | tables, no views: a stored query may run for ever                            |
 *  | Shapefile  | .shx must lie beside it; no .dbf: outlines without fields; no .prj: see crs. |
 *  |            | Text by evidence, whatever the .cpg states. A .dbf alone is a table          |
 *  | FlatGeobuf |                                                                              |
 *  | KML        | up to 128 MiB, of which it takes thirteen times as much memory               |
 *  | OSM        | .osm.pbf and .osm, of which `layer` must name one: geo/files/osm.h             |
 *  | .zip, .kmz | with `archive`: the one of these that lies in it; geo/files/archive.h        |
 *  | tables     | CSV, TSV, XLSX, XLS, ODS, DOCX: geo/files/sheet.h                            |
 *
 *  What a file leaves open (encoding, separator, sheet, header, coordinate system) is found by
 *  evidence, and every choice is a note that names the option which would say otherwise. Memory is
 *  that of one batch, whatever the size of the file, but for KML, spreadsheets and documents, which
 *  are bounded instead. Time is O(bytes): GeoJSON is read three times (some 30 s a GB, of which the
 *  first look takes 1).
 *
 *  Coordinates of any system are turned into longitude and latitude (geo/files/crs.h). Multi types
 *  and holes are kept, Z and M dropped, curves made straight, rings closed; a collection of shapes
 *  of one kind becomes a Multi type, an empty shape none.
 */
#ifndef GAP_FILES_READER_H
#define GAP_FILES_READER_H

#include "geo/shape/geometry.h"
#include "geo/table/table.h"

typedef struct {
    const char *layer;    /**< layer or sheet by name; NULL: the first that holds rows */
    const char *encoding; /**< "UTF-8", "CP1251", "KOI8-R", ...; NULL: found by evidence */
    const char *crs;      /**< authority code or PROJ string of the coordinates; NULL: the file's */
    int header;           /**< line of the sheet, from 1, that names the columns; 0: found */
    bool archive;         /**< a .zip or .kmz is opened, and the one layer in it read */
    bool swap;            /**< the file has latitude (or northing) first: it is put second */
    const GapBox *expected; /**< degrees in which all data should lie; NULL: not known. Only with it
                                 is a missing coordinate system guessed from metres, and are swapped
                                 coordinates noticed */
} GapReadOptions;

typedef struct GapReader GapReader;

/** Opens a file of a format listed above. Columns of sheets come as text, those of typed formats as
 *  int, real or text; dates as ISO 8601, without the time where that is midnight. Geometry is 2D
 * WKB in EPSG:4326. `options` NULL: none; what they point to is copied. Errors name file, row,
 * field and value as far as they are known, and the remedy: a file that is missing, empty, too
 * large, cut off, damaged or of another format, two columns of one name, more than 1,000 columns,
 * text of more than 1 MiB in one cell or not in the encoding found. Returns: (transfer full). */
GapReader *gap_reader_open(const char *path, const GapReadOptions *options, GError **error);
void gap_reader_free(GapReader *reader); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapReader, gap_reader_free)

/** The next rows: up to some 50,000, or 32 MiB of geometry. All batches have the same columns; the
 *  first may be empty where the file has a header and no rows. NULL at the end, or with `error`
 *  set. Returns: (transfer full). */
GapTable *gap_reader_next(GapReader *reader, GError **error);

/** The number of row `i` of the newest batch, from 1 and the header not counted: rows left out
 *  count, blank lines do not. */
gint64 gap_reader_row(const GapReader *reader, size_t i);
/** Why the geometry of row `i` of the newest batch cannot be used, where the file's own coordinates
 *  are at fault (not to be turned into degrees, damaged, across the antimeridian, a mixed
 *  collection); NULL: the reader found none. Such a row keeps what geometry there is, for others to
 *  judge by gap_geometry_from_wkb(), and must be refused. The string belongs to the batch. */
const char *gap_reader_fault(const GapReader *reader, size_t i);
/** How many rows were left out so far as totals of the others; each is a note too. */
gint64 gap_reader_left_out(const GapReader *reader);
/** What was found and done so far, a sentence each: "encoding CP1251 (--encoding)". Strings that
 *  belong to the reader. */
GPtrArray *gap_reader_notes(const GapReader *reader);

#endif
