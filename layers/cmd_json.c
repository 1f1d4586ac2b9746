// What commands have in common of what they answer.
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/load.h"

#include "geo/base/error.h"

/* Proven is true or false, as at the top of an answer. */
static void set_booleans(json_t *rows, const char *column) {
    size_t r;
    json_t *row;
    json_array_foreach(rows, r, row) {
        const json_t *value = json_object_get(row, column);
        if (json_is_integer(value))
            json_object_set_new(row, column, json_boolean(json_integer_value(value)));
    }
}

json_t *gap_cmd_table_json(const GapTable *table) {
    g_autofree char *text = gap_table_to_json(table);
    json_t *rows = json_loads(text, 0, NULL);
    if (gap_table_find(table, "proven") >= 0)
        set_booleans(rows, "proven");
    return rows;
}

void gap_cmd_print_json(GapCall *call, json_t *answer) {
    char *text = json_dumps(answer, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    fprintf(gap_call_out(call), "%s\n", text);
    free(text);
    json_decref(answer);
}

json_t *gap_cmd_strings_json(const GPtrArray *strings) {
    json_t *array = json_array();
    for (guint i = 0; i < strings->len; i++)
        json_array_append_new(array, json_string(g_ptr_array_index(strings, i)));
    return array;
}

json_t *gap_cmd_refusals_json(const GPtrArray *refusals) {
    json_t *array = json_array();
    for (guint i = 0; i < refusals->len; i++) {
        const GapRefusal *refusal = g_ptr_array_index(refusals, i);
        g_autofree char *value = refusal->value ? gap_printable(refusal->value, 200) : NULL;
        json_array_append_new(array, json_pack("{s:I, s:s?, s:s?, s:s}", "row",
                                               (json_int_t)refusal->row, "field", refusal->field,
                                               "value", value, "reason", refusal->reason));
    }
    return array;
}

void gap_cmd_tell_refusals(GapCall *call, const char *path, const GPtrArray *refusals, guint most) {
    for (guint i = 0; i < MIN(refusals->len, most); i++) {
        const GapRefusal *refusal = g_ptr_array_index(refusals, i);
        g_autoptr(GError) line = NULL;
        gap_fail_at(&line, (GapPlace){path, refusal->row, refusal->field, refusal->value},
                    "refused: %s", refusal->reason);
        gap_call_warn(call, "%s", line->message);
    }
}

void gap_cmd_say_first(GapCall *call, GapTable *table, const char *title, gsize most) {
    const gsize n = gap_table_rows(table);
    if (n == 0)
        return;
    gap_call_say(call, "\n%s", title);
    while (gap_table_rows(table) > most)
        gap_table_drop_last_row(table);
    gap_call_list(call, table);
    if (n > most)
        gap_call_say(call, "... and %zu more (--json lists all)", n - most);
}

bool gap_cmd_check_label(const GapCall *call, const char *option, GError **error) {
    enum { MOST = 200 };
    const char *label = gap_call_text(call, option);
    bool blank = true, clean = true;
    for (const char *c = label; c && *c; c = g_utf8_next_char(c)) {
        const gunichar letter = g_utf8_get_char(c);
        blank = blank && g_unichar_isspace(letter);
        clean = clean && !g_unichar_iscntrl(letter) && letter != ',';
    }
    if (!label || (!blank && clean && g_utf8_strlen(label, -1) <= MOST))
        return true;
    g_autofree char *shown = gap_printable(label, 60);
    return gap_fail(error, GAP_ERROR_USAGE,
                    "--%s: '%s' is no label: up to %d letters, without commas and control "
                    "characters",
                    option, shown, MOST);
}
