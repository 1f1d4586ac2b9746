#include "styles/atlas/atlas.h"

#include "geo/base/error.h"
#include "styles/canvas_pages.h"
#include "styles/render_order.h"
#include "styles/speech/both.h"
#include "styles/speech/rooms.h"

#include <string.h>

static const double air = 12, off_notes = 6;
/** Of the map's height: what a table may take, and one that would else go on for a few rows. */
static const double most_of_map = 0.44, most_if_whole = 0.55;

/** A page of the atlas. */
typedef struct {
    size_t style;
    const GapAtlasEntry *area; /**< NULL: an overview */
    bool continued;
    GapLayout layout;
    GapAtlasPage below;
    char *bookmark; /**< NULL: none */
    unsigned level;
} Page;

typedef struct {
    const GapAtlas *atlas;
    char first[4]; /**< language, */
    const char *second;
    GapLayout planned; /**< as a page in these languages divides it */
    GArray *entries;   /**< of GapAtlasEntry */
    GArray *pages;     /**< of Page */
    GHashTable *nearest;
    GapPages *file;
} Work;

static void clear_page(gpointer data) {
    g_free(((Page *)data)->bookmark);
}

/* ---- which pages ---- */

static const char *name_in(const void *area, const char *lang) {
    const GapPartArea *a = area;
    const char *const langs[] = {lang, "en", "ru", "ky"};
    for (size_t i = 0; i < G_N_ELEMENTS(langs); i++) {
        g_autofree char *column = g_strconcat("name_", langs[i], NULL);
        const char *name = gap_cell_text(a->table, a->row, column);
        if (name && *name)
            return name;
    }
    return gap_cell_text(a->table, a->row, "code");
}

/** What `in` says in the atlas's languages. Returns: (transfer full). */
static char *both(const Work *work, const char *(*in)(const void *what, const char *lang),
                  const void *what) {
    const char *first = in(what, work->first);
    return work->second ? gap_text_both(first, in(what, work->second), " / ") : g_strdup(first);
}

static const char *contents_in(const void *words, const char *lang) {
    const char *said = gap_words_get(words, "atlas", "contents", lang);
    return said ? said : "contents";
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

/** Leaves room for `height` pixels beneath the map. */
static void put_below(const Work *work, double height, Page *page) {
    const GapBox map = work->planned.map;
    const double all = height + air + off_notes;
    page->layout = *work->atlas->layout;
    page->layout.map.max_y -= all;
    page->below.map_bottom = map.max_y - all;
    page->below.room = (GapBox){MAX(map.min_x, work->planned.notes.min_x),
                                page->below.map_bottom + air, map.max_x, map.max_y - off_notes};
}

static double most_height(const Work *work, double share) {
    return share * (work->planned.map.max_y - work->planned.map.min_y) - air - off_notes;
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
    size_t n = work->entries->len, each = gap_atlas_entries_in(most_height(work, most_of_map));
    for (size_t from = 0; from < n; from += each) {
        Page page = {.bookmark = from ? NULL : both(work, contents_in, work->atlas->whole->words)};
        page.below.entries = (const GapAtlasEntry *)(void *)work->entries->data + from;
        page.below.n_entries = MIN(each, n - from);
        put_below(work, gap_atlas_index_height(MIN(each, n)), &page);
        g_array_append_val(work->pages, page);
    }
}

/** Rows of a table of `n` that stand beneath a map. */
static size_t rows_below_map(const Work *work, size_t n) {
    bool two = work->second != NULL;
    if (n <= gap_atlas_rows_in(most_height(work, most_if_whole), two))
        return n;
    return gap_atlas_rows_in(most_height(work, most_of_map), two) - 1;
}

/** The room of a page that goes on with a table: all of it between heading and notes. */
static GapBox room_of_rest(const Work *work) {
    GapLayout l = *work->atlas->layout;
    if (work->second)
        gap_layout_heading_for_two(&l);
    return (GapBox){MAX(l.map.min_x, l.notes.min_x), l.map.min_y, l.columns[0].max_x,
                    l.map.max_y - off_notes};
}

/** Pages that go on with the table of an area, from row `from` of `n`. */
static void plan_rest(Work *work, const GapAtlasEntry *entry, size_t from, size_t n) {
    GapBox room = room_of_rest(work);
    size_t fit = gap_atlas_rows_in(room.max_y - room.min_y, work->second != NULL);
    for (size_t to; from < n; from = to) {
        // One more stands there than on a first page, which has a row of sums.
        to = n - from <= fit + 1 ? n : from + fit;
        Page page = {.area = entry, .continued = true, .layout = *work->atlas->layout, .level = 1};
        page.below = (GapAtlasPage){.room = room,
                                    .nearest = work->nearest,
                                    .from = from,
                                    .to = to,
                                    .next = to < n ? work->pages->len + 2 : 0};
        g_array_append_val(work->pages, page);
    }
}

static void plan_area(Work *work, GapAtlasEntry *entry) {
    const GapAtlas *atlas = work->atlas;
    size_t n = MAX(municipalities_in(atlas, &entry->area), 1), shown = rows_below_map(work, n);
    double height = gap_atlas_table_height(shown + (shown < n), work->second != NULL);
    entry->page = work->pages->len + 1;
    for (size_t style = 0; style < atlas->n_styles; style++) {
        Page page = {.style = style, .area = entry, .level = style > 0};
        page.bookmark = style ? NULL : both(work, name_in, &entry->area);
        put_below(work, height, &page);
        page.below.nearest = work->nearest;
        page.below.to = shown;
        page.below.next = shown < n ? entry->page + (unsigned)atlas->n_styles : 0;
        g_array_append_val(work->pages, page);
    }
    plan_rest(work, entry, shown, n);
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
                       .continued = p->continued,
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
    Work work = {.atlas = atlas,
                 .planned = *atlas->layout,
                 .entries = entries,
                 .pages = pages,
                 .nearest = nearest,
                 .file = file};
    work.second = gap_lang_second(atlas->lang, work.first);
    g_array_set_clear_func(pages, clear_page);
    if (!check_layout(atlas, error) || !find_areas(&work, error) ||
        (work.second && !gap_layout_for_two(&work.planned, error)))
        return false;
    plan(&work);
    const GapRenderOrder order = {pages->len, make, draw, &work, &work, "atlas"};
    return gap_render_in_order(&order, progress, error) && gap_pages_write(file, path, error);
}
