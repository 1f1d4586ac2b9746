/** Tables of text as tests of sheets compare them. */
#ifndef GAP_TESTS_SHEETS_H
#define GAP_TESTS_SHEETS_H

#include "tests/files.h"

/** "a|b\n1:x|-\n": names, then rows with their numbers, "-" for null; "ERROR: ..." where it
 *  failed. `notes` (or NULL) gets all notes, a line each. */
static inline char *dump(const char *path, const GapReadOptions *options, char **notes) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapReader) reader = gap_reader_open(path, options, &error);
    GString *out = g_string_new(NULL);
    GapTable *batch;
    while (reader && (batch = gap_reader_next(reader, &error))) {
        const size_t n = gap_table_columns(batch);
        for (size_t c = 0; c < n && out->len == 0; c++)
            for (size_t k = 0; k < n; k++)
                g_string_append_printf(out, "%s%s", gap_table_column(batch, k)->name,
                                       k + 1 < n ? "|" : "\n");
        for (size_t i = 0; i < gap_table_rows(batch); i++) {
            g_string_append_printf(out, "%" G_GINT64_FORMAT ":", gap_reader_row(reader, i));
            for (size_t c = 0; c < n; c++) {
                const char *text = gap_table_text(batch, i, c);
                g_string_append_printf(out, "%s%s", text ? text : "-", c + 1 < n ? "|" : "\n");
            }
        }
        gap_table_free(batch);
    }
    if (notes) {
        GString *all = g_string_new(NULL);
        for (guint i = 0; reader && i < gap_reader_notes(reader)->len; i++)
            g_string_append_printf(all, "%s\n",
                                   (char *)g_ptr_array_index(gap_reader_notes(reader), i));
        *notes = g_string_free(all, FALSE);
    }
    if (error)
        g_string_printf(out, "ERROR: %s", error->message);
    return g_string_free(out, FALSE);
}

/** Fails unless the file reads as `want` (an error: holds what follows "ERROR: "), and its notes
 *  hold `note` (NULL: there are none). */
static inline void check_sheet(const char *path, const GapReadOptions *options, const char *want,
                               const char *note) {
    g_autofree char *notes = NULL;
    g_autofree char *got = dump(path, options, &notes);
    // "ERROR: ..." is an error that says the rest.
    g_auto(GStrv) words = g_strsplit(want, "ERROR: ", 2);
    const bool fails = words[0] && words[1];
    if (fails ? !g_str_has_prefix(got, "ERROR: ") || !strstr(got, words[1])
              : strcmp(got, want) != 0)
        fail_msg("%s: '%s', not '%s'", path, got, want);
    if (note ? !strstr(notes, note) : !fails && *notes)
        fail_msg("%s: notes '%s', not '%s'", path, notes, note ? note : "");
}

#endif
