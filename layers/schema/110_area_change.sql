-- Units merge and split: what part of an old unit's figures goes to which new one.
CREATE TABLE area_change (
  old TEXT NOT NULL,                   -- need not be an area of the store
  new TEXT NOT NULL,                   -- an area, or the old unit of another row
  share REAL NOT NULL CHECK (share > 0 AND share <= 1),
  changed_on TEXT NOT NULL,
  old_name TEXT,
  row INTEGER NOT NULL,
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (old, new),
  CHECK (old <> new)
);
CREATE INDEX area_change_new ON area_change (new);
-- Figures of units that are no areas of the store, as they were given.
CREATE TABLE former_figure (
  layer TEXT NOT NULL CHECK (layer IN ('people', 'crime')),
  area TEXT NOT NULL,                  -- an old unit of area_change
  item TEXT NOT NULL,                  -- the offence; people
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  low INTEGER,
  high INTEGER,
  basis TEXT NOT NULL,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (layer, area, item, year)
);
-- What reached a new unit, from each of its old ones. Where all of them have a figure the sum is
-- the new unit's, in `people` or `crime` with a source of layer changes, unless it has its own.
CREATE TABLE derived_part (
  layer TEXT NOT NULL CHECK (layer IN ('people', 'crime')),
  area TEXT NOT NULL,
  item TEXT NOT NULL,
  year INTEGER NOT NULL,
  old TEXT NOT NULL,
  share REAL NOT NULL,
  given INTEGER NOT NULL,              -- the old unit's figure
  amount INTEGER NOT NULL,             -- what of it came here
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),  -- 0: the new unit has a figure of its own
  PRIMARY KEY (layer, area, item, year, old)
);
