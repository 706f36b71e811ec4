CREATE TYPE r AS RANGE (collation = "C");
