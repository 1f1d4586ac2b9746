/** A part of the country: areas, or a box of degrees.
 *
 *  What a page says of a part is said of it alone: tables hold its rows, facts are its own, and
 *  what cannot be told of a part is missing, so that a page leaves it out. Figures of areas are
 *  those that the run keeps for them, so figures of parts that make up the country add up to the
 *  country's; figures of a box are sums over the people who are placed in it.
 */
#ifndef GAP_STYLES_PART_H
#define GAP_STYLES_PART_H

#include "styles/map.h"

/** A row of `provinces`, `districts` or `municipalities`. */
typedef struct {
    const GapTable *table;
    size_t row;
} GapPartArea;

struct GapPart {
    const GapMapData *whole; /**< of the country */
    GArray *areas;           /**< of GapPartArea, none within another; empty: a box */
    GHashTable *codes;       /**< the areas and all that lie in them */
    GapBox box;              /**< of a box: west, south, east, north in degrees */
    GBytes *outline;         /**< degrees; NULL: only seats are known */
    GapMapData data;         /**< what maps of the part are drawn from */
    GPtrArray *own;          /**< of GapTable: those of the data that are not the country's */
};

/** The layers that a part may need beside those of its maps, NULL-terminated. */
extern const char *const GAP_PART_LAYERS[];

/** The areas of these codes (NULL-terminated), which `whole` must outlive. An error where one is
 *  no area on the run's day. O(rows of the tables). Returns: (transfer full). */
GapPart *gap_part_of_areas(const GapMapData *whole, const char *const *codes, GError **error);
/** A box. It must be no narrower than 0.01 degrees and lie over the country.
 *  Returns: (transfer full). */
GapPart *gap_part_of_box(const GapMapData *whole, GapBox degrees, GError **error);
/** "W,S,E,N" in degrees, west of east and south of north. */
bool gap_part_parse_box(const char *text, GapBox *degrees, GError **error);
void gap_part_free(GapPart *part); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapPart, gap_part_free)

/** Whether a row lies in the part: by the code in `column`, in a box by its seat or point. */
bool gap_part_holds(const GapPart *part, const GapTable *table, size_t row, const char *column);
/** The one area that the part is, or NULL. */
const GapPartArea *gap_part_only_area(const GapPart *part);

/** Whether the theme can draw a part: one of several little maps, or of visits between areas, is of
 *  the whole country. */
bool gap_part_drawn_by(const GapStyle *style);

/* ---- for the rooms of the part ---- */

/** Fills part->data: tables of the part's rows, and its facts. */
void gap_part_restrict(GapPart *part);
/** The facts of the part, once its tables are there. Returns: (transfer full). */
GHashTable *gap_part_facts(const GapPart *part);

/* ---- on a page ---- */

/** Its name in the page's language: areas by name, a box by its degrees; with "(continued)" on such
 *  a page. Returns: (transfer full). */
char *gap_part_name(const GapMap *map);
/** The word of "title" or "subtitle" in the first language; on the page of a part the title names
 *  it, or where the user gave a title of their own the subtitle. Returns: (transfer full). */
char *gap_part_heading(const GapMap *map, const char *key, bool own_title);
/** Whether the rows of a source of the style are the part's own. */
bool gap_part_owns(const GapMap *map, const char *source_id);
/** The part's ground in metres: its outline, else the land around its seats. */
bool gap_part_extent(GapMap *map, GapBox *box, GError **error);
/** Whether a box of the page covers some of the part as `view` shows it. */
bool gap_part_hidden_by(const GapMap *map, const GapView *view, GapBox box);
/** Mutes what lies outside, draws the borders within and the outline; then returns how many items
 *  the scene has. */
guint gap_part_draw_ground(GapMap *map, const GapView *view);
/** Mutes those items from number `first` on that stand outside, and asks for names within. */
void gap_part_draw_top(GapMap *map, const GapView *view, guint first);

#endif
