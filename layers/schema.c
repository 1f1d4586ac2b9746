#include "layers/schema.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/gapmap/layers/schema"
#define CHECKS "900_checks.sql"

/* Resources of a program cannot be missing, and their data end with a zero. */
static const char *text_of(const char *name) {
    g_autofree char *path = g_strconcat(FOLDER "/", name, NULL);
    g_autoptr(GBytes) data = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(data);
    return g_bytes_get_data(data, NULL);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const GapSchema *read_schema(void) {
    char **names = g_resources_enumerate_children(FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(names);
    const guint n = g_strv_length(names);
    qsort(names, n, sizeof *names, by_name);
    static GapMigration steps[64];
    static GapSchema schema = {.steps = steps};
    g_assert(n <= G_N_ELEMENTS(steps));
    for (guint i = 0; i < n; i++) {
        if (g_str_equal(names[i], CHECKS))
            schema.checks = text_of(names[i]);
        else
            steps[schema.n_steps++] = (GapMigration){g_intern_string(names[i]), text_of(names[i])};
    }
    g_strfreev(names);
    return &schema;
}

const GapSchema *gap_layers_schema(void) {
    static const GapSchema *schema;
    if (g_once_init_enter(&schema))
        g_once_init_leave(&schema, read_schema());
    return schema;
}
