CREATE TABLE scores (post, score);
CREATE TABLE votes (post, weight);
CREATE TRIGGER vote AFTER INSERT ON votes BEGIN
    UPDATE scores AS s SET score = score + new.weight WHERE post = new.post;
    DELETE FROM scores AS s WHERE score < 0;
END;
ALTER TABLE votes RENAME COLUMN weight TO factor;
ALTER TABLE scores RENAME COLUMN score TO total;
