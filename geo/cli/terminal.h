/** The terminal: a progress bar that comes late and leaves nothing, and Ctrl-C. */
#ifndef GAP_CLI_TERMINAL_H
#define GAP_CLI_TERMINAL_H

#include "geo/base/progress.h"

/** From now on the first SIGINT or SIGTERM asks the work to stop, the second kills as usual. */
void gap_terminal_listen(void);
/** Whether the user asked to stop. */
bool gap_terminal_interrupted(void);

/** New work begins, named `label` (kept, not copied). With `show`, and where stderr is a terminal,
 * a bar is drawn once it lasts over a second and reports. One work at a time, one thread. */
void gap_terminal_begin(const char *label, bool show);
/** The progress of the work that began last. */
const GapProgress *gap_terminal_progress(void);
/** Wipes the bar away, before anything else is printed. */
void gap_terminal_clear(void);

#endif
