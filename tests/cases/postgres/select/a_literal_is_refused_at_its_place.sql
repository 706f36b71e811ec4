CREATE TYPE mood AS ENUM ('merry', 'grim');
CREATE TABLE tales (id integer PRIMARY KEY, mood mood);

SELECT 'a' + 1;
SELECT * FROM tales WHERE id = 'x';
SELECT * FROM tales WHERE (id, mood) = (1, 'grimm');
SELECT nullif(id, 'y') FROM tales;
SELECT * FROM tales WHERE id BETWEEN 1 AND 'z';
