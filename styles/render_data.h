/** What maps are drawn from, read from the store: the tables that their styles name, the facts of
 *  a run, the relief. */
#ifndef GAP_STYLES_RENDER_DATA_H
#define GAP_STYLES_RENDER_DATA_H

#include "geo/store/store.h"
#include "styles/map.h"

typedef struct GapRenderData GapRenderData;

/** The facts of `run` (NULL: the newest) and the words. Places are named as on the
 * run's day, or as people say where `customary`. Returns: (transfer full). */
GapRenderData *gap_render_data_new(GapStore *store, const char *run, bool customary,
                                   GError **error);
void gap_render_data_free(GapRenderData *data); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapRenderData, gap_render_data_free)

/** The runs of maps of several, by comma (NULL: all); before what draws them is read. */
void gap_render_data_choose_runs(GapRenderData *data, const char *labels);
/** Reads a layer, unless it is there already. */
bool gap_render_data_need(GapRenderData *data, const char *layer, GError **error);
/** The tables and pictures of the style's sources, the tables of its charts, of the provinces,
 * which set the extent, and of changes of borders. */
bool gap_render_data_need_style(GapRenderData *data, const GapStyle *style, GError **error);

/** What has been read; holds as long as `data`. */
const GapMapData *gap_render_data_map(const GapRenderData *data);

#endif
