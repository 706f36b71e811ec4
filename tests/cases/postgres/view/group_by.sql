CREATE TABLE sales (shop text, day date, amount numeric);
CREATE VIEW a AS SELECT shop, sum(amount) FROM sales GROUP BY shop HAVING count(*) > 1;
CREATE VIEW b AS SELECT shop, day, sum(amount), grouping(shop, day) FROM sales GROUP BY ROLLUP (shop, day);
CREATE VIEW c AS SELECT shop, day, sum(amount) FROM sales GROUP BY GROUPING SETS ((shop), (day), ()), CUBE (shop);
CREATE VIEW d AS SELECT date_trunc('month', day) AS month, sum(amount) FILTER (WHERE amount > 0) AS total FROM sales GROUP BY 1 ORDER BY 2 DESC NULLS LAST;
CREATE VIEW e AS SELECT shop, array_agg(amount ORDER BY day DESC) AS amounts, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS median FROM sales GROUP BY ALL shop;
CREATE VIEW f AS SELECT shop FROM sales GROUP BY DISTINCT ROLLUP (shop, day), ROLLUP (shop);
