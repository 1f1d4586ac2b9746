-- From when a name is the official one, and names that people go on using whatever the law says.
ALTER TABLE known_name ADD COLUMN since TEXT
  CHECK (since GLOB '[0-9][0-9][0-9][0-9]*');          -- first year or day of an official name
ALTER TABLE known_name ADD COLUMN status TEXT CHECK (status IN ('official', 'customary'));
