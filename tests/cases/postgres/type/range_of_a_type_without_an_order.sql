CREATE TYPE r AS RANGE (subtype = point);
