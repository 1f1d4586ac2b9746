/** bench_areas make FOLDER: writes pts.csv (id,x,y) and areas.csv (id;wkt) for the peers.
 *  bench_areas time PEER.csv: finds the area of every point, from coordinates in memory to numbers
 * of areas in memory, building of the index included, five times; checks the answers by those of a
 * peer (id,area; those in none left out) and prints the seconds of the median.
 */
#include "geo/shape/area_index.h"
#include "tests/bench/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 1000000, EDGE = 500, RUNS = 5 };

static FILE *open_in(const char *folder, const char *name) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    FILE *out = fopen(path, "w");
    if (!out)
        perror(path), exit(1);
    return out;
}

static void write_area(FILE *out, int i) {
    g_autoptr(GBytes) wkb = made_area(i, EDGE);
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
    fprintf(out, "%d;POLYGON((", i);
    for (uint32_t p = 0; p < g->n_points; p++)
        fprintf(out, "%s%.6f %.6f", p ? "," : "", g->xy[2 * p], g->xy[2 * p + 1]);
    fputs("))\n", out);
}

static int make(const char *folder) {
    g_autofree double *xy = made_points(POINTS);
    FILE *points = open_in(folder, "pts.csv"), *areas = open_in(folder, "areas.csv");
    fputs("id,x,y\n", points);
    for (size_t i = 0; i < POINTS; i++)
        fprintf(points, "%zu,%.6f,%.6f\n", i, xy[2 * i], xy[2 * i + 1]);
    fputs("id;wkt\n", areas);
    for (int i = 0; i < MADE_AREAS; i++)
        write_area(areas, i);
    return fclose(points) | fclose(areas);
}

static double now_s(void) {
    return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double find(GBytes *const *wkb, const double *xy, int32_t *area, unsigned threads) {
    double seconds[RUNS];
    for (int i = 0; i < RUNS; i++) {
        const double start = now_s();
        g_autoptr(GapAreaIndex) index = gap_area_index_new(wkb, MADE_AREAS, NULL);
        const double built = now_s();
        gap_area_index_locate_many(index, xy, POINTS, area, threads);
        seconds[i] = now_s() - start;
        fprintf(stderr, "  %u threads: building %.3f s, finding %.3f s\n", threads, built - start,
                now_s() - built);
    }
    qsort(seconds, RUNS, sizeof *seconds, by_value);
    return seconds[RUNS / 2];
}

static size_t count_unlike(const char *path, const int32_t *area) {
    g_autofree int32_t *want = g_new(int32_t, POINTS);
    memset(want, -1, sizeof *want * POINTS);
    FILE *peer = fopen(path, "r");
    if (!peer)
        perror(path), exit(1);
    size_t id, unlike = 0;
    for (int at; fscanf(peer, "%zu,%d", &id, &at) == 2 && id < POINTS;)
        want[id] = at;
    fclose(peer);
    for (size_t i = 0; i < POINTS; i++)
        unlike += area[i] != want[i];
    return unlike;
}

int main(int argc, char **argv) {
    if (argc == 3 && g_str_equal(argv[1], "make"))
        return make(argv[2]);
    if (argc != 3 || !g_str_equal(argv[1], "time"))
        return 2;
    g_autofree double *xy = made_points(POINTS);
    g_autofree int32_t *area = g_new(int32_t, POINTS);
    GBytes *wkb[MADE_AREAS];
    for (int i = 0; i < MADE_AREAS; i++)
        wkb[i] = made_area(i, EDGE);
    const double one = find(wkb, xy, area, 1), all = find(wkb, xy, area, 0);
    fprintf(stderr, "  one thread %.3f s\n", one);
    printf("%.4f\n", all);
    const size_t unlike = count_unlike(argv[2], area);
    if (unlike)
        fprintf(stderr, "%zu of %d points lie elsewhere\n", unlike, POINTS);
    for (int i = 0; i < MADE_AREAS; i++)
        g_bytes_unref(wkb[i]);
    return unlike > 0;
}
