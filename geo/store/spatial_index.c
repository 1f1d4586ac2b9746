/* An R-tree filled row by row costs some 8 us a row in SQLite alone, and a million rows more time
 * than all else in a load. Here its nodes are packed from rows in Hilbert order (I. Kamel and
 * C. Faloutsos, Hilbert R-tree: An Improved R-tree Using Fractals, 1994) and written into the
 * tables that the R-tree keeps (sqlite.org/rtree.html, "Shadow Tables"): under 1 us a row, and
 * searches read fewer nodes. What is written is an ordinary R-tree: rtreecheck() and SpatiaLite's
 * CheckSpatialIndex() agree in the tests. */
#include "geo/store/spatial_index.h"

#include "geo/base/error.h"
#include "geo/shape/hilbert.h"

#include <math.h>
#include <spatialite.h>
#include <spatialite/gaiageo.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 4, CELL = 24, ROOT = 1 }; // bytes of a node's head and of a cell; the root's number

/* A row of the table, or a node of the level below. */
typedef struct {
    gint64 id;
    gint64 node;  // that holds it
    float box[4]; // min x, max x, min y, max y
    uint32_t place;
} Cell;

typedef struct {
    GapStore *store;
    sqlite3_stmt *put_node, *put_parent, *put_row;
    size_t most; // cells of a node
    int size;    // bytes of a node
    guint8 *data;
    gint64 nodes; // so far, the root among them
} Tree;

/* The next lower or higher float: a box in the index never lies within that of its row. */
static float rounded(double value, double towards) {
    const float near = (float)value;
    const bool beyond = towards < 0 ? near > value : near < value;
    return beyond ? nextafterf(near, (float)towards) : near;
}

static bool take_box(sqlite3_stmt *stmt, Cell *cell, GapBox *box) {
    const unsigned char *blob = sqlite3_column_blob(stmt, 1);
    const unsigned int size = (unsigned int)sqlite3_column_bytes(stmt, 1);
    if (!gaiaGetMbrMinX(blob, size, &box->min_x) || !gaiaGetMbrMaxX(blob, size, &box->max_x) ||
        !gaiaGetMbrMinY(blob, size, &box->min_y) || !gaiaGetMbrMaxY(blob, size, &box->max_y))
        return false;
    *cell = (Cell){.id = sqlite3_column_int64(stmt, 0),
                   .node = ROOT,
                   .box = {rounded(box->min_x, -INFINITY), rounded(box->max_x, INFINITY),
                           rounded(box->min_y, -INFINITY), rounded(box->max_y, INFINITY)}};
    return true;
}

/* All rows with geometry, at most `n`, into `cells`; answers how many, -1 on an error. */
static gssize read_cells(GapStore *store, sqlite3_stmt *stmt, const char *table, Cell *cells,
                         gssize n, GapBox *all, GError **error) {
    gssize read = 0;
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        GapBox box;
        if (sqlite3_column_int(stmt, 2) != 1) {
            gap_fail(error, GAP_ERROR_FAILED,
                     "%s: row %lld of %s: its geometry is not of the type or coordinate system of "
                     "its column",
                     store->path, (long long)sqlite3_column_int64(stmt, 0), table);
            return -1;
        }
        if (read < n && take_box(stmt, &cells[read], &box)) {
            gap_box_add(all, box);
            read++;
        }
    }
    if (step == SQLITE_DONE)
        return read;
    gap_store_fail(store, table, error);
    return -1;
}

static int by_place(const void *a, const void *b) {
    const Cell *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b) {
    const Cell *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void sort_cells(Cell *cells, size_t n, const GapBox *all) {
    for (size_t i = 0; i < n; i++)
        cells[i].place = gap_hilbert(all, (cells[i].box[0] + (double)cells[i].box[1]) / 2,
                                     (cells[i].box[2] + (double)cells[i].box[3]) / 2);
    qsort(cells, n, sizeof *cells, by_place);
}

static bool put_pair(Tree *tree, sqlite3_stmt *stmt, gint64 a, gint64 b, GError **error) {
    sqlite3_bind_int64(stmt, 1, a);
    sqlite3_bind_int64(stmt, 2, b);
    const bool ok =
        sqlite3_step(stmt) == SQLITE_DONE || gap_store_fail(tree->store, "spatial index", error);
    sqlite3_reset(stmt);
    return ok;
}

/* All numbers of a node have their highest byte first. */
static bool put_node(Tree *tree, gint64 number, guint16 depth, const Cell *cells, size_t n,
                     GError **error) {
    memset(tree->data, 0, (size_t)tree->size);
    const guint16 head[] = {GUINT16_TO_BE(depth), GUINT16_TO_BE((guint16)n)};
    memcpy(tree->data, head, sizeof head);
    for (size_t i = 0; i < n; i++) {
        guint8 *at = tree->data + HEAD + CELL * i;
        const gint64 id = GINT64_TO_BE(cells[i].id);
        memcpy(at, &id, sizeof id);
        for (size_t c = 0; c < G_N_ELEMENTS(cells[i].box); c++) {
            guint32 bits;
            memcpy(&bits, &cells[i].box[c], sizeof bits);
            bits = GUINT32_TO_BE(bits);
            memcpy(at + sizeof id + c * sizeof bits, &bits, sizeof bits);
        }
    }
    sqlite3_bind_int64(tree->put_node, 1, number);
    sqlite3_bind_blob(tree->put_node, 2, tree->data, tree->size, SQLITE_STATIC);
    const bool ok = sqlite3_step(tree->put_node) == SQLITE_DONE ||
                    gap_store_fail(tree->store, "spatial index", error);
    sqlite3_reset(tree->put_node);
    return ok;
}

static Cell cell_above(gint64 number, const Cell *cells, size_t n) {
    Cell above = cells[0];
    above.id = number;
    for (size_t i = 1; i < n; i++) {
        above.box[0] = MIN(above.box[0], cells[i].box[0]);
        above.box[1] = MAX(above.box[1], cells[i].box[1]);
        above.box[2] = MIN(above.box[2], cells[i].box[2]);
        above.box[3] = MAX(above.box[3], cells[i].box[3]);
    }
    return above;
}

/* Packs the cells of a level into nodes, as evenly filled as they can be; `above` takes a cell for
 * each node. */
static bool put_level(Tree *tree, Cell *cells, size_t n, Cell *above, size_t nodes,
                      GError **error) {
    for (size_t i = 0; i < nodes; i++) {
        const size_t from = n * i / nodes, to = n * (i + 1) / nodes;
        const gint64 number = ++tree->nodes;
        if (!put_node(tree, number, 0, cells + from, to - from, error))
            return false;
        for (size_t c = from; c < to; c++)
            cells[c].node = number;
        above[i] = cell_above(number, cells + from, to - from);
    }
    return true;
}

/* Level by level until one node holds what is left: that is the root. */
static bool put_levels(Tree *tree, Cell *rows, size_t n, GError **error) {
    g_autofree Cell *kept = NULL;
    Cell *cells = rows;
    guint16 depth = 0;
    for (; n > tree->most; depth++) {
        const size_t nodes = (n + tree->most - 1) / tree->most;
        g_autofree Cell *below = g_steal_pointer(&kept);
        kept = g_new(Cell, nodes);
        if (!put_level(tree, cells, n, kept, nodes, error))
            return false;
        for (size_t i = 0; below && i < n; i++)
            if (!put_pair(tree, tree->put_parent, below[i].id, below[i].node, error))
                return false;
        cells = kept;
        n = nodes;
    }
    for (size_t i = 0; kept && i < n; i++)
        if (!put_pair(tree, tree->put_parent, kept[i].id, ROOT, error))
            return false;
    return put_node(tree, ROOT, depth, cells, n, error);
}

static bool put_rows(Tree *tree, Cell *rows, size_t n, GError **error) {
    qsort(rows, n, sizeof *rows, by_id);
    for (size_t i = 0; i < n; i++)
        if (!put_pair(tree, tree->put_row, rows[i].id, rows[i].node, error))
            return false;
    return true;
}

static bool empty(GapStore *store, const char *index, GError **error) {
    g_autofree char *sql = g_strdup_printf(
        "DELETE FROM \"%s_node\"; DELETE FROM \"%s_parent\"; DELETE FROM \"%s_rowid\"", index,
        index, index);
    return gap_store_script(store, index, sql, error);
}

static bool write_tree(GapStore *store, const char *index, Cell *cells, size_t n, GError **error) {
    Tree tree = {.store = store, .nodes = ROOT};
    tree.size = (int)gap_store_count(store, error, "SELECT length(data) FROM \"%s_node\"", index);
    tree.put_node = gap_store_prepare(store, error, "INSERT INTO \"%s_node\" VALUES (?, ?)", index);
    tree.put_parent =
        gap_store_prepare(store, error, "INSERT INTO \"%s_parent\" VALUES (?, ?)", index);
    tree.put_row = gap_store_prepare(store, error, "INSERT INTO \"%s_rowid\" VALUES (?, ?)", index);
    bool ok = tree.put_node && tree.put_parent && tree.put_row && tree.size >= HEAD + 2 * CELL;
    if (ok) {
        tree.most = (size_t)(tree.size - HEAD) / CELL;
        tree.data = g_malloc((gsize)tree.size);
        ok = empty(store, index, error) && put_levels(&tree, cells, n, error) &&
             put_rows(&tree, cells, n, error);
    }
    sqlite3_finalize(tree.put_node);
    sqlite3_finalize(tree.put_parent);
    sqlite3_finalize(tree.put_row);
    g_free(tree.data);
    return ok;
}

/* Checks the rows and, where `index` names one, writes their index. */
static bool build(GapStore *store, const char *table, sqlite3_stmt *rows, const char *index,
                  GError **error) {
    const gint64 n = gap_store_count(store, error, "SELECT count(*) FROM \"%s\"", table);
    g_autofree Cell *cells = n < 0 ? NULL : g_try_new(Cell, (gsize)n + 1);
    if (!cells)
        return n < 0 || gap_fail(error, GAP_ERROR_FAILED,
                                 "%s: no memory for the spatial index of %s", store->path, table);
    GapBox all = GAP_BOX_EMPTY;
    const gssize read = read_cells(store, rows, table, cells, (gssize)n, &all, error);
    if (read < 0 || !index)
        return read >= 0;
    sort_cells(cells, (size_t)read, &all);
    return write_tree(store, index, cells, (size_t)read, error);
}

bool gap_spatial_index_build(GapStore *store, const char *table, const char *column,
                             GError **error) {
    sqlite3_stmt *kind =
        gap_store_prepare(store, error,
                          "SELECT geometry_type, srid, spatial_index_enabled FROM geometry_columns"
                          " WHERE f_table_name = lower('%s') AND f_geometry_column = lower('%s')",
                          table, column);
    sqlite3_stmt *rows =
        gap_store_prepare(store, error,
                          "SELECT rowid, \"%s\", GeometryConstraints(\"%s\", ?1, ?2) FROM \"%s\""
                          " WHERE \"%s\" IS NOT NULL",
                          column, column, table, column);
    bool ok = kind && rows;
    if (ok && sqlite3_step(kind) != SQLITE_ROW)
        ok = gap_store_fail(store, "geometry_columns", error);
    if (ok) {
        g_autofree char *index = g_strdup_printf("idx_%s_%s", table, column);
        sqlite3_bind_int(rows, 1, sqlite3_column_int(kind, 0));
        sqlite3_bind_int(rows, 2, sqlite3_column_int(kind, 1));
        ok = build(store, table, rows, sqlite3_column_int(kind, 2) == 1 ? index : NULL, error);
    }
    sqlite3_finalize(kind);
    sqlite3_finalize(rows);
    return ok;
}
