CREATE TABLE tales (id integer PRIMARY KEY, title text);
UPDATE tales SET title = $2 WHERE id = $1;
