// A picture as a source: a file beside the style, and where its corners lie.
#include "geo/base/error.h"
#include "styles/style_properties.h"

#include <math.h>
#include <string.h>

/** Whether the name is one of a file relative to the style's: neither an address or a drive, which
 *  begin with letters and a colon, nor from the root, nor a pipe. */
static bool is_relative(const char *url) {
    size_t letters = strspn(url, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+.-");
    for (const char *at = url; *at; at++)
        if (g_ascii_iscntrl(*at))
            return false;
    return *url && url[letters] != ':' && !strchr("/\\|", *url);
}

static bool parse_corner(const json_t *json, const char *path, size_t i, double *corner,
                         GError **error) {
    const double most[] = {180, 85.06}; // Web Mercator ends there
    const json_t *corner_json = json_array_get(json, i);
    bool good = json_array_size(corner_json) == 2;
    for (size_t k = 0; good && k < 2; k++) {
        const json_t *number = json_array_get(corner_json, k);
        corner[k] = json_number_value(number);
        good = json_is_number(number) && fabs(corner[k]) <= most[k];
    }
    return good || gap_fail(error, GAP_ERROR_INPUT,
                            "%s.coordinates[%zu]: longitude and latitude are wanted, degrees, the "
                            "latter to 85.06",
                            path, i);
}

bool gap_style_parse_picture(const GapStyle *style, GapStyleSource *source, const json_t *json,
                             const char *path, GError **error) {
    const char *url = json_string_value(json_object_get(json, "url"));
    const json_t *corners = json_object_get(json, "coordinates");
    if (!url || !is_relative(url)) {
        g_autofree char *shown = gap_printable(url ? url : "", 100);
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s.url: '%s' is no file beside the style; the name of a PNG or JPEG is "
                        "wanted, relative to the file of the style, such as picture.png",
                        path, shown);
    }
    if (json_array_size(corners) != 4)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s.coordinates: four corners are wanted, [longitude, latitude] each: left "
                        "top, right top, right bottom, left bottom",
                        path);
    for (size_t i = 0; i < 4; i++)
        if (!parse_corner(corners, path, i, source->corners + 2 * i, error))
            return false;
    g_autofree char *folder = g_path_get_dirname(style->file);
    source->layer = g_strdup("");
    source->picture = g_build_filename(folder, url, NULL);
    return true;
}
