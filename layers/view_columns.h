/** How the columns of views are written down. */
#ifndef GAP_LAYERS_VIEW_COLUMNS_H
#define GAP_LAYERS_VIEW_COLUMNS_H

#include "geo/table/table.h"

#define TEXT(name, title)                                                                          \
    { name, GAP_TYPE_TEXT, NULL, title }
#define WHOLE(name, unit, title)                                                                   \
    { name, GAP_TYPE_INT, unit, title }
#define REAL(name, unit, title)                                                                    \
    { name, GAP_TYPE_REAL, unit, title }
#define NAMES                                                                                      \
    TEXT("name_en", "Name, English"), TEXT("name_ru", "Name, Russian"),                            \
        TEXT("name_ky", "Name, Kyrgyz")

#endif
