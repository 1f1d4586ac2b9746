/** Which Unicode library does the folding; `gapmap doctor` prints it. */
#ifndef GAP_TEXT_VERSION_H
#define GAP_TEXT_VERSION_H

/** "ICU 72.1", of the library that runs, not of the one compiled against. Belongs to the library;
 *  call it once before threads start. */
const char *gap_text_version(void);

#endif
