-- Settlements: where people live and names to find them by.
CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_en TEXT,
  name_ru TEXT,
  name_ky TEXT,
  kind TEXT,
  elevation_m REAL,
  people INTEGER CHECK (people >= 0),
  uncertainty_m REAL CHECK (uncertainty_m >= 0),
  citation TEXT,
  area TEXT REFERENCES area (code),    -- the municipality that covers it, set by the join
  source TEXT NOT NULL REFERENCES source (id)
);
SELECT AddGeometryColumn('place', 'geom', 4326, 'POINT', 'XY', 1);
SELECT CreateSpatialIndex('place', 'geom');
