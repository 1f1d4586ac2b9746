/** Many scenes, small, on one page: PNG or PDF. */
#ifndef GAP_STYLES_CANVAS_THUMBS_H
#define GAP_STYLES_CANVAS_THUMBS_H

#include "styles/text.h"

typedef struct GapThumbs GapThumbs;

/** A sheet of the size of `page`, which must outlive it, drawn `scale` times as large where `path`
 *  names a picture. Returns: (transfer full). */
GapThumbs *gap_thumbs_new(const GapScene *page, GapFonts *fonts, double scale, const char *path,
                          GError **error);
void gap_thumbs_free(GapThumbs *thumbs); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapThumbs, gap_thumbs_free)

/** Draws a scene into a box of the page, as large as fits, in the middle. */
void gap_thumbs_add(GapThumbs *thumbs, const GapScene *scene, GapFonts *fonts, GapBox box);
/** Writes the file, whole or not at all. */
bool gap_thumbs_write(GapThumbs *thumbs, GError **error);

#endif
