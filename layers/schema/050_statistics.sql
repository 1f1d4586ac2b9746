-- Figures of areas. One figure per area, year and item counts; others stand beside it as statements.
CREATE TABLE people (
  area TEXT NOT NULL REFERENCES area (code),
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
  people INTEGER NOT NULL CHECK (people >= 0),
  basis TEXT NOT NULL CHECK (basis IN ('published', 'reconstructed', 'estimated', 'press')),
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (area, year)
);
CREATE TABLE crime (
  area TEXT NOT NULL REFERENCES area (code),
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
  offence TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  count_low INTEGER CHECK (count_low BETWEEN 0 AND count),
  count_high INTEGER CHECK (count_high >= count),
  basis TEXT NOT NULL CHECK (basis IN ('published', 'reconstructed', 'estimated', 'press')),
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (area, year, offence)
);
CREATE TABLE crime_statement (
  row INTEGER NOT NULL,
  area TEXT NOT NULL REFERENCES area (code),
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
  offence TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  basis TEXT NOT NULL CHECK (basis IN ('published', 'reconstructed', 'estimated', 'press')),
  note TEXT,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (source, row)
);
-- What somebody said of the figures, in a form that can be held against them.
CREATE TABLE claim (
  row INTEGER NOT NULL,
  claim TEXT NOT NULL,
  areas TEXT NOT NULL,                 -- codes, by semicolon: the claim is of their sum
  measure TEXT NOT NULL CHECK (measure IN ('share', 'count')),
  offence TEXT NOT NULL,
  year INTEGER CHECK (year BETWEEN 1900 AND 2200),  -- null: every year that has figures
  low REAL,
  high REAL,
  citation TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (source, row),
  CHECK (low IS NOT NULL OR high IS NOT NULL)
);
-- Parts of a total that no area's row explains: kept, so that sums are what was published.
CREATE TABLE unallocated (
  layer TEXT NOT NULL,
  area TEXT NOT NULL REFERENCES area (code),
  item TEXT NOT NULL,
  year INTEGER NOT NULL,
  amount REAL NOT NULL,
  note TEXT,
  source TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  PRIMARY KEY (layer, area, item, year)
);
