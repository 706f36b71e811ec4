CREATE TABLE tales (title text);
CREATE INDEX by_title ON tales ((title COLLATE "C"));
CREATE INDEX by_lower_title ON tales ((lower(title) COLLATE "C"));
CREATE INDEX by_both ON tales (((title COLLATE "C") || 'x'));
CREATE TABLE parts (title text) PARTITION BY RANGE ((title COLLATE "C"));
