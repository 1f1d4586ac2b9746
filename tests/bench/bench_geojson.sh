# Reading GeoJSON: memory does not grow with the file. Polygons of 64 corners, 100 MB and 1 GB of
# them, loaded as a layer; the peak of the second may be at most 1.2 times that of the first.
set -eu
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers takes memory by nature"; exit 77; }
[ "$(df -Pm . | awk 'NR == 2 { print $4 }')" -gt 4000 ] || { echo "SKIPPED: needs 4 GB here"; exit 77; }
cat > once.c <<'END'
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv) {
    struct rusage usage;
    int status;
    const pid_t child = argc > 1 ? fork() : -1;
    if (child == 0)
        _exit((execvp(argv[1], argv + 1), 127));
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0)
        return 1;
    printf("%ld MiB at most, %ld s of processor time\n", usage.ru_maxrss / 1024,
           (long)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec));
    return 0;
}
END
${CC:-cc} -O2 -o once once.c

make() { # MEGABYTES FILE
    awk -v bytes="$1e6" 'BEGIN {
        pi = atan2(0, -1)
        for (k = 0; k <= 64; k++) {
            c[k] = .01 * cos(k % 64 * pi / 32)
            s[k] = .01 * sin(k % 64 * pi / 32)
        }
        printf "{\"type\":\"FeatureCollection\",\"features\":["
        for (n = 0; written < bytes; n++) {
            lon = 70 + n % 797 / 100
            lat = 40 + n % 293 / 100
            row = sprintf("%s\n{\"type\":\"Feature\",\"properties\":{\"name_en\":\"Lake %d\"}," \
                          "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[", n ? "," : "", n)
            for (k = 0; k <= 64; k++)
                row = row sprintf("%s[%.7f,%.7f]", k ? "," : "", lon + c[k], lat + s[k])
            row = row "]]}}"
            printf "%s", row
            written += length(row)
        }
        print "]}"
    }' > "$2"
}

for size in 100 1000; do
    make $size lakes.geojson
    rm -f t.gapmap
    ./once "$GAPMAP" load lakes lakes.geojson --store t.gapmap --quiet > $size.txt
    rm lakes.geojson
    echo "$size MB of GeoJSON: $(cat $size.txt)"
done
awk '{ peak[NR] = $1 } END {
    met = peak[2] <= 1.2 * peak[1]
    printf "peak of the second over that of the first: %.2f (goal 1.2): %s\n", peak[2] / peak[1],
           met ? "met" : "MISSED"
    exit !met
}' 100.txt 1000.txt
