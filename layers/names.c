#include "layers/layer.h"

#include "geo/base/error.h"

static const char *const STATUSES[] = {"official", "customary", NULL};

static const GapField FIELDS[] = {
    GAP_FIELDS_WITHIN,
    GAP_FIELD_LEVEL(GAP_BEARER_LEVELS),
    {"name", GAP_FIELD_TEXT, true, .help = "another name", .alias = "from"},
    {"code", GAP_FIELD_ANY, true, .help = "code or name of the loaded area or place that bears it",
     .alias = "to"},
    {"language", GAP_FIELD_TEXT, .help = "language of the name, such as ru"},
    {"until", GAP_FIELD_UNTIL, .help = "last year or day on which it was the official name"},
    {"since", GAP_FIELD_UNTIL, .help = "first year or day on which it was the official name"},
    {"status", GAP_FIELD_CHOICE, .choices = STATUSES,
     .help = "customary: people use it, whatever the law says"},
    {"note", GAP_FIELD_TEXT, .help = "what else is known of the name"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"known_name.clear", "DELETE FROM known_name WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
/* The level says whose code it was found to be (fields.c). */
static const GapStatement INSERT = {
    "known_name.insert",
    "INSERT INTO known_name (source, row, name, code, bearer, language, until, since, status,"
    " note, citation) VALUES (:source, :row, :name, :code, :level, :language, :until, :since,"
    " :status, :note, :citation)"};

/* A name that is another's own is the name of both from then on. */
static const GapStatement SHARED = {
    "known_name.shared",
    "SELECT k.name, k.code, min(o.code), count(*) OVER () FROM known_name k JOIN called o"
    " ON o.name = k.name AND o.bearer = k.bearer AND o.code <> k.code AND o.own WHERE k.source = ?1"
    " GROUP BY k.name, k.code ORDER BY k.row LIMIT 1"};

static bool tell(GapLoad *load, GError **error) {
    g_autoptr(GapTable) shared = gap_store_select(load->store, &SHARED, error, "s", load->source);
    if (!shared || gap_table_rows(shared) == 0)
        return shared != NULL;
    g_autofree char *name = gap_printable(gap_table_text(shared, 0, 0), 40);
    gap_load_note(load,
                  "%" G_GINT64_FORMAT
                  " names are also the own names of others, such as '%s' of %s, "
                  "which is that of %s: without what they lie in they are ambiguous",
                  gap_table_int(shared, 0, 3), name, gap_table_text(shared, 0, 1),
                  gap_table_text(shared, 0, 2));
    return true;
}

const GapLayerKind GAP_LAYER_KNOWN_NAMES = {
    .name = "names",
    .title = "names",
    .fields = FIELDS,
    .open = "code",
    .clear = CLEARS,
    .insert = &INSERT,
    .tell = tell,
};
