-- Word games that are played with a story, and the credits that generating one costs.
CREATE TABLE scores (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    game       TEXT NOT NULL,
    points     INTEGER NOT NULL CHECK (points >= 0),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE INDEX scores_by_points ON scores (game, points DESC);

-- A ledger: what a user has is the sum, and no row is ever used twice, hence AUTOINCREMENT.
CREATE TABLE credit_txns (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    amount     INTEGER NOT NULL CHECK (amount <> 0),
    reason     TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE INDEX credit_txns_by_user ON credit_txns (user_id);
