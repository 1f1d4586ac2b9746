// Text against what lies under and around its letters, as it is drawn.
#include "styles/canvas.h"
#include "styles/lint/colour_science.h"
#include "styles/lint/internal.h"

#include <math.h>

enum { AROUND = 2, BINS = 512, KNOWN_BITS = 10 };
/** Letters are read even where a thin line runs under them: so much of their ground may be worse.
 */
static const double leniency = 0.05;

typedef struct {
    guint32 *ground;  /**< the page without the ink of its letters, halos kept */
    guint32 *letters; /**< the letters alone, black on white */
    unsigned cols, rows;
} Pictures;

static GArray *text_boxes(const GapScene *scene) {
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(GapBox));
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->text)
            g_array_append_val(boxes, item->box);
    }
    return boxes;
}

/** Whether the item may be seen in one of the boxes. */
static bool reaches(const GapItem *item, const GArray *boxes) {
    double pad = 5 * item->width + 1; // cairo's sharpest corner sticks out by ten half widths
    GapBox b = {item->box.min_x - pad, item->box.min_y - pad, item->box.max_x + pad,
                item->box.max_y + pad};
    for (guint i = 0; i < boxes->len; i++)
        if (gap_box_overlaps(b, g_array_index(boxes, GapBox, i)))
            return true;
    return false;
}

/** The scene with other texts, and of the rest what lies at texts: a shallow copy, whose items
 *  belong to the scene. */
static GapScene *with_texts(const GapScene *scene, bool letters_only) {
    GapScene *copy = gap_scene_new(scene->width, scene->height);
    g_autoptr(GArray) texts = text_boxes(scene);
    g_array_set_clear_func(copy->items, NULL);
    if (scene->frames->len)
        g_array_append_vals(copy->frames, scene->frames->data, scene->frames->len);
    for (guint i = 0; i < scene->items->len; i++) {
        GapItem item = g_array_index(scene->items, GapItem, i);
        if (item.text) {
            item.look.colour = (GapColour){0, 0, 0, letters_only ? 1 : 0};
            item.look.halo_width = letters_only ? 0 : item.look.halo_width;
        }
        if (item.text || (!letters_only && reaches(&item, texts)))
            g_array_append_val(copy->items, item);
    }
    return copy;
}

static bool draw(const GapLintPage *page, Pictures *p, GError **error) {
    g_autoptr(GapScene) ground = with_texts(page->scene, false);
    g_autoptr(GapScene) letters = with_texts(page->scene, true);
    p->ground = gap_canvas_pixels(ground, page->fonts, 1, &p->cols, &p->rows, error);
    p->letters =
        p->ground ? gap_canvas_pixels(letters, page->fonts, 1, &p->cols, &p->rows, error) : NULL;
    return p->letters != NULL;
}

static bool is_letter(const Pictures *p, int x, int y) {
    return x >= 0 && y >= 0 && x < (int)p->cols && y < (int)p->rows &&
           (p->letters[(size_t)y * p->cols + (size_t)x] & 0xff) < 128;
}

static bool letter_in_column(const Pictures *p, int x, int y) {
    for (int dy = -AROUND; dy <= AROUND; dy++)
        if (is_letter(p, x, y + dy))
            return true;
    return false;
}

static GapColour colour_of(guint32 pixel) {
    return (GapColour){(pixel >> 16 & 0xff) / 255.0, (pixel >> 8 & 0xff) / 255.0,
                       (pixel & 0xff) / 255.0, 1};
}

/** How often contrasts stand about the letters of a text. */
typedef struct {
    GapColour ink;
    unsigned bins[BINS], n;
    struct {
        guint32 ground; /**< 0: none yet */
        int bin;
    } known[1 << KNOWN_BITS]; /**< colours met before: a ground has few, and powers are dear */
} Counts;

static void count(Counts *counts, guint32 pixel) {
    guint32 ground = pixel | 0xff000000;
    guint32 at = ground * 2654435761U >> (32 - KNOWN_BITS); // Knuth's multiplicative hash
    if (counts->known[at].ground != ground) {
        GapColour colour = colour_of(ground), ink = gap_colour_over(counts->ink, colour);
        counts->known[at].ground = ground;
        counts->known[at].bin =
            MIN((int)((gap_colour_contrast(ink, colour) - 1) / 20 * BINS), BINS - 1);
    }
    counts->bins[counts->known[at].bin]++;
    counts->n++;
}

/** Counts the pixels of a row that have a letter within AROUND each way, one column after the
 *  other: whether there is one is known that far ahead. */
static void count_row(const Pictures *p, int y, int left, int right, Counts *counts) {
    int last = left - 3 * AROUND; // the column of the last letter met
    for (int ahead = left - AROUND; ahead < right + AROUND; ahead++) {
        int x = ahead - AROUND;
        if (letter_in_column(p, ahead, y))
            last = ahead;
        if (x >= left && last >= x - AROUND)
            count(counts, p->ground[(size_t)y * p->cols + (size_t)x]);
    }
}

/** The contrast that all but the worst pixels about the letters have; NaN: nothing is drawn. */
static double contrast_of(const Pictures *p, const GapItem *item) {
    Counts counts = {.ink = item->look.colour};
    unsigned seen = 0;
    int right = (int)fmin(ceil(item->box.max_x), p->cols), left = (int)fmax(item->box.min_x, 0);
    int below = (int)fmin(ceil(item->box.max_y), p->rows);
    for (int y = (int)fmax(item->box.min_y, 0); y < below; y++)
        count_row(p, y, left, right, &counts);
    for (int bin = 0; counts.n && bin < BINS; bin++)
        if ((seen += counts.bins[bin]) > leniency * counts.n)
            return 1 + 20.0 * (bin + 1) / BINS;
    return NAN;
}

void gap_lint_contrast(GapLint *lint) {
    Pictures pictures = {0};
    bool good = draw(lint->page, &pictures, &lint->error);
    for (guint i = 0; good && i < lint->page->scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        double contrast = item->text ? contrast_of(&pictures, item) : NAN;
        if (contrast < lint->rule->threshold)
            gap_lint_tell(lint, item->box, gap_lint_text_name(item),
                          g_strdup_printf("%.1f:1", contrast),
                          g_strdup_printf("%.1f:1", lint->rule->threshold));
    }
    g_free(pictures.ground);
    g_free(pictures.letters);
}
