-- The columns that the code of the production story expected and its database did not have.
ALTER TABLE posts ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1));
ALTER TABLE posts ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1));
ALTER TABLE posts
    ADD COLUMN moderation_status TEXT NOT NULL DEFAULT 'approved'
    CHECK (moderation_status IN ('pending', 'approved', 'rejected'));

ALTER TABLE users ADD COLUMN challenge_penalty_until TEXT;
ALTER TABLE users ADD COLUMN boost_penalty_until TEXT;

ALTER TABLE scores ADD COLUMN duration_sec INTEGER;

-- A payment that is sent twice is booked once. Bookings from before the column have no key.
ALTER TABLE credit_txns ADD COLUMN idempotency_key TEXT;
CREATE UNIQUE INDEX credit_txns_by_idempotency_key ON credit_txns (idempotency_key)
    WHERE idempotency_key IS NOT NULL;
