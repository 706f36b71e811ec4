-- Word games that are played with a story, and the credits that generating one costs.
CREATE TABLE scores (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    game       text NOT NULL,
    points     integer NOT NULL CHECK (points >= 0),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX scores_by_points ON scores (game, points DESC);

-- A ledger: what a user has is the sum.
CREATE TABLE credit_txns (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users (id),
    amount     integer NOT NULL CHECK (amount <> 0),
    reason     text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX credit_txns_by_user ON credit_txns (user_id);
