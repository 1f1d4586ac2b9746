/** Workbooks and documents for tests, made of their parts. */
#ifndef GAP_TESTS_BOOKS_H
#define GAP_TESTS_BOOKS_H

#include "tests/sheets.h"

#include <cpl_vsi.h>

/** A member of an archive; `fill` of `times` follows its text, and then `tail`. */
typedef struct {
    const char *name, *text, *fill;
    gsize times;
    const char *tail;
} Part;

static inline void put(VSILFILE *file, const char *text) {
    if (text && *text)
        assert_int_equal(VSIFWriteL(text, 1, strlen(text), file), strlen(text));
}

static inline char *archive_of(const char *name, const Part *parts, size_t n) {
    char *path = named(name);
    g_unlink(path);
    g_autofree char *zip = g_strdup_printf("/vsizip/{%s}", path);
    VSILFILE *whole = VSIFOpenL(zip, "wb");
    assert_non_null(whole);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *member = g_strconcat(zip, "/", parts[i].name, NULL);
        VSILFILE *file = VSIFOpenL(member, "wb");
        assert_non_null(file);
        put(file, parts[i].text);
        for (gsize k = 0; k < parts[i].times; k++)
            put(file, parts[i].fill);
        put(file, parts[i].tail);
        VSIFCloseL(file);
    }
    VSIFCloseL(whole);
    return path;
}

// ---- XLSX

#define XLSX_BOOK                                                                                  \
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"H\" state=\"hidden\" sheetId=\"3\" "            \
    "r:id=\"r3\"/><sheet name=\"Данные\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Two\" "    \
    "sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
#define XLSX_RELATIONS                                                                             \
    "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/a.xml\"/><Relationship Id=\"r2\" " \
    "Target=\"/xl/worksheets/b.xml\"/><Relationship Id=\"r3\" Target=\"worksheets/h.xml\"/>"       \
    "</Relationships>"
// Styles 0: general, 1: a date, 2: an own date, 3: a time, 4: percent, 5: money with a "д" in it.
#define XLSX_STYLES                                                                                \
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-419]dd\\.mm\\.yyyy;@\"/>"       \
    "<numFmt numFmtId=\"165\" formatCode=\"#,##0&quot; days&quot;\"/></numFmts><cellStyleXfs>"     \
    "<xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"       \
    "<xf numFmtId=\"164\"/><xf numFmtId=\"21\"/><xf numFmtId=\"9\"/><xf numFmtId=\"165\"/>"        \
    "</cellXfs></styleSheet>"
#define XLSX_STRINGS                                                                                       \
    "\xef\xbb\xbf<sst><si><t>Область</t></si><si><r><t>Пре</t></r><r><t xml:space=\"preserve\">" \
    "ступления </t></r><rPh sb=\"0\" eb=\"1\"><t>xx</t></rPh></si><si><t>A &amp; &lt;B&gt;</t>"   \
    "</si></sst>"

static inline char *xlsx_with(const char *rows, const char *fill, gsize times, const char *tail) {
    const Part parts[] = {
        {"xl/workbook.xml", XLSX_BOOK, NULL, 0, NULL},
        {"xl/_rels/workbook.xml.rels", XLSX_RELATIONS, NULL, 0, NULL},
        {"xl/styles.xml", XLSX_STYLES, NULL, 0, NULL},
        {"xl/sharedStrings.xml", XLSX_STRINGS, NULL, 0, NULL},
        {"xl/worksheets/a.xml", rows, fill, times, tail},
        {"xl/worksheets/b.xml",
         "<worksheet><sheetData><row><c t=\"str\"><v>two</v></c></row></sheetData></worksheet>",
         NULL, 0, NULL},
        {"xl/worksheets/h.xml",
         "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>", NULL, 0, NULL},
    };
    return archive_of("book.xlsx", parts, G_N_ELEMENTS(parts));
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

// ---- XLS: a compound file of one stream, which holds BIFF8

static inline void put_u16(GByteArray *out, guint value) {
    const guint8 bytes[] = {(guint8)value, (guint8)(value >> 8)};
    g_byte_array_append(out, bytes, 2);
}

static inline void put_u32(GByteArray *out, guint32 value) {
    put_u16(out, value & 0xffff);
    put_u16(out, value >> 16);
}

static inline void put_zeros(GByteArray *out, guint until) {
    const guint from = out->len;
    g_byte_array_set_size(out, MAX(until, from));
    memset(out->data + from, 0, out->len - from);
}

static inline void put_wide(GByteArray *out, const char *text) {
    gsize n;
    g_autofree char *wide = g_convert(text, -1, "UTF-16LE", "UTF-8", NULL, &n, NULL);
    g_byte_array_append(out, (const guint8 *)wide, (guint)n);
}

static inline void put_start(GByteArray *out, guint kind) {
    const guint16 words[] = {0x809, 16, 0x600, (guint16)kind, 0x0dbb, 0x07cc, 0, 0, 6, 0};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        put_u16(out, words[i]);
}

// Style 0: general, 1: a date.
static inline void put_globals(GByteArray *out, const char *const *texts, guint n) {
    put_start(out, 5);
    for (guint i = 0; i < 2; i++) {
        put_u16(out, 0xe0), put_u16(out, 20), put_u16(out, 0), put_u16(out, i ? 14 : 0);
        put_zeros(out, out->len + 16);
    }
    put_u16(out, 0x85), put_u16(out, 8 + 10);
    const guint start = out->len;
    put_u32(out, 0), put_u16(out, 0), put_u16(out, 5 | 1 << 8), put_wide(out, "Лист1");
    guint length = 8;
    for (guint i = 0; i < n; i++)
        length += 3 + 2 * (guint)g_utf8_strlen(texts[i], -1);
    put_u16(out, 0xfc), put_u16(out, length), put_u32(out, n), put_u32(out, n);
    for (guint i = 0; i < n; i++) {
        put_u16(out, (guint)g_utf8_strlen(texts[i], -1));
        g_byte_array_append(out, (const guint8 *)"\1", 1);
        put_wide(out, texts[i]);
    }
    put_u16(out, 0x0a), put_u16(out, 0);
    out->data[start] = (guint8)out->len;
    out->data[start + 1] = (guint8)(out->len >> 8);
}

typedef struct {
    guint row, column, style;
    double number;
    int text; // -1: the number
} XlsCell;

static inline void put_cells(GByteArray *out, const XlsCell *cells, size_t n) {
    put_start(out, 0x10);
    put_u16(out, 0x200), put_u16(out, 14), put_u32(out, 0), put_u32(out, 10);
    put_u16(out, 0), put_u16(out, 5), put_u16(out, 0);
    for (size_t i = 0; i < n; i++) {
        const bool number = cells[i].text < 0;
        put_u16(out, number ? 0x203 : 0xfd), put_u16(out, number ? 14 : 10);
        put_u16(out, cells[i].row), put_u16(out, cells[i].column), put_u16(out, cells[i].style);
        if (number)
            g_byte_array_append(out, (const guint8 *)&cells[i].number, 8);
        else
            put_u32(out, (guint32)cells[i].text);
    }
    put_u16(out, 0x0a), put_u16(out, 0);
}

static inline void put_entry(GByteArray *out, const char *name, guint kind, guint child,
                             guint sector, guint size) {
    const guint start = out->len;
    put_wide(out, name);
    put_zeros(out, start + 64);
    put_u16(out, 2 * (guint)strlen(name) + 2), put_u16(out, kind | 1 << 8);
    put_u32(out, G_MAXUINT32), put_u32(out, G_MAXUINT32), put_u32(out, child);
    put_zeros(out, start + 116);
    put_u32(out, sector), put_u32(out, size), put_u32(out, 0);
}

/** A compound file whose stream `name` holds `stream`: sector 0 is the allocation table, sector 1
 *  the directory. */
static inline char *compound_of(const char *file, const char *name, GByteArray *stream) {
    put_zeros(stream, MAX(4096, (stream->len + 511) / 512 * 512));
    const guint sectors = stream->len / 512;
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_byte_array_append(out, (const guint8 *)"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    put_zeros(out, 24);
    put_u16(out, 0x3e), put_u16(out, 3), put_u16(out, 0xfffe), put_u16(out, 9), put_u16(out, 6);
    put_zeros(out, 44);
    put_u32(out, 1), put_u32(out, 1), put_u32(out, 0), put_u32(out, 4096);
    put_u32(out, 0xfffffffe), put_u32(out, 0), put_u32(out, 0xfffffffe), put_u32(out, 0);
    put_u32(out, 0);
    while (out->len < 512)
        put_u32(out, G_MAXUINT32);
    put_u32(out, 0xfffffffd), put_u32(out, 0xfffffffe);
    for (guint i = 0; i < sectors; i++)
        put_u32(out, i + 1 < sectors ? i + 3 : 0xfffffffe);
    while (out->len < 1024)
        put_u32(out, G_MAXUINT32);
    put_entry(out, "Root Entry", 5, 1, 0xfffffffe, 0);
    put_entry(out, name, 2, G_MAXUINT32, 2, stream->len);
    put_zeros(out, 1536);
    g_byte_array_append(out, stream->data, stream->len);
    return file_of(file, (const char *)out->data, out->len);
}

#endif
