-- The areas over which the demand was laid out: those since this day, empty where none ever changed.
CREATE TABLE demand_areas (
  id INTEGER PRIMARY KEY REFERENCES demand_model (id) ON DELETE CASCADE,
  since TEXT NOT NULL
);
-- The parts that a whole had when its figures were counted: those valid at the end of the year, else
-- (where none of its parts was there then) all that it has.
CREATE VIEW crime_part AS
  SELECT w.area AS whole, w.offence, w.year, w.count, w.source, a.code AS part
  FROM crime w JOIN area a ON a.parent = w.area
  WHERE coalesce(a.valid_from <= w.year || '-12-31', 1)
    AND coalesce(a.valid_to >= w.year || '-12-31', 1)
    OR NOT EXISTS (SELECT 1 FROM area b WHERE b.parent = w.area
                   AND coalesce(b.valid_from <= w.year || '-12-31', 1)
                   AND coalesce(b.valid_to >= w.year || '-12-31', 1));
