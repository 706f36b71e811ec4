-- no-transaction
ATTACH ':memory:' AS other;
ATTACH '' AS another;
DETACH other;
