/** A map that is built up before its audience: frames of one page, each with a layer more.
 *
 *  The first frame has the ground and the borders, each further one a source that the legend
 *  explains, in drawing order, with its legend; the last is the whole page. All frames are one
 *  scene, so that nothing moves from one to the next. */
#ifndef GAP_STYLES_PAGE_BUILD_H
#define GAP_STYLES_PAGE_BUILD_H

#include "styles/map.h"

/** Number of frames of a theme, at least 1: it does not depend on the data. */
unsigned gap_build_frames(const GapStyle *style);
/** The frame on which a layer (an id) appears, counted from 1. O(layers x blocks). */
unsigned gap_build_frame_of(const GapStyle *style, const char *layer);
/** The frames of all layers, by id: what map->built holds. Returns: (transfer full). */
GHashTable *gap_build_table(const GapStyle *style);
/** The frame on which a block of the panel appears: that of the last layer it names, else the last.
 *  O(layers x items). */
unsigned gap_build_frame_of_block(const GapMap *map, const json_t *block);

/** Notes on each item of the map's frames when its layer appears. */
void gap_build_number(GapMap *map);

/** What of the scene stands on frame `number`. It shares everything with `scene`, which must
 *  outlive it; free with gap_build_free(). */
GapScene *gap_build_scene(const GapScene *scene, unsigned number);
void gap_build_free(GapScene *scene); /**< NULL-safe */

#endif
