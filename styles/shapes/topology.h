/** Which points of rings are the same, and where a third border meets two others. */
#ifndef GAP_STYLES_SHAPES_TOPOLOGY_H
#define GAP_STYLES_SHAPES_TOPOLOGY_H

#include "geo/shape/geometry.h"

/** Vertices are numbered from 0 as they come. */
typedef struct {
    double x, y;
    uint32_t beside[2]; /**< of the first ring that has it */
    bool met, node;
} GapVertex;

typedef struct {
    GapVertex *vertex;
    uint32_t n, mask;
    uint32_t *slot; /**< hash by place: number + 1, 0: free */
    uint32_t *id;   /**< of every point of every ring, in order, closing points left out */
} GapTopology;

/** The points of ring `r` without the closing one. */
uint32_t gap_topology_ring(const GapGeometry *g, uint32_t r);
/** Numbers the points of lines and polygons. False where there is no memory. O(points). */
bool gap_topology_make(GapTopology *topology, const GPtrArray *shapes);
void gap_topology_clear(GapTopology *topology);

#endif
