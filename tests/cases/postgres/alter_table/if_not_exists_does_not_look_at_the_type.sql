CREATE TABLE users (id int);
ALTER TABLE users ADD COLUMN IF NOT EXISTS id nonsense;
