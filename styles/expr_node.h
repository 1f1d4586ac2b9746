/** What parser and evaluator of expressions share; for their files and the manual's test only. */
#ifndef GAP_STYLES_EXPR_NODE_H
#define GAP_STYLES_EXPR_NODE_H

#include "styles/expr.h"

typedef enum {
    GAP_OP_LITERAL,
    GAP_OP_LET,
    GAP_OP_VAR,
    GAP_OP_GET,
    GAP_OP_HAS,
    GAP_OP_CASE,
    GAP_OP_MATCH,
    GAP_OP_STEP,
    GAP_OP_INTERPOLATE,
    GAP_OP_COALESCE,
    GAP_OP_EQUAL,
    GAP_OP_UNEQUAL,
    GAP_OP_LESS,
    GAP_OP_AT_MOST,
    GAP_OP_MORE,
    GAP_OP_AT_LEAST,
    GAP_OP_ALL,
    GAP_OP_ANY,
    GAP_OP_NOT,
    GAP_OP_PLUS,
    GAP_OP_MINUS,
    GAP_OP_TIMES,
    GAP_OP_DIVIDE,
    GAP_OP_REMAINDER,
    GAP_OP_POWER,
    GAP_OP_MIN,
    GAP_OP_MAX,
    GAP_OP_SQRT,
    GAP_OP_ABS,
    GAP_OP_FLOOR,
    GAP_OP_CEIL,
    GAP_OP_ROUND,
    GAP_OP_LN,
    GAP_OP_LOG2,
    GAP_OP_LOG10,
    GAP_OP_SIN,
    GAP_OP_COS,
    GAP_OP_TAN,
    GAP_OP_ASIN,
    GAP_OP_ACOS,
    GAP_OP_ATAN,
    GAP_OP_E,
    GAP_OP_PI,
    GAP_OP_LN2,
    GAP_OP_IN,
    GAP_OP_INDEX_OF,
    GAP_OP_AT,
    GAP_OP_SLICE,
    GAP_OP_LENGTH,
    GAP_OP_TYPEOF,
    GAP_OP_ASSERT, /**< boolean, number, string: the first value of that type */
    GAP_OP_TO_BOOLEAN,
    GAP_OP_TO_NUMBER,
    GAP_OP_TO_STRING,
    GAP_OP_TO_COLOUR,
    GAP_OP_RGB,
    GAP_OP_UPCASE,
    GAP_OP_DOWNCASE,
    GAP_OP_CONCAT,
    GAP_OP_FORMAT,
    GAP_OP_IMAGE,
    GAP_OP_NUMBER_FORMAT,
    GAP_OP_ZOOM
} GapOp;

typedef struct {
    const char *name;
    GapOp op;
    int least, most; /**< arguments; `most` -1: as many as GAP_EXPR_LENGTH_MAX */
    GapValueType argument_type, result_type;
} GapOperator;

/** Arguments of a call or values of a list, and bytes of a text that stands in one or is made. */
enum { GAP_EXPR_LENGTH_MAX = 400, GAP_EXPR_TEXT_MAX = 4096 };

/** All that are understood, the literal first; ends with a NULL name. */
extern const GapOperator gap_operators[];
/** Those of MapLibre that are not, NULL-terminated. */
extern const char *const gap_foreign_operators[];

/** How an interpolate goes from one output to the next. */
typedef struct {
    double base;      /**< differences grow by it from unit to unit; 1: linear */
    double bezier[4]; /**< control points x1, y1, x2, y2; all 0: none */
} GapCurve;

struct GapExpr {
    const GapOperator *operator;
    GapValueType type;
    GapValue literal;
    GapValue *items;               /**< of a literal list */
    json_t *kept;                  /**< keeps the strings of a literal */
    int digits_least, digits_most; /**< of a number-format */
    GapCurve curve;
    size_t steps;         /**< of an evaluation, at most */
    const GapExpr *bound; /**< what a var stands for; belongs to the let around it */
    GPtrArray *arguments;
};

/** A name of a let, within those of the lets around it. */
typedef struct GapScope GapScope;
struct GapScope {
    const char *name;
    const GapExpr *value;
    const GapScope *outer;
};

/** The state of a parser. */
typedef struct {
    GString *path; /**< of what is being read */
    int depth;
    size_t steps;
    const GapScope *scope;
    GError **error;
} GapExprParser;

GapExpr *gap_expr_node(const GapOperator *operator, GapValueType type);
GapExpr *gap_expr_read(GapExprParser *p, const json_t *json, GapValueType want);
/** A value as it stands; a list of values only where `want` is one. */
GapExpr *gap_expr_read_literal(GapExprParser *p, const json_t *json, GapValueType want);
/** Element `i` of the JSON array, as a new argument of `e`. */
bool gap_expr_add(GapExprParser *p, GapExpr *e, const json_t *array, size_t i, GapValueType want);
/** The arguments of an operator that takes them in a form of its own; false in `*handled` where it
 *  takes them one by one. */
bool gap_expr_read_form(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want,
                        bool *handled);
/** A filter of MapLibre's first years as an expression of today; NULL where it is none.
 *  Returns: (transfer full). */
json_t *gap_expr_modernised(const json_t *filter);

/* ---- values ---- */

bool gap_value_equal(GapValue a, GapValue b);
/** Text that is made of values; null where the context has no room for it. */
GapValue gap_expr_text(const GapExpr *e, const GapContext *c);
/** Between two outputs, `t` from 0 to 1; `space` by the operator's name. */
GapValue gap_expr_mix(GapValue a, GapValue b, double t, const char *space);
/** How far `input` has come from `low` to `high`, 0 to 1. */
double gap_curve_at(const GapCurve *curve, double input, double low, double high);

#endif
