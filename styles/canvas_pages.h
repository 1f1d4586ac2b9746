/** A PDF of many pages, with bookmarks and links between them. */
#ifndef GAP_STYLES_CANVAS_PAGES_H
#define GAP_STYLES_CANVAS_PAGES_H

#include "styles/text.h"

typedef struct GapPages GapPages;

GapPages *gap_pages_new(void);
void gap_pages_free(GapPages *pages); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapPages, gap_pages_free)

/** Adds a page of the scene's size; what the first scene says of itself is said of the file.
 *  `bookmark` (NULL: none) leads to it, beneath the last one of a lesser `level` (from 0). The
 *  links of the scene lead to pages that may follow. */
bool gap_pages_add(GapPages *pages, const GapScene *scene, GapFonts *fonts, const char *bookmark,
                   unsigned level, GError **error);
/** Finishes the pages, of which there must be one, and writes them, whole or not at all. */
bool gap_pages_write(GapPages *pages, const char *path, GError **error);

#endif
