-- The columns that the code of the production story expected and its database did not have.
CREATE TYPE moderation_status AS ENUM ('pending', 'approved', 'rejected');

ALTER TABLE posts
    ADD COLUMN is_hidden boolean NOT NULL DEFAULT false,
    ADD COLUMN is_deleted boolean NOT NULL DEFAULT false,
    ADD COLUMN moderation_status moderation_status NOT NULL DEFAULT 'approved';

ALTER TABLE users
    ADD COLUMN challenge_penalty_until timestamptz,
    ADD COLUMN boost_penalty_until timestamptz;

ALTER TABLE scores ADD COLUMN duration_sec integer;

-- A payment that is sent twice is booked once. Bookings from before the column have no key.
ALTER TABLE credit_txns ADD COLUMN idempotency_key text;
CREATE UNIQUE INDEX credit_txns_by_idempotency_key ON credit_txns (idempotency_key)
    WHERE idempotency_key IS NOT NULL;
