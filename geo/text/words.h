/** Word lists by language: INI key files whose keys carry a language, `title[ky]=...`.
 *  The file is UTF-8; one group a theme or topic. A word that lacks a language, or is a malformed
 *  message (geo/text/message.h), is an error at load time, not a hole on a wall.
 */
#ifndef GAP_TEXT_WORDS_H
#define GAP_TEXT_WORDS_H

#include <glib.h>
#include <stdbool.h>

typedef struct GapWords GapWords;

/** The languages a page can speak, NULL-terminated: "ky", "ru", "en". */
extern const char *const GAP_LANGUAGES[];

/** From the text of a key file; every key of every group must have all GAP_LANGUAGES.
 *  Returns: (transfer full). */
GapWords *gap_words_parse(const char *data, gssize length, GError **error);
void gap_words_free(GapWords *words); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapWords, gap_words_free)

/** The word, or NULL where the list has no such key; belongs to the list. */
const char *gap_words_get(const GapWords *words, const char *group, const char *key,
                          const char *lang);
/** As gap_words_get(), with its values filled in (geo/text/message.h). A key that is missing comes
 *  back as "⟨key⟩", so that a test and a reader see it. Returns: (transfer full). */
char *gap_words_say(const GapWords *words, const char *group, const char *key, const char *lang,
                    GHashTable *values);

#endif
