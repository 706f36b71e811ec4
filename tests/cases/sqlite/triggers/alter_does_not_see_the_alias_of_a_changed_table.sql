CREATE TABLE scores (post, score);
CREATE TABLE votes (post, weight);
CREATE TRIGGER vote AFTER INSERT ON votes BEGIN
    UPDATE scores AS s SET score = s.score + new.weight WHERE s.post = new.post;
END;
ALTER TABLE votes RENAME COLUMN weight TO factor;
