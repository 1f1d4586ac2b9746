/** The part that options of a command ask for. */
#ifndef GAP_STYLES_PART_FIND_H
#define GAP_STYLES_PART_FIND_H

#include "geo/cli/command.h"
#include "styles/part/part.h"
#include "styles/render_data.h"

/** Options of a command that draws parts, for its table. */
#define GAP_PART_OPTIONS                                                                           \
    {"province", 0, GAP_OPTION_TEXT, "NAME", "draw this province, by name or code, large", NULL},  \
        {"district", 0, GAP_OPTION_TEXT, "NAME", "draw this district", NULL},                      \
        {"only",                                                                                   \
         0,                                                                                        \
         GAP_OPTION_TEXT,                                                                          \
         "NAME",                                                                                   \
         "draw these provinces, districts or municipalities, by comma",                            \
         NULL},                                                                                    \
    {                                                                                              \
        "bbox", 0, GAP_OPTION_TEXT, "W,S,E,N", "draw what lies in this box of degrees", NULL       \
    }

/** The first of these options that the call gives, its name; NULL: none. */
const char *gap_part_option_given(const GapCall *call);

/** The part that --province, --district, --only or --bbox of a call names; `*part` is NULL where
 *  none is given (transfer full). Reads the layers that it needs into `data`, which it must not
 *  outlive. */
bool gap_part_asked(GapCall *call, GapStore *store, GapRenderData *data, GapPart **part,
                    GError **error);

#endif
