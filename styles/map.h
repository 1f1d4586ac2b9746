/** One map in the making: a theme, the tables it draws, and the scene that comes of it.
 *
 *  The rooms of this floor that compose a page share this struct; the outside calls
 *  gap_map_scene() only.
 */
#ifndef GAP_STYLES_MAP_H
#define GAP_STYLES_MAP_H

#include "geo/grid/grid.h"
#include "geo/shape/overlay.h"
#include "geo/shape/project.h"
#include "geo/text/words.h"
#include "styles/labels.h"
#include "styles/page/layout.h"
#include "styles/shades.h"
#include "styles/style.h"
#include "styles/text.h"

typedef struct GapPart GapPart; // styles/part/part.h

/** What maps are drawn from; may be shared by threads, nothing in it is changed but what is kept.
 */
typedef struct {
    GHashTable *tables;     /**< layer name to GapTable* */
    GHashTable *facts;      /**< as gap_layer_facts() gives them; numbers in C notation */
    const GapGrid *terrain; /**< degrees and metres; NULL: none */
    GapShades *shades;      /**< of the terrain, kept for other pages; NULL: they are not */
    GHashTable *pictures;   /**< file to GapImage; NULL: none */
    const GapWords *words;
    const GapPart *part; /**< that all this is of; NULL: the whole country */
} GapMapData;

typedef struct GapMap GapMap;

/** What page is made of a map. */
typedef struct {
    const char *lang;             /**< or two, "ky+ru" */
    const char *title;            /**< NULL: the theme's own */
    const GapLayout *layout;      /**< NULL: the slide */
    bool graticule;               /**< also where the theme asks for none */
    const struct GapLogos *logos; /**< NULL: none */
    bool continued; /**< goes on with what a page before began: heading and notes alone, the part's
                       name says so */
    /** Draws what the page holds besides (NULL: nothing), told `user`. */
    bool (*finish)(GapMap *map, const void *user, GError **error);
    const void *user;
} GapMapPage;

/** Draws `style` as a page. The style's class limits may be replaced by those of the data.
 *  Returns: (transfer full). */
GapScene *gap_map_scene(GapStyle *style, const GapMapData *data, const GapMapPage *page,
                        GapFonts *fonts, GError **error);

/** Sets what the file says of itself beside its title, "run 5 km; as of 2017-12-31; made from
 *  0a1b...", and its day. */
void gap_map_say_made_from(const GapMapData *data, GapScene *scene);

/** Whether the theme draws runs of the mode that the facts tell (metadata.gapmap.mode; a theme
 *  without it draws all), and there is what it is about (metadata.gapmap.with). */
bool gap_map_shows(const GapStyle *style, GHashTable *facts);

/** What is missing of what such a theme is about, in words, and what to do about it.
 *  Returns: (transfer full). */
char *gap_map_lacks(const GapStyle *style, GHashTable *facts, const char **remedy);

/** Whether the facts are those that the theme cannot do without; else an error that says what is
 *  missing and the command that gets it. */
bool gap_map_ready(const GapStyle *style, GHashTable *facts, GError **error);
/** What results and records such a theme needs, in words: "a run of coverage", "exchange visits".
 *  Returns: (transfer container). */
GPtrArray *gap_map_needs(const GapStyle *style);

/** The bundled words of the maps. Returns: (transfer full). */
GapWords *gap_map_words(GError **error);

/** SHA-256 of the bundled words. Returns: (transfer full). */
char *gap_map_words_digest(void);

/* ---- for the rooms of this floor ---- */

typedef struct GapArcs GapArcs;

/** The rows that a source of the style stands for. */
typedef struct {
    const GapTable *table;
    GapTable *own;     /**< the table, where it was made for this map; else NULL */
    GPtrArray *shapes; /**< GapGeometry in metres of the map's plane; NULL: a row without a place */
    GapArcs *arcs;     /**< of the shapes */
} GapRows;

typedef struct {
    GapBox frame; /**< page pixels */
    unsigned number;
    double scale;           /**< pixels a metre */
    double west_m, north_m; /**< what stands at the frame's left top */
    bool inset;
} GapView;

struct GapMap {
    GapStyle *style;
    const GapMapData *data;
    const char *lang;           /**< the page's, or the first of two */
    const struct GapMap *other; /**< the page's words in its second language; NULL: it has one */
    GapLayout *layout;
    bool graticule;
    const struct GapLogos *logos; /**< NULL: none */
    bool continued;               /**< a page without map and panel */
    GapFonts *fonts;
    GapScene *scene;
    GapOverlay *overlay;
    GapProjection *plane;
    GapBox extent;        /**< of the country, metres */
    GapGeometry *outline; /**< of the part, metres; NULL: the whole country, or only seats known */
    GapBox shown;         /**< by the main map, metres */
    GapBox locator;       /**< where the small map of the country goes, page pixels */
    GHashTable *sources;  /**< source id to GapRows */
    GHashTable *moved;    /**< GapRows to where their marks were moved to in the frame that is being
                             drawn: x, y of each row, page pixels; NaN: not */
    GHashTable *built;    /**< layer id to the frame of a map built up: page/build.h */
    GHashTable *said;     /**< facts as the page's language writes them: geo/text/message.h */
    const char *group;    /**< of words: the theme's */
    GapLabelSet *labels;
    double zoom;
    double panel_x, panel_y, panel_width; /**< where the next block of the panel goes */
    double panel_bottom;
    double panel_fill; /**< share of the columns' height that may be filled */
    int tight;  /**< 0 to 3: how far the panel's lines move together to fit; 4: lists and charts are
                   shortened, those without room left out; 5: they take what the others leave,
                   captions stand in the first language of the page only */
    bool roomy; /**< the panel has room for lists longer than the theme asks for */
    const struct GapFacet *facet; /**< of the frame being drawn, of small multiples; else NULL */
    const char *trial; /**< only this circle layer and its names are drawn, to see where they go */
    GStringChunk *scratch;
};

/** The rows of source `id`; NULL with an error where its table is not among the data. */
const GapRows *gap_map_rows(GapMap *map, const char *id, GError **error);
/** Fills map->said: the facts as the page's language writes them. `within` is a length or a time;
 *  `way` says how it is measured; `scenario_part` is empty or " · scenario: winter",
 *  `assumed_part` empty or " (without assumed points 200)". */
void gap_map_say_facts(GapMap *map);
/** What words in the first language may say as `{name}` from now on; `text` is taken over, a plural
 * goes by `number`. */
void gap_map_put(const GapMap *map, const char *name, char *text, double number);
/** The word of `key` (theme's group, else common) with facts filled in. A word of its own for the
 *  run's direction or mode goes before: `title.people-to-police`, `title.travel`.
 *  Returns: (transfer full). */
char *gap_map_say(const GapMap *map, const char *key);
/** Puts a limit in minutes as {name}, and as {name_to} and {name_from}: a unit in the dative and
 * the ablative of Kyrgyz, for "чейин" and "алыс". {within} and {sites_within} have these too. */
void gap_map_put_minutes(const GapMap *map, const char *name, double minutes);
/** The same for a whole number, in every language of the page. */
void gap_map_put_number(const GapMap *map, const char *name, double number);
/** "45 min", "1 h", "1 h 30 min". Returns: (transfer full). */
char *gap_map_minutes(const GapMap *map, double minutes);
/** As gap_map_say(), in the first language of a bilingual page alone. Returns: (transfer full). */
char *gap_map_say_first(const GapMap *map, const char *key);
/** The word of a key of another group, or the key itself. On a bilingual page both have it. */
const char *gap_map_word(const GapMap *map, const char *group, const char *key);
/** A row's name in the page's language (on a bilingual page in both, with a stroke), else in
 * another and marked as such, else its column `name`; NULL: none. It belongs to the table or the
 * map. */
const char *gap_map_name(const GapMap *map, const GapTable *table, size_t row);
/** The same in the first language alone, where there is no room for both. */
const char *gap_map_name_first(const GapMap *map, const GapTable *table, size_t row);
/** A cell as a number; NaN where the column is missing or holds text. */
double gap_cell_number(const GapTable *table, size_t row, const char *column);
/** A cell as text; NULL where the column is missing or holds numbers. */
const char *gap_cell_text(const GapTable *table, size_t row, const char *column);
/** A fact as a number, or NaN. */
double gap_map_fact(const GapMap *map, const char *name);
GapContext gap_map_context(const GapMap *map, const GapTable *table, size_t row);

/** A line or polygon in metres to page pixels, without the points that no eye could tell apart, by
 *  itself (of neighbours: styles/shapes/arcs.h). NULL where nothing is left. Returns: (transfer
 * full). */
GapGeometry *gap_view_shape(const GapView *view, const GapGeometry *metres);
void gap_view_point(const GapView *view, double x_m, double y_m, double *x, double *y);

/** Adds a line or outline as a line layer draws it, `scale` times as wide. Takes `px`, in page
 *  pixels. */
void gap_line_draw(GapMap *map, const GapView *view, const GapStyleLayer *layer, GapContext *c,
                   const char *role, double scale, GapGeometry *px);

/** Draws all layers of the style into the view's frame; their labels wait to be placed. */
bool gap_map_draw(GapMap *map, const GapView *view, GError **error);
/** Radius of a circle on this layout, pixels: on a smaller map circles are smaller. */
double gap_map_circle(const GapMap *map, const GapStyleLayer *layer, const GapContext *c);
/** Radius of a row's circle in `layer` (an id), pixels; 0 where it has none. */
double gap_map_radius(const GapMap *map, const char *layer, const GapTable *table, size_t row);
/** The bar of a row; of width 0 where all its shares are 0. */
GapLabelBar gap_label_bar(const GapStyleBar *style, const GapContext *c);
/** Names of hatches in the order of GapHatch, the first empty; NULL-terminated. */
extern const char *const GAP_HATCHES[];
GapHatch gap_hatch_by_name(const char *name);
/** White on dark and middling fills, grey on light ones. */
GapColour gap_hatch_colour(GapColour fill);

/** Blocks of the panel: metadata.gapmap.panel, column by column. */
bool gap_panel_draw(GapMap *map, GError **error);

#endif
