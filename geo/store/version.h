#ifndef GAP_STORE_VERSION_H
#define GAP_STORE_VERSION_H

/** "SQLite 3.40.1, SpatiaLite 5.0.1"; static. */
const char *gap_store_version(void);

#endif
