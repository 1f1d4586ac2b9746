-- Names are matched, not looked up by their fold.
DROP INDEX area_name_folded;
ALTER TABLE area_name DROP COLUMN folded;
-- Names that areas and places have beside those of their own rows. They stand by the code of who
-- bears them, so that a reload of areas or places neither needs them to go nor loses them.
CREATE TABLE known_name (
  source TEXT NOT NULL REFERENCES source (id),
  row INTEGER NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  bearer TEXT NOT NULL CHECK (bearer IN ('area', 'place')),
  language TEXT,
  until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]*'),  -- last year or day of an official name
  note TEXT,
  citation TEXT,
  PRIMARY KEY (source, row)
);
CREATE INDEX known_name_code ON known_name (code);
CREATE TABLE place_name (
  place TEXT NOT NULL REFERENCES place (code) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (place, name)
);
-- Who is called how, and by whom: their own names (those of their rows), then others.
CREATE VIEW called (bearer, code, name, language, own, until, source, note) AS
  SELECT 'area', area, name, language, 1, NULL, source, NULL FROM area_name
  UNION ALL SELECT 'place', code, name_en, 'en', 1, NULL, source, NULL FROM place
    WHERE name_en IS NOT NULL
  UNION ALL SELECT 'place', code, name_ky, 'ky', 1, NULL, source, NULL FROM place
    WHERE name_ky IS NOT NULL
  UNION ALL SELECT 'place', code, name_ru, 'ru', 1, NULL, source, NULL FROM place
    WHERE name_ru IS NOT NULL
  UNION ALL SELECT 'place', o.place, o.name, NULL, 0, NULL, p.source, 'another name'
    FROM place_name o JOIN place p ON p.code = o.place
  UNION ALL SELECT bearer, code, name, language, 0, until, source, coalesce(note, citation)
    FROM known_name;
-- What the names in a source stood for: by matching, or as a person said in a crosswalk. The latter
-- are names to match with from then on.
CREATE TABLE name_match (
  source TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  district TEXT NOT NULL DEFAULT '',
  province TEXT NOT NULL DEFAULT '',
  code TEXT NOT NULL,
  bearer TEXT NOT NULL CHECK (bearer IN ('area', 'unit', 'place')),
  how TEXT NOT NULL CHECK (how IN ('matched', 'crosswalk')),
  score REAL,
  reason TEXT NOT NULL,
  rows INTEGER NOT NULL CHECK (rows > 0),
  PRIMARY KEY (source, name, district, province, code)
);
CREATE INDEX name_match_code ON name_match (code);
