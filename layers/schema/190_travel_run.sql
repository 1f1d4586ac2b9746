-- Runs by travel time: limits in minutes, and what the ground was made of.
ALTER TABLE run DROP COLUMN mode;
ALTER TABLE run ADD COLUMN mode TEXT NOT NULL DEFAULT 'straight' CHECK (mode IN ('straight', 'travel'));
-- The limit: metres or minutes, by the mode.
ALTER TABLE run ADD COLUMN metres REAL CHECK (metres > 0);
UPDATE run SET metres = within_m;
ALTER TABLE run DROP COLUMN within_m;
ALTER TABLE run RENAME COLUMN metres TO within_m;
ALTER TABLE run ADD COLUMN within_min REAL
  CHECK (CASE mode WHEN 'straight' THEN within_m > 0 AND within_min IS NULL
         ELSE within_min > 0 AND within_m IS NULL END);
-- People of a raster instead of the demand: its name; then no year of theirs is known.
ALTER TABLE run ADD COLUMN year INTEGER;
UPDATE run SET year = people_year;
ALTER TABLE run DROP COLUMN people_year;
ALTER TABLE run RENAME COLUMN year TO people_year;
ALTER TABLE run ADD COLUMN people_from TEXT
  CHECK (people_year IS NOT NULL OR people_from IS NOT NULL);  -- runs that are there have a year
-- How far the nearest point is, likewise; demand that is not reached at all has no row.
ALTER TABLE demand_reach ADD COLUMN metres REAL;
UPDATE demand_reach SET metres = distance_m;
ALTER TABLE demand_reach DROP COLUMN distance_m;
ALTER TABLE demand_reach RENAME COLUMN metres TO distance_m;
ALTER TABLE demand_reach ADD COLUMN minutes REAL
  CHECK ((minutes IS NULL) <> (distance_m IS NULL) AND coalesce(minutes, distance_m) >= 0);
-- Officers within reach for a person, and of an area for 10,000, by floating catchments; NULL where
-- none are known.
ALTER TABLE demand_reach ADD COLUMN access REAL;
ALTER TABLE coverage ADD COLUMN officers_access REAL;
-- Proposals for a run by travel time keep minutes in their columns of metres.
-- All that the ground of a run was made of, so that it can be made again: the options as JSON.
CREATE TABLE travel (
  run TEXT PRIMARY KEY REFERENCES run (label) ON DELETE CASCADE,
  direction TEXT NOT NULL CHECK (direction IN ('police-to-people', 'people-to-police')),
  neighbours INTEGER NOT NULL CHECK (neighbours IN (8, 16, 32)),
  scenario TEXT,
  cell_m REAL NOT NULL,
  crs TEXT NOT NULL,
  known_min REAL NOT NULL,             -- minutes are known up to here, beyond the limit
  options TEXT NOT NULL CHECK (json_valid(options)),
  parameters TEXT NOT NULL             -- of all of the run, as its digest has them
);
-- What was chosen, changed and left out on the way, as sentences.
CREATE TABLE run_note (
  run TEXT NOT NULL REFERENCES run (label) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (run, n)
) WITHOUT ROWID;
-- Ground reached within so many minutes; a smaller one lies within a larger one.
CREATE TABLE isochrone (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run (label) ON DELETE CASCADE,
  minutes REAL NOT NULL CHECK (minutes > 0),
  from_min REAL NOT NULL CHECK (from_min >= 0 AND from_min < minutes),  -- the next smaller one
  people INTEGER NOT NULL,             -- reached within `minutes`
  people_band INTEGER NOT NULL,        -- and not within `from_min`
  UNIQUE (run, minutes)
);
SELECT AddGeometryColumn('isochrone', 'geom', 4326, 'MULTIPOLYGON', 'XY', 1);
-- The ground within the limit that a point is the quickest to reach.
CREATE TABLE catchment (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run (label) ON DELETE CASCADE,
  point TEXT NOT NULL,
  people INTEGER NOT NULL,
  UNIQUE (run, point)
);
SELECT AddGeometryColumn('catchment', 'geom', 4326, 'MULTIPOLYGON', 'XY', 1);
