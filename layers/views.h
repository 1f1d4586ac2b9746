/** The layers as users see them: names, columns, units. The columns are a contract. */
#ifndef GAP_LAYERS_VIEWS_H
#define GAP_LAYERS_VIEWS_H

#include "geo/store/store.h"

typedef struct {
    const char *name, *title;
    const char *geometry; /**< "Point", "MultiPolygon", "Geometry", or NULL: a plain table */
    const GapColumnSpec *columns;
    size_t n_columns;
    const GapStatement *statement;
    bool by_run; /**< the statement takes the label of a run (null: none) */
    /** Adds to the rows read what no statement can say; NULL: nothing. */
    bool (*complete)(GapStore *store, GapTable *table, GError **error);
} GapLayerView;

extern const GapLayerView GAP_LAYER_VIEWS[];
extern const size_t GAP_LAYER_VIEW_COUNT;

/** The view of that name, or NULL. */
const GapLayerView *gap_layer_view(const char *name);
/** As above; an error that names the nearest and all of them where there is none. */
const GapLayerView *gap_layer_view_find(const char *name, GError **error);

#endif
