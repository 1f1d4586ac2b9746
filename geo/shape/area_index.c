#include <math.h>

#include "geo/base/error.h"
#include "geo/shape/geos.h"
#include "geo/shape/overlay.h"

typedef struct {
    GEOSGeometry *geometry;
    const GEOSPreparedGeometry *prepared;
} Area;

struct GapAreaIndex {
    GapGeos geos;
    GEOSSTRtree *tree;
    Area *areas;
    size_t n;
};

typedef struct {
    GapAreaIndex *index;
    const GEOSGeometry *point;
    gssize lowest;
} Search;

static bool add_area(GapAreaIndex *index, size_t i, GBytes *wkb, GError **error) {
    Area *area = &index->areas[i];
    const GEOSContextHandle_t h = index->geos.handle;
    area->geometry = gap_geos_read(&index->geos, wkb, error);
    if (!area->geometry) {
        g_prefix_error(error, "area %zu: ", i + 1);
        return false;
    }
    if (GEOSGeom_getDimensions_r(h, area->geometry) != 2)
        return gap_fail(error, GAP_ERROR_INPUT, "area %zu is not a polygon", i + 1);
    if (GEOSisEmpty_r(h, area->geometry) == 1)
        return true;
    area->prepared = GEOSPrepare_r(h, area->geometry);
    GEOSSTRtree_insert_r(h, index->tree, area->geometry, area);
    return true;
}

GapAreaIndex *gap_area_index_new(GBytes *const *wkb, size_t n, GError **error) {
    enum { NODE_CAPACITY = 10 };
    g_autoptr(GapAreaIndex) index = g_new0(GapAreaIndex, 1);
    gap_geos_init(&index->geos);
    index->tree = GEOSSTRtree_create_r(index->geos.handle, NODE_CAPACITY);
    index->areas = g_new0(Area, n);
    index->n = n;
    for (size_t i = 0; i < n; i++)
        if (wkb[i] && !add_area(index, i, wkb[i], error))
            return NULL;
    return g_steal_pointer(&index);
}

void gap_area_index_free(GapAreaIndex *index) {
    if (!index)
        return;
    const GEOSContextHandle_t h = index->geos.handle;
    GEOSSTRtree_destroy_r(h, index->tree);
    for (size_t i = 0; i < index->n; i++) {
        GEOSPreparedGeom_destroy_r(h, index->areas[i].prepared);
        GEOSGeom_destroy_r(h, index->areas[i].geometry);
    }
    gap_geos_clear(&index->geos);
    g_free(index->areas);
    g_free(index);
}

// The tree answers in no order, so every candidate that could be lower is asked.
static void visit(void *item, void *data) {
    const Area *area = item;
    Search *search = data;
    const gssize i = area - search->index->areas;
    if (search->lowest >= 0 && i > search->lowest)
        return;
    if (GEOSPreparedCovers_r(search->index->geos.handle, area->prepared, search->point) == 1)
        search->lowest = i;
}

gssize gap_area_index_locate(GapAreaIndex *index, double x, double y) {
    if (!isfinite(x) || !isfinite(y))
        return -1;
    const GEOSContextHandle_t h = index->geos.handle;
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(h, x, y);
    Search search = {index, point, -1};
    GEOSSTRtree_query_r(h, index->tree, point, visit, &search);
    GEOSGeom_destroy_r(h, point);
    return search.lowest;
}
