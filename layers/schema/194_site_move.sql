-- Points of the run that might close so that their crew opens elsewhere, and whether they stay: the
-- first options of the proposal, at no cost, with the officers that they have.
CREATE TABLE site_move (
  proposal TEXT NOT NULL REFERENCES site_run (label) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),  -- of the option
  point TEXT NOT NULL,                 -- its code
  stays INTEGER NOT NULL CHECK (stays IN (0, 1)),
  PRIMARY KEY (proposal, number),
  UNIQUE (proposal, point)
) WITHOUT ROWID;
-- What closing loses: people within reach of the run as it is, and of these who no longer are.
CREATE TABLE site_move_sum (
  proposal TEXT PRIMARY KEY REFERENCES site_run (label) ON DELETE CASCADE,
  today REAL NOT NULL CHECK (today >= 0),
  lost REAL NOT NULL CHECK (lost BETWEEN 0 AND today)
);
