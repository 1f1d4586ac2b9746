#include "geo/files/archive.h"

#include <cpl_vsi.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "geo/files/format.h"
#include "geo/files/gdal.h"

// Sizes and offsets of APPNOTE.TXT 6.3, sections 4.3.12 and 4.3.16.
enum { END = 22, ENTRY = 46, MAX_MEMBERS = 1000, MAX_NAME = 1000, RATIO = 100 };
static const guint64 MAX_BYTES = G_GUINT64_CONSTANT(2) << 30, FREE_BYTES = 64 << 20;

typedef struct {
    char *name;
    guint64 size;
} Member;

typedef struct {
    const char *shown;
    const guint8 *data;
    size_t length;
    GArray *members; // of Member
    GError **error;
} Archive;

static void clear_member(void *member) {
    g_free(((Member *)member)->name);
}

static guint16 u16_at(const guint8 *p) {
    return (guint16)(p[0] | p[1] << 8);
}

static guint32 u32_at(const guint8 *p) {
    return u16_at(p) | (guint32)u16_at(p + 2) << 16;
}

static bool refuse(const Archive *a, const char *why) {
    return gap_fail(a->error, GAP_ERROR_INPUT, "%s: %s", a->shown, why);
}

static bool refuse_member(const Archive *a, const char *name, const char *why) {
    return gap_fail_at(a->error, (GapPlace){.file = a->shown, .value = name}, "%s", why);
}

static const guint8 *find_end(const Archive *a) {
    const size_t reach = MIN(a->length, END + G_MAXUINT16);
    for (size_t back = END; back <= reach; back++)
        if (!memcmp(a->data + a->length - back, "PK\5\6", 4))
            return a->data + a->length - back;
    return NULL;
}

static bool goes_out(const char *name) {
    g_auto(GStrv) parts = g_strsplit_set(name, "/\\", -1);
    return g_strv_contains((const char *const *)parts, "..") || strchr("/\\", name[0]) ||
           (g_ascii_isalpha(name[0]) && name[1] == ':');
}

static bool is_archive(const char *name) {
    static const char *const endings[] = {"zip", "kmz", "7z", "rar", "gz", "tar", "bz2", "xz"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (gap_format_ends(name, endings[i]))
            return true;
    return false;
}

// As GDAL reads it, so that it is found again: UTF-8 where bit 11 says so, else CP866, which is
// what Windows writes in these countries. "" where it cannot be used.
static char *name_of(const guint8 *entry, size_t length) {
    const char *raw = (const char *)entry + ENTRY;
    const bool usable = length <= MAX_NAME && !memchr(raw, 0, length);
    const bool utf8 = u16_at(entry + 8) & 1 << 11;
    char *name =
        usable ? g_convert(raw, (gssize)length, "UTF-8", utf8 ? "UTF-8" : "CP866", NULL, NULL, NULL)
               : NULL;
    return name ? name : g_strdup("");
}

static bool add_member(const Archive *a, const guint8 *entry, const char *name) {
    if (!*name)
        return refuse_member(a, name, "a member of the archive has no usable name: pack it again");
    if (goes_out(name))
        return refuse_member(a, name, "a member of the archive points out of it: do not trust it");
    if (is_archive(name))
        return refuse_member(a, name, "an archive lies in the archive: unpack it first");
    if (u16_at(entry + 8) & 1)
        return refuse_member(a, name, "a member of the archive has a password: unpack it first");
    const Member member = {g_strdup(name), u32_at(entry + 24)};
    g_array_append_val(a->members, member);
    return true;
}

static bool read_directory(const Archive *a) {
    static const char broken[] = "the archive is cut off or damaged: get it again";
    const guint8 *end = find_end(a);
    if (!end)
        return refuse(a, broken);
    const guint16 n = u16_at(end + 10);
    const size_t before = (size_t)(end - a->data), start = u32_at(end + 16);
    if (n == G_MAXUINT16 || start == G_MAXUINT32 || n > MAX_MEMBERS)
        return refuse(a, "the archive has more than 1,000 members: pack only the layer's files");
    if (start > before)
        return refuse(a, broken);
    const guint8 *at = a->data + start;
    for (guint16 i = 0; i < n; i++) {
        const size_t left = (size_t)(end - at);
        const size_t length = left < ENTRY ? 0 : u16_at(at + 28);
        const size_t size = left < ENTRY ? 0 : ENTRY + length + u16_at(at + 30) + u16_at(at + 32);
        if (left < ENTRY || memcmp(at, "PK\1\2", 4) || size > left)
            return refuse(a, broken);
        g_autofree char *name = name_of(at, length);
        if (!add_member(a, at, name))
            return false;
        at += size;
    }
    return n > 0 || refuse(a, "the archive is empty");
}

static bool judge_sizes(const Archive *a) {
    guint64 total = 0;
    for (guint i = 0; i < a->members->len; i++)
        total += g_array_index(a->members, Member, i).size;
    if (total > MAX_BYTES)
        return refuse(a, "the archive would unpack to more than 2 GiB: cut its data to the "
                         "country first");
    return total <= FREE_BYTES || total / RATIO <= a->length ||
           refuse(a, "the archive would unpack to more than a hundred times its size, as only "
                     "those do that are made to do harm: unpack it yourself if you trust it");
}

static bool is_layer(const char *name) {
    static const char *const endings[] = {"shp",    "geojson", "json", "geojsonl", "geojsons",
                                          "ndjson", "gpkg",    "fgb",  "kml"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (gap_format_ends(name, endings[i]))
            return !g_str_has_prefix(name, "__MACOSX/");
    return false;
}

static bool is_wanted(const char *name, const char *layer) {
    g_autofree char *stem = gap_file_stem(name);
    return g_str_equal(stem, layer) || g_str_equal(name, layer);
}

// In a KMZ of several files this one is the index of the others.
static bool is_index(const Archive *a, const Member *member) {
    guint files = 0;
    for (guint i = 0; i < a->members->len; i++)
        files += gap_format_ends(g_array_index(a->members, Member, i).name, "kml");
    return files > 1 && g_str_equal(member->name, "doc.kml");
}

static const Member *pick(const Archive *a, const char **layer) {
    const Member *only = NULL, *wanted = NULL;
    guint found = 0;
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < a->members->len; i++) {
        const Member *member = &g_array_index(a->members, Member, i);
        if (!is_layer(member->name))
            continue;
        if (*layer && is_wanted(member->name, *layer))
            wanted = member;
        if (is_index(a, member))
            continue;
        only = member;
        g_autofree char *shown = gap_printable(member->name, 60);
        if (found++ < 10)
            g_string_append_printf(names, "%s%s", found > 1 ? ", " : "", shown);
    }
    if (wanted)
        *layer = NULL;
    else if (found == 1)
        wanted = only;
    else if (found == 0)
        refuse(a, "no map layer lies in the archive: unpack it and give the file you mean");
    else
        gap_fail(a->error, GAP_ERROR_INPUT,
                 "%s: the archive holds %u layers: say which by --sheet: %s%s", a->shown, found,
                 names->str, found > 10 ? ", ..." : "");
    g_string_free(names, TRUE);
    return wanted;
}

// GDAL compares the checksum when it comes to the end, and stops at nothing before.
static bool read_through(const Archive *a, const char *name, guint64 stated) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    VSILFILE *file = VSIFOpenL(name, "rb");
    g_autofree char *chunk = g_malloc(1 << 18);
    guint64 size = 0;
    size_t n;
    while (file && size <= stated && (n = VSIFReadL(chunk, 1, 1 << 18, file)) > 0)
        size += n;
    if (file)
        VSIFCloseL(file);
    return (file && size == stated && !ear.failed) ||
           refuse_member(a, strrchr(name, '}') + 2,
                         "a member of the archive is damaged or not of the size that is stated: "
                         "get the archive again from where it came");
}

static char *check_members(const Archive *a, const char *path, const Member *chosen) {
    const size_t stem = (size_t)(strrchr(chosen->name, '.') - chosen->name) + 1;
    for (guint i = 0; i < a->members->len; i++) {
        const Member *member = &g_array_index(a->members, Member, i);
        g_autofree char *name = g_strdup_printf("/vsizip/{%s}/%s", path, member->name);
        if (!strncmp(member->name, chosen->name, stem) && !read_through(a, name, member->size))
            return NULL;
    }
    return g_strdup_printf("/vsizip/{%s}/%s", path, chosen->name);
}

char *gap_archive_find(const char *path, const char *shown, const char **layer, GError **error) {
    g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, error);
    if (!map)
        return NULL;
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(Member));
    g_array_set_clear_func(members, clear_member);
    const Archive a = {shown, (const guint8 *)g_mapped_file_get_contents(map),
                       g_mapped_file_get_length(map), members, error};
    if (strpbrk(path, "{}")) {
        refuse(&a, "braces in the name of an archive cannot be read: rename it");
        return NULL;
    }
    const Member *chosen = read_directory(&a) && judge_sizes(&a) ? pick(&a, layer) : NULL;
    return chosen ? check_members(&a, path, chosen) : NULL;
}
