CREATE TABLE prices (shop integer, price numeric(8, 2)) PARTITION BY RANGE (shop, price);
CREATE TABLE low PARTITION OF prices FOR VALUES FROM (1 + 1, 0) TO (2 * 5, 5.5);
CREATE TABLE high PARTITION OF prices FOR VALUES FROM (10, 5.505) TO (10, MAXVALUE);
CREATE TABLE words (word varchar(5), upper boolean) PARTITION BY LIST (word);
CREATE TABLE few PARTITION OF words FOR VALUES IN ('a' || 'b', lower('C'), NULL);
