/** A fuzz target: it is given bytes (NULL where there are none) and aborts where the parser breaks
 *  its contract. */
#ifndef GAP_TESTS_FUZZ_FUZZ_H
#define GAP_TESTS_FUZZ_FUZZ_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** What mutation starts from, NULL-terminated: valid inputs that reach far. */
extern const char *const fuzz_seeds[];

/** A parser answers or sets an error, never both and never neither. */
#define fuzz_either(result, error) g_assert(!(result) == !!(error))

#endif
