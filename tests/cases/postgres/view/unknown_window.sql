CREATE TABLE sales (shop text);
CREATE VIEW v AS SELECT row_number() OVER w FROM sales;
