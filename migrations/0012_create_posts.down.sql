DROP TABLE post_reactions;
DROP TABLE posts;
