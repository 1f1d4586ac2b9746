/* Runs a fuzz target where libFuzzer is not at hand: mutated seeds, a fixed random sequence.
 * FUZZ_RUNS (20000) and FUZZ_RANDOM (1) choose how many and which. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 16, MOST_CHANGES = 12 };

static guint from_environment(const char *name, guint otherwise) {
    const char *text = g_getenv(name);
    return text ? (guint)g_ascii_strtoull(text, NULL, 10) : otherwise;
}

static void cut(GRand *random, GByteArray *bytes) {
    guint at = g_rand_int_range(random, 0, (gint)bytes->len);
    g_byte_array_remove_range(bytes, at, g_rand_int_range(random, 0, (gint)(bytes->len - at)));
}

static void insert(GByteArray *bytes, guint at, const guint8 *what, guint size) {
    guint tail = bytes->len - at;
    g_byte_array_set_size(bytes, bytes->len + size);
    memmove(bytes->data + at + size, bytes->data + at, tail);
    memcpy(bytes->data + at, what, size);
}

/** A span of the input once more, somewhere else. */
static void repeat(GRand *random, GByteArray *bytes) {
    guint from = g_rand_int_range(random, 0, (gint)bytes->len);
    guint size = g_rand_int_range(random, 0, (gint)(bytes->len - from)) + 1;
    g_autofree guint8 *span = g_memdup2(bytes->data + from, size);
    insert(bytes, g_rand_int_range(random, 0, (gint)bytes->len + 1), span, size);
}

static void change(GRand *random, GByteArray *bytes) {
    static const guint8 telling[] = {0,   1,   '"', ',',  '\n', '[', '{',
                                     '<', '-', '9', 0x7F, 0x80, 0xFF};
    guint8 byte = g_rand_boolean(random)
                      ? telling[g_rand_int_range(random, 0, G_N_ELEMENTS(telling))]
                      : (guint8)g_rand_int_range(random, 0, 256);
    int way = bytes->len ? g_rand_int_range(random, 0, 5) : 0;
    guint at = bytes->len ? g_rand_int_range(random, 0, (gint)bytes->len) : 0;
    if (way == 0)
        insert(bytes, at, &byte, 1);
    else if (way == 1)
        bytes->data[at] = byte;
    else if (way == 2)
        bytes->data[at] ^= (guint8)(1 << g_rand_int_range(random, 0, 8));
    else if (way == 3)
        cut(random, bytes);
    else if (bytes->len < LONGEST)
        repeat(random, bytes);
}

static void run(const guint8 *data, guint size) {
    /* A copy of the exact size, so that AddressSanitizer sees one byte too far. */
    g_autofree guint8 *copy = g_memdup2(data, size);
    LLVMFuzzerTestOneInput(copy, size);
}

int main(void) {
    guint runs = from_environment("FUZZ_RUNS", 20000);
    g_autoptr(GRand) random = g_rand_new_with_seed(from_environment("FUZZ_RANDOM", 1));
    gint seeds = 0;
    for (; fuzz_seeds[seeds]; seeds++)
        run((const guint8 *)fuzz_seeds[seeds], (guint)strlen(fuzz_seeds[seeds]));
    for (guint i = 0; i < runs; i++) {
        const char *seed = fuzz_seeds[g_rand_int_range(random, 0, seeds)];
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)seed, (guint)strlen(seed));
        for (int n = g_rand_int_range(random, 1, MOST_CHANGES); n > 0; n--)
            change(random, bytes);
        run(bytes->data, bytes->len);
    }
    return EXIT_SUCCESS;
}
