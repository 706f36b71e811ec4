CREATE TABLE m (a timestamptz) PARTITION BY RANGE (date_trunc('day', a));
