/* Tables of text: separators, quotes, encodings; headers, totals and footnotes. */
#include "tests/sheets.h"

#include "geo/files/totals.h"

typedef struct {
    const char *data, *want, *note;
    int header;
} Case;

static void check(const Case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("case-%zu.csv", i);
        g_autofree char *path = file_of(name, cases[i].data, -1);
        const GapReadOptions options = {.header = cases[i].header};
        check_sheet(path, &options, cases[i].want, cases[i].note);
    }
}

static void separators_and_quotes(void **state) {
    (void)state;
    static const Case cases[] = {
        {"a,b\n1,2\n", "a|b\n1:1|2\n", NULL, 0},
        {"a;b\n1,5;2,5\n", "a|b\n1:1,5|2,5\n", "separated by semicolons", 0},
        {"a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", "a|b|c\n1:1,5|2,5|3,5\n2:1,5|2,5|3,5\n", "semi", 0},
        {"id;x;y\n1;74,1;42,2\n2;74,2;42,3\n", "id|x|y\n1:1|74,1|42,2\n2:2|74,2|42,3\n", "semi", 0},
        {"a\tb\n1,5\t2\n", "a|b\n1:1,5|2\n", "separated by tabs", 0},
        {"a\tb\tc\n\t2\t\n", "a|b|c\n1:-|2|-\n", "tabs", 0},
        {"sep=;\na;b\n1;2,5\n", "a|b\n1:1|2,5\n", "semi", 0},
        {"SEP=,\r\na;b,c\r\n1,2\r\n", "a;b|c\n1:1|2\n", NULL, 0},
        {"\xef\xbb\xbfsep=\t\ra\tb\r1\t2\r", "a|b\n1:1|2\n", "tabs", 0},
        {"a,b\r1,2\r3,4", "a|b\n1:1|2\n2:3|4\n", NULL, 0},
        {"a,b\r\n1,2\r\n\r\n3,4\r\n", "a|b\n1:1|2\n2:3|4\n", NULL, 0},
        {"a,b\n\"x\ny\"\"z\",\"1,2\"\n", "a|b\n1:x\ny\"z|1,2\n", NULL, 0},
        {"a,b\n \"x\" ,\" y \"\n", "a|b\n1:x| y \n", NULL, 0},
        {"a,b\n\"x\"z,5\" tube\n", "a|b\n1:xz|5\" tube\n", NULL, 0},
        {"a,b,,\n1,2,,\n3,,,\n", "a|b\n1:1|2\n2:3|-\n", NULL, 0},
        {"a,b\n,,,,\n,\n1\n", "a|b\n1:1|-\n", NULL, 0},
        {"\"a;b\";c\n\"1;2\";3\n", "a;b|c\n1:1;2|3\n", "semi", 0},
        {"a,b\n1,\"\"\n", "a|b\n1:1|-\n", NULL, 0},
        {"a,b\n1,x\xc2\xa0y\n", "a|b\n1:1|x\xc2\xa0y\n", NULL, 0},
        {"<5,b\n1,2\n", "<5|b\n1:1|2\n", NULL, 0},
        {"one\nx\ny", "one\n1:x\n2:y\n", NULL, 0},
        {"a,b", "a|b\n", NULL, 0},
        {"a\n", "a\n", NULL, 0},
        {"\"a\nb\",c\n1,2\n", "a b|c\n1:1|2\n", NULL, 0},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void what_is_wrong_is_named(void **state) {
    (void)state;
    static const Case cases[] = {
        {"a,b\n1,\"2\n3,4\n", "ERROR: case-0.csv, row 1, value '\"2\\u000A3,4': a quote is opened",
         NULL, 0},
        {"a,b\n1,2\n1,2,3\n", "ERROR: row 2, value '3': the row has more values than the header",
         NULL, 0},
        {"a,b,a\n1,2,3\n", "ERROR: field a: two columns have this name, columns 1 and 3", NULL, 0},
        {"\n,\n\n", "ERROR: nothing but blank lines", NULL, 0},
        {"a,b\n1,caf\xe9\n",
         "ERROR: row 1, field b, value 'caf\xef\xbf\xbd': the value is not "
         "UTF-8 text: save the file as UTF-8, or give its encoding with "
         "--encoding",
         NULL, 0},
        {"title\na,b\nc\xe9,2\n", "ERROR: row 1, field a", "line 2", 0},
        {"a,b\n1,2\n", "ERROR: line 7, which --header names, holds nothing", NULL, 7},
        {"a,geom\n1,POINT(1\n", "ERROR: row 1, field geom, value 'POINT(1': is not a geometry",
         NULL, 0},
        {"%PDF-1.4 a,b\n", "ERROR: is a PDF: copy its table", NULL, 0},
        {"{\\rtf1 a,b\n", "ERROR: is an RTF document: save it as DOCX", NULL, 0},
        {"\n<HTML><table>", "ERROR: is a page of the web or XML", NULL, 0},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void headers_are_found(void **state) {
    (void)state;
    static const Case cases[] = {
        // titles, units, blank lines
        {"Сведения о преступлениях за 2017 год;;\n;;\nОбласть;Год;Число\nЧуй;2017;5\n",
         "Область|Год|Число\n1:Чуй|2017|5\n", "columns are named in line 3 (--header)", 0},
        {"Title\nsource,of it,,,,\na,b,c,d,e,f\n1,2,3,4,5,6\n", "a|b|c|d|e|f\n1:1|2|3|4|5|6\n",
         "line 3", 0},
        {"T;;\n;;тыс. чел.\na;b;c\nx;1;2\n", "a|b|c\n1:x|1|2\n", "line 3", 0},
        {"T;;;;\n;;;;единиц\nОбласть;Преступления;;Люди;\n;2016;2017;2016;2017\nЧуй;5;6;7;8\n",
         "Область|Преступления 2016|Преступления 2017|Люди 2016|Люди 2017\n1:Чуй|5|6|7|8\n",
         "lines 3 to 4", 0},
        // two lines, as merged cells leave them
        {"Область;Преступления;\n;2016;2017\nЧуй;5;6\n",
         "Область|Преступления 2016|Преступления 2017\n1:Чуй|5|6\n",
         "columns are named in lines 1 to 2 (--header 2)", 0},
        {"Аймак,Калктын саны,,,,,\n,2001,2002,2003,2004,2005,2006\nЧүй,1,2,3,4,5,6\nОш,1,,,,,6\n",
         "Аймак|Калктын саны 2001|Калктын саны 2002|Калктын саны 2003|Калктын саны 2004|Калктын "
         "саны 2005|Калктын саны 2006\n1:Чүй|1|2|3|4|5|6\n2:Ош|1|-|-|-|-|6\n",
         "lines 1 to 2", 0},
        {"№;Область;Всего;в том числе;;Люди\nп/п;;;тяжкие;иные;\n1;Чуй;5;2;3;9\n2;Ош;5;2;3;9\n",
         "№ п/п|Область|Всего|в том числе тяжкие|в том числе иные|Люди\n1:1|Чуй|5|2|3|9\n"
         "2:2|Ош|5|2|3|9\n",
         "lines 1 to 2", 0},
        {"a;Преступления;;Люди;\n;2016;2017;2016;2017\nЧуй;5;6;7;8\n",
         "a|Преступления 2016|Преступления 2017|Люди 2016|Люди 2017\n1:Чуй|5|6|7|8\n", "lines 1",
         0},
        // three lines
        {"a;Преступления;;;\n;2016;;2017;\n;всего;тяжкие;всего;тяжкие\nЧуй;5;6;7;8\n",
         "a|Преступления 2016 всего|Преступления 2016 тяжкие|Преступления 2017 всего|Преступления "
         "2017 тяжкие\n1:Чуй|5|6|7|8\n",
         "lines 1 to 3 (--header 3)", 0},
        // the numbers of the columns
        {"Область;Год;Число\n1;2;3\nЧуй;2017;5\n", "Область|Год|Число\n1:Чуй|2017|5\n",
         "line 2 numbers the columns", 0},
        {"Область;Код;2016;2017\nА;Б;1;2\nЧуй;K1;5;6\n", "Область|Код|2016|2017\n1:Чуй|K1|5|6\n",
         "line 2 numbers the columns", 0},
        {"a,b,c\n1,2,3\n4,5,6\n", "a|b|c\n1:1|2|3\n2:4|5|6\n", NULL, 0},
        {"a,b\nA,1\nB,2\n", "a|b\n1:A|1\n2:B|2\n", NULL, 0},
        {"a,b,c\nA,1,2\nB,2,3\n", "a|b|c\n1:A|1|2\n2:B|2|3\n", NULL, 0},
        // years are names; a row is none
        {"Область,2015,2016\nЧуй,1,2\n", "Область|2015|2016\n1:Чуй|1|2\n", NULL, 0},
        {"area,year\nЧуй,2015\nОш,2016\n", "area|year\n1:Чуй|2015\n2:Ош|2016\n", NULL, 0},
        {"a,b,c\nx,,\ny,z,w\n", "a|b|c\n1:x|-|-\n2:y|z|w\n", NULL, 0},
        // columns without a name
        {"a,,c\nx,5,6\n", "a|column 2|c\n1:x|5|6\n", "column 2 has no name", 0},
        {"a,b,\nx,5,6\n", "a|b|column 3\n1:x|5|6\n", "it is called 'column 3'", 0},
        // asked for
        {"a,b\nc,d\n1,2\n", "c|d\n1:1|2\n", NULL, 2},
        {"t,\n\nОбласть;Преступления;\n;2016;2017\nЧуй;5;6\n",
         "Область|Преступления 2016|Преступления 2017\n1:Чуй|5|6\n", "semi", 4},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void totals_and_footnotes_are_left_out(void **state) {
    (void)state;
    static const Case cases[] = {
        {"a,b\nЧуй,1\nИтого,1\nОш,2\nВСЕГО:,3\n", "a|b\n1:Чуй|1\n3:Ош|2\n",
         "row 2 is left out as a total: 'Итого'\nrow 4 is left out as a total: 'ВСЕГО:'", 0},
        {"a,b\nЧүй,1\nБардыгы,1\n* Булак: УСК,\n", "a|b\n1:Чүй|1\n",
         "row 2 is left out as a total: 'Бардыгы'\nrow 3 is left out as a footnote", 0},
        {"n,a,b\n1,x,1\n,Total,1\nSource: office,,\n", "n|a|b\n1:1|x|1\n",
         "row 2 is left out as a total", 0},
        // all offences of a unit are no total of the others
        {"code,offence,n\n41702,Всего,5\n", "code|offence|n\n1:41702|Всего|5\n", NULL, 0},
        {"a\nИсточник\n", "a\n1:Источник\n", NULL, 0},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void words_of_totals(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool total, footnote;
    } cases[] = {
        {"Итого", true, false},
        {"ИТОГО:", true, false},
        {"  всего по области", true, false},
        {"Барды", true, false},
        {"БААРДЫГЫ", true, false},
        {"Жыйынтыгы:", true, false},
        {"Жалпы саны", true, false},
        {"Grand Total", true, false},
        {"Чуй Итог", true, false},
        {"Подитог", true, false},
        {"Sum", true, false},
        {"Всесвятское", false, false},
        {"Всегдашнее", false, false},
        {"Totally Village", false, false},
        {"Барды-Булак", false, false},
        {"Итоговое", false, false},
        {"Жалпак-Таш", false, false},
        {"Summit", false, false},
        {"* по данным МВД", false, true},
        {"1) предварительно", false, true},
        {"Примечание: нет", false, true},
        {"ПРИМЕЧАНИЯ", false, true},
        {"Источник", false, true},
        {"Source: NSC", false, true},
        {"По данным ГУВД", false, true},
        {"Булак: УСК", false, true},
        {"1 мая", false, false},
        {"", false, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (gap_is_total(cases[i].text) != cases[i].total ||
            gap_is_footnote(cases[i].text) != cases[i].footnote)
            fail_msg("'%s'", cases[i].text);
}

// One table in each encoding, asked for or found; a byte that is not in it is named.
static void encodings_are_found_and_strict(void **state) {
    (void)state;
    static const char text[] = "Область;Число\nЧуйская область;5\nг. Ош;6\n";
    static const char want[] = "Область|Число\n1:Чуйская область|5\n2:г. Ош|6\n";
    static const char *const names[] = {"UTF-8", "CP1251",   "KOI8-R",
                                        "CP866", "UTF-16LE", "UTF-16BE"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        for (int asked = 0; asked < 2; asked++) {
            gsize n;
            g_autofree char *bytes = g_convert(text, -1, names[i], "UTF-8", NULL, &n, NULL);
            g_autofree char *path = file_of("encoded.csv", bytes, (gssize)n);
            const GapReadOptions options = {.encoding = asked ? names[i] : NULL};
            check_sheet(path, &options, want, asked || i == 0 ? "semi" : names[i]);
        }
    g_autofree char *bytes = g_convert(text, -1, "CP1251", "UTF-8", NULL, NULL, NULL);
    *strchr(bytes, '6') = '\x98';
    g_autofree char *path = file_of("encoded.csv", bytes, -1);
    check_sheet(path, &(GapReadOptions){0},
                "ERROR: row 2, field Число, value '\xef\xbf\xbd': the value is not CP1251 text, "
                "the encoding found: give the right one with --encoding",
                "CP1251");
    check_sheet(path, &(GapReadOptions){.encoding = "klingon"}, "ERROR: --encoding klingon", NULL);
}

// One fault in UTF-8 is a fault, and no other encoding.
static void a_fault_is_no_encoding(void **state) {
    (void)state;
    GString *text = g_string_new("а,б\n");
    for (int i = 0; i < 50; i++)
        g_string_append(text, "Ак-Суу,1\n");
    g_string_append(text, "Нарын \xd0,2\n");
    g_autofree char *path = file_of("fault.csv", text->str, -1);
    g_string_free(text, TRUE);
    check_sheet(path, &(GapReadOptions){0}, "ERROR: row 51, field а", NULL);
}

static char *repeated(const char *head, char c, gsize n, const char *tail) {
    GString *text = g_string_sized_new(n + 100);
    g_string_append(text, head);
    g_autofree char *middle = g_strnfill(n, c);
    g_string_append(text, middle);
    g_string_append(text, tail);
    char *path = file_of("long.csv", text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return path;
}

static void sizes_are_bounded(void **state) {
    (void)state;
    static const struct {
        const char *head;
        char c;
        gsize n;
        const char *tail, *want;
    } cases[] = {
        {"a,b\n1,", 'x', 11 << 20, "\n", "ERROR: row 1: the row is longer than 10 MiB"},
        {"", 'x', 64 << 20, "", "ERROR: row 1: the row is longer than 10 MiB"},
        {"a,b\n1,", 'x', 2 << 20, "\n", "ERROR: row 1, field b, value 'xxx"},
        {"a,b\n1,\"", 'x', 11 << 20, "\"\n", "ERROR: a quote is opened here and never closed"},
        {"a,b\n", ',', 5000, "\n1,2\n", "ERROR: row 1: the row has more than 1000 columns"},
        {"a,b\n", '\n', 1 << 20, "1,2\n", "a|b\n1:1|2\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = repeated(cases[i].head, cases[i].c, cases[i].n, cases[i].tail);
        check_sheet(path, &(GapReadOptions){0}, cases[i].want, NULL);
    }
    GString *wide = g_string_new("c1");
    for (int i = 2; i <= 300; i++)
        g_string_append_printf(wide, ",c%d", i);
    g_string_append(wide, "\n1");
    for (int i = 2; i <= 300; i++)
        g_string_append_printf(wide, ",%d", i);
    g_autofree char *path = file_of("wide.csv", wide->str, -1);
    g_string_free(wide, TRUE);
    GapReader *reader;
    g_autoptr(GapTable) batch = read_batch(path, &reader);
    assert_int_equal(gap_table_columns(batch), 300);
    assert_string_equal(gap_table_text(batch, 0, 299), "300");
    gap_reader_free(reader);
}

static void batches_count_on(void **state) {
    (void)state;
    GString *text = g_string_new("id,x\n");
    for (int i = 1; i <= 120000; i++)
        g_string_append_printf(text, "%d,%d.5\n", i, i);
    g_autofree char *path = file_of("many.csv", text->str, -1);
    g_string_free(text, TRUE);
    g_autoptr(GError) error = NULL;
    assert_int_equal(read_all(path, NULL, NULL, &error), 120000); // and each row has its number
    assert_no_error(error);
}

static void wkt_becomes_geometry(void **state) {
    (void)state;
    static const struct {
        const char *data;
        GapReadOptions options;
        size_t columns;
        double x, y; // of the first row; NaN: no geometry
    } cases[] = {
        {"a,geom\n1,POINT Z (74 42 9)\n", {0}, 1, 74, 42},
        {"WKT;a\nPOINT(74.5 42.5);1\n", {0}, 1, 74.5, 42.5},
        {"a;Geometry\n1;point\n", {0}, 1, NAN, NAN},
        {"a;Geometry\n1;rural\n", {0}, 2, NAN, NAN},
        {"a,geom\n1,\n", {0}, 1, NAN, NAN},
        {"a,geom\n1,POINT(42 74)\n", {.swap = true}, 1, 74, 42},
        {"a,wkt\n1,POINT(500000 4649776.22)\n", {.crs = "EPSG:32643"}, 1, 75, 42},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = file_of("wkt.csv", cases[i].data, -1);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapReader) reader = gap_reader_open(path, &cases[i].options, &error);
        assert_no_error(error);
        g_autoptr(GapTable) batch = gap_reader_next(reader, &error);
        if (i == 2) { // begins as WKT does, and is none
            assert_error_says(error, "is not a geometry as WKT");
            continue;
        }
        assert_no_error(error);
        double x = NAN, y = NAN;
        GBytes *wkb = gap_table_geometry(batch, 0);
        assert_int_equal(wkb != NULL, !isnan(cases[i].x));
        assert_true(!wkb || gap_wkb_read_point(wkb, &x, &y));
        assert_near(x, cases[i].x, 1e-5);
        assert_near(y, cases[i].y, 1e-5);
        assert_int_equal(gap_table_columns(batch), cases[i].columns);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separators_and_quotes),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(headers_are_found),
        cmocka_unit_test(totals_and_footnotes_are_left_out),
        cmocka_unit_test(words_of_totals),
        cmocka_unit_test(encodings_are_found_and_strict),
        cmocka_unit_test(a_fault_is_no_encoding),
        cmocka_unit_test(sizes_are_bounded),
        cmocka_unit_test(batches_count_on),
        cmocka_unit_test(wkt_becomes_geometry),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
