-- What must hold of the outlines. Every row printed is a fault; run in the folder that holds odbl/.
.bail on
.once /dev/null
SELECT InitSpatialMetaData(1);
CREATE TABLE series (i INTEGER PRIMARY KEY);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO series SELECT i FROM n;
CREATE TABLE shape (file TEXT, code TEXT, parent TEXT, place TEXT, geom BLOB);
INSERT INTO shape
SELECT replace(name, 'odbl/', ''), coalesce(json_extract(f.value, '$.properties.code'), replace(name, 'odbl/', '') || ' ' || f.key), json_extract(f.value, '$.properties.parent'),
       json_extract(f.value, '$.properties.place'), SetSRID(GeomFromGeoJSON(json_extract(f.value, '$.geometry')), 4326)
  FROM (SELECT column1 AS name FROM (VALUES ('odbl/provinces'), ('odbl/municipalities'), ('odbl/neighbours'), ('odbl/lakes'), ('rivers'))),
       json_each(readfile(name || '.geojson'), '$.features') AS f;

SELECT 'invalid: ' || code || ': ' || coalesce(IsValidReason(geom), 'no geometry') FROM shape WHERE IsValid(geom) IS NOT 1;
SELECT file || ': ' || count(*) || ' features' FROM shape GROUP BY file
HAVING count(*) <> CASE file WHEN 'provinces' THEN 9 WHEN 'neighbours' THEN 4 WHEN 'rivers' THEN 1 WHEN 'lakes' THEN 61 ELSE count(*) END;

-- Nothing overlaps within a level, nor a province a neighbour by more than the width of rounding.
SELECT 'overlap: ' || a.code || ' and ' || b.code || ', ' || Area(Intersection(a.geom, b.geom), 1) || ' m2'
  FROM shape AS a JOIN shape AS b ON a.code < b.code AND a.file = b.file AND a.file IN ('provinces', 'municipalities', 'neighbours')
 WHERE Intersects(a.geom, b.geom) AND Area(Intersection(a.geom, b.geom)) > 1e-12;
SELECT 'overlap: ' || a.code || ' and ' || b.code || ', ' || Area(Intersection(a.geom, b.geom), 1) || ' m2'
  FROM shape AS a JOIN shape AS b ON a.file = 'provinces' AND b.file = 'neighbours'
 WHERE Intersects(a.geom, b.geom) AND Area(Intersection(a.geom, b.geom)) > 1e-6;

-- The cells fill their province, and the provinces leave no gap but the five enclaves, which belong to UZ and TJ.
SELECT 'not filled: ' || p.code || ', ' || (Area(p.geom) - sum(Area(m.geom))) || ' square degrees'
  FROM shape AS p JOIN shape AS m ON m.parent = p.code AND m.file = 'municipalities' WHERE p.file = 'provinces'
 GROUP BY p.code HAVING abs(Area(p.geom) - sum(Area(m.geom))) > 1e-12;
CREATE TABLE country AS SELECT GUnion(geom) AS geom FROM shape WHERE file = 'provinces';
CREATE TABLE enclave AS
SELECT BuildArea(InteriorRingN(GeometryN(geom, p.i), r.i)) AS geom FROM country JOIN series AS p ON p.i <= NumGeometries(geom)
  JOIN series AS r ON r.i <= NumInteriorRings(GeometryN(geom, p.i));
SELECT 'enclaves: ' || count(*) || ', 5 expected' FROM enclave HAVING count(*) <> 5;
SELECT 'enclave of nobody at ' || AsText(Centroid(geom)) FROM enclave AS e
 WHERE NOT EXISTS (SELECT 1 FROM shape AS n WHERE n.code IN ('UZ', 'TJ') AND Area(Intersection(n.geom, e.geom)) > 0.99 * Area(e.geom));

-- A lake lies in the country, but the one on its border; a seat lies in its own cell.
SELECT 'outside the country: ' || code FROM shape, country WHERE file = 'lakes' AND code <> 'lakes 5' AND Area(Difference(shape.geom, country.geom)) > 0.2 * Area(shape.geom);
SELECT 'seat outside its cell: ' || code
  FROM shape JOIN (SELECT json_extract(f.value, '$.properties.code') AS c, MakePoint(json_extract(f.value, '$.properties.seat_lon'),
       json_extract(f.value, '$.properties.seat_lat'), 4326) AS seat FROM json_each(readfile('odbl/municipalities.geojson'), '$.features') AS f)
    ON c = code WHERE file = 'municipalities' AND NOT Intersects(shape.geom, seat);

-- Every place lies in the province it names, every police point in a municipality.
.import --csv places.csv place
.import --csv police_points.csv police
SELECT 'place outside ' || province || ': ' || p.code FROM place AS p JOIN shape AS s ON s.code = p.province
 WHERE NOT Intersects(s.geom, MakePoint(CAST(lon AS REAL), CAST(lat AS REAL), 4326));
SELECT 'police point outside the country: ' || code FROM police, country
 WHERE NOT Intersects(country.geom, MakePoint(CAST(lon AS REAL), CAST(lat AS REAL), 4326));
