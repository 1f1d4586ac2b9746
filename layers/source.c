#include "layers/source.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "layers/digest.h"

#include <string.h>

static const GapStatement BOUNDARIES = {
    "source.boundaries", "SELECT id, made_from FROM source WHERE layer = 'boundaries' ORDER BY id"};
static const GapStatement NAMED = {
    "source.named",
    "SELECT id, made_from FROM source WHERE layer IN ('boundaries', 'names') ORDER BY id"};
/* Where places are named, these and where they lie. */
static const GapStatement PLACED = {"source.placed",
                                    "SELECT id, made_from FROM source WHERE layer IN"
                                    " ('boundaries', 'names', 'places') ORDER BY id"};
/* Where neighbours are named. */
static const GapStatement BORDERING = {"source.bordering",
                                       "SELECT id, made_from FROM source WHERE layer IN"
                                       " ('boundaries', 'neighbours') ORDER BY id"};
static const GapStatement PLACES = {
    "source.places",
    "SELECT id, made_from FROM source WHERE layer IN ('boundaries', 'places') ORDER BY id"};
/* Refused rows of a layer that names areas are looked at again once names, places or changes of
 * areas are known that were not then. */
static const GapStatement FIND = {
    "source.find", "SELECT rows_read, rows_kept, rows_refused, rows_left_out FROM source s"
                   " WHERE id = ?1 AND made_from = ?2 AND (rows_refused = 0 OR NOT ?3 OR NOT EXISTS"
                   " (SELECT 1 FROM source o WHERE o.loaded_at > s.loaded_at AND o.id <> s.id AND"
                   " o.layer IN ('changes', 'names', 'places')))"};
static const GapStatement CALLED = {"source.called",
                                    "SELECT id FROM source WHERE id = ?1 OR name = ?1"
                                    " ORDER BY id = ?1 DESC, id"};
static const GapStatement LIST = {"source.list",
                                  "SELECT group_concat(id, ', ') FROM source ORDER BY id"};
static const GapStatement WRITE = {
    "source.write",
    "INSERT INTO source (id, layer, name, path, sha256, made_from, title, title_ky, title_ru,"
    " title_en, licence, vintage, dated,"
    " rows_read, rows_kept, rows_refused, rows_left_out, notes, loaded_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'))"
    " ON CONFLICT (id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256,"
    " made_from = excluded.made_from, title = excluded.title, title_ky = excluded.title_ky,"
    " title_ru = excluded.title_ru, title_en = excluded.title_en, licence = excluded.licence,"
    " vintage = excluded.vintage, dated = excluded.dated,"
    " rows_read = excluded.rows_read, rows_kept = excluded.rows_kept,"
    " rows_refused = excluded.rows_refused, rows_left_out = excluded.rows_left_out,"
    " notes = excluded.notes,"
    " loaded_at = excluded.loaded_at"};
static const GapStatement CLEAR_REFUSED = {"refused.clear", "DELETE FROM refused WHERE source = ?"};
static const GapStatement LIST_REFUSED = {
    "refused.list", "SELECT row, part, field, value, reason FROM refused WHERE source = ?"
                    " ORDER BY row, part LIMIT ?"};
static const GapStatement REFUSED = {
    "refused.insert",
    "INSERT INTO refused (source, row, part, field, value, reason) VALUES (?, ?, ?, ?, ?, ?)"};

/* Everything that says how the file is read and its rows are judged. */
static char *parameters_of(const GapSource *source, const GapLoadOptions *options,
                           const char *crosswalk) {
    const GapReadOptions *read = &options->read;
    const char *parts[] = {source->id,
                           source->path,
                           source->sha256,
                           options->title,
                           options->licence,
                           options->vintage,
                           options->dated,
                           options->columns,
                           options->set,
                           options->country,
                           options->where,
                           crosswalk,
                           read->layer,
                           read->encoding,
                           read->crs,
                           options->strict ? "strict" : "",
                           options->cells ? "cells" : "",
                           options->fill ? "fill" : "",
                           read->archive ? "archive" : "",
                           read->swap ? "swap" : ""};
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        g_string_append_printf(out, "%s\n", parts[i] ? parts[i] : "");
    g_string_append_printf(out, "%d\n%d\n", read->header, options->decimal);
    const char *titles[] = {options->title_ky, options->title_ru, options->title_en};
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
        if (titles[i]) // sources without any keep their digest
            g_string_append_printf(out, "title %zu %s\n", i, titles[i]);
    return g_string_free(out, FALSE);
}

/* Whether the layer has a field of a kind from `first` to the last that names anything. */
static bool names(const char *layer, GapFieldKind first) {
    const GapLayerKind *kind = gap_layer_kind(layer);
    for (const GapField *field = kind ? kind->fields : NULL; field && field->name; field++)
        if (gap_field_is_named(field) && field->kind >= first)
            return true;
    return false;
}

/* The sources that rows of a layer are judged by. */
static const GapStatement *judged_by(const char *layer) {
    static const GapStatement NOTHING = {"source.none", "SELECT 1 WHERE 0"};
    return g_str_equal(layer, "boundaries") ? &NOTHING
           : g_str_equal(layer, "names")    ? &PLACES
           : g_str_equal(layer, "borders")  ? &BORDERING
           : names(layer, GAP_FIELD_PLACE)  ? &PLACED
           : names(layer, GAP_FIELD_AREAS)  ? &NAMED
                                            : &BOUNDARIES;
}

GapSource *gap_source_new(GapStore *store, const char *layer, const char *path,
                          const GapLoadOptions *options, GError **error) {
    g_autoptr(GapSource) source = g_new0(GapSource, 1);
    source->options = options;
    source->layer = g_strdup(layer);
    source->path = g_strdup(path);
    source->name = options->name ? g_strdup(options->name) : gap_file_stem(path);
    if (!g_utf8_validate(source->name, -1, NULL) || !g_utf8_validate(path, -1, NULL)) {
        g_autofree char *shown = gap_printable(path, 80);
        gap_fail(error, GAP_ERROR_INPUT, "%s: the name of the file is not UTF-8: rename it", shown);
        return NULL;
    }
    source->id = g_strdup_printf("%s/%s", layer, source->name);
    source->sha256 = gap_file_sha256(path, error);
    if (!source->sha256)
        return NULL;
    g_autofree char *crosswalk =
        options->crosswalk ? gap_file_sha256(options->crosswalk, error) : NULL;
    if (options->crosswalk && !crosswalk)
        return NULL;
    g_autofree char *parameters = parameters_of(source, options, crosswalk);
    source->made_from = gap_digest(store, judged_by(layer), parameters, error);
    return source->made_from ? g_steal_pointer(&source) : NULL;
}

void gap_source_free(GapSource *source) {
    if (!source)
        return;
    g_free(source->id);
    g_free(source->layer);
    g_free(source->name);
    g_free(source->path);
    g_free(source->sha256);
    g_free(source->made_from);
    g_free(source);
}

char *gap_source_find(GapStore *store, const char *text, GError **error) {
    g_autoptr(GapTable) found = gap_store_select(store, &CALLED, error, "s", text);
    if (!found)
        return NULL;
    const size_t n = gap_table_rows(found);
    const char *id = n ? gap_table_text(found, 0, 0) : NULL;
    if (n == 1 || (n && g_str_equal(id, text)))
        return g_strdup(id);
    g_autofree char *known = gap_store_text(store, &LIST, NULL, "");
    g_autofree char *shown = gap_printable(text, 80);
    gap_fail(error, GAP_ERROR_USAGE, "%s source '%s'; loaded: %s", n ? "more than one" : "no",
             shown, known ? known : "none");
    return NULL;
}

bool gap_source_is_loaded(GapStore *store, const GapSource *source, GapLoadReport *report) {
    g_autoptr(GapTable) found =
        gap_store_select(store, &FIND, NULL, "ssi", source->id, source->made_from,
                         (gint64)names(source->layer, GAP_FIELD_AREAS));
    if (!found || gap_table_rows(found) == 0)
        return false;
    report->read = gap_table_int(found, 0, 0);
    report->kept = gap_table_int(found, 0, 1);
    report->refused = gap_table_int(found, 0, 2);
    report->left_out = gap_table_int(found, 0, 3);
    g_autoptr(GapTable) refused = gap_store_select(store, &LIST_REFUSED, NULL, "si", source->id,
                                                   (gint64)GAP_REFUSALS_REPORTED);
    for (size_t i = 0; refused && i < gap_table_rows(refused); i++)
        g_ptr_array_add(report->refusals, gap_refusal_new(gap_table_int(refused, i, 0),
                                                          (int)gap_table_int(refused, i, 1),
                                                          gap_table_text(refused, i, 2),
                                                          gap_table_text(refused, i, 3),
                                                          g_strdup(gap_table_text(refused, i, 4))));
    return true;
}

bool gap_source_clear_refused(GapStore *store, const GapSource *source, GError **error) {
    return gap_store_run(store, &CLEAR_REFUSED, error, "s", source->id);
}

bool gap_source_refuse(GapStore *store, const GapSource *source, const GPtrArray *refusals,
                       GError **error) {
    for (guint i = 0; i < refusals->len; i++) {
        const GapRefusal *refusal = g_ptr_array_index(refusals, i);
        g_autofree char *value = refusal->value ? gap_printable(refusal->value, 200) : NULL;
        if (!gap_store_run(store, &REFUSED, error, "siisss", source->id, refusal->row,
                           (gint64)refusal->part, refusal->field, value, refusal->reason))
            return false;
    }
    return true;
}

bool gap_source_write(GapStore *store, const GapSource *source, const GapLoadReport *report,
                      GError **error) {
    g_autoptr(GString) notes = g_string_new(NULL);
    for (guint i = 0; i < report->notes->len; i++)
        g_string_append_printf(notes, "%s%s", i ? "\n" : "",
                               (char *)g_ptr_array_index(report->notes, i));
    const GapLoadOptions *options = source->options;
    return gap_store_run(store, &WRITE, error, "sssssssssssssiiiis", source->id, source->layer,
                         source->name, source->path, source->sha256, source->made_from,
                         options->title, options->title_ky, options->title_ru, options->title_en,
                         options->licence, options->vintage, options->dated, report->read,
                         report->kept, report->refused, report->left_out,
                         notes->len ? notes->str : NULL);
}

bool gap_source_finish(GapStore *store, bool ok, GError **error) {
    static const GapStatement BROKEN = {
        "source.broken", "SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check LIMIT 5"};
    g_autoptr(GError) why = NULL;
    if (ok && !gap_store_commit(store, &why)) {
        ok = false;
        g_autoptr(GapTable) broken = gap_store_select(store, &BROKEN, NULL, "");
        if (broken && gap_table_rows(broken))
            gap_fail(error, GAP_ERROR_INPUT,
                     "rows of '%s' need rows of '%s' that would be gone: load or unload those "
                     "first; nothing was changed",
                     gap_table_text(broken, 0, 0), gap_table_text(broken, 0, 1));
        else
            g_propagate_error(error, g_steal_pointer(&why));
    }
    if (!ok)
        gap_store_rollback(store);
    return ok;
}
