#include "styles/render_order.h"

#include "geo/base/error.h"

enum { THREADS_MAX = 4, AHEAD = 3 };

/** A scene on its way from the thread that makes it to the one that draws. */
typedef struct {
    bool ready;
    GapScene *scene;
    GError *error;
} Slot;

typedef struct {
    const GapRenderOrder *order;
    Slot *slots; /**< one a scene */
    size_t next; /**< to be made */
    size_t drawn;
    bool stop;
    GMutex lock;
    GCond changed;
} Line;

/** The next scene to make, once it is not too far ahead; false where none is left. */
static bool take(Line *line, size_t *i) {
    g_mutex_lock(&line->lock);
    while (!line->stop && line->next < line->order->n && line->next > line->drawn + AHEAD)
        g_cond_wait(&line->changed, &line->lock);
    bool taken = !line->stop && line->next < line->order->n;
    if (taken)
        *i = line->next++;
    g_mutex_unlock(&line->lock);
    return taken;
}

static void hand_over(Line *line, size_t i, GapScene *scene, GError *why) {
    g_mutex_lock(&line->lock);
    line->slots[i] = (Slot){true, scene, why};
    g_cond_broadcast(&line->changed);
    g_mutex_unlock(&line->lock);
}

static gpointer labour(gpointer data) {
    Line *line = data;
    GError *no_fonts = NULL;
    g_autoptr(GapFonts) fonts = gap_fonts_new(&no_fonts);
    for (size_t i; take(line, &i);) {
        GError *why = fonts ? NULL : g_error_copy(no_fonts);
        GapScene *scene = fonts ? line->order->make(line->order->job, i, fonts, &why) : NULL;
        hand_over(line, i, scene, why);
    }
    g_clear_error(&no_fonts);
    return NULL;
}

/** Waits for scene `i` and takes it; NULL with its error. */
static GapScene *await(Line *line, size_t i, GError **error) {
    g_mutex_lock(&line->lock);
    while (!line->slots[i].ready)
        g_cond_wait(&line->changed, &line->lock);
    Slot slot = line->slots[i];
    line->slots[i] = (Slot){.ready = true};
    g_mutex_unlock(&line->lock);
    if (slot.error)
        g_propagate_error(error, slot.error);
    return slot.scene;
}

static bool draw_all(Line *line, const GapProgress *progress, GError **error) {
    const GapRenderOrder *order = line->order;
    g_autoptr(GapFonts) fonts = gap_fonts_new(error);
    for (size_t i = 0; fonts && i < order->n; i++) {
        g_autoptr(GapScene) scene = await(line, i, error);
        if (!scene || !order->draw(order->user, i, scene, fonts, error))
            return false;
        if (!gap_progress(progress, (double)(i + 1) / (double)order->n, order->what))
            return gap_fail(error, GAP_ERROR_FAILED, "stopped; no file was written");
        g_mutex_lock(&line->lock);
        line->drawn = i + 1;
        g_cond_broadcast(&line->changed);
        g_mutex_unlock(&line->lock);
    }
    return fonts != NULL;
}

static void line_clear(Line *line) {
    for (size_t i = 0; i < line->order->n; i++) {
        gap_scene_free(line->slots[i].scene);
        g_clear_error(&line->slots[i].error);
    }
    g_free(line->slots);
    g_mutex_clear(&line->lock);
    g_cond_clear(&line->changed);
}

bool gap_render_in_order(const GapRenderOrder *order, const GapProgress *progress, GError **error) {
    Line line = {.order = order, .slots = g_new0(Slot, order->n + 1)};
    GThread *threads[THREADS_MAX];
    guint wanted = MIN(MIN(g_get_num_processors(), THREADS_MAX), (guint)order->n), started = 0;
    g_mutex_init(&line.lock);
    g_cond_init(&line.changed);
    for (guint i = 0; i < wanted; i++) {
        GThread *thread = g_thread_try_new("scenes", labour, &line, started ? NULL : error);
        if (thread)
            threads[started++] = thread;
        else if (!started)
            break;
    }
    bool good = started > 0 && draw_all(&line, progress, error);
    g_mutex_lock(&line.lock);
    line.stop = true;
    g_cond_broadcast(&line.changed);
    g_mutex_unlock(&line.lock);
    for (guint i = 0; i < started; i++)
        g_thread_join(threads[i]);
    line_clear(&line);
    return good;
}
