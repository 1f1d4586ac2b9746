/* Workbooks and documents: cells, kinds of values, merged cells, sheets, and what is made to do
 * harm. */
#include "tests/books.h"

#include "geo/files/excel_date.h"

static const GapReadOptions PLAIN;

static void xlsx_cells_come_as_they_are_shown(void **state) {
    (void)state;
    static const struct {
        const char *rows, *want;
    } cases[] = {
        // shared, inline, formula's text; numbers; what surrounds the table
        {"<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c><c r=\"C3\" t=\"s\"><v>1</v></c></row>"
         "<row r=\"5\"><c r=\"B5\" t=\"inlineStr\"><is><t> Чуй </t></is></c><c r=\"C5\"><v>"
         "41702215855000</v></c></row><row r=\"6\"><c r=\"B6\" t=\"str\"><f>A1&amp;B1</f><v>x</v>"
         "</c><c r=\"C6\"><f>1+2</f><v>0.30000000000000004</v></c></row>",
         "Область|Преступления\n1:Чуй|41702215855000\n2:x|0.3\n"},
        // places left out, errors, truth, broken references
        {"<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>2</v></c></row><row><c t=\"e\"><v>#N/A</v></c>"
         "<c t=\"b\"><v>1</v></c></row><row><c t=\"s\"><v>99</v></c><c t=\"s\"><v>-1</v></c></row>",
         "Область|A & <B>\n1:#N/A|1\n"},
        // dates and times
        {"<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>2</v></c></row>"
         "<row><c s=\"1\"><v>43100</v></c><c s=\"2\"><v>43100.520833333336</v></c></row>"
         "<row><c s=\"3\"><v>0.5</v></c><c s=\"4\"><v>0.15</v></c></row>"
         "<row><c s=\"5\"><v>43100</v></c><c s=\"77\"><v>1.5E-7</v></c></row>"
         "<row><c t=\"d\"><v>2017-12-31</v></c><c s=\"1\"><v>-5</v></c></row>",
         "Область|A & <B>\n1:2017-12-31|2017-12-31T12:30:00\n2:12:00:00|0.15\n"
         "3:43100|1.5e-07\n4:2017-12-31|-5\n"},
        // merged: a header of two lines, a province over its districts
        {"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
         "<row r=\"2\"><c r=\"B2\"><v>2016</v></c><c r=\"C2\"><v>2017</v></c></row>"
         "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>Чуй</v></c><c r=\"B3\"><v>1</v></c></row>"
         "<row r=\"4\"><c r=\"C4\"><v>2</v></c></row>"
         "</sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/>"
         "<mergeCell ref=\"A3:A1048576\"/><mergeCell ref=\"nonsense\"/></mergeCells><sheetData>",
         "Область|Преступления 2016|Преступления 2017\n1:Чуй|1|-\n2:Чуй|-|2\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(SHEET("%s"), cases[i].rows);
        g_autofree char *path = xlsx_with(text, NULL, 0, NULL);
        check_sheet(path, &PLAIN, cases[i].want,
                    "sheet 'Данные' is read, not 'Two', 'H' (--sheet)");
    }
}

static void sheets_are_chosen(void **state) {
    (void)state;
    g_autofree char *path = xlsx_with(SHEET("<row/><row><c/></row>"), NULL, 0, NULL);
    check_sheet(path, &PLAIN, "two\n", "sheet 'Two' is read, not 'H' (--sheet)");
    check_sheet(path, &(GapReadOptions){.layer = "H"}, "1\n", "sheet 'H' is read");
    check_sheet(path, &(GapReadOptions){.layer = "Нет"},
                "ERROR: has no sheet 'Нет' with rows: it has 'Данные', 'Two', 'H'", NULL);
    check_sheet(path, &(GapReadOptions){.layer = "Данные"},
                "ERROR: has no sheet 'Данные' with rows", NULL);
}

static void numbers_of_spreadsheets(void **state) {
    (void)state;
    static const struct {
        const char *text;
        GapExcelDate kind;
        bool since_1904;
        const char *want;
    } cases[] = {
        {"41702215855000", GAP_EXCEL_NUMBER, false, "41702215855000"},
        {"4.1702215855E+13", GAP_EXCEL_NUMBER, false, "41702215855000"},
        {"0.1", GAP_EXCEL_NUMBER, false, "0.1"},
        {"74.600000000000009", GAP_EXCEL_NUMBER, false, "74.6"},
        {"1E+308", GAP_EXCEL_NUMBER, false, "1e+308"},
        {"1E+999", GAP_EXCEL_NUMBER, false, "1E+999"},
        {"abc", GAP_EXCEL_NUMBER, false, "abc"},
        {"43100", GAP_EXCEL_DATE, false, "2017-12-31"},
        {"41638", GAP_EXCEL_DATE, true, "2017-12-31"},
        {"1", GAP_EXCEL_DATE, false, "1900-01-01"},
        {"59", GAP_EXCEL_DATE, false, "1900-02-28"},
        {"61", GAP_EXCEL_DATE, false, "1900-03-01"},
        {"2958465", GAP_EXCEL_DATE, false, "9999-12-31"},
        {"2958466", GAP_EXCEL_DATE, false, "2958466"},
        {"43099.999999", GAP_EXCEL_DATE, false, "2017-12-31"},
        {"0.75", GAP_EXCEL_TIME, false, "18:00:00"},
        {"43100.75", GAP_EXCEL_TIME, false, "2017-12-31T18:00:00"},
        {"-1", GAP_EXCEL_DATE, false, "-1"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gap_excel_number(cases[i].text, cases[i].kind, cases[i].since_1904);
        assert_string_equal(got, cases[i].want);
    }
    static const struct {
        int format;
        const char *code;
        GapExcelDate want;
    } kinds[] = {
        {0, NULL, GAP_EXCEL_NUMBER},
        {14, NULL, GAP_EXCEL_DATE},
        {20, NULL, GAP_EXCEL_TIME},
        {164, "yyyy\\-mm\\-dd", GAP_EXCEL_DATE},
        {164, "[h]:mm:ss", GAP_EXCEL_TIME},
        {164, "#,##0\" дней\"", GAP_EXCEL_NUMBER},
        {164, "0.00E+00", GAP_EXCEL_NUMBER},
        {164, "General", GAP_EXCEL_NUMBER},
        {164, "0\\d", GAP_EXCEL_NUMBER},
        {164, "0;[Red]-0", GAP_EXCEL_NUMBER},
        {164, "\"unclosed", GAP_EXCEL_NUMBER},
        {164, "[$-419]mmmm", GAP_EXCEL_NUMBER},
    };
    for (size_t i = 0; i + 2 < G_N_ELEMENTS(kinds); i++)
        if (gap_excel_date_kind(kinds[i].format, kinds[i].code) != kinds[i].want)
            fail_msg("%s", kinds[i].code);
}

#define ODS(rows)                                                                                  \
    "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"E\">"     \
    "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell "                   \
    "table:number-columns-repeated=\"16384\"/></table:table-row></table:table><table:table "       \
    "table:name=\"Т\">" rows "</table:table><table:table table:name=\"Z\"><table:table-row>"       \
    "<table:table-cell><text:p>z</text:p></table:table-cell></table:table-row></table:table>"      \
    "</office:spreadsheet></office:body></office:document-content>"
#define ODS_ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define ODS_CELL(text) "<table:table-cell><text:p>" text "</text:p></table:table-cell>"
#define ODS_VALUE(kind)                                                                            \
    "<table:table-cell office:value-type=" kind "><text:p>shown</text:p>"                          \
    "</table:table-cell>"

static void ods_cells_come_by_value(void **state) {
    (void)state;
    static const struct {
        const char *content, *want;
    } cases[] = {
        {ODS(ODS_ROW(ODS_CELL("a") ODS_CELL("b<text:s text:c=\"2\"/>c"))
                 ODS_ROW(ODS_VALUE("\"float\" office:value=\"41702215855000\"")
                             ODS_VALUE("\"date\" office:date-value=\"2017-12-31T00:00:00\""))
                     ODS_ROW(ODS_VALUE("\"percentage\" office:value=\"0.15\"")
                                 ODS_VALUE("\"time\" office:time-value=\"PT12H\""))),
         "a|b c\n1:41702215855000|2017-12-31\n2:0.15|shown\n"},
        // repeated and merged cells, comments, several paragraphs
        {ODS(ODS_ROW(ODS_CELL("a") "<table:table-cell table:number-columns-spanned=\"2\" "
                                   "table:number-rows-spanned=\"1\"><text:p>n</text:p>"
                                   "</table:table-cell><table:covered-table-cell/>")
                 ODS_ROW("<table:table-cell/>" ODS_CELL("2016") ODS_CELL("2017"))
                     ODS_ROW(ODS_CELL("x<office:annotation><text:p>no</text:p></"
                                      "office:annotation>") "<table:table-cell "
                                                            "table:number-columns-"
                                                            "repeated=\"2\" "
                                                            "office:value-type=\"float\" "
                                                            "office:value=\"5\"/>")
                         ODS_ROW(ODS_CELL("y</text:p><text:p>z") ODS_CELL(
                             "6")) "<table:table-row table:number-rows-repeated=\"1000000\">"
                                   "<table:table-cell table:number-columns-repeated=\"16384\"/>"
                                   "</table:table-row>"),
         "a|n 2016|n 2017\n1:x|5|5\n2:y\nz|6|-\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Part parts[] = {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                              {"content.xml", cases[i].content}};
        g_autofree char *path = archive_of("book.ods", parts, 2);
        check_sheet(path, &PLAIN, cases[i].want, "sheet 'Т' is read, not 'Z' (--sheet)");
        check_sheet(path, &(GapReadOptions){.layer = "Z"}, "z\n", "sheet 'Z' is read");
    }
}

#define TC(inside)   "<w:tc>" inside "</w:tc>"
#define P(text)      "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TR(cells)    "<w:tr>" cells "</w:tr>"
#define MERGE(value) "<w:tcPr><w:vMerge" value "/></w:tcPr>"

static void docx_tables_are_sheets(void **state) {
    (void)state;
    static const char document[] = "<w:document><w:body>" P("Отчёт") "<w:tbl>" TR(TC(P("small")) TC(
        P("n"))) "</w:tbl>"
                 "<w:tbl>" TR(TC(MERGE(" w:val=\"restart\"") P("Область"))
                                  TC("<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" P("Преступле")
                                         P("ния"))) TR(TC(MERGE("")) TC(P("2016")) TC(P("2017")))
                     TR(TC(MERGE(" w:val=\"restart\"") P("Чуй")) TC(P("1<w:delText/>")) TC(P("2")))
                         TR(TC(MERGE(" w:val=\"continue\"")) TC(P("3"))
                                TC("<w:tbl>" TR(TC(P("4")) TC(P("5"))) "</w:tbl>" P("")))
                             TR(TC(P("Итого")) TC(P("4"))
                                    TC(P("6"))) "</w:tbl></w:body></w:document>";
    const Part parts[] = {{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", document}};
    g_autofree char *path = archive_of("report.docx", parts, 2);
    check_sheet(path, &PLAIN,
                "Область|Преступле ния 2016|Преступле ния 2017\n1:Чуй|1|2\n2:Чуй|3|4 5\n",
                "sheet 'table 2' is read, not 'table 1' (--sheet)");
    check_sheet(path, &(GapReadOptions){.layer = "table 1"}, "small|n\n", "'table 1' is read");
    check_sheet(path, &(GapReadOptions){.layer = "table 3"}, "ERROR: has no sheet 'table 3'", NULL);
}

static char *xls(void) {
    static const char *const texts[] = {"Область", "Число", "Чуй", "Ош"};
    static const XlsCell cells[] = {
        {1, 1, 0, 0, 0}, {1, 2, 0, 0, 1},    {2, 1, 0, 0, 2}, {2, 2, 0, 41702215855000, -1},
        {3, 1, 0, 0, 3}, {3, 2, 0, 0.1, -1}, {4, 1, 0, 0, 3}, {4, 2, 1, 43100, -1},
    };
    g_autoptr(GByteArray) stream = g_byte_array_new();
    put_globals(stream, texts, G_N_ELEMENTS(texts));
    put_cells(stream, cells, G_N_ELEMENTS(cells));
    return compound_of("book.xls", "Workbook", stream);
}

static void xls_is_read(void **state) {
    (void)state;
    g_autofree char *path = xls();
    check_sheet(path, &PLAIN, "Область|Число\n1:Чуй|41702215855000\n2:Ош|0.1\n3:Ош|2017-12-31\n",
                NULL);
    check_sheet(path, &(GapReadOptions){.layer = "Лист2"}, "ERROR: has no sheet 'Лист2'", NULL);
}

// Each is cut off at every so many bytes: read or refused, never more.
static void what_is_cut_off_is_refused(void **state) {
    (void)state;
    char *files[] = {xlsx_with(SHEET("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"),
                               NULL, 0, NULL),
                     xls(), NULL};
    for (size_t f = 0; files[f]; f++) {
        g_autofree char *data = NULL;
        gsize length;
        assert_true(g_file_get_contents(files[f], &data, &length, NULL));
        for (gsize n = 4; n < length; n += 1 + length / 60) {
            g_autofree char *path = file_of(f ? "cut.xls" : "cut.xlsx", data, (gssize)n);
            g_autofree char *got = dump(path, &PLAIN, NULL);
            if (f == 0 && !g_str_has_prefix(got, "ERROR: "))
                fail_msg("%zu of %zu bytes: '%s'", n, length, got);
        }
        g_free(files[f]);
    }
}

static void harm_is_bounded(void **state) {
    (void)state;
    static const struct {
        const char *rows, *fill;
        gsize times;
        const char *tail, *want;
    } cases[] = {
        {"<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>",
         "<row spans=\"1:2\"><c/></row>", 1000000,
         "<row r=\"1048576\"><c r=\"A1048576\"><v>7</v></c></row></sheetData></worksheet>",
         "Область|Преступления\n1:7|-\n"},
        {"<worksheet>", "                                                                ", 4000000,
         "</worksheet>", "ERROR: book.xlsx: holds more than 512 MiB when unpacked, or a hundred"},
        {"<worksheet>", "<a><a><a><a>", 300, "", "ERROR: holds more"},
        {"<worksheet>", "<row r=\"5000000\"><c r=\"A5000000\"><v>1</v></c></row>", 1,
         "</worksheet>", "ERROR: or cells beyond row 1,048,576"},
        {"<!DOCTYPE w [<!ENTITY a \"aaaa\">]>", "<worksheet>&a;</worksheet>", 1, "",
         "ERROR: book.xlsx: cannot be read, xl/worksheets/a.xml in it is damaged"},
        {"<worksheet><sheetData><row><c r=\"A1\"><v>1</v></c>", "<c r=\"XFD1\"><v>1</v></c>", 1,
         "</row></sheetData></worksheet>", "ERROR: the row has more than 1000 columns"},
        {"<worksheet>\xff\xfe", "", 0, "", "ERROR: is damaged or has a password"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path =
            xlsx_with(cases[i].rows, cases[i].fill, cases[i].times, cases[i].tail);
        const gint64 start = g_get_monotonic_time();
        check_sheet(path, &PLAIN, cases[i].want, g_str_has_prefix(cases[i].want, "E") ? NULL : "'");
        assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
    }
}

static void ods_that_repeats_without_end_is_refused(void **state) {
    (void)state;
    const Part parts[] = {
        {"content.xml",
         ODS("<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell "
             "table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>"
             "</table:table-row>")}};
    g_autofree char *path = archive_of("repeat.ods", parts, 1);
    check_sheet(path, &PLAIN, "ERROR: repeat.ods: holds more than 512 MiB", NULL);
}

static void other_programs_are_named(void **state) {
    (void)state;
    static const struct {
        const char *file, *stream, *want;
    } cases[] = {
        {"old.doc.xls", "WordDocument",
         "ERROR: is a document of Word before 2007: save it as DOCX"},
        {"secret.xlsx", "EncryptedPackage", "ERROR: has a password: save it without one"},
        {"slides.xls", "PowerPoint Document", "ERROR: is a presentation"},
        {"odd.xls", "Contents", "ERROR: cannot be read as XLS"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GByteArray) stream = g_byte_array_new();
        g_autofree char *path = compound_of(cases[i].file, cases[i].stream, stream);
        check_sheet(path, &PLAIN, cases[i].want, NULL);
    }
    const Part parts[] = {{"xl/workbook.bin", "x"}};
    g_autofree char *path = archive_of("binary.xlsx", parts, 1);
    check_sheet(path, &PLAIN, "ERROR: no XLSX, ODS or DOCX; open it in the program", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xlsx_cells_come_as_they_are_shown),
        cmocka_unit_test(sheets_are_chosen),
        cmocka_unit_test(numbers_of_spreadsheets),
        cmocka_unit_test(ods_cells_come_by_value),
        cmocka_unit_test(docx_tables_are_sheets),
        cmocka_unit_test(xls_is_read),
        cmocka_unit_test(what_is_cut_off_is_refused),
        cmocka_unit_test(harm_is_bounded),
        cmocka_unit_test(ods_that_repeats_without_end_is_refused),
        cmocka_unit_test(other_programs_are_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
