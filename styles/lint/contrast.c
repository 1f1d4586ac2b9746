// Text against what lies under and around its letters, as it is drawn.
#include "styles/canvas.h"
#include "styles/lint/colour_science.h"
#include "styles/lint/internal.h"

#include <math.h>

enum { AROUND = 2, BINS = 512 };
/** Letters are read even where a thin line runs under them: so much of their ground may be worse.
 */
static const double leniency = 0.05;

typedef struct {
    guint32 *ground;  /**< the page without the ink of its letters, halos kept */
    guint32 *letters; /**< the letters alone, black on white */
    unsigned cols, rows;
} Pictures;

/** The scene with other texts: a shallow copy, whose items belong to the scene. */
static GapScene *with_texts(const GapScene *scene, bool letters_only) {
    GapScene *copy = gap_scene_new(scene->width, scene->height);
    g_array_set_clear_func(copy->items, NULL);
    if (scene->frames->len)
        g_array_append_vals(copy->frames, scene->frames->data, scene->frames->len);
    for (guint i = 0; i < scene->items->len; i++) {
        GapItem item = g_array_index(scene->items, GapItem, i);
        if (item.text) {
            item.look.colour = (GapColour){0, 0, 0, letters_only ? 1 : 0};
            item.look.halo_width = letters_only ? 0 : item.look.halo_width;
        }
        if (item.text || !letters_only)
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

static bool near_letter(const Pictures *p, int x, int y) {
    for (int dy = -AROUND; dy <= AROUND; dy++)
        for (int dx = -AROUND; dx <= AROUND; dx++)
            if (is_letter(p, x + dx, y + dy))
                return true;
    return false;
}

static GapColour colour_of(guint32 pixel) {
    return (GapColour){(pixel >> 16 & 0xff) / 255.0, (pixel >> 8 & 0xff) / 255.0,
                       (pixel & 0xff) / 255.0, 1};
}

/** The contrast that all but the worst pixels about the letters have; NaN: nothing is drawn. */
static double contrast_of(const Pictures *p, const GapItem *item) {
    unsigned bins[BINS] = {0}, n = 0, seen = 0;
    int right = (int)fmin(ceil(item->box.max_x), p->cols), left = (int)fmax(item->box.min_x, 0);
    int below = (int)fmin(ceil(item->box.max_y), p->rows);
    for (int y = (int)fmax(item->box.min_y, 0); y < below; y++)
        for (int x = left; x < right; x++) {
            if (!near_letter(p, x, y))
                continue;
            GapColour ground = colour_of(p->ground[(size_t)y * p->cols + (size_t)x]);
            GapColour ink = gap_colour_over(item->look.colour, ground);
            bins[MIN((int)((gap_colour_contrast(ink, ground) - 1) / 20 * BINS), BINS - 1)]++;
            n++;
        }
    for (int bin = 0; n && bin < BINS; bin++)
        if ((seen += bins[bin]) > leniency * n)
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
