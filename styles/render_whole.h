/** Files that hold many maps: an atlas for each language, or one contact sheet. */
#ifndef GAP_STYLES_RENDER_WHOLE_H
#define GAP_STYLES_RENDER_WHOLE_H

#include "geo/cli/command.h"
#include "styles/logos/logos.h"
#include "styles/render_data.h"

/** What a call of `gapmap render` asks for. */
typedef struct {
    GapCall *call;
    GapStore *store;
    char *const *langs, *const *layouts, *const *scales; /**< NULL-terminated */
    const GPtrArray *names;                              /**< of maps */
    const char *theme;                                   /**< text of the user's own, or NULL */
    const char *theme_file;
    const GapLogos *logos; /**< of every page, or NULL */
} GapRenderJob;

/** The style of a map of the job. Returns: (transfer full). */
GapStyle *gap_render_job_style(const GapRenderJob *job, const char *name, GError **error);

/** A digest of the store and of the logos. Returns: (transfer full). */
char *gap_render_job_state(const GapRenderJob *job, GError **error);

/** What the maps of the job are drawn from, before the tables of their styles are read.
 *  Returns: (transfer full). */
GapRenderData *gap_render_job_data(const GapRenderJob *job, GError **error);

/** Writes `output` (with {lang} where there are several languages) with a page for each area of
 *  the level that --atlas says. */
bool gap_render_atlas(const GapRenderJob *job, const char *output, GError **error);
/** Writes all maps, small, in all languages and layouts, into one .png or .pdf. */
bool gap_render_sheet(const GapRenderJob *job, const char *output, GError **error);

#endif
