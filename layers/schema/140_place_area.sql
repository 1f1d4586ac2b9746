-- Areas that go are looked for among the places that they cover, which may be a million.
CREATE INDEX place_area ON place (area) WHERE area IS NOT NULL;
