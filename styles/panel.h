/** What the blocks of the side panel share. A block draws at map->panel_y and moves it down. */
#ifndef GAP_STYLES_PANEL_H
#define GAP_STYLES_PANEL_H

#include "styles/map.h"

/** Of legends, pixels: samples, and where the text beside them begins. */
enum { GAP_SAMPLE_WIDTH = 38, GAP_SAMPLE_HEIGHT = 22, GAP_SAMPLE_INDENT = 50 };

/** Draws the block that `json` describes; an error where the description is wrong. */
typedef bool (*GapBlock)(GapMap *map, const json_t *json, GError **error);

bool gap_block_figures(GapMap *map, const json_t *json, GError **error);
bool gap_block_ranking(GapMap *map, const json_t *json, GError **error);
bool gap_block_classes(GapMap *map, const json_t *json, GError **error);
bool gap_block_categories(GapMap *map, const json_t *json, GError **error);
/** Stretches the scale of circles that have a legend of sizes, where the largest would be less than
 *  half as large as the scale has them, or larger values would all be drawn alike. The limits of
 * the interpolate that gives the radius are multiplied, so that areas stay in proportion; layers
 * whose scales end alike are stretched together. Else the theme's own scale holds, so that maps of
 * runs can be compared. */
bool gap_sizes_from_data(GapMap *map, GError **error);
bool gap_block_sizes(GapMap *map, const json_t *json, GError **error);
bool gap_block_keys(GapMap *map, const json_t *json, GError **error);
bool gap_block_symbols(GapMap *map, const json_t *json, GError **error);
bool gap_block_bar(GapMap *map, const json_t *json, GError **error);
bool gap_block_bands(GapMap *map, const json_t *json, GError **error);
bool gap_block_sites(GapMap *map, const json_t *json, GError **error);
bool gap_block_frontier(GapMap *map, const json_t *json, GError **error);
bool gap_block_bars(GapMap *map, const json_t *json, GError **error);
bool gap_block_flows(GapMap *map, const json_t *json, GError **error);
/** Hatches that the map shows: styles/legends/hatches.c. */
bool gap_block_hatches(GapMap *map, const json_t *json, GError **error);
/** The square of two measures: styles/legends/square.c. */
bool gap_block_square(GapMap *map, const json_t *json, GError **error);
bool gap_block_years(GapMap *map, const json_t *json, GError **error);

/** Whether one of the blocks of a theme's `panel` (NULL: it has none) is of that kind. */
bool gap_panel_has(const json_t *panel, const char *kind);
/** Draws nothing. `*fits`: whether all blocks find room in map->layout's columns, with no list
 *  shortened and nothing left out. */
bool gap_panel_fits(GapMap *map, bool *fits, GError **error);

/** Reads members as json_unpack_ex() does, strictly; `what` names the block in an error. */
bool gap_block_read(const json_t *json, const char *what, GError **error, const char *format, ...);
/** A heading in bold, wrapped. */
void gap_panel_heading(GapMap *map, const char *role, const char *key);
/** Text of 20 pixels (or `size`) beside a sample, wrapped, at `indent`; moves panel_y below it.
 *  Returns the height of the line. */
double gap_panel_text(GapMap *map, const char *role, const char *text, double indent, double size);
/** A sample of a layer's own shape at the left of the panel: a disc for circles, else a rectangle
 *  GAP_SAMPLE_WIDTH wide. The pointer holds until the scene has another item. */
GapItem *gap_panel_sample(GapMap *map, const GapStyleLayer *layer, GapColour fill);
/** The text beside a sample; the next line begins below it. */
void gap_panel_sample_text(GapMap *map, const char *text);
/** The layer of that id and type, or an error. */
GapStyleLayer *gap_panel_layer(GapMap *map, const char *id, GError **error);

#endif
