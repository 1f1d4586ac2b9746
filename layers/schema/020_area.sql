-- Areas, their names, and the changes of their shape over time.
CREATE TABLE area (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  level TEXT NOT NULL CHECK (level IN ('country', 'province', 'district', 'municipality')),
  parent TEXT REFERENCES area (code),
  official_code TEXT,
  name_en TEXT,
  name_ru TEXT,
  name_ky TEXT,
  boundary_quality TEXT NOT NULL
    CHECK (boundary_quality IN ('official', 'generalised', 'approximate')),
  seat_lon REAL CHECK (seat_lon BETWEEN -180 AND 180),
  seat_lat REAL CHECK (seat_lat BETWEEN -90 AND 90),
  area_km2 REAL CHECK (area_km2 > 0),
  valid_from TEXT,
  valid_to TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  CHECK ((level = 'country') = (parent IS NULL)),
  CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
SELECT AddGeometryColumn('area', 'geom', 4326, 'MULTIPOLYGON', 'XY', 1);
SELECT CreateSpatialIndex('area', 'geom');
CREATE INDEX area_parent ON area (parent);
-- The municipalities of every area above them, through districts where there are any.
CREATE VIEW member AS
  SELECT code, parent AS top FROM area WHERE level = 'municipality'
  UNION ALL SELECT a.code, d.parent FROM area a JOIN area d ON d.code = a.parent
    WHERE a.level = 'municipality' AND d.level = 'district'
  UNION ALL SELECT a.code, w.code FROM area a JOIN area w ON w.level = 'country'
    WHERE a.level = 'municipality';
CREATE TABLE area_name (
  area TEXT NOT NULL REFERENCES area (code) ON DELETE CASCADE,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  folded TEXT NOT NULL,                -- the key of exact matching
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (area, name, language)
);
CREATE INDEX area_name_folded ON area_name (folded);
