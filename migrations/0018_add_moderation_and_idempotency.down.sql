DROP INDEX credit_txns_by_idempotency_key;
ALTER TABLE credit_txns DROP COLUMN idempotency_key;

ALTER TABLE scores DROP COLUMN duration_sec;

ALTER TABLE users DROP COLUMN boost_penalty_until;
ALTER TABLE users DROP COLUMN challenge_penalty_until;

ALTER TABLE posts DROP COLUMN moderation_status;
ALTER TABLE posts DROP COLUMN is_deleted;
ALTER TABLE posts DROP COLUMN is_hidden;
