CREATE TABLE scores (post PRIMARY KEY, score);
CREATE TABLE votes (post, weight);
CREATE TRIGGER vote AFTER INSERT ON votes BEGIN
    INSERT INTO scores AS s VALUES (new.post, 1) ON CONFLICT (post) DO UPDATE SET score = s.score + 1;
END;
ALTER TABLE votes DROP COLUMN weight;
