CREATE TABLE shops (id int PRIMARY KEY, name text);
CREATE TABLE sales (shop int, amount numeric);
CREATE VIEW v AS SELECT s.id, s.name, sum(amount) FROM shops s LEFT JOIN sales ON shop = s.id GROUP BY s.id;
