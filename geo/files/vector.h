/** Tables from and to files, through GDAL/OGR.
 *
 *  Only regular files are opened, and only by drivers of an explicit list: GeoJSON, GPKG, CSV,
 *  ESRI Shapefile, FlatGeobuf, KML, XLSX, ODS. Geometry comes out as 2D WKB in EPSG:4326.
 */
#ifndef GAP_FILES_VECTOR_H
#define GAP_FILES_VECTOR_H

#include "geo/table/table.h"

/** Reads a whole layer. Fields of CSV files come as text (values are judged by those who know what
 *  they mean); typed formats keep integer and real fields. `layer` NULL: the only or first one.
 *  A file that is missing, empty, not a regular file, not of a known format, or whose text is not
 *  UTF-8 (row, field and value named) is an error. Returns: (transfer full). */
GapTable *gap_vector_read(const char *path, const char *layer, GError **error);

/** Writes RFC 7946 GeoJSON: WGS 84, right-hand rule, 7 decimals, bbox, no crs member. Written
 *  aside, flushed and renamed: the file is whole or not there. The same table gives the same bytes.
 */
bool gap_vector_write_geojson(const GapTable *table, const char *path, GError **error);

/** Writes one or more tables as layers of a GeoPackage, column titles as aliases
 *  (gpkg_data_columns), descriptions[i] as the description of layer i (NULL allowed), a spatial
 *  index each. Byte-stable: times come from SOURCE_DATE_EPOCH or `stamp` (YYYY-MM-DD).
 *  Written aside and renamed. */
bool gap_vector_write_gpkg(GapTable *const *tables, const char *const *descriptions, size_t n,
                           const char *stamp, const char *path, GError **error);

/** CSV, UTF-8, LF, header of column names, geometry as `lon` and `lat` where the table holds
 *  points and else as WKT in `geom`. Text that a spreadsheet would run as a formula is kept as it
 *  is: a reader gets what the store holds. */
bool gap_vector_write_csv(const GapTable *table, const char *path, GError **error);

#endif
