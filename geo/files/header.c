#include "geo/files/header.h"

#include <string.h>

enum { DEEPEST = 4, LONGEST_NAME = 60, SEARCHED = 60 };

typedef struct {
    const GArray *lines;
    guint width;
    guint *filled; // lines that fill each column
} Sample;

void gap_header_line_clear(gpointer data) {
    GapHeaderLine *line = data;
    g_strfreev(line->cells);
    g_free(line->spans);
}

void gap_header_clear(GapHeader *header) {
    g_clear_pointer(&header->names, g_ptr_array_unref);
}

// ---- cells

static const GapHeaderLine *line_at(const Sample *s, guint i) {
    return &g_array_index(s->lines, GapHeaderLine, i);
}

static const char *cell(const GapHeaderLine *line, guint column) {
    return column < line->n ? line->cells[column] : "";
}

static bool fills(const GapHeaderLine *line, guint column) {
    return *cell(line, column) != '\0';
}

static guint count_filled(const GapHeaderLine *line, guint *first) {
    guint n = 0;
    for (guint c = line->n; c-- > 0;)
        if (fills(line, c)) {
            n++;
            *first = c;
        }
    return n;
}

static guint span(const GapHeaderLine *line, guint column) {
    return line->spans && column < line->n ? line->spans[column] : 1;
}

static bool is_number(const char *text) {
    return strpbrk(text, "0123456789") && !text[strspn(text, "0123456789 .,+-%\u00a0\u202f'")];
}

static bool is_year(const char *text) {
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 && strcmp(text, "1900") >= 0 &&
           strcmp(text, "2100") <= 0;
}

// ---- which lines

// One cell, where the table begins, or too long for a name.
static bool is_title(const GapHeaderLine *line, const GapHeaderLine *below) {
    guint first = 0, first_below = 0;
    count_filled(below, &first_below);
    return count_filled(line, &first) == 1 &&
           (first == first_below || g_utf8_strlen(cell(line, first), -1) > LONGEST_NAME);
}

// Years side by side under one cell, as a heading stands over them that was not merged.
static bool has_years_under(const Sample *s, const GapHeaderLine *upper,
                            const GapHeaderLine *lower) {
    for (guint c = 0; c + 1 < s->width; c++)
        if (fills(upper, c) && !fills(upper, c + 1) && is_year(cell(lower, c)) &&
            is_year(cell(lower, c + 1)))
            return true;
    return false;
}

// The first column that data fill.
static guint start_of(const Sample *s) {
    guint start = 0;
    while (start < s->width && s->filled[start] < 2)
        start++;
    return start;
}

// Several headings, each over columns that the lower line names, right of the table's first column.
static bool are_spans(const Sample *s, const GapHeaderLine *upper, const GapHeaderLine *lower) {
    guint n = 0;
    const guint start = start_of(s);
    for (guint c = 0; c < s->width; c++) {
        if (!fills(upper, c))
            continue;
        n++;
        if (c <= start || fills(upper, c + 1) || !fills(lower, c) || !fills(lower, c + 1))
            return false;
    }
    return n > 1;
}

// Whether the lines, one right above the other, are two of one header, as header.h has it.
static bool are_joined(const Sample *s, guint upper_index) {
    if (upper_index + 1 >= s->lines->len)
        return false;
    const GapHeaderLine *upper = line_at(s, upper_index), *lower = line_at(s, upper_index + 1);
    bool gap = false, hole = false, merged = false;
    guint first = 0;
    if (upper->line + 1 != lower->line || is_title(upper, lower))
        return false;
    for (guint c = 0; c < s->width; c++) {
        const char *above = cell(upper, c), *below = cell(lower, c);
        if (is_number(below) && !is_year(below) && strcmp(above, below) != 0)
            return false;
        gap |= !*above && *below;
        hole |= *above && !*below && s->filled[c] > 1;
        merged |= *above && (span(upper, c) > 1 || !strcmp(above, below));
    }
    // One cell alone is a heading over the first column, or a unit at the edge.
    hole &= count_filled(upper, &first) > 1 || first == start_of(s);
    return gap &&
           (hole || merged || has_years_under(s, upper, lower) || are_spans(s, upper, lower));
}

// Its number in `lines`.
static guint find_base(const Sample *s) {
    guint most = 0, first;
    for (guint i = 0; i < s->lines->len; i++)
        most = MAX(most, count_filled(line_at(s, i), &first));
    const guint least = MAX(MIN(most, 2), (most + 1) / 2);
    for (guint i = 0; i < MIN(s->lines->len, SEARCHED); i++)
        if (count_filled(line_at(s, i), &first) >= least)
            return i;
    return 0;
}

// ---- the line of numbers

// 1, 2, 3 or А, Б, 1, 2 or А, 2, 3.
static bool counts_columns(const GapHeaderLine *line, bool *letters) {
    guint64 next = 0, value;
    guint n = 0;
    *letters = false;
    for (guint c = 0; c < line->n; c++) {
        const char *text = cell(line, c);
        if (!*text)
            continue;
        n++;
        if (g_ascii_string_to_unsigned(text, 10, 1, 1000, &value, NULL)) {
            if (next ? value != next : value != 1 && value != n)
                return false;
            next = value + 1;
        } else if (!next && g_utf8_strlen(text, -1) == 1)
            *letters = true;
        else
            return false;
    }
    return next && n >= (*letters ? 3 : 2);
}

// Whether the next lines have text where this one counts, and words where it has letters.
static bool is_line_of_numbers(const Sample *s, guint index) {
    bool letters;
    if (index + 1 >= s->lines->len || !counts_columns(line_at(s, index), &letters))
        return false;
    const GapHeaderLine *line = line_at(s, index);
    for (guint i = index + 1; i < MIN(s->lines->len, index + 4); i++)
        for (guint c = 0; c < line->n; c++) {
            const char *below = cell(line_at(s, i), c);
            const bool text = *below && !is_number(below) && fills(line, c);
            if (text && (letters ? g_utf8_strlen(below, -1) > 1 : is_number(cell(line, c))))
                return true;
        }
    return false;
}

// ---- names

// The cell of `line` that stands over this column: its own, or the one that covers it from the
// left, which covers nothing if nothing is below itself (then it reaches down, not across).
static const char *name_over(const Sample *s, guint index, guint last, guint column) {
    const GapHeaderLine *line = line_at(s, index);
    for (guint c = column + 1; c-- > 0;) {
        if (!fills(line, c))
            continue;
        if (c == column || span(line, c) > column - c)
            return cell(line, c);
        if (span(line, c) > 1 || index == last)
            return "";
        const char *below = cell(line_at(s, index + 1), c);
        return *below && strcmp(below, cell(line, c)) != 0 ? cell(line, c) : "";
    }
    return "";
}

static void put_name(GString *name, const char *part) {
    g_auto(GStrv) words = g_strsplit_set(part, " \t\r\n", -1);
    for (guint i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(name, "%s%s", name->len ? " " : "", words[i]);
}

static char *name_of(const Sample *s, guint first, guint last, guint column) {
    GString *name = g_string_new(NULL);
    const char *before = "";
    bool below = false;
    for (guint i = first; i <= last; i++)
        below |= fills(line_at(s, i), column);
    for (guint i = first; below && i <= last; i++) {
        const char *part = name_over(s, i, last, column);
        if (*part && strcmp(part, before) != 0)
            put_name(name, part);
        before = *part ? part : before;
    }
    return g_string_free(name, FALSE);
}

static void put_names(const Sample *s, guint first, guint last, guint width, GapHeader *header) {
    header->names = g_ptr_array_new_with_free_func(g_free);
    for (guint c = 0; c < width; c++) {
        char *name = name_of(s, first, last, c);
        bool data = false;
        for (guint i = last + 1; i < s->lines->len && !*name; i++)
            data |= fills(line_at(s, i), c);
        if (data) {
            g_free(name);
            name = g_strdup_printf("column %u", c + 1);
            header->unnamed++;
        }
        g_ptr_array_add(header->names, name);
    }
}

// ---- the whole

static bool find_asked(const Sample *s, gint64 asked, guint *base) {
    for (*base = 0; *base < s->lines->len; *base += 1)
        if (line_at(s, *base)->line == asked)
            return true;
    return false;
}

bool gap_header_find(const GArray *lines, gint64 asked, bool ragged, GapHeader *header) {
    Sample s = {lines, 0, NULL};
    for (guint i = 0; i < lines->len; i++)
        s.width = MAX(s.width, line_at(&s, i)->n);
    guint base = 0;
    if (asked ? !find_asked(&s, asked, &base) : (base = find_base(&s), false))
        return false;
    g_autofree guint *filled = g_new0(guint, s.width + 1);
    for (guint i = 0; i < lines->len; i++)
        for (guint c = 0; c < s.width; c++)
            filled[c] += fills(line_at(&s, i), c);
    s.filled = filled;
    guint first = base, last = base, width = 0;
    while (first > 0 && last - first + 1 < DEEPEST && are_joined(&s, first - 1))
        first--;
    while (!asked && last + 2 < lines->len && last - first + 1 < DEEPEST && are_joined(&s, last))
        last++;
    for (guint i = first; i <= last; i++)
        width = MAX(width, line_at(&s, i)->n);
    *header = (GapHeader){.first = line_at(&s, first)->line, .last = line_at(&s, last)->line};
    header->end = is_line_of_numbers(&s, last + 1) ? line_at(&s, last + 1)->line : header->last;
    put_names(&s, first, last, ragged ? width : s.width, header);
    return true;
}
