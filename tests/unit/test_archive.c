#include "tests/files.h"

#include <cpl_vsi.h>

typedef struct {
    const char *name, *data;
    guint32 stated; // size; 0: the true one
    guint16 flags;
} Member;

static void put(GByteArray *out, guint32 value, int bytes) {
    for (int i = 0; i < bytes; i++)
        g_byte_array_append(out, &(guint8){i < 4 ? (guint8)(value >> (8 * i)) : 0}, 1);
}

static guint32 crc_of(const char *data) {
    guint32 crc = ~0u;
    for (const guint8 *p = (const guint8 *)data; *p; p++) {
        crc ^= *p;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static void put_common(GByteArray *out, const Member *m) {
    const guint32 size = (guint32)strlen(m->data);
    put(out, 20, 2);
    put(out, m->flags, 2);
    put(out, 0, 6); // stored, no time
    put(out, crc_of(m->data), 4);
    put(out, size, 4);
    put(out, m->stated ? m->stated : size, 4);
    put(out, (guint32)strlen(m->name), 2);
}

// An archive of stored members, which may lie about their sizes.
static char *archive_of(const char *file, const Member *members, size_t n) {
    GByteArray *out = g_byte_array_new(), *directory = g_byte_array_new();
    for (size_t i = 0; i < n; i++) {
        const Member *m = &members[i];
        put(directory, 0x02014b50, 4);
        put(directory, 20, 2);
        put_common(directory, m);
        put(directory, 0, 12);
        put(directory, out->len, 4);
        g_byte_array_append(directory, (const guint8 *)m->name, (guint)strlen(m->name));
        put(out, 0x04034b50, 4);
        put_common(out, m);
        put(out, 0, 2);
        g_byte_array_append(out, (const guint8 *)m->name, (guint)strlen(m->name));
        g_byte_array_append(out, (const guint8 *)m->data, (guint)strlen(m->data));
    }
    const guint32 at = out->len;
    g_byte_array_append(out, directory->data, directory->len);
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, (guint32)n, 2);
    put(out, (guint32)n, 2);
    put(out, directory->len, 4);
    put(out, at, 4);
    put(out, 0, 2);
    g_byte_array_unref(directory);
    char *path = file_of(file, (const char *)out->data, out->len);
    g_byte_array_unref(out);
    return path;
}

static void archives_are_judged(void **state) {
    (void)state;
    static const char DATA[] = COLLECTION(TOWN);
    static const struct {
        Member members[3];
        const char *layer;
        gint64 rows;
        const char *says;
    } cases[] = {
        {{{"a.geojson", DATA}}, NULL, 1, "a.geojson read from the archive"},
        {{{"d/e/a.geojson", DATA}, {"d/read me.txt", "x"}}, NULL, 1, "d/e/a.geojson read"},
        {{{"a.geojson", DATA}, {"b.geojson", DATA}},
         NULL,
         -1,
         "holds 2 layers: say which by --sheet: a.geojson, b.geojson"},
        {{{"a.geojson", DATA}, {"b.json", DATA}}, "b", 1, "b.json read"},
        {{{"a.geojson", DATA}, {"b.json", DATA}}, "c", -1, "holds 2 layers"},
        {{{"a.txt", DATA}}, NULL, -1, "no map layer lies in the archive"},
        {{{"a.geojson", "junk"}}, NULL, -1, "is of no format that is read here"},
        {{{"../a.geojson", DATA}},
         NULL,
         -1,
         "value '../a.geojson': a member of the archive points"},
        {{{"d/../../a.geojson", DATA}}, NULL, -1, "points out of it"},
        {{{"/etc/a.geojson", DATA}}, NULL, -1, "points out of it"},
        {{{"C:\\a.geojson", DATA}}, NULL, -1, "points out of it"},
        {{{"d\\..\\a.geojson", DATA}}, NULL, -1, "points out of it"},
        {{{"a.geojson", DATA}, {"b.zip", "PK"}}, NULL, -1, "value 'b.zip': an archive lies in the"},
        {{{"a.geojson", DATA, 0, 1}}, NULL, -1, "has a password"},
        {{{"a.geojson", DATA, 200 << 20}}, NULL, -1, "more than a hundred times its size"},
        {{{"a.geojson", DATA, 3u << 30}}, NULL, -1, "unpack to more than 2 GiB"},
        {{{"a.geojson", DATA, 10}}, NULL, -1, "damaged or not of the size that is stated"},
        {{{"a.geojson", DATA, 9999}}, NULL, -1, "damaged or not of the size that is stated"},
        {{{"\x90\xa0.geojson", DATA}}, "Ра", 1, "Ра.geojson read"}, // CP866, as Windows writes
        {{{"Ра.geojson", DATA, 0, 0x800}}, NULL, 1, "Ра.geojson read"},
        {{{"\xff.geojson", DATA, 0, 0x800}}, NULL, -1, "has no usable name"},
        {{{"\x1b[2J.geojson", DATA}}, NULL, 1, "\\u001B[2J.geojson read"},
        {{{"doc.kml", "<kml/>"}, {"a.geojson", DATA}}, "a", 1, "a.geojson read"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t n = 0;
        while (n < 3 && cases[i].members[n].name)
            n++;
        g_autofree char *name = g_strdup_printf("case%zu.zip", i), *notes = NULL;
        g_autofree char *path = archive_of(name, cases[i].members, n);
        g_autoptr(GError) error = NULL;
        const GapReadOptions options = {.archive = true, .layer = cases[i].layer};
        const gint64 rows = read_all(path, &options, &notes, &error);
        if (rows != cases[i].rows)
            fail_msg("case %zu: %d rows, %s", i, (int)rows, error ? error->message : "");
        if (rows < 0)
            assert_error_says(error, cases[i].says);
        else if (!strstr(notes, cases[i].says))
            fail_msg("case %zu: '%s'", i, notes);
        assert_int_equal(read_all(path, NULL, NULL, &error), -1);
        assert_error_says(error, "is an archive: add --archive");
    }
}

static void archives_of_nothing_or_too_much_are_told(void **state) {
    (void)state;
    const GapReadOptions options = {.archive = true};
    g_autoptr(GError) error = NULL;
    g_autofree char *none = archive_of("none.zip", NULL, 0);
    assert_int_equal(read_all(none, &options, NULL, &error), -1);
    assert_error_says(error, "the archive is empty");
    Member *many = g_new0(Member, 1001);
    for (int i = 0; i < 1001; i++)
        many[i] = (Member){.name = "x.txt", .data = "x"};
    g_autofree char *full = archive_of("full.zip", many, 1001);
    g_free(many);
    assert_int_equal(read_all(full, &options, NULL, &error), -1);
    assert_error_says(error, "more than 1,000 members");
    g_autofree char *whole =
        archive_of("whole.zip", &(Member){.name = "a.geojson", .data = COLLECTION(TOWN)}, 1);
    g_autofree char *data = NULL;
    gsize length;
    assert_true(g_file_get_contents(whole, &data, &length, NULL));
    for (gsize left = 5; left < length; left++) {
        g_autofree char *path = file_of("cut.zip", data, (gssize)left);
        assert_int_equal(read_all(path, &options, NULL, &error), -1);
        assert_error_says(error, "the archive is cut off or damaged");
    }
    // Any single byte of the directory may be wrong without harm.
    for (gsize i = length - 100; i < length; i++) {
        data[i] ^= 0x55;
        g_autofree char *path = file_of("odd.zip", data, (gssize)length);
        data[i] ^= 0x55;
        const gint64 rows = read_all(path, &options, NULL, &error);
        assert_true(rows == 1 || error);
        g_clear_error(&error);
    }
}

// Written by GDAL itself, compressed.
static void zipped_formats_are_read(void **state) {
    (void)state;
    static const struct {
        const char *name, *how;
        int fields;
    } cases[] = {
        {"z.shp", "-f|ESRI Shapefile", 3}, {"z.gpkg", "-f|GPKG", 3},
        {"z.fgb", "-f|FlatGeobuf", 3},     {"z.geojsonl", "-f|GeoJSONSeq", 3},
        {"z.kml", "-f|LIBKML", 11},
    };
    g_autofree char *from = towns(), *beside = named("in");
    assert_int_equal(g_mkdir(beside, 0700), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_build_filename("in", cases[i].name, NULL);
        g_autofree char *path = make(from, name, cases[i].how);
        g_autofree char *zip = g_strdup_printf("%s/z%zu.zip", folder, i);
        g_autoptr(GDir) names = g_dir_open(beside, 0, NULL);
        const char *part;
        while ((part = g_dir_read_name(names))) {
            g_autofree char *source = g_build_filename(beside, part, NULL);
            g_autofree char *target = g_strdup_printf("/vsizip/%s/%s", zip, part), *data = NULL;
            gsize length;
            assert_true(g_file_get_contents(source, &data, &length, NULL));
            VSILFILE *out = VSIFOpenL(target, "wb");
            assert_int_equal(VSIFWriteL(data, 1, length, out), length);
            VSIFCloseL(out);
            g_unlink(source);
        }
        g_autoptr(GError) error = NULL;
        g_autoptr(GapReader) reader =
            gap_reader_open(zip, &(GapReadOptions){.archive = true}, &error);
        assert_no_error(error);
        g_autoptr(GapTable) batch = gap_reader_next(reader, &error);
        assert_no_error(error);
        assert_int_equal(gap_table_rows(batch), 3);
        assert_true(gap_table_columns(batch) >= (size_t)cases[i].fields);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(archives_are_judged),
        cmocka_unit_test(archives_of_nothing_or_too_much_are_told),
        cmocka_unit_test(zipped_formats_are_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
