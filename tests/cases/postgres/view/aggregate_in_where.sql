CREATE TABLE sales (shop text, amount int);
CREATE VIEW v AS SELECT shop FROM sales WHERE sum(amount) > 1 GROUP BY shop;
