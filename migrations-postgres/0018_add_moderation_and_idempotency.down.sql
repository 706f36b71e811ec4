-- The index goes with its column.
ALTER TABLE credit_txns DROP COLUMN idempotency_key;

ALTER TABLE scores DROP COLUMN duration_sec;

ALTER TABLE users
    DROP COLUMN boost_penalty_until,
    DROP COLUMN challenge_penalty_until;

ALTER TABLE posts
    DROP COLUMN moderation_status,
    DROP COLUMN is_deleted,
    DROP COLUMN is_hidden;

DROP TYPE moderation_status;
