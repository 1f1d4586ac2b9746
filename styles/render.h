/** Many maps at once: scenes first, then pictures, on as many threads as help. */
#ifndef GAP_STYLES_RENDER_H
#define GAP_STYLES_RENDER_H

#include "geo/base/progress.h"
#include "styles/map.h"

/** One map as one page and the pictures to be made of it. */
typedef struct {
    GapStyle *style;
    GapMapPage page;
    GapScene *scene; /**< made by gap_render_scenes() */
} GapRenderMap;

typedef struct {
    const GapRenderMap *map;
    double scale;
    unsigned frame; /**< of a map that is built up; 0: the whole map */
    const char *path;
} GapRenderPicture;

/** Handles task number `i` with fonts of its own thread. */
typedef void (*GapRenderWork)(void *tasks, size_t i, GapFonts *fonts, GError **error);
/** Handles `n` tasks on as many threads as help; the first error in their order is told. No task
 *  begins once `progress`, asked between tasks on the calling thread, says to stop; `what` is done
 *  is its label. */
bool gap_render_each(GapRenderWork work, void *tasks, size_t n, const GapProgress *progress,
                     const char *what, GError **error);

/** Makes the scene of every map; a style belongs to one map. */
bool gap_render_scenes(GapRenderMap *maps, size_t n, const GapMapData *data,
                       const GapProgress *progress, GError **error);
/** Writes the pictures, each whole or not at all; the first error in their order is told. */
bool gap_render_pictures(const GapRenderPicture *pictures, size_t n, const GapProgress *progress,
                         GError **error);

#endif
