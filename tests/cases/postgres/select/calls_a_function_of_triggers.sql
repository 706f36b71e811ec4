CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE tales (id integer);
SELECT tell() FROM tales;
SELECT tell();
