CREATE COLLATION german (provider = icu, locale = 'de-DE', deterministic = false);
CREATE TABLE users (name text COLLATE german UNIQUE, code text COLLATE "C", n name, v varchar(10) COLLATE "POSIX");
