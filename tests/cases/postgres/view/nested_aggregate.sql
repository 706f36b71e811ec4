CREATE TABLE sales (shop text, amount int);
CREATE VIEW v AS SELECT max(sum(amount)) FROM sales GROUP BY shop;
