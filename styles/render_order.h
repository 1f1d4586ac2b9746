/** Many scenes one after the other, for files that hold them all: few of them are there at a time.
 */
#ifndef GAP_STYLES_RENDER_ORDER_H
#define GAP_STYLES_RENDER_ORDER_H

#include "geo/base/progress.h"
#include "styles/text.h"

typedef struct {
    size_t n;
    /** Makes scene number `i`, on any thread. Returns: (transfer full), or NULL with an error. */
    GapScene *(*make)(const void *job, size_t i, GapFonts *fonts, GError **error);
    /** Draws it, on the calling thread, in the order of numbers. */
    bool (*draw)(void *user, size_t i, const GapScene *scene, GapFonts *fonts, GError **error);
    const void *job;
    void *user;
    const char *what; /**< for progress */
} GapRenderOrder;

/** Makes scenes on as many threads as help, a few ahead of the one that is drawn, and frees each
 *  once drawn. What is drawn does not depend on the number of threads. The first error in the order
 *  of numbers ends the work. */
bool gap_render_in_order(const GapRenderOrder *order, const GapProgress *progress, GError **error);

#endif
