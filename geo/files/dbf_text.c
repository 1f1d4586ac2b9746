#include "geo/files/dbf_text.h"

#include <gdal.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/encoding.h"

enum { MAX_ROWS = 1000000, MAX_SAMPLE = 1 << 16 };

#define NO_CONVERSION ((GIConv)-1)

typedef struct {
    GString *text;        // values that are not ASCII, a line each
    gint64 utf8, foreign; // values that are valid UTF-8, and those that are not
} Sample;

// The end of what is valid UTF-8, if only half a letter stands behind it; else NULL.
static const char *utf8_end(const char *raw) {
    const char *end;
    if (g_utf8_validate(raw, -1, &end))
        return end;
    return g_utf8_get_char_validated(end, (gssize)strlen(end)) == (gunichar)-2 ? end : NULL;
}

static void add_value(Sample *sample, const char *raw) {
    if (g_str_is_ascii(raw))
        return;
    // Half a letter alone is no evidence: "café" ends in one when it is CP1252.
    const char *end = utf8_end(raw);
    bool utf8 = false;
    for (const char *p = raw; end && p < end; p++)
        utf8 |= (guchar)*p >= 128;
    *(utf8 ? &sample->utf8 : &sample->foreign) += 1;
    if (sample->text->len < MAX_SAMPLE)
        g_string_append_printf(sample->text, "%s\n", raw);
}

static void collect(OGRLayerH layer, Sample *sample) {
    static const char *const ignored[] = {"OGR_GEOMETRY", NULL};
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    const int n = OGR_FD_GetFieldCount(definition);
    for (int i = 0; i < n; i++)
        add_value(sample, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    OGR_L_SetIgnoredFields(layer, (const char **)ignored);
    OGRFeatureH feature;
    for (int row = 0; row < MAX_ROWS && (feature = OGR_L_GetNextFeature(layer)); row++) {
        for (int i = 0; i < n; i++)
            if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, i)) == OFTString)
                add_value(sample, OGR_F_GetFieldAsString(feature, i));
        OGR_F_Destroy(feature);
    }
    OGR_L_SetIgnoredFields(layer, NULL);
    OGR_L_ResetReading(layer);
}

// As .cpg and header state it, in a name that iconv knows; NULL: not, or not understood. A number
// alone is a code page.
static char *stated_encoding(OGRLayerH layer) {
    const char *found = GDALGetMetadataItem(layer, "ENCODING_FROM_CPG", "SHAPEFILE");
    if (!found || !*found)
        found = GDALGetMetadataItem(layer, "ENCODING_FROM_LDID", "SHAPEFILE");
    if (!found || !*found)
        return NULL;
    g_autofree char *name = g_ascii_isdigit(*found) ? g_strdup_printf("CP%s", found) : NULL;
    const GIConv known = g_iconv_open("UTF-8", name ? name : found);
    if (known == NO_CONVERSION)
        return NULL;
    g_iconv_close(known);
    return name ? g_steal_pointer(&name) : g_strdup(found);
}

// What is not UTF-8; the stated encoding wins where the text looks as good in it. NULL where
// nothing can be told.
static const char *other_encoding(const GString *text, const char *stated) {
    const char *found = gap_encoding_find(text->str, text->len);
    if (!stated || gap_encoding_is_utf8(stated))
        return found;
    return found && gap_encoding_score(found, text->str, text->len) >
                        gap_encoding_score(stated, text->str, text->len)
               ? found
               : stated;
}

static void note(const GapInput *input, const char *found, const char *stated) {
    if (!stated)
        gap_input_note(input, "encoding %s by evidence (--encoding)", found);
    else if (g_ascii_strcasecmp(stated, found) != 0)
        gap_input_note(input, "encoding %s by evidence, though the file states %s (--encoding)",
                       found, stated);
    else if (!gap_encoding_is_utf8(found))
        gap_input_note(input, "encoding %s, as the file states (--encoding)", found);
}

static bool judge(const GapInput *input, const Sample *sample, const char *stated, GapDbfText *text,
                  GError **error) {
    const bool utf8 = sample->utf8 > 9 * sample->foreign;
    const char *found = utf8 ? "UTF-8" : other_encoding(sample->text, stated);
    if (!found)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: the encoding of its text cannot be told: say which it is by "
                        "--encoding, such as CP1251 or UTF-8",
                        input->shown);
    if (!utf8)
        text->from = g_iconv_open("UTF-8", found);
    note(input, found, stated);
    return true;
}

bool gap_dbf_text_find(const GapInput *input, OGRLayerH layer, GapDbfText *text, GError **error) {
    const char *asked = input->options->encoding;
    text->from = NO_CONVERSION;
    if (asked) {
        if (!gap_encoding_check(asked, error))
            return false;
        if (!gap_encoding_is_utf8(asked))
            text->from = g_iconv_open("UTF-8", asked);
        return true;
    }
    Sample sample = {g_string_new(NULL), 0, 0};
    collect(layer, &sample);
    g_autofree char *stated = stated_encoding(layer);
    const bool ok = !sample.text->len || judge(input, &sample, stated, text, error);
    g_string_free(sample.text, TRUE);
    return ok;
}

char *gap_dbf_text_convert(const GapDbfText *text, const char *raw) {
    if (text->from != NO_CONVERSION && !g_str_is_ascii(raw))
        return g_convert_with_iconv(raw, -1, text->from, NULL, NULL, NULL);
    const char *end = utf8_end(raw);
    return end ? g_strndup(raw, (gsize)(end - raw)) : NULL;
}

void gap_dbf_text_clear(GapDbfText *text) {
    if (text->from != NO_CONVERSION)
        g_iconv_close(text->from);
    text->from = NO_CONVERSION;
}
