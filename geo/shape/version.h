/** Which libraries stand behind geo/shape. */
#ifndef GAP_SHAPE_VERSION_H
#define GAP_SHAPE_VERSION_H

/** "PROJ 9.1.1, GEOS 3.11.1": what is linked at run time. The string is static. */
const char *gap_shape_version(void);

#endif
