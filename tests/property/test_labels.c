/* Random maps full of labels: what must hold of any. */
#include "tests/check.h"
#include "tests/fonts_fixture.h"

#include "styles/labels.h"

static const GapBox frame = {20, 10, 720, 510};
enum { LABELS = 80, OBSTACLES = 40, ROUNDS = 50 };

/** What a map might ask for. */
typedef struct {
    GapLabel label[LABELS];
    char *text[LABELS];
    GapGeometry *shape[LABELS];
    GapBox box[OBSTACLES];
    double weight[OBSTACLES];
} World;

static GapGeometry *shape_of(GapShapeKind kind, GArray *xy) {
    GapGeometry *g = g_new0(GapGeometry, 1);
    guint n = xy->len / 2;
    *g = (GapGeometry){kind, 1, 1, n, g_new0(uint32_t, 2), g_new0(uint32_t, 2), NULL};
    g->part[1] = 1;
    g->ring[1] = n;
    g->xy = (double *)(void *)g_array_free(xy, FALSE);
    return g;
}

/** A river that winds from x, y on; it may leave the frame. */
static GapGeometry *river(GRand *rand, double x, double y) {
    GArray *xy = g_array_new(FALSE, FALSE, sizeof(double));
    double way = g_rand_double_range(rand, 0, 2 * G_PI);
    double calm = g_rand_double_range(rand, 0, 0.6);
    for (int i = 0; i < 60; i++) {
        double at[] = {x, y};
        g_array_append_vals(xy, at, 2);
        way += g_rand_double_range(rand, -calm, calm);
        x += 9 * cos(way);
        y += 9 * sin(way);
    }
    return shape_of(GAP_SHAPE_LINE, xy);
}

static GapGeometry *star(GRand *rand, double x, double y, double size) {
    GArray *xy = g_array_new(FALSE, FALSE, sizeof(double));
    double first[2];
    for (int i = 0; i < 12; i++) {
        double r = size * g_rand_double_range(rand, 0.4, 1), turn = 2 * G_PI * i / 12;
        double at[] = {x + r * cos(turn), y + r * sin(turn)};
        if (!i)
            memcpy(first, at, sizeof first);
        g_array_append_vals(xy, at, 2);
    }
    g_array_append_vals(xy, first, 2);
    return shape_of(GAP_SHAPE_POLYGON, xy);
}

static void fill_label(World *w, GRand *rand, int i) {
    static const char *const names[] = {
        "Ош", "Ысык-Көл облусу", "Токтогул суу сактагычы", "Issyk-Kul", "Кызыл-Кыя", "12", "Өзгөн"};
    GapLabel *l = &w->label[i];
    int kind = g_rand_int_range(rand, 0, 4);
    w->text[i] = g_strdup_printf("%s %d", names[g_rand_int_range(rand, 0, 7)], i);
    *l = (GapLabel){.id = "l",
                    .text = w->text[i],
                    .look = {.size = g_rand_int_range(rand, 6, 13) * 2,
                             .bold = g_rand_boolean(rand),
                             .colour = {0, 0, 0, 1},
                             .halo = {1, 1, 1, 1},
                             .halo_width = 2},
                    .x = g_rand_double_range(rand, -20, 760),
                    .y = g_rand_double_range(rand, -20, 540),
                    .radius = g_rand_double_range(rand, 0, 30),
                    .rank = g_rand_int_range(rand, 0, 4),
                    .sort_key = g_rand_int_range(rand, 0, 20),
                    .max_width = 150,
                    .max_angle = G_PI / 4,
                    .leader = (GapLeader)g_rand_int_range(rand, 0, 3),
                    .centred = g_rand_int_range(rand, 0, 6) == 0};
    if (kind == 0)
        l->line = w->shape[i] = river(rand, l->x, l->y);
    if (kind == 1)
        l->area = w->shape[i] = star(rand, l->x, l->y, g_rand_double_range(rand, 20, 200));
}

static World *new_world(GRand *rand) {
    World *w = g_new0(World, 1);
    for (int i = 0; i < LABELS; i++)
        fill_label(w, rand, i);
    for (int i = 0; i < OBSTACLES; i++) {
        double x = g_rand_double_range(rand, 0, 720), y = g_rand_double_range(rand, 0, 510);
        double size = g_rand_double_range(rand, 2, 60);
        w->box[i] = (GapBox){x, y, x + size, y + size};
        w->weight[i] = i % 8 ? g_rand_double_range(rand, 0, 2) : INFINITY;
    }
    return w;
}

static void free_world(World *w) {
    for (int i = 0; i < LABELS; i++) {
        g_free(w->text[i]);
        gap_geometry_free(w->shape[i]);
    }
    g_free(w);
}

/** Places the labels of `order`, `n` of them. */
static GapScene *place(const World *w, const int *order, int n, const int *obstacles) {
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapScene *scene = gap_scene_new(760, 540);
    for (int i = 0; i < n; i++)
        gap_labels_add(labels, &w->label[order[i]]);
    for (int i = 0; i < OBSTACLES; i++) {
        int k = obstacles[i];
        if (k % 9 == 1)
            gap_labels_keep_areas_off(labels, w->box[k], w->weight[k]);
        else
            gap_labels_avoid(labels, w->box[k], w->weight[k]);
    }
    gap_labels_place(labels, scene, fonts, frame, 1);
    return scene;
}

static void shuffle(GRand *rand, int *order, int n) {
    for (int i = n - 1; i > 0; i--) {
        int k = g_rand_int_range(rand, 0, i + 1), kept = order[i];
        order[i] = order[k];
        order[k] = kept;
    }
}

static const GapItem *item(const GapScene *scene, guint i) {
    return &g_array_index(scene->items, GapItem, i);
}

static bool overlap(GapBox a, GapBox b) {
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

static void assert_apart(const GapItem *a, const GapItem *b) {
    g_autoptr(GArray) p = gap_scene_text_boxes(a), q = gap_scene_text_boxes(b);
    for (guint i = 0; i < p->len; i++)
        for (guint k = 0; k < q->len; k++)
            if (overlap(g_array_index(p, GapBox, i), g_array_index(q, GapBox, k)))
                fail_msg("'%s' overlaps '%s'", a->text, b->text);
}

static void assert_inside(const GapItem *text) {
    g_autoptr(GArray) boxes = gap_scene_text_boxes(text);
    for (guint i = 0; i < boxes->len; i++) {
        GapBox b = g_array_index(boxes, GapBox, i);
        if (b.min_x < frame.min_x || b.min_y < frame.min_y || b.max_x > frame.max_x ||
            b.max_y > frame.max_y)
            fail_msg("'%s' leaves the frame", text->text);
    }
}

/** Whether the segment has a point in the box, by walking it: another route than the code's. */
static bool line_in_box(const double *l, GapBox b) {
    for (int i = 0; i <= 400; i++) {
        double t = i / 400.0, x = l[0] + t * (l[2] - l[0]), y = l[1] + t * (l[3] - l[1]);
        if (x > b.min_x && x < b.max_x && y > b.min_y && y < b.max_y)
            return true;
    }
    return false;
}

static bool is_line(const GapItem *it) {
    return g_str_equal(it->role, "leader") && it->kind == GAP_ITEM_PATH;
}

static double turn(const double *l, const double *p) {
    return (l[2] - l[0]) * (p[1] - l[1]) - (l[3] - l[1]) * (p[0] - l[0]);
}

static bool lines_cross(const double *a, const double *b) {
    return turn(a, b) * turn(a, b + 2) < 0 && turn(b, a) * turn(b, a + 2) < 0;
}

/** A line crosses no label but touches its own, which comes next, and no line of another. */
static guint check_lines(const GapScene *scene) {
    guint lines = 0, n = scene->items->len;
    for (guint i = 0; i < n; i++) {
        const GapItem *line = item(scene, i);
        guint own = i;
        if (!is_line(line))
            continue;
        lines++;
        while (!item(scene, own)->text)
            own++;
        for (guint k = 0; k < n; k++) {
            const GapItem *other = item(scene, k);
            g_autoptr(GArray) boxes = other->text ? gap_scene_text_boxes(other) : NULL;
            for (guint b = 0; boxes && k != own && b < boxes->len; b++)
                if (line_in_box(line->path->xy, g_array_index(boxes, GapBox, b)))
                    fail_msg("the line to '%s' crosses '%s'", item(scene, own)->text, other->text);
            if (is_line(other) && lines_cross(line->path->xy, other->path->xy))
                fail_msg("the line to '%s' crosses another", item(scene, own)->text);
        }
    }
    return lines;
}

static void identity(int *order, int n) {
    for (int i = 0; i < n; i++)
        order[i] = i;
}

static void labels_keep_apart_and_inside(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(11);
    guint lines = 0, along = 0, wrapped = 0, placed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        World *w = new_world(rand);
        int order[LABELS], obstacles[OBSTACLES];
        identity(order, LABELS);
        identity(obstacles, OBSTACLES);
        g_autoptr(GapScene) scene = place(w, order, LABELS, obstacles);
        assert_int_equal(scene->labels_placed + scene->left_out->len, LABELS);
        for (guint i = 0; i < scene->items->len; i++) {
            const GapItem *a = item(scene, i);
            if (!a->text)
                continue;
            assert_inside(a);
            along += a->along != NULL;
            wrapped += a->look.wrap > 0;
            for (guint k = i + 1; k < scene->items->len; k++)
                if (item(scene, k)->text)
                    assert_apart(a, item(scene, k));
        }
        lines += check_lines(scene);
        placed += scene->labels_placed;
        free_world(w);
    }
    g_rand_free(rand);
    // What is checked above was there to be checked.
    assert_true(lines > ROUNDS && along > ROUNDS && wrapped > ROUNDS && placed > 10 * ROUNDS);
}

static void the_order_of_rows_tells_nothing(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(12);
    for (int round = 0; round < ROUNDS / 2; round++) {
        World *w = new_world(rand);
        int order[LABELS], obstacles[OBSTACLES];
        identity(order, LABELS);
        identity(obstacles, OBSTACLES);
        g_autoptr(GapScene) scene = place(w, order, LABELS, obstacles);
        g_autofree char *first = gap_scene_to_json(scene);
        shuffle(rand, order, LABELS);
        shuffle(rand, obstacles, OBSTACLES);
        g_autoptr(GapScene) again = place(w, order, LABELS, obstacles);
        g_autofree char *second = gap_scene_to_json(again);
        assert_string_equal(first, second);
        free_world(w);
    }
    g_rand_free(rand);
}

static const World *sorting;

static gint more_important(gconstpointer a, gconstpointer b) {
    const GapLabel *p = &sorting->label[*(const int *)a], *q = &sorting->label[*(const int *)b];
    if (p->rank != q->rank)
        return q->rank - p->rank;
    return p->sort_key != q->sort_key ? (p->sort_key > q->sort_key) - (p->sort_key < q->sort_key)
                                      : strcmp(p->text, q->text);
}

/** The more important labels stand where they would stand without the others. */
static void none_gives_way_to_a_lower_one(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(13);
    for (int round = 0; round < ROUNDS / 2; round++) {
        World *w = new_world(rand);
        int order[LABELS], obstacles[OBSTACLES], n = g_rand_int_range(rand, 1, LABELS);
        identity(order, LABELS);
        identity(obstacles, OBSTACLES);
        g_autoptr(GapScene) all = place(w, order, LABELS, obstacles);
        sorting = w;
        qsort(order, LABELS, sizeof *order, more_important);
        g_autoptr(GapScene) few = place(w, order, n, obstacles);
        for (guint i = 0; i < few->items->len; i++) {
            GapBox a = item(few, i)->box, b = item(all, i)->box;
            assert_string_equal(item(few, i)->role, item(all, i)->role);
            assert_memory_equal(&a, &b, sizeof a);
        }
        free_world(w);
    }
    g_rand_free(rand);
}

/** 300 letters and more, with spaces and without, wherever they are to stand. */
static void long_names_stay_inside(void **state) {
    (void)state;
    static const guint lengths[] = {300, 5000};
    static const char *const letters[] = {"Ө", "Үң ", "a-", "字", "\u0301", "\n"};
    GRand *rand = g_rand_new_with_seed(14);
    for (size_t n = 0; n < G_N_ELEMENTS(lengths); n++)
        for (size_t k = 0; k < G_N_ELEMENTS(letters); k++)
            for (int kind = 0; kind < 3; kind++) {
                g_autoptr(GString) text = g_string_new(NULL);
                for (guint i = 0; i < lengths[n]; i++)
                    g_string_append(text, letters[k]);
                g_autoptr(GapGeometry) shape =
                    kind == 1 ? river(rand, 300, 250) : star(rand, 370, 260, 230);
                GapLabel label = {.id = "l",
                                  .text = text->str,
                                  .look = {.size = 14},
                                  .x = 370,
                                  .y = 260,
                                  .max_width = 140,
                                  .max_angle = 1,
                                  .leader = GAP_LEADER_ALWAYS};
                label.line = kind == 1 ? shape : NULL;
                label.area = kind == 2 ? shape : NULL;
                g_autoptr(GapLabelSet) labels = gap_labels_new();
                g_autoptr(GapScene) scene = gap_scene_new(760, 540);
                gap_labels_add(labels, &label);
                gap_labels_place(labels, scene, fonts, frame, 1);
                for (guint i = 0; i < scene->items->len; i++)
                    if (item(scene, i)->text)
                        assert_inside(item(scene, i));
                if (kind != 1 && k < 4)
                    assert_int_equal(scene->labels_placed, 1);
            }
    g_rand_free(rand);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_keep_apart_and_inside),
        cmocka_unit_test(the_order_of_rows_tells_nothing),
        cmocka_unit_test(none_gives_way_to_a_lower_one),
        cmocka_unit_test(long_names_stay_inside),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
