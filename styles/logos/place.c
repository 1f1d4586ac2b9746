#include "styles/logos/logos.h"

#include <math.h>

static const double gap = 0.3;              // between two, of the room's height
static const double air = 12;               // from them to what stands above or below, page pixels
static const double most_of_heading = 0.34; // of its width: titles want the rest

/** The size of a logo that is alone in the layout: its area is that of a square as high as the
 *  room, whatever its shape, but none is higher. */
static void size_of(const GapLogo *logo, double height, double *w, double *h) {
    double ratio = (double)logo->picture.cols / logo->picture.rows;
    *h = MIN(height, height / sqrt(ratio));
    *w = *h * ratio;
}

/** Width of all with the gaps between them. */
static double width_of(const GapLogos *logos, unsigned n, double height) {
    double sum = 0;
    for (unsigned i = 0; i < n; i++) {
        double w, h;
        size_of(&logos->logo[i], height, &w, &h);
        sum += w + (i ? gap * height : 0);
    }
    return sum;
}

void gap_logos_make_room(const GapLogos *logos, GapLayout *l) {
    GapBox b = l->logos_at_foot ? l->notes : l->heading;
    double room = (b.max_x - b.min_x) * (l->logos_at_foot ? 1 : most_of_heading);
    double width = width_of(logos, logos->n, l->logo_height), less = MIN(room / width, 1);
    double height = l->logo_height * less;
    width *= less;
    if (l->logos_at_foot) {
        gap_layout_raise_notes(l, height + air);
        l->notes.max_y -= height + air;
        l->logos = (GapBox){b.min_x, b.max_y - height, b.min_x + width, b.max_y};
    } else {
        l->logos = (GapBox){b.max_x - width, b.min_y + air, b.max_x, b.min_y + air + height};
        l->heading.max_x -= width + 2 * air;
    }
}

GapBox gap_logos_box(const GapLogos *logos, const GapLayout *layout, unsigned i) {
    GapBox room = layout->logos;
    double height = room.max_y - room.min_y, w, h;
    double x = room.min_x + width_of(logos, i, height) + (i ? gap * height : 0);
    size_of(&logos->logo[i], height, &w, &h);
    double y = (room.min_y + room.max_y - h) / 2;
    return (GapBox){x, y, x + w, y + h};
}
