-- What each step of a proposal buys: one more site, or one more part of its budget.
CREATE TABLE frontier (
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step > 0),
  most INTEGER CHECK (most >= 0),      -- new sites at most; null: no limit
  budget REAL CHECK (budget >= 0),     -- null: no limit
  sites INTEGER CHECK (sites >= 0),    -- that the answer has; from here on null where there is none
  cost REAL,
  value REAL,
  bound REAL,
  gap REAL CHECK (gap >= 0),
  proven INTEGER NOT NULL CHECK (proven IN (0, 1)),
  adds REAL CHECK (adds >= 0),         -- better than the step before by
  covered REAL,                        -- people
  covered_share REAL CHECK (covered_share BETWEEN 0 AND 1),
  -- Metres or minutes, by the mode of the run, to the nearest point, of those whom any reaches:
  mean REAL CHECK (mean >= 0),
  worst REAL CHECK (worst >= mean),
  worst_province TEXT REFERENCES area (code),  -- with the least share covered
  worst_covered REAL,
  worst_share REAL CHECK (worst_share BETWEEN 0 AND 1),
  worst_mean REAL CHECK (worst_mean >= 0),
  PRIMARY KEY (proposal, step)
) WITHOUT ROWID;
-- Under how many of the sensible definitions of what is sought it is chosen, and of how many.
ALTER TABLE site ADD COLUMN definitions INTEGER CHECK (definitions > 0);
ALTER TABLE site ADD COLUMN chosen INTEGER CHECK (chosen BETWEEN 0 AND definitions);
-- Proposals that were compared; the last of a run is the layer site_difference.
CREATE TABLE site_comparison (
  id INTEGER PRIMARY KEY,
  first TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  second TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  UNIQUE (first, second),
  CHECK (first <> second)
);
