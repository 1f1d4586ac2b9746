/** Expressions of the MapLibre style specification (version 8) over the rows of a table.
 *
 *  What is supported stands in gap_operators and in gapmap-styles(7). Anything else is an error
 *  that names the JSON path. A value that cannot be computed (a null cell, text where a number is
 *  asked for, a division by zero) is null, and a null property means its default.
 */
#ifndef GAP_STYLES_EXPR_H
#define GAP_STYLES_EXPR_H

#include "geo/table/table.h"
#include "styles/colour.h"

#include <jansson.h>

typedef enum {
    GAP_VALUE_NULL, /**< as the type wanted from a parser: any */
    GAP_VALUE_BOOL,
    GAP_VALUE_NUMBER,
    GAP_VALUE_STRING,
    GAP_VALUE_COLOUR,
    GAP_VALUE_LIST
} GapValueType;

typedef struct GapValue GapValue;
struct GapValue {
    GapValueType type;
    union {
        bool truth;
        double number;
        const char *string; /**< belongs to the expression, the table or the context */
        GapColour colour;
        struct {
            const GapValue *items; /**< no lists; belong to the expression */
            size_t n;
        } list;
    };
};

/** What an expression sees. */
typedef struct {
    const GapTable *table; /**< NULL: every get is null */
    size_t row;
    const char *lang;      /**< `get name` is the name in this language, else in another, with a †
                            */
    const char *second;    /**< and in this one, on a line of its own; NULL: none */
    double zoom;           /**< zoom of the page, 512-pixel tiles */
    GStringChunk *scratch; /**< keeps strings that were made; NULL where none are */
    const char *given;     /**< a column that has `given_value` instead, or NULL (legends) */
    double given_value;
} GapContext;

typedef struct GapExpr GapExpr;

/** `path` is where `json` stands, for messages: "layers[2].paint.fill-color". `want` is the type
 *  that must come out; what is known at this time is checked now. Depth is at most 32, and steps,
 *  with variables written out, 20,000. Returns: (transfer full). */
GapExpr *gap_expr_parse(const json_t *json, GapValueType want, const char *path, GError **error);
void gap_expr_free(GapExpr *expr); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapExpr, gap_expr_free)

/** O(size of the expression), plus a search among the columns for each get. */
GapValue gap_expr_eval(const GapExpr *expr, const GapContext *context);
double gap_expr_number(const GapExpr *expr, const GapContext *context, double fallback);
GapColour gap_expr_colour(const GapExpr *expr, const GapContext *context, GapColour fallback);
/** NULL where the value is not text. */
const char *gap_expr_string(const GapExpr *expr, const GapContext *context);
/** A filter: true where there is none. */
bool gap_expr_holds(const GapExpr *expr, const GapContext *context);

/** Given each value that may come out of an expression: a fixed one, or NULL for one that is
 *  computed. Answers false with an error where it may not. */
typedef bool (*GapExprCheck)(const GapValue *value, void *data, GError **error);
/** Calls `check` for all that let, case, match, step, interpolate and coalesce choose from. */
bool gap_expr_outputs(const GapExpr *expr, GapExprCheck check, void *data, GError **error);
/** Whether zoom, where it stands in the expression at all, is the input of a step or interpolate
 *  that is the whole expression (or the result of a let, or an argument of a coalesce, that is), as
 *  MapLibre wants it. */
bool gap_expr_zoom_leads(const GapExpr *expr);

/** The first `step` or `match` (by `name`) in an expression, or NULL: legends read their classes
 *  from the very expression that colours the map. */
GapExpr *gap_expr_find(GapExpr *expr, const char *name);
/** Arguments of a step: input, output 0, limit 1, output 1, ...; of a match: input, label,
 *  output, ..., fallback (a list of labels becomes several); of an interpolate: input, limit,
 *  output, ...; of a get: its column; of a let: the result, then the values of its names. */
size_t gap_expr_size(const GapExpr *expr);
GapExpr *gap_expr_argument(const GapExpr *expr, size_t i);
/** Replaces limit `i` of a step (1 is the first). */
void gap_expr_set_limit(GapExpr *step, size_t i, double limit);
/** Multiplies all limits of an interpolate. */
void gap_expr_scale_limits(GapExpr *interpolate, double factor);

#endif
