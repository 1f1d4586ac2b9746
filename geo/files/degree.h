/** Coordinates as text formats hold them. Internal to geo/files. */
#ifndef GAP_FILES_DEGREE_H
#define GAP_FILES_DEGREE_H

#include <glib.h>

/** Seven decimals (a centimetre) without zeros at the end; beyond 1e9, where none are degrees, 15
 *  digits. */
void gap_put_degree(GString *out, double value);

#endif
