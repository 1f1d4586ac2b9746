/** The terminal: a progress bar that comes late and leaves nothing, and Ctrl-C. */
#ifndef GAP_CLI_TERMINAL_H
#define GAP_CLI_TERMINAL_H

#include "geo/base/progress.h"

/** From now on the first SIGINT asks the work to stop, the second kills as usual. */
void gap_terminal_listen(void);
/** Whether the user asked to stop. */
bool gap_terminal_interrupted(void);

/** The progress of new work, named `label` (kept, not copied). With `show`, and where stderr is a
 *  terminal, a bar is drawn once the work lasts over a second. One work at a time, one thread. */
const GapProgress *gap_terminal_progress(const char *label, bool show);
/** Wipes the bar away, before anything else is printed. */
void gap_terminal_clear(void);

#endif
