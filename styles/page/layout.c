#include "styles/page/layout.h"

#include <string.h>

const char *const GAP_LAYOUTS[] = {"slide", "slide-4x3", "a4", "a3", "square", "infographic", NULL};

// A slide's map is 65.7 % of it and bleeds off its left edge; printers leave an edge white.
static const GapLayout layouts[] = {
    {.name = "slide",
     .width = 1920,
     .height = 1080,
     .point = 0.5,
     .map = {0, 114, 1540, 1000},
     .title_size = 44,
     .subtitle_size = 26,
     .heading = {48, 8, 1540, 110},
     .columns = {{1564, 30, 1872, 1000}},
     .n_columns = 1,
     .notes = {48, 1002, 1872, 1078},
     .logo_height = 84},
    {.name = "slide-4x3",
     .width = 1440,
     .height = 1080,
     .point = 0.5,
     .map = {0, 120, 1088, 976},
     .title_size = 42,
     .subtitle_size = 24,
     .heading = {48, 8, 1088, 110},
     .columns = {{1112, 24, 1404, 976}},
     .n_columns = 1,
     .notes = {48, 978, 1404, 1078},
     .logo_height = 80},
    {.name = "a4",
     .width = 1684,
     .height = 1190,
     .point = 0.5,
     .map = {48, 130, 1296, 1068},
     .title_size = 44,
     .subtitle_size = 24,
     .heading = {48, 16, 1296, 116},
     .columns = {{1322, 48, 1636, 1068}},
     .n_columns = 1,
     .notes = {48, 1070, 1636, 1160},
     .logo_height = 84},
    {.name = "a3",
     .width = 1905,
     .height = 1347,
     .point = 0.625,
     .map = {48, 126, 1508, 1232},
     .title_size = 46,
     .subtitle_size = 26,
     .heading = {48, 20, 1508, 122},
     .columns = {{1534, 48, 1857, 1232}},
     .n_columns = 1,
     .notes = {48, 1234, 1857, 1312},
     .logo_height = 84},
    {.name = "square",
     .width = 1080,
     .height = 1080,
     .point = 0.5,
     .map = {0, 110, 1080, 606},
     .title_size = 38,
     .subtitle_size = 22,
     .heading = {36, 2, 1044, 108},
     .columns = {{36, 614, 362, 948}, {380, 614, 706, 948}, {724, 614, 1050, 948}},
     .n_columns = 3,
     .notes = {36, 953, 1044, 1078},
     .logo_height = 52,
     .logos_at_foot = true},
    {.name = "infographic",
     .width = 1190,
     .height = 1684,
     .point = 0.5,
     .map = {48, 290, 1142, 1020},
     .title_size = 46,
     .subtitle_size = 24,
     .heading = {48, 20, 1142, 134},
     .figures = {48, 142, 1142, 276},
     .columns = {{48, 1034, 398, 1520}, {420, 1034, 770, 1520}, {792, 1034, 1142, 1520}},
     .n_columns = 3,
     .notes = {48, 1530, 1142, 1664},
     .logo_height = 72,
     .logos_at_foot = true},
};

const GapLayout *gap_layout_by_name(const char *name) {
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (!name || !strcmp(layouts[i].name, name))
            return &layouts[i];
    return NULL;
}

bool gap_layout_has_figures(const GapLayout *layout) {
    return layout->figures.max_x > layout->figures.min_x;
}

void gap_layout_raise_notes(GapLayout *l, double more) {
    bool below = l->columns[0].min_y >= l->map.max_y; // the panel moves up, whole
    l->notes.min_y -= more;
    l->map.max_y -= more;
    if (l->notes.max_x < l->columns[0].min_x)
        return; // the notes stand beside the panel
    for (unsigned i = 0; i < l->n_columns; i++) {
        l->columns[i].min_y -= below ? more : 0;
        l->columns[i].max_y -= more;
    }
}

double gap_layout_symbols(const GapLayout *layout) {
    double ratio =
        (layout->map.max_x - layout->map.min_x) / (layouts[0].map.max_x - layouts[0].map.min_x);
    return ratio < 0.7 ? 0.7 : ratio;
}
