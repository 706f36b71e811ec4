DROP TRIGGER tag_new_stories;
DROP VIEW grim_stories;
DROP TABLE tags;
