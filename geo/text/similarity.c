#include "geo/text/similarity.h"
#include "geo/text/internal.h"

#include <math.h>
#include <string.h>

/** Edits that coarse keys which differ are worth, besides those of the fine keys. */
static const double COARSE_EDITS = 0.1;
/** Letters that count at least, so that short names are not alike by nothing else than shortness:
 *  in three letters one is much. */
static const double FEWEST_LETTERS = 4, FEWEST_IN_WORD = 3;

static bool is_digit(gunichar c) {
    return c >= '0' && c <= '9';
}

/** Edits of leaving out the letter at `i`. */
static float drop(const GapNameRules *rules, const gunichar *letters, guint i) {
    if (is_digit(letters[i]))
        return rules->digit;
    if (letters[i] == ' ')
        return rules->gap;
    float single = rules->drop[gap_name_sound(rules, letters[i])];
    return i > 0 && letters[i] == letters[i - 1] ? MIN(rules->twice, single) : single;
}

static float exchange(const GapNameRules *rules, gunichar a, guint a_row, gunichar b, guint b_row) {
    if (a == b)
        return 0;
    if (is_digit(a) || is_digit(b))
        return rules->digit;
    return rules->close[a_row][b_row];
}

static float swap(const GapNameRules *rules, gunichar a, gunichar b) {
    return is_digit(a) || is_digit(b) ? 2 * rules->digit : rules->swap;
}

double gap_name_distance(const GapNameRules *rules, const gunichar *a, guint a_length,
                         const gunichar *b, guint b_length, double limit) {
    float rows[3][GAP_NAME_LETTERS + 1], b_drop[GAP_NAME_LETTERS];
    guint8 b_row[GAP_NAME_LETTERS];
    float *before = rows[0], *last = rows[1], *row = rows[2];
    last[0] = 0;
    for (guint j = 0; j < b_length; j++) {
        b_drop[j] = drop(rules, b, j);
        b_row[j] = (guint8)gap_name_sound(rules, b[j]);
        last[j + 1] = last[j] + b_drop[j];
    }
    float before_least = 0;
    for (guint i = 1; i <= a_length; i++) {
        gunichar letter = a[i - 1];
        guint a_row = gap_name_sound(rules, letter);
        float a_drop = drop(rules, a, i - 1), least = row[0] = last[0] + a_drop;
        for (guint j = 1; j <= b_length; j++) {
            float edit = last[j - 1] + exchange(rules, letter, a_row, b[j - 1], b_row[j - 1]);
            row[j] = MIN(edit, MIN(last[j] + a_drop, row[j - 1] + b_drop[j - 1]));
            if (i > 1 && j > 1 && letter == b[j - 2] && a[i - 2] == b[j - 1] && letter != a[i - 2])
                row[j] = MIN(row[j], before[j - 2] + swap(rules, letter, a[i - 2]));
            least = MIN(least, row[j]);
        }
        // A swap reaches over one row, so that two have to be hopeless.
        if (least > limit && before_least > limit)
            return INFINITY;
        before_least = least;
        float *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b_length];
}

static bool equal(const gunichar *a, guint a_length, const gunichar *b, guint b_length) {
    return a_length == b_length && memcmp(a, b, a_length * sizeof *a) == 0;
}

static guint word_end(const GapNameForm *form, guint from) {
    while (from < form->fine_length && form->fine[from] != ' ')
        from++;
    return from;
}

static guint count_words(const GapNameForm *form) {
    guint n = 1;
    for (guint i = 0; i < form->fine_length; i++)
        n += form->fine[i] == ' ';
    return n;
}

/** Edits of the pair of words that differs most, as a share of their length; 0 where the names have
 *  not equally many words. */
static double worst_word(const GapNameRules *rules, const GapNameForm *a, const GapNameForm *b) {
    if (count_words(a) != count_words(b))
        return 0;
    double worst = 0;
    for (guint i = 0, j = 0; i < a->fine_length && j < b->fine_length;) {
        guint i_end = word_end(a, i), j_end = word_end(b, j);
        double edits =
            gap_name_distance(rules, a->fine + i, i_end - i, b->fine + j, j_end - j, INFINITY);
        worst = MAX(worst, edits / MAX(FEWEST_IN_WORD, (i_end - i + j_end - j) / 2.0));
        i = i_end + 1;
        j = j_end + 1;
    }
    return worst;
}

GapNameLikeness gap_name_compare_forms(const GapNameRules *rules, const GapNameForm *a,
                                       const GapNameForm *b) {
    GapNameLikeness like = {.fine = equal(a->fine, a->fine_length, b->fine, b->fine_length)};
    like.coarse = like.fine || equal(a->coarse, a->coarse_length, b->coarse, b->coarse_length);
    double length = MAX(FEWEST_LETTERS, (a->fine_length + b->fine_length) / 2.0);
    double limit = length / 2, worst = 0;
    if (!like.fine)
        like.edits =
            gap_name_distance(rules, a->fine, a->fine_length, b->fine, b->fine_length, limit);
    if (!like.fine && like.edits <= limit)
        worst = worst_word(rules, a, b);
    like.edits = like.edits > limit ? INFINITY : like.edits + a->cost + b->cost;
    if (!like.coarse)
        like.edits += COARSE_EDITS;
    double share = like.edits / length;
    like.similarity = MAX(0, 1 - MAX(share, (share + worst) / 2));
    return like;
}

GapNameLikeness gap_name_compare(const GapNameRules *rules, const GapNameKey *a,
                                 const GapNameKey *b) {
    GapNameLikeness best = {.edits = INFINITY};
    for (guint i = 0; i < a->n_forms; i++)
        for (guint j = 0; j < b->n_forms; j++) {
            GapNameLikeness like = gap_name_compare_forms(rules, &a->forms[i], &b->forms[j]);
            if (like.similarity > best.similarity)
                best = like;
        }
    return best;
}
