/* Random names: keys of keys stay, likeness is symmetric and falls with every wrong letter, the
 * assignment and its regrets are those of trying all, and order, threads and evidence do what they
 * must. */
#include "tests/check.h"

#include "geo/text/assign.h"
#include "geo/text/match.h"
#include "geo/text/similarity.h"

#include <gio/gio.h>

enum { NAMES = 3000, MATRICES = 3000, MOST = 5 };

static GapNameRules *rules;

static int read_rules(void **state) {
    (void)state;
    g_autoptr(GBytes) text = g_resources_lookup_data("/gapmap/layers/words/names.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    rules =
        gap_name_rules_parse(g_bytes_get_data(text, NULL), (gssize)g_bytes_get_size(text), NULL);
    return rules ? 0 : -1;
}

static int free_rules(void **state) {
    (void)state;
    gap_name_rules_free(rules);
    return 0;
}

/** One to three words of letters of both scripts, digits and marks; none is administrative. */
static char *random_name(GRand *random) {
    static const char *const letters =
        "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяАЖӨÖabcdefghijklmnopqrst"
        "uvwxyzöüñşçžšı0123456789'’";
    glong n = g_utf8_strlen(letters, -1);
    GString *name = g_string_new(NULL);
    for (int word = g_rand_int_range(random, 1, 4); word > 0; word--) {
        for (int i = g_rand_int_range(random, 3, 8); i > 0; i--)
            g_string_append_unichar(name, g_utf8_get_char(g_utf8_offset_to_pointer(
                                              letters, g_rand_int_range(random, 0, (gint)n))));
        if (word > 1)
            g_string_append_c(name, g_rand_boolean(random) ? '-' : ' ');
    }
    return g_string_free(name, FALSE);
}

static void keys_of_keys_stay(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (int i = 0; i < NAMES; i++) {
        g_autofree char *name = random_name(random);
        g_autofree char *fine = gap_name_fine(rules, name), *coarse = gap_name_coarse(rules, name);
        GapNameKey key;
        gap_name_key(rules, fine, &key);
        if (key.kinds || key.n_forms == 0) // sounds that happen to be an administrative word
            continue;
        g_autofree char *fine_again = gap_name_fine(rules, fine);
        g_autofree char *coarse_again = gap_name_coarse(rules, coarse);
        g_autofree char *coarse_of_fine = gap_name_coarse(rules, fine);
        if (strcmp(fine, fine_again) != 0 || strcmp(coarse, coarse_again) != 0 ||
            strcmp(coarse, coarse_of_fine) != 0)
            fail_msg("%s: %s, %s; again %s, %s; %s", name, fine, coarse, fine_again, coarse_again,
                     coarse_of_fine);
    }
}

static void case_and_marks_do_not_matter(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(2);
    for (int i = 0; i < NAMES; i++) {
        g_autofree char *name = random_name(random);
        g_autofree char *upper = g_utf8_strup(name, -1);
        g_autofree char *dirty = g_strdup_printf("\u00a0 «%s».", name);
        g_autofree char *fine = gap_name_fine(rules, name);
        g_autofree char *of_dirty = gap_name_fine(rules, dirty);
        assert_string_equal(fine, of_dirty);
        // Capitals look alike in more letters of the two scripts, so only names of one are the
        // same.
        if (g_str_is_ascii(name)) {
            g_autofree char *of_upper = gap_name_fine(rules, upper);
            assert_string_equal(fine, of_upper);
        }
    }
}

static GapNameLikeness compare(const char *a, const char *b) {
    GapNameKey x, y;
    gap_name_key(rules, a, &x);
    gap_name_key(rules, b, &y);
    GapNameLikeness like = gap_name_compare(rules, &x, &y), back = gap_name_compare(rules, &y, &x);
    assert_near(like.similarity, back.similarity, 1e-6);
    assert_int_equal(like.coarse, back.coarse);
    return like;
}

/** Symmetric, within 0..1, 1 for the same; letters that are nowhere else only ever lower it. */
static void likeness_is_symmetric_and_falls(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (int i = 0; i < NAMES; i++) {
        g_autofree char *a = random_name(random), *b = random_name(random);
        GapNameLikeness like = compare(a, b);
        assert_true(like.similarity >= 0 && like.similarity <= 1);
        assert_near(compare(a, a).similarity, 1, 0);
        double last = 1;
        GString *worse = g_string_new(a);
        for (int k = 0; k < 4; k++) {
            g_string_append(worse, k % 2 ? "吉" : "克");
            double now = compare(a, worse->str).similarity;
            assert_true(now <= last + 1e-6);
            last = now;
        }
        g_string_free(worse, TRUE);
    }
}

/** The distance holds the triangle only roughly (no place is edited twice), but never exceeds
 *  leaving everything out and putting everything in, and is 0 for equal strings only. */
static void distance_is_bounded(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    for (int i = 0; i < NAMES; i++) {
        g_autofree char *a = random_name(random), *b = random_name(random);
        GapNameKey x, y;
        gap_name_key(rules, a, &x);
        gap_name_key(rules, b, &y);
        if (!x.n_forms || !y.n_forms)
            continue;
        const GapNameForm *p = &x.forms[0], *q = &y.forms[0];
        double d =
            gap_name_distance(rules, p->fine, p->fine_length, q->fine, q->fine_length, INFINITY);
        double out = gap_name_distance(rules, p->fine, p->fine_length, NULL, 0, INFINITY);
        double in = gap_name_distance(rules, NULL, 0, q->fine, q->fine_length, INFINITY);
        assert_true(d <= out + in + 1e-4);
        double limited =
            gap_name_distance(rules, p->fine, p->fine_length, q->fine, q->fine_length, 2);
        assert_true(d <= 2 ? fabs(limited - d) < 1e-6 : limited > 2 - 1e-6);
    }
}

// ---- the assignment

typedef struct {
    double gain[MOST][MOST];
    int rows, columns;
} Matrix;

/** The best sum of rows from `row` on, without `(not_row, not_column)`; column MOST is "alone". */
static double best_from(const Matrix *m, int row, unsigned used, int not_row, int not_column) {
    if (row == m->rows)
        return 0;
    bool may_stay = !(row == not_row && not_column == MOST);
    double best = may_stay ? best_from(m, row + 1, used, not_row, not_column) : -INFINITY;
    for (int c = 0; c < m->columns; c++)
        if (!(used & 1u << c) && m->gain[row][c] > 0 && !(row == not_row && c == not_column))
            best = MAX(best, m->gain[row][c] +
                                 best_from(m, row + 1, used | 1u << c, not_row, not_column));
    return best;
}

static void assignment_is_the_best_of_all(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    for (int i = 0; i < MATRICES; i++) {
        Matrix m = {.rows = g_rand_int_range(random, 1, MOST + 1),
                    .columns = g_rand_int_range(random, 1, MOST + 1)};
        GapAssignEdge edges[MOST * MOST];
        gsize n = 0;
        for (int r = 0; r < m.rows; r++)
            for (int c = 0; c < m.columns; c++)
                if (g_rand_int_range(random, 0, 3)) {
                    // Half of the matrices are of few values, so that much is equally good.
                    m.gain[r][c] = i % 2 ? g_rand_double_range(random, 0.01, 1)
                                         : g_rand_int_range(random, 1, 4);
                    edges[n++] = (GapAssignEdge){(guint32)r, (guint32)c, m.gain[r][c]};
                }
        g_auto(GapAssignment) a = {0};
        assert_true(gap_assign((guint32)m.rows, (guint32)m.columns, edges, n, 10, &a, NULL));
        double sum = 0;
        unsigned used = 0;
        for (int r = 0; r < m.rows; r++) {
            if (a.column[r] < 0)
                continue;
            assert_false(used & 1u << a.column[r]);
            assert_true(m.gain[r][a.column[r]] > 0);
            used |= 1u << a.column[r];
            sum += m.gain[r][a.column[r]];
        }
        assert_near(sum, a.gain, 1e-9);
        assert_near(a.gain, best_from(&m, 0, 0, -1, -1), 1e-9);
        for (int r = 0; r < m.rows; r++) {
            double without = best_from(&m, 0, 0, r, a.column[r] < 0 ? MOST : a.column[r]);
            assert_near(a.regret[r], MIN(10, a.gain - without), 1e-9);
        }
    }
}

// ---- the matcher

typedef struct {
    char *texts[NAMES / 10];
    GapMatchName names[NAMES / 10];
    GapMatchTarget targets[NAMES / 10];
} World;

enum { PLACES = NAMES / 10, WIDER = 10 };

static World *random_world(GRand *random) {
    World *world = g_new0(World, 1);
    for (int i = 0; i < PLACES; i++) {
        world->texts[i] = random_name(random);
        world->names[i] = (GapMatchName){world->texts[i], NULL};
        world->targets[i] = (GapMatchTarget){.names = &world->names[i],
                                             .n_names = 1,
                                             .level = i < WIDER ? 0 : 1,
                                             .parent = i < WIDER ? -1 : i % WIDER,
                                             .lon = NAN,
                                             .lat = NAN};
    }
    return world;
}

static void free_world(World *world) {
    for (int i = 0; i < PLACES; i++)
        g_free(world->texts[i]);
    g_free(world);
}

/** Every place is found by its own name; a parent that is right never lowers its score, one that is
 *  wrong never leaves it matched; each place once assigns each its own. */
static void evidence_does_what_it_must(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(6);
    World *world = random_world(random);
    g_autoptr(GapMatcher) matcher = gap_matcher_new(rules, world->targets, PLACES, NULL);
    g_autofree GapMatchQuery *queries = g_new(GapMatchQuery, 3 * PLACES);
    for (int i = 0; i < 3 * PLACES; i++) {
        int place = i % PLACES, parent = world->targets[place].parent;
        queries[i] = GAP_MATCH_QUERY(world->texts[place]);
        queries[i].level = world->targets[place].level;
        if (i >= PLACES && parent >= 0)
            queries[i].parents[0] = world->texts[i < 2 * PLACES ? parent : (parent + 1) % WIDER];
    }
    GapMatchOptions options = GAP_MATCH_DEFAULTS;
    g_autoptr(GapMatchResults) each = gap_match(matcher, queries, 3 * PLACES, &options, NULL, NULL);
    options.unique = true;
    g_autoptr(GapMatchResults) whole = gap_match(matcher, queries, PLACES, &options, NULL, NULL);
    for (int i = 0; i < PLACES; i++) {
        const GapMatchResult *alone = &each->results[i], *right = &each->results[i + PLACES],
                             *wrong = &each->results[i + 2 * PLACES];
        assert_int_equal(alone->outcome, GAP_MATCH_MATCHED);
        assert_int_equal(alone->target, i);
        assert_int_equal(whole->results[i].target, i);
        assert_true(right->score >= alone->score - 1e-6f && right->target == i);
        assert_true(world->targets[i].parent < 0 || wrong->target != i);
        for (guint k = 1; k < wrong->n_candidates; k++)
            assert_true(wrong->candidates[k].score <= wrong->candidates[k - 1].score);
    }
    free_world(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_keys_stay),
        cmocka_unit_test(case_and_marks_do_not_matter),
        cmocka_unit_test(likeness_is_symmetric_and_falls),
        cmocka_unit_test(distance_is_bounded),
        cmocka_unit_test(assignment_is_the_best_of_all),
        cmocka_unit_test(evidence_does_what_it_must),
    };
    return cmocka_run_group_tests(tests, read_rules, free_rules);
}
