#include "styles/render.h"

#include "geo/base/crew.h"
#include "geo/base/error.h"
#include "styles/canvas.h"
#include "styles/page/build.h"

enum { THREADS_MAX = 4 };

/** Tasks, and the threads that do them. */
typedef struct {
    GapRenderWork work;
    void *tasks;
    size_t n;
    const GapProgress *progress;
    const char *what;
    GThread *caller; /**< the one that asks for progress */
    gint next, done, stopped;
    GError **errors; /**< one a task */
} Crew;

static void ask(Crew *crew) {
    double share = (double)g_atomic_int_get(&crew->done) / (double)MAX(crew->n, 1);
    if (g_thread_self() == crew->caller && !gap_progress(crew->progress, share, crew->what))
        g_atomic_int_set(&crew->stopped, 1);
}

static void labour(gpointer data) {
    Crew *crew = data;
    GError *no_fonts = NULL;
    g_autoptr(GapFonts) fonts = gap_fonts_new(&no_fonts);
    ask(crew);
    for (gsize i; !g_atomic_int_get(&crew->stopped) && gap_crew_take(&crew->next, crew->n, &i);) {
        if (fonts)
            crew->work(crew->tasks, i, fonts, &crew->errors[i]);
        else
            crew->errors[i] = g_error_copy(no_fonts);
        g_atomic_int_inc(&crew->done);
        ask(crew);
    }
    g_clear_error(&no_fonts);
}

/** Runs all tasks; the calling thread works too. False with the first error in task order. */
static bool run(Crew *crew, GError **error) {
    crew->errors = g_new0(GError *, crew->n);
    crew->caller = g_thread_self();
    gap_crew_run(labour, crew, (guint)MIN(crew->n, THREADS_MAX));
    bool good = true;
    for (size_t i = 0; i < crew->n; i++)
        if (crew->errors[i] && good) {
            g_propagate_error(error, crew->errors[i]);
            good = false;
        } else {
            g_clear_error(&crew->errors[i]);
        }
    g_free(crew->errors);
    return good && ((size_t)crew->done == crew->n ||
                    gap_fail(error, GAP_ERROR_FAILED, "stopped after %d of %zu %s; no file is half",
                             crew->done, crew->n, crew->what));
}

typedef struct {
    GapRenderMap *maps;
    const GapMapData *data;
} Scenes;

static void make_scene(void *tasks, size_t i, GapFonts *fonts, GError **error) {
    Scenes *scenes = tasks;
    GapRenderMap *map = &scenes->maps[i];
    map->scene = gap_map_scene(map->style, scenes->data, &map->page, fonts, error);
}

bool gap_render_each(GapRenderWork work, void *tasks, size_t n, const GapProgress *progress,
                     const char *what, GError **error) {
    Crew crew = {.work = work, .tasks = tasks, .n = n, .progress = progress, .what = what};
    return run(&crew, error);
}

bool gap_render_scenes(GapRenderMap *maps, size_t n, const GapMapData *data,
                       const GapProgress *progress, GError **error) {
    Scenes scenes = {maps, data};
    return gap_render_each(make_scene, &scenes, n, progress, "maps", error);
}

static void make_picture(void *tasks, size_t i, GapFonts *fonts, GError **error) {
    const GapRenderPicture *picture = (const GapRenderPicture *)tasks + i;
    GapScene *part = picture->frame ? gap_build_scene(picture->map->scene, picture->frame) : NULL;
    gap_canvas_write(part ? part : picture->map->scene, fonts, picture->scale, picture->path,
                     error);
    gap_build_free(part);
}

bool gap_render_pictures(const GapRenderPicture *pictures, size_t n, const GapProgress *progress,
                         GError **error) {
    return gap_render_each(make_picture, (void *)pictures, n, progress, "pictures", error);
}
