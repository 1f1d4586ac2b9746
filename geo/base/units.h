/** Quantities as people write them, read into SI numbers. */
#ifndef GAP_BASE_UNITS_H
#define GAP_BASE_UNITS_H

#include <glib.h>
#include <stdbool.h>

/** "5 km", "800 m", "5km" -> metres. A bare number is refused: a unit is part of the answer. */
bool gap_parse_length_m(const char *text, double *metres, GError **error);

/** "90 min", "2 h", "30 s" -> seconds. */
bool gap_parse_duration_s(const char *text, double *seconds, GError **error);

/** "3 km, 5 km" -> metres, "30 min, 1 h" -> minutes, which is told in `minutes`; one or more by
 *  comma, all alike, none 0. Returns: (transfer full), double. */
GArray *gap_parse_limits(const char *text, bool *minutes, GError **error);

/** A plain number, '.' as decimal sign whatever the locale, finite, nothing behind it. */
bool gap_parse_number(const char *text, double *number, GError **error);

/** An ISO date, YYYY-MM-DD, that exists in the calendar. */
bool gap_parse_date(const char *text, GDate *date, GError **error);

/** "2017" or "2014-2017" -> first and last year, both within 1900..2200. */
bool gap_parse_years(const char *text, int *first, int *last, GError **error);

/** The day a run is made: SOURCE_DATE_EPOCH where set, else today (UTC), as YYYY-MM-DD.
 *  Returns: (transfer full). */
char *gap_today(void);

/** "5 km" or "800 m", the shortest exact way. Returns: (transfer full). */
char *gap_format_length(double metres);
/** "30 min", the shortest exact way. Returns: (transfer full). */
char *gap_format_minutes(double minutes);

#endif
