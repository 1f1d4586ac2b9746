# Tables as offices send them: taken without hand cleaning, what was done is said, nothing is lost.
set -eu
fail() { echo "$*"; exit 1; }
store=t.gapmap
odbl=$GAP_SOURCE/data/kyrgyzstan/odbl
"$GAPMAP" load boundaries "$odbl/provinces.geojson" --store "$store" \
    --country 'KG; Кыргыз Республикасы; Кыргызская Республика; Kyrgyz Republic' > /dev/null
sql() { sqlite3 "$store" "$1"; }
# load LAYER FILE CODE [OPTION...]: what it said is in `said`, warnings in `warned`.
load() {
    layer=$1 file=$2 want=$3
    shift 3
    code=0
    "$GAPMAP" load "$layer" "$file" --name test --store "$store" "$@" > said 2> warned || code=$?
    [ "$code" = "$want" ] || fail "$file: ended with $code, not $want: $(cat said warned)"
}
says() { grep -qF -- "$1" said || fail "$file: does not say '$1': $(cat said)"; }
warns() { grep -qF -- "$1" warned || fail "$file: does not warn '$1': $(cat warned)"; }
holds() { # holds SQL ANSWER
    got=$(sql "$1")
    [ "$got" = "$2" ] || fail "$file: $1 is '$got', not '$2': $(cat said warned)"
}

# ---- an export of a statistics office: CP1251, sep=, title lines, Russian headings, spaces as
# thousands, a dash for what is not known, totals and a footnote
cat > ru.csv << 'END'
sep=;
Сведения о зарегистрированных преступлениях;;;
;;;
Область;Год;Число преступлений;Основание
Чуйская область;2001;3 456;published
Ошская область;2001;1 234,0;published
Нарынская область;2001;-;published
Итого;;4 690;
* По данным МВД;;;
END
iconv -f UTF-8 -t CP1251 ru.csv > cp1251.csv
iconv -f UTF-8 -t KOI8-R ru.csv > koi8.csv
for pair in cp1251=CP1251 koi8=KOI8-R ru=; do
    load crime "${pair%=*}.csv" 3 --set offence=all_registered
    holds "SELECT group_concat(area || ' ' || count, ', ') FROM
           (SELECT * FROM crime WHERE year = 2001 ORDER BY area)" 'KG-C 3456, KG-O 1234'
    warns 'row 3, field count'
    says 'Итого'
    says 'По данным МВД'
    says '--columns'
    [ -z "${pair#*=}" ] || says "${pair#*=}"
    holds "SELECT rows_read || ' ' || rows_kept || ' ' || rows_refused || ' ' || rows_left_out
           FROM source WHERE id = 'crime/test'" '5 2 1 2'
done

# ---- Kyrgyz, a workbook, a column a year under a heading that spans them
cat > wide.csv << 'END'
Аймак,Калктын саны,,
,2001,2002,2003
Чүй облусу,700 100,710 200,…
Талас облусу,200 000,201 000,202 000
Бардыгы,900 100,911 200,202 000
END
sed -e 1d -e 's/^,/Аймак,/' wide.csv > flat.csv
for format in xlsx=XLSX ods=ODS; do
    ogr2ogr -f "${format#*=}" "wide.${format%=*}" flat.csv -oo HEADERS=YES > /dev/null
done
for file in wide.csv wide.xlsx wide.ods; do
    load people "$file" 0 --set basis=published
    holds "SELECT group_concat(area || ' ' || year || ' ' || people, ', ') FROM
           (SELECT * FROM people ORDER BY area, year)" \
        'KG-C 2001 700100, KG-C 2002 710200, KG-T 2001 200000, KG-T 2002 201000, KG-T 2003 202000'
done

# ---- coordinates in every dress
points() { # points HEADING VALUE...: one point each, all in Bishkek or near
    printf 'code;kind;status;precision;%s\n' "$1" > p.csv
    shift
    n=0
    for value; do
        n=$((n + 1))
        printf 'P%s;station;open;exact;%s\n' "$n" "$value" >> p.csv
    done
    load police_points p.csv 0
    "$GAPMAP" export police_points -o points.csv --store "$store" > /dev/null
    got=$(sqlite3 -csv :memory: '.import points.csv p' "SELECT count(*) FROM p
        WHERE abs(lon - 74.59) < 0.006 AND abs(lat - 42.87) < 0.006")
    [ "$got" = "$n" ] || fail "$got of $n points are where they should be: $(cat p.csv points.csv)"
}
points 'lat;lon' '42.87;74.59' '42,87;74,59' '4.287E1;7.459E1'
points 'Широта;Долгота' '42,8700;74,5900'
points 'Кеңдик;Узундук' '42.87;74.59'
points 'X;Y' '74.59;42.87'
points 'Координаты' '42.87, 74.59' '42°52'"'"'12"N 74°35'"'"'24"E' '42,87 74,59'
points 'WKT' 'POINT(74.59 42.87)'
