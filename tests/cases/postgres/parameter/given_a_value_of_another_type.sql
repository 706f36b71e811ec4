CREATE TABLE tales (id integer PRIMARY KEY, title text);
PREPARE remove (integer) AS DELETE FROM tales WHERE id = $1;
EXECUTE remove ('one'::text);
