-- tablature: allow(destructive) nothing is lost here
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- tablature: allow(nullable_primary_key) codes are never null
CREATE TABLE countries (code TEXT PRIMARY KEY);
