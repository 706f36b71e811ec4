BEGIN;
CREATE TABLE tags (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    tag      TEXT NOT NULL,
    PRIMARY KEY (story_id, tag)
) WITHOUT ROWID;
INSERT INTO tags SELECT id, mood FROM stories;
COMMIT;

CREATE VIEW grim_stories AS SELECT id, title FROM stories WHERE mood = 'grim';

CREATE TRIGGER tag_new_stories AFTER INSERT ON stories BEGIN
    INSERT INTO tags VALUES (new.id, new.mood);
END;

INSERT INTO stories (author_id, title) VALUES (3, 'told by the trigger');
