-- What proves a proposal: all that its problem had beside demand and distances, so that limits,
-- value and bound can be computed anew.
CREATE TABLE site_proof (
  proposal TEXT PRIMARY KEY REFERENCES site_run (label) ON DELETE CASCADE,
  crime_end TEXT NOT NULL CHECK (crime_end IN ('expected', 'low', 'high')),
  crime_added_low REAL NOT NULL,       -- what all sites add, by the interval of recorded crime
  crime_added_high REAL NOT NULL,
  need INTEGER NOT NULL CHECK (need IN (1, 2)),  -- sites within reach that cover
  number INTEGER,                      -- new sites at most; null: no limit
  budget REAL,                         -- money of the other side at most
  posts REAL,
  share REAL NOT NULL CHECK (share BETWEEN 0 AND 1),  -- set-cover: of all weight
  by_cost INTEGER NOT NULL CHECK (by_cost IN (0, 1)),
  province_min INTEGER,
  province_max INTEGER,
  years REAL NOT NULL,                 -- that running cost counts for
  local_share REAL NOT NULL,
  multipliers INTEGER NOT NULL,        -- how many there are, those of 0 too
  root_bound REAL                      -- what they prove without a search
);
-- All candidates, chosen or not: those that may not be keep their reason, state and ladder.
CREATE TABLE site_option (
  id INTEGER PRIMARY KEY,
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  number INTEGER NOT NULL,             -- from 0, by which ties are broken
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  area TEXT NOT NULL REFERENCES area (code),
  province TEXT REFERENCES area (code),
  ladder TEXT,
  state TEXT NOT NULL CHECK (state IN ('free', 'forced', 'forbidden')),
  rank INTEGER,                        -- of the site, where it is chosen
  place INTEGER,                       -- options of one place share it; null: the only one
  cost REAL,                           -- building, and running for the years; null: not known
  running REAL,                        -- of it
  officers REAL,
  capacity REAL,                       -- people that it can serve; null: any
  reach_m REAL,                        -- within which it serves; null: the limit
  UNIQUE (proposal, number)
);
SELECT AddGeometryColumn('site_option', 'geom', 4326, 'POINT', 'XY', 1);
-- The multipliers of demand, those of 0 left out, and of the limits, from 0, as geo/locate has them.
CREATE TABLE site_multiplier (
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  demand INTEGER NOT NULL REFERENCES demand (id) ON DELETE CASCADE,
  value REAL NOT NULL,
  PRIMARY KEY (proposal, demand)
) WITHOUT ROWID;
CREATE TABLE site_price (
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (proposal, number)
) WITHOUT ROWID;
-- Where sites have capacities: which serves whom; one that stands has the number after the last.
CREATE TABLE site_service (
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  demand INTEGER NOT NULL REFERENCES demand (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  PRIMARY KEY (proposal, demand)
) WITHOUT ROWID;
-- Who stays beyond reach, and why.
CREATE TABLE site_left (
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  demand INTEGER NOT NULL REFERENCES demand (id) ON DELETE CASCADE,
  reason TEXT NOT NULL CHECK (reason IN ('no_candidate', 'hold', 'unknown', 'plan', 'fund',
                                         'forbidden', 'capacity', 'limit')),
  number INTEGER,                      -- of the candidate that comes nearest to serving it
  distance_m REAL,                     -- to it
  PRIMARY KEY (proposal, demand)
) WITHOUT ROWID;
