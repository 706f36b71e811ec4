CREATE TABLE tales (id integer NOT NULL, title text, words integer DEFAULT 0) PARTITION BY LIST (id);
CREATE TABLE first PARTITION OF tales (words DEFAULT 1, title WITH OPTIONS NOT NULL CHECK (title <> '')) FOR VALUES IN (1);
