/** Words with values in them: a subset of ICU's MessageFormat.
 *
 *  `{name}` is a value as it was written; `{name, plural, one{# man} other{# men}}` chooses by the
 *  number that it is, `#` being the value as it was written; `=0{...}` goes before the plural's
 *  forms. A plural has all forms that whole numbers take in its language (Unicode CLDR, by ICU):
 *  one, few, many and other in Russian, one and other in Kyrgyz and English. Nothing is quoted: an
 *  apostrophe is one. ICU's own formatting knows only numbered values in C, and writes numbers in
 *  its own way.
 */
#ifndef GAP_TEXT_MESSAGE_H
#define GAP_TEXT_MESSAGE_H

#include <glib.h>
#include <stdbool.h>

/** Values by name. Returns: (transfer full): g_hash_table_unref() it. */
GHashTable *gap_message_values_new(void);
/** `text` is taken over; `number` is what a plural chooses by, NaN (no number): its other form. */
void gap_message_set(GHashTable *values, const char *name, char *text, double number);

/** Whether `pattern` can be filled in `lang`; the error says what is wrong and where. O(length). */
bool gap_message_check(const char *pattern, const char *lang, GError **error);
/** A checked pattern with its values: one pass, a value that itself holds `{name}` is text, and a
 *  place without a value stays visible. O(length). Returns: (transfer full). */
char *gap_message_fill(const char *pattern, const char *lang, GHashTable *values);

#endif
