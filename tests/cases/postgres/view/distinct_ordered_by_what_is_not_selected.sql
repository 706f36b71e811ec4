CREATE TABLE sales (shop text, day date);
CREATE VIEW v AS SELECT DISTINCT shop FROM sales ORDER BY day;
