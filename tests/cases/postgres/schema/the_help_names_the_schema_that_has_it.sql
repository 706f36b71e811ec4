CREATE SCHEMA shop;
CREATE TABLE shop.customers (id integer PRIMARY KEY);
CREATE TYPE shop.mood AS ENUM ('merry', 'grim');
CREATE FUNCTION shop.total_of(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

ALTER TABLE customers ADD COLUMN name text;
ALTER TABLE shop.costumers ADD COLUMN name text;
SELECT * FROM costumers;
CREATE TABLE orders (mood moods);
SELECT total_off(1);
