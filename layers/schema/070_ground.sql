-- What lies around and under the areas.
CREATE TABLE scenery (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('lake', 'river', 'neighbour')),
  row INTEGER NOT NULL,
  name_en TEXT,
  name_ru TEXT,
  name_ky TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  UNIQUE (source, row)
);
SELECT AddGeometryColumn('scenery', 'geom', 4326, 'GEOMETRY', 'XY', 1);
-- Elevation in metres, EPSG:4326, north-up; cells are 32-bit floats, row by row, deflated.
CREATE TABLE terrain (
  source TEXT PRIMARY KEY REFERENCES source (id),
  cols INTEGER NOT NULL CHECK (cols > 0),
  rows INTEGER NOT NULL CHECK (rows > 0),
  west REAL NOT NULL,
  north REAL NOT NULL,
  dx REAL NOT NULL CHECK (dx > 0),
  dy REAL NOT NULL CHECK (dy > 0),
  cells BLOB NOT NULL
);
