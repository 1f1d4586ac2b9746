// What commands answer to machines.
#include "geo/cli/listing.h"
#include "layers/cmd.h"

json_t *gap_cmd_table_json(const GapTable *table) {
    g_autofree char *rows = gap_table_to_json(table);
    return json_loads(rows, 0, NULL);
}

void gap_cmd_print_json(GapCall *call, json_t *answer) {
    char *text = json_dumps(answer, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    fprintf(gap_call_out(call), "%s\n", text);
    free(text);
    json_decref(answer);
}
