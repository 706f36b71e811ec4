-- tablature.toml: engine_version = "3.34"
-- engine accepts: the engine of the tests is newer than the oldest one that is supported
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
ALTER TABLE users DROP COLUMN name;
