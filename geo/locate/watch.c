#include "geo/locate/watch.h"

#include <math.h>

bool gap_watch_over(GapWatch *watch, double value, double bound) {
    const gint64 now = g_get_monotonic_time();
    if (watch->stopped || now >= watch->end)
        return watch->stopped = true;
    if (now - watch->told < G_USEC_PER_SEC / 10)
        return false;
    watch->told = now;
    if (watch->own) {
        value = watch->value;
        bound = watch->bound;
    }
    g_autofree char *text =
        isfinite(value) ? g_strdup_printf("best so far %.10g, none beyond %.10g", value, bound)
                        : g_strdup_printf("no answer so far, none beyond %.10g", bound);
    const double share = value > 0 && isfinite(value) ? CLAMP(bound / value, 0, 1) : 0;
    return watch->stopped = !gap_progress(watch->progress, share, text);
}
