#include "styles/atlas/sheet.h"

#include "styles/canvas_thumbs.h"
#include "styles/page.h"
#include "styles/render_order.h"
#include "styles/speech/credits.h"

#include <math.h>
#include <string.h>

static const double margin = 48, gap = 28, head = 96, caption = 34, wide = 560;

typedef struct {
    const GapContactSheet *sheet;
    GapScene *page;
    unsigned across;
    double cell_height;
    GapThumbs *file;
} Work;

/** The box of map number `i`, its caption beneath. */
static GapBox cell(const Work *work, size_t i) {
    double x = margin + (double)(i % work->across) * (wide + gap);
    double y = head + (double)(i / work->across) * (work->cell_height + caption + gap);
    return (GapBox){x, y, x + wide, y + work->cell_height};
}

/** The highest of the maps' pages, at the width of a cell. */
static double cell_height(const GapContactSheet *sheet) {
    double highest = 0;
    for (size_t i = 0; i < sheet->n; i++) {
        const GapLayout *l = sheet->maps[i].page.layout;
        highest = MAX(highest, MIN(wide * l->height / l->width, wide));
    }
    return highest;
}

static void draw_caption(const Work *work, size_t i, GapFonts *fonts) {
    const GapSheetMap *map = &work->sheet->maps[i];
    GapBox b = cell(work, i);
    g_autofree char *words =
        g_strdup_printf("%s · %s · %s", map->name, map->page.lang, map->page.layout->name);
    GapTextLook look = {.size = 20, .bold = true, .colour = GAP_INK, .limit = wide};
    gap_scene_text(work->page, fonts, "caption", map->name, words, &look, b.min_x, b.max_y + 4);
    gap_scene_rect(work->page, "frame", map->name,
                   (GapBox){b.min_x - 1, b.min_y - 1, b.max_x + 1, b.max_y + 1}, (GapColour){0},
                   GAP_GREY, 1);
}

static void draw_head(const Work *work, GapFonts *fonts) {
    const GapMapData *data = work->sheet->data;
    GapScene *page = work->page;
    const char *run = g_hash_table_lookup(data->facts, "run");
    const char *lang = work->sheet->maps[0].page.lang;
    const char *title = gap_words_get(data->words, "atlas", "sheet_title", lang);
    GapBox whole = {0, 0, page->width, page->height};
    page->title = run ? g_strdup_printf("%s · %s", title, run) : g_strdup(title);
    page->source = g_strdup(gap_credits(data->facts, lang));
    GapTextLook look = {
        .size = 36, .bold = true, .colour = GAP_INK, .limit = page->width - 2 * margin};
    gap_scene_rect(page, "page", "page", whole, GAP_PAPER, (GapColour){0}, 0);
    gap_scene_text(page, fonts, "title", "title", page->title, &look, margin, 26);
}

/** The page with all that does not wait for the maps. */
static void lay_out(Work *work, GapFonts *fonts) {
    const GapContactSheet *sheet = work->sheet;
    size_t n = sheet->n;
    work->across = sheet->across ? sheet->across : (unsigned)ceil(sqrt((double)n));
    work->cell_height = cell_height(sheet);
    size_t down = (n + work->across - 1) / work->across;
    work->page =
        gap_scene_new(2 * margin + work->across * wide + (work->across - 1) * gap,
                      head + (double)down * (work->cell_height + caption + gap) + margin - gap);
    gap_map_say_made_from(sheet->data, work->page);
    draw_head(work, fonts);
    for (size_t i = 0; i < n; i++)
        draw_caption(work, i, fonts);
}

static GapScene *make(const void *job, size_t i, GapFonts *fonts, GError **error) {
    const GapContactSheet *sheet = ((const Work *)job)->sheet;
    g_autoptr(GapStyle) style = sheet->style(sheet->user, sheet->maps[i].name, error);
    return style ? gap_map_scene(style, sheet->data, &sheet->maps[i].page, fonts, error) : NULL;
}

static bool draw(void *user, size_t i, const GapScene *scene, GapFonts *fonts, GError **error) {
    Work *work = user;
    (void)error;
    gap_thumbs_add(work->file, scene, fonts, cell(work, i));
    return true;
}

bool gap_contact_sheet_write(const GapContactSheet *sheet, const char *path,
                             const GapProgress *progress, GError **error) {
    Work work = {.sheet = sheet};
    g_autoptr(GapFonts) fonts = gap_fonts_new(error);
    if (!fonts)
        return false;
    lay_out(&work, fonts);
    g_autoptr(GapScene) page = work.page;
    g_autoptr(GapThumbs) file = gap_thumbs_new(page, fonts, sheet->scale, path, error);
    work.file = file;
    const GapRenderOrder order = {sheet->n, make, draw, &work, &work, "maps"};
    return file && gap_render_in_order(&order, progress, error) && gap_thumbs_write(file, error);
}
