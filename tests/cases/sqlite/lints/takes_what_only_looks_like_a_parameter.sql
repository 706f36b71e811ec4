CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT ':n', "?1" TEXT, a$1 TEXT);
CREATE VIRTUAL TABLE search USING fts4(name, tokenize=unicode61 "tokenchars=:?");
INSERT INTO users (name, "?1") VALUES ('?1', ':n'); -- :n
