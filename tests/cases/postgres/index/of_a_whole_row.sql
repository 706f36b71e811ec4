CREATE TABLE users (a int);
CREATE INDEX ON users ((users.*));
CREATE INDEX ON users ((users IS NOT NULL));
