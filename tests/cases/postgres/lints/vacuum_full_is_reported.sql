-- file: 0001_create_users.sql
CREATE TABLE users (id bigint);
-- file: 0002_vacuum.sql
-- no-transaction
VACUUM users;
VACUUM (FULL) users;
