/** Pages in two languages, "ky+ru": every text in the first one, then in the second where that says
 *  otherwise. Numbers stand once, as the first language writes them.
 */
#ifndef GAP_STYLES_SPEECH_BOTH_H
#define GAP_STYLES_SPEECH_BOTH_H

#include "styles/map.h"

/** The second language of `lang`, or NULL; `first` takes the first one. Belongs to `lang`. */
const char *gap_lang_second(const char *lang, char first[4]);

/** A text in the one language of `map`; (transfer full). */
typedef char *(*GapTell)(const GapMap *map, const void *what);

/** What `tell` says in the page's languages, joined by `between`; once where both say the same, or
 *  there are no letters in it. `between` NULL: a stroke, or a new line where the texts are long.
 *  Returns: (transfer full). */
char *gap_map_both(const GapMap *map, GapTell tell, const void *what, const char *between);
/** Two texts joined as above. Returns: (transfer full). */
char *gap_text_both(const char *first, const char *second, const char *between);

#endif
