/** The pixels of a PNG, packed in stripes by several threads. */
#ifndef GAP_STYLES_CANVAS_STRIPES_H
#define GAP_STYLES_CANVAS_STRIPES_H

#include "styles/png.h"

/** The zlib stream (RFC 1950) of the filtered rows, cut into the parts that its stripes make: put
 *  one after the other they are the data of the picture (PNG, 2nd edition, section 10). A stripe
 *  has 128 rows, is packed on its own and ends at a whole byte, so that the bytes are the same for
 *  any number of threads. O(pixels); a stripe's rows a thread in memory besides the answer. NULL
 *  where memory ends. Returns: (transfer full) (element-type GByteArray). */
GPtrArray *gap_stripes_pack(const GapPicture *picture);

#endif
