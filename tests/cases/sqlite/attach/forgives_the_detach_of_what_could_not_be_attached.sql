-- no-transaction
ATTACH nope(1) AS other;
CREATE TABLE other.t (a);
DETACH other;
