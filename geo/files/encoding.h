/** The encoding of text, found by evidence, and its conversion. Internal to geo/files.
 *
 *  A byte order mark decides; else text that is UTF-8 throughout is that; else UTF-16 where every
 *  other byte is zero; else, of the Cyrillic encodings CP1251, KOI8-R and CP866, the one in which
 *  the text looks most like words: by the frequency of its letters in Russian, against capitals
 *  after small letters, Cyrillic letters inside of Latin words, and signs that no office types.
 *  Where none looks like words, or two alike, the encoding cannot be told, and is not guessed.
 */
#ifndef GAP_FILES_ENCODING_H
#define GAP_FILES_ENCODING_H

#include <glib.h>
#include <stdbool.h>

/** The encoding of `bytes`, by a name that iconv knows, or NULL where it cannot be told. Judged by
 *  the first 256 KiB of what is not ASCII, with its neighbours; where nine in ten such runs are
 *  UTF-8 the others are faults in it, not another encoding. ASCII alone is "UTF-8". O(length), some
 *  GB a second. The string is static. */
const char *gap_encoding_find(const char *bytes, size_t length);

/** The length of the byte order mark in front of `bytes`, with its encoding in `name`; else 0, with
 *  `name` NULL. */
size_t gap_encoding_mark(const char *bytes, size_t length, const char **name);

/** How much `text` looks like Cyrillic words when read as `name`: about 0.3 a letter where it is
 *  right, below zero where it is wrong; a line that cannot be decoded counts as five bad letters.
 */
double gap_encoding_score(const char *name, const char *text, size_t length);

bool gap_encoding_is_utf8(const char *name);
/** Whether `name` is known and can hold ASCII text; else an error that names --encoding. */
bool gap_encoding_check(const char *name, GError **error);

/** `text` of that encoding as UTF-8; NULL where a byte of it cannot be decoded or it holds a NUL.
 *  Returns: (transfer full). */
char *gap_encoding_convert(const char *name, const char *text, gssize length);

#endif
