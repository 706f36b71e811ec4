CREATE TABLE sales (shop text, day date, amount numeric);
CREATE VIEW v AS SELECT shop, day, sum(amount) FROM sales GROUP BY shop;
