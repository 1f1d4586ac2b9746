-- Results, keyed by run: scenarios live side by side.
CREATE TABLE run (
  label TEXT PRIMARY KEY,
  mode TEXT NOT NULL CHECK (mode IN ('straight')),
  as_of TEXT NOT NULL,
  within_m REAL NOT NULL CHECK (within_m > 0),
  kinds TEXT NOT NULL,                 -- of the points that count, by comma
  people_year INTEGER NOT NULL,
  points_counted INTEGER NOT NULL,
  points_assumed INTEGER NOT NULL,
  points_left_out INTEGER NOT NULL,    -- not open on the day, or not of these kinds
  offence TEXT,                        -- from here on: set with the gaps
  crime_first INTEGER,
  crime_last INTEGER,
  hold_below INTEGER,
  gaps_from TEXT,
  version TEXT NOT NULL,
  made_from TEXT NOT NULL,
  made_at TEXT NOT NULL
);
CREATE TABLE coverage (
  run TEXT NOT NULL REFERENCES run (label) ON DELETE CASCADE,
  area TEXT NOT NULL REFERENCES area (code),
  people INTEGER NOT NULL,
  people_placed INTEGER NOT NULL,      -- carried by demand
  people_modelled INTEGER NOT NULL,
  people_covered INTEGER NOT NULL,
  people_covered_exact INTEGER NOT NULL,  -- without assumed points
  people_cut_off INTEGER NOT NULL,     -- covered, but only along a line that leaves the country
  points INTEGER NOT NULL,
  PRIMARY KEY (run, area)
);
CREATE TABLE demand_reach (
  run TEXT NOT NULL REFERENCES run (label) ON DELETE CASCADE,
  demand INTEGER NOT NULL REFERENCES demand (id) ON DELETE CASCADE,
  distance_m REAL NOT NULL,
  point TEXT NOT NULL,                 -- code of the nearest point
  covered INTEGER NOT NULL CHECK (covered IN (0, 1)),
  covered_exact INTEGER NOT NULL CHECK (covered_exact <= covered),   -- without assumed points
  cut_off INTEGER NOT NULL CHECK (cut_off <= covered),  -- every line to a point leaves the country
  PRIMARY KEY (run, demand)
) WITHOUT ROWID;
CREATE TABLE reach (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL UNIQUE REFERENCES run (label) ON DELETE CASCADE
);
SELECT AddGeometryColumn('reach', 'geom', 4326, 'MULTIPOLYGON', 'XY', 1);
CREATE TABLE gap (
  run TEXT NOT NULL REFERENCES run (label) ON DELETE CASCADE,
  area TEXT NOT NULL REFERENCES area (code),
  people_beyond INTEGER NOT NULL CHECK (people_beyond >= 0),
  crime_rate REAL,                     -- crimes a person and year, of the level used
  crime_level TEXT,                    -- the level whose counts gave the rate
  crime_beyond REAL CHECK (crime_beyond >= 0),
  crime_low REAL,
  crime_high REAL,
  plan_status TEXT NOT NULL CHECK (plan_status IN ('endorsed', 'drafted', 'none', 'unknown')),
  plan_people INTEGER NOT NULL,        -- people of the area whom the plan covers
  local_money TEXT NOT NULL CHECK (local_money IN ('yes', 'no', 'unknown')),
  ladder TEXT CHECK (ladder IN ('hold', 'unknown', 'plan', 'fund', 'site')),
  PRIMARY KEY (run, area)
);
-- Files made from the store, and from what state of it: what has not changed is not made again.
CREATE TABLE output (
  path TEXT PRIMARY KEY,
  made_from TEXT NOT NULL,
  size INTEGER NOT NULL,
  made_at TEXT NOT NULL                -- the file's time of change, to the nanosecond
);
