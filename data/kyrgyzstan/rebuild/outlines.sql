-- Country outline from OpenStreetMap, inner lines from Natural Earth, lakes and neighbours, all still unsimplified.
-- Run by sqlite3 with mod_spatialite inside the work folder; GEOS does the overlays, because the source rings are
-- invalid and mapshaper's own erase would keep them so.
.bail on
SELECT InitSpatialMetaData(1) IS NOT NULL;

CREATE TABLE series (i INTEGER PRIMARY KEY);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO series SELECT i FROM n;

CREATE TABLE source_country AS
SELECT json_extract(f.value, '$.properties.code') AS code,
       CastToMulti(CollectionExtract(MakeValid(SetSRID(GeomFromGeoJSON(json_extract(f.value, '$.geometry')), 4326)), 3)) AS geom
  FROM json_each(readfile('countries.geojson'), '$.features') AS f;

CREATE TABLE polygon AS
SELECT code, i AS part, GeometryN(geom, i) AS geom FROM source_country JOIN series ON i <= NumGeometries(geom);

-- The source is land: its holes are lakes, which we keep as features of their own and fill. Foreign enclaves are no
-- holes in it; there the two countries overlap.
CREATE TABLE lake AS
SELECT BuildArea(InteriorRingN(geom, i)) AS geom FROM polygon JOIN series ON i <= NumInteriorRings(geom) WHERE code = 'KG';

CREATE TABLE whole AS SELECT code, part, BuildArea(ExteriorRing(geom)) AS geom, 0.0 AS km2 FROM polygon;
UPDATE whole SET km2 = Area(geom, 1) / 1e6;

-- Where two countries overlap the smaller polygon wins: that cuts the five enclaves out of ours and leaves us Barak,
-- which lies in Uzbekistan. Along the Chinese border, where nothing lies inside anything, ours wins.
CREATE TABLE owned AS
SELECT a.code, a.km2,
       coalesce((SELECT Difference(a.geom, GUnion(b.geom)) FROM whole AS b
                  WHERE b.code <> a.code AND b.km2 < a.km2 AND Intersects(a.geom, b.geom)), a.geom) AS geom
  FROM whole AS a;

CREATE TABLE country AS
SELECT code, CastToMulti(CollectionExtract(GUnion(geom), 3)) AS geom FROM owned WHERE geom IS NOT NULL GROUP BY code;

-- Water that lies on a border is nobody's land. Such gaps go to the neighbour that they touch most, so that no page
-- shows through, and a large one at our border (the reservoir of Andijan) is drawn as a lake. Large gaps are other countries.
CREATE TABLE open_ground AS SELECT Difference(BuildMbr(66, 37, 83, 46, 4326), GUnion(geom)) AS geom FROM country;
CREATE TABLE gap AS
SELECT i, geom, Area(geom, 1) / 1e6 AS km2
  FROM (SELECT i, GeometryN(geom, i) AS geom FROM open_ground JOIN series ON i <= NumGeometries(geom))
 WHERE Area(geom, 1) < 100e6;
CREATE TABLE gap_to AS
SELECT code, geom FROM
  (SELECT c.code, g.geom, row_number() OVER (PARTITION BY g.i ORDER BY GLength(Intersection(c.geom, g.geom)) DESC, c.code) AS place
     FROM gap AS g JOIN country AS c ON c.code <> 'KG' AND Intersects(c.geom, g.geom)) WHERE place = 1;
INSERT INTO lake SELECT g.geom FROM gap AS g, country AS c WHERE c.code = 'KG' AND g.km2 > 20 AND Intersects(c.geom, g.geom);
UPDATE country SET geom = (SELECT CastToMulti(CollectionExtract(GUnion(g.geom), 3))
    FROM (SELECT code, geom FROM country UNION ALL SELECT code, geom FROM gap_to) AS g WHERE g.code = country.code);

-- Provinces: Natural Earth's, cut to the country; what it leaves over along the border goes to the nearest province.
-- Nearest is decided by Voronoi cells of the provinces' own vertices, a vertex every kilometre or so.
CREATE TABLE drawn AS
SELECT json_extract(f.value, '$.properties.code') AS code,
       CastToMulti(CollectionExtract(MakeValid(SetSRID(GeomFromGeoJSON(json_extract(f.value, '$.geometry')), 4326)), 3)) AS geom
  FROM json_each(readfile('natural_earth.geojson'), '$.features') AS f;
CREATE TABLE kept AS
SELECT d.code, CollectionExtract(Intersection(d.geom, c.geom), 3) AS geom FROM drawn AS d, country AS c WHERE c.code = 'KG';
CREATE TABLE rest AS
SELECT Difference(geom, (SELECT GUnion(geom) FROM kept)) AS geom FROM country WHERE code = 'KG';

CREATE TABLE vertex (code TEXT);
SELECT AddGeometryColumn('vertex', 'geom', 4326, 'POINT');
INSERT INTO vertex (code, geom)
SELECT code, PointN(line, i)
  FROM (SELECT code, ExteriorRing(GeometryN(geom, 1)) AS line FROM (SELECT code, Segmentize(geom, 0.02) AS geom FROM drawn))
  JOIN series ON i < NumPoints(line);
SELECT CreateSpatialIndex('vertex', 'geom');
CREATE TABLE cells AS SELECT VoronojDiagram(Collect(geom)) AS geom FROM (SELECT geom FROM vertex GROUP BY geom);
CREATE TABLE near AS
SELECT (SELECT min(v.code) FROM vertex AS v
         WHERE v.rowid IN (SELECT rowid FROM SpatialIndex WHERE f_table_name = 'vertex' AND search_frame = c.geom)
           AND Intersects(v.geom, c.geom)) AS code, c.geom
  FROM (SELECT GeometryN(geom, i) AS geom FROM cells JOIN (SELECT i FROM series UNION ALL SELECT i + 3000 FROM series
        UNION ALL SELECT i + 6000 FROM series) ON i <= NumGeometries(geom)) AS c;
CREATE TABLE given AS
SELECT n.code, CollectionExtract(Intersection(n.geom, r.geom), 3) AS geom FROM near AS n, rest AS r WHERE Intersects(n.geom, r.geom);

CREATE TABLE province AS
SELECT code, CastToMulti(CollectionExtract(GUnion(geom), 3)) AS geom
  FROM (SELECT code, geom FROM kept UNION ALL SELECT code, geom FROM given WHERE geom IS NOT NULL) GROUP BY code;
SELECT code || ' ' || round(Area(geom, 1) / 1e6) || ' km2, ' || NumGeometries(geom) || ' parts' FROM province;
SELECT 'country ' || round(Area(geom, 1) / 1e6, 1) || ' km2, provinces ' || (SELECT round(sum(Area(geom, 1)) / 1e6, 1) FROM province) FROM country WHERE code = 'KG';

.mode list
.separator ""
.once provinces_raw.geojson
SELECT json_object('type', 'FeatureCollection', 'features', json_group_array(json_object('type', 'Feature',
       'properties', json_object('code', code), 'geometry', json(AsGeoJSON(geom, 9))))) FROM (SELECT * FROM province ORDER BY code);
.once neighbours_raw.geojson
SELECT json_object('type', 'FeatureCollection', 'features', json_group_array(json_object('type', 'Feature',
       'properties', json_object('code', code), 'geometry', json(AsGeoJSON(geom, 9)))))
  FROM (SELECT * FROM country WHERE code <> 'KG' ORDER BY code);
.once lakes_raw.geojson
SELECT json_object('type', 'FeatureCollection', 'features', json_group_array(json_object('type', 'Feature',
       'properties', json_object('area_km2', km2), 'geometry', json(AsGeoJSON(geom, 9)))))
  FROM (SELECT round(Area(geom, 1) / 1e6, 2) AS km2, geom FROM lake WHERE Area(geom, 1) > 1e6 ORDER BY km2 DESC, X(Centroid(geom)));
