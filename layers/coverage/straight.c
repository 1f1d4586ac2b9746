#include "layers/coverage/reached.h"

void gap_straight_measure(const GapCoverageWork *work, GapReached *d) {
    const GapPoints *points = work->points;
    d->nearest = gap_nearest_find(points->nearest, d->lon, d->lat, &d->away);
    gap_nearest_find(points->nearest_exact, d->lon, d->lat, &d->away_exact);
}

/* Whether no point within the limit can be reached along a line that stays in the country. */
bool gap_straight_is_cut_off(const GapCoverageWork *work, const GapReached *d, double within_m) {
    enum { LON = 3, LAT = 4 };
    const GapTable *fixed = work->points->fixed;
    if (d->patrol >= 0 || !work->country)
        return false;
    for (size_t i = 0; i < gap_table_rows(fixed); i++)
        if (gap_nearest_within(work->points->nearest, i, d->lon, d->lat, within_m) &&
            gap_overlay_sees(work->overlay, work->country, d->lon, d->lat,
                             gap_table_real(fixed, i, LON), gap_table_real(fixed, i, LAT)))
            return false;
    return true;
}
