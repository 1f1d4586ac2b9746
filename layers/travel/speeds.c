#include "layers/travel/speeds.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/files/reader.h"
#include "geo/text/text.h"
#include "layers/fields.h"

enum { MOST_CLASSES = 10000, MOST_LISTED = 1000 };

static const char FACTORS[][8] = {"walk", "bicycle", "vehicle"}; // from GAP_MODE_WALK on

struct GapSpeeds {
    GPtrArray *classes;  // of GapSpeed
    GHashTable *by_word; // "road\nprimary" to number + 1; a user's table goes before
    GStringChunk *text;
    GKeyFile *words;
    double factor[4]; // by mode
    double closed_above_m;
    bool closes_seasonal;
};

static const char *const MODES[] = {"walking", "bicycling", "motorized", "walk",
                                    "bicycle", "vehicle",   NULL};
static const char *const KINDS[] = {"road", "land", NULL};

static const GapField FIELDS[] = {
    {"class", GAP_FIELD_TEXT, true, .help = "class of the road or land cover"},
    {"label", GAP_FIELD_TEXT, .help = "what it is called"},
    {"speed", GAP_FIELD_REAL, true, 0, 300, .alias = "kmh", .help = "km/h on the level"},
    {"mode", GAP_FIELD_CHOICE, true, .choices = MODES, .help = "how one moves on it"},
    {"kind", GAP_FIELD_CHOICE, .choices = KINDS, .help = "road or land"},
    {NULL},
};
const GapLayerKind GAP_SPEED_TABLE = {.name = "speeds", .title = "speeds", .fields = FIELDS};

/* ---- classes by words ---- */

/* As words are compared: folded, separators alike, a whole number without its ".0". */
static char *plain(const char *text) {
    char *key = gap_text_fold(text);
    const size_t digits = strspn(key, "0123456789");
    if (digits && key[digits] == '.' && key[digits + 1 + strspn(key + digits + 1, "0")] == '\0')
        key[digits] = '\0';
    return g_strstrip(g_strdelimit(key, "_-", ' '));
}

static char *key_of(GapSpeedKind kind, const char *text) {
    g_autofree char *word = plain(text);
    return g_strdup_printf("%s\n%s", KINDS[kind], word);
}

static void call(GapSpeeds *s, GapSpeedKind kind, const char *word, guint number) {
    g_hash_table_insert(s->by_word, key_of(kind, word), GUINT_TO_POINTER(number + 1));
}

static const char *keep(GapSpeeds *s, const char *text) {
    return text ? g_string_chunk_insert_const(s->text, text) : NULL;
}

static guint add_class(GapSpeeds *s, GapSpeed speed) {
    speed.name = keep(s, speed.name);
    speed.label = keep(s, speed.label ? speed.label : speed.name);
    speed.source = keep(s, speed.source);
    if (speed.mode == GAP_MODE_CLOSED || speed.kmh == 0) {
        speed.mode = GAP_MODE_CLOSED;
        speed.kmh = 0;
    }
    g_ptr_array_add(s->classes, g_memdup2(&speed, sizeof speed));
    return s->classes->len - 1;
}

int gap_speeds_find(const GapSpeeds *s, GapSpeedKind kind, const char *text) {
    g_autofree char *key = key_of(kind, text);
    return (int)GPOINTER_TO_UINT(g_hash_table_lookup(s->by_word, key)) - 1;
}

const GapSpeed *gap_speeds_get(const GapSpeeds *s, int number) {
    return g_ptr_array_index(s->classes, (guint)number);
}

char *gap_speeds_known(const GapSpeeds *s, GapSpeedKind kind) {
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < s->classes->len && all->len < MOST_LISTED; i++) {
        const char *name = gap_speeds_get(s, (int)i)->name;
        g_autofree char *shown = gap_printable(name, 40);
        if (gap_speeds_find(s, kind, name) == (int)i)
            g_string_append_printf(all, "%s%s", all->len ? ", " : "", shown);
    }
    return g_string_free(all, FALSE);
}

double gap_speeds_surface_kmh(const GapSpeeds *s, const char *surface) {
    g_autofree char *key = gap_text_fold(surface);
    const double kmh = g_key_file_get_double(s->words, "surface", key, NULL);
    return kmh > 0 ? kmh * s->factor[GAP_MODE_VEHICLE] : INFINITY;
}

double gap_speeds_closed_above_m(const GapSpeeds *s) {
    return s->closed_above_m;
}

bool gap_speeds_closes_seasonal(const GapSpeeds *s) {
    return s->closes_seasonal;
}

/* ---- defaults: part of the program, so that they are there, and whole ---- */

static GapMode mode_of(const char *word) {
    static const char *const modes[] = {"closed", "walk", "bicycle", "vehicle", NULL};
    for (int i = 0; modes[i]; i++)
        if (g_str_equal(word, modes[i]))
            return (GapMode)i;
    // "walking", "bicycling", "motorized"
    return *word == 'w' ? GAP_MODE_WALK : *word == 'b' ? GAP_MODE_BICYCLE : GAP_MODE_VEHICLE;
}

static void read_default(GapSpeeds *s, const char *group, GapSpeedKind kind) {
    g_autofree char *label = g_key_file_get_string(s->words, group, "label", NULL);
    g_autofree char *mode = g_key_file_get_string(s->words, group, "mode", NULL);
    g_autofree char *from = g_key_file_get_string(s->words, group, "from", NULL);
    g_autofree char *source = g_key_file_get_string(s->words, "sources", from, NULL);
    g_autofree char *winter = g_key_file_get_string(s->words, group, "winter", NULL);
    g_autofree char *bridge = g_key_file_get_string(s->words, group, "bridge", NULL);
    g_auto(GStrv) also = g_key_file_get_string_list(s->words, group, "also", NULL, NULL);
    const char *name = group + strlen(KINDS[kind]) + 1;
    g_assert(label && mode && source);
    const GapSpeed speed = {name,
                            label,
                            source,
                            mode_of(mode),
                            g_key_file_get_double(s->words, group, "kmh", NULL),
                            winter != NULL,
                            bridge == NULL};
    const guint number = add_class(s, speed);
    call(s, kind, name, number);
    for (char **word = also; word && *word; word++)
        call(s, kind, *word, number);
}

static GapSpeeds *defaults(void) {
    GapSpeeds *s = g_new0(GapSpeeds, 1);
    s->classes = g_ptr_array_new_with_free_func(g_free);
    s->by_word = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->text = g_string_chunk_new(4096);
    s->words = g_key_file_new();
    s->closed_above_m = INFINITY;
    for (size_t i = 0; i < G_N_ELEMENTS(s->factor); i++)
        s->factor[i] = 1;
    g_autoptr(GBytes) data = g_resources_lookup_data("/gapmap/layers/words/speeds.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    const bool read = data && g_key_file_load_from_bytes(s->words, data, G_KEY_FILE_NONE, NULL);
    g_assert(read);
    g_auto(GStrv) groups = g_key_file_get_groups(s->words, NULL);
    for (char **group = groups; *group; group++)
        for (GapSpeedKind kind = GAP_SPEED_ROAD; kind <= GAP_SPEED_LAND; kind++)
            if (g_str_has_prefix(*group, KINDS[kind]))
                read_default(s, *group, kind);
    return s;
}

void gap_speeds_free(GapSpeeds *s) {
    if (!s)
        return;
    g_ptr_array_unref(s->classes);
    g_hash_table_unref(s->by_word);
    g_string_chunk_free(s->text);
    g_key_file_free(s->words);
    g_free(s);
}

/* ---- a table ---- */

enum { CLASS, LABEL, SPEED, MODE, KIND };

typedef struct {
    GapSpeeds *speeds;
    const char *path;
    char *source;
    GapReader *reader;
    GapMapping *mapping;
    GapFieldJudge judge;
    GHashTable *rows; // "road\nprimary" to its row
} Table;

/* A class of one kind, by its name and by its label; the first row with a label keeps it. */
static bool name_class(Table *t, GapSpeedKind kind, const GapSpeed *speed, guint number, gint64 row,
                       GError **error) {
    g_autofree char *key = key_of(kind, speed->name);
    const gint64 earlier = (gint64)GPOINTER_TO_SIZE(g_hash_table_lookup(t->rows, key));
    const GapPlace place = {t->path, row, "class", speed->name};
    if (earlier)
        return gap_fail_at(error, place,
                           "this class stands already in row %" G_GINT64_FORMAT
                           ": leave one of them out",
                           earlier);
    g_hash_table_insert(t->rows, g_steal_pointer(&key), GSIZE_TO_POINTER((gsize)row));
    g_autofree char *by_label = key_of(kind, speed->label);
    if (!g_hash_table_contains(t->rows, by_label))
        call(t->speeds, kind, speed->label, number);
    call(t->speeds, kind, speed->name, number);
    return true;
}

static bool take_class(Table *t, const GapTable *rows, gint64 row, GError **error) {
    const char *kind = gap_table_text(rows, 0, KIND), *name = gap_table_text(rows, 0, CLASS);
    const char *mode = gap_table_text(rows, 0, MODE);
    GapSpeed speed = {name,          gap_table_text(rows, 0, LABEL), t->source,
                      mode_of(mode), gap_table_real(rows, 0, SPEED), false,
                      true};
    // A road keeps what is known of it beside its speed.
    int known = gap_speeds_find(t->speeds, GAP_SPEED_ROAD, name);
    if (known < 0 && speed.label)
        known = gap_speeds_find(t->speeds, GAP_SPEED_ROAD, speed.label);
    if (known >= 0) {
        speed.winter_open = gap_speeds_get(t->speeds, known)->winter_open;
        speed.bridged = gap_speeds_get(t->speeds, known)->bridged;
    }
    const guint number = add_class(t->speeds, speed);
    for (GapSpeedKind k = GAP_SPEED_ROAD; k <= GAP_SPEED_LAND; k++)
        if ((!kind || g_str_equal(kind, KINDS[k])) &&
            !name_class(t, k, gap_speeds_get(t->speeds, (int)number), number, row, error))
            return false;
    return t->speeds->classes->len < MOST_CLASSES ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: more than %d classes", t->path, MOST_CLASSES);
}

static bool take_row(Table *t, const GapTable *batch, size_t r, GError **error) {
    g_autoptr(GapTable) rows = gap_fields_table(&GAP_SPEED_TABLE);
    const gint64 row = gap_reader_row(t->reader, r);
    gap_table_add_row(rows);
    for (size_t i = 0; FIELDS[i].name; i++) {
        g_autofree char *text = gap_mapping_cell(t->mapping, i, batch, r), *reason = NULL;
        const GapPlace place = {t->path, row, FIELDS[i].name, text};
        if (!gap_field_take(&t->judge, i, text, rows, &reason))
            return gap_fail_at(error, place, "%s", reason);
    }
    return take_class(t, rows, row, error);
}

static bool read_rows(Table *t, GError **error) {
    GapTable *batch;
    g_autoptr(GError) why = NULL;
    bool ok = true;
    while (ok && (batch = gap_reader_next(t->reader, &why))) {
        if (!t->mapping) {
            t->mapping =
                gap_mapping_new(&GAP_SPEED_TABLE, batch, t->path, &(GapMappingOptions){0}, &why);
            t->judge = (GapFieldJudge){.mapping = t->mapping};
        }
        ok = t->mapping != NULL;
        for (size_t r = 0; ok && r < gap_table_rows(batch); r++)
            ok = take_row(t, batch, r, &why);
        gap_table_free(batch);
    }
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return ok && t->mapping;
}

static bool read_table(GapSpeeds *s, const char *path, GPtrArray *notes, GError **error) {
    g_autofree char *shown = gap_printable(path, 200);
    Table t = {s, shown, g_strdup_printf("the speed table %s", shown)};
    t.reader = gap_reader_open(path, NULL, error);
    t.rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const guint before = s->classes->len;
    const bool ok = t.reader && read_rows(&t, error);
    if (ok)
        g_ptr_array_add(notes, g_strdup_printf("%s: %u classes; those that it does not name keep "
                                               "their default speeds",
                                               shown, s->classes->len - before));
    gap_field_judge_clear(&t.judge);
    gap_mapping_free(t.mapping);
    gap_reader_free(t.reader);
    g_hash_table_unref(t.rows);
    g_free(t.source);
    return ok;
}

/* ---- scenarios ---- */

/* A factor or height by its name; false where it is neither. */
static bool set_number(GapSpeeds *s, const char *name, double value, bool over) {
    if (g_str_equal(name, "closed_above_m")) {
        s->closed_above_m = over ? value : fmin(s->closed_above_m, value);
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(FACTORS); i++)
        if (g_str_equal(name, FACTORS[i])) {
            s->factor[GAP_MODE_WALK + i] = over ? value : s->factor[GAP_MODE_WALK + i] * value;
            return true;
        }
    return false;
}

static bool use_named(GapSpeeds *s, const char *name, GError **error) {
    g_autofree char *group = g_strconcat("scenario ", name, NULL);
    g_auto(GStrv) keys = g_key_file_get_keys(s->words, group, NULL, NULL);
    if (!keys) {
        g_autofree char *shown = gap_printable(name, 60);
        return gap_fail(error, GAP_ERROR_USAGE,
                        "there is no scenario '%s': take summer, winter, day, night, or a factor "
                        "such as 'vehicle=0.8' or 'closed_above_m=3000', by semicolon",
                        shown);
    }
    for (char **key = keys; *key; key++)
        set_number(s, *key, g_key_file_get_double(s->words, group, *key, NULL), false);
    s->closes_seasonal |= g_key_file_get_boolean(s->words, group, "closes_seasonal", NULL);
    return true;
}

static bool use_number(GapSpeeds *s, const char *item, GError **error) {
    g_auto(GStrv) parts = g_strsplit(item, "=", 2);
    const char *name = g_strstrip(parts[0]);
    double value;
    if (!gap_parse_number(g_strstrip(parts[1]), &value, error))
        return false;
    const bool height = g_str_equal(name, "closed_above_m");
    if (!height && !(value > 0 && value <= 3))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "the factor '%s' of a scenario: give a number above 0, at most 3", item);
    return set_number(s, name, value, true) ||
           gap_fail(error, GAP_ERROR_USAGE,
                    "a scenario has no '%s': it has walk, bicycle, vehicle and closed_above_m",
                    name);
}

static bool use_scenario(GapSpeeds *s, const char *text, GPtrArray *notes, GError **error) {
    g_auto(GStrv) items = g_strsplit(text, ";", -1);
    for (char **item = items; *item; item++)
        if (*g_strstrip(*item) &&
            !(strchr(*item, '=') ? use_number(s, *item, error) : use_named(s, *item, error)))
            return false;
    for (guint i = 0; i < s->classes->len; i++) {
        GapSpeed *speed = g_ptr_array_index(s->classes, i);
        speed->kmh *= s->factor[speed->mode];
    }
    GString *note = g_string_new(NULL);
    g_string_append_printf(note,
                           "scenario %s: speeds times %g on foot, %g by bicycle, %g by "
                           "vehicle",
                           text, s->factor[GAP_MODE_WALK], s->factor[GAP_MODE_BICYCLE],
                           s->factor[GAP_MODE_VEHICLE]);
    if (isfinite(s->closed_above_m))
        g_string_append_printf(note, "; roads above %g m closed that are not cleared of snow",
                               s->closed_above_m);
    g_ptr_array_add(notes, g_string_free(note, FALSE));
    return true;
}

GapSpeeds *gap_speeds_new(const char *table, const char *scenario, GPtrArray *notes,
                          GError **error) {
    g_autoptr(GapSpeeds) s = defaults();
    if ((table && !read_table(s, table, notes, error)) ||
        (scenario && !use_scenario(s, scenario, notes, error)))
        return NULL;
    return g_steal_pointer(&s);
}
