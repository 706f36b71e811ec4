CREATE TABLE users (id int);
CREATE VIEW v WITH (security_barrier, security_invoker = true) AS SELECT id FROM users;
ALTER VIEW v SET (security_barrier = false);
ALTER VIEW v RESET (security_invoker);
ALTER VIEW v RENAME COLUMN id TO uid;
ALTER VIEW v ALTER COLUMN uid SET DEFAULT 5;
