# Maps of 3840 x 2160: 51 areas of 54,000 vertices with 300 named places, and 500 areas of 200 and
# of 2,000 scribbled vertices with their names, all in halos: ours against Mapnik on the same
# geometry, size and projection in this one call, turn by turn, the best of seven, which others on
# the machine disturb least (ours asks for all its processors). Drawing: from features in memory to
# pixels in memory. Whole: the process, from a file to PNG; the file is a GeoPackage here, which is
# what a store is, and GeoJSON there (a shapefile takes Mapnik as long). Goals are for a machine
# where little else runs. GAP_BENCH_AREAS=FILE.geojson (areas with `name` and `v`) is drawn too.
set -eu
goal=1.0 # times Mapnik's
[ "${GAP_SANITIZE:-0}" = 0 ] || { echo "SKIPPED: a build with sanitizers is slow by nature"; exit 77; }
bench=$GAP_BUILD/tests/bench_render
python=/usr/bin/python3 # Debian's, which has Debian's modules
cat > peer.py <<'END'
import mapnik, sys, time
areas, places, picture, times = sys.argv[1:]
names = '''<Style name="n"><Rule><TextSymbolizer face-name="DejaVu Sans Book" size="14" fill="black"
 halo-fill="white" halo-radius="2">[name]</TextSymbolizer></Rule></Style>'''
layer = '''<Layer name="%s" srs="+proj=longlat +datum=WGS84">%s<Datasource>
 <Parameter name="type">geojson</Parameter><Parameter name="file">%s</Parameter></Datasource></Layer>'''
look = '''<Rule>%s<PolygonSymbolizer fill="%s"/><LineSymbolizer stroke="#555" stroke-width="0.7"/></Rule>'''
own = places == '-'
xml = ('<Map background-color="white" srs="+proj=utm +zone=43 +datum=WGS84"><Style name="s">'
       + look % ('<Filter>[v]&lt;0.5</Filter>', '#c6dbef') + look % ('<ElseFilter/>', '#2171b5')
       + '</Style>' + names
       + layer % ('a', '<StyleName>s</StyleName>' + ('<StyleName>n</StyleName>' if own else ''), areas)
       + ('' if own else layer % ('p', '<StyleName>n</StyleName>', places)) + '</Map>')
m = mapnik.Map(3840, 2160)
mapnik.load_map_from_string(m, xml)
m.zoom_all()
image, start = mapnik.Image(3840, 2160), time.time()
mapnik.render(m, image)
drawn = time.time()
image.save(picture, 'png')
with open(times, 'a') as out:
    out.write('%.3f %.3f\n' % (drawn - start, time.time() - drawn))
END
peer=yes
$python -c 'import mapnik' 2> probe || peer=no
"$bench" make .

now() { date +%s.%N; }
# timed NAME COMMAND...: adds "whole drawing PNG" in seconds to NAME.
timed() {
    name=$1 start=$(now)
    shift
    "$@" parts 2>> said
    end=$(now)
    awk -v a="$start" -v b="$end" '{ printf "%.3f %s\n", b - a, $0 }' parts >> "$name"
    rm parts
}
# best NAME COLUMN
best() { sort -n -k "$2,$2" "$1" | awk -v c="$2" 'NR == 1 { print $c }'; }

bad=0
# compare WHAT AREAS PLACES [ENDING of ours]
compare() {
    ours=${2%.*}.${4:-gpkg} places=$3
    [ "$3" = - ] || places=${3%.*}.gpkg
    rm -f ours peers
    for i in 1 2 3 4 5 6 7; do
        timed ours "$bench" draw "$ours" "$places" "ours-$1.png"
        [ $peer = no ] || timed peers $python peer.py "$2" "$3" "peer-$1.png"
    done
    [ $peer = yes ] || cp ours peers
    for part in 'whole 1' 'drawing 2' 'PNG 3'; do
        set -- "$1" "$2" "$3" $part
        awk -v what="$1" -v part="$4" -v ours="$(best ours "$5")" -v peers="$(best peers "$5")" \
            -v goal="$goal" -v peer=$peer 'BEGIN {
                printf "%-10s %-8s ours %.3f s", what, part, ours
                if (peer == "no") { print ""; exit 0 }
                met = ours <= goal * peers
                printf ", Mapnik %.3f s: %.2f times (goal %.1f): %s\n", peers, ours / peers, goal,
                       part == "PNG" ? "no goal" : met ? "met" : "MISSED"
                exit part != "PNG" && !met
            }' || bad=1
    done
}
compare national national.geojson national_places.geojson
compare 500x200 areas200.geojson -
compare 500x2000 areas2000.geojson -
[ -z "${GAP_BENCH_AREAS:-}" ] || compare own "$GAP_BENCH_AREAS" - geojson
[ $peer = yes ] || { echo "SKIPPED: Mapnik to compare with: install python3-mapnik"; exit 77; }
exit $bad
