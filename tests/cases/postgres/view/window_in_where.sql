CREATE TABLE sales (shop text);
CREATE VIEW v AS SELECT shop FROM sales WHERE row_number() OVER () = 1;
