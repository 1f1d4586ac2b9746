CREATE TABLE police_point (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_en TEXT,
  name_ru TEXT,
  name_ky TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('station', 'point', 'district_department', 'one_stop_shop',
                                     'shared_roof', 'mobile_group')),
  status TEXT NOT NULL CHECK (status IN ('open', 'planned', 'closed')),
  opened TEXT,
  closed_on TEXT,
  officers INTEGER CHECK (officers >= 0),
  turnout_min REAL CHECK (turnout_min >= 0),
  precision TEXT NOT NULL CHECK (precision IN ('exact', 'settlement', 'assumed')),
  uncertainty_m REAL CHECK (uncertainty_m >= 0),
  patrol_radius_m REAL CHECK (patrol_radius_m > 0),
  citation TEXT,
  area TEXT REFERENCES area (code),    -- set by the join
  source TEXT NOT NULL REFERENCES source (id),
  CHECK (opened IS NULL OR closed_on IS NULL OR opened <= closed_on)
);
SELECT AddGeometryColumn('police_point', 'geom', 4326, 'POINT', 'XY', 1);
SELECT CreateSpatialIndex('police_point', 'geom');
-- The patrol area of a mobile group: inside it, and only there, its people are within reach.
SELECT AddGeometryColumn('police_point', 'patrol', 4326, 'MULTIPOLYGON', 'XY');
