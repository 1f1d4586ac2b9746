/** Loading: from a file to rows of a layer, in one transaction, nothing lost on the way. */
#ifndef GAP_LAYERS_LOAD_H
#define GAP_LAYERS_LOAD_H

#include "layers/layer.h"

typedef struct {
    const char *name; /**< of the source; NULL: the file's name without its ending */
    const char *title, *licence, *vintage;
    const char *columns; /**< "field=column; ..." where the file names them otherwise; or NULL */
    const char *set;     /**< "field=value; ...": the same value for every row; or NULL */
    const char *country; /**< see GapLoad */
    bool strict;         /**< any refused row refuses the load */
} GapLoadOptions;

typedef struct {
    gint64 row;
    char *field, *value, *reason;
} GapRefusal;

typedef struct {
    bool unchanged; /**< the same file with the same options is loaded already */
    gint64 read, kept, refused;
    GPtrArray *notes;    /**< strings */
    GPtrArray *refusals; /**< GapRefusal */
} GapLoadReport;

void gap_load_report_free(GapLoadReport *report); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLoadReport, gap_load_report_free)

/** Loads `path` as a layer of `kind`; replaces what the same source held before.
 *  Returns: (transfer full), NULL where nothing was loaded. */
GapLoadReport *gap_load(GapStore *store, const GapLayerKind *kind, const char *path,
                        const GapLoadOptions *options, GError **error);

/** Loads an elevation raster (metres). Returns: (transfer full). */
GapLoadReport *gap_load_terrain(GapStore *store, const char *path, const GapLoadOptions *options,
                                GError **error);

/** The name of a source that was given none: the file's, without folder and ending.
 *  Returns: (transfer full). */
char *gap_source_name(const char *path);

/** Takes a source and its rows out. Figures of other layers that need its areas are an error that
 *  names them; points are joined again, and demand and runs of areas that are gone go with them. */
bool gap_unload(GapStore *store, const char *source, GError **error);

#endif
