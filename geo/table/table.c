#include "geo/table/table.h"

#include <math.h>

// Text nulls are NULL, real nulls NaN; int columns carry a byte of validity a row.
typedef struct {
    GapColumnSpec spec;
    GPtrArray *text;
    GArray *ints;
    GByteArray *known;
    GArray *reals;
} Column;

struct GapTable {
    char *name;
    GPtrArray *columns;
    GPtrArray *geometry;
    size_t rows;
    size_t with_geometry;
};

static void column_free(gpointer data) {
    Column *c = data;
    g_free((char *)c->spec.name);
    g_free((char *)c->spec.unit);
    g_free((char *)c->spec.title);
    g_clear_pointer(&c->text, g_ptr_array_unref);
    g_clear_pointer(&c->ints, g_array_unref);
    g_clear_pointer(&c->known, g_byte_array_unref);
    g_clear_pointer(&c->reals, g_array_unref);
    g_free(c);
}

static void bytes_clear(gpointer data) {
    if (data)
        g_bytes_unref(data);
}

GapTable *gap_table_new(const char *name) {
    GapTable *t = g_new0(GapTable, 1);
    t->name = g_strdup(name);
    t->columns = g_ptr_array_new_with_free_func(column_free);
    t->geometry = g_ptr_array_new_with_free_func(bytes_clear);
    return t;
}

void gap_table_free(GapTable *t) {
    if (!t)
        return;
    g_ptr_array_unref(t->columns);
    g_ptr_array_unref(t->geometry);
    g_free(t->name);
    g_free(t);
}

const char *gap_table_name(const GapTable *t) {
    return t->name;
}
size_t gap_table_rows(const GapTable *t) {
    return t->rows;
}
size_t gap_table_columns(const GapTable *t) {
    return t->columns->len;
}

static Column *column_at(const GapTable *t, size_t column) {
    g_assert(column < t->columns->len);
    return g_ptr_array_index(t->columns, column);
}

static void column_resize(Column *c, size_t rows) {
    guint old = c->text ? c->text->len : c->ints ? c->ints->len : c->reals->len;
    if (c->text)
        g_ptr_array_set_size(c->text, (gint)rows);
    if (c->ints) {
        g_array_set_size(c->ints, (guint)rows);
        g_byte_array_set_size(c->known, (guint)rows);
        for (guint i = old; i < rows; i++)
            c->known->data[i] = 0;
    }
    if (c->reals) {
        g_array_set_size(c->reals, (guint)rows);
        for (guint i = old; i < rows; i++)
            g_array_index(c->reals, double, i) = NAN;
    }
}

size_t gap_table_add_column(GapTable *t, const GapColumnSpec *spec) {
    Column *c = g_new0(Column, 1);
    c->spec = (GapColumnSpec){g_strdup(spec->name), spec->type, g_strdup(spec->unit),
                              g_strdup(spec->title)};
    if (spec->type == GAP_TYPE_TEXT)
        c->text = g_ptr_array_new_with_free_func(g_free);
    else if (spec->type == GAP_TYPE_REAL)
        c->reals = g_array_new(FALSE, FALSE, sizeof(double));
    else {
        c->ints = g_array_new(FALSE, TRUE, sizeof(gint64));
        c->known = g_byte_array_new();
    }
    column_resize(c, t->rows);
    g_ptr_array_add(t->columns, c);
    return t->columns->len - 1;
}

static void resize(GapTable *t, size_t rows) {
    g_assert(rows < G_MAXINT);
    for (guint i = 0; i < t->columns->len; i++)
        column_resize(g_ptr_array_index(t->columns, i), rows);
    g_ptr_array_set_size(t->geometry, (gint)rows);
    t->rows = rows;
}

size_t gap_table_add_row(GapTable *t) {
    resize(t, t->rows + 1);
    return t->rows - 1;
}

void gap_table_drop_last_row(GapTable *t) {
    g_return_if_fail(t->rows > 0);
    gap_table_set_geometry(t, t->rows - 1, NULL);
    resize(t, t->rows - 1);
}

const GapColumnSpec *gap_table_column(const GapTable *t, size_t column) {
    return &column_at(t, column)->spec;
}

int gap_table_find(const GapTable *t, const char *name) {
    for (guint i = 0; i < t->columns->len; i++)
        if (g_str_equal(column_at(t, i)->spec.name, name))
            return (int)i;
    return -1;
}

bool gap_table_is_null(const GapTable *t, size_t row, size_t column) {
    g_assert(row < t->rows);
    const Column *c = column_at(t, column);
    if (c->text)
        return !g_ptr_array_index(c->text, row);
    return c->ints ? !c->known->data[row] : isnan(g_array_index(c->reals, double, row));
}

const char *gap_table_text(const GapTable *t, size_t row, size_t column) {
    g_assert(row < t->rows);
    const Column *c = column_at(t, column);
    return c->text ? g_ptr_array_index(c->text, row) : NULL;
}

gint64 gap_table_int(const GapTable *t, size_t row, size_t column) {
    const Column *c = column_at(t, column);
    g_assert(row < t->rows && c->ints);
    return c->known->data[row] ? g_array_index(c->ints, gint64, row) : 0;
}

double gap_table_real(const GapTable *t, size_t row, size_t column) {
    const Column *c = column_at(t, column);
    g_assert(row < t->rows && !c->text);
    if (c->reals)
        return g_array_index(c->reals, double, row);
    return c->known->data[row] ? (double)g_array_index(c->ints, gint64, row) : NAN;
}

void gap_table_set_null(GapTable *t, size_t row, size_t column) {
    const Column *c = column_at(t, column);
    if (c->text)
        gap_table_set_text(t, row, column, NULL);
    else if (c->ints) {
        g_assert(row < t->rows);
        c->known->data[row] = 0;
    } else
        gap_table_set_real(t, row, column, NAN);
}

void gap_table_set_text(GapTable *t, size_t row, size_t column, const char *text) {
    const Column *c = column_at(t, column);
    g_assert(row < t->rows && c->text);
    char *old = g_ptr_array_index(c->text, row);
    g_ptr_array_index(c->text, row) = g_strdup(text);
    g_free(old);
}

void gap_table_set_int(GapTable *t, size_t row, size_t column, gint64 value) {
    const Column *c = column_at(t, column);
    g_assert(row < t->rows && c->ints);
    g_array_index(c->ints, gint64, row) = value;
    c->known->data[row] = 1;
}

void gap_table_set_real(GapTable *t, size_t row, size_t column, double value) {
    const Column *c = column_at(t, column);
    g_assert(row < t->rows && c->reals);
    g_array_index(c->reals, double, row) = value;
}

GBytes *gap_table_geometry(const GapTable *t, size_t row) {
    g_assert(row < t->rows);
    return g_ptr_array_index(t->geometry, row);
}

void gap_table_set_geometry(GapTable *t, size_t row, GBytes *wkb) {
    g_assert(row < t->rows);
    GBytes *old = g_ptr_array_index(t->geometry, row);
    t->with_geometry += (wkb != NULL) - (size_t)(old != NULL);
    g_ptr_array_index(t->geometry, row) = wkb ? g_bytes_ref(wkb) : NULL;
    bytes_clear(old);
}

bool gap_table_has_geometry(const GapTable *t) {
    return t->with_geometry > 0;
}

char *gap_table_cell_string(const GapTable *t, size_t row, size_t column) {
    if (gap_table_is_null(t, row, column))
        return NULL;
    const GapType type = gap_table_column(t, column)->type;
    if (type == GAP_TYPE_TEXT)
        return g_strdup(gap_table_text(t, row, column));
    if (type == GAP_TYPE_INT)
        return g_strdup_printf("%" G_GINT64_FORMAT, gap_table_int(t, row, column));
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    const double value = gap_table_real(t, row, column);
    // 17 digits always read back as the same number; most need 15.
    static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_ascii_formatd(buffer, sizeof buffer, formats[i], value);
        if (g_ascii_strtod(buffer, NULL) == value)
            break;
    }
    return g_strdup(buffer);
}
