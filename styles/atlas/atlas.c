#include "styles/atlas/atlas.h"

#include "geo/base/error.h"
#include "styles/canvas_pages.h"
#include "styles/render_order.h"

#include <string.h>

static const double air = 12, off_notes = 6,
                    most_of_map = 0.44; // of the map's height: what a table may take

/** A page of the atlas. */
typedef struct {
    size_t style;
    const GapAtlasEntry *area; /**< NULL: an overview */
    GapLayout layout;
    GapAtlasPage below;
    char *bookmark; /**< NULL: none */
    unsigned level;
} Page;

typedef struct {
    const GapAtlas *atlas;
    GArray *entries; /**< of GapAtlasEntry */
    GArray *pages;   /**< of Page */
    GHashTable *nearest;
    GapPages *file;
} Work;

static void clear_page(gpointer data) {
    g_free(((Page *)data)->bookmark);
}

/* ---- which pages ---- */

static const char *name_in(const GapPartArea *a, const char *lang) {
    const char *const langs[] = {lang, "en", "ru", "ky"};
    for (size_t i = 0; i < G_N_ELEMENTS(langs); i++) {
        g_autofree char *column = g_strconcat("name_", langs[i], NULL);
        const char *name = gap_cell_text(a->table, a->row, column);
        if (name && *name)
            return name;
    }
    return gap_cell_text(a->table, a->row, "code");
}

static const GapTable *areas_of(const GapAtlas *atlas) {
    bool provinces = g_str_equal(atlas->level, "province");
    return g_hash_table_lookup(atlas->whole->tables, provinces ? "provinces" : "districts");
}

static bool find_areas(Work *work, GError **error) {
    const GapTable *t = areas_of(work->atlas);
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        GapAtlasEntry entry = {{t, row}, 0};
        if (gap_table_geometry(t, row))
            g_array_append_val(work->entries, entry);
    }
    return work->entries->len ||
           gap_fail(
               error, GAP_ERROR_MISSING,
               "there are no %ss with outlines to make an atlas of; load them with gapmap load "
               "boundaries, or choose another --atlas",
               work->atlas->level);
}

/** The layout with room for `height` pixels beneath the map. */
static GapLayout layout_above(const GapAtlas *atlas, double height, GapBox *room) {
    GapLayout layout = *atlas->layout;
    GapBox map = layout.map;
    layout.map.max_y = map.max_y - height - air - off_notes;
    *room = (GapBox){MAX(map.min_x, layout.notes.min_x), layout.map.max_y + air, map.max_x,
                     map.max_y - off_notes};
    return layout;
}

static double most_height(const GapAtlas *atlas) {
    return most_of_map * (atlas->layout->map.max_y - atlas->layout->map.min_y) - air - off_notes;
}

static size_t municipalities_in(const GapAtlas *atlas, const GapPartArea *area) {
    const GapTable *t = g_hash_table_lookup(atlas->whole->tables, "municipalities");
    const char *code = gap_cell_text(area->table, area->row, "code");
    size_t n = 0;
    for (size_t row = 0; t && row < gap_table_rows(t); row++)
        n += g_strcmp0(gap_cell_text(t, row, "parent"), code) == 0 ||
             g_strcmp0(gap_cell_text(t, row, "province"), code) == 0;
    return n;
}

/** Overviews: as many as the index needs. */
static void plan_overviews(Work *work) {
    size_t n = work->entries->len, each = gap_atlas_entries_in(most_height(work->atlas));
    const char *contents =
        gap_words_get(work->atlas->whole->words, "atlas", "contents", work->atlas->lang);
    for (size_t from = 0; from < n; from += each) {
        Page page = {.bookmark = from ? NULL : g_strdup(contents)};
        page.below.entries = (const GapAtlasEntry *)(void *)work->entries->data + from;
        page.below.n_entries = MIN(each, n - from);
        page.layout =
            layout_above(work->atlas, gap_atlas_index_height(MIN(each, n)), &page.below.room);
        page.below.map_bottom = page.layout.map.max_y;
        g_array_append_val(work->pages, page);
    }
}

static void plan_area(Work *work, GapAtlasEntry *entry) {
    const GapAtlas *atlas = work->atlas;
    size_t rows =
        MIN(MAX(municipalities_in(atlas, &entry->area), 1), gap_atlas_rows_in(most_height(atlas)));
    entry->page = work->pages->len + 1;
    for (size_t style = 0; style < atlas->n_styles; style++) {
        Page page = {.style = style, .area = entry, .level = style > 0};
        page.bookmark = style ? NULL : g_strdup(name_in(&entry->area, atlas->lang));
        page.layout = layout_above(atlas, gap_atlas_table_height(rows), &page.below.room);
        page.below.nearest = work->nearest;
        page.below.map_bottom = page.layout.map.max_y;
        g_array_append_val(work->pages, page);
    }
}

static void plan(Work *work) {
    plan_overviews(work);
    for (guint i = 0; i < work->entries->len; i++)
        plan_area(work, &g_array_index(work->entries, GapAtlasEntry, i));
    for (guint i = 0; i < work->pages->len; i++) {
        GapAtlasPage *below = &g_array_index(work->pages, Page, i).below;
        below->page = i + 1;
        below->n_pages = work->pages->len;
    }
}

/* ---- making them ---- */

static GapScene *make(const void *job, size_t i, GapFonts *fonts, GError **error) {
    const Work *work = job;
    const GapAtlas *atlas = work->atlas;
    const Page *p = &g_array_index(work->pages, Page, i);
    GapMapPage page = {.lang = atlas->lang,
                       .title = atlas->title,
                       .layout = &p->layout,
                       .logos = atlas->logos,
                       .finish = p->area ? gap_atlas_draw_table : gap_atlas_draw_index,
                       .user = &p->below};
    g_autoptr(GapStyle) style = atlas->style(atlas->user, p->style, error);
    if (!style || !p->area)
        return style ? gap_map_scene(style, atlas->whole, &page, fonts, error) : NULL;
    const GapPartArea *a = &p->area->area;
    const char *const codes[] = {gap_cell_text(a->table, a->row, "code"), NULL};
    g_autoptr(GapPart) part = gap_part_of_areas(atlas->whole, codes, error);
    return part ? gap_map_scene(style, &part->data, &page, fonts, error) : NULL;
}

static bool draw(void *user, size_t i, const GapScene *scene, GapFonts *fonts, GError **error) {
    const Work *work = user;
    const Page *p = &g_array_index(work->pages, Page, i);
    // Further maps of an area lie beneath it, by their titles.
    const char *bookmark = p->bookmark ? p->bookmark : p->area ? scene->title : NULL;
    return gap_pages_add(work->file, scene, fonts, bookmark, p->level, error);
}

static bool check_layout(const GapAtlas *atlas, GError **error) {
    const GapLayout *l = atlas->layout;
    bool beside = l->n_columns == 1 && l->columns[0].min_x >= l->map.max_x;
    return beside || gap_fail(error, GAP_ERROR_USAGE,
                              "layout '%s' has no room for the tables of an atlas: a4, a3, slide "
                              "or slide-4x3 have",
                              l->name);
}

bool gap_atlas_write(const GapAtlas *atlas, const char *path, const GapProgress *progress,
                     GError **error) {
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(GapAtlasEntry));
    g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(Page));
    g_autoptr(GHashTable) nearest = gap_atlas_nearest(atlas->whole);
    g_autoptr(GapPages) file = gap_pages_new();
    Work work = {atlas, entries, pages, nearest, file};
    g_array_set_clear_func(pages, clear_page);
    if (!check_layout(atlas, error) || !find_areas(&work, error))
        return false;
    plan(&work);
    const GapRenderOrder order = {pages->len, make, draw, &work, &work, "atlas"};
    return gap_render_in_order(&order, progress, error) && gap_pages_write(file, path, error);
}
