-- no-transaction
ATTACH ':memory:' AS other;
CREATE TABLE other.t (a);
DETACH other;
SELECT a FROM t;
