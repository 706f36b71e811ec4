CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int, m mood, ms mood[]);
CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP TYPE mood CASCADE;
