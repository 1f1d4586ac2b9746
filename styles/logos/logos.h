/** Logos of those who answer for a page: read from files once, side by side on every page. */
#ifndef GAP_STYLES_LOGOS_LOGOS_H
#define GAP_STYLES_LOGOS_LOGOS_H

#include "styles/page/layout.h"
#include "styles/png.h"

enum { GAP_LOGOS_MAX = 4 };

typedef struct {
    char *path, *name; /**< of the file; `name`: without its folder */
    GapPixels picture; /**< without transparent margins, at most 2048 x 512 pixels */
} GapLogo;

typedef struct GapLogos {
    GapLogo logo[GAP_LOGOS_MAX];
    unsigned n;
    char *digest; /**< of what they look like */
} GapLogos;

/** Reads PNG files, one to GAP_LOGOS_MAX (NULL-terminated). Returns: (transfer full). */
GapLogos *gap_logos_read(const char *const *paths, GError **error);
void gap_logos_free(GapLogos *logos); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLogos, gap_logos_free)

/** Whether a file that is to be written is none of the logos'. */
bool gap_logos_spared(const GapLogos *logos, const char *path, GError **error);

/** Sets layout->logos, at the cost of the heading's width, or at the foot of the map's height. */
void gap_logos_make_room(const GapLogos *logos, GapLayout *layout);
/** Where logo number `i` stands in that room: in a row, middles on one line, of equal area but none
 *  higher than the room, so that none looks larger than another. Page pixels. */
GapBox gap_logos_box(const GapLogos *logos, const GapLayout *layout, unsigned i);

#endif
