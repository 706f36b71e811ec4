DROP TABLE credit_txns;
DROP TABLE scores;
