CREATE TABLE posts (title text, body text, search tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', coalesce(title, '')), 'A') || to_tsvector('english', coalesce(body, ''))) STORED);
CREATE INDEX posts_search ON posts USING gin (search);
