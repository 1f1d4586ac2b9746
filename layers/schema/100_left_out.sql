-- Rows that are no rows of the layer, such as totals of the others: told, not refused.
ALTER TABLE source ADD COLUMN rows_left_out INTEGER NOT NULL DEFAULT 0 CHECK (rows_left_out >= 0);
-- One row of a wide table is several of the layer, told apart by `part`.
DROP TABLE refused;
CREATE TABLE refused (
  source TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  row INTEGER NOT NULL CHECK (row > 0),
  part INTEGER NOT NULL DEFAULT 0,
  field TEXT,
  value TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (source, row, part)
);
