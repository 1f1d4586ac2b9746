-- Who must be reached. People of an area that no point carries are its `unplaced` row, so that
-- totals always add up to the official figure.
CREATE TABLE demand_model (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  people_year INTEGER NOT NULL,
  parameters TEXT NOT NULL,            -- as text that a person can read
  notes TEXT,
  made_from TEXT NOT NULL
);
CREATE TABLE demand_total (
  province TEXT PRIMARY KEY REFERENCES area (code),
  year INTEGER NOT NULL,               -- the vintage used, which may not be the one asked for
  people INTEGER NOT NULL CHECK (people >= 0)
);
CREATE TABLE demand (
  id INTEGER PRIMARY KEY,
  area TEXT NOT NULL REFERENCES area (code),
  people INTEGER NOT NULL CHECK (people > 0),
  basis TEXT NOT NULL CHECK (basis IN ('own', 'shared', 'modelled', 'unplaced'))
);
SELECT AddGeometryColumn('demand', 'geom', 4326, 'POINT', 'XY');
CREATE INDEX demand_area ON demand (area);
