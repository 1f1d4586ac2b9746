#include "geo/files/crs.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/error.h"

static const GapBox WORLD = {-180, -90, 180, 90};
static const char DEGREES[] = "EPSG:4326";

// How many geometries there are (empty ones and those that are not finite do not count), and how
// many of them lie in a box when read in one way.
typedef struct {
    gint64 all, within;
} Tally;

typedef struct {
    OGRCoordinateTransformationH to_degrees;
    bool swap;
    GapBox box;
    bool until_miss; // stop at the first that lies elsewhere
    gint64 limit;    // 0: none
} Way;

static bool is_finite(const OGREnvelope *e) {
    return isfinite(e->MinX) && isfinite(e->MaxX) && isfinite(e->MinY) && isfinite(e->MaxY);
}

static void tally_one(OGRGeometryH geometry, const Way *way, Tally *tally) {
    OGREnvelope e;
    if (!geometry || OGR_G_IsEmpty(geometry))
        return;
    OGR_G_GetEnvelope(geometry, &e);
    if (!is_finite(&e))
        return;
    tally->all++;
    if (way->swap)
        OGR_G_SwapXY(geometry);
    if (way->to_degrees && OGR_G_Transform(geometry, way->to_degrees) != OGRERR_NONE)
        return;
    OGR_G_GetEnvelope(geometry, &e);
    const GapBox *b = &way->box;
    tally->within +=
        e.MinX >= b->min_x && e.MaxX <= b->max_x && e.MinY >= b->min_y && e.MaxY <= b->max_y;
}

static Tally tally(OGRLayerH layer, Way way) {
    Tally sum = {0};
    OGRFeatureH feature;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGR_L_ResetReading(layer);
    while ((!way.limit || sum.all < way.limit) && !(way.until_miss && sum.within < sum.all) &&
           (feature = OGR_L_GetNextFeature(layer))) {
        tally_one(OGR_F_GetGeometryRef(feature), &way, &sum);
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(layer);
    CPLPopErrorHandler();
    return sum;
}

static bool all_within(OGRLayerH layer, Way way) {
    way.until_miss = true;
    const Tally sum = tally(layer, way);
    return sum.all > 0 && sum.within == sum.all;
}

static char *name_of(OGRSpatialReferenceH crs) {
    const char *authority = OSRGetAuthorityName(crs, NULL), *code = OSRGetAuthorityCode(crs, NULL);
    g_autofree char *name = gap_printable(OSRGetName(crs) ? OSRGetName(crs) : "without name", 60);
    return authority && code ? g_strdup_printf("%s:%s (%s)", authority, code, name)
                             : g_steal_pointer(&name);
}

// The usual case is told by its code alone: looking it up costs more than reading a small file.
static bool is_degrees(OGRSpatialReferenceH crs) {
    const char *code = OSRGetAuthorityCode(crs, NULL);
    return !g_strcmp0(code, "4326") || !g_strcmp0(code, "CRS84");
}

// Traditional axis order on both sides: longitude first, whatever an authority says.
static OGRCoordinateTransformationH to_degrees(OGRSpatialReferenceH from) {
    if (is_degrees(from))
        return NULL;
    OGRSpatialReferenceH degrees = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(degrees, 4326);
    OSRSetAxisMappingStrategy(degrees, OAMS_TRADITIONAL_GIS_ORDER);
    OGRSpatialReferenceH source = OSRClone(from);
    OSRSetAxisMappingStrategy(source, OAMS_TRADITIONAL_GIS_ORDER);
    OGRCoordinateTransformationH made =
        OSRIsSame(source, degrees) ? NULL : OCTNewCoordinateTransformation(source, degrees);
    OSRDestroySpatialReference(source);
    OSRDestroySpatialReference(degrees);
    return made;
}

static bool use(const GapInput *input, OGRSpatialReferenceH from, GapCrs *crs, GError **error) {
    crs->swap = input->options->swap;
    crs->name = name_of(from);
    CPLErrorReset();
    crs->to_degrees = to_degrees(from);
    if (crs->swap)
        gap_input_note(input, "coordinates read as latitude (northing) first (--swap)");
    return CPLGetLastErrorType() < CE_Failure ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: its coordinate system, %s, cannot be turned into longitude and latitude: "
                    "give it in EPSG:4326",
                    input->shown, crs->name);
}

// ---- candidates

// Codes of EPSG, as its register has them in a row.
static bool is_candidate(int code) {
    static const int ranges[][2] = {
        {32601, 32660}, {32701, 32760}, // WGS 84 / UTM, north and south
        {28404, 28432},                 // Pulkovo 1942 / Gauss-Kruger zones 4 to 32
        {2523, 2582},                   // Pulkovo 1942 / 3-degree Gauss-Kruger zones
        {7692, 7696},                   // Kyrg-06, zones 1 to 5
        {3857, 3857},                   // Web Mercator
    };
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
        if (code >= ranges[i][0] && code <= ranges[i][1])
            return true;
    return false;
}

static bool touches(const OSRCRSInfo *info, const GapBox *box) {
    return !info->bDeprecated && info->dfWestLongitudeDeg <= box->max_x &&
           info->dfEastLongitudeDeg >= box->min_x && info->dfSouthLatitudeDeg <= box->max_y &&
           info->dfNorthLatitudeDeg >= box->min_y;
}

static int compare_codes(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static GArray *candidates(const GapBox *expected) {
    GArray *codes = g_array_new(FALSE, FALSE, sizeof(int));
    int n = 0;
    OSRCRSInfo **all = OSRGetCRSInfoListFromDatabase("EPSG", NULL, &n);
    for (int i = 0; i < n; i++) {
        const int code = atoi(all[i]->pszCode);
        if (is_candidate(code) && touches(all[i], expected))
            g_array_append_val(codes, code);
    }
    OSRDestroyCRSInfoList(all);
    g_array_sort(codes, compare_codes);
    return codes;
}

static OGRSpatialReferenceH new_epsg(int code) {
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(crs, code);
    return crs;
}

static bool fits(OGRLayerH layer, int code, bool swap, const GapBox *expected) {
    OGRSpatialReferenceH crs = new_epsg(code);
    OGRCoordinateTransformationH way = to_degrees(crs);
    const bool ok =
        way && all_within(layer, (Way){.to_degrees = way, .swap = swap, .box = *expected});
    OCTDestroyCoordinateTransformation(way);
    OSRDestroySpatialReference(crs);
    return ok;
}

// Whether all eastings lie within half a million metres of the zone's own. Gauss-Kruger writes the
// number of the zone before them, so that they tell the zone.
static bool is_near(OGRLayerH layer, int code, bool swap) {
    OGRSpatialReferenceH crs = new_epsg(code);
    const double east = OSRGetProjParm(crs, SRS_PP_FALSE_EASTING, 0, NULL);
    OSRDestroySpatialReference(crs);
    return all_within(layer, (Way){.swap = swap, .box = {east - 5e5, -1e8, east + 5e5, 1e8}});
}

// Those that put all rows where they are expected; of several the one whose number the eastings
// have, where that is one.
static GArray *fitting(const GapInput *input, OGRLayerH layer, const GArray *codes, bool swap) {
    GArray *fit = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(int));
    for (guint i = 0; i < codes->len; i++) {
        const int code = g_array_index(codes, int, i);
        if (!fits(layer, code, swap, input->options->expected))
            continue;
        g_array_append_val(fit, code);
        if (is_near(layer, code, swap))
            g_array_append_val(near, code);
    }
    return fit->len > 1 && near->len == 1 ? (g_array_unref(fit), g_steal_pointer(&near)) : fit;
}

static char *list_codes(const GArray *codes) {
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < codes->len; i++)
        g_string_append_printf(list, "%sEPSG:%d", i ? ", " : "", g_array_index(codes, int, i));
    return g_string_free(list, FALSE);
}

static bool refuse_guess(const GapInput *input, OGRLayerH layer, const GArray *codes,
                         const GArray *fit, GError **error) {
    const bool swap = input->options->swap;
    g_autoptr(GArray) turned = fit->len ? NULL : fitting(input, layer, codes, !swap);
    g_autofree char *list = list_codes(fit->len ? fit : turned->len ? turned : codes);
    if (fit->len)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: states no coordinate system, and its numbers fit several: say which "
                        "it is by --crs: %s",
                        input->shown, list);
    if (turned->len)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: states no coordinate system, and its numbers fit one only with x and "
                        "y %s: say %s--crs and which it is: %s",
                        input->shown, swap ? "as they are" : "swapped", swap ? "" : "--swap and ",
                        list);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: states no coordinate system, and none of those tried puts all its rows "
                    "where data are expected: say by --crs which it is (tried: degrees, %s)",
                    input->shown, list);
}

static bool use_code(const GapInput *input, int code, GapCrs *crs, GError **error) {
    OGRSpatialReferenceH found = new_epsg(code);
    const bool ok = use(input, found, crs, error);
    OSRDestroySpatialReference(found);
    return ok;
}

static bool guess_metres(const GapInput *input, OGRLayerH layer, GapCrs *crs, GError **error) {
    if (!input->options->expected)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: states no coordinate system%s, and its numbers are no degrees: say "
                        "by --crs which it is, such as EPSG:32643",
                        input->shown,
                        input->format == GAP_FORMAT_SHAPEFILE ? " (no .prj lies beside it)" : "");
    g_autoptr(GArray) codes = candidates(input->options->expected);
    g_autoptr(GArray) fit = fitting(input, layer, codes, input->options->swap);
    if (fit->len != 1)
        return refuse_guess(input, layer, codes, fit, error);
    if (!use_code(input, g_array_index(fit, int, 0), crs, error))
        return false;
    gap_input_note(input,
                   "no coordinate system stated: taken as %s, the only one of %u tried that puts "
                   "all rows where data are expected (--crs)",
                   crs->name, codes->len);
    return true;
}

// ---- decisions

// Whether the first row, or any, lies where it should; else whether all do when swapped.
static bool check_order(const GapInput *input, OGRLayerH layer, const GapCrs *crs, GError **error) {
    const GapBox *expected = input->options->expected;
    if (!expected || crs->swap)
        return true;
    Way way = {.to_degrees = crs->to_degrees, .box = *expected, .limit = 1};
    if (tally(layer, way).within)
        return true;
    way.limit = 0;
    way.swap = true;
    return !all_within(layer, way) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: latitude (or northing) stands before longitude (or easting) in all rows: "
                    "add --swap",
                    input->shown);
}

// A system that nobody stated.
static bool guess(const GapInput *input, OGRLayerH layer, GapCrs *crs, GError **error) {
    const Tally world = tally(layer, (Way){.swap = input->options->swap, .box = WORLD});
    if (world.all == 0)
        return true;
    if (2 * world.within < world.all)
        return guess_metres(input, layer, crs, error);
    if (!use_code(input, 4326, crs, error) || !check_order(input, layer, crs, error))
        return false;
    gap_input_note(
        input, "no coordinate system stated: taken as longitude and latitude, %s (--crs)", DEGREES);
    return true;
}

static bool use_stated(const GapInput *input, OGRLayerH layer, OGRSpatialReferenceH stated,
                       GapCrs *crs, GError **error) {
    const Way first = {.swap = input->options->swap, .box = WORLD, .limit = 1};
    if (!input->options->crs && OSRIsGeographic(stated)) {
        const Tally one = tally(layer, first);
        // One bad row is refused as a row; a layer of nothing but metres was mislabelled.
        if (one.all && !one.within && !tally(layer, (Way){.swap = first.swap, .box = WORLD}).within)
            return guess_metres(input, layer, crs, error);
    }
    return use(input, stated, crs, error) && check_order(input, layer, crs, error);
}

static bool use_asked(const GapInput *input, OGRLayerH layer, OGRSpatialReferenceH stated,
                      GapCrs *crs, GError **error) {
    const char *asked = input->options->crs;
    OGRSpatialReferenceH wanted = OSRNewSpatialReference(NULL);
    // No addresses and no files: those are what the other forms of OGR would be.
    const bool coded = g_regex_match_simple("^[A-Za-z]+:[0-9A-Za-z]+$", asked, 0, 0);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool ok = (coded           ? OSRSetFromUserInput(wanted, asked)
               : *asked == '+' ? OSRImportFromProj4(wanted, asked)
                               : OGRERR_FAILURE) == OGRERR_NONE;
    CPLPopErrorHandler();
    if (!ok) {
        g_autofree char *shown = gap_printable(asked, 60);
        gap_fail(error, GAP_ERROR_USAGE,
                 "--crs %s is no coordinate system: give a code such as EPSG:28413, or a PROJ "
                 "string",
                 shown);
    } else {
        ok = use_stated(input, layer, wanted, crs, error);
        if (ok && stated && !OSRIsSame(stated, wanted) &&
            !(is_degrees(stated) && is_degrees(wanted))) {
            g_autofree char *own = name_of(stated);
            gap_input_note(input, "the file states %s, but is read as %s as asked (--crs)", own,
                           crs->name);
        }
    }
    OSRDestroySpatialReference(wanted);
    return ok;
}

bool gap_crs_find(const GapInput *input, OGRLayerH layer, GapCrs *crs, GError **error) {
    *crs = (GapCrs){0};
    if (OGR_L_GetGeomType(layer) == wkbNone)
        return true;
    OGRSpatialReferenceH stated = OGR_L_GetSpatialRef(layer);
    // A plane that is nowhere on Earth, as GeoPackage has one for "undefined".
    if (stated && (OSRIsLocal(stated) || (!OSRIsGeographic(stated) && !OSRIsProjected(stated) &&
                                          !OSRIsCompound(stated) && !OSRIsGeocentric(stated))))
        stated = NULL;
    if (input->options->crs)
        return use_asked(input, layer, stated, crs, error);
    if (!stated || !g_strcmp0(OSRGetName(stated), "Undefined geographic SRS"))
        return guess(input, layer, crs, error);
    return use_stated(input, layer, stated, crs, error);
}

void gap_crs_clear(GapCrs *crs) {
    if (crs->to_degrees)
        OCTDestroyCoordinateTransformation(crs->to_degrees);
    g_free(crs->name);
    *crs = (GapCrs){0};
}
