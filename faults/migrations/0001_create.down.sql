DROP TABLE stories;
DROP TABLE authors;
