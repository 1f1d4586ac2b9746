-- Outlines that nobody drew: nearest-place cells, areas that stand for the one above them, and
-- provinces rebuilt from their districts. They are made anew whenever boundaries change.
CREATE TABLE area_made (
  area TEXT PRIMARY KEY REFERENCES area (code) ON DELETE CASCADE,
  how TEXT NOT NULL CHECK (how IN ('cell', 'whole', 'filled')),
  lon REAL,                            -- of a cell: the point it is nearest to
  lat REAL,
  given BLOB,                          -- of a rebuilt area: the outline that its source gave
  given_km2 REAL,
  note TEXT                            -- what a reader must know of it
);
-- Sources of districts by whose outlines provinces are rebuilt.
CREATE TABLE area_fill (
  source TEXT PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  note TEXT                            -- holes between districts that no province covers
);
