-- Proposed sites, keyed by the proposal: several of one run live side by side.
CREATE TABLE site_run (
  label TEXT PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run (label) ON DELETE CASCADE,
  model TEXT NOT NULL CHECK (model IN ('covering', 'set-cover', 'p-median', 'p-center')),
  weight TEXT NOT NULL CHECK (weight IN ('people', 'crime')),
  within_m REAL NOT NULL CHECK (within_m > 0),
  parameters TEXT NOT NULL,            -- the command, as a person reads it
  value REAL NOT NULL,
  bound REAL,
  gap REAL CHECK (gap >= 0),
  proven INTEGER NOT NULL CHECK (proven IN (0, 1)),
  covered_before REAL NOT NULL,        -- people within reach of what stands
  covered REAL NOT NULL CHECK (covered >= covered_before),  -- and of the new sites
  made_from TEXT NOT NULL,
  made_at TEXT NOT NULL
);
CREATE TABLE site (
  id INTEGER PRIMARY KEY,
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  rank INTEGER NOT NULL CHECK (rank > 0),  -- in the order of building
  code TEXT NOT NULL,                  -- of the place
  name TEXT NOT NULL,
  area TEXT NOT NULL REFERENCES area (code),
  province TEXT REFERENCES area (code),
  ladder TEXT,
  people_added REAL NOT NULL,          -- after the sites of lesser rank
  crime_added REAL NOT NULL,
  people_lost REAL,                    -- covering: without it, all others built
  replacement TEXT,                    -- its best replacement
  replacement_loss REAL,               -- people that this one reaches less
  cost REAL,
  local_pays REAL,
  outside_pays REAL,
  officers REAL,
  firm REAL CHECK (firm BETWEEN 0 AND 1),  -- share of perturbed runs that choose it
  prefix_loss REAL,                    -- share of the best choice of as many that it and those
                                       -- before it fall short of
  UNIQUE (proposal, rank),
  UNIQUE (proposal, code)
);
SELECT AddGeometryColumn('site', 'geom', 4326, 'POINT', 'XY', 1);
CREATE TABLE site_demand (
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  demand INTEGER NOT NULL REFERENCES demand (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL,               -- of the site that newly covers it
  distance_m REAL NOT NULL CHECK (distance_m >= 0),
  PRIMARY KEY (proposal, demand)
) WITHOUT ROWID;
