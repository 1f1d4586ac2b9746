/** Reading tables of any size from files, a batch of rows at a time.
 *
 *  Only regular files are opened, and only by drivers of an explicit list; the formats are those of
 *  gap_reader_open(). What a file leaves open (encoding, separator, sheet, header, coordinate
 *  system) is found by evidence, and every choice is a note that names the option which would say
 *  otherwise. Memory is that of one batch, whatever the size of the file, but for spreadsheets and
 *  documents, which are bounded instead.
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

/** Opens GeoJSON (also a feature a line), GeoPackage, Shapefile, FlatGeobuf, KML, CSV or TSV, XLSX,
 *  XLS, ODS and the tables of DOCX. Columns of sheets come as text, those of typed formats as int,
 *  real or text; dates as ISO 8601. Geometry is 2D WKB in EPSG:4326. `options` NULL: none.
 *  Errors name the file and the remedy. Returns: (transfer full). */
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
