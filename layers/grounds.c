#include "layers/grounds.h"

#include "geo/base/error.h"

#include "geo/stats/stats.h"

#include <math.h>

#define MOST_DEPTH       4   // levels; a bound keeps a hostile store from leading us in a circle
#define MOST_OFF         0.2 // of the whole, where every part has a figure
#define MOST_CROWDED     2   // times the density of towns, where some have none
#define MOST_NAMES_SHOWN 5

static const GapStatement AREAS = {
    "grounds.areas", "SELECT code, parent, coalesce(name_en, name_ky, name_ru, code), area_km2"
                     " FROM area a WHERE" GAP_AREA_VALID("a", "?1") " ORDER BY code"};
static const GapStatement FIGURES = {"grounds.figures",
                                     "SELECT area, year, people FROM people ORDER BY area, year"};

enum { CODE, PARENT, NAME, KM2 };
static const GapColumnSpec AREA_COLUMNS[] = {{"code", GAP_TYPE_TEXT},
                                             {"parent", GAP_TYPE_TEXT},
                                             {"name", GAP_TYPE_TEXT},
                                             {"km2", GAP_TYPE_REAL}};
static const GapColumnSpec FIGURE_COLUMNS[] = {
    {"area", GAP_TYPE_TEXT}, {"year", GAP_TYPE_INT}, {"people", GAP_TYPE_INT}};

typedef struct {
    const char *code, *parent, *name;
    double km2;
    size_t first, n;  // rows of its figures
    GPtrArray *parts; // of Area, by code
} Area;

struct GapGrounds {
    int year;
    double town_density;
    GPtrArray *notes;
    GapTable *areas, *figures;
    GHashTable *area_of;   // code to Area
    GHashTable *ground_of; // code to GapGround
};

static void area_free(gpointer data) {
    Area *area = data;
    g_ptr_array_unref(area->parts);
    g_free(area);
}

void gap_grounds_free(GapGrounds *grounds) {
    if (!grounds)
        return;
    g_hash_table_unref(grounds->ground_of);
    g_hash_table_unref(grounds->area_of);
    gap_table_free(grounds->areas);
    gap_table_free(grounds->figures);
    g_free(grounds);
}

static void link_areas(GapGrounds *grounds) {
    const GapTable *t = grounds->areas;
    for (size_t r = 0; r < gap_table_rows(t); r++) {
        Area *area = g_new0(Area, 1);
        *area = (Area){gap_table_text(t, r, CODE), gap_table_text(t, r, PARENT),
                       gap_table_text(t, r, NAME), gap_table_real(t, r, KM2)};
        area->parts = g_ptr_array_new();
        g_hash_table_insert(grounds->area_of, (gpointer)area->code, area);
    }
    for (size_t r = 0; r < gap_table_rows(t); r++) {
        Area *area = g_hash_table_lookup(grounds->area_of, gap_table_text(t, r, CODE));
        Area *above = area->parent ? g_hash_table_lookup(grounds->area_of, area->parent) : NULL;
        if (above)
            g_ptr_array_add(above->parts, area);
    }
    for (size_t r = 0; r < gap_table_rows(grounds->figures); r++) {
        Area *area = g_hash_table_lookup(grounds->area_of, gap_table_text(grounds->figures, r, 0));
        if (area && area->n++ == 0)
            area->first = r;
    }
}

GapGrounds *gap_grounds_new(GapStore *store, const char *day, int year, double town_density,
                            GPtrArray *notes, GError **error) {
    g_autoptr(GapGrounds) grounds = g_new0(GapGrounds, 1);
    grounds->year = year;
    grounds->town_density = town_density;
    grounds->notes = notes;
    grounds->area_of = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, area_free);
    grounds->ground_of = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    grounds->areas = gap_store_table(store, &AREAS, "areas", AREA_COLUMNS,
                                     G_N_ELEMENTS(AREA_COLUMNS), error, "s", day);
    grounds->figures = grounds->areas ? gap_store_table(store, &FIGURES, "people", FIGURE_COLUMNS,
                                                        G_N_ELEMENTS(FIGURE_COLUMNS), error, "")
                                      : NULL;
    if (!grounds->figures)
        return NULL;
    link_areas(grounds);
    return g_steal_pointer(&grounds);
}

static int year_at(const GapGrounds *grounds, const Area *area, size_t i) {
    return (int)gap_table_int(grounds->figures, area->first + i, 1);
}

static double people_at(const GapGrounds *grounds, const Area *area, size_t i) {
    return gap_table_real(grounds->figures, area->first + i, 2);
}

/* The figure nearest to the year, of two equally near ones the later. */
static size_t nearest_figure(const GapGrounds *grounds, const Area *area) {
    size_t best = 0;
    for (size_t i = 1; i < area->n; i++)
        if (abs(year_at(grounds, area, i) - grounds->year) <=
            abs(year_at(grounds, area, best) - grounds->year))
            best = i;
    return best;
}

/* People of an area in a year: its figure, on the line between two, or the nearest. */
static double people_in(const GapGrounds *grounds, const Area *area, int year) {
    size_t i = 0;
    while (i < area->n && year_at(grounds, area, i) < year)
        i++;
    if (i == 0 || i == area->n)
        return people_at(grounds, area, i == 0 ? 0 : i - 1);
    const double y0 = year_at(grounds, area, i - 1), y1 = year_at(grounds, area, i);
    const double p0 = people_at(grounds, area, i - 1), p1 = people_at(grounds, area, i);
    return p0 + (p1 - p0) * (year - y0) / (y1 - y0);
}

/* The parts of an area as figures see them. */
typedef struct {
    const Area *area;
    double total;
    GPtrArray *figured, *others; // of Area
    GArray *people;              // double, of `figured`, in the year of the total
    double sum, others_km2;
    int first_year, last_year;
} Parts;

static void clear_parts(Parts *parts) {
    g_ptr_array_unref(parts->figured);
    g_ptr_array_unref(parts->others);
    g_array_unref(parts->people);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parts, clear_parts)

static Parts parts_of(const GapGrounds *grounds, const Area *area, double total) {
    Parts parts = {.area = area,
                   .total = total,
                   .figured = g_ptr_array_new(),
                   .others = g_ptr_array_new(),
                   .people = g_array_new(FALSE, FALSE, sizeof(double)),
                   .first_year = G_MAXINT};
    for (guint i = 0; i < area->parts->len; i++) {
        Area *part = g_ptr_array_index(area->parts, i);
        if (part->n == 0) {
            g_ptr_array_add(parts.others, part);
            parts.others_km2 += part->km2 > 0 ? part->km2 : 0;
            continue;
        }
        const size_t f = nearest_figure(grounds, part);
        const int year = year_at(grounds, part, f);
        const double then = people_in(grounds, area, year);
        const double people = then > 0 ? people_at(grounds, part, f) * total / then : 0;
        g_ptr_array_add(parts.figured, part);
        g_array_append_val(parts.people, people);
        parts.sum += people;
        parts.first_year = MIN(parts.first_year, year);
        parts.last_year = MAX(parts.last_year, year);
    }
    return parts;
}

static char *names_of(const GPtrArray *areas) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < MIN(areas->len, MOST_NAMES_SHOWN); i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "",
                               ((const Area *)g_ptr_array_index(areas, i))->name);
    if (areas->len > MOST_NAMES_SHOWN)
        g_string_append_printf(out, " and %u more", areas->len - MOST_NAMES_SHOWN);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Why the figures contradict each other, or NULL where they do not. */
static char *contradiction(const GapGrounds *grounds, const Parts *parts) {
    const double left = parts->total - parts->sum;
    if (parts->others->len == 0)
        return fabs(left) <= MOST_OFF * parts->total
                   ? NULL
                   : g_strdup_printf("all its parts have one, and they add up to %.0f", parts->sum);
    g_autofree char *others = names_of(parts->others);
    if (left < 0)
        return g_strdup_printf("they add up to %.0f, which leaves nobody for %s", parts->sum,
                               others);
    if (left <= MOST_CROWDED * grounds->town_density * parts->others_km2)
        return NULL;
    return g_strdup_printf("they leave %.0f for %s, %.0f km2: %.0f a km2, more than %d times the "
                           "density of towns",
                           left, others, parts->others_km2, left / parts->others_km2, MOST_CROWDED);
}

static void tell(GapGrounds *grounds, const Parts *parts, const char *against) {
    const Area *area = parts->area;
    g_autofree char *figured = names_of(parts->figured);
    g_autofree char *years = parts->first_year == parts->last_year
                                 ? g_strdup_printf("%d", parts->first_year)
                                 : g_strdup_printf("%d to %d", parts->first_year, parts->last_year);
    if (against)
        gap_note(
            grounds->notes,
            "%s (%s) has %.0f people; the figures of its parts (%s; %s, brought to the same year) "
            "contradict that and are left out: %s",
            area->name, area->code, parts->total, years, figured, against);
    else
        gap_note(
            grounds->notes,
            "%s (%s) has %.0f people: %.0f by figures of %u of its %u parts (%s, brought to the "
            "same year%s), %.0f on the rest",
            area->name, area->code, parts->total, parts->others->len ? parts->sum : parts->total,
            parts->figured->len, area->parts->len, years,
            parts->others->len ? "" : " and scaled to the whole",
            parts->others->len ? parts->total - parts->sum : 0);
}

static void divide(GapGrounds *grounds, const Area *area, gint64 people, int depth,
                   GPtrArray *made) {
    GapGround *ground = g_new0(GapGround, 1);
    *ground = (GapGround){area->code, area->name, people, depth > 0};
    g_hash_table_insert(grounds->ground_of, (gpointer)area->code, ground);
    g_ptr_array_add(made, ground);
    g_auto(Parts) parts = parts_of(grounds, area, (double)people);
    if (parts.figured->len == 0 || people == 0 || depth == MOST_DEPTH)
        return;
    g_autofree char *against = contradiction(grounds, &parts);
    tell(grounds, &parts, against);
    if (against)
        return;
    const guint n = parts.figured->len;
    if (parts.others->len == 0)
        gap_stats_scale((double *)(void *)parts.people->data, n, parts.total);
    else {
        const double rest = parts.total - parts.sum;
        g_array_append_val(parts.people, rest);
    }
    g_autofree gint64 *whole = g_new(gint64, n + 1);
    gap_stats_round((const double *)(const void *)parts.people->data, parts.people->len, whole);
    for (guint i = 0; i < n; i++) {
        ground->people -= whole[i];
        divide(grounds, g_ptr_array_index(parts.figured, i), whole[i], depth + 1, made);
    }
}

GPtrArray *gap_grounds_divide(GapGrounds *grounds, const char *province, gint64 people) {
    GPtrArray *made = g_ptr_array_new();
    const Area *area = g_hash_table_lookup(grounds->area_of, province);
    if (area)
        divide(grounds, area, people, 0, made);
    return made;
}

const GapGround *gap_grounds_of(const GapGrounds *grounds, const char *code) {
    for (int depth = 0; code && depth <= MOST_DEPTH; depth++) {
        const GapGround *ground = g_hash_table_lookup(grounds->ground_of, code);
        const Area *area = g_hash_table_lookup(grounds->area_of, code);
        if (ground)
            return ground;
        code = area ? area->parent : NULL;
    }
    return NULL;
}
