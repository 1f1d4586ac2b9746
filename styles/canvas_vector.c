#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/files/atomic.h"
#include "styles/canvas_draw.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

static cairo_status_t append(void *bytes, const unsigned char *data, unsigned length) {
    g_byte_array_append(bytes, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/** What is known of both, `between` them. Returns: (transfer full). */
static char *join(const char *between, const char *first, const char *second) {
    return first && second ? g_strconcat(first, between, second, NULL)
                           : g_strdup(first    ? first
                                      : second ? second
                                               : "");
}

/* ---- PDF ---- */

/** The day of creation; NULL leaves it out, which cairo would fill with the clock's. */
static char *date_of(const GapScene *scene) {
    g_autofree char *epoch = g_getenv("SOURCE_DATE_EPOCH") ? gap_today() : NULL;
    const char *day = epoch ? epoch : scene->day;
    return day ? g_strconcat(day, "T00:00:00Z", NULL) : NULL;
}

cairo_surface_t *gap_canvas_open_pdf(const GapScene *scene, GByteArray *bytes) {
    g_autofree char *date = date_of(scene);
    g_autofree char *subject = join(". ", scene->description, scene->source);
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(
        append, bytes, scene->width * scene->point, scene->height * scene->point);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, scene->title);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_AUTHOR, "gapmap " GAP_VERSION);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "gapmap " GAP_VERSION);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_SUBJECT, subject);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_KEYWORDS, scene->made_from);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, date);
    return pdf;
}

/** Cairo 1.16 leaves out the D: that begins a date. A day alone takes less room, so that nothing in
 *  the file moves. */
void gap_canvas_mend_pdf_date(GByteArray *bytes) {
    static const char key[] = "/CreationDate (";
    enum { DAY = 8, TIME = 15 }; // 20171231, 20171231000000Z
    char *at = memmem(bytes->data, bytes->len, key, strlen(key)), day[DAY];
    char *date = at ? at + strlen(key) : NULL;
    if (!date || date + TIME >= (char *)bytes->data + bytes->len || !g_ascii_isdigit(*date) ||
        date[TIME] != ')')
        return;
    memcpy(day, date, DAY);
    memset(date, ' ', TIME + 1);
    memcpy(date, "D:", 2);
    memcpy(date + 2, day, DAY);
    date[2 + DAY] = ')';
}

/* ---- SVG ---- */

static cairo_surface_t *open_svg(const GapScene *scene, GByteArray *bytes) {
    cairo_surface_t *svg =
        cairo_svg_surface_create_for_stream(append, bytes, scene->width, scene->height);
    cairo_svg_surface_set_document_unit(svg, CAIRO_SVG_UNIT_PX);
    return svg;
}

/** Puts the number that `names` has for the id of a match; a new one has the next. */
static gboolean renumber(const GMatchInfo *match, GString *text, gpointer names) {
    g_autofree char *before = g_match_info_fetch(match, 1), *id = g_match_info_fetch(match, 2);
    if (!g_hash_table_contains(names, id))
        g_hash_table_insert(names, g_strdup(id), GUINT_TO_POINTER(g_hash_table_size(names)));
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(names, id));
    g_string_append_printf(text, "%s%u", before, number);
    return FALSE;
}

/** Cairo numbers images by how many surfaces the process has had, which depends on the other maps
 *  drawn: here by their order in the file. Returns: (transfer full). */
static char *with_steady_ids(const char *svg, gssize length, GError **error) {
    g_autoptr(GRegex) ids = g_regex_new("((?: id=\"|=\"#|url\\(#)(?:image|surface))([0-9]+)",
                                        G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, error);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return ids ? g_regex_replace_eval(ids, svg, length, 0, 0, renumber, names, error) : NULL;
}

static void put_element(GString *text, const char *name, const char *value) {
    g_autofree char *clean = g_strdup(value);
    for (char *c = clean; c && *c; c++)
        if (g_ascii_iscntrl(*c)) // XML has no way to write them
            *c = ' ';
    g_autofree char *safe = clean ? g_markup_escape_text(clean, -1) : NULL;
    if (safe)
        g_string_append_printf(text, "\n<%s>%s</%s>", name, safe, name);
}

/** Title and description first in the root element, where viewers and screen readers look. */
static bool finish_svg(const GapScene *scene, GByteArray *bytes, GError **error) {
    g_autofree char *svg = with_steady_ids((const char *)bytes->data, bytes->len, error);
    const char *root = svg ? strstr(svg, "<svg") : NULL, *end = root ? strchr(root, '>') : NULL;
    if (!end)
        return !svg ? false : gap_fail(error, GAP_ERROR_FAILED, "cairo wrote no SVG");
    g_autofree char *more = join("; ", "gapmap " GAP_VERSION, scene->made_from);
    g_autofree char *about = join(". ", scene->description, scene->source);
    g_autoptr(GString) head = g_string_new(NULL);
    put_element(head, "title", scene->title);
    put_element(head, "desc", about);
    put_element(head, "metadata", more);
    g_byte_array_set_size(bytes, 0);
    g_byte_array_append(bytes, (const guint8 *)svg, (guint)(end + 1 - svg));
    g_byte_array_append(bytes, (const guint8 *)head->str, (guint)head->len);
    g_byte_array_append(bytes, (const guint8 *)end + 1, (guint)strlen(end + 1));
    return true;
}

bool gap_canvas_write_vector(const GapScene *scene, GapFonts *fonts, const char *path,
                             GError **error) {
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new(1 << 20);
    bool pdf = gap_canvas_format(path) == GAP_FORMAT_PDF;
    cairo_surface_t *surface = (pdf ? gap_canvas_open_pdf : open_svg)(scene, bytes);
    bool good = gap_canvas_draw(surface, scene, fonts, pdf ? scene->point : 1, 0, error);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (good && status != CAIRO_STATUS_SUCCESS)
        return gap_fail(error, GAP_ERROR_FAILED, "%s: %s", path, cairo_status_to_string(status));
    if (good && pdf)
        gap_canvas_mend_pdf_date(bytes);
    return good && (pdf || finish_svg(scene, bytes, error)) &&
           gap_atomic_write(path, bytes->data, bytes->len, error);
}
