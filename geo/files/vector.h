/** Tables from and to files, whole, through GDAL/OGR. Geometry is 2D WKB in EPSG:4326. */
#ifndef GAP_FILES_VECTOR_H
#define GAP_FILES_VECTOR_H

#include "geo/files/reader.h"

/** Reads a whole layer into one table: all batches of geo/files/reader.h, whose formats, checks and
 *  errors are those here. `layer` NULL: the first that holds rows. A header without rows gives a
 *  table without rows. For large files read batches. Returns: (transfer full). */
GapTable *gap_vector_read(const char *path, const char *layer, GError **error);
/** The same of a reader that was opened with options of one's own and nothing read of yet; its
 * notes are whole then. Returns: (transfer full). */
GapTable *gap_vector_read_all(GapReader *reader, GError **error);

/** Writes RFC 7946 GeoJSON: WGS 84, right-hand rule, 7 decimals, bbox, no crs member. Written
 *  aside, flushed and renamed: the file is whole or not there. The same table gives the same bytes.
 */
bool gap_vector_write_geojson(const GapTable *table, const char *path, GError **error);

/** Writes one or more tables as layers of a GeoPackage, column titles as aliases
 *  (gpkg_data_columns), descriptions[i] as the description of layer i (NULL allowed), a spatial
 *  index each, units as the descriptions of columns. Byte-stable: times come from SOURCE_DATE_EPOCH
 * or `stamp` (YYYY-MM-DD). Written aside and renamed. */
bool gap_vector_write_gpkg(GapTable *const *tables, const char *const *descriptions, size_t n,
                           const char *stamp, const char *path, GError **error);

/** FlatGeobuf with its spatial index; titles of columns travel along, units do not. Written aside
 *  and renamed; the same table gives the same bytes. */
bool gap_vector_write_fgb(const GapTable *table, const char *path, GError **error);

/** XLSX, a sheet a table in the order given, named as the table; the first row has the names of the
 *  columns. Numbers are numbers, text is text whatever it looks like (a code of 14 digits, what a
 *  spreadsheet would run as a formula); geometry is left out. Text beyond 32,767 characters, the
 *  most of a cell, is cut there and ends in an ellipsis: the cells of `tables` change. More than
 *  1,048,575 rows are an error. Byte-stable: entries of the archive bear no time. Written aside and
 *  renamed. */
bool gap_vector_write_xlsx(GapTable *const *tables, size_t n, const char *path, GError **error);

/** KML 2.2 (OGC 07-147r2), a folder a table: each row a placemark, named by the first of its
 *  columns `name_en`, `name_ky`, `name_ru`, `name`, `title` that holds something, else by `code`;
 *  its balloon and its extended data list all cells with titles and units. `titles[i]` names folder
 *  i (NULL: the table's name). Text is escaped, so that a balloon shows it and runs nothing.
 *  Longitude and latitude with seven decimals. Written aside and renamed; byte-stable. */
bool gap_vector_write_kml(GapTable *const *tables, const char *const *titles, size_t n,
                          const char *path, GError **error);

/** CSV, UTF-8, LF, header of column names, geometry as `lon` and `lat` where the table holds
 *  points (unless it has columns of these names) and else as WKT in `geom`. Text that a spreadsheet
 * would run as a formula is kept as it is: a reader gets what the store holds. */
bool gap_vector_write_csv(const GapTable *table, const char *path, GError **error);

#endif
