CREATE TABLE posts (title text, search tsvector GENERATED ALWAYS AS (to_tsvector(title)) STORED);
