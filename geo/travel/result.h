/** An answered search as the files of this room see it. */
#ifndef GAP_TRAVEL_RESULT_H
#define GAP_TRAVEL_RESULT_H

#include "geo/travel/sweep.h"

struct GapTravel {
    GapSweep sweep;
    const GapSurface *surface;
    GapTravelSource *sources;
    size_t n_sources;
    GHashTable *source_at; // index of a cell to the number of its source; owned, made when asked
};

/** Whether sources and options are usable. */
bool gap_travel_check(const GapSurface *surface, const GapTravelSource *sources, size_t n_sources,
                      const GapTravelOptions *options, GError **error);

/** Ticks a second for a limit. */
double gap_travel_ticks_per_s(double limit_min);

/** The number of the source that stands at `index` and is what its time comes from; else -1. */
gint64 gap_travel_source_at(const GapTravel *travel, size_t index);

/** The first step that ends in the reached cell `index` at its time; -1 at sources. */
int gap_travel_step_to(const GapTravel *travel, size_t index);

#endif
