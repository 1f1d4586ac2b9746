#include "tests/files.h"

// A PBF of four nodes and three ways: a track with a bridge, a river, a wood.
static const char PBF[] =
    "0000000d0a094f534d48656164657218200a1c220e4f736d536368656d612d56302e36220a44656e7365"
    "4e6f646573101c0000000c0a074f534d4461746118ae010aa8010a4b0a000a07686967687761790a0574"
    "7261636b0a066272696467650a037965730a076e616d653a72750a014d0a0877617465727761790a0572"
    "697665720a076e61747572616c0a04776f6f64122612240a0402020202420e80f1a7950380897aff887a"
    "80897a4a0c80b1bec60580897a00ff887a12311a10080a12030103051a03020406420202021a0c080b12"
    "01071a0108420206021a0f080c1201091a010a4205020401040510a801";

// The same as XML, and a lake.
static const char XML[] =
    "<?xml version='1.0' encoding='UTF-8'?><osm version='0.6'>"
    "<node id='1' lat='42.5' lon='74.5'/><node id='2' lat='42.6' lon='74.6'/>"
    "<node id='3' lat='42.5' lon='74.6'/><node id='4' lat='42.6' lon='74.5'/>"
    "<way id='10'><nd ref='1'/><nd ref='2'/><tag k='highway' v='track'/><tag k='bridge' v='yes'/>"
    "<tag k='name:ru' v='M'/></way>"
    "<way id='11'><nd ref='3'/><nd ref='4'/><tag k='waterway' v='river'/></way>"
    "<way id='12'><nd ref='1'/><nd ref='3'/><nd ref='2'/><nd ref='4'/><nd ref='1'/>"
    "<tag k='natural' v='wood'/></way>"
    "<way id='13'><nd ref='1'/><nd ref='3'/><nd ref='2'/><nd ref='1'/>"
    "<tag k='natural' v='water'/></way></osm>";

static char *pbf_file(const char *name) {
    char bytes[sizeof PBF / 2];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] =
            (char)(16 * g_ascii_xdigit_value(PBF[2 * i]) + g_ascii_xdigit_value(PBF[2 * i + 1]));
    return file_of(name, bytes, sizeof bytes);
}

static GapTable *layer_of(const char *path, const char *layer, GError **error) {
    const GapReadOptions options = {.layer = layer};
    g_autoptr(GapReader) reader = gap_reader_open(path, &options, error);
    return reader ? gap_reader_next(reader, error) : NULL;
}

static const char *cell(const GapTable *table, size_t row, const char *column) {
    const int at = gap_table_find(table, column);
    assert_true(at >= 0);
    return gap_table_text(table, row, (size_t)at);
}

static void layers_are_picked_by_name(void **state) {
    (void)state;
    g_autofree char *pbf = pbf_file("t.osm.pbf"), *xml = file_of("t.osm", XML, -1);
    static const struct {
        bool xml;
        const char *layer;
        size_t rows;
        const char *column, *value;
        GapShapeKind kind;
    } cases[] = {
        {false, "roads", 1, "highway", "track", GAP_SHAPE_LINE},
        {true, "roads", 1, "bridge", "yes", GAP_SHAPE_LINE},
        {false, "roads", 1, "name_ru", "M", GAP_SHAPE_LINE},
        {false, "rivers", 1, "waterway", "river", GAP_SHAPE_LINE},
        {true, "rivers", 1, "waterway", "river", GAP_SHAPE_LINE},
        {false, "landcover", 1, "class", "wood", GAP_SHAPE_POLYGON},
        {true, "landcover", 2, "class", "wood", GAP_SHAPE_POLYGON},
        {true, "lakes", 1, "class", "water", GAP_SHAPE_POLYGON},
        {false, "lines", 2, "highway", "track", GAP_SHAPE_LINE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapTable) table = layer_of(cases[i].xml ? xml : pbf, cases[i].layer, &error);
        assert_no_error(error);
        if (!table || gap_table_rows(table) != cases[i].rows)
            fail_msg("case %zu: %zu rows", i, table ? gap_table_rows(table) : 0);
        assert_string_equal(cell(table, 0, cases[i].column), cases[i].value);
        g_autoptr(GapGeometry) shape = gap_geometry_from_wkb(gap_table_geometry(table, 0), NULL);
        assert_int_equal(shape->kind, cases[i].kind);
        assert_near(shape->xy[0], 74.55, 0.0501);
    }
}

static void others_are_refused(void **state) {
    (void)state;
    char bytes[sizeof PBF / 2];
    g_autofree char *pbf = pbf_file("t.osm.pbf");
    g_autofree char *data = NULL;
    gsize size;
    assert_true(g_file_get_contents(pbf, &data, &size, NULL));
    assert_int_equal(size, sizeof bytes);
    g_autofree char *cut = file_of("cut.osm.pbf", data, (gssize)size - 60);
    memset(data + size - 100, 0xff, 60);
    g_autofree char *damaged = file_of("damaged.osm.pbf", data, (gssize)size);
    g_autofree char *open = file_of("open.osm", XML, 400);
    const struct {
        const char *path, *layer, *says;
    } cases[] = {{pbf, NULL, "say by --sheet which to read of roads, rivers"},
                 {pbf, "trees", "has no layer 'trees'"},
                 {cut, "roads", "cut.osm.pbf"},
                 {damaged, "roads", "damaged.osm.pbf"},
                 {open, "roads", "open.osm"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapTable) table = layer_of(cases[i].path, cases[i].layer, &error);
        if (table)
            fail_msg("case %zu: %zu rows", i, gap_table_rows(table));
        assert_error_says(error, cases[i].says);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_are_picked_by_name),
        cmocka_unit_test(others_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
