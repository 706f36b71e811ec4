CREATE DOMAIN word AS text NOT NULL;
CREATE TABLE words (id integer, word word);

INSERT INTO words VALUES (1, NULL);
