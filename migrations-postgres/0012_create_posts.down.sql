DROP TABLE post_reactions;
DROP FUNCTION reactions_are_permanent();
DROP TYPE reaction;
DROP TABLE posts;
