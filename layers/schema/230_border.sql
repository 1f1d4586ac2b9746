-- How far the country's border is agreed, segment by segment; several rows of one are its history.
CREATE TABLE border (
  id INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  neighbour TEXT,        -- code of a neighbour of scenery, or its name where it has no code
  segment TEXT,          -- null: the whole border with the neighbour
  status TEXT NOT NULL
    CHECK (status IN ('undelimited', 'partly_delimited', 'delimited', 'demarcated')),
  since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]*'),  -- first year or day; null: ever
  note TEXT,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  UNIQUE (source, row),
  CHECK (neighbour IS NOT NULL OR segment IS NOT NULL)
);
SELECT AddGeometryColumn('border', 'geom', 4326, 'GEOMETRY', 'XY');  -- null: as the outlines have it
ALTER TABLE scenery ADD COLUMN code TEXT;  -- of a neighbour
-- The day that rows show, where the vintage is a name: "geo-maps 0.6.0".
ALTER TABLE source ADD COLUMN dated TEXT
  CHECK (dated GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
