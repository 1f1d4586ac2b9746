#include "styles/dots/dots.h"

#include "geo/base/error.h"
#include "geo/shape/area_index.h"
#include "geo/shape/hilbert.h"

#include <math.h>

enum { TRIES = 40 };
static const double degree_m = 111320, town_per_m2 = 2500e-6; // as demand is placed

/** A row of the demand. */
typedef struct {
    const char *area, *province;
    gint64 covered;
    uint32_t place; /**< along the Hilbert curve */
    uint32_t number;
    double people, lon, lat;
} Home;

typedef struct {
    GHashTable *rows; /**< code of an area to its row + 1 */
    GapAreaIndex *areas, *lakes;
    double cell_m; /**< of a lattice; 0: rows are settlements */
    GapTable *dots;
} Ground;

static GapAreaIndex *index_of(const GapTable *table, GError **error) {
    g_autoptr(GPtrArray) shapes = g_ptr_array_new();
    for (size_t row = 0; table && row < gap_table_rows(table); row++)
        g_ptr_array_add(shapes, gap_table_geometry(table, row));
    return gap_area_index_new((GBytes *const *)shapes->pdata, shapes->len, error);
}

static const char *text_of(const GapTable *table, size_t row, const char *column) {
    int at = table ? gap_table_find(table, column) : -1;
    return at < 0 ? NULL : gap_table_text(table, row, (size_t)at);
}

static GHashTable *rows_by_code(const GapTable *areas) {
    GHashTable *rows = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t row = 0; areas && row < gap_table_rows(areas); row++) {
        const char *code = text_of(areas, row, "code");
        if (code)
            g_hash_table_insert(rows, (gpointer)code, GSIZE_TO_POINTER(row + 1));
    }
    return rows;
}

/* ---- who lives where ---- */

/** Rows with people, a place and a known reach; without areas all are of one province. */
static GArray *homes_of(const GapDotsGround *g, GHashTable *rows) {
    GArray *homes = g_array_new(FALSE, FALSE, sizeof(Home));
    int people = gap_table_find(g->demand, "people"),
        covered = gap_table_find(g->demand, "covered");
    for (size_t row = 0; people >= 0 && covered >= 0 && row < gap_table_rows(g->demand); row++) {
        Home h = {text_of(g->demand, row, "area"), .number = (uint32_t)row};
        GBytes *wkb = gap_table_geometry(g->demand, row);
        h.people = gap_table_real(g->demand, row, (size_t)people);
        if (!(h.people > 0) || gap_table_is_null(g->demand, row, (size_t)covered) || !wkb ||
            !gap_wkb_read_point(wkb, &h.lon, &h.lat))
            continue;
        size_t at = h.area ? GPOINTER_TO_SIZE(g_hash_table_lookup(rows, h.area)) : 0;
        h.province = at ? text_of(g->areas, at - 1, "province") : h.area;
        h.covered = gap_table_real(g->demand, row, (size_t)covered) > 0;
        g_array_append_val(homes, h);
    }
    return homes;
}

static gint by_group_and_place(gconstpointer a, gconstpointer b) {
    const Home *p = a, *q = b;
    int province = g_strcmp0(p->province, q->province);
    if (province || p->covered != q->covered)
        return province ? province : p->covered < q->covered ? -1 : 1;
    if (p->place != q->place)
        return p->place < q->place ? -1 : 1;
    return p->number < q->number ? -1 : 1;
}

static void order_homes(GArray *homes) {
    GapBox box = GAP_BOX_EMPTY;
    for (guint i = 0; i < homes->len; i++) {
        const Home *h = &g_array_index(homes, Home, i);
        gap_box_add(&box, (GapBox){h->lon, h->lat, h->lon, h->lat});
    }
    for (guint i = 0; i < homes->len; i++) {
        Home *h = &g_array_index(homes, Home, i);
        h->place = gap_hilbert(&box, h->lon, h->lat);
    }
    g_array_sort(homes, by_group_and_place);
}

static double degrees_east(double metres, double lat) {
    return metres / degree_m / fmax(cos(lat * G_PI / 180), 0.01);
}

static gint by_size(gconstpointer a, gconstpointer b) {
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/** How wide the cells are, where rows stand on a lattice: the median step between neighbours on the
 *  curve, which half of all steps are like. */
static double cell_of(const GArray *homes) {
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 1; i < homes->len; i++) {
        const Home *p = &g_array_index(homes, Home, i - 1), *q = p + 1;
        double step =
            hypot((q->lon - p->lon) / degrees_east(1, q->lat), (q->lat - p->lat) * degree_m);
        g_array_append_val(steps, step);
    }
    g_array_sort(steps, by_size);
    double median = steps->len ? g_array_index(steps, double, steps->len / 2) : 0;
    guint like = 0;
    for (guint i = 0; i < steps->len; i++)
        like += fabs(g_array_index(steps, double, i) - median) <= 0.05 * median;
    return 2 * like >= steps->len ? median : 0;
}

/* ---- dots ---- */

/** A fraction that looks as if drawn by lot: S. Vigna, splitmix64, 2015. */
static double fraction_of(guint64 number) {
    guint64 z = (number + 1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

/** Whether a point lies on dry ground of the row's own area, as far as that is known. */
static bool is_home(const Ground *g, const Home *h, double lon, double lat) {
    size_t own = h->area ? GPOINTER_TO_SIZE(g_hash_table_lookup(g->rows, h->area)) : 0;
    return gap_area_index_locate(g->lakes, lon, lat) < 0 &&
           (!own || gap_area_index_locate(g->areas, lon, lat) == (gssize)own - 1);
}

/** A dot on the next good point of the row's sequence, else on the row's own place; `*turn` counts
 *  the points that were used. */
static void add_dot(const Ground *g, const Home *h, unsigned *turn, double people) {
    static const double east = 0.7548776662466927, north = 0.5698402909980532;
    double from_x = fraction_of(2 * (guint64)h->number), lon = h->lon, lat = h->lat;
    double from_y = fraction_of(2 * (guint64)h->number + 1), whole;
    double side = g->cell_m > 0 ? g->cell_m : 2 * sqrt(h->people / town_per_m2 / G_PI);
    for (unsigned end = *turn + TRIES; *turn < end; ++*turn) {
        double x = (modf(from_x + *turn * east, &whole) - 0.5) * side;
        double y = (modf(from_y + *turn * north, &whole) - 0.5) * side;
        double at_lon = h->lon + degrees_east(x, h->lat), at_lat = h->lat + y / degree_m;
        bool inside = g->cell_m > 0 || hypot(x, y) <= side / 2; // settlements are round
        if (inside && is_home(g, h, at_lon, at_lat)) {
            lon = at_lon;
            lat = at_lat;
            ++*turn;
            break;
        }
    }
    size_t row = gap_table_add_row(g->dots);
    g_autoptr(GBytes) wkb = gap_wkb_point(lon, lat);
    gap_table_set_geometry(g->dots, row, wkb);
    gap_table_set_real(g->dots, row, 0, people);
    gap_table_set_int(g->dots, row, 1, h->covered);
    gap_table_set_text(g->dots, row, 2, h->covered ? "within" : "beyond");
    gap_table_set_text(g->dots, row, 3, h->area);
    gap_table_set_text(g->dots, row, 4, h->province);
}

/** Dots of the `n` homes of one group. */
static void add_group(const Ground *g, const Home *homes, size_t n, double people) {
    double all = 0, before = 0;
    for (size_t i = 0; i < n; i++)
        all += homes[i].people;
    double dots = round(all / people), step = all / dots, next = step / 2;
    for (size_t i = 0; i < n && dots > 0; before += homes[i++].people) {
        unsigned turn = 0;
        for (; next < before + homes[i].people; next += step)
            add_dot(g, &homes[i], &turn, people);
    }
}

static void add_groups(const Ground *g, const GArray *homes, double people) {
    const Home *h = (const Home *)(const void *)homes->data;
    for (size_t from = 0, to; from < homes->len; from = to) {
        for (to = from + 1; to < homes->len && h[to].covered == h[from].covered &&
                            g_strcmp0(h[to].province, h[from].province) == 0;)
            to++;
        add_group(g, h + from, to - from, people);
    }
}

static GapTable *dots_new(void) {
    static const GapColumnSpec columns[] = {{"people", GAP_TYPE_REAL, "people", NULL},
                                            {"covered", GAP_TYPE_INT, "0/1", NULL},
                                            {"reach", GAP_TYPE_TEXT, NULL, NULL},
                                            {"area", GAP_TYPE_TEXT, NULL, NULL},
                                            {"province", GAP_TYPE_TEXT, NULL, NULL}};
    GapTable *dots = gap_table_new("dots");
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        gap_table_add_column(dots, &columns[i]);
    return dots;
}

double gap_dots_people(const GapTable *demand) {
    static const double least[] = {1, 2, 5};
    int at = gap_table_find(demand, "people");
    double all = 0;
    for (size_t row = 0; at >= 0 && row < gap_table_rows(demand); row++)
        all += fmax(gap_table_real(demand, row, (size_t)at), 0);
    for (double ten = 10; isfinite(ten); ten *= 10)
        for (size_t i = 0; i < G_N_ELEMENTS(least); i++)
            if (all / (least[i] * ten) <= GAP_DOTS_MAX)
                return least[i] * ten;
    return 10;
}

GapTable *gap_dots_table(const GapDotsGround *ground, double people, GError **error) {
    g_autoptr(GapAreaIndex) areas = index_of(ground->areas, error);
    g_autoptr(GapAreaIndex) lakes = areas ? index_of(ground->lakes, error) : NULL;
    if (!lakes)
        return NULL;
    g_autoptr(GHashTable) rows = rows_by_code(ground->areas);
    g_autoptr(GArray) homes = homes_of(ground, rows);
    order_homes(homes);
    Ground g = {rows, areas, lakes, cell_of(homes), dots_new()};
    add_groups(&g, homes, people);
    return g.dots;
}
