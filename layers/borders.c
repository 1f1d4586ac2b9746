#include "layers/borders.h"

#include "geo/shape/facing.h"
#include "layers/layer.h"
#include "layers/layers.h"
#include "layers/view_columns.h"

#include <math.h>

static const char *const STATUSES[] = {"undelimited", "partly_delimited", "delimited", "demarcated",
                                       NULL};

static const GapField FIELDS[] = {
    {"neighbour", GAP_FIELD_NEIGHBOUR, .help = "code or name of the loaded neighbour"},
    {"segment", GAP_FIELD_TEXT,
     .help = "what the segment is called; empty: the whole border with the neighbour"},
    {"status", GAP_FIELD_CHOICE, true, .choices = STATUSES,
     .help =
         "undelimited: no treaty says where it runs; partly_delimited: treaties say so of parts; "
         "delimited: of all; demarcated: it is marked on the ground too"},
    {"since", GAP_FIELD_UNTIL, .help = "first year or day of this status; empty: ever"},
    {"note", GAP_FIELD_TEXT, .help = "what changed the status, and how the row was read"},
    {"citation", GAP_FIELD_TEXT, .help = "where the row comes from", .alias = "source"},
    {NULL},
};

static const GapStatement CLEAR = {"border.clear", "DELETE FROM border WHERE source = ?1"};
static const GapStatement *const CLEARS[] = {&CLEAR, NULL};
static const GapStatement INSERT = {
    "border.insert",
    "INSERT INTO border (row, neighbour, segment, status, since, note, citation, source, geom)"
    " VALUES (:row, :neighbour, :segment, :status, :since, :note, :citation, :source,"
    " GeomFromWKB(:geom, 4326))"};
static const GapStatement TAKEN = {
    "border.taken", "SELECT coalesce(neighbour, '') || '|' || coalesce(segment, '') || '|' ||"
                    " coalesce(since, ''), source FROM border WHERE source <> ?1"};

static const char *text(const GapTable *t, size_t row, const char *column) {
    return gap_table_text(t, row, (size_t)gap_table_find(t, column));
}

/** A row says of what it speaks. */
static char *judge(const GapTable *rows, const char **field) {
    const size_t row = gap_table_rows(rows) - 1;
    *field = "neighbour";
    return text(rows, row, "neighbour") || text(rows, row, "segment")
               ? NULL
               : g_strdup(
                     "empty, and so is segment: name the neighbour, or a segment and its line");
}

/** What has no line is drawn nowhere. */
static bool tell(GapLoad *load, GError **error) {
    g_autoptr(GapTable) borders = gap_layer_table(load->store, "borders", NULL, error);
    for (size_t row = 0; borders && row < gap_table_rows(borders); row++) {
        const char *neighbour = text(borders, row, "neighbour");
        const char *segment = text(borders, row, "segment");
        if (!gap_table_geometry(borders, row))
            gap_load_note(load,
                          "no line is known of %s%s%s: maps do not draw it. Load boundaries and "
                          "neighbours that touch each other, or give its line",
                          neighbour ? neighbour : "", neighbour && segment ? ", " : "",
                          segment ? segment : "");
    }
    return borders != NULL;
}

const GapLayerKind GAP_LAYER_BORDERS = {
    .name = "borders",
    .title = "border segments",
    .fields = FIELDS,
    .geometry = GAP_TAKES_LINE,
    .key = "neighbour,segment,since",
    .taken = &TAKEN,
    .judge = judge,
    .clear = CLEARS,
    .insert = &INSERT,
    .tell = tell,
};

/* ---- where they run ---- */

/* A line drawn by hand means the outline that it follows; outlines of two sources differ by more.
 */
enum { NEAR_M = 1000, FACING_M = 10000 };

static const GapStatement OUTLINE = {
    "border.outline", "SELECT code, AsBinary(geom) AS geom FROM area WHERE level = 'country'"};
static const GapStatement NEIGHBOURS = {
    "border.neighbours",
    "SELECT " GAP_NEIGHBOUR_KEY " AS key, AsBinary(ST_Collect(geom)) AS geom FROM scenery"
    " WHERE kind = 'neighbour' AND key IS NOT NULL GROUP BY key ORDER BY key"};

/* The shapes of a table that has any, NULL where a row has none. */
static GPtrArray *shapes_of(const GapTable *t) {
    GPtrArray *shapes = g_ptr_array_new_with_free_func((GDestroyNotify)gap_geometry_free);
    for (size_t row = 0; row < gap_table_rows(t); row++) {
        GBytes *wkb = gap_table_geometry(t, row);
        g_ptr_array_add(shapes, wkb ? gap_geometry_from_wkb(wkb, NULL) : NULL);
    }
    return shapes;
}

static GPtrArray *facing(const GapGeometry *shape, const GPtrArray *others, double limit_m) {
    return gap_facing(shape, (const GapGeometry *const *)others->pdata, others->len, limit_m);
}

static void set_line(GapTable *borders, size_t row, const GapGeometry *line) {
    if (!line)
        return;
    g_autoptr(GBytes) wkb = gap_geometry_to_multi_wkb(line);
    gap_table_set_geometry(borders, row, wkb);
}

/* Rows without a line have what of `rest` faces their neighbour. */
static void set_facing(GapTable *borders, const GPtrArray *own, const GapGeometry *rest,
                       const GapTable *neighbours) {
    g_autoptr(GPtrArray) shapes = shapes_of(neighbours);
    g_autoptr(GPtrArray) faces = facing(rest, shapes, FACING_M);
    for (size_t row = 0; row < gap_table_rows(borders); row++)
        for (size_t k = 0; k < gap_table_rows(neighbours); k++)
            if (!own->pdata[row] && !text(borders, row, "segment") &&
                g_strcmp0(text(borders, row, "neighbour"), gap_table_text(neighbours, k, 0)) == 0)
                set_line(borders, row, faces->pdata[k]);
}

bool gap_border_lines(GapStore *store, GapTable *borders, GError **error) {
    if (gap_table_rows(borders) == 0)
        return true;
    g_autoptr(GapTable) country = gap_store_select(store, &OUTLINE, error, "");
    g_autoptr(GapTable) neighbours =
        country ? gap_store_select(store, &NEIGHBOURS, error, "") : NULL;
    if (!neighbours)
        return false;
    g_autoptr(GPtrArray) own = shapes_of(borders);
    if (gap_table_rows(country)) {
        g_autoptr(GPtrArray) outline = shapes_of(country);
        g_autoptr(GPtrArray) faces = facing(outline->pdata[0], own, NEAR_M);
        for (guint row = 0; row < own->len; row++)
            set_line(borders, row, faces->pdata[row]);
        if (faces->pdata[own->len])
            set_facing(borders, own, faces->pdata[own->len], neighbours);
    }
    g_autoptr(GPtrArray) lines = shapes_of(borders);
    const size_t length = (size_t)gap_table_find(borders, "length_km");
    for (guint row = 0; row < lines->len; row++)
        if (lines->pdata[row])
            gap_table_set_real(borders, row, length,
                               round(gap_facing_length_m(lines->pdata[row])) / 1000);
    return true;
}

/* ---- as they are read ---- */

#define NAMED                                                                                      \
    " LEFT JOIN (SELECT " GAP_NEIGHBOUR_KEY " AS key, name_en, name_ru, name_ky, min(id)"          \
    "  FROM scenery WHERE kind = 'neighbour' GROUP BY key) n ON n.key = b.neighbour"
#define FIRST "b.since || CASE length(b.since) WHEN 4 THEN '-01-01' ELSE '' END"
#define DAY   "(SELECT as_of FROM run WHERE label = ?1)"

const GapColumnSpec GAP_VIEW_BORDER_COLUMNS[GAP_VIEW_BORDER_WIDTH] = {
    TEXT("neighbour", "Code of the neighbour"),
    NAMES,
    TEXT("segment", "Segment; null: all else of the border with the neighbour"),
    TEXT("status", "Status on the day"),
    TEXT("since", "First day of the status"),
    REAL("length_km", "km", "Length"),
    TEXT("note", "What changed the status"),
    TEXT("citation", "Where the row comes from"),
};
const GapStatement GAP_VIEW_BORDERS = {
    "view.borders",
    "SELECT b.neighbour, n.name_en, n.name_ru, n.name_ky, b.segment, b.status, b.since, NULL,"
    " b.note, b.citation, AsBinary(coalesce(b.geom, (SELECT o.geom FROM border o"
    "  WHERE o.neighbour IS b.neighbour AND o.segment IS b.segment AND o.geom IS NOT NULL"
    "  ORDER BY o.since DESC, o.id DESC LIMIT 1))) AS geom"
    " FROM (SELECT b.*, row_number() OVER (PARTITION BY neighbour, segment"
    "   ORDER BY coalesce(" FIRST ", '') DESC, source, row) AS place FROM border b"
    "  WHERE coalesce(" FIRST ", '') <= coalesce(" DAY ", '9999')) b" NAMED
    " WHERE b.place = 1 ORDER BY b.neighbour, b.segment"};

const GapColumnSpec GAP_VIEW_BORDER_CHANGE_COLUMNS[GAP_VIEW_BORDER_CHANGE_WIDTH] = {
    TEXT("neighbour", "Code of the neighbour"),
    NAMES,
    TEXT("segment", "Segment; null: the whole border with the neighbour"),
    TEXT("status", "Status"),
    TEXT("since", "First year or day of the status"),
    WHOLE("newer", "0 or 1",
          "Whether it began after the day of the outline, and by that of the run"),
    TEXT("note", "What changed the status"),
    TEXT("citation", "Where the row comes from"),
};
/* An outline is as old as the oldest of its provinces; a year may be its last day. */
const GapStatement GAP_VIEW_BORDER_CHANGES = {
    "view.border_changes",
    "WITH outline AS (SELECT dated || CASE length(dated) WHEN 4 THEN '-12-31' ELSE '' END AS day"
    "  FROM (SELECT min(coalesce(dated, CASE WHEN vintage GLOB '[12][0-9][0-9][0-9]' OR vintage "
    "GLOB"
    "   '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN vintage END)) AS dated FROM source"
    "   WHERE id IN (SELECT source FROM area WHERE level = 'province')))"
    " SELECT b.neighbour, n.name_en, n.name_ru, n.name_ky, b.segment, b.status, b.since,"
    " coalesce(" FIRST " > (SELECT day FROM outline)"
    "  AND " FIRST " <= coalesce(" DAY ", '9999'), 0), b.note, b.citation"
    " FROM border b" NAMED " ORDER BY b.neighbour, b.segment, " FIRST ", b.source, b.row"};
