-- file: 0001_base.sql
CREATE TABLE IF NOT EXISTS person (
  id INTEGER PRIMARY KEY,
  actor_id VARCHAR(255) UNIQUE NOT NULL,
  banned BOOL NOT NULL DEFAULT FALSE,
  published TIMESTAMP NOT NULL DEFAULT (datetime('now', 'utc'))
);
CREATE TABLE post (id INTEGER PRIMARY KEY, creator_id INT NOT NULL REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE, name VARCHAR(200) NOT NULL, removed BOOL DEFAULT 0 NOT NULL);
CREATE TABLE post_like (post_id INT NOT NULL, person_id INT NOT NULL, score SMALLINT NOT NULL CHECK (score IN (-1, 1)), PRIMARY KEY (person_id, post_id), FOREIGN KEY (post_id) REFERENCES post (id), FOREIGN KEY (person_id) REFERENCES person (id)) WITHOUT ROWID;
CREATE TABLE post_aggregates (post_id INTEGER PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE, score BIGINT NOT NULL DEFAULT 0, comments BIGINT NOT NULL DEFAULT 0);
CREATE TRIGGER post_aggregates_new AFTER INSERT ON post BEGIN
  INSERT INTO post_aggregates (post_id) VALUES (NEW.id);
END;
CREATE TRIGGER post_aggregates_score_insert AFTER INSERT ON post_like BEGIN
  UPDATE post_aggregates SET score = post_aggregates.score + NEW.score FROM post AS p WHERE post_id = p.id AND p.id = NEW.post_id;
END;
CREATE TRIGGER post_aggregates_score_delete AFTER DELETE ON post_like FOR EACH ROW BEGIN
  UPDATE post_aggregates SET score = score - OLD.score WHERE post_id = OLD.post_id;
END;
CREATE VIEW post_view AS
WITH banned AS MATERIALIZED (SELECT id FROM person WHERE banned)
SELECT p.*, pa.score, pa.comments, EXISTS (SELECT 1 FROM banned b WHERE b.id = p.creator_id) AS creator_banned,
  CASE pa.score WHEN 0 THEN 'new' ELSE 'old' END AS age
FROM post p INNER JOIN post_aggregates pa ON pa.post_id = p.id
WHERE p.removed IS FALSE;
-- file: 0002_rename.sql
DROP VIEW IF EXISTS post_view;
ALTER TABLE post RENAME COLUMN removed TO deleted;
ALTER TABLE post DROP COLUMN deleted;
ALTER TABLE post_like RENAME TO post_actions;
ALTER TABLE person RENAME actor_id TO ap_id;
