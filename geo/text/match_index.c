#include "geo/text/internal.h"

/* Two strings within two letters of each other have a string in common when up to two letters are
 * left out of each (symmetric deletion). So every coarse key is listed under itself and under what
 * remains of it; what is found so is compared afterwards. */

/** Keys this short have too many neighbours; those so long too many remains. */
enum { ONE_FROM = 3, TWO_FROM = 6, TWO_TO = 32 };

static guint most_left_out(const GapNameForm *form) {
    guint n = form->coarse_length;
    return n < ONE_FROM ? 0 : n < TWO_FROM || n > TWO_TO ? 1 : 2;
}

enum { NONE = 255 };

/** FNV-1a of the letters but those at two places, mixed so that all bits are good. */
static guint32 hash_without(const GapNameForm *form, guint skip, guint skip_too) {
    guint64 hash = 0xcbf29ce484222325;
    for (guint i = 0; i < form->coarse_length; i++)
        if (i != skip && i != skip_too)
            hash = (hash ^ form->coarse[i]) * 0x100000001b3;
    hash ^= hash >> 29;
    return (guint32)(hash * 0xbf58476d1ce4e5b9 >> 32);
}

typedef void (*EachHash)(void *user, guint32 hash);

static void each_hash(const GapNameForm *form, EachHash each, void *user) {
    guint most = most_left_out(form);
    each(user, hash_without(form, NONE, NONE));
    for (guint i = 0; most > 0 && i < form->coarse_length; i++) {
        each(user, hash_without(form, i, NONE));
        for (guint j = i + 1; most > 1 && j < form->coarse_length; j++)
            each(user, hash_without(form, i, j));
    }
}

typedef struct {
    GArray *entries;
    guint32 form;
} Listing;

static void list_hash(void *user, guint32 hash) {
    Listing *listing = user;
    struct GapMatchEntry entry = {hash, listing->form};
    g_array_append_val(listing->entries, entry);
}

static guint32 bucket_of(const GapMatchIndex *index, guint32 hash) {
    return hash >> (32 - index->bits);
}

void gap_match_index_build(GapMatchIndex *index, const GArray *forms) {
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct GapMatchEntry));
    Listing listing = {entries, 0};
    for (; listing.form < forms->len; listing.form++)
        each_hash(&g_array_index(forms, GapMatchForm, listing.form).form, list_hash, &listing);
    index->bits = CLAMP(g_bit_storage(entries->len), 4, 24);
    gsize n = (gsize)1 << index->bits;
    index->first = g_new0(guint32, n + 2);
    index->entries = g_new(struct GapMatchEntry, entries->len + 1);
    // Sorted by counting: first[b + 2] counts, then first[b + 1] is where the next of b goes.
    for (guint i = 0; i < entries->len; i++)
        index->first[bucket_of(index, g_array_index(entries, struct GapMatchEntry, i).hash) + 2]++;
    for (gsize b = 2; b < n + 2; b++)
        index->first[b] += index->first[b - 1];
    for (guint i = 0; i < entries->len; i++) {
        struct GapMatchEntry entry = g_array_index(entries, struct GapMatchEntry, i);
        index->entries[index->first[bucket_of(index, entry.hash) + 1]++] = entry;
    }
}

void gap_match_index_clear(GapMatchIndex *index) {
    g_free(index->first);
    g_free(index->entries);
}

typedef struct {
    const GapMatchIndex *index;
    GapMatchFound found;
    void *user;
} Finding;

static void find_hash(void *user, guint32 hash) {
    const Finding *finding = user;
    const GapMatchIndex *index = finding->index;
    guint32 bucket = bucket_of(index, hash);
    for (guint32 i = index->first[bucket]; i < index->first[bucket + 1]; i++)
        if (index->entries[i].hash == hash)
            finding->found(finding->user, index->entries[i].form);
}

void gap_match_index_find(const GapMatchIndex *index, const GapNameForm *form, GapMatchFound found,
                          void *user) {
    Finding finding = {index, found, user};
    each_hash(form, find_hash, &finding);
}
