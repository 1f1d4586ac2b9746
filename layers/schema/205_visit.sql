-- Exchange visits: people of one area who went to see another.
CREATE TABLE visit (
  source TEXT NOT NULL REFERENCES source (id),
  row INTEGER NOT NULL,
  guest TEXT NOT NULL REFERENCES area (code),  -- whose people went
  host TEXT NOT NULL REFERENCES area (code),
  held_on TEXT,
  year INTEGER,  -- that of held_on, where that is known
  people INTEGER CHECK (people >= 0),
  purpose TEXT,
  note TEXT,
  citation TEXT,
  PRIMARY KEY (source, row),
  CHECK (guest <> host),
  CHECK (held_on IS NULL OR CAST(substr(held_on, 1, 4) AS INTEGER) = year)
);
