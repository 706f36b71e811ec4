CREATE TABLE m (id int, at timestamp, PRIMARY KEY (id)) PARTITION BY RANGE (date(at));
