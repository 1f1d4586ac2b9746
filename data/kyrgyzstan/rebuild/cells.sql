-- One cell per place: the ground of its province that is nearer to it than to any other place of that province.
-- Distances are those of UTM zone 43 (conformal, scale within 0.3 % over the country), so nearest there is nearest.
.bail on
SELECT InitSpatialMetaData(1) IS NOT NULL;
CREATE TABLE series (i INTEGER PRIMARY KEY);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO series SELECT i FROM n;

CREATE TABLE outline AS
SELECT json_extract(f.value, '$.properties.code') AS code,
       CastToMulti(CollectionExtract(MakeValid(SetSRID(GeomFromGeoJSON(json_extract(f.value, '$.geometry')), 4326)), 3)) AS geom
  FROM json_each(readfile('simplified/provinces_raw.json'), '$.features') AS f;

-- Osh city is cut out of Osh province. Intersection with the province also clips the disc to the country.
CREATE TABLE disc AS
SELECT SetSRID(GeomFromGeoJSON(json_extract(readfile('osh_disc.geojson'), '$.features[0].geometry')), 4326) AS geom;
INSERT INTO outline SELECT 'KG-GO', CastToMulti(CollectionExtract(Intersection(o.geom, d.geom), 3)) FROM outline AS o, disc AS d WHERE code = 'KG-O';
UPDATE outline SET geom = CastToMulti(CollectionExtract(Difference(geom, (SELECT geom FROM disc)), 3)) WHERE code = 'KG-O';

CREATE TABLE seat AS
SELECT json_extract(s.value, '$.municipality') AS code, json_extract(s.value, '$.province') AS province,
       MakePoint(CAST(json_extract(s.value, '$.lon') AS REAL), CAST(json_extract(s.value, '$.lat') AS REAL), 4326) AS geom
  FROM json_each(readfile('seats.json')) AS s;
SELECT 'outside its province: ' || s.code || ' lies in ' || coalesce((SELECT o.code FROM outline AS o WHERE Intersects(o.geom, s.geom)), 'no province')
       || ', ' || round(ST_Distance(s.geom, o.geom, 1)) || ' m off'
  FROM seat AS s JOIN outline AS o ON o.code = s.province WHERE NOT Intersects(o.geom, s.geom);

-- An extra frame of ten extents makes the outermost cells reach past the province.
CREATE TABLE diagram AS
SELECT province, VoronojDiagram(Collect(Transform(geom, 32643)), 0, 1000) AS geom
  FROM seat WHERE province NOT IN ('KG-GB', 'KG-GO') GROUP BY province;
-- Straight in UTM is not straight in degrees: a vertex every 5 km keeps the difference below a metre.
CREATE TABLE cell AS
SELECT province, Transform(Segmentize(GeometryN(geom, i), 5000), 4326) AS geom FROM diagram JOIN series ON i <= NumGeometries(geom);

CREATE TABLE municipality AS
SELECT s.code, s.province, CastToMulti(CollectionExtract(Intersection(c.geom, o.geom), 3)) AS geom
  FROM seat AS s JOIN cell AS c ON c.province = s.province AND Intersects(c.geom, s.geom) JOIN outline AS o ON o.code = s.province
UNION ALL
SELECT code || '-1', code, geom FROM outline WHERE code IN ('KG-GB', 'KG-GO');
SELECT count(*) || ' municipalities of ' || (SELECT count(*) FROM seat) || ' seats' FROM municipality;

.mode list
.separator ""
.once municipalities_raw.geojson
SELECT json_object('type', 'FeatureCollection', 'features', json_group_array(json_object('type', 'Feature',
       'properties', json_object('code', code, 'parent', province), 'geometry', json(AsGeoJSON(geom, 9)))))
  FROM (SELECT * FROM municipality ORDER BY code);
