#include "tests/world.h"

#include "layers/columns.h"
#include "layers/fields.h"

static World world;

static int open_world(void **state) {
    (void)state;
    static const char classifier[] =
        AREA_HEADER "KG02000000000,province,KG,,Issyk-Kul,official,\"POLYGON((76 41,80 41,80 43,76 "
                    "43,76 41))\"\n";
    static const char below[] = AREA_HEADER
        "KG02205000000,district,KG02000000000,,Ak-Suu,official,\"POLYGON((76 41,80 41,80 43,76 "
        "43,76 41))\"\n"
        "ZZ1,district,KG02000000000,41702215855000,Other,official,\"POLYGON((76 41,80 41,80 43,76 "
        "43,76 41))\"\n";
    world = world_empty();
    world_open(&world);
    world_load(&world, "boundaries", "provinces.csv", classifier);
    world_load(&world, "boundaries", "districts.csv", below);
    return 0;
}

static int close_world(void **state) {
    (void)state;
    world_close(&world);
    return 0;
}

/* A table of text whose lines and cells are parted by '\n' and '|'; empty cells are null. */
static GapTable *table_of(const char *text) {
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_auto(GStrv) headings = g_strsplit(lines[0], "|", -1);
    GapTable *table = gap_table_new("t");
    for (char **heading = headings; *heading; heading++)
        gap_table_add_column(table, &(GapColumnSpec){*heading, GAP_TYPE_TEXT});
    for (char **line = lines + 1; *line; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, "|", -1);
        const size_t row = gap_table_add_row(table);
        for (size_t c = 0; cells[c]; c++)
            gap_table_set_text(table, row, c, *cells[c] ? cells[c] : NULL);
    }
    return table;
}

/* The rows of `text` as a load of `kind` takes them: the fields asked for by '|', or "!field:
 * reason"; a line each. */
static char *take_all(const GapLayerKind *kind, const char *text, const GapMappingOptions *options,
                      const char *fields, GapLoad *load) {
    g_autoptr(GapTable) table = table_of(text);
    g_autoptr(GapTable) rows = gap_fields_table(kind);
    g_auto(GStrv) names = g_strsplit(fields, "|", -1);
    GError *error = NULL;
    g_autoptr(GapMapping) mapping = gap_mapping_new(kind, table, "f", options, &error);
    assert_no_error(error);
    g_autoptr(GapAreas) areas = gap_areas_new(world.store, &error);
    g_autoptr(GapFinder) finder = gap_finder_new(world.store, areas);
    GapFieldJudge judge = {mapping, areas, finder};
    GString *out = g_string_new(NULL);
    for (size_t r = 0; r < gap_table_rows(table); r++) {
        const size_t at = gap_table_add_row(rows);
        gap_table_set_int(rows, at, (size_t)gap_table_find(rows, "row"), (gint64)r + 1);
        g_string_append(out, r ? "\n" : "");
        g_autofree char *reason = NULL;
        size_t i = 0;
        for (bool taken = true; taken && i < mapping->n; i += taken) {
            g_autofree char *cell = gap_mapping_cell(mapping, i, table, r);
            taken = gap_field_take(&judge, i, cell, rows, &reason);
        }
        if (reason)
            g_string_append_printf(out, "!%s: %s", kind->fields[i].name, reason);
        for (char **name = names; !reason && *name; name++) {
            g_autofree char *cell =
                gap_table_cell_string(rows, at, (size_t)gap_table_find(rows, *name));
            g_string_append_printf(out, "%s%s", name == names ? "" : "|", cell ? cell : "");
        }
    }
    if (load) {
        for (guint i = 0; i < mapping->notes->len; i++)
            gap_load_note(load, "%s", (char *)g_ptr_array_index(mapping->notes, i));
        gap_fields_tell(&judge, load);
    }
    gap_field_judge_clear(&judge);
    return g_string_free(out, FALSE);
}

static void cells(void **state) {
    (void)state;
    g_setenv("SOURCE_DATE_EPOCH", "4670438400", TRUE); // 2118-01-01, not before the clock's day
    static const GapMappingOptions crime = {.set = "area=KG02000000000; offence=all; basis=press"},
                                   comma = {.set = "area=KG02000000000; offence=all; basis=press",
                                            .decimal = GAP_DECIMAL_COMMA};
    const struct {
        const GapLayerKind *kind;
        const GapMappingOptions *options;
        const char *text, *fields, *want;
    } cases[] = {
        // intervals
        {&GAP_LAYER_CRIME, &crime, "year|count\n2016|<5\n2016|5-9\n2016|до 5\n2016|7",
         "count|count_low|count_high", "2|0|4\n7|5|9\n2|0|5\n7||"},
        // an interval stands where the middle of the given ends contradicts; the judge says so
        {&GAP_LAYER_CRIME, &crime, "year|count|count_low\n2016|<5|1", "count|count_low|count_high",
         "2|1|4"},
        {&GAP_LAYER_PEOPLE, &(GapMappingOptions){.set = "area=Ak-Suu; basis=press"},
         "year|people\n2016|<5", "people",
         "!people: an interval, 0 to 4, for which people has no place; give one number"},
        // nothing known
        {&GAP_LAYER_CRIME, &crime, "year|count\n2016|-\n2016|н/д\n2016|\n2016|x\n2016|0", "count",
         "!count: not known ('-'); count is required (crimes registered)\n"
         "!count: not known ('н/д'); count is required (crimes registered)\n"
         "!count: empty; count is required (crimes registered)\n"
         "!count: not known ('x'); count is required (crimes registered)\n0"},
        {&GAP_LAYER_PLACES, &(GapMappingOptions){NULL}, "code|people|name_en\n1|…|NA\n2|х|-\n3|0|x",
         "people|name_en", "|NA\n|\n0|x"},
        // numbers
        {&GAP_LAYER_CRIME, &crime, "year|count\n2016|1,234\n2016|12,000", "count", "1234\n12000"},
        {&GAP_LAYER_CRIME, &crime, "year|count\n2016|12,000", "count",
         "!count: could be 12000 or 12; say with --decimal '.' or --decimal ',' which is the "
         "decimal sign"},
        {&GAP_LAYER_CRIME, &comma, "year|count\n2016|12,000\n2016|1.234", "count", "12\n1234"},
        {&GAP_LAYER_CRIME, &crime, "year|count\n2016|1e308\n2016|inf\n2016|12 ед.", "count",
         "!count: not within 0 to 1000000000\n!count: not a number; write digits alone, such as "
         "1234.5\n!count: 'ед.' stands behind the number; write the number alone"},
        {&GAP_LAYER_PLANS, &(GapMappingOptions){.set = "area=Ak-Suu; status=none"},
         "local_share|funded_usd\n50 %|1,234\n0,5|1 234,5", "local_share|funded_usd",
         "0.5|1.234\n0.5|1234.5"},
        // what one column leaves open, another tells
        {&GAP_LAYER_PLANS, &(GapMappingOptions){.set = "area=Ak-Suu; status=none"},
         "local_share|funded_usd\n0.5|1,234", "local_share|funded_usd", "0.5|1234"},
        // dates
        {&GAP_LAYER_PLANS, &(GapMappingOptions){.set = "area=Ak-Suu; status=none"},
         "endorsed_on|valid_to\n31.12.2117|01/02/2130\n2.1.2118|31/12/2130\n31 декабря 2016 "
         "г.|2017-12-31T00:00:00",
         "endorsed_on|valid_to",
         "2117-12-31|2130-02-01\n!endorsed_on: in the future\n2016-12-31|2017-12-31"},
        {&GAP_LAYER_CRIME, &crime, "year|count\n2118 г.|1\n2119|1\n2016 x|1", "count",
         "1\n!year: in the future\n!year: 'x' stands behind the number; write the number alone"},
        // choices
        {&GAP_LAYER_PLANS, &(GapMappingOptions){.set = "area=Ak-Suu"}, "status\nEndorsed\nNONE",
         "status", "endorsed\nnone"},
        // codes
        {&GAP_LAYER_CRIME,
         &(GapMappingOptions){.set = "year=2016; count=1; offence=a; basis=press"},
         "area\n41702205000000\n41702205000000.0\n41702205\n417 02 205 000 00 0\nkg02205000000\n"
         "41702\n41702215855000\nKG02215855000\nak suu\n4.17E+13\n4,1702E+13\n41702999",
         "area",
         "KG02205000000\nKG02205000000\nKG02205000000\nKG02205000000\nKG02205000000\n"
         "KG02000000000\nZZ1\nZZ1\nKG02205000000\n!area: " GAP_CODE_ROUNDED
         "\n!area: " GAP_CODE_ROUNDED "\n"
         "!area: no area has this code or name; see 'gapmap export municipalities -o FILE.csv'; a "
         "former unit is known once 'gapmap load changes FILE' has said what became of it"},
        {&GAP_LAYER_BOUNDARIES,
         &(GapMappingOptions){.set = "level=municipality; boundary_quality=official"},
         "code|parent\n41702205855000|41702205000000\nKG02205855000|KG1", "code|parent",
         "41702205855000|KG02205000000\nKG02205855000|KG1"},
        {&GAP_LAYER_PLACES, &(GapMappingOptions){NULL}, "code\n4.17E+13\n5E10", "code",
         "!code: " GAP_CODE_ROUNDED "\n5E10"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got =
            take_all(cases[i].kind, cases[i].text, cases[i].options, cases[i].fields, NULL);
        if (strcmp(got, cases[i].want) != 0)
            fail_msg("%zu:\n%s\nnot\n%s", i, got, cases[i].want);
    }
    g_unsetenv("SOURCE_DATE_EPOCH");
}

static void what_was_done_is_said(void **state) {
    (void)state;
    static const struct {
        const GapLayerKind *kind;
        GapMappingOptions options;
        const char *text;
        const char *notes[4]; // parts, each of one note
    } cases[] = {
        {&GAP_LAYER_CRIME,
         {.set = "offence=a; basis=press"},
         "Район|Год|Число преступлений\nAk-Suu|2016|<5\nAk-Suu|2016|5\nAk-Suu|2016|<9",
         {"columns known by their headings: --columns \"area=Район; year=Год; count=Число "
          "преступлений\"",
          "2 figures were intervals", "(rows 1, 3)"}},
        {&GAP_LAYER_PEOPLE,
         {.set = "area=Ak-Suu; basis=press"},
         "year|people\n2016|1,234",
         {"people: '1,234' is read with '.' as decimal sign, since only so it can be one of its "
          "values (--decimal '.')"}},
        {&GAP_LAYER_PLACES,
         {NULL},
         "code|people|elevation_m\n1|-|1234,5\n2|н/д|800",
         {"decimal comma in elevation_m (--decimal ',')",
          "2 cells say that nothing is known ('-', 'н/д'): left empty"}},
        {&GAP_LAYER_PLANS,
         {.set = "area=Ak-Suu; status=none"},
         "local_share|funded_usd\n0.5|1,234",
         {"funded_usd: '1,234' is read with '.' as decimal sign, as other columns of the file have "
          "it"}},
        {&GAP_LAYER_PEOPLE,
         {.columns = "people=Население, тыс. чел.", .set = "area=Ak-Suu; basis=press"},
         "year|Население, тыс. чел.\n2016|70",
         {"'Население, тыс. чел.' says 'тыс': its figures are taken as they stand for people"}},
        {&GAP_LAYER_PLACES,
         {NULL},
         "code|Название|Наименование\n1|a|b",
         {"'name_ru' may be any of the columns 'Название', 'Наименование' and is left empty"}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GapLoad load = {.notes = g_ptr_array_new_with_free_func(g_free)};
        g_autofree char *got =
            take_all(cases[i].kind, cases[i].text, &cases[i].options, "row", &load);
        g_ptr_array_add(load.notes, NULL);
        g_autofree char *all = g_strjoinv("\n", (char **)load.notes->pdata);
        for (size_t n = 0; n < 4 && cases[i].notes[n]; n++)
            if (!strstr(all, cases[i].notes[n]))
                fail_msg("%zu:\n%s\ndoes not say\n%s", i, all, cases[i].notes[n]);
        g_ptr_array_unref(load.notes);
    }
}

static void what_cannot_be_guessed(void **state) {
    (void)state;
    static const struct {
        const GapLayerKind *kind;
        const char *headings, *says;
    } cases[] = {
        {&GAP_LAYER_CRIME, "area|year|offence|basis|Число преступлений|Кол-во преступлений",
         "f: 'count' (crimes registered) may be any of the columns 'Число преступлений', 'Кол-во "
         "преступлений'; say which with --columns \"count=COLUMN\""},
        {&GAP_LAYER_PEOPLE, "area|year|basis|Население, тыс. чел.", "no column 'people'"},
        {&GAP_LAYER_PEOPLE, "area|year|basis|", "no column 'people'"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapTable) table = table_of(cases[i].headings);
        GError *error = NULL;
        const GapMappingOptions options = {NULL};
        g_autoptr(GapMapping) mapping =
            gap_mapping_new(cases[i].kind, table, "f", &options, &error);
        assert_null(mapping);
        assert_error_says(error, cases[i].says);
    }
}

/* Columns of typed formats are written by programs: "1.234" is no thousand there. */
static void typed_columns_have_points(void **state) {
    (void)state;
    g_autoptr(GapTable) table = gap_table_new("t");
    gap_table_add_column(table, &(GapColumnSpec){"funded_usd", GAP_TYPE_REAL});
    gap_table_add_column(table, &(GapColumnSpec){"note", GAP_TYPE_TEXT});
    gap_table_add_row(table);
    gap_table_set_real(table, 0, 0, 1.234);
    GError *error = NULL;
    const GapMappingOptions options = {.set = "area=x; status=none", .decimal = GAP_DECIMAL_COMMA};
    g_autoptr(GapMapping) mapping = gap_mapping_new(&GAP_LAYER_PLANS, table, "f", &options, &error);
    assert_no_error(error);
    for (size_t i = 0; i < mapping->n; i++)
        if (g_str_equal(mapping->kind->fields[i].name, "funded_usd"))
            assert_int_equal(mapping->decimal[i], GAP_DECIMAL_POINT);
}

static void points(void **state) {
    (void)state;
    static const GapBox country = {69, 39, 81, 44};
    static const struct {
        const char *text;
        const char *columns;
        const char *crs;
        bool boxed;
        double x, y;        // of the first row
        const char *reason; // or why it has none
    } cases[] = {
        {"lon|lat\n74.59|42.87", NULL, NULL, false, 74.59, 42.87},
        {"Долгота|Широта\n74,590|42,870", NULL, NULL, false, 74.59, 42.87},
        {"Узундук|Кеңдик\n7.459E1|4.287E1", NULL, NULL, false, 74.59, 42.87},
        {"X|Y\n74.59|42.87", NULL, NULL, true, 74.59, 42.87},
        {"X|Y\n42.87|74.59", NULL, NULL, true, 74.59, 42.87},           // surveyors' X is north
        {"lon|lat\n42.87|74.59", NULL, NULL, true, 42.87, 74.59},       // as it says
        {"a|b\n42.87|74.59", "lon=a; lat=b", NULL, true, 42.87, 74.59}, // as told
        {"lat|lon\n42°52'12\"N|74°35'24\"E", NULL, NULL, false, 74.59, 42.87},
        {"lat|lon\n74°35'24\"E|42°52'12\"N", NULL, NULL, false, 74.59, 42.87},
        {"Координаты\n42.87, 74.59", NULL, NULL, false, 74.59, 42.87},
        {"GPS\n74.59 42.87", NULL, NULL, true, 74.59, 42.87},
        {"c\n42,87; 74,59", "coordinates=c", NULL, false, 74.59, 42.87},
        {"X|Y\n466 511,188|4746460.201", NULL, "EPSG:32643", false, 74.59, 42.87},
        {"X|Y\n4748413,618|13466546,390", NULL, "EPSG:28413", true, 74.59, 42.87},
        {"X|Y\n74.59|42.87", NULL, "EPSG:4326", false, 74.59, 42.87},
        {"X|Y\nwest|6", NULL, "EPSG:32643", false, 0, 0, "not a number"},
        {"X|Y\n13456789|4747123", NULL, NULL, true, 0, 0, "with --crs"},
        {"lon|lat\n|42.87", NULL, NULL, false, 0, 0, "empty; lon is required (degrees east)"},
        {"lon|lat\n74.59|н/д", NULL, NULL, false, 0, 0, "empty; lat is required (degrees north)"},
        {"lon|lat\n74.59|91", NULL, NULL, false, 0, 0, "not within -90 to 90"},
        {"lon|lat\nnan|42", NULL, NULL, false, 0, 0, "not an angle"},
        {"GPS\n42.87", NULL, NULL, false, 0, 0, "not two coordinates"},
        {"GPS\n", NULL, NULL, false, 0, 0, "not two coordinates"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapTable) table = table_of(cases[i].text);
        GError *error = NULL;
        const GapMappingOptions options = {.columns = cases[i].columns,
                                           .set =
                                               "code=1; kind=station; status=open; precision=exact",
                                           .expected = cases[i].boxed ? &country : NULL,
                                           .crs = cases[i].crs};
        g_autoptr(GapMapping) mapping =
            gap_mapping_new(&GAP_LAYER_POLICE_POINTS, table, "f", &options, &error);
        assert_no_error(error);
        if (!gap_mapping_has_point(mapping))
            fail_msg("%zu: no columns of points", i);
        double x = NAN, y = NAN;
        const char *field;
        g_autofree char *value = NULL, *reason = NULL;
        const bool taken = gap_mapping_point(mapping, table, 0, &x, &y, &field, &value, &reason);
        if (taken == (cases[i].reason != NULL) || (reason && !strstr(reason, cases[i].reason)))
            fail_msg("%zu: %g %g %s", i, x, y, reason);
        if (taken && (fabs(x - cases[i].x) > 1e-7 || fabs(y - cases[i].y) > 1e-7))
            fail_msg("%zu: %.12g %.12g", i, x, y);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),
        cmocka_unit_test(what_was_done_is_said),
        cmocka_unit_test(what_cannot_be_guessed),
        cmocka_unit_test(typed_columns_have_points),
        cmocka_unit_test(points),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
