#include "geo/files/cells.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 512 << 20, MOST_STEPS = 1 << 24, MOST_MERGES = 1 << 20 };

typedef struct {
    guint row, column;
    const char *text;
} Cell;

typedef struct {
    guint row, column, rows, columns;
} Merge;

struct GapCells {
    GArray *list;   // of Cell, in order once finished
    GArray *merges; // of Merge
    GStringChunk *texts;
    gsize bytes;
    guint rows, width;
    guint at; // of the next row's first cell
    const char **row;
};

GapCells *gap_cells_new(void) {
    GapCells *own = g_new0(GapCells, 1);
    own->list = g_array_new(FALSE, FALSE, sizeof(Cell));
    own->merges = g_array_new(FALSE, FALSE, sizeof(Merge));
    own->texts = g_string_chunk_new(1 << 14);
    return own;
}

void gap_cells_free(GapCells *own) {
    if (!own)
        return;
    g_array_unref(own->list);
    g_array_unref(own->merges);
    g_string_chunk_free(own->texts);
    g_free(own->row);
    g_free(own);
}

static const Cell *cell_at(const GapCells *own, guint i) {
    return &g_array_index(own->list, Cell, i);
}

bool gap_cells_add(GapCells *own, guint row, guint column, const char *text) {
    if (row >= GAP_CELLS_ROWS || column >= GAP_CELLS_COLUMNS)
        return false;
    const char *start = text, *end = text + strlen(text), *before;
    while (*start && g_unichar_isspace(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while ((before = g_utf8_find_prev_char(start, end)) &&
           g_unichar_isspace(g_utf8_get_char(before)))
        end = before;
    if (end == start)
        return true;
    own->bytes += (gsize)(end - start) + 1 + sizeof(Cell);
    if (own->bytes > MOST_BYTES)
        return false;
    const Cell cell = {row, column,
                       g_string_chunk_insert_len(own->texts, start, (gssize)(end - start))};
    g_array_append_val(own->list, cell);
    return true;
}

void gap_cells_merge(GapCells *own, guint row, guint column, guint rows, guint columns) {
    if (rows * (guint64)columns < 2 || row >= GAP_CELLS_ROWS || column >= GAP_CELLS_COLUMNS ||
        own->merges->len == MOST_MERGES || rows > GAP_CELLS_ROWS - row ||
        columns > GAP_CELLS_COLUMNS - column)
        return;
    const Merge merge = {row, column, rows, columns};
    g_array_append_val(own->merges, merge);
}

static int compare(const void *a, const void *b) {
    const Cell *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static int compare_merges(const void *a, const void *b) {
    const Merge *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

// Where the cell stands among the first `sorted`; that many where it does not.
static guint find(const GapCells *own, guint sorted, guint row, guint column) {
    const Cell key = {row, column, NULL};
    const Cell *found =
        sorted ? bsearch(&key, own->list->data, sorted, sizeof(Cell), compare) : NULL;
    return found ? (guint)(found - cell_at(own, 0)) : sorted;
}

// Only into rows that hold something else: a merge to the end of the sheet adds no rows. `steps`
// bounds what many large merges could cost.
static void copy_down(GapCells *own, const Merge *merge, guint sorted, gint64 *steps) {
    guint i = find(own, sorted, merge->row, merge->column);
    const Cell first = i < sorted ? *cell_at(own, i) : (Cell){0};
    for (guint before = first.row; i < sorted && --*steps > 0; i++) {
        const guint row = cell_at(own, i)->row;
        if (row >= merge->row + merge->rows)
            break;
        const Cell cell = {row, first.column, first.text};
        if (row != before)
            g_array_append_val(own->list, cell);
        before = row;
    }
}

// Of several texts at one place the first stays.
static void drop_doubles(GapCells *own) {
    guint kept = 0;
    own->rows = own->width = 0;
    for (guint i = 0; i < own->list->len; i++) {
        const Cell cell = *cell_at(own, i), *last = kept ? cell_at(own, kept - 1) : NULL;
        if (last && compare(last, &cell) == 0)
            continue;
        own->rows += !last || last->row != cell.row;
        own->width = MAX(own->width, cell.column + 1);
        g_array_index(own->list, Cell, kept++) = cell;
    }
    g_array_set_size(own->list, kept);
}

void gap_cells_finish(GapCells *own) {
    g_array_sort(own->list, compare);
    g_array_sort(own->merges, compare_merges);
    const guint sorted = own->list->len;
    gint64 steps = MOST_STEPS;
    for (guint i = 0; i < own->merges->len; i++) {
        const Merge *merge = &g_array_index(own->merges, Merge, i);
        if (merge->rows > 1)
            copy_down(own, merge, sorted, &steps);
    }
    g_array_sort(own->list, compare);
    drop_doubles(own);
    own->row = g_new(const char *, own->width + 1);
}

guint gap_cells_rows(const GapCells *own) {
    return own->rows;
}

// ---- rows

static GapRowsState next_row(gpointer source, GapRow *row) {
    GapCells *own = source;
    if (own->at == own->list->len)
        return GAP_ROWS_END;
    const guint number = cell_at(own, own->at)->row;
    for (guint i = 0; i < own->width; i++)
        own->row[i] = "";
    for (; own->at < own->list->len && cell_at(own, own->at)->row == number; own->at++)
        own->row[cell_at(own, own->at)->column] = cell_at(own, own->at)->text;
    *row = (GapRow){own->row, own->width, (gint64)number + 1};
    return own->width > GAP_ROWS_MOST_COLUMNS ? GAP_ROWS_TOO_MANY : GAP_ROWS_ROW;
}

static void rewind_rows(gpointer source) {
    ((GapCells *)source)->at = 0;
}

static guint span_of(gpointer source, gint64 line, guint column) {
    const GArray *merges = ((GapCells *)source)->merges;
    const Merge key = {.row = (guint)(line - 1), .column = column};
    const Merge *found =
        merges->len ? bsearch(&key, merges->data, merges->len, sizeof key, compare_merges) : NULL;
    return found ? found->columns : 1;
}

static void free_rows(gpointer source) {
    gap_cells_free(source);
}

void gap_cells_open(GapCells *own, GapRows *rows) {
    own->at = 0;
    *rows = (GapRows){next_row, rewind_rows, free_rows, own, span_of, false};
}
