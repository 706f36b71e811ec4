CREATE TABLE stories (id bigint PRIMARY KEY, title text, code text COLLATE "C");
CREATE INDEX stories_title ON stories (id, (title COLLATE "C"));
CREATE INDEX stories_code ON stories ((code COLLATE "C"), (lower(title) COLLATE "C"));
