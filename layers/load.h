/** Loading: from a file to rows of a layer, in one transaction, nothing lost on the way. */
#ifndef GAP_LAYERS_LOAD_H
#define GAP_LAYERS_LOAD_H

#include "geo/files/reader.h"
#include "geo/text/number.h"
#include "layers/diff.h"
#include "layers/layer.h"

typedef struct {
    const char *name; /**< of the source; NULL: gap_file_stem() */
    const char *title, *licence, *vintage;
    const char *dated; /**< YYYY-MM-DD, the day that rows show; NULL: not known */
    const char *title_ky, *title_ru, *title_en; /**< by language; NULL: `title` stands for it */
    const char *columns;   /**< "field=column; ..." where the file names them otherwise; or NULL */
    const char *set;       /**< "field=value; ...": the same value for every row; or NULL */
    GapDecimal decimal;    /**< sign of numbers in text; OPEN: found, see number.h */
    const char *country;   /**< see GapLoad */
    const char *where;     /**< which rows count, see crosswalk.h; or NULL: all */
    const char *crosswalk; /**< a file, see crosswalk.h; or NULL */
    bool cells;            /**< boundaries: points, of which cells.h makes outlines */
    bool fill;             /**< boundaries: districts by which provinces are rebuilt, cells.h */
    GapReadOptions read;   /**< what the file leaves open */
    bool strict;           /**< any refused row refuses the load */
    bool dry_run;          /**< all of it, and then nothing is changed */
    GapDiffOptions diff;   /**< how what changed of a source loaded before is told */
} GapLoadOptions;

/** Refused rows that a report holds; the store holds all of them. */
#define GAP_REFUSALS_REPORTED 100

typedef struct {
    gint64 row;
    int part; /**< of a row that is several of the layer, else 0 */
    char *field, *value, *reason;
} GapRefusal;

typedef struct {
    bool unchanged; /**< the same file with the same options is loaded already */
    gint64 read, kept, refused, left_out; /**< read is the sum of the others */
    GPtrArray *notes;                     /**< strings */
    GPtrArray *refusals;                  /**< the first GAP_REFUSALS_REPORTED, of GapRefusal */
    GapDiff *changes; /**< to what the source held before; NULL: it held nothing */
} GapLoadReport;

void gap_load_report_free(GapLoadReport *report); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLoadReport, gap_load_report_free)

/** Loads `path` as a layer of `kind`, a batch of rows at a time in one transaction; replaces what
 *  the same source held before. Memory is that of a batch and of the keys. O(rows log rows).
 *  Returns: (transfer full), NULL where nothing was loaded. */
GapLoadReport *gap_load(GapStore *store, const GapLayerKind *kind, const char *path,
                        const GapLoadOptions *options, GError **error);

/** Loads an elevation raster (metres). Returns: (transfer full). */
GapLoadReport *gap_load_terrain(GapStore *store, const char *path, const GapLoadOptions *options,
                                GError **error);

/** Takes a source and its rows out. Figures of other layers that need its areas are an error that
 *  names them; points are joined again, and demand and runs of areas that are gone go with them. */
bool gap_unload(GapStore *store, const char *source, GError **error);

#endif
