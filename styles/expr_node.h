/** What parser and evaluator of expressions share; for their files and the manual's test only. */
#ifndef GAP_STYLES_EXPR_NODE_H
#define GAP_STYLES_EXPR_NODE_H

#include "styles/expr.h"

typedef enum {
    GAP_OP_LITERAL,
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
    GAP_OP_LOG10,
    GAP_OP_IN,
    GAP_OP_UPCASE,
    GAP_OP_DOWNCASE,
    GAP_OP_TO_NUMBER,
    GAP_OP_CONCAT,
    GAP_OP_NUMBER_FORMAT,
    GAP_OP_TO_STRING,
    GAP_OP_ZOOM
} GapOp;

typedef struct {
    const char *name;
    GapOp op;
    int least, most; /**< arguments; `most` -1: as many as LENGTH_MAX */
    GapValueType argument_type, result_type;
} GapOperator;

/** All that are understood; ends with a NULL name. */
extern const GapOperator gap_operators[];

struct GapExpr {
    const GapOperator *operator;
    GapValueType type;
    GapValue literal;
    char *text;   /**< keeps a literal's string */
    int decimals; /**< of a number-format */
    double base;  /**< of an interpolate: 1 is linear */
    GPtrArray *arguments;
};

#endif
