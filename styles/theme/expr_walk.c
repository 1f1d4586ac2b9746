// What may come out of an expression, known before there is a row.
#include "styles/expr_node.h"

static bool outputs_from(const GapExpr *e, size_t first, size_t stride, GapExprCheck check,
                         void *data, GError **error) {
    for (size_t i = first; i < e->arguments->len; i += stride)
        if (!gap_expr_outputs(e->arguments->pdata[i], check, data, error))
            return false;
    return true;
}

/** The last argument is what holds where no condition or label does. */
static bool last_output(const GapExpr *e, GapExprCheck check, void *data, GError **error) {
    return gap_expr_outputs(e->arguments->pdata[e->arguments->len - 1], check, data, error);
}

bool gap_expr_outputs(const GapExpr *e, GapExprCheck check, void *data, GError **error) {
    switch (e->operator->op) {
    case GAP_OP_LITERAL:
        return check(&e->literal, data, error);
    case GAP_OP_VAR:
        return gap_expr_outputs(e->bound, check, data, error);
    case GAP_OP_LET:
    case GAP_OP_IMAGE:
        return gap_expr_outputs(e->arguments->pdata[0], check, data, error);
    case GAP_OP_COALESCE:
        return outputs_from(e, 0, 1, check, data, error);
    case GAP_OP_STEP:
        return outputs_from(e, 1, 2, check, data, error);
    case GAP_OP_CASE:
        return outputs_from(e, 1, 2, check, data, error) && last_output(e, check, data, error);
    case GAP_OP_INTERPOLATE:
        return outputs_from(e, 2, 2, check, data, error);
    case GAP_OP_MATCH:
        return outputs_from(e, 2, 2, check, data, error) && last_output(e, check, data, error);
    default:
        return check(NULL, data, error);
    }
}

static bool has_zoom(const GapExpr *e, size_t from) {
    if (e->operator->op == GAP_OP_ZOOM)
        return true;
    if (e->operator->op == GAP_OP_VAR)
        return has_zoom(e->bound, 0);
    for (size_t i = from; i < e->arguments->len; i++)
        if (has_zoom(e->arguments->pdata[i], 0))
            return true;
    return false;
}

bool gap_expr_zoom_leads(const GapExpr *e) {
    const GapExpr *input = e->arguments->len ? e->arguments->pdata[0] : NULL;
    GapOp op = e->operator->op;
    if (op == GAP_OP_LET && has_zoom(e, 1))
        return false;
    if (op == GAP_OP_LET)
        return gap_expr_zoom_leads(input);
    bool leads =
        (op == GAP_OP_STEP || op == GAP_OP_INTERPOLATE) && input->operator->op == GAP_OP_ZOOM;
    if (op != GAP_OP_COALESCE)
        return !has_zoom(e, leads ? 1 : 0);
    for (size_t i = 0; i < e->arguments->len; i++)
        if (!gap_expr_zoom_leads(e->arguments->pdata[i]))
            return false;
    return true;
}
