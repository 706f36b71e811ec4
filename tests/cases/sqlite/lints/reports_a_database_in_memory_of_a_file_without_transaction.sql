-- engine accepts: until the file fails half way
-- no-transaction
ATTACH ':memory:' AS other;
ATTACH '' AS another;
DETACH other;
