#include "geo/files/dbf_text.h"

#include <gdal.h>
#include <math.h>
#include <string.h>

#include "geo/base/error.h"

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

// ---- judging

static bool is_cyrillic(gunichar c) {
    return g_unichar_get_script(c) == G_UNICODE_SCRIPT_CYRILLIC;
}

static double score_letter(gunichar before, gunichar c, gunichar after) {
    static const char frequent[] = "оеаинтсрвлкмдпуы", rare[] = "фщъэцюьхжшчй";
    if (!g_unichar_isalpha(c))
        return g_utf8_strchr("\u00a0№«»–—°’“”…", -1, c) ? 0 : -2;
    double score =
        g_unichar_isalpha(before) && g_unichar_islower(before) && g_unichar_isupper(c) ? -2 : 0;
    const gunichar small = g_unichar_tolower(c);
    if (!is_cyrillic(c)) // é is at home among ASCII letters, and nowhere else
        return score + (before < 128 && g_ascii_isalpha((gchar)before)) +
               (after < 128 && g_ascii_isalpha((gchar)after)) - 1;
    if ((before < 128 && g_ascii_isalpha((gchar)before)) ||
        (after < 128 && g_ascii_isalpha((gchar)after)))
        score -= 3;
    return score + (g_utf8_strchr(frequent, -1, small) != NULL) -
           (g_utf8_strchr(rare, -1, small) != NULL);
}

// How much `text` looks like words when read as `encoding`; -INFINITY where it cannot be.
static double score(const GString *text, const char *encoding) {
    g_autofree char *utf8 =
        g_convert(text->str, (gssize)text->len, "UTF-8", encoding, NULL, NULL, NULL);
    if (!utf8)
        return -INFINITY;
    double sum = 0;
    gunichar before = ' ';
    for (const char *p = utf8; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (c >= 128)
            sum += score_letter(before, c, g_utf8_get_char(g_utf8_next_char(p)));
        before = c;
    }
    return sum;
}

static const char *best_encoding(const GString *text, const char *stated) {
    const char *const candidates[] = {"CP1251", "KOI8-R", "CP866", "CP1252"};
    const char *best = stated ? stated : candidates[0];
    double most = stated ? score(text, stated) : -INFINITY;
    for (size_t i = 0; i < G_N_ELEMENTS(candidates); i++) {
        const double one = score(text, candidates[i]);
        if (one > most) {
            most = one;
            best = candidates[i];
        }
    }
    return best;
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

static bool is_utf8(const char *encoding) {
    return !g_ascii_strcasecmp(encoding, "UTF-8") || !g_ascii_strcasecmp(encoding, "UTF8");
}

static void judge(const GapInput *input, OGRLayerH layer, GapDbfText *text) {
    Sample sample = {g_string_new(NULL), 0, 0};
    collect(layer, &sample);
    if (sample.text->len) {
        g_autofree char *stated = stated_encoding(layer);
        const bool utf8 = sample.utf8 > 9 * sample.foreign;
        const bool counts = stated && !is_utf8(stated);
        const char *best = utf8 ? "UTF-8" : best_encoding(sample.text, counts ? stated : NULL);
        if (!utf8)
            text->from = g_iconv_open("UTF-8", best);
        if (stated && g_ascii_strcasecmp(stated, best) != 0 && !(utf8 && is_utf8(stated)))
            gap_input_note(input, "encoding %s by evidence, though the file states %s (--encoding)",
                           best, stated);
        else if (!utf8 || !stated)
            gap_input_note(input, "encoding %s by evidence (--encoding)", best);
    }
    g_string_free(sample.text, TRUE);
}

bool gap_dbf_text_find(const GapInput *input, OGRLayerH layer, GapDbfText *text, GError **error) {
    const char *asked = input->options->encoding;
    text->from = NO_CONVERSION;
    if (!asked) {
        judge(input, layer, text);
        return true;
    }
    if (is_utf8(asked))
        return true;
    text->from = g_iconv_open("UTF-8", asked);
    g_autofree char *shown = gap_printable(asked, 60);
    return text->from != NO_CONVERSION ||
           gap_fail(error, GAP_ERROR_USAGE,
                    "--encoding %s is not known: give a name such as UTF-8, CP1251 or KOI8-R",
                    shown);
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
