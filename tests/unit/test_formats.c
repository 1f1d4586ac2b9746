/* FlatGeobuf, XLSX and KML: what is written is read back, is the same bytes, and hurts nobody. */
#include "tests/folder_fixture.h"

#include "geo/files/reader.h"
#include "geo/files/vector.h"

#define HOSTILE "]]><script>alert('1')</script>&amp; <b>\"=1+1\x01"

/* Two rows: a hostile one, and one of a code of 14 digits, a formula and nulls. */
static GapTable *sample(const char *name) {
    static const GapColumnSpec columns[] = {{"code", GAP_TYPE_TEXT, NULL, "State code"},
                                            {"name_en", GAP_TYPE_TEXT, NULL, "Name"},
                                            {"description", GAP_TYPE_TEXT, NULL, "<i>Words</i>"},
                                            {"begin", GAP_TYPE_TEXT, NULL, NULL},
                                            {"people", GAP_TYPE_INT, "people", "People"},
                                            {"share", GAP_TYPE_REAL, "share", "Share & more"}};
    GapTable *table = gap_table_new(name);
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(table, &columns[c]);
    gap_table_add_row(table);
    gap_table_set_text(table, 0, 0, "41702215855000");
    gap_table_set_text(table, 0, 1, HOSTILE);
    gap_table_set_text(table, 0, 2, "=HYPERLINK(\"http://x\")");
    gap_table_set_text(table, 0, 3, "2010");
    gap_table_set_int(table, 0, 4, 1234567);
    gap_table_set_real(table, 0, 5, 0.1);
    gap_table_add_row(table);
    gap_table_set_text(table, 1, 0, "00012");
    gap_table_set_text(table, 1, 1, "Ысык-Көл");
    return table;
}

static GapTable *places(const char *name) {
    GapTable *table = sample(name);
    for (size_t r = 0; r < 2; r++) {
        g_autoptr(GBytes) point = gap_wkb_point(70.5 + (double)r, 40.123456789);
        gap_table_set_geometry(table, r, point);
    }
    return table;
}

/* A square clockwise, with a hole; and one without geometry. */
static GapTable *areas(void) {
    GapTable *table = sample("areas");
    double xy[] = {70, 40,   70,   41,   71,   41,   71,   40,   70,
                   40, 70.2, 40.2, 70.4, 40.2, 70.4, 40.4, 70.2, 40.2};
    uint32_t part[] = {0, 2}, ring[] = {0, 5, 9};
    g_autoptr(GBytes) wkb =
        gap_geometry_to_wkb(&(GapGeometry){GAP_SHAPE_POLYGON, 1, 2, 9, part, ring, xy});
    gap_table_set_geometry(table, 0, wkb);
    return table;
}

typedef bool (*Write)(GapTable *table, const char *path, GError **error);

static bool write_fgb(GapTable *table, const char *path, GError **error) {
    return gap_vector_write_fgb(table, path, error);
}
static bool write_xlsx(GapTable *table, const char *path, GError **error) {
    return gap_vector_write_xlsx(&table, 1, path, error);
}
static bool write_kml(GapTable *table, const char *path, GError **error) {
    const char *titles[] = {"Places & <more>"};
    return gap_vector_write_kml(&table, titles, 1, path, error);
}

static char *written(Write write, GapTable *table, const char *name) {
    char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    write(table, path, &error);
    assert_no_error(error);
    return path;
}

static char *contents(const char *path, gsize *n) {
    char *data = NULL;
    assert_true(g_file_get_contents(path, &data, n, NULL));
    return data;
}

static void the_same_table_gives_the_same_bytes(void **state) {
    (void)state;
    static const struct {
        Write write;
        const char *first, *second;
    } cases[] = {{write_fgb, "a.fgb", "b.fgb"},
                 {write_xlsx, "a.xlsx", "b.xlsx"},
                 {write_kml, "a.kml", "a.kml"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapTable) table = places("t");
        gsize n, m;
        g_autofree char *first = written(cases[i].write, table, cases[i].first);
        g_autofree char *before = contents(first, &n);
        g_usleep(i == 1 ? 2100000 : 0); // an archive tells time in steps of two seconds
        g_autofree char *second = written(cases[i].write, table, cases[i].second);
        g_autofree char *after = contents(second, &m);
        assert_int_equal(n, m);
        assert_memory_equal(before, after, n);
    }
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    int files = 0;
    while (g_dir_read_name(dir))
        files++;
    assert_int_equal(files, 5); // nothing left aside
}

static const char *text(const GapTable *table, size_t row, const char *column) {
    const int c = gap_table_find(table, column);
    if (c < 0)
        fail_msg("no column %s", column);
    return gap_table_text(table, row, (size_t)c);
}

static void flatgeobuf_is_read_back(void **state) {
    (void)state;
    g_autoptr(GapTable) table = places("t");
    g_autofree char *path = written(write_fgb, table, "r.fgb");
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) back = gap_vector_read(path, NULL, &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(back), 2);
    size_t first = g_str_equal(text(back, 0, "code"), "00012") ? 1 : 0; // in order of the index
    assert_string_equal(text(back, first, "code"), "41702215855000");
    assert_string_equal(text(back, first, "name_en"), HOSTILE);
    assert_int_equal(gap_table_int(back, first, (size_t)gap_table_find(back, "people")), 1234567);
    assert_true(gap_table_is_null(back, 1 - first, (size_t)gap_table_find(back, "share")));
    double x, y;
    assert_true(gap_wkb_read_point(gap_table_geometry(back, first), &x, &y));
    assert_float_equal(y, 40.123456789, 1e-12);
    gsize n;
    g_autofree char *bytes = contents(path, &n);
    assert_non_null(memmem(bytes, n, "State code", 10)); // the title of a column
}

static void sheets_keep_codes_as_text_and_run_nothing(void **state) {
    (void)state;
    g_autoptr(GapTable) table = places("t");
    g_autoptr(GapTable) other = sample("other");
    GapTable *tables[] = {table, other};
    g_autofree char *path = g_build_filename(folder, "s.xlsx", NULL);
    g_autoptr(GError) error = NULL;
    gap_vector_write_xlsx(tables, 2, path, &error);
    assert_no_error(error);
    for (size_t i = 0; i < 2; i++) {
        g_autoptr(GapTable) back = gap_vector_read(path, i ? "other" : "t", &error);
        assert_no_error(error);
        assert_int_equal(gap_table_rows(back), 2);
        assert_string_equal(text(back, 0, "code"), "41702215855000");
        assert_string_equal(text(back, 1, "code"), "00012");
        assert_string_equal(text(back, 0, "description"), "=HYPERLINK(\"http://x\")");
        assert_non_null(strstr(text(back, 0, "name_en"), "]]><script>alert('1')"));
        g_autofree char *people =
            gap_table_cell_string(back, 0, (size_t)gap_table_find(back, "people"));
        assert_string_equal(people, "1234567");
    }
}

static void a_text_too_long_for_a_cell_is_cut(void **state) {
    (void)state;
    g_autoptr(GapTable) table = sample("t");
    g_autofree char *just = g_strnfill(32767, 'x');
    g_autofree char *over = g_strnfill(40000, 'y');
    gap_table_set_text(table, 0, 2, just);
    gap_table_set_text(table, 1, 2, over);
    g_autofree char *path = written(write_xlsx, table, "l.xlsx");
    assert_string_equal(gap_table_text(table, 0, 2), just);
    assert_int_equal(g_utf8_strlen(gap_table_text(table, 1, 2), -1), 32767);
    assert_true(g_str_has_suffix(gap_table_text(table, 1, 2), "y…"));
}

/* Well-formed, shells counter-clockwise, holes clockwise, text escaped for XML and for a balloon.
 */
static void kml_is_read_back(void **state) {
    (void)state;
    g_autoptr(GapTable) table = areas();
    g_autofree char *path = written(write_kml, table, "r.kml");
    gsize n;
    g_autofree char *kml = contents(path, &n);
    assert_non_null(strstr(kml, "<Folder><name>Places &amp; &lt;more&gt;</name>"));
    assert_non_null(strstr(kml, "<name>]]&gt;&lt;script&gt;"));
    assert_non_null(strstr(kml, "&lt;td&gt;]]&amp;gt;&amp;lt;script&amp;gt;")); // twice in HTML
    assert_null(strstr(kml, "<script"));
    assert_null(strstr(kml, "\x01"));
    assert_null(strstr(kml, "&#x1;"));
    assert_non_null(strstr(kml, "<coordinates>70,40 71,40 71,41 70,41 70,40</coordinates>"));
    assert_non_null(strstr(kml, "<innerBoundaryIs><LinearRing><coordinates>70.2,40.2 70.4,40.4"));
    assert_non_null(strstr(kml, "<displayName>Share &amp; more (share)</displayName>"));
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) back = gap_vector_read(path, NULL, &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(back), 2);
    assert_string_equal(text(back, 0, "code"), "41702215855000");
    assert_string_equal(text(back, 1, "name_en"), "Ысык-Көл");
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(gap_table_geometry(back, 0), &error);
    assert_no_error(error);
    assert_int_equal(g->n_rings, 2);
    assert_null(gap_table_geometry(back, 1));
}

/* A folder that is a file, a geometry that is none: an error, and nothing is left behind. */
static void what_cannot_be_written_says_so(void **state) {
    (void)state;
    static const Write writes[] = {write_fgb, write_xlsx, write_kml};
    static const char *const endings[] = {"fgb", "xlsx", "kml"};
    for (size_t i = 0; i < G_N_ELEMENTS(writes); i++) {
        g_autoptr(GapTable) table = sample("t");
        g_autoptr(GBytes) bad = g_bytes_new_static("nonsense", 8);
        gap_table_set_geometry(table, 1, bad);
        g_autofree char *name = g_strconcat("bad.", endings[i], NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *below = g_build_filename("/dev/null", name, NULL);
        g_autoptr(GError) error = NULL, nowhere = NULL;
        assert_false(writes[i](table, path, &error));
        assert_non_null(strstr(error->message, "t, row 2"));
        assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
        gap_table_set_geometry(table, 1, NULL);
        assert_false(writes[i](table, below, &nowhere));
    }
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(the_same_table_gives_the_same_bytes),
        TEST(flatgeobuf_is_read_back),
        TEST(sheets_keep_codes_as_text_and_run_nothing),
        TEST(a_text_too_long_for_a_cell_is_cut),
        TEST(kml_is_read_back),
        TEST(what_cannot_be_written_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
