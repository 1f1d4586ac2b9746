#include "geo/files/aliases.h"

#include <sqlite3.h>

static const char *const TABLES[] = {
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,"
    " CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,"
    " constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,"
    " max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,"
    " CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,"
    " extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,"
    " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
    "INSERT INTO gpkg_extensions SELECT value, NULL, 'gpkg_schema',"
    " 'http://www.geopackage.org/spec/#extension_schema', 'read-write' FROM"
    " (SELECT 'gpkg_data_columns' AS value UNION ALL SELECT 'gpkg_data_column_constraints')",
};

static void run(GDALDatasetH file, const char *sql) {
    GDALDatasetReleaseResultSet(file, GDALDatasetExecuteSQL(file, sql, NULL, NULL));
}

// GDAL takes statements as text only; SQLite's %Q quotes what came from a file.
static void add_alias(GDALDatasetH file, const char *table, const GapColumnSpec *spec) {
    char *sql = sqlite3_mprintf("INSERT INTO gpkg_data_columns"
                                " (table_name, column_name, name, title, description)"
                                " VALUES (%Q, %Q, %Q, %Q, %Q)",
                                table, spec->name, spec->title, spec->title, spec->unit);
    run(file, sql);
    sqlite3_free(sql);
}

void gap_aliases_write(GDALDatasetH file, GapTable *const *tables, size_t n) {
    for (size_t i = 0; i < G_N_ELEMENTS(TABLES); i++)
        run(file, TABLES[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < gap_table_columns(tables[i]); c++) {
            const GapColumnSpec *spec = gap_table_column(tables[i], c);
            if (spec->title || spec->unit)
                add_alias(file, gap_table_name(tables[i]), spec);
        }
}
