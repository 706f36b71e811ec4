CREATE TABLE posts (name, body);
CREATE TABLE votes (post, weight);
CREATE TRIGGER vote AFTER INSERT ON votes BEGIN
    SELECT name FROM posts ORDER BY size;
END;
ALTER TABLE votes ADD COLUMN note;
