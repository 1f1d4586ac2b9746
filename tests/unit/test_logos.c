#include "styles/logos/logos.h"
#include "tests/logo_files.h"

static GapLogos *read_one(const char *path, GError **error) {
    return gap_logos_read((const char *const[]){path, NULL}, error);
}

static guint32 pixel(const GapLogo *logo, unsigned x, unsigned y) {
    const guint32 *pixels = g_bytes_get_data(logo->picture.pixels, NULL);
    return pixels[(gsize)y * logo->picture.cols + x];
}

static void files_that_are_no_logos(void **state) {
    (void)state;
    GError *error = NULL;
    g_autofree char *good = logo_file("good.png", 40, 30, 0, 0xff204080), *bytes = NULL;
    g_autofree char *broken = g_build_filename(folder, "broken.png", NULL);
    g_autofree char *text = g_build_filename(folder, "text.png", NULL);
    g_autofree char *empty = g_build_filename(folder, "empty.png", NULL);
    g_autofree char *large = g_build_filename(folder, "large.png", NULL);
    gsize length;
    assert_true(g_file_get_contents(good, &bytes, &length, NULL));
    assert_true(g_file_set_contents(broken, bytes, (gssize)length / 2, NULL));
    assert_true(g_file_set_contents(text, "<svg xmlns='http://www.w3.org/2000/svg'/>", -1, NULL));
    assert_true(g_file_set_contents(empty, "", 0, NULL));
    g_autofree char *sixteen = g_malloc0((16 << 20) + 1);
    assert_true(g_file_set_contents(large, sixteen, (16 << 20) + 1, NULL));
    const struct {
        char *path;
        const char *says;
    } cases[] = {
        {g_build_filename(folder, "none.png", NULL), "none.png: No such file"},
        {g_strdup(folder), "it is no regular file"},
        {g_strdup("/dev/zero"), "it is no regular file"},
        {g_strdup("http://example.org/logo.png"), "No such file"},
        {g_strdup(text), "text.png: it is no PNG; save the picture as PNG"},
        {g_strdup(empty), "empty.png: it is no PNG"},
        {g_strdup(broken), "broken.png: it is damaged"},
        {g_strdup(large), "it is larger than 16 MiB"},
        {logo_file("wide.png", 4097, 1, 0, 0xff000000), "it has 4097 x 1 pixels; at most 4096"},
        {logo_file("none2.png", 9, 9, 0, 0x00ffffff), "nothing can be seen of it"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapLogos) logos = read_one(cases[i].path, &error);
        assert_null(logos);
        assert_error_says(error, cases[i].says);
        g_free(cases[i].path);
    }
}

/** A header whose numbers lie: libpng must not be asked for memory by them. */
static void a_bomb_is_refused(void **state) {
    (void)state;
    GError *error = NULL;
    static const guint8 head[] = {0x89, 'P',  'N', 'G', '\r', '\n', 0x1a, '\n', 0,    0,    0,
                                  13,   'I',  'H', 'D', 'R',  0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff,
                                  0xff, 0xff, 8,   6,   0,    0,    0,    0,    0,    0,    0};
    g_autofree char *path = g_build_filename(folder, "bomb.png", NULL);
    assert_true(g_file_set_contents(path, (const char *)head, sizeof head, NULL));
    g_autoptr(GapLogos) logos = read_one(path, &error);
    assert_null(logos);
    assert_error_says(error, "bomb.png: it is damaged");
}

static void one_to_four(void **state) {
    (void)state;
    GError *error = NULL;
    g_autofree char *path = logo_file("a.png", 8, 8, 0, 0xff000000);
    const char *five[] = {path, path, path, path, path, NULL};
    assert_null(gap_logos_read(five, &error));
    assert_error_says(error, "5 logos: a page has room for one to 4");
    assert_null(gap_logos_read(five + 5, &error));
    assert_error_says(error, "0 logos");
    g_autoptr(GapLogos) four = gap_logos_read(five + 1, &error);
    assert_no_error(error);
    assert_int_equal(four->n, 4);
    assert_string_equal(four->logo[3].name, "a.png");
    assert_false(gap_logos_spared(four, path, &error));
    assert_error_says(error, "is one of the logos");
    assert_true(gap_logos_spared(four, "other.png", &error));
    assert_true(gap_logos_spared(NULL, path, &error));
}

static void margins_go_and_alpha_is_multiplied_in(void **state) {
    (void)state;
    GError *error = NULL;
    g_autofree char *path = logo_file("a.png", 50, 40, 7, 0x80ff8040);
    g_autoptr(GapLogos) logos = read_one(path, &error);
    assert_no_error(error);
    assert_int_equal(logos->logo[0].picture.cols, 50 - 14);
    assert_int_equal(logos->logo[0].picture.rows, 40 - 14);
    assert_int_equal(pixel(&logos->logo[0], 0, 0), 0x80804020);
    assert_int_equal(pixel(&logos->logo[0], 35, 25), 0x80804020);
}

static void large_ones_are_halved(void **state) {
    (void)state;
    GError *error = NULL;
    static const struct {
        unsigned cols, rows, want_cols, want_rows;
    } cases[] = {{4096, 4096, 512, 512},
                 {1025, 1025, 512, 512},
                 {4096, 1, 2048, 1},
                 {1, 4096, 1, 512},
                 {2048, 512, 2048, 512}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = logo_file("a.png", cases[i].cols, cases[i].rows, 0, 0xff336699);
        g_autoptr(GapLogos) logos = read_one(path, &error);
        assert_no_error(error);
        assert_int_equal(logos->logo[0].picture.cols, cases[i].want_cols);
        assert_int_equal(logos->logo[0].picture.rows, cases[i].want_rows);
        assert_int_equal(pixel(&logos->logo[0], 0, cases[i].want_rows - 1), 0xff336699);
    }
}

static void the_digest_goes_by_the_picture(void **state) {
    (void)state;
    g_autofree char *a = logo_file("a.png", 8, 8, 0, 0xff000000);
    g_autofree char *same = logo_file("b.png", 8, 8, 0, 0xff000000);
    g_autofree char *other = logo_file("c.png", 8, 8, 0, 0xff000001);
    g_autofree char *turned = logo_file("d.png", 16, 4, 0, 0xff000000);
    g_autoptr(GapLogos) one = read_one(a, NULL), two = read_one(same, NULL);
    g_autoptr(GapLogos) three = read_one(other, NULL), four = read_one(turned, NULL);
    assert_string_equal(one->digest, two->digest);
    assert_string_not_equal(one->digest, three->digest);
    assert_string_not_equal(one->digest, four->digest);
}

/** Logos of these shapes, of tens of pixels. */
static GapLogos *logos_of(const unsigned (*sizes)[2]) {
    GError *error = NULL;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; sizes[i][0]; i++) {
        g_autofree char *name = g_strdup_printf("%u.png", i);
        g_ptr_array_add(paths, logo_file(name, sizes[i][0], sizes[i][1], 0, 0xff000000));
    }
    g_ptr_array_add(paths, NULL);
    GapLogos *logos = gap_logos_read((const char *const *)paths->pdata, &error);
    assert_no_error(error);
    return logos;
}

static void check_row(const GapLogos *logos, const GapLayout *l) {
    double end = l->logos.min_x;
    for (unsigned i = 0; i < logos->n; i++) {
        const GapPixels *p = &logos->logo[i].picture;
        GapBox b = gap_logos_box(logos, l, i);
        double w = b.max_x - b.min_x, h = b.max_y - b.min_y;
        assert_near(w / h, (double)p->cols / p->rows, 1e-9 * w / h);
        assert_near(b.min_y + b.max_y, l->logos.min_y + l->logos.max_y, 1e-6);
        assert_true(h <= l->logo_height + 1e-6 && h <= l->logos.max_y - l->logos.min_y + 1e-6);
        assert_true(i ? b.min_x > end : fabs(b.min_x - end) < 1e-6);
        end = b.max_x;
    }
    assert_near(end, l->logos.max_x, 1e-6);
}

static void rows_of_logos_fit_every_layout(void **state) {
    (void)state;
    static const unsigned rows[][5][2] = {{{40, 40}},
                                          {{40, 40}, {160, 40}},
                                          {{40, 40}, {160, 40}, {20, 80}, {400, 30}},
                                          {{1, 400}},
                                          {{400, 1}, {400, 1}}};
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
        for (size_t i = 0; GAP_LAYOUTS[i]; i++) {
            const GapLayout *before = gap_layout_by_name(GAP_LAYOUTS[i]);
            GapLayout l = *before;
            g_autoptr(GapLogos) logos = logos_of(rows[k]);
            gap_logos_make_room(logos, &l);
            check_row(logos, &l);
            bool beside = l.heading.max_x < l.logos.min_x, below = l.notes.max_y < l.logos.min_y;
            assert_true(before->logos_at_foot ? below && !beside : beside && !below);
            assert_true(l.logos.max_x <= l.width && l.logos.max_y <= l.height);
            assert_true(beside ? l.logos.max_y <= l.map.min_y : l.map.max_y <= l.notes.min_y);
            assert_true(l.heading.max_x - l.heading.min_x >
                        0.6 * (before->heading.max_x - before->heading.min_x));
        }
}

static void logos_of_two_shapes_are_of_one_area(void **state) {
    (void)state;
    g_autoptr(GapLogos) logos = logos_of((const unsigned[][2]){{40, 40}, {160, 40}, {0}});
    GapLayout l = *gap_layout_by_name("slide");
    gap_logos_make_room(logos, &l);
    GapBox a = gap_logos_box(logos, &l, 0), b = gap_logos_box(logos, &l, 1);
    assert_near((a.max_x - a.min_x) * (a.max_y - a.min_y),
                (b.max_x - b.min_x) * (b.max_y - b.min_y), 1e-6);
    assert_near(a.max_y - a.min_y, l.logo_height, 1e-6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_no_logos),
        cmocka_unit_test(a_bomb_is_refused),
        cmocka_unit_test(one_to_four),
        cmocka_unit_test(margins_go_and_alpha_is_multiplied_in),
        cmocka_unit_test(large_ones_are_halved),
        cmocka_unit_test(the_digest_goes_by_the_picture),
        cmocka_unit_test(rows_of_logos_fit_every_layout),
        cmocka_unit_test(logos_of_two_shapes_are_of_one_area),
    };
    return cmocka_run_group_tests(tests, set_up_folder, tear_down_folder);
}
