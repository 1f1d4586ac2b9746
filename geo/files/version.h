/** Which library stands behind geo/files. */
#ifndef GAP_FILES_VERSION_H
#define GAP_FILES_VERSION_H

/** "GDAL 3.6.2": what is linked at run time. The string is static. */
const char *gap_files_version(void);

#endif
