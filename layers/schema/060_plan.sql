-- Crime prevention plans. No row: unknown, which is not none. No valid_to: open.
CREATE TABLE plan (
  area TEXT NOT NULL REFERENCES area (code),
  row INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('none', 'drafted', 'endorsed')),
  endorsed_on TEXT,
  valid_from TEXT,
  valid_to TEXT,
  funded_usd REAL CHECK (funded_usd >= 0),
  local_share REAL CHECK (local_share BETWEEN 0 AND 1),
  covers_people INTEGER CHECK (covers_people >= 0),  -- null: all people of the area
  topics TEXT,
  note TEXT,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (area, source, row),
  CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
-- The programme: pilots, grants, exchange visits, buildings.
CREATE TABLE programme (
  source TEXT NOT NULL REFERENCES source (id),
  row INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pilot', 'grant', 'visit_host', 'building')),
  area TEXT REFERENCES area (code),
  name_reported TEXT NOT NULL,
  usd REAL CHECK (usd >= 0),
  people INTEGER CHECK (people >= 0),
  note TEXT,
  citation TEXT,
  PRIMARY KEY (source, row)
);
