/** Credits of the sources, "Natural Earth (public domain); GeoNames (CC BY 4.0)", by language. */
#ifndef GAP_STYLES_SPEECH_CREDITS_H
#define GAP_STYLES_SPEECH_CREDITS_H

#include <glib.h>

/** The credits of the facts in a language (the first of two), or as they came; NULL: there are
 * none. Belongs to `facts`. */
const char *gap_credits(GHashTable *facts, const char *lang);

/** Credits in two languages: each title that differs in both, "press / пресса (2017)". The first
 *  alone where they are not the same credits one by one. Returns: (transfer full). */
char *gap_credits_both(const char *first, const char *second);

#endif
