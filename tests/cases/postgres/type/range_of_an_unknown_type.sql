CREATE TYPE r AS RANGE (subtype = nonsense);
