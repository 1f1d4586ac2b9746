#include "geo/files/json_scan.h"

#include <cpl_vsi.h>
#include <string.h>

#include "geo/base/error.h"

enum { CHUNK = 1 << 18, MAX_DEPTH = 100, MAX_VALUE = 32 << 20, MAX_NAMES = 1000, KEY = 12 };

typedef struct {
    const char *shown;
    GError **error;
    gint64 at, line; // bytes before this one; lines, from 1
    gint64 values, value_at, value_line, last_line;
    gint64 features, feature_at, feature_bytes;
    int depth;
    bool in_string, escaped, in_features, collection, records, own_lines;
    char key[KEY + 1]; // the newest string at depth 1
    size_t key_length;
    guint64 hash;      // of the newest string
    GHashTable *names; // hashes of the names of properties
} Scan;

static bool fail(const Scan *s, const char *what) {
    return gap_fail(s->error, GAP_ERROR_INPUT, "%s, line %" G_GINT64_FORMAT ": %s", s->shown,
                    s->line, what);
}

static void take_string(Scan *s, char c) {
    if (s->escaped)
        s->escaped = false;
    else if (c == '\\')
        s->escaped = true;
    else if (c == '"')
        s->in_string = false;
    if (c == '\n')
        s->line++;
    if (s->depth == 1 && s->in_string && s->key_length < KEY)
        s->key[s->key_length++] = c;
    s->hash = s->hash * 31 + (guchar)c;
}

// A colon at the depth of properties follows a name of them (or of the geometry's few members).
static bool take_name(Scan *s) {
    if (s->depth != (s->in_features ? 4 : 2))
        return true;
    if (!g_hash_table_contains(s->names, &s->hash))
        g_hash_table_add(s->names, g_memdup2(&s->hash, sizeof s->hash));
    return g_hash_table_size(s->names) <= MAX_NAMES ||
           fail(s, "the properties have more than 1,000 names: leave out those you do not need");
}

static bool open_bracket(Scan *s, char c) {
    if (s->depth == 0) {
        if (c == '[')
            return fail(s, "a list is no GeoJSON: wrap it in a FeatureCollection");
        if (s->values++ > 0 && s->last_line == s->line)
            s->own_lines = false;
        s->value_at = s->at;
        s->value_line = s->line;
    } else if (s->depth == 1 && c == '[') {
        s->key[s->key_length] = '\0';
        s->in_features = g_str_equal(s->key, "features");
        s->collection |= s->in_features;
    } else if (s->depth == 2 && s->in_features) {
        s->features++;
        s->feature_at = s->at;
    }
    return ++s->depth <= MAX_DEPTH || fail(s, "is nested too deeply to be GeoJSON");
}

static bool close_bracket(Scan *s) {
    if (s->depth == 0)
        return fail(s, "a bracket is closed that was never opened: get the file again");
    s->depth--;
    if (s->depth == 2 && s->in_features) {
        const gint64 size = s->at - s->feature_at;
        s->feature_bytes += size;
        if (size > MAX_VALUE)
            return gap_fail_at(s->error, (GapPlace){.file = s->shown, .row = s->features},
                               "the feature has more than 32 MiB: simplify its outline");
    } else if (s->depth == 1)
        s->in_features = false;
    else if (s->depth == 0) {
        if (s->at - s->value_at - s->feature_bytes > MAX_VALUE)
            return fail(s, "more than 32 MiB stand in one value: simplify its outline, or give a "
                           "feature a line");
        s->feature_bytes = 0;
        s->own_lines &= s->value_line == s->line;
        s->last_line = s->line;
    }
    return true;
}

static bool take(Scan *s, char c) {
    switch (c) {
    case '"':
        s->in_string = true;
        s->hash = 0;
        s->key_length = s->depth == 1 ? 0 : s->key_length;
        return s->depth > 0 || fail(s, "text stands where a feature should: correct the line");
    case '{':
    case '[':
        return open_bracket(s, c);
    case '}':
    case ']':
        return close_bracket(s);
    case ':':
        return take_name(s);
    case '\n':
        s->line++;
        return true;
    case '\x1e':
        s->records = true;
        return true;
    default:
        return s->depth > 0 || g_ascii_isspace(c) ||
               fail(s, "something else than a feature stands here: correct or remove the line");
    }
}

static bool judge(Scan *s, GapJsonShape *shape) {
    if (s->in_string || s->depth > 0)
        return gap_fail(s->error, GAP_ERROR_INPUT,
                        "%s: is cut off inside of what begins in line %" G_GINT64_FORMAT
                        ": get it again from where it came",
                        s->shown, s->value_line);
    shape->sequence = s->values > 1 || s->records;
    shape->rows = shape->sequence ? s->values : s->collection ? s->features : -1;
    return s->values < 2 || s->own_lines || s->records ||
           gap_fail(s->error, GAP_ERROR_INPUT,
                    "%s: holds several values that do not stand on lines of their own: write one "
                    "feature a line, or a FeatureCollection",
                    s->shown);
}

bool gap_json_scan(const char *path, const char *shown, GapJsonShape *shape, GError **error) {
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (!file)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: cannot be opened", shown);
    g_autofree char *chunk = g_malloc(CHUNK);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Scan s = {.shown = shown, .error = error, .line = 1, .own_lines = true, .names = names};
    size_t n = VSIFReadL(chunk, 1, CHUNK, file);
    shape->mark = n >= 3 && !memcmp(chunk, "\xef\xbb\xbf", 3);
    bool ok = true;
    for (size_t i = shape->mark ? 3 : 0; ok && n > 0; n = VSIFReadL(chunk, 1, CHUNK, file), i = 0)
        for (; ok && i < n; i++, s.at++)
            if (s.in_string)
                take_string(&s, chunk[i]);
            else
                ok = take(&s, chunk[i]);
    VSIFCloseL(file);
    return ok && judge(&s, shape);
}
