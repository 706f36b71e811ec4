CREATE TABLE users (
    id int, name text, nick text,
    CHECK (id > 0), CHECK (id > 1), CHECK (id < 9 AND name <> ''), CHECK (length(nick) > 2),
    UNIQUE (name), UNIQUE (nick, name), FOREIGN KEY (id) REFERENCES users (id), PRIMARY KEY (id)
);
