CREATE TABLE sales (shop text, day date);
CREATE VIEW v AS SELECT DISTINCT ON (shop) shop, day FROM sales ORDER BY shop, day DESC;
