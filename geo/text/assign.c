#include "geo/text/assign.h"
#include "geo/base/error.h"

#include <math.h>
#include <string.h>

/* A flow of one unit from each row, through a column or alone, to the sink. Nodes are rows, then
 * columns, then the sink; a pair costs -gain, all else 0. Potentials keep the reduced cost
 * cost(u, v) + potential[u] - potential[v] of every arc of the residual graph at 0 or above, so
 * that Dijkstra finds shortest paths; the sink's stays 0. */
enum { MOST_EDGES = 1 << 26 };

typedef struct {
    double far;
    guint32 node;
} Reached;

typedef struct {
    guint32 n_rows, n_columns, sink;
    GapAssignEdge *edges; /**< by row, then column */
    gsize *first;         /**< of each row in `edges`, and the end */
    gint32 *of_row, *of_column;
    bool *added;             /**< the row sends its unit already */
    double *potential, *far; /**< `far` is INFINITY but for the nodes in `seen` */
    guint32 *from;           /**< the node before on the way */
    GArray *seen, *heap;     /**< guint32 nodes; Reached, a binary heap by (far, node) */
} Graph;

static int by_row(const void *a, const void *b) {
    const GapAssignEdge *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static bool check(guint32 n_rows, guint32 n_columns, const GapAssignEdge *edges, gsize n_edges,
                  GError **error) {
    if (n_edges > MOST_EDGES || n_rows > MOST_EDGES || n_columns > MOST_EDGES)
        return gap_fail(error, GAP_ERROR_INPUT, "an assignment of more than %d pairs", MOST_EDGES);
    for (gsize i = 0; i < n_edges; i++)
        if (edges[i].row >= n_rows || edges[i].column >= n_columns ||
            !(edges[i].gain > 0 && isfinite(edges[i].gain)))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "pair %zu (%u, %u) of an assignment of %u rows and %u columns is out of"
                            " range or gains nothing",
                            i, edges[i].row, edges[i].column, n_rows, n_columns);
    return true;
}

// ---- the heap

static bool nearer(Reached a, Reached b) {
    return a.far != b.far ? a.far < b.far : a.node < b.node;
}

static void heap_push(GArray *heap, Reached new) {
    g_array_append_val(heap, new);
    Reached *all = (Reached *)(void *)heap->data;
    guint i = heap->len - 1;
    for (; i > 0 && nearer(new, all[(i - 1) / 2]); i = (i - 1) / 2)
        all[i] = all[(i - 1) / 2];
    all[i] = new;
}

static Reached heap_pop(GArray *heap) {
    Reached *all = (Reached *)(void *)heap->data, top = all[0], last = all[heap->len - 1];
    guint n = heap->len - 1, i = 0;
    g_array_set_size(heap, n);
    for (guint child = 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && nearer(all[child + 1], all[child]))
            child++;
        if (!nearer(all[child], last))
            break;
        all[i] = all[child];
        i = child;
    }
    if (n > 0)
        all[i] = last;
    return top;
}

// ---- shortest ways

/** The way to `to` that ends with the arc from `from`, whose cost is `cost`. */
static void reach(Graph *g, guint32 from, guint32 to, double cost) {
    // Rounding may put a tight arc a hair below 0.
    double far = g->far[from] + MAX(0, cost + g->potential[from] - g->potential[to]);
    if (far >= g->far[to])
        return;
    if (isinf(g->far[to]))
        g_array_append_val(g->seen, to);
    g->far[to] = far;
    g->from[to] = from;
    heap_push(g->heap, (Reached){far, to});
}

/** Arcs of a row: to columns that are not its own, and to the sink where it is not alone. */
static void leave_row(Graph *g, guint32 row, bool alone_too) {
    for (gsize i = g->first[row]; i < g->first[row + 1]; i++)
        if ((gint32)g->edges[i].column != g->of_row[row])
            reach(g, row, g->n_rows + g->edges[i].column, -g->edges[i].gain);
    if (alone_too)
        reach(g, row, g->sink, 0);
}

static double gain_of(const Graph *g, guint32 row) {
    GapAssignEdge key = {row, (guint32)g->of_row[row], 0};
    const GapAssignEdge *edge = bsearch(&key, g->edges + g->first[row],
                                        g->first[row + 1] - g->first[row], sizeof key, by_row);
    return edge->gain;
}

/** Arcs of a column: back to the row that has it, or on to the sink. */
static void leave_column(Graph *g, guint32 node) {
    gint32 row = g->of_column[node - g->n_rows];
    if (row >= 0)
        reach(g, node, (guint32)row, gain_of(g, (guint32)row));
    else
        reach(g, node, g->sink, 0);
}

/** Arcs of the sink: units that came through columns, or from rows alone, may be sent otherwise. */
static void leave_sink(Graph *g) {
    for (guint32 column = 0; column < g->n_columns; column++)
        if (g->of_column[column] >= 0)
            reach(g, g->sink, g->n_rows + column, 0);
    for (guint32 row = 0; row < g->n_rows; row++)
        if (g->added[row] && g->of_row[row] < 0)
            reach(g, g->sink, row, 0);
}

static void forget(Graph *g) {
    for (guint i = 0; i < g->seen->len; i++)
        g->far[g_array_index(g->seen, guint32, i)] = INFINITY;
    g_array_set_size(g->seen, 0);
    g_array_set_size(g->heap, 0);
}

/** How far `to` is from `row`, at most `enough`. Arcs of the row to its own column, or to the sink
 *  where it is alone, are used up already and no way. */
static double search(Graph *g, guint32 row, guint32 to, double enough) {
    g->far[row] = 0;
    g_array_append_val(g->seen, row);
    heap_push(g->heap, (Reached){0, row});
    while (g->heap->len > 0) {
        Reached next = heap_pop(g->heap);
        if (next.node == to || next.far >= enough)
            return MIN(next.far, enough);
        if (next.far > g->far[next.node])
            continue;
        if (next.node < g->n_rows)
            leave_row(g, next.node, !g->added[next.node] || g->of_row[next.node] >= 0);
        else if (next.node < g->sink)
            leave_column(g, next.node);
        else
            leave_sink(g);
    }
    return enough;
}

/** A row joins: the shortest way to the sink is its unit's, and those it pushes along. */
static void add_row(Graph *g, guint32 row) {
    g->potential[row] = 0;
    for (gsize i = g->first[row]; i < g->first[row + 1]; i++)
        g->potential[row] =
            MAX(g->potential[row], g->edges[i].gain + g->potential[g->n_rows + g->edges[i].column]);
    double far = search(g, row, g->sink, INFINITY);
    for (guint i = 0; i < g->seen->len; i++) {
        guint32 node = g_array_index(g->seen, guint32, i);
        g->potential[node] += MIN(0, g->far[node] - far);
    }
    g->added[row] = true;
    guint32 node = g->from[g->sink];
    if (node < g->n_rows)
        g->of_row[node] = GAP_ASSIGN_NONE;
    for (; node != row; node = g->from[node]) {
        if (node < g->n_rows)
            continue;
        g->of_row[g->from[node]] = (gint32)(node - g->n_rows);
        g->of_column[node - g->n_rows] = (gint32)g->from[node];
    }
    forget(g);
}

static void graph_clear(Graph *g) {
    g_free(g->edges);
    g_free(g->first);
    g_free(g->of_column);
    g_free(g->added);
    g_free(g->potential);
    g_free(g->far);
    g_free(g->from);
    g_array_unref(g->seen);
    g_array_unref(g->heap);
}

static Graph graph_new(guint32 n_rows, guint32 n_columns, const GapAssignEdge *edges,
                       gsize n_edges) {
    gsize nodes = (gsize)n_rows + n_columns + 1;
    Graph g = {.n_rows = n_rows,
               .n_columns = n_columns,
               .sink = n_rows + n_columns,
               .edges = g_new(GapAssignEdge, n_edges + 1),
               .first = g_new0(gsize, (gsize)n_rows + 1),
               .of_row = g_new(gint32, (gsize)n_rows + 1),
               .of_column = g_new(gint32, (gsize)n_columns + 1),
               .added = g_new0(bool, (gsize)n_rows + 1),
               .potential = g_new0(double, nodes),
               .far = g_new(double, nodes),
               .from = g_new0(guint32, nodes),
               .seen = g_array_new(FALSE, FALSE, sizeof(guint32)),
               .heap = g_array_new(FALSE, FALSE, sizeof(Reached))};
    if (n_edges)
        memcpy(g.edges, edges, n_edges * sizeof *edges);
    qsort(g.edges, n_edges, sizeof *g.edges, by_row);
    for (gsize i = 0; i < n_edges; i++)
        g.first[g.edges[i].row + 1] = i + 1;
    for (guint32 row = 0; row < n_rows; row++) {
        g.first[row + 1] = MAX(g.first[row + 1], g.first[row]);
        g.of_row[row] = GAP_ASSIGN_NONE;
    }
    for (guint32 column = 0; column < n_columns; column++)
        g.of_column[column] = GAP_ASSIGN_NONE;
    for (gsize node = 0; node < nodes; node++)
        g.far[node] = INFINITY;
    return g;
}

static bool listed_twice(const Graph *g, gsize n_edges, GError **error) {
    for (gsize i = 1; i < n_edges; i++)
        if (by_row(&g->edges[i - 1], &g->edges[i]) == 0)
            return !gap_fail(error, GAP_ERROR_INPUT,
                             "pair (%u, %u) of an assignment is there twice", g->edges[i].row,
                             g->edges[i].column);
    return false;
}

static void solve(Graph *g, double enough, GapAssignment *assignment) {
    for (guint32 row = 0; row < g->n_rows; row++)
        add_row(g, row);
    *assignment = (GapAssignment){.regret = g_new(double, (gsize)g->n_rows + 1)};
    for (guint32 row = 0; row < g->n_rows; row++) {
        bool alone = g->of_row[row] < 0;
        guint32 own = alone ? g->sink : g->n_rows + (guint32)g->of_row[row];
        assignment->gain += alone ? 0 : gain_of(g, row);
        assignment->regret[row] = search(g, row, own, enough);
        forget(g);
    }
    assignment->column = g_steal_pointer(&g->of_row);
}

bool gap_assign(guint32 n_rows, guint32 n_columns, const GapAssignEdge *edges, gsize n_edges,
                double enough, GapAssignment *assignment, GError **error) {
    if (!check(n_rows, n_columns, edges, n_edges, error))
        return false;
    Graph g = graph_new(n_rows, n_columns, edges, n_edges);
    bool done = !listed_twice(&g, n_edges, error);
    if (done)
        solve(&g, enough, assignment);
    g_free(g.of_row);
    graph_clear(&g);
    return done;
}

void gap_assignment_clear(GapAssignment *assignment) {
    g_clear_pointer(&assignment->column, g_free);
    g_clear_pointer(&assignment->regret, g_free);
}
