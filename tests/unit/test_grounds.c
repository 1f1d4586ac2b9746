// People of a province, divided among parts with figures; XX-A has the parts A1 and A2.
#include "tests/world_fixture.h"

#include "layers/demand.h"

#define PEOPLE "area,year,people,basis\n"
#define PLACES                                                                                     \
    "code,people,lon,lat\nT,300,70.2,40.5\nU,,70.3,40.7\nV,,70.1,40.2\nW,,70.8,40.5\nX,,71.5,40."  \
    "5\n"

static GapDemandReport *make(const char *people, const char *places) {
    world_load(&world, "people", "p.csv", people);
    if (places)
        world_load(&world, "places", "places.csv", places);
    const GapDemandOptions options = {
        .people_year = 2015, .cell_m = 10000, .land_share = 0.25, .town_density = 2500};
    g_autoptr(GError) error = NULL;
    GapDemandReport *report = gap_demand(world.store, &options, &error);
    assert_no_error(error);
    world_check(&world);
    return report;
}

static double people_of(const char *where) {
    g_autofree char *sql =
        g_strdup_printf("SELECT coalesce(sum(people), 0) FROM demand WHERE %s", where);
    return world_number(&world, sql);
}

static void assert_says(const GapDemandReport *report, const char *part) {
    for (guint i = 0; i < report->notes->len; i++)
        if (strstr(report->notes->pdata[i], part))
            return;
    fail_msg("no note says %s", part);
}

static void figures_of_parts(void **state) {
    (void)state;
    static const struct {
        const char *people;
        double a1, a2; // -1: not divided
        const char *says;
    } cases[] = {
        // of the year itself, and they add up
        {PEOPLE "XX-A,2015,1000,published\nA1,2015,700,published\nA2,2015,300,published\n", 700,
         300,
         "Osh (XX-A) has 1000 people: 1000 by figures of 2 of its 2 parts (2015, brought to the "
         "same year and scaled to the whole), 0 on the rest"},
        // they do not quite: scaled
        {PEOPLE "XX-A,2015,1000,published\nA1,2015,500,published\nA2,2015,333,published\n", 600,
         400, "scaled to the whole"},
        // another year: over the province's own growth, on the line between 2015 and 2025
        {PEOPLE "XX-A,2015,1000,published\nXX-A,2025,2000,published\nA1,2020,600,published\n", 400,
         600,
         "400 by figures of 1 of its 2 parts (2020, brought to the same year), 600 on the rest"},
        // the nearest year of the part
        {PEOPLE "XX-A,2015,1000,published\nA1,2014,600,published\nA1,2017,1,published\n", 600, 400,
         "(2014, brought"},
        // a fifth off is still one figure, more is another
        {PEOPLE "XX-A,2015,1000,published\nA1,2015,400,published\nA2,2015,400,published\n", 500,
         500, "scaled to the whole"},
        {PEOPLE "XX-A,2015,1000,published\nA1,2015,399,published\nA2,2015,400,published\n", -1, -1,
         "contradict that and are left out: all its parts have one, and they add up to 799"},
        {PEOPLE "XX-A,2015,1000,published\nA1,2015,1001,published\n", -1, -1,
         "contradict that and are left out: they add up to 1001, which leaves nobody for Middle"},
        // A2 has 4,700 km2, so at most 23.5 million people
        {PEOPLE "XX-A,2015,30000000,published\nA1,2015,1000,published\n", -1, -1,
         "they leave 29999000 for Middle, 47"},
        {PEOPLE "XX-A,2015,20000000,published\nA1,2015,1000,published\n", 1000, 19999000,
         "19999000 on the rest"},
        // nobody lives in a part
        {PEOPLE "XX-A,2015,1000,published\nA1,2015,0,published\n", 0, 1000, "1000 on the rest"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapDemandReport) report = make(cases[i].people, i == 0 ? PLACES : NULL);
        assert_says(report, cases[i].says);
        assert_true(people_of("area IN ('A1', 'A2', 'XX-A')") ==
                    world_number(&world, "SELECT people FROM demand_total"));
        if (cases[i].a1 >= 0) {
            assert_near(people_of("area = 'A1'"), cases[i].a1, 0);
            assert_near(people_of("area = 'A2'"), cases[i].a2, 0);
        } else
            assert_near(people_of("basis = 'shared'"), 0, 0);
    }
}

static void a_figure_is_shared_over_its_places(void **state) {
    (void)state;
    g_autoptr(GapDemandReport) report = make(
        PEOPLE "XX-A,2015,1000,published\nA1,2015,701,published\nXX-B,2015,7,published\n", PLACES);
    // T keeps its own; U and V share what is left, whole people each; A2 is modelled as ever.
    assert_int_equal(report->own, 300);
    assert_int_equal(report->shared, 401);
    assert_int_equal(report->modelled, 299 + 7);
    assert_near(people_of("basis = 'shared' AND abs(Y(geom) - 40.7) < 0.1"), 201, 0);
    assert_near(people_of("basis = 'shared' AND abs(Y(geom) - 40.2) < 0.1"), 200, 0);
    assert_near(people_of("basis = 'shared' AND area <> 'A1'"), 0, 0);
}

static void where_a_figure_has_no_place(void **state) {
    (void)state;
    // No place in A1: its people go to cells, of which none is good enough in the far corner.
    g_autoptr(GapDemandReport) report =
        make(PEOPLE "XX-A,2015,1000,published\nA1,2015,600,published\n",
             "code,people,lon,lat\nT,900,70.8,40.5\n");
    assert_near(people_of("area IN ('A1', 'XX-A')"), 600, 0);
    assert_near(people_of("area = 'A2' AND basis = 'own'"), 400, 0);
    assert_says(report, "XX-A: its places have 900 people by their own figures, more than its "
                        "official 400: scaled down to it");
}

static void municipalities_divide_their_district(void **state) {
    (void)state;
    world_load(&world, "boundaries", "d.csv",
               AREA_HEADER "D1,district,XX-A,,West,official," BOX_A1 "\n"
                           "D2,district,XX-A,,Other,official," BOX_A2 "\n");
    world_load(&world, "boundaries", "municipalities.csv",
               AREA_HEADER
               "A1,municipality,D1,,North,official,\"POLYGON((70 40.5,70.5 40.5,70.5 41,70 41,70 "
               "40.5))\"\nA2,municipality,D1,,South,official,\"POLYGON((70 40,70.5 40,70.5 "
               "40.5,70 40.5,70 40))\"\nB1,municipality,XX-B,021,Whole,official," BOX_B "\n");
    g_autoptr(GapDemandReport) report = make(
        PEOPLE "XX-A,2015,1000,published\nD1,2020,800,published\nA1,2020,200,published\n", PLACES);
    // Of 2020 only the newest figure of the province is known, 1000; the district keeps its 800.
    assert_near(people_of("area = 'A1'"), 200, 0);
    assert_near(people_of("area = 'A2'"), 600, 0);
    assert_near(people_of("area = 'D2'"), 200, 0);
    assert_says(report, "West (D1) has 800 people: 200 by figures of 1 of its 2 parts");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_of_parts, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(a_figure_is_shared_over_its_places, set_up_world,
                                        tear_down),
        cmocka_unit_test_setup_teardown(where_a_figure_has_no_place, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(municipalities_divide_their_district, set_up_world,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
