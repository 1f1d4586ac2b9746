-- Where every row comes from, and the rows that could not be taken.
-- Keys are text that means something, so that two stores of the same sources are the same.
CREATE TABLE source (
  id TEXT PRIMARY KEY CHECK (id = layer || '/' || name),
  layer TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  made_from TEXT NOT NULL,             -- digest of file, options and what the rows were judged by
  title TEXT,
  licence TEXT,
  vintage TEXT,
  rows_read INTEGER NOT NULL CHECK (rows_read >= 0),
  rows_kept INTEGER NOT NULL CHECK (rows_kept >= 0),
  rows_refused INTEGER NOT NULL CHECK (rows_refused >= 0),
  notes TEXT,                          -- what the load did beyond taking rows, a line each
  loaded_at TEXT NOT NULL
);
CREATE TABLE refused (
  source TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  row INTEGER NOT NULL CHECK (row > 0),
  field TEXT,
  value TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (source, row)
);
