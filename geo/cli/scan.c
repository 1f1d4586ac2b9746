#include "geo/cli/scan.h"

#include "geo/base/error.h"

#include <string.h>

char *gap_scan_squeeze(const char *text) {
    GString *out = g_string_new(NULL);
    for (; *text; text++) {
        if (!g_ascii_isspace(*text))
            g_string_append_c(out, *text);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    g_strchomp(out->str);
    return g_string_free(out, FALSE);
}

void gap_scan_free(GapScan *scan) {
    if (!scan)
        return;
    g_hash_table_destroy(scan->lines);
    g_free(scan);
}

static char *scan_key(const char *section, const char *key) {
    return key ? g_strdup_printf("%s\n%s", section, key) : g_strdup(section);
}

char *gap_scan_place(const GapScan *scan, const char *section, const char *key) {
    g_autofree char *squeezed = gap_scan_squeeze(section);
    g_autofree char *name = scan_key(squeezed, key);
    int line = GPOINTER_TO_INT(g_hash_table_lookup(scan->lines, name));
    return g_strdup_printf("%s, line %d", scan->path, line);
}

/** Notes where `section`, or its `key`, stands; twice is an error. */
static bool note(GapScan *scan, const char *section, const char *key, int line, GError **error) {
    g_autofree char *name = scan_key(section, key);
    int before = GPOINTER_TO_INT(g_hash_table_lookup(scan->lines, name));
    if (!before) {
        g_hash_table_insert(scan->lines, g_steal_pointer(&name), GINT_TO_POINTER(line));
        return true;
    }
    g_autofree char *shown = gap_printable(key ? key : section, 60);
    if (key)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "%s, line %d: '%s' stands in this section already, in line %d", scan->path,
                        line, shown, before);
    return gap_fail(error, GAP_ERROR_USAGE,
                    "%s, line %d: [%s] stands in line %d already; tell them apart by a label: "
                    "[%s : LABEL]",
                    scan->path, line, shown, before, shown);
}

static bool fail_line(const GapScan *scan, int line, const char *text, const char *why,
                      GError **error) {
    g_autofree char *shown = gap_printable(text, 60);
    return gap_fail(error, GAP_ERROR_USAGE, "%s, line %d: '%s' %s", scan->path, line, shown, why);
}

static bool scan_line(GapScan *scan, char *text, int line, char **section, GError **error) {
    g_strstrip(text);
    size_t length = strlen(text);
    if (!length || *text == '#')
        return true;
    if (*text == '[') {
        if (text[length - 1] != ']' || strpbrk(text + 1, "[]") != text + length - 1)
            return fail_line(scan, line, text, "is no section: write [COMMAND ARGUMENT...]", error);
        text[length - 1] = '\0';
        g_free(*section);
        *section = gap_scan_squeeze(text + 1);
        return **section ? note(scan, *section, NULL, line, error)
                         : fail_line(scan, line, "[]", "names no command", error);
    }
    char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return fail_line(scan, line, text, "is neither [SECTION], KEY = VALUE nor # comment",
                         error);
    if (!*section)
        return fail_line(scan, line, text, "stands before the first [SECTION]", error);
    *equals = '\0';
    return note(scan, *section, g_strchomp(text), line, error);
}

GapScan *gap_scan(const char *path, const char *text, GError **error) {
    g_autoptr(GapScan) scan = g_new0(GapScan, 1);
    scan->path = path;
    scan->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *section = NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i]; i++)
        if (!scan_line(scan, lines[i], i + 1, &section, error))
            return NULL;
    return g_steal_pointer(&scan);
}
