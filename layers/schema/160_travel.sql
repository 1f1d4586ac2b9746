-- What travel time is computed over: roads, land cover, what bars the way, and where the border is
-- open. Lakes and rivers of scenery bar the way too.
CREATE TABLE road (
  id INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  class TEXT NOT NULL,
  name_en TEXT,
  name_ru TEXT,
  name_ky TEXT,
  bridge TEXT,                         -- as its source writes it: yes, viaduct, T, ...
  surface TEXT,
  seasonal TEXT,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  UNIQUE (source, row)
);
SELECT AddGeometryColumn('road', 'geom', 4326, 'GEOMETRY', 'XY', 1);
SELECT CreateSpatialIndex('road', 'geom');
CREATE TABLE landcover (
  id INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  class TEXT NOT NULL,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  UNIQUE (source, row)
);
SELECT AddGeometryColumn('landcover', 'geom', 4326, 'GEOMETRY', 'XY', 1);
SELECT CreateSpatialIndex('landcover', 'geom');
CREATE TABLE barrier (
  id INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('river', 'lake', 'cliff', 'closed_area', 'bridge')),
  name_en TEXT,
  name_ru TEXT,
  name_ky TEXT,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  UNIQUE (source, row)
);
SELECT AddGeometryColumn('barrier', 'geom', 4326, 'GEOMETRY', 'XY', 1);
-- Where the border of the country may be crossed on a road; a month range may run over the new year.
CREATE TABLE crossing (
  id INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  name_en TEXT,
  name_ru TEXT,
  name_ky TEXT,
  status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
  mode TEXT NOT NULL CHECK (mode IN ('any', 'walk', 'bicycle', 'vehicle')),
  hours TEXT,
  from_month INTEGER CHECK (from_month BETWEEN 1 AND 12),
  to_month INTEGER CHECK (to_month BETWEEN 1 AND 12),
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  UNIQUE (source, row),
  CHECK ((from_month IS NULL) = (to_month IS NULL))
);
SELECT AddGeometryColumn('crossing', 'geom', 4326, 'POINT', 'XY', 1);
