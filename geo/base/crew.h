/** Work shared by threads: the caller and as many more as this process has processors free.
 *
 *  Crews within crews are fine: all together never have more threads than processors, so that an
 *  inner crew finds none left where the outer one keeps them busy.
 */
#ifndef GAP_BASE_CREW_H
#define GAP_BASE_CREW_H

#include <glib.h>

/** Calls work(data) on this thread and on up to `most` - 1 others at the same time, and returns
 * when all have. What is to be done the workers take from `data`, so that one alone does all of it.
 */
void gap_crew_run(void (*work)(gpointer data), gpointer data, guint most);

/** The next task of `n`, counted from 0 by `*next`; false where none is left. */
static inline gboolean gap_crew_take(gint *next, gsize n, gsize *task) {
    *task = (gsize)g_atomic_int_add(next, 1);
    return *task < n;
}

#endif
