/** When a solver must stop: its seconds are over, or the user wants no more. */
#ifndef GAP_LOCATE_WATCH_H
#define GAP_LOCATE_WATCH_H

#include "geo/base/progress.h"

#include <glib.h>

typedef struct {
    const GapProgress *progress;
    gint64 end, told; /**< monotonic microseconds */
    bool stopped;
    bool own; /**< tells of these and not of what it is given: work within other work */
    double value, bound;
} GapWatch;

static inline GapWatch gap_watch(const GapProgress *progress, double seconds) {
    const gint64 now = g_get_monotonic_time();
    return (GapWatch){.progress = progress,
                      .end = seconds < 1e9 ? now + (gint64)(seconds * 1e6) : G_MAXINT64,
                      .told = now};
}

/** Whether to stop; tells value and bound about ten times a second. */
bool gap_watch_over(GapWatch *watch, double value, double bound);

#endif
