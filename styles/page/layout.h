/** Layouts: how a page is divided among heading, map, panel and notes.
 *
 *  All lengths are page pixels, of which 18 is the smallest size of text: 1/60 of a slide's height,
 *  9 points on A4. */
#ifndef GAP_STYLES_PAGE_LAYOUT_H
#define GAP_STYLES_PAGE_LAYOUT_H

#include "geo/shape/geometry.h"

enum { GAP_COLUMNS_MAX = 4 };

typedef struct {
    const char *name;
    double width, height;
    double point; /**< length of a page pixel on paper, points (1/72 inch) */
    GapBox map;   /**< of the main map */
    double title_size, subtitle_size;
    GapBox heading;                  /**< room of title and subtitle */
    GapBox figures;                  /**< a row of boxes for the key figures; empty: in the panel */
    GapBox columns[GAP_COLUMNS_MAX]; /**< of the panel, filled one after the other */
    unsigned n_columns;
    GapBox notes;
    double logo_height; /**< the most that a logo takes */
    bool logos_at_foot; /**< beneath the notes; else at the right of the heading */
    GapBox logos;       /**< room of all logos, on a page that has any: styles/logos/ */
} GapLayout;

/** Names of the layouts, the first is the default; NULL-terminated. */
extern const char *const GAP_LAYOUTS[];

/** NULL where there is none of that name; NULL asks for the default. */
const GapLayout *gap_layout_by_name(const char *name);

/** Whether key figures have a row of boxes of their own. */
bool gap_layout_has_figures(const GapLayout *layout);

/** The notes, and what stands above them, move up so that there are `more` pixels for the notes. */
void gap_layout_raise_notes(GapLayout *layout, double more);

/** How much smaller (or larger) circles and symbols are than on a slide, whose map is wider. */
double gap_layout_symbols(const GapLayout *layout);

#endif
