/** Numbers as offices write them: "1 234,5", "1,234.5", "12'345", "7,1E1", "5 %", "<5", "н/д".
 *
 *  Of '.' and ',' one is the decimal sign and the other may stand between thousands. A cell such as
 *  "1,234" leaves open which is which, so that no cell is read alone: the whole column is looked at
 *  first (GapNumberEvidence), and what stays open is refused, never guessed.
 *  Texts of over 64 bytes are no numbers, so that every function here is O(1).
 */
#ifndef GAP_TEXT_NUMBER_H
#define GAP_TEXT_NUMBER_H

#include <glib.h>
#include <stdbool.h>

/** Which of '.' and ',' is the decimal sign. OPEN: not known; only what can be read one way is. */
typedef enum { GAP_DECIMAL_OPEN, GAP_DECIMAL_POINT, GAP_DECIMAL_COMMA } GapDecimal;

typedef struct {
    double min, max;
    bool whole; /**< no fraction */
} GapNumberLimits;

/** What the cells of a column tell about its decimal sign. Starts as zeros. */
typedef struct {
    size_t written[3]; /**< cells that only [POINT] or only [COMMA] can read, whatever the limits */
    size_t fitting[3]; /**< of the others: whose number keeps the limits only with [POINT], ... */
    size_t open;       /**< cells with two readings within the limits */
    char example[65];  /**< the first cell with two spellings, "" where there is none */
} GapNumberEvidence;

/** Adds a cell; what is no number tells nothing. */
void gap_number_evidence_add(GapNumberEvidence *evidence, const char *text,
                             const GapNumberLimits *limits);
/** The decimal sign: as written where all such cells agree, else as the limits leave it where none
 *  disagrees, else OPEN. */
GapDecimal gap_number_evidence_weigh(const GapNumberEvidence *evidence);

/** Reads a number: '.' or ',' as `decimal` says (OPEN: the one reading that there is within the
 *  limits); thousands by space (of any kind), apostrophe or the other sign, in whole groups of
 *  three; minus also as U+2212 and en dash; an exponent; where the limits end at 1 also percent.
 *  False with `reason` (transfer full) for all else: words or units behind it, inf, nan and
 *  hexadecimal, two readings, beyond the limits, a fraction of what is whole. */
bool gap_number_read(const char *text, GapDecimal decimal, const GapNumberLimits *limits,
                     double *value, char **reason);

/** Reads "<5", "менее 5", "≤4", "до 5", "5-9", "5–9", "5...9" as whole numbers low to high, both
 *  included, low at least that of the limits; "до 5" is taken as up to and with 5. False where the
 *  text is none of these, or where nothing but 0 would be in it. */
bool gap_interval_read(const char *text, GapDecimal decimal, const GapNumberLimits *limits,
                       double *low, double *high);

/** Whether a cell says that nothing is known: dashes, dots, "н/д", "n/a", "маалымат жок" and
 *  their like; nothing at all as well. `figure`: also "x" (kept secret) and "NA", which as text may
 *  be a name or a code. */
bool gap_is_unknown(const char *text, bool figure);

#endif
