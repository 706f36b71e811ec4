-- no-transaction
SAVEPOINT one;
CREATE TABLE u (a);
