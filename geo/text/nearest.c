#include "geo/text/text.h"

enum { LONGEST = 64 };

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, no
 *  place edited twice. Three rows of the table are enough. */
static unsigned distance(const gunichar *a, glong a_length, const gunichar *b, glong b_length) {
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    for (glong j = 0; j <= b_length; j++)
        last[j] = (unsigned)j;
    for (glong i = 1; i <= a_length; i++) {
        row[0] = (unsigned)i;
        for (glong j = 1; j <= b_length; j++) {
            unsigned edit = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = MIN(edit, MIN(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
        unsigned *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b_length];
}

static gunichar *folded_letters(const char *text, glong *length) {
    g_autofree char *fold = gap_text_fold(text);
    return g_utf8_to_ucs4_fast(fold, -1, length);
}

const char *gap_text_nearest(const char *word, const char *const *words) {
    glong length = 0;
    g_autofree gunichar *letters = folded_letters(word, &length);
    if (length > LONGEST)
        return NULL;
    unsigned best = (unsigned)MAX(1, length / 3) + 1;
    const char *nearest = NULL;
    for (; *words; words++) {
        glong other_length = 0;
        g_autofree gunichar *other = folded_letters(*words, &other_length);
        if (other_length > LONGEST)
            continue;
        unsigned edits = distance(letters, length, other, other_length);
        if (edits < best) {
            best = edits;
            nearest = *words;
        }
    }
    return nearest;
}
