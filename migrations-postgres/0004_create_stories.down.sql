DROP TABLE tales.stories;
