CREATE TABLE tales (id integer PRIMARY KEY, title text);
PREPARE add (integer) AS INSERT INTO tales VALUES ($1, $2);
PREPARE other AS SELECT title FROM tales WHERE id = $1;
DEALLOCATE add;
