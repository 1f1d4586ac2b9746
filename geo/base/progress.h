/** Progress of long work, shown by whoever called; the library only reports it. */
#ifndef GAP_BASE_PROGRESS_H
#define GAP_BASE_PROGRESS_H

#include <stdbool.h>

/** `share` in 0..1. Answers false where the user asked to stop (Ctrl-C): the work then undoes
 *  itself and fails. */
typedef bool (*GapProgressFunc)(void *user, double share, const char *what);

typedef struct {
    GapProgressFunc report;
    void *user;
} GapProgress;

/** NULL-safe: no progress wanted means carry on. */
static inline bool gap_progress(const GapProgress *progress, double share, const char *what) {
    return !progress || !progress->report || progress->report(progress->user, share, what);
}

#endif
