/** Text: folded names for exact matching, nearest words for "did you mean", and numbers and dates
 *  as the three languages write them. Any `lang` other than "ru" and "ky" is written as "en".
 */
#ifndef GAP_TEXT_TEXT_H
#define GAP_TEXT_TEXT_H

#include <glib.h>
#include <stdbool.h>

/** NFKC, case folded, marks of apostrophe and hyphen and runs of space made one space, trimmed:
 *  two names with the same fold are the same name, written otherwise (Unicode's NFKC_Casefold,
 *  UAX 31, by ICU). Folding twice changes nothing; broken UTF-8 becomes U+FFFD. O(length).
 *  Returns: (transfer full). */
char *gap_text_fold(const char *text);

/** The word of NULL-terminated `words` nearest to `word` by edit distance of their folds
 *  (Damerau-Levenshtein, optimal string alignment), or NULL where none is within a third of its
 *  length (at least 1); ties to the first. Words of over 64 characters have no neighbours.
 *  O(words x length^2). */
const char *gap_text_nearest(const char *word, const char *const *words);

/** 1234567.891 with 1 decimal: en 1,234,567.9 - ru and ky 1 234 567,9 (thin no-break spaces);
 *  real minus sign, no negative zero. Four digits stay together in no language, so that columns
 *  line up. From 10^15 on powers of ten are written, with 3 decimals at most. NaN, which is no
 * data, is an en dash. `decimals` is 0 to 17. Returns: (transfer full). */
char *gap_format_number(double value, int decimals, const char *lang);
/** 2.5 x 10^-12 as "2.5×10⁻¹²", with as many decimals as tell the number, at most `most` (to 16);
 *  of a finite one. Returns: (transfer full). */
char *gap_format_power(double value, int most, const char *lang);
/** A share (0..1) as percent: en 42%, ru and ky 42 %. Returns: (transfer full). */
char *gap_format_percent(double share, int decimals, const char *lang);
/** A share without decimals; near nothing and near all with one, so that 0.1% does not read as
 *  nobody: "0.1%", "99.9%", and "< 0.1%" or "> 99.9%" beyond that. Returns: (transfer full). */
char *gap_format_share(double share, const char *lang);
/** YYYY-MM-DD as en "31 December 2017", ru "31 декабря 2017 г.", ky "2017-жылдын 31-декабры".
 *  Text that is no ISO date comes back as it is. Returns: (transfer full). */
char *gap_format_date(const char *iso, const char *lang);

#endif
