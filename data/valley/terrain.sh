#!/bin/sh
# Makes terrain.tif of the made valley, the same bytes each time: run when its shape changes, never by users.
# usage: sh terrain.sh [FOLDER]   (another folder to write to; default: where this script lies)
# Needs awk and gdal-bin. 240 x 180 cells of 50 m in EPSG:32643, whole metres, south-west corner 420000, 4610000.
#
# Heights that can be reckoned with: both valleys rise 1 m a cell eastwards and are level across; from the main one
# to the pass it is 15 m a cell (slope 0.3) along the path, as on the way down behind it; up to Tunt-Tokoy 10 m a cell
# (0.2), up the side valley of Kuush-Say 5 m a cell (0.1). All else is for the look of it.
set -eu
export LC_ALL=C
out=$(mkdir -p "${1:-$(dirname "$0")}" && cd "${1:-$(dirname "$0")}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk 'function clamp(x, a, b) { return x < a ? a : x > b ? b : x }
     function off(x) { return x < 0 ? -x : x }
     # 0 up to x = a, 1 from x = b, smooth between.
     function away(x, a, b) { x = clamp((x - a) / (b - a), 0, 1); return x * x * (3 - 2 * x) }
     # Spurs and gullies, 0 to 1.
     function spurs(c, r,   x) {
         x = (c + 5 * sin(r / 13) + 4 * sin(c / 23 + r / 31)) / 27
         x -= int(x)
         return 1 - off(2 * x - 1)
     }
     function waves(c, r) { return 2 + sin(c / 9.3 + r / 12) + sin(c / 21.1 - r / 15 + 2) }
     # Column c from the west and row r from the south, both from 0; the centre of a cell is at 50 c + 25, 50 r + 25.
     function height(c, r,   z, free, rise, bent) {
         z = 2300 + c
         free = away(off(c - 160), 3, 30) # of the path
         if (r > 60) { # the ridge: up from row 80 to row 120, down to row 140, up again beyond row 158
             bent = r + free * (5 * sin(c / 11) + 3 * sin(c / 4.7 + 1)) * clamp((132 - off(r - 110)) / 100, 0, 1)
             rise = clamp((bent - 80) / 40, 0, 1) - clamp((bent - 120) / 40, 0, 0.5)
             z += 600 * rise
             z += free * (bent < 120 ? rise : clamp((rise - 0.5) * 2, 0, 1)) * (off(c - 160) + 150 * spurs(c, r) + 50 * waves(c, r))
             z += away(r, 158, 176) * (110 + 60 * waves(c, r) + 90 * spurs(c + 11, r))
         }
         if (r < 36) { # the southern slope, with the side valley of column 70
             free = away(off(c - 120), 3, 20) * away(off(c - 70), 4, 20)
             rise = clamp(30 + free * (4 * sin(c / 8) + 2 * sin(c / 3.9)) - r, 0, 60)
             z += 5 * rise * (1 + away(off(c - 70), 0, 25)) + free * rise * (5 * spurs(c + 5, r) + waves(c, r))
         }
         z += away(c, 230, 241) * (60 + 25 * waves(c, r)) # the head of the valley
         return int(z + 0.5)
     }
     BEGIN {
         print "ncols 240\nnrows 180\nxllcorner 420000\nyllcorner 4610000\ncellsize 50"
         for (r = 179; r >= 0; r--)
             for (c = 0; c < 240; c++)
                 printf "%d%s", height(c, r), c < 239 ? " " : "\n"
     }' > "$work/terrain.asc"
gdal_translate -q -ot Int16 -a_srs EPSG:32643 -co COMPRESS=DEFLATE -co PREDICTOR=2 -co ZLEVEL=9 \
    "$work/terrain.asc" "$out/terrain.tif"
