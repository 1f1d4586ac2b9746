#include "geo/files/markup.h"

#include <cpl_vsi.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/gdal.h"

enum { CHUNK = 1 << 16, DEEPEST = 1000, LONGEST_TEXT = 16 << 20, RATIO = 100 };
static const guint64 MOST_BYTES = 512 << 20, FREE_BYTES = 64 << 20;

typedef struct {
    const GapMarkupHandler *handler;
    gpointer user;
    GapPackage *package;
    guint depth;
    gsize idle; // bytes since the last element
} Target;

static const char *local(const char *name) {
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *gap_markup_value(const GapAttributes *attributes, const char *name) {
    for (gsize i = 0; attributes->names[i]; i++)
        if (!strcmp(local(attributes->names[i]), name))
            return attributes->values[i];
    return NULL;
}

guint gap_markup_number(const GapAttributes *attributes, const char *name, guint most) {
    const char *text = gap_markup_value(attributes, name);
    guint64 value = 1;
    const bool read = text && g_ascii_string_to_unsigned(text, 10, 1, most, &value, NULL);
    return read ? (guint)value : 1;
}

static void start(GMarkupParseContext *context, const char *name, const char **names,
                  const char **values, gpointer user, GError **error) {
    (void)context, (void)error;
    Target *target = user;
    target->idle = 0;
    if (target->package->full || ++target->depth > DEEPEST) {
        target->package->full = true;
        return;
    }
    target->handler->start(target->user, local(name), &(GapAttributes){names, values});
}

static void end(GMarkupParseContext *context, const char *name, gpointer user, GError **error) {
    (void)context, (void)error;
    Target *target = user;
    target->idle = 0;
    target->depth--;
    if (!target->package->full)
        target->handler->end(target->user, local(name));
}

static void text(GMarkupParseContext *context, const char *content, gsize length, gpointer user,
                 GError **error) {
    (void)context, (void)error;
    const Target *target = user;
    if (target->handler->text)
        target->handler->text(target->user, content, length);
}

static char *name_of(const GapPackage *package, const char *member) {
    return g_strdup_printf("/vsizip/{%s}/%s", package->path, member);
}

bool gap_package_has(const GapPackage *package, const char *member) {
    g_autofree char *name = name_of(package, member);
    VSIStatBufL info;
    return VSIStatL(name, &info) == 0 && VSI_ISREG(info.st_mode);
}

static bool damaged(const GapPackage *package, const char *member, const char *why,
                    GError **error) {
    g_autofree char *said = why ? gap_printable(why, 200) : g_strdup("it is cut off");
    return gap_fail(
        error, GAP_ERROR_INPUT,
        "%s: cannot be read, %s in it is damaged or has a password (%s): open it in the "
        "program that made it and save it again, without a password",
        package->shown, member, said);
}

static bool is_too_much(const GapPackage *package) {
    return package->read > MOST_BYTES ||
           (package->read > FREE_BYTES && package->read / RATIO > package->size);
}

static bool too_large(const GapPackage *package, GError **error) {
    return gap_fail(
        error, GAP_ERROR_INPUT,
        "%s: holds more than 512 MiB when unpacked, or a hundred times its size, or cells "
        "beyond row 1,048,576 or column 16,384: save the one sheet that is meant as "
        "CSV",
        package->shown);
}

static bool parse(Target *target, VSILFILE *file, GMarkupParseContext *context, GError **error) {
    GapPackage *package = target->package;
    g_autofree char *chunk = g_malloc(CHUNK);
    size_t n, skip = 0;
    bool first = true;
    while ((n = VSIFReadL(chunk, 1, CHUNK, file)) > 0) {
        package->read += n;
        target->idle += n;
        package->full |= is_too_much(package) || target->idle > LONGEST_TEXT;
        if (package->full)
            return true; // the caller tells
        skip = first && n >= 3 && !memcmp(chunk, "\xef\xbb\xbf", 3) ? 3 : 0;
        first = false;
        if (!g_markup_parse_context_parse(context, chunk + skip, (gssize)(n - skip), error))
            return false;
    }
    return g_markup_parse_context_end_parse(context, error);
}

bool gap_package_read(GapPackage *package, const char *member, const GapMarkupHandler *handler,
                      gpointer user, GError **error) {
    static const GMarkupParser parser = {start, end, text, NULL, NULL};
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autofree char *name = name_of(package, member);
    VSILFILE *file = VSIFOpenL(name, "rb");
    if (!file)
        return damaged(package, member, ear.message ? ear.message : "it is missing", error);
    Target target = {handler, user, package, 0, 0};
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &target, NULL);
    g_autoptr(GError) why = NULL;
    const bool parsed = parse(&target, file, context, &why);
    VSIFCloseL(file);
    if (package->full)
        return too_large(package, error);
    return (parsed && !ear.failed) ||
           damaged(package, member, why ? why->message : ear.message, error);
}
